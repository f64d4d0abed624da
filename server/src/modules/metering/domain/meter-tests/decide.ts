/**
 * What follows from a meter test: refund or back-bill inside the window that policy allows, period by period in
 * corrected gallons. What it is worth is for billing to rate; nothing here knows a price.
 */
import { addMonths, daysBetween, type LocalDate, maxDate, minDate } from '@curbstop/kernel/dates'
import { judgePoints, trueUse, weightedAccuracyOf } from './accuracy.ts'
import type { CapReason, CorrectedPeriod, MeterTestDecision, TestAsked } from './meter-test.ts'
import type { MeterTestRules } from './rules.ts'

type Verdict = MeterTestDecision['verdict']
type Reach = {
  readonly proposal: 'none' | 'refund' | 'back-bill'
  readonly why: MeterTestDecision['why']
  readonly months: number
  readonly reason: CapReason
  readonly rules: readonly string[]
}

export function decideMeterTest(asked: TestAsked, rules: MeterTestRules): MeterTestDecision {
  const points = judgePoints(asked.meter, asked.runs, rules)
  const accuracy = weightedAccuracyOf(asked.runs, rules)
  const verdict = verdictOf(accuracy, rules)
  const reach = reachOf(asked, { accuracy, verdict }, rules)
  const found = reach.proposal === 'none' ? null : correct(asked, { accuracy, verdict, reach })
  const hasSomething = found !== null && found.differenceGallons !== 0
  const proposal = hasSomething ? reach.proposal : 'none'
  const passed = points.every(point => point.passed)
  return {
    points,
    passed,
    weightedAccuracy: accuracy,
    weighting: rules.weighting.method,
    verdict,
    proposal,
    why: found && !hasSomething ? 'nothing-billed' : reach.why,
    rules: [...new Set([...points.map(point => point.rule), 'MTR-008', ...reach.rules])],
    windowFromOn: hasSomething ? found.fromOn : null,
    months: hasSomething ? found.months : 0,
    capReasons: hasSomething ? found.capReasons : [],
    periods: hasSomething ? found.periods : [],
    differenceGallons: hasSomething ? found.differenceGallons : 0,
    fee: asked.requestedByCustomer ? (verdict === 'fast' ? 'returned' : 'kept') : null, // MTR-010
    offer: proposal === 'back-bill' ? { instalments: Math.max(1, found!.months), lateFee: false } : null, // MTR-018
    exchange: !passed,
  }
}

/** Over and under by more than the same percentage (MTR-010) is fast and slow; next to nothing registered is stopped. */
function verdictOf(accuracy: number, { fastPercent, stopped }: MeterTestRules): Verdict {
  if (accuracy < stopped.deadBelowPercent) return 'stopped'
  if (accuracy > 100 + fastPercent) return 'fast'
  return accuracy < 100 - fastPercent ? 'slow' : 'accurate'
}

/** MTR-011 to MTR-014, MTR-016, MTR-017: in which direction, and how many months back. */
function reachOf(
  { customer, cause, capLiftedTo }: TestAsked,
  { accuracy, verdict }: { accuracy: number; verdict: Verdict },
  rules: MeterTestRules,
): Reach {
  if (verdict === 'accurate')
    return { proposal: 'none', why: 'within-limits', months: 0, reason: 'window', rules: ['MTR-010'] }
  const over = { why: 'over-limit', reason: 'window' } as const
  if (verdict === 'fast') {
    const { months } = rules.refund
    if (cause !== 'clerical') return { ...over, proposal: 'refund', months, rules: ['MTR-011', 'MTR-015'] }
    const wide = Math.max(months, rules.clerical.refundMonths)
    return { ...over, proposal: 'refund', months: wide, reason: 'clerical', rules: ['MTR-017', 'MTR-015'] }
  }
  const backBill = { ...over, proposal: 'back-bill' } as const
  if (cause === 'tampering')
    return { ...backBill, months: rules.tamperingMonths, reason: 'tampering', rules: ['MTR-016', 'MTR-018'] }
  if (cause === 'clerical') {
    const months = rules.clerical.backBillMonths
    return { ...backBill, months, reason: 'clerical', rules: ['MTR-017', 'MTR-018'] }
  }
  if (verdict === 'stopped') {
    const months = customer === 'residential' ? rules.stopped.months : rules.stopped.otherMonths
    const lifted = capLiftedTo !== undefined && capLiftedTo > months
    const reason = lifted ? 'approval' : 'window'
    return { ...backBill, months: lifted ? capLiftedTo : months, reason, rules: ['MTR-014', 'MTR-018'] }
  }
  const limit = customer === 'residential' ? rules.backBillHome : rules.backBillOther
  const rule = customer === 'residential' ? 'MTR-012' : 'MTR-013'
  if (100 - accuracy <= limit.overPercent)
    return { proposal: 'none', why: 'under-threshold', months: 0, reason: 'window', rules: [rule] }
  return { ...backBill, months: limit.months, rules: [rule, 'MTR-015', 'MTR-018'] }
}

type Correction = {
  readonly fromOn: LocalDate
  readonly months: number
  readonly capReasons: CapReason[]
  readonly periods: CorrectedPeriod[]
  readonly differenceGallons: number
}

function correct(
  asked: TestAsked,
  found: { readonly accuracy: number; readonly verdict: Verdict; readonly reach: Reach },
): Correction {
  const { fromOn, capReasons } = windowOf(asked, found.reach)
  const periods = asked.periods.flatMap(period => {
    const correctFromOn = maxDate(period.fromOn, fromOn)
    const toOn = minDate(period.toOn, asked.testedOn)
    if (toOn <= correctFromOn) return []
    const share = daysBetween(correctFromOn, toOn) / daysBetween(period.fromOn, period.toOn)
    const would = found.verdict === 'stopped' ? period.usualGallons : trueUse(period.gallons, found.accuracy)
    if (would === null) return []
    const difference = Math.round((would - period.gallons) * share)
    const differenceGallons = found.verdict === 'stopped' ? Math.max(0, difference) : difference
    return [
      {
        ...{ fromOn: period.fromOn, toOn: period.toOn, correctFromOn, billedGallons: period.gallons },
        trueGallons: period.gallons + differenceGallons,
        differenceGallons,
      },
    ]
  })
  return {
    fromOn,
    months: monthsBetween(fromOn, asked.testedOn),
    capReasons,
    periods,
    differenceGallons: periods.reduce((sum, period) => sum + period.differenceGallons, 0),
  }
}

/** The window of policy, no longer than the meter hung; where the error's first day is proven, from there. */
function windowOf(
  { testedOn, installedOn, provenFromOn }: TestAsked,
  { months, reason, proposal }: Reach,
): { fromOn: LocalDate; capReasons: CapReason[] } {
  const capReasons: CapReason[] = [reason]
  let fromOn = addMonths(testedOn, -months)
  // A refund reaches back as far as is proven (MTR-011); a back-bill never further than its cap.
  if (provenFromOn !== null && (proposal === 'refund' || provenFromOn > fromOn)) {
    fromOn = provenFromOn
    capReasons.push('proven')
  }
  if (installedOn > fromOn) {
    fromOn = installedOn
    capReasons.push('installed')
  }
  return { fromOn, capReasons }
}

/** Months begun between two days: what an arrangement must last at least (MTR-018). */
function monthsBetween(from: LocalDate, to: LocalDate): number {
  let months = 0
  while (addMonths(from, months) < to) months += 1
  return months
}
