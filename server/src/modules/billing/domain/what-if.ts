/** Changed worlds beside a bill: the stored facts with some of them replaced, rated by the same function. Nothing is kept. */
import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { formatDollars } from '@curbstop/kernel/money'
import type { BillUnit } from '@curbstop/kernel/quantity'
import {
  type Num,
  type RatedService,
  rateService,
  readDecimal,
  type ServiceFacts,
  type TariffVersion,
} from '../../rates/domain/index.ts'
import { budgetOf } from './decide.ts'
import { errors } from './errors.ts'
import { daysOf, readFacts, type StoredSegment } from './stored.ts'
import { dateText, lineName, plain, priceText, unitNames, unitsText } from './words.ts'

export type Scenario = {
  readonly name: string
  readonly usageUnits?: string | undefined
  readonly persons?: number | undefined
  readonly irrigatedSqft?: number | undefined
  readonly fromOn?: LocalDate | undefined
  readonly toOn?: LocalDate | undefined
  readonly ratesOn?: LocalDate | undefined
  readonly isLeakFixed?: boolean | undefined
}

/** A bill as far as a what-if needs it. */
export type BillToVary = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly segments: readonly StoredSegment[]
}

/** All versions of a tariff, compiled for a class. */
export type VersionsOf = (segment: StoredSegment) => readonly TariffVersion[]

export type Variation = {
  readonly scenario: Scenario
  /** Factor on the use of every measured service; 1 leaves it. */
  readonly useFactor: number
  /** Use of the main service, when it is told outright. */
  readonly usage: string | null
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
}

const longest = 366

/** Checks the dates of a scenario against the bill. Throws `billing.scenario`. */
export function variationOf(bill: BillToVary, scenario: Scenario, leakFactor: number): Variation {
  const fromOn = scenario.fromOn ?? bill.fromOn
  const toOn = scenario.toOn ?? bill.toOn
  const days = daysBetween(fromOn, toOn)
  const refuseThis = (problem: string) => refuse(errors, 'billing.scenario', { name: scenario.name, problem })
  if (days <= 0) throw refuseThis('the period ends before it begins')
  if (days > longest) throw refuseThis(`the period is longer than ${longest} days`)
  if (scenario.usageUnits !== undefined && scenario.isLeakFixed)
    throw refuseThis('give either a use or “leak repaired”, not both')
  const useFactor = (scenario.isLeakFixed ? leakFactor : 1) * (days / daysBetween(bill.fromOn, bill.toOn))
  return { scenario, useFactor, usage: scenario.usageUnits ?? null, fromOn, toOn }
}

/** The service whose use a scenario tells: water, else whatever is measured. The sewer takes the same use. */
export function mainSegment(bill: BillToVary): StoredSegment | null {
  const found = bill.segments.filter(segment => segment.usageUnits !== null && segment.service !== 'sewer')
  return found.find(segment => segment.service === 'water') ?? found[0] ?? null
}

export type RatedSegment = { readonly segment: StoredSegment; readonly rated: RatedService }

/** Rates the bill in the changed world. Throws what the rating function throws. */
export function rateVariation(
  bill: BillToVary,
  variation: Variation,
  versionsOf: VersionsOf,
): RatedSegment[] {
  const main = mainSegment(bill)
  return bill.segments.map(segment => {
    const { facts, policy } = readFacts(segment)
    const versions = chosenVersions(versionsOf(segment), variation.scenario.ratesOn)
    const usesMain = segment === main || segment.service === 'sewer'
    const changed = varyFacts(facts, variation, usesMain)
    return { segment, rated: rateService(changed, versions, policy) }
  })
}

const always = '1900-01-01' as LocalDate

function chosenVersions(
  versions: readonly TariffVersion[],
  ratesOn: LocalDate | undefined,
): readonly TariffVersion[] {
  if (!ratesOn) return versions
  const inForce = versions.filter(
    v => v.effectiveFrom <= ratesOn && (v.effectiveTo === null || v.effectiveTo > ratesOn),
  )
  return inForce.map(version => ({ ...version, effectiveFrom: always, effectiveTo: null }))
}

function varyFacts(
  facts: ServiceFacts,
  { scenario, useFactor, usage, fromOn, toOn }: Variation,
  usesMain: boolean,
) {
  const { persons, irrigatedSqft } = scenario
  const inputs = { ...facts.inputs }
  if (persons !== undefined && 'hhsize' in inputs) inputs.hhsize = persons
  if (irrigatedSqft !== undefined && 'irr_area' in inputs) inputs.irr_area = irrigatedSqft
  const factor = readDecimal(useFactor)!
  const scaled = readDecimal(facts.usage)!.times(factor).toDecimalPlaces(4)
  const days = daysBetween(fromOn, toOn)
  const { partOf, ...whole } = facts
  return {
    ...whole,
    from: fromOn,
    to: toOn,
    inputs,
    usage: usesMain && usage !== null ? usage : scaled,
    ...(facts.etByDay ? { etByDay: fitted(facts.etByDay, days) } : {}),
    ...(partOf && days === daysBetween(facts.from, facts.to) ? { partOf } : {}),
  } satisfies ServiceFacts
}

