/** The shape of use: is it high, since when, and does it look like a step, a season, a creep or a catch-up? */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { Baseline, PeriodFacts, RankFacts } from './facts.ts'

export type Shape = 'step' | 'spike' | 'seasonal' | 'creep' | 'catch-up' | 'steady' | 'zero'

export type Pattern = {
  readonly shape: Shape
  readonly isHigh: boolean
  /** Less than half of what was expected, and not for want of any use at all. */
  readonly isLow: boolean
  readonly baseline: Baseline | null
  readonly excessGallonsPerDay: number
  readonly steppedUpOn: LocalDate | null
  /** How many periods in a row, newest first, stand above what was expected of each. */
  readonly periodsUp: number
  readonly lastYear: PeriodFacts | null
}

/** District's working thresholds (policy INV-001): a quarter above what was expected, and worth a call. */
export const highShare = 1.25
export const highGallonsPerDay = 25
export const lowShare = 0.5
const highCents = 1_500n
const sameSeasonDays = 20

/** The period that covers the same weeks a year before `period`, within three weeks. */
export function sameTimeLastYear<P extends Stretch>(periods: readonly P[], period: Stretch): P | null {
  const wanted = middleOf(period) - 365.25
  let best: P | null = null
  for (const candidate of periods) {
    const distance = Math.abs(middleOf(candidate) - wanted)
    if (distance <= sameSeasonDays && (!best || distance < Math.abs(middleOf(best) - wanted)))
      best = candidate
  }
  return best
}

export type Stretch = { readonly fromOn: LocalDate; readonly days: number }

export function middleOf(period: Stretch): number {
  return Date.parse(period.fromOn) / 86_400_000 + period.days / 2
}

/** What was to be expected: same period last year, then the period before, then the peers (VEE-014). */
export function baselineOf(facts: RankFacts, index = 0): Baseline | null {
  const period = facts.periods[index]
  if (!period) return null
  const lastYear = sameTimeLastYear(facts.periods, period)
  const isOwn = lastYear && (!facts.occupantSince || lastYear.fromOn >= facts.occupantSince)
  if (isOwn && lastYear.gallonsPerDay > 0) return { gallonsPerDay: lastYear.gallonsPerDay, how: 'last-year' }
  const before = facts.periods[index + 1]
  if (before && before.gallonsPerDay > 0) return { gallonsPerDay: before.gallonsPerDay, how: 'last-period' }
  return facts.peers ? { gallonsPerDay: facts.peers.gallonsPerDay, how: 'peers' } : null
}

export function findPattern(facts: RankFacts): Pattern {
  const [now] = facts.periods
  const baseline = baselineOf(facts)
  const lastYear = now ? sameTimeLastYear(facts.periods, now) : null
  if (!now || !baseline) return nothing(lastYear)
  const excess = now.gallonsPerDay - baseline.gallonsPerDay
  const usesMore = isUp(now.gallonsPerDay, baseline.gallonsPerDay)
  const costsMore = facts.change !== null && isDearer(now.totalCents, facts.change.total)
  const periodsUp = countUp(facts)
  return {
    shape: shapeOf(facts, periodsUp, lastYear),
    isHigh: usesMore || costsMore,
    isLow: now.gallonsPerDay > 0 && now.gallonsPerDay < baseline.gallonsPerDay * lowShare,
    baseline,
    excessGallonsPerDay: Math.round(excess),
    steppedUpOn: periodsUp > 0 ? facts.periods[periodsUp - 1]!.fromOn : null,
    periodsUp,
    lastYear,
  }
}

const nothing = (lastYear: PeriodFacts | null): Pattern => ({
  shape: 'steady',
  isHigh: false,
  isLow: false,
  baseline: null,
  excessGallonsPerDay: 0,
  steppedUpOn: null,
  periodsUp: 0,
  lastYear,
})

const isUp = (actual: number, expected: number): boolean =>
  actual >= expected * highShare && actual - expected >= highGallonsPerDay

/** A dearer bill worth explaining, even when use did not rise: a quarter more than the bill it is compared with. */
function isDearer(nowCents: bigint, changeCents: bigint): boolean {
  return changeCents >= highCents && nowCents * 4n >= (nowCents - changeCents) * 5n
}

/** Periods that stand above their own expectation, without a gap, from the newest. */
function countUp(facts: RankFacts): number {
  let count = 0
  while (count < Math.min(6, facts.periods.length)) {
    const period = facts.periods[count]!
    const lastYear = sameTimeLastYear(facts.periods, period)
    const expected = lastYear?.gallonsPerDay ?? facts.periods[count + 1]?.gallonsPerDay ?? null
    if (expected === null || !isUp(period.gallonsPerDay, expected)) break
    count += 1
  }
  return count
}

function shapeOf(facts: RankFacts, periodsUp: number, lastYear: PeriodFacts | null): Shape {
  const [now, before, third, fourth] = facts.periods
  if (!now || !before) return 'steady'
  if (now.gallonsPerDay === 0 && before.gallonsPerDay === 0) return 'zero'
  if (
    before.readKind === 'estimated' &&
    now.readKind !== 'estimated' &&
    isUp(now.gallonsPerDay, before.gallonsPerDay)
  )
    return 'catch-up'
  const rises = isUp(now.gallonsPerDay, before.gallonsPerDay)
  if (lastYear && lastYear.gallonsPerDay > 0 && rises && now.gallonsPerDay < lastYear.gallonsPerDay * 1.2)
    return 'seasonal'
  if (third && fourth && isCreep([fourth, third, before, now])) return 'creep'
  if (periodsUp >= 2) return 'step'
  if (rises || periodsUp === 1) return 'spike'
  return 'steady'
}

/** Each period a little above the one before, no single jump carrying most of the rise. */
function isCreep(oldestFirst: readonly PeriodFacts[]): boolean {
  const rises = oldestFirst.slice(1).map((period, i) => period.gallonsPerDay - oldestFirst[i]!.gallonsPerDay)
  const total = rises.reduce((sum, rise) => sum + rise, 0)
  return total >= highGallonsPerDay && rises.every(rise => rise > 0 && rise <= total * 0.6)
}
