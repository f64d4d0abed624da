/**
 * The rates module's own decimal arithmetic: a cloned decimal.js constructor, so that nobody else's settings touch
 * a price. Thirty significant digits carry any tariff exactly but for division; money is rounded later, once per
 * bill line, never here.
 */
import { Decimal as DecimalJs } from 'decimal.js'

export type Decimal = DecimalJs

export const D = DecimalJs.clone({
  precision: 30,
  rounding: DecimalJs.ROUND_HALF_UP,
  maxE: 1000,
  minE: -1000,
  defaults: true,
})

export const zero: Decimal = new D(0)
export const one: Decimal = new D(1)
export const hundred: Decimal = new D(100)

/** What a caller may give for a number: decimal text keeps every digit, a JavaScript number its shortest form. */
export type Num = Decimal | string | number | bigint

/** A plain decimal number as people and files write it: `12`, `.7`, `5.`, `-0.00252`, `1e3`. */
export const decimalText = /^[+-]?(?:\d{1,60}(?:\.\d{0,60})?|\.\d{1,60})(?:[eE][+-]?\d{1,2})?$/

/** The number, or null when it is none (not finite, letters, too long to be meant). */
export function readDecimal(value: unknown): Decimal | null {
  if (typeof value === 'number') return Number.isFinite(value) ? new D(value) : null
  if (typeof value === 'string') {
    const text = value.trim()
    return decimalText.test(text) ? new D(text) : null
  }
  if (typeof value === 'bigint') return new D(value.toString())
  if (DecimalJs.isDecimal(value)) return value.isFinite() ? new D(value as Decimal) : null
  return null
}

/** Whether `readDecimal` would read it, without making the decimal. */
export function isNumeric(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value === 'string' ? decimalText.test(value.trim()) : readDecimal(value) !== null
}

const millionth = 1e6

/** Exact sum. Short decimals (a day's weather, an hour's use) are added as whole millionths, which is fast. */
export function sumOf(numbers: readonly Num[]): Decimal {
  let millionths = 0
  let rest: Decimal = zero
  for (const number of numbers) {
    const value = typeof number === 'object' ? Number.NaN : Number(number)
    const whole = Math.round(value * millionth)
    // The division is rounded correctly: equal means that these millionths are the very decimal that was given.
    if (whole / millionth === value && Math.abs(millionths + whole) < Number.MAX_SAFE_INTEGER)
      millionths += whole
    else rest = rest.plus(readDecimal(number)!)
  }
  const sum = new D(millionths).div(millionth)
  return rest.isZero() ? sum : sum.plus(rest)
}

/** To whole units, halves to even, as the format's peer rounds budgets: 2.5 → 2, 3.5 → 4. */
export function roundWhole(value: Decimal): Decimal {
  return value.toDecimalPlaces(0, DecimalJs.ROUND_HALF_EVEN)
}

const base = 1e7
const powers = [1, 1e7, 1e14, 1e21]

/**
 * Correctly rounded like `Number(text)`, but without making the text for the short numbers that tariffs are made
 * of: up to 14 digits over a power of ten that a double holds exactly, divided once.
 */
export function toNumber(value: Decimal): number {
  const words = value.d
  if (words === null) return Number.NaN
  if (words.length > 2) return value.toNumber()
  const whole = words.length === 1 ? words[0]! : words[0]! * base + words[1]!
  const shift = Math.floor(value.e / 7) - (words.length - 1)
  if (shift > 0 || shift < -3) return value.toNumber()
  return (value.s * whole) / powers[-shift]!
}

/** In whole numbers, for dollars below a million with at most seven decimals; null for all others. */
function shortToCents({ s, d, e }: Decimal): bigint | null {
  if (e > 5 || e < 0 || d.length > 2) return null
  const whole = d[0]! * 100
  if (d.length === 1) return BigInt(s * whole)
  const cents = Math.floor(d[1]! / 100_000)
  const up = d[1]! % 100_000 >= 50_000 ? 1 : 0
  return BigInt(s * (whole + cents + up))
}

/**
 * Dollars to cents, halves away from zero: the one rounding of a bill line. What stands behind the eighteenth decimal
 * place is the residue of a division (three thirds of a day's charge), and must not turn a half down.
 */
export function toCents(dollars: Decimal): bigint {
  const short = shortToCents(dollars)
  if (short !== null) return short
  const clean = dollars.d.length > 4 ? dollars.toDecimalPlaces(18) : dollars
  const whole = clean.times(hundred).toDecimalPlaces(0, DecimalJs.ROUND_HALF_UP)
  const fast = toNumber(whole)
  return Number.isSafeInteger(fast) ? BigInt(fast) : BigInt(whole.toFixed())
}
