import { addMonths, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedRules } from '../../../../../../tools/testing/read-profiles.ts'
import { judgePoints, trueUse, weightedAccuracyOf } from './accuracy.ts'
import { decideMeterTest } from './decide.ts'
import type { BilledPeriod, TestAsked, TestedMeter, TestRun } from './meter-test.ts'
import { meterTestRulesOf, sizeKey, testFlowsOf } from './rules.ts'

const rules = meterTestRulesOf(shippedRules())
const meter: TestedMeter = { size: '5/8"', kind: 'displacement', repaired: false }
const runsOf = (low: number, intermediate: number, high: number): TestRun[] => [
  { point: 'low', gpm: 0.25, throughGallons: 10, registeredGallons: low / 10 },
  { point: 'intermediate', gpm: 2, throughGallons: 100, registeredGallons: intermediate },
  { point: 'high', gpm: 15, throughGallons: 100, registeredGallons: high },
]
const testedOn = localDate('2026-11-15')
const billed = (gallons: number, count = 24): BilledPeriod[] =>
  Array.from({ length: count }, (_, at) => ({
    fromOn: addMonths(localDate('2026-11-01'), at - count),
    toOn: addMonths(localDate('2026-11-01'), at - count + 1),
    gallons,
    usualGallons: 8_000,
  }))
const asked: TestAsked = {
  meter,
  runs: runsOf(100, 100, 100),
  testedOn,
  requestedByCustomer: true,
  provenFromOn: null,
  cause: 'wear',
  customer: 'residential',
  installedOn: localDate('2015-01-01'),
  periods: billed(10_000),
}
const decided = (percent: number, changes: Partial<TestAsked> = {}) =>
  decideMeterTest({ ...asked, runs: runsOf(percent, percent, percent), ...changes }, rules)

test('MTR-001, MTR-002: 98.4 at normal flow and 94.9 at low flow fail, 98.5 and 95 pass', () => {
  const passes = (low: number, intermediate: number, high: number, of = meter) =>
    judgePoints(of, runsOf(low, intermediate, high), rules).map(point => point.passed)
  expect(passes(95, 98.5, 101.5)).toEqual([true, true, true])
  expect(passes(94.9, 98.4, 101.6)).toEqual([false, false, false])
  expect(passes(101.1, 100, 100)).toEqual([false, true, true])
})

test('MTR-003, MTR-004: ultrasonic and repaired meters have bounds of their own at low flow', () => {
  const low = (percent: number, changes: Partial<TestedMeter>) =>
    judgePoints({ ...meter, ...changes }, runsOf(percent, 100, 100), rules)[0]!
  expect(low(104, { kind: 'ultrasonic' })).toMatchObject({ passed: true, rule: 'MTR-003' })
  expect(low(90, { repaired: true })).toMatchObject({ passed: true, rule: 'MTR-004' })
  expect(low(89, { repaired: true }).passed).toBe(false)
})

test('MTR-005 to MTR-007: flows by size, however the size is written; a wrong or too high flow is said', () => {
  expect(testFlowsOf('3/4"', rules)).toEqual([0.5, 3, 25])
  expect(testFlowsOf('1 1/2"', rules)).toEqual([1.5, 8, 50])
  expect(testFlowsOf('3"', rules)).toEqual([4, null, null])
  expect(['5/8" x 3/4"', '1.5"', '1-1/2 inch', '2 in.'].map(sizeKey)).toEqual(['5/8', '1 1/2', '1 1/2', '2'])
  const [, second, third] = judgePoints(
    meter,
    runsOf(100, 100, 100).map(run => ({ ...run, gpm: run.point === 'low' ? run.gpm : 21 })),
    rules,
  )
  expect(second).toMatchObject({ expectedGpm: 2, flowFits: false, overRange: true })
  expect(third).toMatchObject({ expectedGpm: 15, flowFits: false, overRange: true })
})

test('MTR-007: three flows are required, and a run without water is no run', () => {
  expect(() => judgePoints(meter, runsOf(100, 100, 100).slice(1), rules)).toThrow(/missing: low/)
  const dry = runsOf(100, 100, 100).map(run => ({ ...run, throughGallons: 0 }))
  expect(() => judgePoints(meter, dry, rules)).toThrow(/no water went through/)
})

test('MTR-008: the intermediate flow weighs seventy of a hundred, or all flows alike where policy says so', () => {
  expect(weightedAccuracyOf(runsOf(90, 100, 104), rules)).toBe(99.1)
  const mean = { ...rules, weighting: { ...rules.weighting, method: 'mean' as const } }
  expect(weightedAccuracyOf(runsOf(90, 100, 104), mean)).toBe(98)
})

test('TV-16, MTR-015: registered use is divided by the accuracy, not lowered by the error', () => {
  expect(trueUse(10_000, 103)).toBeCloseTo(9_708.74, 2)
  expect(10_000 - trueUse(10_000, 103)).toBeCloseTo(291.26, 2)
  const { periods } = decided(103)
  expect(periods.find(period => period.correctFromOn === period.fromOn)).toMatchObject({
    billedGallons: 10_000,
    trueGallons: 9_709,
    differenceGallons: -291,
  })
})

