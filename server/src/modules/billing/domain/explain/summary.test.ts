import { readFileSync } from 'node:fs'
import { addDays, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { formatDollars } from '@curbstop/kernel/money'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileClass, parseTariff, rateService, type TariffVersion } from '../../../rates/domain/index.ts'
import type { BillKind, ReadKind } from '../facts.ts'
import { ratingInputs, wantsWeather } from '../inputs.ts'
import { partOfCycle } from '../proration.ts'
import { type BillSide, explainChange, type SegmentSide, sayBill } from './index.ts'

const policy = {
  fixed: 'days',
  volumetric: 'days',
  tierWidths: 'scale',
  standardDays: 30,
  budgetRounding: 'none',
} as const
const years = [2024, 2025, 2026] as const
const versionsOf = (code: 'water' | 'sewer'): TariffVersion[] =>
  years.map((year, i) => {
    const file = new URL(`../../../rates/tariffs/${code}-${year}-07-01.owrs`, import.meta.url)
    return {
      id: `${code} ${year}`,
      effectiveFrom: localDate(`${year}-07-01`),
      effectiveTo: years[i + 1] ? localDate(`${years[i + 1]}-07-01`) : null,
      rateClass: compileClass(parseTariff(readFileSync(file, 'utf8'), code), 'RESIDENTIAL_SINGLE'),
    }
  })
const tariffs = { water: versionsOf('water'), sewer: versionsOf('sewer') }
const telling = {
  unit: 'ccf' as const,
  cite: (id: string) => ({
    citation: `Schedule ${id}`,
    effectiveFrom: localDate(`${id.slice(-4)}-07-01`),
  }),
}

type House = {
  fromOn: LocalDate
  days: number
  use: number
  persons: number
  sqft: number
  et: number
  average: number
  kind: BillKind
  readKind: ReadKind
  hasSewer: boolean
  creditCents: number
}
const usual: House = {
  fromOn: localDate('2026-09-11'),
  days: 30,
  use: 16.5,
  persons: 3,
  sqft: 2150,
  et: 0.15,
  average: 6.5,
  kind: 'regular',
  readKind: 'actual',
  hasSewer: true,
  creditCents: 0,
}

function side(changes: Partial<House>): BillSide {
  const house = { ...usual, ...changes }
  const { fromOn, days, kind, readKind } = house
  const toOn = addDays(fromOn, days)
  const segments = (['water', 'sewer'] as const)
    .filter(service => service === 'water' || house.hasSewer)
    .map(service => segmentOf(house, service, toOn))
  // A credit on the bill is money its lines do not have: only a bill without any other difference may carry it.
  const totalCents = segments.reduce((sum, one) => sum + one.cents, 0n) - BigInt(house.creditCents)
  const usageUnits = String(house.use)
  const usageGallons = Math.round(house.use * 748)
  return {
    billId: asId(1),
    fromOn,
    toOn,
    days,
    usageUnits,
    usageGallons,
    totalCents,
    kind,
    readKind,
    segments,
  }
}

function segmentOf(house: House, service: 'water' | 'sewer', toOn: LocalDate): SegmentSide {
  const { fromOn, days, kind } = house
  const versions = tariffs[service].filter(
    v => v.effectiveFrom < toOn && (v.effectiveTo === null || v.effectiveTo > fromOn),
  )
  const { rateClass } = versions[0]!
  const known = {
    meterSize: '3/4"',
    persons: String(house.persons),
    irrigatedSqft: house.sqft,
    lotSqft: null,
    dwellingUnits: 1,
    winterAverage: String(house.average),
    sewerStrength: null,
    toOn,
  }
  const partOf = partOfCycle(kind, days, { cycleDays: { least: 27, most: 35 }, proration: policy })
  const facts = {
    from: fromOn,
    to: toOn,
    usage: String(house.use),
    inputs: ratingInputs(rateClass, known),
    ...(wantsWeather(rateClass) ? { etByDay: Array.from({ length: days }, () => String(house.et)) } : {}),
    ...(partOf ? { partOf } : {}),
  }
  const cents = rateService(facts, versions, policy).totalCents
  return { service, servicePointId: service === 'water' ? 11n : 12n, facts, policy, versions, cents }
}

