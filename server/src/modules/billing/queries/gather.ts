/** The facts of an account's next bill, read from the departments that own them. Deciding is the domain's. */
import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import {
  type AccountCard,
  getAccountCard,
  listAccountServices,
  type ServedRow,
} from '../../accounts/index.ts'
import { listHolds } from '../../desk/index.ts'
import { getUsageStory, listBlocking, type UsagePeriod } from '../../metering/index.ts'
import { getCalendar, getRuleBook, nextOpenDay, numberOf, ruleOf } from '../../policy/index.ts'
import { listPremiseCards, type PremiseCard } from '../../premises/index.ts'
import {
  asEngineVersion,
  getDailyEt,
  getTariffVersions,
  type LoadedVersion,
  type WeatherDays,
} from '../../rates/index.ts'
import { type BudgetFacts, type BudgetInputs, composeBudget, getBudgetFacts } from '../../variances/index.ts'
import { errors } from '../domain/errors.ts'
import type { BillFacts, ReadKind, ServiceToBill } from '../domain/facts.ts'
import { type KnownFacts, ratingInputs, wantsWeather } from '../domain/inputs.ts'
import { decidePeriod, type MeasuredUse, type ReadPeriod, useOf } from '../domain/period.ts'
import { type BillingPolicy, billingPolicy, partOfCycle } from '../domain/proration.ts'
import { type WinterFacts, winterAverageOn } from '../domain/winter-average.ts'
import { dateText } from '../domain/words.ts'
import * as store from '../store.ts'
import { measured, usageUnitsOf } from './loaded.ts'

type Served = ServedRow

export type GatheredBill = BillFacts & { readonly issuedOn: LocalDate; readonly dueOn: LocalDate }

type Ground = {
  readonly account: AccountCard
  readonly bills: readonly store.BillRow[]
  readonly policy: BillingPolicy
  readonly strength: string
  readonly services: readonly Served[]
  readonly premises: ReadonlyMap<PremiseId, PremiseCard>
  readonly budgets: ReadonlyMap<PremiseId, BudgetFacts>
  readonly sizes: ReadonlyMap<ServicePointId, string>
  readonly periods: ReadonlyMap<ServicePointId, readonly ReadPeriod[]>
}

/** Facts of the next bill up to `throughOn`. Throws the sentences of `billing.` that say why there is none. */
export async function gatherBill(
  ctx: Ctx,
  accountId: AccountId,
  throughOn: LocalDate,
): Promise<GatheredBill> {
  const account = await getAccountCard(ctx, accountId)
  const served = await listAccountServices(ctx, accountId) // with the places that a card hides (PRV-019)
  const hold = (await listHolds(ctx, accountId)).find(one => one.what === 'bill')
  if (hold) throw refuse(errors, 'billing.on-hold', { reason: hold.reason })
  const bills = await store.listBills(ctx.tx, accountId, { limit: 25 })
  const book = await getRuleBook(ctx)
  const policy = billingPolicy(book)
  const fromOn = bills[0]?.toOn ?? firstServed(account)
  const services = served.filter(one => one.fromOn < throughOn && (one.toOn === null || one.toOn > fromOn))
  if (services.length === 0) throw noService(account, bills.length > 0, fromOn)
  const premises = await premisesOf(ctx, services)
  const ground: Ground = {
    ...{ account, bills, policy, services, strength: String(ruleOf(book, 'SWR-002').value), premises },
    budgets: await getBudgetFacts(ctx, { account, premises: [...premises.values()] }),
    ...(await usageOf(ctx, services, fromOn)),
  }
  const ends = services.map(one => one.toOn)
  const endsOn = ends.includes(null) ? null : (ends as LocalDate[]).sort().at(-1)!
  const isFirst = bills.length === 0
  const asked = { fromOn, throughOn, isFirst, endsOn, measured: measuredServices(ground) }
  const { toOn, kind } = decidePeriod(asked, policy)
  await refuseDoubtful(ctx, services, { fromOn, toOn })
  const toBill = await servicesToBill(ctx, ground, { fromOn, toOn, kind })
  const issuedOn = ctx.today
  const days = account.next ? account.cycle.dueAfterDays : numberOf(book, 'BIL-004')
  const dueOn = nextOpenDay(await getCalendar(ctx, issuedOn, 90), addDays(issuedOn, days))
  return { kind, fromOn, toOn, services: toBill, policy: policy.proration, issuedOn, dueOn }
}

