import { addDays, addMonths, localDate } from '@curbstop/kernel/dates'
import type { MeterId } from '@curbstop/kernel/ids'
import { gallonsPerCubicFoot, gallonsPerUnit } from '@curbstop/kernel/quantity'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkUse,
  estimateValue,
  expectedUse,
  sameMonthLastYear,
  seasonFactor,
} from './domain/expectation.ts'
import { type Installation, type Read, type ReadId, type ReadKind, usagePeriods } from './domain/periods.ts'
import {
  calculateUsage,
  gallonsOf,
  type Register,
  unitsBetween,
  unitsText,
  volumeOf,
} from './domain/registers.ts'
import { medianAbsoluteDeviation, quantile, robustBand, shrunkBand } from './domain/statistics.ts'

const gallons6: Register = { registerNo: 1, unit: 'gal', dials: 6, multiplier: '1' }
const cubicFeet: Register = { registerNo: 1, unit: 'cf', dials: 6, multiplier: '1' }
const inCcf = { billUnit: 'ccf', rounding: 'truncate-reads' } as const
const on = localDate

describe('registers', () => {
  test('TV-15, VEE-008: 999,950 to 000,020 on six dials is 70, not a refusal and not 999,930 less', () => {
    const use = calculateUsage({ previous: 999_950n, current: 20n, register: gallons6, expectedGallons: 60 })
    expect(use).toMatchObject({ kind: 'rollover', gallons: 70 })
  })

  test('VEE-008: a rollover is believed up to twice the expected use, and not a gallon further', () => {
    const pair = { previous: 999_950n, current: 20n, register: gallons6 }
    expect(calculateUsage({ ...pair, expectedGallons: 35 }).kind).toBe('rollover')
    expect(calculateUsage({ ...pair, expectedGallons: 34 }).kind).toBe('negative')
    expect(calculateUsage(pair).kind).toBe('negative') // nothing known: nobody guesses
    expect(calculateUsage({ ...pair, passedZero: true }).kind).toBe('rollover') // decided when it was entered
  })

  test('VEE-009: 5,000 to 4,990 is never billed; the causes are named with the water each would mean', () => {
    const use = calculateUsage({ previous: 5000n, current: 4990n, register: gallons6, expectedGallons: 3000 })
    expect(use).toEqual({
      kind: 'negative',
      candidates: [
        { cause: 'rollover', gallons: 999_990 },
        { cause: 'misread', gallons: 3000 },
        { cause: 'exchange', gallons: 4990 },
      ],
    })
  })

  test('an estimate that was too high is the first thing to think of', () => {
    const pair = {
      previous: 5000n,
      current: 4990n,
      register: gallons6,
      previousEstimated: true,
      lastSeen: 4000n,
    }
    const use = calculateUsage(pair)
    expect(use.kind === 'negative' && use.candidates[0]).toEqual({ cause: 'estimate-too-high', gallons: 990 })
  })

  test('VEE-001: dials agree with the constants printed on bills', () => {
    const one = (unit: Register['unit']) => Number(volumeOf(1_000_000n, { ...gallons6, unit })) / 1e16
    expect(one('cf')).toBeCloseTo(gallonsPerCubicFoot, 9)
    expect(one('ccf')).toBeCloseTo(gallonsPerUnit.ccf, 9)
    expect(one('kl')).toBeCloseTo(gallonsPerUnit.kl, 9)
  })

  test('VEE-005: the multiplier counts, whole or broken', () => {
    const use = (multiplier: string) =>
      calculateUsage({ previous: 10n, current: 25n, register: { ...gallons6, multiplier } })
    expect(use('10')).toMatchObject({ gallons: 150 })
    expect(use('0.1000')).toMatchObject({ gallons: 2 }) // 1.5, halves up
  })

  test('VEE-006: 1233.10 to 1234.99 CCF bills one unit, because the reads are cut first', () => {
    const [from, to] = [volumeOf(123_310n, cubicFeet), volumeOf(123_499n, cubicFeet)]
    expect(unitsText(unitsBetween(from, to, inCcf))).toBe('1')
    expect(unitsText(unitsBetween(from, to, { billUnit: 'ccf', rounding: 'exact' }))).toBe('1.89')
    expect(gallonsOf(to - from)).toBe(1414) // 1,413.72
  })

  test('VEE-007: the bills of any run of reads add up to the whole run, whatever was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom<Register['unit']>('gal', 'cf', 'ccf', 'l', 'kl'),
        fc.constantFrom('ccf', 'kgal', 'kl'),
        (steps, unit, billUnit) => {
          const register = { ...gallons6, unit, dials: 9 }
          const billing = { billUnit, rounding: 'truncate-reads' } as const
          let value = 1234n
          let total = 0n
          for (const step of steps) {
            const next = value + BigInt(step)
            total += unitsBetween(volumeOf(value, register), volumeOf(next, register), billing)
            value = next
          }
          expect(total).toBe(unitsBetween(volumeOf(1234n, register), volumeOf(value, register), billing))
        },
      ),
    )
  })

  test('an estimate near the end of the dial turns over instead of growing a digit', () => {
    expect(estimateValue(999_990n, 30, gallons6)).toEqual({ value: 20n, passedZero: true })
    expect(estimateValue(100n, 748, cubicFeet)).toEqual({ value: 200n, passedZero: false })
  })
})

