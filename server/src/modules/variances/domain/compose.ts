/**
 * The water budget's inputs over `[from, to)`, composed by day: who lived there, the watered area, the gallons that
 * were granted, the drought stage. A bill asks for them once and keeps them with the ids of what they came from.
 *
 * Each figure is the mean that gives the same budget as adding up the days: people by days, people's factor by
 * people-days, area by the day's ET, the landscape's factor by area and ET (WB-001, WB-005, WB-008, WB-019).
 */
import { addDays, daysBetween, type LocalDate, maxDate, minDate } from '@curbstop/kernel/dates'
import type { GrantInput, StartRule, VarianceKind } from './words.ts'

export type Days = { readonly from: LocalDate; readonly to: LocalDate }

export type Grant = {
  readonly grantId: bigint
  readonly kind: VarianceKind
  readonly input: GrantInput
  readonly amount: number
  readonly fromOn: LocalDate
  readonly untilOn: LocalDate | null
  readonly starts: StartRule
}

export type AreaChange = {
  readonly areaChangeId: bigint
  readonly fromOn: LocalDate
  readonly sqft: number
  readonly beforeSqft: number
  readonly starts: StartRule
}

/** A drought stage in force, as dated policy (WB-019, WB-039). */
export type Stage = {
  readonly ruleId: bigint
  readonly fromOn: LocalDate
  readonly untilOn: LocalDate | null
  readonly stage: number
  readonly indoor: number
  readonly outdoor: number
  readonly suspends: readonly VarianceKind[]
}

export type HouseholdOn = { readonly fromOn: LocalDate; readonly persons: number }

export type BudgetFacts = {
  /** Oldest first. */
  readonly household: readonly HouseholdOn[]
  /** WB-003, WB-004: where nobody is recorded. */
  readonly defaultPersons: number
  /** The area on record now, and its dated changes, oldest first. */
  readonly irrigatedSqft: number
  readonly areaChanges: readonly AreaChange[]
  readonly grants: readonly Grant[]
  readonly stages: readonly Stage[]
}

/** Figures as texts, ready for a tariff; a factor of 1 and gallons of 0 are null: the tariff's own default stands. */
export type BudgetInputs = {
  readonly persons: string
  /** Of a grant only: a tariff by homes counts its own persons otherwise. */
  readonly grantedPersons: string | null
  readonly irrigatedSqft: number
  readonly indoorExtraGpd: string | null
  readonly indoorFactor: string | null
  readonly outdoorExtraGpd: string | null
  readonly outdoorFactor: string | null
  /** `household:2026-01-01`, `grant:17`, `area:3`, `stage:41`, `default:WB-003`. */
  readonly sources: readonly string[]
}

/** First day of the period on which it counts, or null (WB-033). */
export function countsFrom(
  { fromOn, starts }: Pick<Grant, 'fromOn' | 'starts'>,
  { from, to }: Days,
): LocalDate | null {
  if (fromOn >= to) return null
  if (fromOn <= from) return from
  if (starts === 'next-bill') return from
  return starts === 'approval-date' ? fromOn : null
}

/** The budget's inputs over the period. Most homes change nothing in it, and are not looked at day by day. */
export function composeBudget(
  facts: BudgetFacts,
  period: Days,
  etByDay: readonly (string | number)[] | null,
): BudgetInputs {
  const isPlain = facts.grants.length === 0 && facts.areaChanges.length === 0
  const isSteady = isPlain && facts.stages.every(stage => stage.indoor === 1 && stage.outdoor === 1)
  return isSteady ? composePlain(facts, period) : composeByDay(facts, period, etByDay)
}

/** People by the days of each household note; nothing granted, one area. */
function composePlain(
  { household, defaultPersons, irrigatedSqft }: BudgetFacts,
  { from, to }: Days,
): BudgetInputs {
  const days = daysBetween(from, to)
  const sources: string[] = []
  let personDays = 0
  let counted = 0
  household.forEach((row, i) => {
    const inside = daysBetween(maxDate(row.fromOn, from), minDate(household[i + 1]?.fromOn ?? to, to))
    if (inside <= 0) return
    personDays += inside * row.persons
    counted += inside
    sources.push(`household:${row.fromOn}`)
  })
  if (counted < days) sources.unshift('default:WB-003')
  const persons = rounded((personDays + (days - counted) * defaultPersons) / days, 4)
  const nothing = { indoorExtraGpd: null, indoorFactor: null, outdoorExtraGpd: null, outdoorFactor: null }
  return { persons, grantedPersons: null, irrigatedSqft, ...nothing, sources }
}

