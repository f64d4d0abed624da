import { readFileSync } from 'node:fs'
import { addDays, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { expect, test } from 'vitest'
import { compileClass, parseTariff, type TariffVersion } from '../../rates/domain/index.ts'
import { chargesOf, decideBill } from './decide.ts'
import { type BillSide, explainChange } from './explain/index.ts'
import type { BillFacts, BillKind, Segment, ServiceToBill } from './facts.ts'
import { ratingInputs, wantsWeather } from './inputs.ts'
import { keepSegment, readSegment } from './kept.ts'
import { partOfCycle } from './proration.ts'
import { proveSegment, rateAgain, showLines } from './show.ts'
import { readFacts, type StoredSegment } from './stored.ts'
import { winterAverageOn } from './winter-average.ts'

const policy = {
  fixed: 'days',
  volumetric: 'days',
  tierWidths: 'scale',
  standardDays: 30,
  budgetRounding: 'none',
} as const
const cycleDays = { least: 27, most: 35 }
const years = [2024, 2025, 2026] as const
const readTariff = (code: string, year: number) =>
  parseTariff(
    readFileSync(new URL(`../../rates/tariffs/${code}-${year}-07-01.owrs`, import.meta.url), 'utf8'),
    `${code} ${year}`,
  )

/** Version ids: 24, 25, 26 for water, 124 … for sewer. */
function versionsOf(code: string, className: string): TariffVersion[] {
  return years.map((year, i) => ({
    id: String((code === 'sewer' ? 100 : 0) + year - 2000),
    effectiveFrom: localDate(`${year}-07-01`),
    effectiveTo: years[i + 1] ? localDate(`${years[i + 1]}-07-01`) : null,
    rateClass: compileClass(readTariff(code, year), className),
  }))
}
const water = versionsOf('water', 'RESIDENTIAL_SINGLE')
const sewer = versionsOf('sewer', 'RESIDENTIAL_SINGLE')
const telling = {
  unit: 'ccf' as const,
  cite: (id: string) => ({
    citation: Number(id) > 100 ? 'Schedule S-1' : 'Schedule W-1',
    effectiveFrom: localDate(`20${String(Number(id) % 100)}-07-01`),
  }),
}
const inForce = (versions: readonly TariffVersion[], from: LocalDate, to: LocalDate) =>
  versions.filter(v => v.effectiveFrom < to && (v.effectiveTo === null || v.effectiveTo > from))

type House = {
  from: string
  to: string
  use: string
  persons?: string
  sqft?: number
  et?: number
  average?: string
  size?: string
  kind?: BillKind
  hasSewer?: boolean
}

function factsOf(house: House): BillFacts {
  const [fromOn, toOn] = [localDate(house.from), localDate(house.to)]
  const days = daysBetween(fromOn, toOn)
  const kind = house.kind ?? 'regular'
  const known = {
    meterSize: house.size ?? '3/4"',
    persons: house.persons ?? '3',
    irrigatedSqft: house.sqft ?? 2150,
    lotSqft: null,
    dwellingUnits: 1,
    winterAverage: house.average ?? '6.5',
    sewerStrength: null,
    toOn,
  }
  const partOf = partOfCycle(kind, days, { cycleDays, proration: policy })
  const service = (name: 'water' | 'sewer', all: readonly TariffVersion[]): ServiceToBill => {
    const versions = inForce(all, fromOn, toOn)
    const rateClass = versions[0]!.rateClass
    return {
      accountServiceId: name === 'water' ? 1n : 2n,
      servicePointId: name === 'water' ? 11n : 12n,
      service: name,
      tariff: name,
      rateClass: rateClass.name,
      fromOn,
      toOn,
      usageUnits: house.use,
      usageGallons: Math.round(Number(house.use) * 748),
      readKind: 'actual',
      reads: [],
      inputs: ratingInputs(rateClass, known),
      versions,
      ...(wantsWeather(rateClass)
        ? { etByDay: Array.from({ length: days }, () => String(house.et ?? 0.15)) }
        : {}),
      ...(partOf ? { partOf } : {}),
    }
  }
  const services =
    house.hasSewer === false ? [service('water', water)] : [service('water', water), service('sewer', sewer)]
  return { kind, fromOn, toOn, services, policy }
}

function sideOf(house: House, id = 1): BillSide {
  const facts = factsOf(house)
  const bill = decideBill(facts)
  return {
    billId: asId(id),
    fromOn: facts.fromOn,
    toOn: facts.toOn,
    days: daysBetween(facts.fromOn, facts.toOn),
    usageUnits: house.use,
    usageGallons: Number(house.use) * 748,
    totalCents: bill.totalCents,
    kind: facts.kind,
    readKind: 'actual',
    segments: bill.segments.map((segment, i) => {
      const stored = throughTable(segment, i + 1)
      const { service, servicePointId, versions } = segment.of
      return {
        service,
        servicePointId,
        ...readFacts(stored),
        versions,
        cents: segment.cents,
      }
    }),
  }
}

/** Written down and read back, as a bill of the database is. */
function throughTable(segment: Segment, segmentNo = 1): StoredSegment {
  const { reads, inputs, charges, ...kept } = keepSegment(segment, segmentNo, policy)
  return readSegment({
    ...kept,
    reads: JSON.parse(reads),
    inputs: JSON.parse(inputs),
    charges: JSON.parse(charges),
  })
}

const october: House = { from: '2026-09-11', to: '2026-10-11', use: '16.5' }
const november: House = { from: '2026-10-11', to: '2026-11-12', use: '21.6', et: 0.1 }

test('a bill is its segments and its segments are their lines, and the books get every cent', () => {
  const bill = decideBill(factsOf(november))
  expect(bill.segments).toHaveLength(2)
  for (const segment of bill.segments) {
    expect(segment.lines.reduce((sum, line) => sum + line.cents, 0n)).toBe(segment.cents)
  }
  const booked = chargesOf(bill).reduce((sum, one) => sum + one.fixedCents + one.useCents, 0n)
  expect(booked).toBe(bill.totalCents)
})

test('TV-08, TV-11: three people and a yard have the water budget that the district prints', () => {
  const bill = decideBill(factsOf({ ...october, sqft: 2500, et: 0.2, use: '5' })) // 30 days, ET 6.00
  expect(Number(bill.segments[0]!.budgetUnits)).toBeCloseTo(6.6176 + 9.9465, 3)
})

test('TV-12: a budget of 20 with 6.6 indoors and a use of 33 fills five tiers', () => {
  const facts = factsOf({ ...october, use: '33' })
  const inputs = { ...facts.services[0]!.inputs, indoor: '6.6', outdoor: '13.4' }
  const { etByDay: _, ...rest } = { ...facts.services[0]!, inputs: { ...inputs, et_amount: '4.5' } }
  const [segment] = decideBill({ ...facts, services: [rest] }).segments
  const tiers = segment!.lines.filter(line => line.tier !== null)
  expect(tiers.map(line => line.quantity!.toNumber())).toEqual([6.6, 13.4, 5, 5, 3])
  expect(segment!.budgetUnits).toBe('20')
})

test('ACC-046: an opening bill of ten days pays one third of the service charge', () => {
  const whole = decideBill(factsOf({ ...october, use: '0' }))
  const part = decideBill(factsOf({ ...october, to: '2026-09-21', use: '0', kind: 'first' }))
  const fixed = (bill: typeof whole) => bill.segments[0]!.lines.find(line => line.kind === 'fixed')!.cents
  expect(fixed(whole)).toBe(4575n)
  expect(fixed(part)).toBe(1525n)
})

test('VEE-020: a catch-up over two months has two months of service charge and budget', () => {
  const bill = decideBill(factsOf({ ...october, from: '2026-08-12', use: '33' })) // 60 days
  const fixed = bill.segments[0]!.lines.find(line => line.kind === 'fixed')!.cents
  expect(fixed).toBe(9150n)
  const once = decideBill(factsOf(october)).segments[0]!.budgetUnits!
  expect(Number(bill.segments[0]!.budgetUnits)).toBeCloseTo(Number(once) * 2, 3)
})

test('a stored bill proves itself line by line, and a changed cent raises the alarm', () => {
  const facts = factsOf({ ...november, from: '2026-06-20', to: '2026-07-20' }) // across a rate change
  decideBill(facts).segments.forEach((segment, i) => {
    const stored = throughTable(segment, i + 1)
    const again = rateAgain(stored, segment.of.versions)
    expect(proveSegment(stored, again).state).toBe('proved')
    expect(proveSegment({ ...stored, cents: stored.cents + 1n }, again).says).toMatch(/^Alarm/)
    expect(proveSegment(stored, rateAgain(stored, [])).state).toBe('not-possible')
    for (const line of showLines(stored, again, telling)) expect(line.arithmetic).toMatch(/\$/)
  })
})

test('a line opens to its arithmetic, its figures and its tariff', () => {
  const [segment] = decideBill(factsOf(november)).segments
  const stored = throughTable(segment!)
  const lines = showLines(stored, rateAgain(stored, segment!.of.versions), telling)
  expect(lines[0]).toMatchObject({ label: 'Service charge', arithmetic: '$45.75 for the period' })
  const tier = lines.find(line => line.label.startsWith('Water used, tier 2'))!
  expect(tier.arithmetic).toMatch(/^[\d.]+ CCF × \$2\.63 = \$/)
  expect(tier.source).toMatchObject({
    citation: 'Schedule W-1',
    part: 'commodity_charge',
    className: 'RESIDENTIAL_SINGLE',
  })
  const names = tier.figures.map(figure => figure.name)
  expect(names).toEqual(
    expect.arrayContaining(['People', 'Days', 'ET', 'Irrigated area', 'Water budget', 'Use']),
  )
})

const explain = (before: BillSide, now: BillSide) => explainChange(before, now, 'last-bill', telling)
const totalOf = (explained: ReturnType<typeof explain>) =>
  explained.deltas.reduce((sum, delta) => sum + delta.cents, 0n)

test('why is it more? the steps add up and say the figures', () => {
  const explained = explain(sideOf(october, 1), sideOf(november, 2))
  expect(totalOf(explained)).toBe(explained.changeCents)
  expect(explained.isProved).toBe(true)
  const said = Object.fromEntries(explained.deltas.map(delta => [delta.code, delta.sentence]))
  expect(said.days).toMatch(/32 days instead of 30\. At the same daily use that is 16\.5 → 17\.6 CCF/)
  expect(said.use).toMatch(
    /21\.6 − 16\.5 \(after the days: 17\.6\) = 4 CCF: .*CCF × \$.*\(tier \d\).*Schedule W-1, Jul 1 2026/,
  )
  expect(said.weather).toMatch(/water budget [\d.]+ → [\d.]+ CCF, so the same use falls into dearer tiers/)
  expect(explained.summary).toMatch(/more than the last one\. More water was used, about/)
})

test('new rates show as rates, with every price that moved', () => {
  const before: House = { from: '2025-09-11', to: '2025-10-11', use: '16.5' }
  const explained = explain(sideOf(before), sideOf(october))
  expect(explained.deltas.map(delta => delta.code)).toEqual(['rates'])
  expect(explained.deltas[0]!.sentence).toMatch(
    /Jul 1 2026: Service charge \$43\.78 → \$45\.75, Water used, tier 1 \$1\.98 → \$2\.06/,
  )
})

test('one more person, a smaller yard, another winter average each have their own step', () => {
  const codes = (change: Partial<House>) =>
    explain(sideOf({ ...october, use: '30' }), sideOf({ ...october, use: '30', ...change })).deltas
  expect(codes({ persons: '4' })).toMatchObject([{ code: 'persons' }])
  expect(codes({ persons: '4' })[0]!.sentence).toMatch(/People 3 → 4: water budget .* cheaper tiers/)
  expect(codes({ sqft: 1000 })).toMatchObject([{ code: 'area' }])
  expect(codes({ average: '9' })).toMatchObject([{ code: 'sewer-average', label: 'Sewer winter average' }])
  expect(codes({ size: '1"' })).toMatchObject([{ code: 'service' }])
  expect(codes({ hasSewer: false })).toMatchObject([{ code: 'service' }])
})

test('a stored bill that its facts do not give stands under other, and the sum still holds', () => {
  const wrong = sideOf(november, 2)
  const explained = explain(sideOf(october), { ...wrong, totalCents: wrong.totalCents + 500n })
  expect(explained.isProved).toBe(false)
  expect(totalOf(explained)).toBe(explained.changeCents)
  expect(explained.deltas.at(-1)).toMatchObject({ code: 'other', cents: 500n })
})

/** Numbers without a library, the same on every run. */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

test('for any two bills the steps add up to the cent, and each bill proves itself', () => {
  const roll = chance(7)
  const anyHouse = (): House => {
    const from = addDays(localDate('2025-01-01'), roll(600))
    const use = String(roll(400) / 10)
    return {
      from,
      to: addDays(from, [12, 28, 30, 31, 33, 61][roll(6)]!),
      use,
      persons: String(1 + roll(60) / 10),
      sqft: roll(5000),
      et: roll(30) / 100,
      average: String(roll(200) / 10),
      size: ['5/8"', '3/4"', '1"', '1 1/2"', '2"'][roll(5)]!,
      kind: (['first', 'regular', 'final'] as const)[roll(3)]!,
      hasSewer: roll(4) > 0,
    }
  }
  for (let i = 0; i < 150; i += 1) {
    const [before, now] = [sideOf(anyHouse(), 1), sideOf(anyHouse(), 2)]
    const explained = explain(before, now)
    expect(totalOf(explained)).toBe(now.totalCents - before.totalCents)
    expect(explained.isProved).toBe(true)
  }
})

const winter = { months: [12, 1, 2], resetMonth: 7, leastMonths: 2, defaultUnits: 8, capUnits: 20 }
const period = (month: string, units: number, readKind: 'actual' | 'estimated' = 'actual') => {
  const fromOn = localDate(`${month}-10`)
  return { fromOn, toOn: addDays(fromOn, 30), units, readKind }
}
// A period from the 10th to the 9th has its middle in the later half of the month it begins in.
const cold = [period('2025-12', 7), period('2026-01', 8), period('2026-02', 6), period('2026-05', 30)]
const servedFrom = localDate('2019-01-01')

test('the winter average is the mean of December to February and changes on July 1', () => {
  const average = winterAverageOn(localDate('2026-11-23'), { periods: cold, servedFrom }, winter)
  expect(average).toMatchObject({
    units: '7',
    source: 'own',
    effectiveFrom: '2026-07-01',
    resetsOn: '2027-07-01',
  })
  expect(average.arithmetic).toBe('(7 + 8 + 6) ÷ 3 = 7')
  expect(winterAverageOn(localDate('2026-06-30'), { periods: cold, servedFrom }, winter).source).toBe(
    'default',
  )
})

test('estimated, vacant and asked-out months do not count; a newcomer has the default; a leak is capped', () => {
  const on = localDate('2026-11-23')
  const at = (periods: typeof cold, facts: object = {}) =>
    winterAverageOn(on, { periods, servedFrom, ...facts }, winter)
  const [dec, jan, feb] = cold
  expect(at([dec!, period('2026-01', 40, 'estimated'), feb!])).toMatchObject({ units: '6.5' })
  expect(at([dec!, period('2026-01', 0), feb!]).months[1]!.why).toBe('no use: vacant')
  expect(at(cold, { without: [jan!.fromOn] }).units).toBe('6.5')
  expect(at(cold, { servedFrom: localDate('2026-02-01') })).toMatchObject({ units: '8', source: 'default' })
  expect(at([period('2025-12', 60), period('2026-01', 60)]).arithmetic).toMatch(/capped at 20/)
})
