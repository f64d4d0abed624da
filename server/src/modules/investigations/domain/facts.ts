/** What the ranking looks at: this account's own periods, its records, and its peers. Gathered elsewhere, judged here. */
import type { LocalDate } from '@curbstop/kernel/dates'

/** One billing period, as the use chart shows it. */
export type PeriodFacts = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate // half-open
  readonly days: number
  readonly gallonsPerDay: number
  readonly readKind: 'actual' | 'estimated' | 'customer' | 'final' | null
  readonly etInchesPerDay: number | null
  readonly totalCents: bigint
}

/** How the neighbours of the same class and weather did over the same weeks. */
export type PeerFacts = {
  readonly group: string
  readonly accounts: number
  readonly gallonsPerDay: number
  readonly changeFromLast: number | null // 0.12 = twelve percent up
  readonly changeFromLastYear: number | null
}

/** What the meter's own records say about the latest period. */
export type ReadFacts = {
  readonly hasRollover: boolean
  readonly hasExchange: boolean
  /** Billing units of a one-digit slip that would explain the excess (1, 10, 100 …), or null. */
  readonly digitSlipUnits: number | null
  /** A re-read or check read after the billed one agrees with it. */
  readonly isConfirmed: boolean
  readonly hadZeroBefore: boolean
  /** The last read as written, and as it would be usual with two neighbouring digits exchanged; or null. */
  readonly exchangedDigits: { readonly written: string; readonly meant: string } | null
}

export type RankFacts = {
  /** Newest first; the first is the bill in question. */
  readonly periods: readonly PeriodFacts[]
  readonly reads: ReadFacts
  readonly peers: PeerFacts | null
  readonly irrigatedSqft: number
  readonly hasPool: boolean
  readonly occupantSince: LocalDate | null
  readonly personsBefore: number | null
  readonly personsNow: number | null
  /** By the newest note of the household, which no bill may know yet. */
  readonly personsNoted: number | null
  readonly rainInches: number | null
  readonly rainInchesLastYear: number | null
  /** Parts of the change against the last bill (or last year's, when it is compared), in cents. */
  readonly change: { total: bigint; days: bigint; ratesAndBudget: bigint } | null
  /** A neighbour whose use fell by as much as ours rose, in the same period. */
  readonly mirroredNeighbour: string | null
}

export type Baseline = {
  readonly gallonsPerDay: number
  readonly how: 'last-year' | 'last-period' | 'peers'
}
