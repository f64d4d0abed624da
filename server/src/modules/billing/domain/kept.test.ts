import { readFileSync } from 'node:fs'
import { addDays, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileClass, parseTariff, type TariffVersion } from '../../rates/domain/index.ts'
import { decideSegment } from './decide.ts'
import type { SegmentRead, ServiceToBill } from './facts.ts'
import { type KeptRow, keepSegment, readSegment } from './kept.ts'
import { proveSegment, rateAgain, showLines } from './show.ts'
import type { StoredSegment } from './stored.ts'

const policy = {
  fixed: 'days',
  volumetric: 'days',
  tierWidths: 'scale',
  standardDays: 30,
  budgetRounding: 'none',
} as const
const versions: TariffVersion[] = [2025, 2026].map(year => {
  const file = new URL(`../../rates/tariffs/water-${year}-07-01.owrs`, import.meta.url)
  return {
    id: String(year),
    effectiveFrom: localDate(`${year}-07-01`),
    effectiveTo: year === 2025 ? localDate('2026-07-01') : null,
    rateClass: compileClass(parseTariff(readFileSync(file, 'utf8'), String(year)), 'RESIDENTIAL_SINGLE'),
  }
})
const telling = {
  unit: 'ccf' as const,
  cite: () => ({ citation: 'Schedule W-1', effectiveFrom: localDate('2025-07-01') }),
}

function serviceOf(
  fromOn: LocalDate,
  toOn: LocalDate,
  use: string,
  reads: SegmentRead[] = [],
): ServiceToBill {
  return {
    accountServiceId: 1n,
    servicePointId: 11n,
    service: 'water',
    tariff: 'water',
    rateClass: 'RESIDENTIAL_SINGLE',
    fromOn,
    toOn,
    usageUnits: use,
    usageGallons: null,
    readKind: 'actual',
    reads,
    inputs: { hhsize: '3', irr_area: 2150, meter_size: '3/4"' },
    etByDay: Array.from({ length: daysBetween(fromOn, toOn) }, (_, day) => String((day % 9) / 50)),
    versions,
  }
}

const parsed = (of: ServiceToBill): KeptRow => {
  const { reads, inputs, charges, ...kept } = keepSegment(decideSegment(of, policy), 1, policy)
  return { ...kept, reads: JSON.parse(reads), inputs: JSON.parse(inputs), charges: JSON.parse(charges) }
}
const throughTable = (of: ServiceToBill): StoredSegment => readSegment(parsed(of))

test('whatever is billed can be proved to the cent from what is written down, across a rate change too', () => {
  const from = fc.integer({ min: 0, max: 330 }).map(days => addDays(localDate('2025-08-01'), days))
  const days = fc.integer({ min: 1, max: 70 })
  const use = fc.integer({ min: 0, max: 9_000 }).map(hundredths => String(hundredths / 100))
  fc.assert(
    fc.property(from, days, use, (fromOn, length, units) => {
      const of = serviceOf(fromOn, addDays(fromOn, length), units)
      const segment = decideSegment(of, policy)
      const stored = throughTable(of)
      const again = rateAgain(stored, versions)
      expect(proveSegment(stored, again).state).toBe('proved')
      stored.charges.forEach((line, i) => {
        const billed = segment.lines[i]!
        expect(line).toMatchObject({ code: billed.code, kind: billed.kind, cents: String(billed.cents) })
        expect(line.tier ?? null).toBe(billed.tier)
        expect(line.from ?? fromOn).toBe(billed.from)
        expect(line.to ?? stored.toOn).toBe(billed.to)
        expect(line.version ?? String(stored.tariffVersionIds[0])).toBe(billed.versionId)
        expect(Number(line.quantity)).toBeCloseTo(billed.quantity!.toNumber(), 5)
        expect(line.price).toBe(billed.price!.toFixed())
      })
    }),
    { numRuns: 200 },
  )
})

test('a read comes back with its dates, its kind and its note, wherever they stand', () => {
  const [fromOn, toOn] = [localDate('2026-09-10'), localDate('2026-10-10')]
  const read = {
    serial: 'A "7"\\1',
    fromOn,
    fromValue: '999980',
    toOn,
    toValue: '12',
    kind: 'actual',
    note: null,
  }
  const reads: SegmentRead[] = [
    read,
    { ...read, toOn: localDate('2026-09-20'), note: 'the dials passed zero' },
    { ...read, fromOn: localDate('2026-09-20'), kind: 'exchange-out' },
  ]
  expect(throughTable(serviceOf(fromOn, toOn, '15', reads)).reads).toEqual(reads)
})

test('a tier says its bounds although only its quantity is written down', () => {
  const stored = throughTable(serviceOf(localDate('2026-09-10'), localDate('2026-10-10'), '30'))
  const labels = showLines(stored, rateAgain(stored, versions), telling).map(line => line.label)
  expect(labels[1]).toBe('Water used, tier 1 (up to 6.6 CCF)')
  expect(labels[2]).toMatch(/^Water used, tier 2 \(6\.6 to [\d.]+ CCF\)$/)
  expect(labels.at(-1)).toMatch(/^Water used, tier 5 \(above [\d.]+ CCF\)$/)
})

test('a bill written before lines were short texts is read as it was', () => {
  const [fromOn, toOn] = [localDate('2026-09-10'), localDate('2026-10-10')]
  const kept = parsed(serviceOf(fromOn, toOn, '5'))
  const read = { serial: '118', fromOn, fromValue: '10', toOn, toValue: '15', kind: 'actual', note: null }
  const line = {
    code: 'commodity_charge',
    kind: 'budget-tier',
    tier: 1,
    upTo: '6.75',
    quantity: '5',
    price: '2.06',
    cents: '1030',
  } as const
  const stored = readSegment({ ...kept, reads: [read], charges: [line] })
  expect(stored.reads).toEqual([read])
  expect(stored.charges).toEqual([line])
  const [shown] = showLines(stored, 'not rated', telling)
  expect(shown!.label).toBe('Water used, tier 1 (up to 6.8 CCF)')
})
