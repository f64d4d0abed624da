import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import type { BillUnit } from '@curbstop/kernel/quantity'
import type { Ctx } from '../../../platform/context.ts'
import { getDistrict } from '../../policy/index.ts'
import { asEngineVersion, getTariffVersions } from '../../rates/index.ts'
import type { billing } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import { daysOf, type StoredSegment } from '../domain/stored.ts'
import {
  assumptionsOf,
  budgetUnitsOf,
  leakFactor,
  mainSegment,
  nextPeriod,
  type RatedSegment,
  rateVariation,
  type Scenario,
  showWorld,
  totalOf,
  type VersionsOf,
  variationOf,
} from '../domain/what-if.ts'
import { plain, unitNames } from '../domain/words.ts'
import type { BillRow } from '../store.ts'
import * as store from '../store.ts'
import { lastYearsBill } from './cards.ts'
import { usageUnitsOf } from './loaded.ts'

type Answer = Output<typeof billing.whatIf>
type ScenarioAnswer = Answer['scenarios'][number]

type World = {
  readonly unit: BillUnit
  readonly versionsOf: VersionsOf
  readonly bill: BillRow
  /** Newest first, this bill included. */
  readonly bills: readonly BillRow[]
}

const yearOfBills = 12

/** Up to four changed worlds beside the actual bill. Reads only; nothing is posted or kept. */
export async function whatIf(ctx: Ctx, input: Input<typeof billing.whatIf>): Promise<Answer> {
  const { accountId, billId, scenarios } = input
  const bills = await store.listBills(ctx.tx, accountId, { limit: 25, ...(billId ? { upTo: billId } : {}) })
  const [bill] = bills
  if (billId && bill?.billId !== billId) throw refuse(errors, 'billing.unknown-bill')
  if (!bill) throw refuse(errors, 'billing.no-bill')
  const { billUnit: unit } = await getDistrict(ctx)
  const world: World = { unit, bill, bills, versionsOf: await versionsFor(ctx, bills, scenarios) }
  const actualYear = yearTotal(bills.map(one => one.totalCents))
  return {
    billUnit: unitNames[unit],
    actual: { ...actualOf(world), yearCents: actualYear },
    scenarios: scenarios.map(scenario => answerScenario(world, scenario, actualYear)),
  }
}

/** Every version that any of the bills, the next one or a scenario may need: one statement. */
export async function versionsFor(
  ctx: Ctx,
  bills: readonly BillRow[],
  scenarios: readonly Scenario[],
): Promise<VersionsOf> {
  const tariffs = [...new Set(bills.flatMap(bill => bill.segments.map(segment => segment.inputs.tariff)))]
  const dates = scenarios
    .flatMap(({ fromOn, toOn, ratesOn }) => [fromOn, toOn, ratesOn])
    .filter(on => on !== undefined)
  const all = [...bills.flatMap(bill => [bill.fromOn, bill.toOn]), ...dates].sort() as LocalDate[]
  const range = { from: all[0]!, to: addDays(all.at(-1)!, 400) }
  const versions = await getTariffVersions(ctx, tariffs, range)
  return (segment: StoredSegment) =>
    versions
      .filter(version => version.tariff === segment.inputs.tariff)
      .filter(version => version.parsed.tariff.classes.has(segment.inputs.class))
      .map(version => asEngineVersion(version, segment.inputs.class))
}

function yearTotal(cents: readonly bigint[]): bigint | null {
  if (cents.length < yearOfBills) return null
  return cents.slice(0, yearOfBills).reduce((sum, one) => sum + one, 0n)
}

function actualOf({ bill, unit, versionsOf }: World): Omit<Answer['actual'], 'yearCents'> {
  const rated = rateVariation(bill, variationOf(bill, { name: 'actual' }, 1), versionsOf)
  return { ...describe('Actual bill', bill, rated, unit), totalCents: bill.totalCents }
}