/** The same by looking at every day: exported for the test that holds both against each other. */
export function composeByDay(
  facts: BudgetFacts,
  period: Days,
  etByDay: readonly (string | number)[] | null,
): BudgetInputs {
  const days = daysBetween(period.from, period.to)
  const sources = new Set<string>()
  const sums = { persons: 0, adjusted: 0, indoor: 0, outdoor: 0, weight: 0, area: 0, factored: 0, plain: 0 }
  let granted = 0
  const spans = spansOf(facts, period)
  for (let day = 0; day < days; day += 1) {
    const on = dayAt(facts, spans, addDays(period.from, day), sources)
    const et = etByDay ? Number(etByDay[day]) : 1
    sums.persons += on.persons
    sums.adjusted += on.persons * on.indoorFactor
    if (on.isGranted) granted += 1
    sums.indoor += on.indoorGpd
    sums.outdoor += on.outdoorGpd
    sums.weight += et
    sums.plain += on.area
    sums.area += on.area * et
    sums.factored += on.area * et * on.outdoorFactor
  }
  const indoorFactor = sums.persons > 0 ? sums.adjusted / sums.persons : 1
  const area = sums.weight > 0 ? sums.area / sums.weight : sums.plain / days
  const outdoorFactor = sums.area > 0 ? sums.factored / sums.area : 1
  const persons = rounded(sums.persons / days, 4)
  return {
    persons,
    grantedPersons: granted > 0 ? persons : null,
    irrigatedSqft: Number(rounded(area, 4)),
    indoorExtraGpd: unless(sums.indoor / days, 0),
    indoorFactor: unless(indoorFactor, 1),
    outdoorExtraGpd: unless(sums.outdoor / days, 0),
    outdoorFactor: unless(outdoorFactor, 1),
    sources: [...sources].sort(),
  }
}

const rounded = (value: number, places: number): string => String(Number(value.toFixed(places)))
const unless = (value: number, usual: number): string | null => {
  const text = rounded(value, 6)
  return text === String(usual) ? null : text
}

type Span<T> = { readonly of: T; readonly from: LocalDate; readonly until: LocalDate | null }
type Spans = { readonly grants: readonly Span<Grant>[]; readonly areas: readonly Span<AreaChange>[] }

function spansOf({ grants, areaChanges }: BudgetFacts, period: Days): Spans {
  const starting = <T extends Pick<Grant, 'fromOn' | 'starts'>>(all: readonly T[]) =>
    all.flatMap(of => {
      const from = countsFrom(of, period)
      return from ? [{ of, from }] : []
    })
  return {
    grants: starting(grants)
      .filter(({ of }) => of.input !== 'over-budget-gallons' && of.input !== 'courtesy-months')
      .map(span => ({ ...span, until: span.of.untilOn })),
    areas: starting(areaChanges).map(span => ({ ...span, until: null })),
  }
}

const covers = ({ from, until }: Span<unknown>, on: LocalDate): boolean =>
  from <= on && (until === null || on < until)

function dayAt(facts: BudgetFacts, spans: Spans, on: LocalDate, sources: Set<string>) {
  const stage = facts.stages.find(one => one.fromOn <= on && (one.untilOn === null || on < one.untilOn))
  const active = newestOfKind(
    spans.grants.filter(span => covers(span, on) && !stage?.suspends.includes(span.of.kind)),
  )
  const who = personsAt(facts, active, on)
  sources.add(who.source)
  const area = spans.areas.filter(span => covers(span, on)).at(-1)?.of
  if (area) sources.add(`area:${area.areaChangeId}`)
  if (stage && (stage.indoor !== 1 || stage.outdoor !== 1)) sources.add(`stage:${stage.ruleId}`)
  const day = {
    persons: who.persons,
    isGranted: who.isGranted,
    indoorFactor: stage?.indoor ?? 1,
    indoorGpd: 0,
    outdoorGpd: 0,
    outdoorFactor: stage?.outdoor ?? 1,
    area: area?.sqft ?? facts.areaChanges[0]?.beforeSqft ?? facts.irrigatedSqft,
  }
  for (const { of } of active) {
    if (of.input === 'persons') continue
    sources.add(`grant:${of.grantId}`)
    if (of.input === 'indoor-gpd') day.indoorGpd += of.amount
    if (of.input === 'outdoor-gpd') day.outdoorGpd += of.amount
    if (of.input === 'outdoor-factor') day.outdoorFactor *= of.amount
  }
  return day
}

/** A renewal or a correction takes the place of the one before it; when it ends first, that one counts again. */
const newestOfKind = (spans: readonly Span<Grant>[]): readonly Span<Grant>[] =>
  spans.length < 2
    ? spans
    : spans.filter(
        one => !spans.some(other => other.of.kind === one.of.kind && other.of.grantId > one.of.grantId),
      )

/** The later of what was recorded and what was granted; without either the default of the class (WB-003). */
function personsAt(
  { household, defaultPersons }: BudgetFacts,
  active: readonly Span<Grant>[],
  on: LocalDate,
) {
  const row = household.findLast(one => one.fromOn <= on)
  const granted = active.find(span => span.of.input === 'persons')?.of
  if (granted && (!row || granted.fromOn >= row.fromOn))
    return { persons: granted.amount, source: `grant:${granted.grantId}`, isGranted: true }
  return row
    ? { persons: row.persons, source: `household:${row.fromOn}`, isGranted: false }
    : { persons: defaultPersons, source: 'default:WB-003', isGranted: false }
}
