import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { D, decimalText, isNumeric, readDecimal, sumOf, toCents, toNumber } from './domain/decimal.ts'

describe('decimals keep what was written', () => {
  test.each(['12', '.7', '5.', '-0.00252', '1e3', '+4'])('%s is a number', text => {
    expect(readDecimal(text)!.toNumber()).toBe(Number(text))
    expect(isNumeric(text)).toBe(true)
  })

  test.each([
    '',
    ' ',
    '1,000',
    '0x10',
    '1e999',
    'NaN',
    'Infinity',
    '12 3',
    '1'.repeat(70),
    null,
    true,
    {},
    [1],
    Number.NaN,
  ])('%j is none', value => {
    expect(readDecimal(value)).toBeNull()
    expect(isNumeric(value)).toBe(false)
  })

  test('the short way to a JavaScript number is the long way', () => {
    const text = fc.tuple(
      fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }),
      fc.integer({ min: -5, max: 25 }),
    )
    fc.assert(
      fc.property(text, ([digits, shift]) => {
        const written = `${digits}e${-shift}`
        expect(toNumber(new D(written))).toBe(Number(written))
      }),
    )
    expect(decimalText.test('1e3')).toBe(true)
  })

  test('the fast sum is the exact sum', () => {
    const number = fc.oneof(
      fc.integer({ min: -99_999, max: 99_999 }).map(n => (n / 1000).toFixed(3)),
      fc.integer({ min: -99_999, max: 99_999 }).map(n => n / 100),
      fc.constantFrom('0.123456789', '1e12', 0.1 + 0.2, 12n, new D('0.7')),
    )
    fc.assert(
      fc.property(fc.array(number, { maxLength: 40 }), numbers => {
        const slow = numbers.reduce<InstanceType<typeof D>>((sum, n) => sum.plus(readDecimal(n)!), new D(0))
        return sumOf(numbers).eq(slow)
      }),
    )
  })
})

describe('cents are rounded once, halves away from zero', () => {
  test.each([
    ['0.005', 1n],
    ['-0.005', -1n],
    ['1.004999', 100n],
    ['12.505', 1251n],
    ['99999999999.995', 10000000000000n],
    ['123456789012345678.125', 12345678901234567813n],
  ])('%s dollars are %s cents', (dollars, cents) => expect(toCents(new D(dollars))).toBe(cents))

  test('the residue of a division does not turn a half down', () => {
    const third = new D('12.505').div(3)
    expect(toCents(third.plus(third).plus(third))).toBe(1251n)
  })

  test('a short price costs the same cents as the long arithmetic says, halves away from zero', () => {
    const millionths = fc.integer({ min: -2_000_000_000_000, max: 2_000_000_000_000 })
    fc.assert(
      fc.property(millionths, fc.integer({ min: 0, max: 7 }), (whole, decimals) => {
        const dollars = new D(whole).div(10 ** decimals)
        const exact = dollars.times(100).toDecimalPlaces(0, D.ROUND_HALF_UP).toFixed()
        expect(toCents(dollars)).toBe(BigInt(exact))
      }),
    )
  })
})