/** VEE-021: a read that somebody must look at is never billed before somebody did. */
async function refuseDoubtful(
  ctx: Ctx,
  services: readonly Served[],
  { fromOn, toOn }: { readonly fromOn: LocalDate; readonly toOn: LocalDate },
): Promise<void> {
  const blocking = await listBlocking(
    ctx,
    services.map(one => one.servicePointId),
  )
  const inside = blocking.find(one => one.onDate > fromOn && one.onDate <= toOn)
  if (inside)
    throw refuse(errors, 'billing.read-in-doubt', { on: dateText(inside.onDate), rule: inside.rule })
}

const firstServed = (account: AccountCard): LocalDate =>
  account.services.map(one => one.fromOn).sort()[0] ?? account.openedOn

function noService(account: AccountCard, isBilled: boolean, fromOn: LocalDate) {
  return account.closedOn && isBilled
    ? refuse(errors, 'billing.closed-and-billed', { on: dateText(account.closedOn) })
    : refuse(errors, 'billing.nothing-served', { from: dateText(fromOn) })
}

async function premisesOf(ctx: Ctx, services: readonly Served[]): Promise<Map<PremiseId, PremiseCard>> {
  const cards = await listPremiseCards(ctx, [...new Set(services.map(one => one.premiseId))])
  return new Map(cards.map(card => [card.premiseId, card]))
}

async function usageOf(ctx: Ctx, services: readonly Served[], fromOn: LocalDate) {
  const points = services.filter(one => one.service !== 'sewer').map(one => one.servicePointId)
  const { meters, usage } = await getUsageStory(ctx, points, { from: fromOn })
  return {
    sizes: new Map(meters.map(meter => [meter.servicePointId, meter.size])),
    periods: new Map([...usage].map(([point, periods]) => [point, periods.map(readPeriod)])),
  }
}

function readPeriod(period: UsagePeriod): ReadPeriod {
  const { fromOn, toOn, units, gallons } = period
  const readKind: ReadKind =
    period.readKind === 'exchange-in' || period.readKind === 'exchange-out' ? 'actual' : period.readKind
  const reads = period.stretches.map(stretch => ({
    serial: stretch.serial,
    fromOn: stretch.fromOn,
    fromValue: String(stretch.fromValue),
    toOn: stretch.toOn,
    toValue: String(stretch.toValue),
    kind: readKind,
    note: stretch.passedZero ? 'the dials passed zero' : null,
  }))
  return { fromOn, toOn, units: period.flags.includes('negative') ? null : units, gallons, readKind, reads }
}

/** Fire lines mostly carry no meter; everything else must have been read. */
function measuredServices({ account, bills, services, periods, premises }: Ground) {
  const billed = bills[0]?.segments ?? []
  return services
    .filter(
      one =>
        one.service !== 'sewer' &&
        (one.service !== 'fire' || (periods.get(one.servicePointId)?.length ?? 0) > 0),
    )
    .map(one => ({
      point: (!account.isMasked && premises.get(one.premiseId)?.line) || 'the service address',
      periods: periods.get(one.servicePointId) ?? [],
      servedFrom: one.fromOn,
      billed: billed
        .filter(segment => segment.servicePointId === one.servicePointId)
        .flatMap(segment => segment.reads),
    }))
}

type Span = { readonly fromOn: LocalDate; readonly toOn: LocalDate; readonly kind: BillFacts['kind'] }

