/**
 * Money is integer cents in a `bigint`; nothing here knows a float. On the wire cents are a string of digits.
 * Rates are decimals and live in the rates module: they become cents once, at the end of a bill line.
 */
import { z } from 'zod'
import { assert } from './assert.ts'

export type Cents = bigint

export const zero: Cents = 0n

/** JSON string of digits on the wire, `bigint` in memory. */
export const centsCodec = z.codec(z.string().regex(/^-?\d{1,18}$/, 'an amount in whole cents'), z.bigint(), {
  decode: text => BigInt(text),
  encode: cents => cents.toString(),
})

/** The smaller of two amounts: Math.min knows no bigint. */
export const lesser = (a: Cents, b: Cents): Cents => (a < b ? a : b)

export function sum(amounts: Iterable<Cents>): Cents {
  let total = 0n
  for (const amount of amounts) total += amount
  return total
}

/**
 * Splits an amount by weights so that the parts add up to the whole (largest remainder; ties go to the earlier
 * part). Weights are non-negative integers, not all zero. Negative amounts split like their mirror image.
 */
export function split(amount: Cents, weights: readonly bigint[]): Cents[] {
  const total = sum(weights)
  assert(total > 0n && weights.every(w => w >= 0n), 'weights are non-negative and not all zero')
  if (amount < 0n) return split(-amount, weights).map(part => -part)
  const parts = weights.map(weight => (amount * weight) / total)
  let left = amount - sum(parts)
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of byRemainder) {
    if (left === 0n) break
    parts[index]! += 1n
    left -= 1n
  }
  return parts
}

/**
 * Decimal text ("12", "12.5", "-0.075") to cents, halves away from zero: the one rounding of a bill line,
 * named `half-up` in its trace. Throws on anything that is not a plain decimal number.
 */
export function centsFromDecimal(text: string): Cents {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  assert(match, `a plain decimal number, not '${text}'`)
  const [, sign, whole, fraction = ''] = match
  const padded = `${fraction}000`
  const cents = BigInt(whole!) * 100n + BigInt(padded.slice(0, 2)) + (padded[2]! >= '5' ? 1n : 0n)
  return sign === '-' ? -cents : cents
}

/** `1234567n` → `12,345.67`; the sign is kept in front. */
export function formatCents(cents: Cents): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0n ? '-' : ''}${whole}.${digits.slice(-2)}`
}

/** `$12,345.67`, negative as `-$12.00`. */
export function formatDollars(cents: Cents): string {
  const text = formatCents(cents)
  return text.startsWith('-') ? `-$${text.slice(1)}` : `$${text}`
}

/** What a person types ("1,204.5", "$12", "-3.20") to cents, or null when it is not an amount. */
export function parseDollars(text: string): Cents | null {
  const cleaned = text.trim().replace(/^(-?)\$/, '$1')
  if (!/^-?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,2})?$/.test(cleaned)) return null
  return centsFromDecimal(cleaned.replaceAll(',', ''))
}
