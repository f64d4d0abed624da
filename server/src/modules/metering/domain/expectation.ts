/**
 * What use was to be expected, and what is written down when nobody could read: the same period last year with the
 * season's factor, else the average of twelve months, else the peers (VEE-014, VEE-019).
 */
import { addMonths, daysBetween, type LocalDate, maxDate, minDate } from '@curbstop/kernel/dates'
import { capacityOf, dialUnitsOf, type Register } from './registers.ts'
import type { UsageFlag } from './usage-flag.ts'

/** What the expectation needs of a period. */
export type KnownUse = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly days: number
  readonly gallons: number | null
  readonly flags: readonly UsageFlag[]
}

export type Expected = {
  readonly gallons: number
  readonly gallonsPerDay: number
  readonly method: 'same-period-last-year' | 'twelve-month-average' | 'peer-median'
}
export type ExpectedFor = {
  readonly periods: readonly KnownUse[]
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  /** How this season compares with the same season last year; see `seasonFactor`. */
  readonly seasonFactor?: number
  readonly peerGallonsPerDay?: number | null
}

/** Last year's days must cover this share of the period to stand for it. */
const coverNeeded = 0.8
const averageDaysNeeded = 28
/** A longer period says nothing about a season. */
const seasonDaysMax = 100

/** Estimates and negatives are no evidence: only what a meter said counts. Null when nothing is known. */
export function expectedUse(asked: ExpectedFor): Expected | null {
  const { periods, fromOn, toOn, seasonFactor: factor = 1, peerGallonsPerDay = null } = asked
  const days = Math.max(1, daysBetween(fromOn, toOn))
  const known = periods.filter(isEvidence)
  const seasonal = known.filter(period => period.days <= seasonDaysMax)
  const lastYear = dailyAverage(seasonal, addMonths(fromOn, -12), addMonths(toOn, -12))
  if (lastYear && lastYear.days >= days * coverNeeded)
    return expectation(lastYear.gallonsPerDay * factor, days, 'same-period-last-year')
  const year = dailyAverage(known, addMonths(fromOn, -12), fromOn)
  if (year && year.days >= averageDaysNeeded)
    return expectation(year.gallonsPerDay, days, 'twelve-month-average')
  return peerGallonsPerDay === null ? null : expectation(peerGallonsPerDay, days, 'peer-median')
}

function expectation(gallonsPerDay: number, days: number, method: Expected['method']): Expected {
  return { gallons: Math.round(gallonsPerDay * days), gallonsPerDay, method }
}

export function isEvidence({ gallons, flags }: KnownUse): boolean {
  return gallons !== null && !flags.includes('estimated') && !flags.includes('negative')
}

/** Average over the days of `[from, to)` that periods with known use cover; null when none does. */
export function dailyAverage(
  periods: readonly KnownUse[],
  from: LocalDate,
  to: LocalDate,
): { gallonsPerDay: number; days: number } | null {
  let gallons = 0
  let days = 0
  for (const period of periods) {
    if (period.gallons === null || period.toOn <= from || period.fromOn >= to) continue
    const overlap = daysBetween(maxDate(period.fromOn, from), minDate(period.toOn, to))
    gallons += (period.gallons / period.days) * overlap
    days += overlap
  }
  return days === 0 ? null : { gallonsPerDay: gallons / days, days }
}

/** The period that covers most of the same days a year before, and at least half of them. */
export function sameMonthLastYear<P extends KnownUse>(
  periods: readonly P[],
  period: Pick<KnownUse, 'fromOn' | 'toOn'>,
): P | null {
  const [from, to] = [addMonths(period.fromOn, -12), addMonths(period.toOn, -12)]
  let best: P | null = null
  let most = daysBetween(from, to) / 2
  for (const candidate of periods) {
    const overlap = daysBetween(maxDate(candidate.fromOn, from), minDate(candidate.toOn, to))
    if (overlap >= most) [best, most] = [candidate, overlap]
  }
  return best
}

/** Peers' median now against the same month last year, within half and double; 1 when either is not known. */
export function seasonFactor(now: number | null, lastYear: number | null): number {
  if (now === null || lastYear === null || lastYear <= 0) return 1
  return Math.min(2, Math.max(0.5, now / lastYear))
}

/** What the dial would show after so many gallons: the value of an estimated read. */
export function estimateValue(
  previous: bigint,
  gallons: number,
  register: Register,
): { value: bigint; passedZero: boolean } {
  const value = previous + dialUnitsOf(gallons, register)
  const capacity = capacityOf(register)
  return { value: value % capacity, passedZero: value >= capacity }
}

export type CheckRules = {
  readonly highPercent: number // VEE-011
  readonly highOverGallons: number
  readonly lowPercent: number // VEE-012
}
export type UseCheck = 'high' | 'low' | 'zero'

/** VEE-011, VEE-012, VEE-015. Without an expectation only zero can be seen. */
export function checkUse(gallons: number, expected: Expected | null, rules: CheckRules): UseCheck[] {
  if (gallons === 0) return ['zero']
  if (!expected) return []
  const { highPercent, highOverGallons, lowPercent } = rules
  const over = gallons - expected.gallons
  if (gallons * 100 > expected.gallons * highPercent && over >= highOverGallons) return ['high']
  return gallons * 100 < expected.gallons * lowPercent ? ['low'] : []
}
