/** What is typed into the contact in hand and not sent yet; in memory, so that walking to another page keeps it. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { useCallback, useSyncExternalStore } from 'react'
import type { ContactInHand } from './in-hand.ts'

export type Outcome = NonNullable<ContactInHand['outcome']>
export type Draft = {
  /** Null: untouched, the drafted note stands. */
  readonly note: string | null
  readonly reason: string | null
  readonly outcome: Outcome | null
  readonly isComplaint: boolean | null
  readonly followUp: { readonly title: string; readonly dueOn: LocalDate | null } | null
}

const untouched: Draft = { note: null, reason: null, outcome: null, isComplaint: null, followUp: null }
let drafts: Readonly<Record<string, Draft>> = {}
const listeners = new Set<() => void>()

function publish(next: typeof drafts): void {
  drafts = next
  for (const listener of listeners) listener()
}

export function forgetDraft(contactId: string): void {
  const { [contactId]: _, ...rest } = drafts
  publish(rest)
}

export function useDraft(contactId: string): [Draft, (change: Partial<Draft>) => void] {
  const draft = useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => drafts[contactId] ?? untouched,
  )
  const change = useCallback(
    (part: Partial<Draft>) =>
      publish({ ...drafts, [contactId]: { ...(drafts[contactId] ?? untouched), ...part } }),
    [contactId],
  )
  return [draft, change]
}

/** What will be saved: typed words first, then what the server kept, then what it suggests. */
export function effective(draft: Draft, contact: ContactInHand) {
  return {
    note: draft.note ?? contact.note ?? contact.draftNote,
    reason: draft.reason ?? contact.reason ?? contact.suggestedReason,
    outcome:
      draft.outcome ??
      (draft.followUp ? ('follow-up' as const) : (contact.outcome ?? contact.suggestedOutcome)),
    isComplaint: draft.isComplaint ?? contact.isComplaint,
    isDrafted: draft.note === null && contact.note === null,
  }
}