function describe(name: string, bill: BillRow, rated: readonly RatedSegment[], unit: BillUnit) {
  const main = rated.find(({ segment }) => segment === mainSegment(bill)) ?? rated[0]
  const inputs = main?.rated.pieces[0]?.inputs ?? {}
  const numberIn = (key: string) => (inputs[key] === undefined ? null : Number(inputs[key]))
  const usage = rated
    .filter(({ segment }) => segment.service !== 'sewer' && segment.usageUnits !== null)
    .flatMap(({ rated: one }) => one.pieces.map(piece => piece.usage.toNumber()))
  const used = usage.reduce((sum, units) => sum + units, 0)
  const days = main ? main.rated.pieces.reduce((sum, piece) => sum + piece.days, 0) : daysOf(bill)
  const tariffs = rated.flatMap(({ segment, rated: one }) =>
    one.pieces.map(piece => `${segment.inputs.tariff} ${segment.inputs.class}, version ${piece.versionId}`),
  )
  return {
    name,
    usageUnits: plain(used),
    days,
    persons: numberIn('hhsize'),
    irrigatedSqft: numberIn('irr_area'),
    budgetUnits: budgetUnitsOf(rated),
    tariffs: [...new Set(tariffs)],
    lines: showWorld(rated, unit),
    totalCents: totalOf(rated),
  }
}

/** A scenario that the tariff cannot price says why, and shows the bill as it is. */
function answerScenario(world: World, scenario: Scenario, actualYear: bigint | null): ScenarioAnswer {
  const { bill, bills, unit, versionsOf } = world
  const lastYear = lastYearsBill(bills)
  const factor = leakFactor(bill, lastYear, bills.slice(1))
  const variation = variationOf(bill, scenario, factor)
  try {
    const rated = rateVariation(bill, variation, versionsOf)
    const yearCents = yearOf(world, scenario)
    return {
      ...describe(scenario.name, bill, rated, unit),
      differenceCents: totalOf(rated) - bill.totalCents,
      nextBillCents: nextBillOf(world, scenario, factor),
      yearCents,
      yearDifferenceCents: yearCents === null || actualYear === null ? null : yearCents - actualYear,
      assumptions: assumptionsOf(variation, bill, factor),
      refusal: null,
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return {
      ...actualOf(world),
      name: scenario.name,
      differenceCents: 0n,
      nextBillCents: null,
      yearCents: null,
      yearDifferenceCents: null,
      assumptions: [],
      refusal: error.message,
    }
  }
}

/** The same change in the period that follows, with last year's season. */
function nextBillOf({ bill, bills, versionsOf }: World, scenario: Scenario, factor: number): bigint | null {
  const same = lastYearsBill(bills)
  const at = same ? bills.indexOf(same) : -1
  const next = at > 0 ? bills[at - 1] : undefined
  const coming = nextPeriod(bill, same && next && next !== bill ? { same, next } : null)
  const usage = scenario.usageUnits
    ? Number(scenario.usageUnits) / (Number(mainSegment(bill)?.usageUnits) || 1)
    : 1
  const ahead = {
    ...variationOf(
      coming,
      { ...scenario, fromOn: undefined, toOn: undefined, usageUnits: undefined },
      factor,
    ),
  }
  try {
    return totalOf(rateVariation(coming, { ...ahead, useFactor: ahead.useFactor * usage }, versionsOf))
  } catch (error) {
    if (error instanceof DomainError) return null // no tariff is adopted for that time yet
    throw error
  }
}

/** The twelve periods up to this one, lived again in the changed world. */
function yearOf({ bill, bills, versionsOf }: World, scenario: Scenario): bigint | null {
  if (bills.length < yearOfBills) return null
  const share = scenario.usageUnits ? Number(scenario.usageUnits) / (Number(usageUnitsOf(bill)) || 1) : 1
  const lived = bills.slice(0, yearOfBills).map((one, i) => {
    const others = bills.slice(i)
    const factor = leakFactor(one, lastYearsBill(others), others.slice(1))
    const same = { ...scenario, fromOn: undefined, toOn: undefined, usageUnits: undefined }
    const variation = variationOf(one, same, factor)
    return totalOf(rateVariation(one, { ...variation, useFactor: variation.useFactor * share }, versionsOf))
  })
  return yearTotal(lived)
}
