/** What a value on the dial would mean in water, before anybody decides. Pure. */
import { daysBetween } from '@curbstop/kernel/dates'
import type { ExceptionView } from './shapes.ts'

/** Gallons of one unit of the dial: a cubic foot is 7.48 on a bill (VEE-001). */
const unitGallons: Readonly<Record<ExceptionView['unit'], number>> = {
  gal: 1,
  cf: 7.48,
  ccf: 748,
  l: 0.264172,
  kl: 264.172,
}

export type DialUse = {
  /** Units the register moved; past zero when `passedZero`. */
  readonly units: bigint
  readonly gallons: number
  readonly days: number
  readonly passedZero: boolean
}

type Dial = Pick<ExceptionView, 'unit' | 'multiplier' | 'dials' | 'previous' | 'onDate'>

/** Null where nothing stands before this read. */
export function calculateUse(
  value: bigint,
  { unit, multiplier, dials, previous, onDate }: Dial,
): DialUse | null {
  if (!previous) return null
  const passedZero = value < previous.value
  const units = passedZero ? value + 10n ** BigInt(dials) - previous.value : value - previous.value
  return {
    units,
    gallons: Number(units) * Number(multiplier) * unitGallons[unit],
    days: Math.max(1, daysBetween(previous.readOn, onDate)),
    passedZero,
  }
}

/** Billing units of CCF as the price is asked for: two decimals, cut. */
export const ccfText = (gallons: number): string => (Math.floor((gallons / 748) * 100) / 100).toFixed(2)

/** The value a rule suggests: of the gravest finding that names one, else of its likeliest cause. */
export function suggestedValue({ findings }: Pick<ExceptionView, 'findings'>): bigint | null {
  for (const { suggestedValue: said, candidates } of findings) {
    const value = said ?? candidates.find(one => one.cause === 'misread' && one.value !== null)?.value
    if (value !== null && value !== undefined) return BigInt(Math.round(value))
  }
  return null
}
