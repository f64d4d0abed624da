/** A meter on the test bench and what follows from it (MTR-001 … MTR-018). Money is made later, by rating again. */
import type { LocalDate } from '@curbstop/kernel/dates'

export type TestedMeter = {
  /** As tariffs spell it: 5/8", 3/4", 1" … */
  readonly size: string
  readonly kind: 'displacement' | 'compound' | 'turbine' | 'ultrasonic' | 'fire-detector'
  readonly repaired: boolean
}
export type TestPoint = 'low' | 'intermediate' | 'high'

/** One run on the bench: what went through, and what the meter said of it. */
export type TestRun = {
  readonly point: TestPoint
  readonly gpm: number
  readonly throughGallons: number
  readonly registeredGallons: number
}
export type PointResult = TestRun & {
  /** Percent, two places. */
  readonly accuracy: number
  readonly least: number
  readonly most: number
  readonly passed: boolean
  readonly rule: string
  /** The flow the size asks for (MTR-005, MTR-007) and whether the run kept to it. */
  readonly expectedGpm: number | null
  readonly flowFits: boolean
  /** Above what the size is made for (MTR-006). */
  readonly overRange: boolean
}

export type CustomerClass = 'residential' | 'other'
export type TestCause = 'wear' | 'tampering' | 'clerical'

/** One billed period, newest last. `gallons` is what the meter registered and the bill charged. */
export type BilledPeriod = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly gallons: number
  /** Of a meter that registered nothing: what was usual (MTR-014). Null when nothing is known. */
  readonly usualGallons: number | null
}
export type TestAsked = {
  readonly meter: TestedMeter
  readonly runs: readonly TestRun[]
  readonly testedOn: LocalDate
  readonly requestedByCustomer: boolean
  /** A day from which the error is proven, which may reach behind the usual window for a refund (MTR-011). */
  readonly provenFromOn: LocalDate | null
  readonly cause: TestCause
  readonly customer: CustomerClass
  readonly installedOn: LocalDate
  readonly periods: readonly BilledPeriod[]
  /** Somebody of the level for it said that the months beyond a cap may be billed (MTR-014). */
  readonly capLiftedTo?: number
}

export type CorrectedPeriod = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  /** Only these days of the period lie in the window; half-open. */
  readonly correctFromOn: LocalDate
  readonly billedGallons: number
  /** Registered / accuracy (MTR-015), whole gallons; only the days in the window are corrected. */
  readonly trueGallons: number
  readonly differenceGallons: number // true − billed
}
export type CapReason =
  | 'window' // MTR-011, MTR-012, MTR-013
  | 'installed' // the meter hung for less than the window
  | 'proven' // MTR-011: reaches further back, on proof
  | 'tampering' // MTR-016
  | 'clerical' // MTR-017
  | 'approval' // MTR-014: lifted by a person
export type MeterTestDecision = {
  readonly points: readonly PointResult[]
  readonly passed: boolean
  /** Percent, two places (MTR-008). */
  readonly weightedAccuracy: number
  readonly weighting: 'weighted' | 'mean'
  readonly verdict: 'accurate' | 'fast' | 'slow' | 'stopped'
  readonly proposal: 'none' | 'refund' | 'back-bill'
  /** Why this is proposed, or why nothing is although the meter is out. */
  readonly why: 'within-limits' | 'over-limit' | 'under-threshold' | 'nothing-billed'
  readonly rules: readonly string[]
  readonly windowFromOn: LocalDate | null
  readonly months: number
  readonly capReasons: readonly CapReason[]
  readonly periods: readonly CorrectedPeriod[]
  readonly differenceGallons: number
  /** MTR-010. Null when the customer did not ask for the test. */
  readonly fee: 'returned' | 'kept' | null
  /** MTR-018: a back-bill is offered in at least these instalments, without late fee or interest. */
  readonly offer: { readonly instalments: number; readonly lateFee: false } | null
  /** A meter that fails is exchanged or repaired before it hangs again. */
  readonly exchange: boolean
}