const meter = (id: number, facts: Partial<Installation> = {}): Installation => ({
  meterId: BigInt(id) as MeterId,
  serial: `M${id}`,
  installedOn: on('2025-01-01'),
  removedOn: null,
  inValues: [0n],
  outValues: null,
  registers: [gallons6],
  ...facts,
})
let lastReadId = 0n
const read = (day: string, value: number, facts: Partial<Read> = {}): Read => {
  lastReadId += 1n
  return {
    readId: lastReadId as ReadId,
    meterId: 1n as MeterId,
    registerNo: 1,
    readOn: on(day),
    value: BigInt(value),
    kind: 'actual' as ReadKind,
    passedZero: false,
    ...facts,
  }
}
const use = (installations: Installation[], reads: Read[], voided: Read[] = []) =>
  usagePeriods({ installations, reads, voided: new Set(voided.map(r => r.readId)) }, inCcf)

describe('use between reads', () => {
  test('a period runs from read to read, half-open, the first from the day the meter was hung', () => {
    const periods = use([meter(1)], [read('2025-02-03', 3000), read('2025-03-05', 6000)])
    expect(periods.map(p => [p.fromOn, p.toOn, p.days, p.gallons, p.units])).toEqual([
      ['2025-01-01', '2025-02-03', 33, 3000, '4'],
      ['2025-02-03', '2025-03-05', 30, 3000, '4'],
    ])
    expect(periods[1]!.gallonsPerDay).toBe(100)
  })

  test('VEE-010: two meters in one period make one use, to the gallon', () => {
    const old = meter(1, { removedOn: on('2025-02-20'), outValues: [4200n] })
    const fresh = meter(2, { installedOn: on('2025-02-20'), inValues: [17n] })
    const [, period] = use(
      [old, fresh],
      [
        read('2025-02-03', 3000),
        read('2025-02-20', 4200, { kind: 'exchange-out' }),
        read('2025-02-20', 17, { kind: 'exchange-in', meterId: 2n as MeterId }),
        read('2025-03-05', 1517, { meterId: 2n as MeterId }),
      ],
    )
    expect(period).toMatchObject({
      fromOn: '2025-02-03',
      toOn: '2025-03-05',
      gallons: 2700,
      flags: ['exchange'],
    })
    expect(period!.stretches.map(s => [s.serial, s.fromValue, s.toValue, s.gallons])).toEqual([
      ['M1', 3000n, 4200n, 1200],
      ['M2', 17n, 1517n, 1500],
    ])
  })

  test('a compound meter’s two registers are one use; half a reading ends no period', () => {
    const two = [gallons6, { ...gallons6, registerNo: 2 }]
    const compound = meter(1, { registers: two, inValues: [0n, 100n] })
    const periods = use(
      [compound],
      [read('2025-02-03', 900), read('2025-03-05', 2000), read('2025-03-05', 150, { registerNo: 2 })],
    )
    expect(periods).toHaveLength(1)
    expect(periods[0]).toMatchObject({ fromOn: '2025-01-01', gallons: 2050, flags: ['register-missing'] })
  })

  test('a voided read is as if it had never been', () => {
    const wrong = read('2025-02-03', 300_000)
    const periods = use([meter(1)], [wrong, read('2025-03-05', 6000)], [wrong])
    expect(periods.map(p => p.gallons)).toEqual([6000])
  })

  test('a negative difference has no use, and the next read goes on from there', () => {
    const periods = use(
      [meter(1)],
      [read('2025-02-03', 9000), read('2025-03-05', 4000), read('2025-04-04', 7000)],
    )
    expect(periods.map(p => [p.gallons, p.units, p.flags])).toEqual([
      [9000, '12', []],
      [null, null, ['negative']],
      [3000, '4', []],
    ])
  })

  test('a rollover in an imported history is believed by what the customer used before', () => {
    const reads: Read[] = []
    for (let month = 1; month <= 12; month += 1)
      reads.push(read(addMonths(on('2025-01-01'), month), 960_000 + month * 3000))
    reads.push(read('2026-02-01', 999_000), read('2026-03-03', 2000))
    const periods = use([meter(1, { inValues: [960_000n] })], reads)
    expect(periods.at(-1)).toMatchObject({ gallons: 3000, flags: ['rollover'] })
  })

  test('an estimated closing read marks the period', () => {
    const [period] = use([meter(1)], [read('2025-02-03', 3000, { kind: 'estimated' })])
    expect(period).toMatchObject({ readKind: 'estimated', flags: ['estimated'] })
  })

  test('a meter taken out without a value leaves the use unknown instead of wrong', () => {
    const old = meter(1, { removedOn: on('2025-02-20') })
    const fresh = meter(2, { installedOn: on('2025-02-20') })
    const [period] = use([old, fresh], [read('2025-03-05', 1517, { meterId: 2n as MeterId })])
    expect(period).toMatchObject({ gallons: null, flags: ['register-missing', 'exchange'] })
  })

  test('whatever the reads, the periods touch and their use is the whole advance', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 9000 })), {
      minLength: 1,
      maxLength: 24,
    })
    fc.assert(
      fc.property(steps, pairs => {
        let day = on('2025-01-01')
        let value = 0
        const reads = pairs.map(([days, gallons]) => {
          day = addDays(day, days)
          value += gallons
          return read(day, value)
        })
        const periods = use([meter(1)], reads)
        expect(periods.reduce((all, p) => all + p.gallons!, 0)).toBe(value)
        periods.slice(1).forEach((p, i) => {
          expect(p.fromOn).toBe(periods[i]!.toOn)
        })
      }),
    )
  })
})

