/** What the ranking looks at, gathered from the departments that own it; the expensive part only when use is up. */
import { addDays, addMonths, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { DomainError } from '@curbstop/kernel/errors'
import type { AccountId, ServicePointId } from '@curbstop/kernel/ids'
import { type BillUnit, gallonsPerUnit } from '@curbstop/kernel/quantity'
import type { Ctx } from '../../../platform/context.ts'
import { findAccount, getPersonsNoted, listAccountServices, type ServedRow } from '../../accounts/index.ts'
import { type BillingCard, getBillingCard } from '../../billing/index.ts'
import { getPeerUsage, getUsageStory, type UsagePeriod } from '../../metering/index.ts'
import { getPremiseCard, listNeighbourPoints, type PremiseCard } from '../../premises/index.ts'
import { getDailyEt } from '../../rates/index.ts'
import {
  baselineOf,
  exchangedDigits,
  findMirror,
  findPattern,
  type Pattern,
  type PeerFacts,
  type PeriodFacts,
  type RankFacts,
  type ReadFacts,
  type UseStretch,
} from '../domain/index.ts'

export type Known = {
  readonly card: BillingCard
  readonly facts: RankFacts
  readonly pattern: Pattern
}

const noReads: ReadFacts = {
  hasRollover: false,
  hasExchange: false,
  digitSlipUnits: null,
  isConfirmed: false,
  hadZeroBefore: false,
  exchangedDigits: null,
}

/** From the bills alone: enough to see whether anything is up at all. */
export async function lookAtBills(ctx: Ctx, accountId: AccountId, given?: BillingCard): Promise<Known> {
  const card = given ?? (await getBillingCard(ctx, accountId))
  const periods = card.periods.map(
    (period): PeriodFacts => ({
      fromOn: period.fromOn,
      toOn: period.toOn,
      days: period.days,
      gallonsPerDay: period.gallonsPerDay,
      readKind: period.readKind,
      etInchesPerDay: period.etInches === null ? null : period.etInches / period.days,
      totalCents: period.totalCents,
    }),
  )
  const [now, before] = card.periods
  const bare: RankFacts = {
    periods,
    reads: { ...noReads, hadZeroBefore: periods.slice(1, 4).some(period => period.gallonsPerDay === 0) },
    peers: null,
    irrigatedSqft: 0,
    hasPool: false,
    occupantSince: null,
    personsBefore: before?.persons ?? null,
    personsNow: now?.persons ?? null,
    personsNoted: null,
    rainInches: null,
    rainInchesLastYear: null,
    change: null,
    mirroredNeighbour: null,
  }
  const facts = { ...bare, change: changeOf(card, baselineOf(bare)?.how === 'last-year') }
  return { card, facts, pattern: findPattern(facts) }
}

/** The change of the bill against what its use is compared with. */
function changeOf(card: BillingCard, isYear: boolean): RankFacts['change'] {
  const explained = (isYear ? card.versusLastYear : null) ?? card.versusLastBill
  if (!explained) return null
  const sumOf = (...codes: string[]) =>
    explained.deltas.reduce((sum, delta) => (codes.includes(delta.code) ? sum + delta.cents : sum), 0n)
  return {
    total: explained.changeCents,
    days: sumOf('days'),
    ratesAndBudget: sumOf('rates', 'persons', 'area'),
  }
}

/** Everything else: premise, people, reads, peers, rain. */
export async function lookFurther(ctx: Ctx, accountId: AccountId, known: Known): Promise<Known> {
  const account = await findAccount(ctx, accountId)
  const service = await mainService(ctx, accountId)
  if (!account || !service) return known
  const premise = await getPremiseCard(ctx, service.premiseId)
  const here = service.servicePointId
  const neighbours = await listNeighbourPoints(ctx, here)
  const { meters, usage } = await getUsageStory(ctx, [here, ...neighbours.map(one => one.servicePointId)])
  const now = known.facts.periods[0]!
  const useAt = (point: ServicePointId) => stretchesOf(usage.get(point) ?? [])
  const facts: RankFacts = {
    ...known.facts,
    reads: readFacts(known, usage.get(here) ?? []),
    peers: await peersOf(ctx, account, {
      size: meters.find(meter => meter.servicePointId === here)?.size ?? 'any',
      period: now,
    }),
    irrigatedSqft: premise.irrigatedSqft,
    hasPool: premise.hasPool,
    occupantSince: service.fromOn,
    personsNoted: await getPersonsNoted(ctx, accountId),
    mirroredNeighbour: findMirror(
      useAt(here),
      neighbours.map(({ servicePointId, line }) => ({ line, periods: useAt(servicePointId) })),
    ),
    rainInches: await rainIn(ctx, premise, now),
    rainInchesLastYear: await rainIn(ctx, premise, {
      fromOn: addDays(now.fromOn, -365),
      toOn: addDays(now.toOn, -365),
    }),
  }
  return { ...known, facts, pattern: findPattern(facts) }
}

const stretchesOf = (usage: readonly UsagePeriod[]): UseStretch[] =>
  usage
    .flatMap(({ fromOn, days, gallonsPerDay }) =>
      gallonsPerDay === null ? [] : [{ fromOn, days, gallonsPerDay }],
    )
    .reverse()

/** The water service, or whatever is served; its premise and point, which a protected customer's card hides. */
export async function mainService(ctx: Ctx, accountId: AccountId): Promise<ServedRow | null> {
  const services = await listAccountServices(ctx, accountId)
  const now = services.filter(one => one.toOn === null || one.toOn > ctx.today)
  const known = now.length > 0 ? now : services
  return known.find(one => one.service === 'water') ?? known[0] ?? null
}

type Span = Pick<PeriodFacts, 'fromOn' | 'toOn'>

function readFacts({ card, facts, pattern }: Known, usage: readonly UsagePeriod[]): ReadFacts {
  const now = facts.periods[0]!
  const inside = usage.filter(period => period.fromOn >= now.fromOn && period.toOn <= now.toOn)
  const later = usage.filter(period => period.fromOn >= now.toOn)
  const flagged = (flag: UsagePeriod['flags'][number]) => inside.some(period => period.flags.includes(flag))
  const isSound = (period: UsagePeriod) => period.gallons !== null && !period.flags.includes('negative')
  return {
    hasRollover: flagged('rollover'),
    hasExchange: flagged('exchange'),
    isConfirmed: later.length > 0 && later.every(isSound),
    hadZeroBefore: facts.reads.hadZeroBefore,
    exchangedDigits: digitsExchanged(pattern, inside.at(-1)),
    digitSlipUnits: digitSlip(pattern, now, card.billUnit.toLowerCase() as BillUnit),
  }
}

/** Where the billed read is far too high; the usual use in the units of its own register. */
function digitsExchanged(pattern: Pattern, usage: UsagePeriod | undefined): ReadFacts['exchangedDigits'] {
  const last = usage?.stretches.at(-1)
  if (!pattern.isHigh || !pattern.baseline || !usage || usage.stretches.length !== 1) return null
  if (!last?.gallons || last.passedZero) return null
  const gallonsPerValue = last.gallons / Number(last.toValue - last.fromValue)
  const expected = (pattern.baseline.gallonsPerDay * usage.days) / gallonsPerValue
  const meant = exchangedDigits(last.toValue, last.fromValue, expected)
  return meant ? { written: last.toValue.toString(), meant } : null
}

/**
 * One wrong digit of the higher places makes an excess close to 100, 200 … 900 or 1,000 … units; smaller slips look
 * like use and are left to the re-read.
 */
function digitSlip(pattern: Pattern, now: PeriodFacts, unit: BillUnit): number | null {
  const excess = (pattern.excessGallonsPerDay * now.days) / gallonsPerUnit[unit]
  const usual = ((pattern.baseline?.gallonsPerDay ?? 0) * now.days) / gallonsPerUnit[unit]
  for (const place of [1_000, 100]) {
    const times = Math.round(excess / place)
    if (times >= 1 && times <= 9 && Math.abs(excess - times * place) <= Math.min(usual * 0.3, place * 0.1))
      return times * place
  }
  return null
}

const monthOf = ({ fromOn, toOn }: Span): LocalDate => {
  const half = Math.floor((Date.parse(toOn) - Date.parse(fromOn)) / 172_800_000)
  return localDate(`${addDays(fromOn, half).slice(0, 7)}-01`)
}

async function peersOf(
  ctx: Ctx,
  account: { readonly class: string },
  { size, period }: { size: string; period: Span },
): Promise<PeerFacts | null> {
  const month = monthOf(period)
  const rows = await getPeerUsage(ctx, { class: account.class, size, from: addMonths(month, -12), to: month })
  const at = (wanted: LocalDate) => rows.find(row => row.month === wanted)
  const now = at(month)
  if (!now) return null
  const change = (than: typeof now | undefined) =>
    than && than.medianGallonsPerDay > 0 ? now.medianGallonsPerDay / than.medianGallonsPerDay - 1 : null
  return {
    group: `${account.class}, ${now.size}`,
    accounts: now.count,
    gallonsPerDay: now.medianGallonsPerDay,
    changeFromLast: change(at(addMonths(month, -1))),
    changeFromLastYear: change(at(addMonths(month, -12))),
  }
}

/** Rain of a period; null where the weather of some day is missing. */
async function rainIn(ctx: Ctx, premise: PremiseCard, { fromOn, toOn }: Span): Promise<number | null> {
  try {
    return (await getDailyEt(ctx, premise.etZone, { from: fromOn, to: toOn })).rainInches
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}
