/** Bills of a story, decided by the district's own engine: the same functions that bill at the desk. */
import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { chargesOf, decideBill } from '../../server/src/modules/billing/domain/decide.ts'
import type { BillKind, ReadKind, ServiceToBill } from '../../server/src/modules/billing/domain/facts.ts'
import {
  type KnownFacts,
  ratingInputs,
  wantsWeather,
} from '../../server/src/modules/billing/domain/inputs.ts'
import { type KeptSegment, keepSegment } from '../../server/src/modules/billing/domain/kept.ts'
import { type BillingPolicy, partOfCycle } from '../../server/src/modules/billing/domain/proration.ts'
import { type WinterPeriod, winterAverageOn } from '../../server/src/modules/billing/domain/winter-average.ts'
import {
  decideBillPostings,
  type OpenDebt,
  type Posting,
} from '../../server/src/modules/ledger/domain/postings.ts'
import {
  type ReadHistory,
  type UsagePeriod,
  usagePeriods,
} from '../../server/src/modules/metering/domain/periods.ts'
import { composeBudget } from '../../server/src/modules/variances/domain/compose.ts'
import { openDay } from './calendar.ts'
import { type Ground, layGround } from './ground.ts'
import { idsOf } from './ids.ts'
import { sewerClass, waterClass, waterService } from './rows.ts'
import type { Story } from './story.ts'
import type { WeatherDay } from './weather.ts'

export type MadeBill = {
  kind: BillKind
  fromOn: LocalDate
  toOn: LocalDate
  issuedOn: LocalDate
  dueOn: LocalDate
  totalCents: bigint
  segments: KeptSegment[]
  postings: readonly Posting[]
  debts: OpenDebt[]
}
export type BillMaker = (story: Story, occupantAt: number) => MadeBill[]

const serviceOfReceivable: Readonly<Record<number, OpenDebt['service']>> = {
  1210: 'water',
  1220: 'sewer',
  1230: 'fees',
}

export function createBillMaker(
  weather: readonly WeatherDay[],
  today: LocalDate,
  /** Lets the first tariff reach back, for imports of earlier years. */
  firstFrom?: LocalDate,
): BillMaker {
  const ground = layGround(weather, today, firstFrom)
  return (story, occupantAt) => billsOf(ground, story, occupantAt)
}

function historyOf(story: Story): ReadHistory {
  const ids = idsOf(story.premise.index)
  return {
    installations: story.installations.map((installation, at) => ({
      meterId: asId<'meter'>(ids.meter(at)),
      serial: installation.meter.serial,
      installedOn: installation.fromOn,
      removedOn: installation.toOn,
      inValues: [installation.inValue],
      outValues: installation.outValue === null ? null : [installation.outValue],
      registers: [
        { registerNo: 1, unit: installation.meter.unit, dials: installation.meter.dials, multiplier: '1' },
      ],
    })),
    reads: story.reads.map((read, at) => ({
      readId: asId<'read'>(ids.read(at)),
      meterId: asId<'meter'>(ids.meter(read.meter)),
      registerNo: 1,
      readOn: read.on,
      value: read.value,
      kind: read.kind,
      passedZero: read.passedZero,
    })),
    voided: new Set(),
  }
}

function billsOf(ground: Ground, story: Story, occupantAt: number): MadeBill[] {
  const occupant = story.occupants[occupantAt]!
  const first = story.readDays[0]!
  const periods = usagePeriods(historyOf(story), { billUnit: 'ccf', rounding: 'truncate-reads' }).filter(
    period =>
      period.fromOn >= first &&
      period.fromOn >= occupant.openedOn &&
      (occupant.closedOn === null || period.toOn <= occupant.closedOn) &&
      period.units !== null,
  )
  const bills: MadeBill[] = []
  for (const period of periods) {
    const issuedOn = openDay(addDays(period.toOn, 3))
    if (issuedOn > ground.today) break
    const kind =
      period.toOn === occupant.closedOn ? 'final' : period.fromOn === occupant.openedOn ? 'first' : 'regular'
    bills.push(makeBill(ground, { story, occupantAt, period, periods, kind, issuedOn }))
  }
  return bills
}

type BillWork = {
  story: Story
  occupantAt: number
  period: UsagePeriod
  periods: readonly UsagePeriod[]
  kind: BillKind
  issuedOn: LocalDate
}

