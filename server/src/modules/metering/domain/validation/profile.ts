/**
 * What is known of one register of one meter before its new read arrives: plain numbers, so that 200,000 of them load
 * in about a second. Dates are day numbers (`dayNumber` of the kernel), dial values are numbers (twelve dials at most,
 * so they are exact), use is gallons. Statistics may be floats; money and stored values never are.
 */
import { dayNumber, type LocalDate } from '@curbstop/kernel/dates'
import type { Cents } from '@curbstop/kernel/money'
import type { ReadKind } from '../periods.ts'
import type { Register } from '../registers.ts'

/**
 * Past periods of many registers in one set of columns, oldest first; a profile points at its own stretch. `gallons`
 * is the use over meter exchanges (VEE-010), NaN where it is not known or was negative.
 */
export type PeriodColumns = {
  readonly toDay: Int32Array
  readonly days: Uint16Array
  readonly gallons: Float64Array
  /** 1 where either end of the period was an estimate: no evidence of use. */
  readonly estimated: Uint8Array
}

export type ServiceKind = 'potable' | 'irrigation' | 'fire'
export type AccountState = 'occupied' | 'vacant' | 'closed'

/** The last value of the register: a read, or the value it came in with. */
export type LastValue = { readonly day: number; readonly value: number; readonly kind: ReadKind }

/** Comparable homes or firms in the month of the read (gallons a day): median and the quarter points. */
export type PeerUse = { readonly p25: number; readonly median: number; readonly p75: number }

/** What a gallon more or less is worth: the marginal price, and the whole bill where it can be rated. */
export type PriceOfUse = {
  /** Cents for a thousand gallons at the tier the customer usually reaches. */
  readonly centsPerKgal: number
  /** The volumetric part of a whole bill for this use, in cents; tiers make it curved. */
  readonly billOf?: (gallons: number) => Cents
}

export type ReadProfile = {
  readonly register: Register
  /** Digits at the right that are never read (VEE-005); they stand in the value as zeros. */
  readonly droppedDigits: number
  /** One of the two registers of a compound meter: no peers, and a still register is no fault. */
  readonly ofCompound: boolean
  readonly service: ServiceKind
  readonly account: AccountState
  /** The day from which it has been closed or vacant. */
  readonly accountSinceDay: number | null
  readonly installedDay: number
  readonly inValue: number
  /** Null when nothing was read since the meter was hung: the in-value counts. */
  readonly last: LastValue | null
  /** The last value before the new read that somebody saw. */
  readonly lastActual: LastValue | null
  readonly estimatesInRow: number
  /** VEE-010: what meters taken out since the last read measured, and the day of that read. Null without an exchange. */
  readonly carried: { readonly fromDay: number; readonly gallons: number } | null
  readonly history: PeriodColumns
  readonly historyFrom: number
  readonly historyCount: number
  readonly peers: PeerUse | null
  /** Comparable users' median now against the same month last year (`seasonFactor`); 1 where not known. */
  readonly seasonFactor: number
  readonly price: PriceOfUse
  readonly book: string
  readonly sequence: number
  readonly reader: string | null
  /** A cooling tower, a hospital: flow that never stops is no leak (VEE-028). */
  readonly continuousFlowExpected: boolean
}

/** A read as it arrives. `day` is its day number. */
export type NewRead = { readonly day: number; readonly value: number; readonly kind: ReadKind }

export type PastPeriod = {
  readonly toOn: LocalDate
  readonly days: number
  readonly gallons: number | null
  readonly estimated: boolean
}

const gallonsOfUnit: Readonly<Record<Register['unit'], number>> = {
  gal: 1,
  cf: 7.48,
  ccf: 748,
  l: 0.264172,
  kl: 264.172,
}

/** Gallons of one step of the dial (VEE-001, VEE-005). */
export function gallonsPerDialUnit({ unit, multiplier }: Register): number {
  return multiplier === '1' ? gallonsOfUnit[unit] : gallonsOfUnit[unit] * Number(multiplier)
}

/** Columns of one register, for a single read at the desk. Oldest first. */
export function periodColumns(periods: readonly PastPeriod[]): PeriodColumns {
  return {
    toDay: Int32Array.from(periods, period => dayNumber(period.toOn)),
    days: Uint16Array.from(periods, period => period.days),
    gallons: Float64Array.from(periods, period => period.gallons ?? Number.NaN),
    estimated: Uint8Array.from(periods, period => (period.estimated ? 1 : 0)),
  }
}

/** What the register showed last: a read, or the value it came in with. */
export function lastValueOf({ last, installedDay, inValue }: ReadProfile): LastValue {
  return last ?? { day: installedDay, value: inValue, kind: 'exchange-in' }
}
