/** What the rules of validation say about a read: one finding a rule, nothing made when nothing is found. */
import type { Cents } from '@curbstop/kernel/money'

export type FindingCode =
  | 'date' // the read is not after the last one, or the period is too short or too long
  | 'duplicate' // same day, same value
  | 'negative' // VEE-009
  | 'rollover' // VEE-008: believed, noted
  | 'no-previous' // VEE-014: nothing to compare with
  | 'zero' // VEE-015
  | 'high' // VEE-011
  | 'low' // VEE-012
  | 'unusual' // VEE-013
  | 'multiplier' // VEE-017
  | 'same-use' // VEE-017
  | 'misread' // VEE-038: a neighbouring value would fit
  | 'estimates' // VEE-018
  | 'closed-use' // VEE-016
  | 'vacant-use' // VEE-016
  | 'fire-flow' // VEE-031
  | 'swapped' // VEE-037

/** `stop`: never billed before a person decides (VEE-021). `look`: ranked by what is at stake. `note`: kept, not asked. */
export type Severity = 'note' | 'look' | 'stop'

export type Suggestion =
  | { readonly act: 'accept' | 're-read' | 'estimate' | 'exchange' | 'field-check' }
  | { readonly act: 'correct'; readonly value: number }

/** VEE-009: what a read below the last one could be, with what each reading of it would cost. Most likely first. */
export type CandidateCause = 'rollover' | 'misread' | 'last-misread' | 'swapped-meter' | 'estimate-too-high'
export type NegativeCandidate = {
  readonly cause: CandidateCause
  /** Null: cannot be said. */
  readonly gallons: number | null
  /** Share of belief, 0 to 1, rounded to hundredths; the candidates of one read sum to about 1. */
  readonly plausibility: number
  /** What the use would be billed at (volume charges). */
  readonly cents: Cents | null
  /** The value that would be right, where the cause names one. */
  readonly value: number | null
}

/** Facts for the sentence; gallons are whole, days are day numbers. */
export type FindingFacts = Readonly<Record<string, number | string | null | readonly NegativeCandidate[]>>

export type Finding = {
  readonly code: FindingCode
  readonly rule: string // VEE-…
  readonly severity: Severity
  readonly blocksBilling: boolean
  readonly measured: number
  readonly limit: number | null
  /** The unit of `measured` and `limit`. */
  readonly unit: 'gallons' | 'gallons a day' | 'days' | 'reads' | 'times' | 'dial'
  readonly dollarsAtStake: Cents // in cents
  readonly suggestion: Suggestion
  readonly facts: FindingFacts
}

export type Judged = {
  /** Use since the last value; null when it cannot be said (negative, no previous). */
  readonly gallons: number | null
  /** The register passed zero, plausibly (VEE-008). */
  readonly passedZero: boolean
  readonly expectedGallons: number | null
  /** What is usual for these days, in gallons. */
  readonly bandLow: number | null
  readonly bandHigh: number | null
  /** The gravest first. */
  readonly findings: readonly Finding[]
}