/** The weather of the bill; over another number of days its daily mean. */
function fitted(etByDay: readonly Num[], days: number): readonly Num[] {
  if (etByDay.length === days) return etByDay
  const total = etByDay.reduce((sum: number, day) => sum + Number(day), 0)
  const mean = Math.round((total / etByDay.length) * 10_000) / 10_000
  return Array.from({ length: days }, () => mean)
}

/** The next period: as long as this one, with the season, the weather and the share of use of a year before. */
export function nextPeriod(
  bill: BillToVary,
  lastYear: { same: BillToVary; next: BillToVary } | null,
): BillToVary {
  const days = daysBetween(bill.fromOn, bill.toOn)
  const toOn = addDays(bill.toOn, days)
  const ratio = lastYear ? dailyUse(lastYear.next) / (dailyUse(lastYear.same) || 1) : 1
  const segments = bill.segments.map(segment => {
    const then = lastYear?.next.segments.find(other => other.service === segment.service)
    const et = then?.inputs.et?.split(' ')
    const weather =
      et && segment.inputs.et
        ? fitted(et, days)
            .map(day => Math.round(Number(day)))
            .join(' ')
        : null
    const usage =
      segment.usageUnits === null ? null : plain(readDecimal(segment.usageUnits)!.times(ratio || 1))
    const { partOf: _, ...inputs } = segment.inputs
    return {
      ...segment,
      fromOn: bill.toOn,
      toOn,
      usageUnits: usage,
      inputs: { ...inputs, ...(weather ? { et: weather } : {}) },
    }
  })
  return { fromOn: bill.toOn, toOn, segments }
}

/** Billing units a day of the main service. */
export function dailyUse(bill: BillToVary): number {
  const main = mainSegment(bill)
  return main ? Number(main.usageUnits) / daysOf(main) : 0
}

/**
 * What is left of the use when the leak is repaired: daily use back to the same weeks a year before, else to the
 * median of the other periods; never more than it is.
 */
export function leakFactor(
  bill: BillToVary,
  lastYear: BillToVary | null,
  others: readonly BillToVary[],
): number {
  const now = dailyUse(bill)
  const usual = lastYear ? dailyUse(lastYear) : median(others.map(dailyUse))
  return now > 0 && usual > 0 ? Math.min(1, usual / now) : 1
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return 0
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const totalOf = (rated: readonly RatedSegment[]): bigint =>
  rated.reduce((sum, one) => sum + one.rated.totalCents, 0n)

/** The lines of a world, as the table beside the actual bill shows them. */
export function showWorld(rated: readonly RatedSegment[], unit: BillUnit) {
  return rated.flatMap(({ segment, rated: { lines } }) =>
    lines.map(line => {
      const price = line.price ? priceText(line.price) : null
      const quantity = line.quantity ? plain(line.quantity) : null
      const measure = line.kind === 'fixed' ? '×' : `${unitNames[unit]} ×`
      const sum = quantity && price ? `${quantity} ${measure} ${price} = ` : ''
      return {
        service: segment.service,
        code: line.code,
        label: lineName(line.code, line.tier, segment.service),
        quantity,
        price: line.price?.toFixed() ?? null,
        cents: line.cents,
        arithmetic: `${sum}${formatDollars(line.cents)}`,
      }
    }),
  )
}

export function budgetUnitsOf(rated: readonly RatedSegment[]): string | null {
  const budgets = rated.map(({ rated: one }) => budgetOf(one)).filter(budget => budget !== null)
  if (budgets.length === 0) return null
  return plain(budgets.reduce((sum, budget) => sum.plus(budget), readDecimal(0)!))
}

export function assumptionsOf(
  { scenario, fromOn, toOn }: Variation,
  bill: BillToVary,
  factor: number,
): string[] {
  const days = daysBetween(fromOn, toOn)
  const changedDays = days !== daysBetween(bill.fromOn, bill.toOn)
  const said = [
    scenario.isLeakFixed
      ? `Daily use back to ${Math.round(factor * 100)} % of this bill's, as it was in the same weeks a year before or else usually.`
      : null,
    scenario.ratesOn ? `Rates in force on ${dateText(scenario.ratesOn)}.` : null,
    scenario.persons !== undefined ? `${scenario.persons} people for the whole period.` : null,
    scenario.irrigatedSqft !== undefined
      ? `${scenario.irrigatedSqft.toLocaleString('en-US')} sq ft irrigated.`
      : null,
    changedDays
      ? `${days} days with the daily weather of the bill${scenario.usageUnits ? '' : ' and its daily use'}.`
      : null,
    scenario.usageUnits
      ? `Use of ${unitsText(scenario.usageUnits)} instead of ${unitsText(mainSegment(bill)?.usageUnits ?? '0')}.`
      : null,
  ]
  return said.filter(sentence => sentence !== null)
}