test('MTR-010: at 102.0 the fee is kept, at 102.1 it is returned and use is refunded', () => {
  expect(decided(102)).toMatchObject({
    fee: 'kept',
    proposal: 'none',
    verdict: 'accurate',
    why: 'within-limits',
  })
  expect(decided(102.1)).toMatchObject({ fee: 'returned', proposal: 'refund', verdict: 'fast' })
  expect(decided(102.1, { requestedByCustomer: false }).fee).toBeNull()
})

test('MTR-011: a refund reaches six months back, by the day; longer when the start is proven, never before the meter hung', () => {
  const refund = decided(105)
  expect(refund).toMatchObject({ windowFromOn: '2026-05-15', months: 6, capReasons: ['window'], offer: null })
  expect(refund.periods[0]).toMatchObject({
    fromOn: '2026-05-01',
    correctFromOn: '2026-05-15',
    differenceGallons: -261,
  })
  expect(refund.periods).toHaveLength(6)
  const proven = decided(105, { provenFromOn: localDate('2025-02-01') })
  expect(proven).toMatchObject({ windowFromOn: '2025-02-01', capReasons: ['window', 'proven'], months: 22 })
  const young = decided(105, { installedOn: localDate('2026-09-01') })
  expect(young).toMatchObject({ windowFromOn: '2026-09-01', capReasons: ['window', 'installed'] })
})

test('MTR-012: a home 24 % slow is not back-billed, one 26 % slow is, for six months at most', () => {
  expect(decided(76)).toMatchObject({
    verdict: 'slow',
    proposal: 'none',
    why: 'under-threshold',
    exchange: true,
  })
  const slow = decided(74)
  expect(slow).toMatchObject({ proposal: 'back-bill', months: 6, fee: 'kept' })
  expect(slow.periods.at(-1)).toMatchObject({ trueGallons: 13_514, differenceGallons: 3_514 })
  expect(decided(74, { provenFromOn: localDate('2020-01-01') }).windowFromOn).toBe('2026-05-15')
})

test('MTR-013: a firm 6 % slow is back-billed, 5 % slow is not', () => {
  expect(decided(94, { customer: 'other' })).toMatchObject({
    proposal: 'back-bill',
    rules: expect.arrayContaining(['MTR-013']),
  })
  expect(decided(95, { customer: 'other' })).toMatchObject({ proposal: 'none', why: 'under-threshold' })
})

test('MTR-014: a stopped meter is billed by what was usual for three months; a fourth needs a person’s approval', () => {
  const periods = billed(0)
  const stopped = decided(0, { periods })
  expect(stopped).toMatchObject({
    verdict: 'stopped',
    proposal: 'back-bill',
    months: 3,
    capReasons: ['window'],
  })
  expect(stopped.windowFromOn).toBe('2026-08-15')
  expect(stopped.periods.map(period => period.differenceGallons)).toEqual([4_387, 8_000, 8_000])
  expect(decided(0, { periods, capLiftedTo: 5 })).toMatchObject({ months: 5, capReasons: ['approval'] })
  const unknown = periods.map(period => ({ ...period, usualGallons: null }))
  expect(decided(0, { periods: unknown })).toMatchObject({
    proposal: 'none',
    why: 'nothing-billed',
    offer: null,
  })
})

test('MTR-016, MTR-017: tampering lifts the cap to 36 months, a clerical error refunds 36 and back-bills 12', () => {
  const periods = billed(10_000, 48)
  expect(decided(80, { cause: 'tampering', periods })).toMatchObject({ proposal: 'back-bill', months: 36 })
  expect(decided(110, { cause: 'clerical', periods })).toMatchObject({ proposal: 'refund', months: 36 })
  expect(decided(80, { cause: 'clerical', periods })).toMatchObject({ months: 12, capReasons: ['clerical'] })
})

test('MTR-018: a back-bill of six months offers six instalments without a late fee', () => {
  expect(decided(74).offer).toEqual({ instalments: 6, lateFee: false })
})

test('no refund takes more than was billed, no correction leaves the window, and the parts add up', () => {
  const percents = fc.double({ min: 0, max: 200, noNaN: true })
  const anyCase = fc.record({
    percent: percents,
    customer: fc.constantFrom('residential', 'other'),
    cause: fc.constantFrom('wear', 'tampering', 'clerical'),
    volumes: fc.array(fc.nat(60_000), { minLength: 0, maxLength: 40 }),
  })
  fc.assert(
    fc.property(anyCase, ({ percent, customer, cause, volumes }) => {
      const periods = billed(0, volumes.length).map((period, at) => ({ ...period, gallons: volumes[at]! }))
      const decision = decided(percent, { customer, cause, periods })
      const inWindow = (on: LocalDate) => daysBetween(decision.windowFromOn!, on) >= 0
      expect(decision.differenceGallons).toBe(
        decision.periods.reduce((sum, one) => sum + one.differenceGallons, 0),
      )
      for (const period of decision.periods) {
        expect(inWindow(period.correctFromOn)).toBe(true)
        expect(period.trueGallons).toBeGreaterThanOrEqual(0)
        if (decision.proposal === 'refund') expect(period.differenceGallons).toBeLessThanOrEqual(0)
        else expect(period.differenceGallons).toBeGreaterThanOrEqual(0)
      }
      if (decision.proposal === 'back-bill') expect(decision.offer!.instalments).toBe(decision.months)
    }),
    { numRuns: 300 },
  )
})
