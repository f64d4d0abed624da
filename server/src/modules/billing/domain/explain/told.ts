import type { LocalDate } from '@curbstop/kernel/dates'
import type { BillId } from '@curbstop/kernel/ids'
import type { Cents } from '@curbstop/kernel/money'
import type { BillUnit } from '@curbstop/kernel/quantity'

export type FigureText = { readonly name: string; readonly value: string; readonly unit: string | null }

export type DeltaCode =
  | 'days'
  | 'use'
  | 'tier'
  | 'persons'
  | 'area'
  | 'weather'
  | 'rates'
  | 'sewer-average'
  | 'service'
  | 'other'

export type BillDelta = {
  readonly code: DeltaCode
  readonly label: string
  readonly cents: Cents
  readonly sentence: string
  readonly arithmetic: string
  readonly figures: FigureText[]
  readonly citation: string | null
  /** For customers: a template's key and its values; correspondence has the words in English and Spanish. */
  readonly told: { readonly key: string; readonly values: Record<string, string> }
}

type Head = {
  readonly billId: BillId
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly days: number
  readonly usageUnits: string
  readonly totalCents: Cents
}

export type Explained = {
  readonly against: 'last-bill' | 'last-year'
  readonly before: Head
  readonly now: Head
  readonly changeCents: Cents
  readonly deltas: BillDelta[]
  /** Two sentences to read aloud, and the same for a Spanish sheet. */
  readonly summary: string
  readonly summaryEs: string
  readonly isProved: boolean
}

/** What a sentence needs beside the figures: the district's unit, and where a version was adopted. */
export type Telling = {
  readonly unit: BillUnit
  cite(versionId: string): { readonly citation: string; readonly effectiveFrom: LocalDate }
}
