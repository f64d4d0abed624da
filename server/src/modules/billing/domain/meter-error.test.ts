import { readFileSync } from 'node:fs'
import { addMonths, daysBetween, localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedRules } from '../../../../../tools/testing/read-profiles.ts'
import { decideBillPostings } from '../../ledger/domain/postings.ts'
import { decideMeterTest } from '../../metering/domain/meter-tests/decide.ts'
import { meterTestRulesOf } from '../../metering/domain/meter-tests/rules.ts'
import { compileClass, parseTariff } from '../../rates/domain/index.ts'
import { decideSegment } from './decide.ts'
import type { ServiceToBill } from './facts.ts'
import { keepSegment, readSegment } from './kept.ts'
import { wordOf } from './meter-authority.ts'
import {
  chargesOfCorrection,
  correctBills,
  type MeasuredBill,
  periodOfBill,
  totalCents,
  usualGallons,
} from './meter-error.ts'

const rules = meterTestRulesOf(shippedRules())
const read = (code: string) =>
  parseTariff(
    readFileSync(new URL(`../../rates/tariffs/${code}-2025-07-01.owrs`, import.meta.url), 'utf8'),
    code,
  )
const versionOf = (code: string) => ({
  id: code === 'water' ? '1' : '2',
  effectiveFrom: localDate('2020-01-01'),
  effectiveTo: null,
  rateClass: compileClass(read(code), 'RESIDENTIAL_SINGLE'),
})
const versions = { water: [versionOf('water')], sewer: [versionOf('sewer')] }
const policy = {
  fixed: 'days',
  volumetric: 'days',
  tierWidths: 'scale',
  standardDays: 30,
  budgetRounding: 'none',
} as const
const testedOn = localDate('2026-11-15')

/** A month's bill for water and sewer, kept and read back as the database does. */
function billOf(at: number, units: number): MeasuredBill {
  const fromOn = addMonths(localDate('2026-11-01'), at - 1)
  const toOn = addMonths(localDate('2026-11-01'), at)
  const service = (name: 'water' | 'sewer', no: number) => {
    const of: ServiceToBill = {
      ...{
        accountServiceId: BigInt(no),
        servicePointId: asId<'service-point'>(no),
        service: name,
        tariff: name,
      },
      ...{
        rateClass: 'RESIDENTIAL_SINGLE',
        fromOn,
        toOn,
        usageUnits: String(units),
        usageGallons: units * 748,
      },
      ...{ readKind: 'actual', reads: [], versions: versions[name] },
      inputs:
        name === 'water'
          ? { meter_size: '3/4"', hhsize: 3, irr_area: 2150, ...granted }
          : {
              winter_average: '9',
              number_dwelling_units: 1,
              dwelling_units: 1,
              meter_size: '3/4"',
              sewer_strength: 'domestic',
            },
      ...(name === 'water'
        ? { etByDay: Array.from({ length: daysBetween(fromOn, toOn) }, () => '0.2') }
        : {}),
    }
    const kept = keepSegment(decideSegment(of, policy), no, policy)
    return readSegment({
      ...kept,
      reads: JSON.parse(kept.reads),
      inputs: JSON.parse(kept.inputs),
      charges: JSON.parse(kept.charges),
    })
  }
  const segments = [service('water', 1), service('sewer', 2)]
  return {
    billId: asId<'bill'>(at + 100),
    fromOn,
    toOn,
    measured: { fromOn, toOn, gallons: units * 748 },
    segments,
  }
}
const granted = { indoor_extra_gpd: 0, outdoor_extra_gpd: 0, outdoor_factor: 1, indoor_factor: 1 }
const how = {
  unit: 'ccf' as const,
  versionsOf: ({ service }: { service: string }) => versions[service as 'water'],
  corrected: new Set<never>(),
}
const tested = (bills: readonly MeasuredBill[], percent: number) =>
  decideMeterTest(
    {
      meter: { size: '3/4"', kind: 'displacement', repaired: false },
      runs: (['low', 'intermediate', 'high'] as const).map(point => ({
        ...{ point, gpm: 3, throughGallons: 100, registeredGallons: percent },
      })),
      ...{ testedOn, requestedByCustomer: true, provenFromOn: null, cause: 'wear', customer: 'residential' },
      installedOn: localDate('2015-01-01'),
      periods: bills.map(bill => periodOfBill(bill, null)),
    },
    rules,
  )

