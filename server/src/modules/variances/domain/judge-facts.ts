/** What a request is judged by, and the shape of what a rule says. */
import { formatDay, type LocalDate } from '@curbstop/kernel/dates'
import type { Draft } from './draft.ts'
import type { VariancePolicy } from './policy.ts'
import type { GrantInput } from './words.ts'

export type Answer = 'met' | 'missing' | 'refused' | 'note'
export type RuleAnswer = {
  readonly code: string
  readonly name: string
  readonly answer: Answer
  readonly says: string
  readonly citation: string
}

export type JudgeFacts = {
  readonly draft: Draft
  readonly today: LocalDate
  readonly requestedOn: LocalDate
  readonly account: { readonly isOpen: boolean; readonly openedOn: LocalDate; readonly isBusiness: boolean }
  readonly place: {
    readonly irrigatedSqft: number
    readonly dwellingUnits: number
    readonly lotSqft: number | null
  }
  /** What the account's rate can take; `area` where it has a landscape budget. */
  readonly takes: ReadonlySet<GrantInput | 'area'>
  readonly personsNow: number
  /** Another of this kind: waiting since, or counting until. */
  readonly activeUntil: LocalDate | null
  readonly lastPoolFillOn: LocalDate | null
  /** A Supervisor may let a variance begin in the past (WB-034). */
  readonly mayBackdate: boolean
}

export type Said = readonly [code: string, answer: Answer, says: string]
export type Judging = JudgeFacts & { readonly policy: VariancePolicy }

export const dayText = (on: LocalDate, { today }: Judging): string => formatDay(on, today)