const months = (count: number, gallonsOfMonth: (month: number) => number, flags: readonly never[] = []) =>
  Array.from({ length: count }, (_, i) => {
    const fromOn = addMonths(on('2025-01-01'), i)
    const toOn = addMonths(fromOn, 1)
    const days = (Date.parse(toOn) - Date.parse(fromOn)) / 86_400_000
    return { fromOn, toOn, days, gallons: gallonsOfMonth(i) * days, flags }
  })

describe('what was to be expected (VEE-014, VEE-019)', () => {
  const asked = { fromOn: on('2026-02-01'), toOn: on('2026-03-01') }

  test('last year’s same days come first, with the season’s factor', () => {
    const periods = months(13, month => 100 + month)
    const expected = expectedUse({ ...asked, periods, seasonFactor: 1.5 })
    expect(expected).toMatchObject({ method: 'same-period-last-year', gallonsPerDay: 151.5, gallons: 4242 })
  })

  test('without last year, the average of what is known; without that, the peers; without them, nothing', () => {
    const periods = months(13, () => 100).slice(6)
    expect(expectedUse({ ...asked, periods })?.method).toBe('twelve-month-average')
    expect(expectedUse({ ...asked, periods: [], peerGallonsPerDay: 80 })).toMatchObject({
      method: 'peer-median',
      gallons: 2240,
    })
    expect(expectedUse({ ...asked, periods: [] })).toBeNull()
  })

  test('an estimate is no evidence for the next estimate', () => {
    const periods = months(13, () => 100).map(p => ({ ...p, flags: ['estimated'] as const }))
    expect(expectedUse({ ...asked, periods })).toBeNull()
  })

  test('the same month last year is the period that covers most of it', () => {
    const periods = months(13, month => month)
    expect(sameMonthLastYear(periods, asked)?.fromOn).toBe('2025-02-01')
    expect(sameMonthLastYear(periods.slice(6), asked)).toBeNull()
  })

  test('the season’s factor stays within half and double', () => {
    expect([
      seasonFactor(150, 100),
      seasonFactor(900, 100),
      seasonFactor(1, 100),
      seasonFactor(null, 100),
    ]).toEqual([1.5, 2, 0.5, 1])
  })

  test('VEE-011, VEE-012, VEE-015: 201 percent is flagged and 199 not, 39 and not 40, and zero always', () => {
    const rules = { highPercent: 200, highOverGallons: 7480, lowPercent: 40 }
    const expected = { gallons: 10_000, gallonsPerDay: 333, method: 'peer-median' } as const
    const check = (gallons: number) => checkUse(gallons, expected, rules)
    expect([20_100, 19_900, 3900, 4000, 0].map(check)).toEqual([['high'], [], ['low'], [], ['zero']])
    expect(checkUse(300, { ...expected, gallons: 100 }, rules)).toEqual([]) // small figures double easily
    expect(checkUse(300, null, rules)).toEqual([])
  })
})

describe('statistics', () => {
  test('quantiles interpolate, the median does not care for one burst pipe', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75)
    expect(quantile([1, 2, 3, 90_000], 0.5)).toBe(2.5)
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1)
    expect(quantile([], 0.5)).toBeNull()
  })

  test('the usual band of a steady user is not a hair, and never below zero', () => {
    expect(robustBand([100, 100, 100])).toEqual({ low: 90, middle: 100, high: 110 })
    expect(robustBand([0, 50, 100, 400])!.low).toBe(0)
  })

  test('a short history leans on the peers', () => {
    const peers = { low: 50, middle: 200, high: 400 }
    expect(shrunkBand([100, 100, 100], peers)!.middle).toBe(150)
    expect(shrunkBand([], peers)).toEqual(peers)
    expect(shrunkBand([100, 100, 100, 100, 100, 100], peers)!.middle).toBe(100)
  })
})