async function servicesToBill(ctx: Ctx, ground: Ground, bill: Span): Promise<ServiceToBill[]> {
  const { services, policy } = ground
  const tariffs = [...new Set(services.map(one => one.tariff))]
  const versions = await getTariffVersions(ctx, tariffs, { from: bill.fromOn, to: bill.toOn })
  const partOf = partOfCycle(bill.kind, daysBetween(bill.fromOn, bill.toOn), policy)
  const toBill: ServiceToBill[] = []
  for (const one of services) {
    const compiled = compiledFor(one, versions, bill.fromOn)
    const wanting = compiled.at(-1)!.rateClass
    const zone = ground.premises.get(one.premiseId)?.etZone
    const weather =
      wantsWeather(wanting) && zone ? await getDailyEt(ctx, zone, { from: bill.fromOn, to: bill.toOn }) : null
    const facts = ground.budgets.get(one.premiseId)
    const days = { from: bill.fromOn, to: bill.toOn }
    const budget = facts ? composeBudget(facts, days, weather?.etByDay ?? null) : null
    const use = useFor(one, ground, bill)
    toBill.push({
      ...{ accountServiceId: one.accountServiceId, servicePointId: one.servicePointId, service: one.service },
      ...{ tariff: one.tariff, rateClass: one.rateClass, fromOn: bill.fromOn, toOn: bill.toOn },
      usageUnits: use?.usageUnits ?? null,
      usageGallons: use?.usageGallons ?? null,
      readKind: use?.readKind ?? null,
      reads: one.service === 'sewer' ? [] : (use?.reads ?? []),
      inputs: ratingInputs(wanting, knownFacts(one, ground, { bill, budget })),
      ...(weather && budget ? { sources: tellingSources(budget, weather) } : {}),
      versions: compiled,
      ...(weather ? { etByDay: weather.etByDay } : {}),
      ...(partOf ? { partOf } : {}),
    })
  }
  return toBill
}

function compiledFor(one: Served, versions: readonly LoadedVersion[], on: LocalDate) {
  const own = versions.filter(version => version.tariff === one.tariff)
  if (own.length === 0) throw refuse(errors, 'billing.no-tariff', { tariff: one.tariff, on: dateText(on) })
  return own.map(version => asEngineVersion(version, one.rateClass))
}

/** The sewer takes the water of the same premise. */
function useFor(one: Served, { services, periods }: Ground, { fromOn, toOn }: Span): MeasuredUse | null {
  const source =
    one.service === 'sewer'
      ? services.find(other => other.service === 'water' && other.premiseId === one.premiseId)
      : one
  const own = source ? (periods.get(source.servicePointId) ?? []) : []
  return own.some(period => period.fromOn >= fromOn && period.toOn <= toOn) ? useOf(own, fromOn, toOn) : null
}

/** One household over the whole bill is found by its day; only what is more than that is written down. */
function tellingSources({ sources }: BudgetInputs, { filled }: WeatherDays): readonly string[] {
  const days = filled.map(({ on, how }) => `filled:${on} ${how}`)
  const isPlain = sources.length === 1 && !/^(grant|area|stage):/.test(sources[0]!)
  return isPlain && days.length === 0 ? [] : [...sources, ...days]
}

type OfBill = { readonly bill: Span; readonly budget: BudgetInputs | null }

function knownFacts(one: Served, ground: Ground, { bill, budget }: OfBill): KnownFacts {
  const premise = ground.premises.get(one.premiseId)
  const { policy } = ground
  return {
    meterSize: ground.sizes.get(one.servicePointId) ?? null,
    persons: budget?.persons ?? String(policy.defaultPersons),
    irrigatedSqft: budget?.irrigatedSqft ?? 0,
    ...(budget ? { granted: budget } : {}),
    lotSqft: premise?.lotSqft ?? null,
    dwellingUnits: premise?.dwellingUnits ?? 1,
    winterAverage: winterAverageOn(bill.toOn, winterFacts(ground), policy.winter).units,
    sewerStrength: ground.strength,
    toOn: bill.toOn,
  }
}

export function winterFacts({ account, bills }: Pick<Ground, 'account' | 'bills'>): WinterFacts {
  const periods = bills.map(bill => ({
    fromOn: bill.fromOn,
    toOn: bill.toOn,
    units: Number(usageUnitsOf(bill)),
    readKind: measured(bill)[0]?.readKind ?? null,
  }))
  return { periods, servedFrom: firstServed(account) }
}
