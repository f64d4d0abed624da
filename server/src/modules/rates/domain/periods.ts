/**
 * A service period `[from, to)` cut where the tariff changes, with each piece's share of the fixed charges, of the
 * use and of the tier widths, as the district's proration policy says.
 */
import { daysBetween, type LocalDate, maxDate, minDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { D, type Decimal, isNumeric, type Num, one, readDecimal, sumOf, zero } from './decimal.ts'
import { errors } from './errors.ts'
import type { BudgetRounding, Inputs, RateClass } from './model.ts'

export type ProrationPolicy = {
  /**
   * Fixed charges when the tariff changes inside the period, or when the bill covers part of a period. `days`: by
   * days. `full`: in full, at the rate of the last day. `none`: in full for a full period, not at all for a part.
   */
  readonly fixed: 'days' | 'full' | 'none'
  /** Use when the tariff changes inside the period: by days, by interval data, or all at the rate of the last day. */
  readonly volumetric: 'days' | 'intervals' | 'end-rate'
  /** Whether tiers are cut with the period. Budgets follow real days and daily weather either way (WB-008, WB-011). */
  readonly tierWidths: 'scale' | 'keep'
  /** Days that make a full charge when a bill covers part of a period: 30 (ACC-046), or the cycle's own days. */
  readonly standardDays: number | 'cycle'
  /** WB-017: `none` keeps budgets unrounded, `whole` is the format's rule. */
  readonly budgetRounding: BudgetRounding
}

export type ServiceFacts = {
  /** First day charged, and the first day no longer charged. */
  readonly from: LocalDate
  readonly to: LocalDate
  /** Use in the tariff's bill unit. */
  readonly usage: Num
  /** Meter size, household, area …; `usage_ccf` and `days_in_period` are put in from the facts above. */
  readonly inputs: Inputs
  /** Reference evapotranspiration in inches, one number a day; takes the place of `et_amount`. */
  readonly etByDay?: readonly Num[]
  /** Use by day, for the policy `intervals`. */
  readonly usageByDay?: readonly Num[]
  /**
   * Set when the bill does not cover exactly one billing period: opening, closing, catch-up over several. The days of
   * the cycle it belongs to, and how many of them came before (billed to somebody else), so that two parts of one
   * cycle add up to the cent.
   */
  readonly partOf?: { readonly cycleDays: number; readonly daysBefore?: number }
}

export type TariffVersion = {
  readonly id: string
  readonly effectiveFrom: LocalDate
  /** First day no longer in force, or null. */
  readonly effectiveTo: LocalDate | null
  readonly rateClass: RateClass
}

/** What the use of one piece is calculated with. */
export type Volume = {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly days: number
  readonly usage: Decimal
  /** Total of the piece's days, or null when daily weather is not given and the inputs stand as they are. */
  readonly et: Decimal | null
  /** Factor on tier widths, or null for whole widths. */
  readonly scale: Decimal | null
}

export type Piece = {
  readonly version: TariffVersion
  readonly from: LocalDate
  readonly to: LocalDate
  readonly days: number
  /** Share of the fixed charges, 1 for all of them, 0 for none. */
  readonly fixedShare: Decimal
  /** Null when another piece carries the use. */
  readonly volume: Volume | null
}

export type Cut = {
  readonly pieces: readonly Piece[]
  /** Share of the fixed charge that belongs to the days before an opening or closing bill. */
  readonly shareBefore: Decimal
  /** What a share is of: the days that make a full charge. */
  readonly fullDays: number
}

/** Cuts a period. Throws `rates.bad-period`, `bad-usage`, `bad-days`, `no-version`, `overlapping-versions`. */
export function cutPeriod(
  facts: ServiceFacts,
  versions: readonly TariffVersion[],
  policy: ProrationPolicy,
): Cut {
  const { from, to } = facts
  const days = daysBetween(from, to)
  if (!(days > 0)) throw refuse(errors, 'rates.bad-period', { from, to }, 'to')
  const usage = readDecimal(facts.usage)
  if (usage === null || usage.isNegative()) {
    throw refuse(errors, 'rates.bad-usage', { usage: String(facts.usage) }, 'usage')
  }
  checkDays('etByDay', facts.etByDay, days)
  checkDays('usageByDay', facts.usageByDay, days)
  const fullDays = fullDaysOf(facts, policy, days)
  const inForce = versionsIn(facts, versions)
  const volumes = volumesOf({ facts, policy, fullDays, usage }, inForce)
  const pieces = inForce.map((span, i): Piece => {
    const last = i === inForce.length - 1
    const fixedShare = fixedShareOf(facts, policy, { ...span, last, fullDays })
    return { ...span, fixedShare, volume: volumes[i]! }
  })
  const before = policy.fixed === 'days' ? (facts.partOf?.daysBefore ?? 0) : 0
  return { pieces, fullDays, shareBefore: before === 0 ? zero : new D(before).div(fullDays) }
}

function checkDays(what: string, given: readonly Num[] | undefined, days: number): void {
  if (given === undefined) return
  const good = given.length === days && (totals.has(given) || given.every(isNumeric))
  if (!good) throw refuse(errors, 'rates.bad-days', { what, days, given: given.length }, what)
}

function fullDaysOf(facts: ServiceFacts, policy: ProrationPolicy, days: number): number {
  if (!facts.partOf) return days
  const full = policy.standardDays === 'cycle' ? facts.partOf.cycleDays : policy.standardDays
  if (!(full > 0)) throw refuse(errors, 'rates.bad-period', { from: facts.from, to: facts.to }, 'partOf')
  return full
}

/** Days `[from, to)` and how many they are. */
type Days = { readonly from: LocalDate; readonly to: LocalDate; readonly days: number }
type Span = Days & { readonly version: TariffVersion }

function versionsIn({ from, to }: ServiceFacts, versions: readonly TariffVersion[]): Span[] {
  const spans: Span[] = []
  const sorted = versions.length < 2 ? versions : [...versions].sort(byStart)
  let next = from
  for (const version of sorted) {
    const starts = maxDate(version.effectiveFrom, from)
    const ends = version.effectiveTo === null ? to : minDate(version.effectiveTo, to)
    if (starts >= ends) continue
    if (starts < next) {
      const first = spans.at(-1)?.version.id ?? version.id
      throw refuse(errors, 'rates.overlapping-versions', { first, second: version.id, on: starts })
    }
    if (starts > next) break
    spans.push({ version, from: starts, to: ends, days: daysBetween(starts, ends) })
    next = ends
  }
  if (next < to) throw refuse(errors, 'rates.no-version', { on: next })
  return spans
}

const byStart = (a: TariffVersion, b: TariffVersion): number =>
  a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0

function fixedShareOf(
  facts: ServiceFacts,
  policy: ProrationPolicy,
  span: Span & { readonly last: boolean; readonly fullDays: number },
): Decimal {
  if (policy.fixed === 'days') return share(span.days, span.fullDays)
  if (!span.last) return zero
  return policy.fixed === 'none' && facts.partOf ? zero : one
}

const share = (days: number, of: number): Decimal => (days === of ? one : new D(days).div(of))

type Amounts = {
  readonly facts: ServiceFacts
  readonly policy: ProrationPolicy
  readonly fullDays: number
  readonly usage: Decimal
}

function volumesOf(amounts: Amounts, spans: readonly Span[]): (Volume | null)[] {
  const { facts, policy, usage } = amounts
  if (spans.length === 1 || policy.volumetric === 'end-rate') {
    const whole = { from: facts.from, to: facts.to, days: daysBetween(facts.from, facts.to) }
    const volume = volumeOf(amounts, whole, usage)
    return spans.map((_, i) => (i === spans.length - 1 ? volume : null))
  }
  let left = usage
  const total = new D(daysBetween(facts.from, facts.to))
  return spans.map((span, i) => {
    // The last piece takes what is left, so that the pieces add up to the whole use exactly.
    const part = i === spans.length - 1 ? left : usageIn(amounts, span, total)
    left = left.minus(part)
    return volumeOf(amounts, span, part)
  })
}

function usageIn({ facts, policy, usage }: Amounts, span: Span, total: Decimal): Decimal {
  if (policy.volumetric !== 'intervals' || !facts.usageByDay) return usage.times(span.days).div(total)
  const measured = sumOf(facts.usageByDay)
  if (measured.isZero()) return usage.times(span.days).div(total)
  // Interval data say when the water ran; the billed use says how much.
  return usage.times(sumOf(daysOf(facts, facts.usageByDay, span))).div(measured)
}

function daysOf(facts: ServiceFacts, byDay: readonly Num[], span: Days): readonly Num[] {
  if (span.days === byDay.length) return byDay
  const at = daysBetween(facts.from, span.from)
  return byDay.slice(at, at + span.days)
}

const totals = new WeakMap<readonly Num[], Decimal>()

/** A run bills a whole book over the same days and gives every account the same list: it is added up once. */
function totalOf(byDay: readonly Num[]): Decimal {
  const known = totals.get(byDay)
  if (known) return known
  const total = sumOf(byDay)
  totals.set(byDay, total)
  return total
}

function volumeOf(amounts: Amounts, span: Days, usage: Decimal): Volume {
  const { facts, policy, fullDays } = amounts
  const { from, to, days } = span
  const scale = policy.tierWidths === 'keep' || days === fullDays ? null : share(days, fullDays)
  return { from, to, days, usage, et: etIn(facts, span), scale }
}

/** Weather of the piece's own days; a given total is spread evenly over the period. */
function etIn(facts: ServiceFacts, span: Days): Decimal | null {
  if (facts.etByDay) return totalOf(daysOf(facts, facts.etByDay, span))
  const total = daysBetween(facts.from, facts.to)
  const given = span.days === total ? null : readDecimal(facts.inputs.et_amount)
  return given ? given.times(span.days).div(total) : null
}
