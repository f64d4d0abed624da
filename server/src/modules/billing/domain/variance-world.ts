/** A bill in the world of a variance: its own figures with those replaced that the grant changes. Nothing is kept. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { type RateClass, type RatedService, readDecimal } from '../../rates/domain/index.ts'
import {
  type BudgetFacts,
  type BudgetInputs,
  composeBudget,
  type Outcome,
} from '../../variances/domain/index.ts'
import type { StoredSegment } from './stored.ts'
import type { BillToVary, RatedSegment } from './what-if.ts'
import { plain, trimmed } from './words.ts'

const draftId = 9_007_199_254_740_991n
const always = '1900-01-01' as LocalDate

/** The budget's facts with the outcome in force as decided, or as if it had always counted. */
export function factsWith(facts: BudgetFacts, outcome: Outcome, isAlways: boolean): BudgetFacts {
  const kind = outcome.grants[0]?.input === 'outdoor-factor' ? ('new-landscape' as const) : ('other' as const)
  const grants = outcome.grants.map((grant, i) => ({
    ...grant,
    kind,
    grantId: draftId + BigInt(i),
    ...(isAlways ? { fromOn: always, untilOn: null, starts: 'approval-date' as const } : {}),
  }))
  const replaced = new Set(outcome.grants.map(one => one.input))
  const others = facts.grants.filter(one => !replaced.has(one.input))
  const { area } = outcome
  const household = isAlways && replaced.has('persons') ? [] : facts.household
  if (!area) return { ...facts, household, grants: [...others, ...grants] }
  if (isAlways) return { ...facts, household, grants: others, areaChanges: [], irrigatedSqft: area.sqft }
  const change = { areaChangeId: draftId, beforeSqft: facts.irrigatedSqft, ...area }
  return { ...facts, grants: others, areaChanges: [...facts.areaChanges, change] }
}

type Worlds = { readonly before: BudgetFacts; readonly after: BudgetFacts }
export type ClassOf = (segment: StoredSegment) => RateClass | null

/** The bill with the figures that differ between the two worlds put into the segments that have a budget. */
export function billIn(
  bill: BillToVary,
  { before, after }: Worlds,
  homes: number,
  classOf: ClassOf,
): BillToVary {
  return {
    ...bill,
    segments: bill.segments.map(segment => {
      if (segment.service === 'sewer') return segment
      const et = segment.inputs.et?.split(' ') ?? null
      const days = { from: segment.fromOn, to: segment.toOn }
      const was = composeBudget(before, days, et)
      const is = composeBudget(after, days, et)
      return {
        ...segment,
        inputs: { ...segment.inputs, with: replaced(segment, { was, is, homes }, classOf) },
      }
    }),
  }
}

type Replacing = { readonly was: BudgetInputs; readonly is: BudgetInputs; readonly homes: number }

function replaced(
  segment: StoredSegment,
  { was, is, homes }: Replacing,
  classOf: ClassOf,
): Record<string, string | number> {
  const inputs = { ...segment.inputs.with }
  const parts = classOf(segment)?.parts
  const put = (name: string, from: unknown, to: string | number | null) => {
    if (from === to || !(name in inputs || parts?.has(name))) return
    if (to === null) delete inputs[name]
    else inputs[name] = to
  }
  put('hhsize', was.persons, 'hhsize' in inputs ? is.persons : null)
  const perHome = (persons: string | null) => (persons === null ? null : trimmed(Number(persons) / homes))
  if (!('hhsize' in inputs)) put('persons_per_unit', perHome(was.grantedPersons), perHome(is.grantedPersons))
  put('irr_area', was.irrigatedSqft, is.irrigatedSqft)
  put('indoor_extra_gpd', was.indoorExtraGpd, is.indoorExtraGpd)
  put('indoor_factor', was.indoorFactor, is.indoorFactor)
  put('outdoor_extra_gpd', was.outdoorExtraGpd, is.outdoorExtraGpd)
  put('outdoor_factor', was.outdoorFactor, is.outdoorFactor)
  return inputs
}

const partOf = ({ pieces }: RatedService, name: string): string | null => {
  const found = pieces.map(piece => piece.components[name]).filter(value => value !== undefined)
  return found.length === 0 ? null : plain(found.reduce((sum, value) => sum.plus(value), readDecimal(0)!))
}

/** The main service of a world as the page shows it. */
export function showWater(rated: readonly RatedSegment[], main: StoredSegment, totalCents: bigint) {
  const water = rated.find(({ segment }) => segment.servicePointId === main.servicePointId)!.rated
  const inputs = water.pieces[0]?.inputs ?? {}
  const text = (name: string) => (inputs[name] === undefined ? null : String(inputs[name]))
  return {
    persons: text('hhsize'),
    irrigatedSqft: text('irr_area'),
    indoorUnits: partOf(water, 'indoor'),
    outdoorUnits: partOf(water, 'outdoor'),
    budgetUnits: partOf(water, 'budget'),
    tiers: tiersOf(water),
    totalCents,
  }
}

/** One row a tier; pieces of a bill with two rates are added up and shown at the later price. */
function tiersOf({ lines }: RatedService) {
  const byTier = Map.groupBy(
    lines.filter(line => line.tier !== null && line.quantity && line.price),
    line => line.tier!,
  )
  return [...byTier]
    .sort(([a], [b]) => a - b)
    .map(([tier, all]) => ({
      tier,
      units: plain(all.reduce((sum, line) => sum.plus(line.quantity!), readDecimal(0)!)),
      price: all.at(-1)!.price!.toFixed(),
      cents: all.reduce((sum, line) => sum + line.cents, 0n),
    }))
}