const said = (
  before: Partial<House>,
  now: Partial<House>,
  against: 'last-bill' | 'last-year' = 'last-bill',
) => explainChange(side(before), side(now), against, telling)
const november = { fromOn: localDate('2026-10-11') }

describe('what an advisor reads aloud', () => {
  test.each([
    [
      'more use',
      said({}, { ...november, use: 21.6 }).summary,
      /^This bill is \$[\d.]+, \$[\d.]+ more than the last one\. More water was used, about 539 gallons a day instead of 411, which adds \$[\d.]+\.$/,
    ],
    [
      'less use',
      said({ use: 21.6 }, november).summary,
      /less than the last one\. Less water was used, about 411 gallons a day instead of 539, which takes off \$[\d.]+\.$/,
    ],
    [
      'fewer days',
      said({ days: 33, use: 18.15 }, november).summary,
      /less than the last one\. It covers 30 days instead of 33, which takes off \$[\d.]+\.$/,
    ],
    [
      'a rate change',
      said({ fromOn: localDate('2025-09-11') }, {}, 'last-year').summary,
      /more than the bill of the same time last year\. The rates changed on July 1, 2026, which adds \$[\d.]+\.$/,
    ],
    [
      'one more person',
      said({ use: 30 }, { ...november, use: 30, persons: 4 }).summary,
      /The indoor part of the water budget changed: all of it went from [\d.]+ to [\d.]+ CCF, which takes off/,
    ],
    [
      'a cooler season',
      said({ use: 30 }, { ...november, use: 30, et: 0.1 }).summary,
      /The season and the weather changed the water budget from [\d.]+ to [\d.]+ CCF, which adds/,
    ],
    [
      'another winter average',
      said({}, { ...november, average: 9 }).summary,
      /The sewer charge now goes by a winter average of 9 CCF instead of 6\.5, which adds/,
    ],
    [
      'an estimate made up for',
      said({ readKind: 'estimated', use: 10 }, { ...november, use: 23 }).summary,
      /The last bill was an estimate and this one goes by the meter, so it makes up for the difference: about 573 gallons a day instead of 249, which adds/,
    ],
    [
      'an estimate now',
      said({}, { ...november, use: 20, readKind: 'estimated' }).summary,
      /This bill is an estimate of about 499 gallons a day instead of 411, which adds/,
    ],
    ['nothing', said({}, november).summary, /^This bill is \$[\d.]+, the same as the last one\.$/],
    [
      'a final bill',
      said({}, { ...november, days: 8, use: 3, kind: 'final' }).summary,
      /^This final bill, for 8 days, is \$[\d.]+, \$[\d.]+ less than the last one\. It covers 8 days instead of 30, which takes off \$[\d.]+; other changes take off \$[\d.]+\.$/,
    ],
    [
      'a first bill',
      sayBill(side({ kind: 'first', days: 21, use: 9.2 }), telling).en,
      /^This first bill, for 9\.2 CCF of water in 21 days, is \$[\d.]+\. It goes from September 11, 2026 to October 2, 2026\.$/,
    ],
    [
      'a credit',
      sayBill(side({ creditCents: 30_000 }), telling).en,
      /^This bill, for 16\.5 CCF of water in 30 days, is a credit of \$[\d.]+\./,
    ],
    [
      'records that do not give the amount',
      said({}, { ...november, creditCents: 500 }).summary,
      /Do not explain it yet: the records do not give this amount, so ask billing first\.$/,
    ],
  ])('%s', (_, sentence, wanted) => {
    expect(sentence).toMatch(wanted)
  })

  test('the customer’s sheet says the same in Spanish', () => {
    expect(said({}, { ...november, use: 21.6 }).summaryEs).toMatch(
      /^Esta factura es de \$[\d.]+, \$[\d.]+ más que la anterior\. Se usó más agua, unos 539 galones por día en lugar de 411, lo que suma \$[\d.]+\.$/,
    )
    expect(sayBill(side({ kind: 'first', days: 21 }), telling).es).toMatch(
      /^Esta primera factura, por 16\.5 CCF de agua en 21 días, es de \$[\d.]+\. Va del 11 de septiembre de 2026 al/,
    )
  })

  test('less use reads as less, not as a negative number', () => {
    const use = said({ use: 21.6 }, november).deltas.find(one => one.code === 'use')!
    expect(use.label).toBe('5.1 CCF less use')
    expect(use.sentence).toMatch(/^16\.5 instead of 21\.6 CCF, 5\.1 CCF less: [\d.]+ CCF less × \$/)
  })
})