function makeBill(ground: Ground, work: BillWork): MadeBill {
  const { period, kind, issuedOn } = work
  const services = servicesToBill(ground, work)
  const policy = ground.policy.proration
  const decision = decideBill({ kind, fromOn: period.fromOn, toOn: period.toOn, services, policy })
  const postings = decideBillPostings(chargesOf(decision))
  const dueOn = openDay(addDays(issuedOn, 21))
  return {
    kind,
    fromOn: period.fromOn,
    toOn: period.toOn,
    issuedOn,
    dueOn,
    totalCents: decision.totalCents,
    segments: decision.segments.map((segment, at) => keepSegment(segment, at + 1, policy)),
    postings,
    debts: postings.flatMap(({ debit, cents }) => {
      const service = serviceOfReceivable[debit]
      return service ? [{ service, dueOn, cents }] : []
    }),
  }
}

function servicesToBill(ground: Ground, work: BillWork): ServiceToBill[] {
  const { story, occupantAt, period, kind } = work
  const ids = idsOf(story.premise.index)
  const own = ids.occupant(occupantAt)
  const known = knownFacts(ground, work)
  const base = {
    fromOn: period.fromOn,
    toOn: period.toOn,
    readKind: readKindOf(period),
    partOf: partOfCycle(kind, period.days, ground.policy),
  }
  const service = (
    tariff: 'water' | 'sewer',
    rateClass: string,
    rest: Pick<ServiceToBill, 'accountServiceId' | 'servicePointId' | 'service' | 'reads'>,
  ): ServiceToBill => {
    const versions = ground.versions(tariff, rateClass)
    const newest = versions.at(-1)!.rateClass
    return {
      ...base,
      ...rest,
      tariff,
      rateClass,
      usageUnits: period.units,
      usageGallons: period.gallons,
      inputs: ratingInputs(newest, known),
      versions,
      ...(wantsWeather(newest) ? { etByDay: ground.et(story.premise.zone, period.fromOn, period.toOn) } : {}),
    }
  }
  const reads = period.stretches.map(stretch => ({
    serial: stretch.serial,
    fromOn: stretch.fromOn,
    fromValue: String(stretch.fromValue),
    toOn: stretch.toOn,
    toValue: String(stretch.toValue),
    kind: period.readKind,
    note: stretch.passedZero ? 'the dials passed zero' : null,
  }))
  const water = service('water', waterClass(story), {
    accountServiceId: own.waterServiceId,
    servicePointId: ids.waterPoint,
    service: waterService(story),
    reads,
  })
  if (!story.premise.hasSewer) return [water]
  const sewer = service('sewer', sewerClass(story), {
    accountServiceId: own.sewerServiceId,
    servicePointId: ids.sewerPoint,
    service: 'sewer',
    reads: [],
  })
  return [water, sewer]
}

const nothingGranted = { areaChanges: [], grants: [], stages: [] }

function knownFacts(
  { policy, sewerStrength }: Ground,
  { story, occupantAt, period, periods }: BillWork,
): KnownFacts {
  const { premise, installations, occupants } = story
  const occupant = occupants[occupantAt]!
  const rows = [
    { fromOn: occupant.openedOn, persons: occupant.persons },
    ...(occupant.personsLater ? [occupant.personsLater] : []),
  ]
  const budget = {
    household: rows,
    defaultPersons: policy.defaultPersons,
    irrigatedSqft: premise.irrigatedSqft,
    ...nothingGranted,
  }
  const winter = winterOf(period.toOn, periods, occupant.openedOn, policy)
  return {
    meterSize: installations.at(-1)!.meter.size,
    persons: composeBudget(budget, { from: period.fromOn, to: period.toOn }, null).persons,
    irrigatedSqft: premise.irrigatedSqft,
    lotSqft: premise.lotSqft,
    dwellingUnits: premise.dwellingUnits,
    winterAverage: winter,
    sewerStrength,
    toOn: period.toOn,
  }
}

const winters = new WeakMap<readonly UsagePeriod[], Map<number, string>>()

/** The average changes once a year, so it is worked out once a year. */
function winterOf(
  on: LocalDate,
  periods: readonly UsagePeriod[],
  servedFrom: LocalDate,
  policy: BillingPolicy,
): string {
  const year = Number(on.slice(0, 4)) - (Number(on.slice(5, 7)) < policy.winter.resetMonth ? 1 : 0)
  const kept = winters.get(periods) ?? new Map<number, string>()
  const known = kept.get(year)
  if (known !== undefined) return known
  const facts = { periods: periods.map(winterPeriodOf), servedFrom }
  const { units } = winterAverageOn(on, facts, policy.winter)
  winters.set(periods, kept.set(year, units))
  return units
}

const winterPeriodOf = (period: UsagePeriod): WinterPeriod => ({
  fromOn: period.fromOn,
  toOn: period.toOn,
  units: Number(period.units),
  readKind: readKindOf(period),
})

const readKindOf = ({ readKind }: UsagePeriod): ReadKind =>
  readKind === 'exchange-out' || readKind === 'exchange-in' ? 'actual' : readKind
