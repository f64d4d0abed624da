/**
 * What is written down when nobody could read (VEE-018, VEE-019), register by register; the method is always named.
 * Dial values are bigint, as they are stored.
 */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { type Expected, estimateValue, expectedUse, type KnownUse } from '../expectation.ts'
import { capacityOf, type Register } from '../registers.ts'

/** In this order (VEE-019). */
export type EstimateMethod = 'interval-gap-fill' | Expected['method']

/** Use between the last read and the day of the estimate as the hours say it, silent ones filled (`fillGaps`). */
export type HoursOfPeriod = {
  readonly gallons: number
  readonly measuredHours: number
  readonly filledHours: number
}

export type EstimateAsked = {
  readonly register: Register
  readonly last: { readonly on: LocalDate; readonly value: bigint }
  readonly on: LocalDate
  readonly estimatesInRow: number
  readonly hours: HoursOfPeriod | null
  /** Use of this register (or of the only one) in periods past, as `usagePeriods` gives them. */
  readonly periods: readonly KnownUse[]
  readonly seasonFactor: number
  readonly peerGallonsPerDay: number | null
}
/** VEE-018: the estimate in a row with which an order to read is made; after it none is written. */
export type EstimateLimits = { readonly estimatesOrderAt: number }

export type EstimateDecision =
  | {
      readonly kind: 'estimate'
      readonly value: bigint
      readonly passedZero: boolean
      readonly gallons: number
      readonly method: EstimateMethod
      readonly inRow: number
      readonly order: boolean
    }
  | { readonly kind: 'order'; readonly why: 'too-many' | 'nothing-known'; readonly inRow: number }

/** Hours that were filled say no more than the season does; this share must have been measured. */
const measuredShareLeast = 0.5

export function decideEstimate(asked: EstimateAsked, { estimatesOrderAt }: EstimateLimits): EstimateDecision {
  const inRow = asked.estimatesInRow + 1
  if (inRow > estimatesOrderAt) return { kind: 'order', why: 'too-many', inRow }
  const use = useOf(asked)
  if (!use) return { kind: 'order', why: 'nothing-known', inRow }
  const { value, passedZero } = estimateValue(asked.last.value, use.gallons, asked.register)
  return { kind: 'estimate', value, passedZero, ...use, inRow, order: inRow === estimatesOrderAt }
}

function useOf(asked: EstimateAsked): { gallons: number; method: EstimateMethod } | null {
  const { hours, periods, last, on, seasonFactor, peerGallonsPerDay } = asked
  if (daysBetween(last.on, on) <= 0) return null
  if (
    hours &&
    hours.gallons >= 0 &&
    hours.measuredHours >= measuredShareLeast * (hours.measuredHours + hours.filledHours)
  )
    return { gallons: Math.round(hours.gallons), method: 'interval-gap-fill' }
  const expected = expectedUse({ periods, fromOn: last.on, toOn: on, seasonFactor, peerGallonsPerDay })
  return expected ? { gallons: expected.gallons, method: expected.method } : null
}

export type TrueUp = {
  readonly register: Register
  readonly from: { readonly on: LocalDate; readonly value: bigint }
  readonly to: { readonly on: LocalDate; readonly value: bigint; readonly passedZero: boolean }
  /** Days of the estimates in between, in order. */
  readonly estimatedOn: readonly LocalDate[]
}

/**
 * VEE-020: what the estimates between two real reads would have had to be: the use of the whole span by the day, on
 * whole steps of the dial, so that the periods add up to what the meter said. For an estimate that was too high.
 */
export function trueUpEstimates({ register, from, to, estimatedOn }: TrueUp): {
  on: LocalDate
  value: bigint
  passedZero: boolean
}[] {
  const capacity = capacityOf(register)
  const use = to.value - from.value + (to.passedZero ? capacity : 0n)
  if (use < 0n) throw new Error('the span between two real reads runs backwards: decide that first (VEE-009)')
  const days = BigInt(daysBetween(from.on, to.on))
  let before = from.value
  return estimatedOn.map(on => {
    const sofar = (use * BigInt(daysBetween(from.on, on))) / days
    const value = (from.value + sofar) % capacity
    const passedZero = value < before
    before = value
    return { on, value, passedZero }
  })
}
