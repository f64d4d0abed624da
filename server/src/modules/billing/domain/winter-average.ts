/**
 * The winter average behind the sewer charge (duties 3.17): use of the winter periods, when little water goes to
 * the garden; estimated and vacant months do not count; a new customer has the default until a full winter; never
 * above the cap; a new average takes effect once a year.
 */
import { addDays, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import type { ReadKind } from './facts.ts'
import type { WinterPolicy } from './proration.ts'
import { dateText, trimmed } from './words.ts'

export type WinterPeriod = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly units: number
  readonly readKind: ReadKind | null
}

export type WinterMonth = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly units: string
  readonly isIncluded: boolean
  readonly why: string
}

export type WinterAverage = {
  readonly units: string
  readonly source: 'own' | 'default'
  readonly effectiveFrom: LocalDate
  readonly resetsOn: LocalDate
  readonly months: readonly WinterMonth[]
  readonly arithmetic: string
}

export type WinterFacts = {
  /** Any order; periods outside the winter are passed over. */
  readonly periods: readonly WinterPeriod[]
  /** First day on which this customer was served. */
  readonly servedFrom: LocalDate
  /** First days of periods that the customer or the district asked to leave out (a leak). */
  readonly without?: readonly LocalDate[]
}

/** The average in force on a day. */
export function winterAverageOn(on: LocalDate, facts: WinterFacts, policy: WinterPolicy): WinterAverage {
  const resetYear = Number(on.slice(0, 4)) - (Number(on.slice(5, 7)) < policy.resetMonth ? 1 : 0)
  const effectiveFrom = firstOf(resetYear, policy.resetMonth)
  const resetsOn = firstOf(resetYear + 1, policy.resetMonth)
  const months = facts.periods
    .filter(period => isOfWinter(period, resetYear, policy))
    .sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1))
    .map(period => judge(period, facts))
  const included = months.filter(month => month.isIncluded)
  const dates = { effectiveFrom, resetsOn, months }
  if (included.length < policy.leastMonths) {
    const units = trimmed(policy.defaultUnits)
    const arithmetic = `${included.length} of at least ${policy.leastMonths} winter months count, so the default of ${units} applies`
    return { units, source: 'default', ...dates, arithmetic }
  }
  const total = included.reduce((sum, month) => sum + Number(month.units), 0)
  const mean = Math.round((total / included.length) * 10) / 10
  const units = Math.min(mean, policy.capUnits)
  const capped = mean > policy.capUnits ? `, capped at ${policy.capUnits}` : ''
  const arithmetic = `(${included.map(month => month.units).join(' + ')}) ÷ ${included.length} = ${mean}${capped}`
  return { units: trimmed(units), source: 'own', ...dates, arithmetic }
}

const firstOf = (year: number, month: number): LocalDate =>
  localDate(`${year}-${String(month).padStart(2, '0')}-01`)

/** A period belongs to the month in which its middle lies; December counts to the winter that follows it. */
function isOfWinter({ fromOn, toOn }: WinterPeriod, resetYear: number, policy: WinterPolicy): boolean {
  const middle = addDays(fromOn, Math.floor(daysBetween(fromOn, toOn) / 2))
  const [year, month] = [Number(middle.slice(0, 4)), Number(middle.slice(5, 7))]
  const winter = month >= policy.resetMonth ? year + 1 : year
  return winter === resetYear && policy.months.includes(month)
}

function judge(period: WinterPeriod, { servedFrom, without }: WinterFacts): WinterMonth {
  const { fromOn, toOn } = period
  const month = (why: string | null): WinterMonth => ({
    fromOn,
    toOn,
    units: trimmed(period.units),
    isIncluded: why === null,
    why: why ?? 'counts',
  })
  if (fromOn < servedFrom) return month(`before this customer came (${dateText(servedFrom)})`)
  if (without?.includes(fromOn)) return month('left out on request')
  if (period.readKind === 'estimated') return month('estimated, not read')
  return period.units === 0 ? month('no use: vacant') : month(null)
}
