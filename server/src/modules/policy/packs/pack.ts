import type { LocalDate } from '@curbstop/kernel/dates'

/** A rule as shipped, before a district adopts it: a `Rule` without its id, in force until something else is adopted. */
export type PackRule = {
  readonly code: string
  readonly name: string
  readonly text: string
  readonly value: unknown
  readonly unit: string | null
  readonly authority: 'LAW' | 'NET' | 'STD' | 'DIST' | 'PROD'
  readonly citation: string
  readonly effectiveFrom: LocalDate
}
