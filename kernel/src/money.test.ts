import fc from 'fast-check'
import { expect, test } from 'vitest'
import { centsFromDecimal, formatDollars, parseDollars, split, sum } from './money.ts'

const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 12 })
  .filter(w => sum(w) > 0n)

test('splitting a charge never loses or makes a cent, and gives nobody more than a cent too much', () => {
  fc.assert(
    fc.property(cents, weights, (amount, w) => {
      const parts = split(amount, w)
      expect(sum(parts)).toBe(amount)
      const total = sum(w)
      parts.forEach((part, i) => {
        const exact = Number(amount) * (Number(w[i]) / Number(total))
        expect(Math.abs(Number(part) - exact)).toBeLessThanOrEqual(1.001)
      })
    }),
  )
})

test('half a cent is rounded away from zero, on both sides of it', () => {
  expect(centsFromDecimal('1.005')).toBe(101n)
  expect(centsFromDecimal('-1.005')).toBe(-101n)
  expect(centsFromDecimal('1.00499')).toBe(100n)
  expect(centsFromDecimal('12')).toBe(1200n)
  expect(() => centsFromDecimal('1e3')).toThrow()
})

test('what is shown as money can be typed back', () => {
  fc.assert(
    fc.property(cents, amount => {
      expect(parseDollars(formatDollars(amount))).toBe(amount)
    }),
  )
})

test('letters, two points and a wrong comma are no amounts', () => {
  for (const text of ['12,34', '1.234.5', 'abc', '$', '--5', '1.999', '', '1e5'])
    expect(parseDollars(text)).toBeNull()
  expect(parseDollars(' $1,204.5 ')).toBe(120_450n)
})
