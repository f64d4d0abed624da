/**
 * Register arithmetic, exact: a dial's value times its multiplier in its unit is a whole number of ten-billionths of
 * a gallon, so that nothing is lost before the one rounding that is named.
 */
import type { BillUnit } from '@curbstop/kernel/quantity'

export type RegisterUnit = 'gal' | 'cf' | 'ccf' | 'l' | 'kl'

/** VEE-005. `multiplier` is decimal text with up to four places. */
export type Register = {
  readonly registerNo: number
  readonly unit: RegisterUnit
  readonly dials: number
  readonly multiplier: string
}

/** Exact volume in ten-billionths of a gallon. */
export type Volume = bigint
const gallon = 10_000_000_000n

/** One unit of the dial in millionths of a gallon: a cubic foot is 7.48 gallons on a bill (VEE-001), CCF is HCF. */
const microGallons: Readonly<Record<RegisterUnit, bigint>> = {
  gal: 1_000_000n,
  cf: 7_480_000n,
  ccf: 748_000_000n,
  l: 264_172n,
  kl: 264_172_000n,
}
const billUnits: Readonly<Record<BillUnit, Volume>> = {
  ccf: 748n * gallon,
  kgal: 1000n * gallon,
  kl: 2_641_720_000_000n,
}

/** The value at which the register stands at zero again. */
export function capacityOf({ dials }: Register): bigint {
  return 10n ** BigInt(dials)
}

export function volumeOf(value: bigint, { unit, multiplier }: Register): Volume {
  if (multiplier === '1') return value * microGallons[unit] * 10_000n
  const tenThousandths = BigInt(Math.round(Number(multiplier) * 10_000)) // exact: numeric(9,4)
  return value * microGallons[unit] * tenThousandths
}

/** Whole gallons, halves up. */
export function gallonsOf(volume: Volume): number {
  return Number((volume + gallon / 2n) / gallon)
}

/** Dial units for a number of gallons, to the nearest: what an estimate writes down. */
export function dialUnitsOf(gallons: number, register: Register): bigint {
  const one = volumeOf(1n, register)
  return (BigInt(Math.round(gallons)) * gallon + one / 2n) / one
}

/**
 * VEE-006, VEE-007. `truncate-reads`: each read is cut to whole billing units first, and the use is their difference;
 * what is cut from this read is kept for the next one, so that a year's bills add up to the year's reads.
 * `exact`: the difference to four places, halves up.
 */
export type ReadRounding = 'truncate-reads' | 'exact'
export type Billing = { readonly billUnit: BillUnit; readonly rounding: ReadRounding }

/** Billing units between two volumes, in ten-thousandths. */
export function unitsBetween(from: Volume, to: Volume, { billUnit, rounding }: Billing): bigint {
  const unit = billUnits[billUnit]
  if (rounding === 'truncate-reads') return (to / unit - from / unit) * 10_000n
  return ((to - from) * 10_000n + unit / 2n) / unit
}

/** `142500n` → `14.25`. */
export function unitsText(tenThousandths: bigint): string {
  const digits = tenThousandths.toString().padStart(5, '0')
  const fraction = digits.slice(-4).replace(/0+$/, '')
  return fraction ? `${digits.slice(0, -4)}.${fraction}` : digits.slice(0, -4)
}

export type Advance = {
  readonly kind: 'advance' | 'rollover'
  readonly from: Volume
  readonly to: Volume
  readonly gallons: number
}
/** VEE-009: never billed. The candidates say what it could be and how much water each would mean. */
export type Negative = { readonly kind: 'negative'; readonly candidates: readonly Candidate[] }
export type Candidate = {
  readonly cause: 'rollover' | 'misread' | 'exchange' | 'estimate-too-high'
  readonly gallons: number | null // null: cannot be said
}

export type Pair = {
  readonly previous: bigint
  readonly current: bigint
  readonly register: Register
  /** Use expected for the time between the two reads; absent when nothing is known. */
  readonly expectedGallons?: number | null
  /** It was decided when the read was entered that the register passed zero. */
  readonly passedZero?: boolean
  /** Accept a rollover up to this many times the expected use (VEE-008). */
  readonly rolloverFactor?: number
  readonly previousEstimated?: boolean
  /** The last value before `previous` that somebody really saw. */
  readonly lastSeen?: bigint
}

export const rolloverFactor = 2

/** Use between two values of one register: an advance, a plausible rollover (VEE-008), or a negative (VEE-009). */
export function calculateUsage(pair: Pair): Advance | Negative {
  const { previous, current, register, passedZero = false } = pair
  const from = volumeOf(previous, register)
  if (current >= previous) {
    // a whole turn and more between two reads is not believed
    const to = volumeOf(current, register)
    return { kind: 'advance', from, to, gallons: gallonsOf(to - from) }
  }
  const to = volumeOf(current + capacityOf(register), register)
  const gallons = gallonsOf(to - from)
  const limit = (pair.expectedGallons ?? -1) * (pair.rolloverFactor ?? rolloverFactor)
  if (passedZero || gallons <= limit) return { kind: 'rollover', from, to, gallons }
  return { kind: 'negative', candidates: candidatesOf(pair, gallons) }
}

function candidatesOf(pair: Pair, rolloverGallons: number): Candidate[] {
  const { current, register, expectedGallons = null, lastSeen } = pair
  const candidates: Candidate[] = [
    { cause: 'rollover', gallons: rolloverGallons },
    { cause: 'misread', gallons: expectedGallons },
    { cause: 'exchange', gallons: gallonsOf(volumeOf(current, register)) },
  ]
  if (!pair.previousEstimated) return candidates
  const sinceSeen =
    lastSeen !== undefined && current >= lastSeen ? gallonsOf(volumeOf(current - lastSeen, register)) : null
  return [{ cause: 'estimate-too-high', gallons: sinceSeen }, ...candidates]
}