const anyHouse = fc.record({
  fromOn: fc.integer({ min: 0, max: 600 }).map(days => addDays(localDate('2025-01-01'), days)),
  days: fc.constantFrom(1, 8, 12, 28, 30, 31, 33, 61),
  use: fc.integer({ min: 0, max: 900 }).map(tenths => tenths / 10),
  persons: fc.integer({ min: 1, max: 12 }),
  sqft: fc.integer({ min: 0, max: 6000 }),
  et: fc.integer({ min: 0, max: 30 }).map(hundredths => hundredths / 100),
  average: fc.integer({ min: 0, max: 200 }).map(tenths => tenths / 10),
  kind: fc.constantFrom('first' as const, 'regular' as const, 'final' as const),
  readKind: fc.constantFrom('actual' as const, 'estimated' as const, 'customer' as const),
  hasSewer: fc.boolean(),
})
const against = fc.constantFrom('last-bill' as const, 'last-year' as const)
const centsOf = (dollars: string): bigint => BigInt(dollars.replace(/[$,.]/g, ''))

test('for any two bills the sentence is whole, has no odd figure, and adds up to the waterfall', () => {
  fc.assert(
    fc.property(anyHouse, anyHouse, against, (before, now, than) => {
      const explained = said({ ...before, creditCents: 0 }, { ...now, creditCents: 0 }, than)
      const { summary, summaryEs, changeCents, deltas } = explained
      for (const text of [summary, summaryEs]) {
        expect(text).toMatch(/^(This|Esta) .+\.$/)
        expect(text).not.toMatch(/NaN|undefined|null|Infinity|\{|\}|→|--| {2}/)
        expect(text).not.toMatch(/(?<![\d\w])[-−]\$?\d/) // no negative figure is read aloud
        expect(text.split(/(?<=\.) (?=[A-Z])/).length).toBeLessThanOrEqual(2)
      }
      const dollars = [...summary.matchAll(/\$[\d,]+\.\d\d/g)].map(found => found[0])
      expect(dollars[0]).toBe(formatDollars(explained.now.totalCents))
      const size = changeCents < 0n ? -changeCents : changeCents
      if (size !== 0n) expect(centsOf(dollars[1]!)).toBe(size)
      const [, , ...parts] = dollars
      if (parts.length === 0) return
      const signs = [...summary.matchAll(/which (adds|takes off)|changes (add|take off)/g)].map(found =>
        /add/.test(found[0]) ? 1n : -1n,
      )
      const sum = parts.reduce((total, part, at) => total + centsOf(part) * signs[at]!, 0n)
      expect(sum).toBe(changeCents)
      const bars = deltas.map(one => one.cents)
      const use = deltas.filter(one => one.code === 'use' || one.code === 'tier')
      expect([...bars, use.reduce((total, one) => total + one.cents, 0n)]).toContain(
        centsOf(parts[0]!) * signs[0]!,
      )
    }),
    { numRuns: 200, seed: 11 },
  )
})

test('for any bill by itself the sentence says the amount, the use and the days', () => {
  fc.assert(
    fc.property(anyHouse, house => {
      const bill = side({ ...house, creditCents: 0 })
      const { en, es } = sayBill(bill, telling)
      for (const text of [en, es]) {
        expect(text).toContain(formatDollars(bill.totalCents))
        expect(text).not.toMatch(/NaN|undefined|null|-\$|\{/)
      }
      expect(en).toContain(daysBetween(bill.fromOn, bill.toOn) === 1 ? 'one day' : `${bill.days} days`)
    }),
    { numRuns: 100, seed: 3 },
  )
})