test('the refund is the sum of the bills rated again, line for line, and the books balance on it', () => {
  const anyCase = fc.record({
    percent: fc.double({ min: 6, max: 180, noNaN: true }),
    use: fc.array(fc.nat(80), { minLength: 1, maxLength: 14 }),
  })
  fc.assert(
    fc.property(anyCase, ({ percent, use }) => {
      const bills = use.map((units, at) => billOf(at - use.length + 1, units))
      const decision = tested(bills, percent)
      const corrected = correctBills(bills, decision.periods, how)
      let sum = 0n
      for (const { segments, cents } of corrected) {
        expect(segments).toHaveLength(2)
        const own = segments.reduce((all, one) => all + one.after.totalCents - one.segment.cents, 0n)
        const lines = segments.reduce(
          (all, { before, after }) =>
            all +
            after.lines.reduce((part, line) => part + line.cents, 0n) -
            before.lines.reduce((part, line) => part + line.cents, 0n),
          0n,
        )
        expect(cents).toBe(own)
        expect(cents).toBe(lines)
        sum += own
      }
      expect(totalCents(corrected)).toBe(sum)
      const posted = decideBillPostings(chargesOfCorrection(corrected))
      const owed = posted.reduce((all, { debit, cents }) => all + (debit < 2000 ? cents : -cents), 0n)
      expect(owed).toBe(sum)
      if (decision.verdict === 'accurate') expect({ corrected, sum }).toEqual({ corrected: [], sum: 0n })
      if (decision.verdict === 'fast') expect(sum).toBeLessThanOrEqual(0n)
      if (decision.verdict === 'slow') expect(sum).toBeGreaterThanOrEqual(0n)
    }),
    { numRuns: 120 },
  )
})

test('a bill whose stored figures no longer give its sum is left out, and one that was corrected before is too', () => {
  const bills = [billOf(-1, 20), billOf(0, 20)]
  const { periods } = tested(bills, 110)
  const broken = bills.map(bill => ({
    ...bill,
    segments: bill.segments.map(segment => ({ ...segment, cents: segment.cents + 1n })),
  }))
  expect(correctBills(broken, periods, how).map(one => one.leftOut)).toEqual(['not-proved', 'not-proved'])
  const before = { ...how, corrected: new Set([bills[0]!.billId]) }
  expect(correctBills(bills, periods, before).map(one => one.leftOut)).toEqual(['corrected-before', null])
})

test('MTR-014: what was usual is the same season a year before, else the mean day; of nothing nothing is made', () => {
  const usedIn = (at: number, units: number) => billOf(at, units).segments[0]!
  const all = [usedIn(-12, 10), usedIn(-6, 30), usedIn(0, 0)]
  expect(usualGallons(all[2]!, all, testedOn)).toBe(7480)
  const [mean] = [usualGallons(all[2]!, [usedIn(-6, 30)], testedOn)]
  expect(mean).toBe(Math.round(((30 * 748) / 30) * 31))
  expect(usualGallons(all[2]!, [usedIn(-3, 0)], testedOn)).toBeNull()
})

test('AUTH-024: two refunds within thirty days add up; above everybody’s figure two of the highest sign', () => {
  const limit = (value: bigint) => ({ action: 'adjustment', value, unit: 'cents', citation: 'AUTH-001' })
  const limits = new Map([
    ['assistant', limit(0n)],
    ['advisor', limit(10_000n)],
    ['senior', limit(25_000n)],
    ['supervisor', limit(100_000n)],
  ])
  const asked = { cents: -6_000n, recentCents: 0n, level: 'advisor' as const, limits, proposedBy: null }
  expect(wordOf(asked).may).toBe('alone')
  expect(wordOf({ ...asked, recentCents: -6_000n })).toMatchObject({ may: 'propose', decider: 'senior' })
  expect(wordOf({ ...asked, cents: 0n, level: null }).may).toBe('alone')
  const large = { ...asked, cents: -250_000n, level: 'supervisor' as const }
  expect(wordOf(large)).toMatchObject({ may: 'propose', says: expect.stringMatching(/two Supervisors sign/) })
  expect(wordOf({ ...large, proposedBy: { level: 'supervisor' } }).may).toBe('alone')
  expect(wordOf({ ...large, proposedBy: { level: 'senior' } }).may).toBe('propose')
  expect(wordOf({ ...asked, level: null }).may).toBe('not')
})
