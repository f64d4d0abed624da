import { localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { calculateUse, ccfText, suggestedValue } from './dial-use.ts'

const dial = {
  unit: 'cf' as const,
  multiplier: '1',
  dials: 6,
  onDate: localDate('2026-11-20'),
  previous: { readOn: localDate('2026-10-20'), value: 999_900n, kind: 'actual' as const },
}

test('a corrected value tells its water before it is written down', () => {
  expect(calculateUse(999_990n, dial)).toMatchObject({ units: 90n, days: 31, passedZero: false })
  expect(calculateUse(999_990n, dial)!.gallons).toBeCloseTo(673.2)
})

test('a value below the last one is told as the water that would have passed zero', () => {
  expect(calculateUse(100n, dial)).toMatchObject({ units: 200n, passedZero: true })
})

test('a place without an earlier value promises nothing', () => {
  expect(calculateUse(100n, { ...dial, previous: null })).toBeNull()
})

test('the price is asked for units that were used in full', () => {
  expect(ccfText(1_500)).toBe('2.00')
})

test('the field begins with the value the likeliest cause names', () => {
  const finding = { suggestedValue: null, candidates: [{ cause: 'misread', value: 4321 }] }
  expect(suggestedValue({ findings: [finding] } as never)).toBe(4321n)
  expect(suggestedValue({ findings: [{ suggestedValue: 7, candidates: [] }] } as never)).toBe(7n)
  expect(suggestedValue({ findings: [] })).toBeNull()
})
