/** The draft, what the server knows about it, and its rehearsal: nothing is written until the act itself. */
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { accounts } from '@curbstop/server/contract/staff'
import { useUi } from '@curbstop/ui'
import { useEffect, useMemo, useState } from 'react'
import { noteStep } from '../../contacts/steps.ts'
import { useAsk, useDo, useRehearsal } from '../../shell/ask.ts'
import type { AccountHit } from '../AccountPicker.tsx'
import {
  emptyDraft,
  inputOf,
  type Kind,
  type Known,
  type MoveDraft,
  type OccupancyInput,
  takeWanted,
} from './draft.ts'

const none = asId<'premise'>(1)

export function useMove() {
  const { today } = useUi()
  const [draft, setDraft] = useState<MoveDraft>(() => {
    const wanted = takeWanted()
    const start = emptyDraft(wanted?.kind ?? 'start', today)
    return wanted ? { ...start, account: hitOf(wanted.accountId) } : start
  })
  const set = (part: Partial<MoveDraft>) => setDraft(now => ({ ...now, ...part }))
  const card = useAsk(
    accounts.getAccountCard,
    { accountId: draft.account?.accountId ?? asId<'account'>(1) },
    { enabled: draft.kind !== 'start' && draft.account !== null },
  )
  const knownCard = useAsk(
    accounts.getAccountCard,
    { accountId: draft.known?.accountId ?? asId<'account'>(1) },
    { enabled: draft.known !== null },
  )
  const startOn = draft.kind === 'transfer' ? draft.startOn : draft.onDate
  const situation = useAsk(
    accounts.getOccupancy,
    { premiseId: draft.premise?.premiseId ?? none, ...(startOn ? { onDate: startOn } : {}) },
    { enabled: draft.kind !== 'stop' && draft.premise !== null },
  )
  const known: Known = {
    card: (draft.kind !== 'start' && draft.account && card.data) || null,
    customerId:
      draft.knownCustomer?.customerId ?? (draft.known ? (knownCard.data?.customerId ?? null) : null),
    situation: (draft.kind !== 'stop' && draft.premise && situation.data) || null,
  }
  const answer = inputOf(draft, known)
  const act = useDo(accounts.changeOccupancy)
  const isIdle = !act.isPending && !act.data
  const preview = usePreview(isIdle && 'input' in answer ? answer.input : null)
  const [touched, setTouched] = useState<readonly AccountId[]>([])
  const run = (input: OccupancyInput, after: () => void) => {
    const others = [known.card?.accountId, known.situation?.occupant?.accountId]
    setTouched(others.filter(id => id != null))
    act.mutate(input, {
      onSuccess: done => {
        noteMove(input, done.accountId)
        after()
      },
    })
  }
  const begin = (kind: Kind) => {
    act.reset()
    setDraft(now => ({ ...now, kind }))
  }
  const again = () => {
    act.reset()
    setDraft(emptyDraft(draft.kind, today))
  }
  return { draft, set, known, answer, preview, act, run, touched, begin, again, situation, card }
}

export type Move = ReturnType<typeof useMove>

/** The contact in hand writes down what was done, whichever of the accounts it is about. */
function noteMove(input: OccupancyInput, doneFor: AccountId): void {
  const on = input.kind === 'transfer' ? input.startOn : input.onDate
  const accounts = input.kind === 'transfer' ? [input.accountId, doneFor] : [doneFor]
  for (const id of accounts) noteStep(id, { kind: 'service-moved', facts: { what: input.kind, on } })
}

/** Rehearses half a second after the last key: the same command, rolled back. */
function usePreview(input: OccupancyInput | null) {
  const rehearsal = useRehearsal(accounts.changeOccupancy)
  const text = useMemo(
    () =>
      input &&
      JSON.stringify(input, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
    [input],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` stands for `input`, which is new at every render
  useEffect(() => {
    rehearsal.reset()
    if (!input) return
    const timer = setTimeout(() => rehearsal.mutate(input), 400)
    return () => clearTimeout(timer)
  }, [text])
  return rehearsal
}

/** Before its card has come an account is its number in the address only. */
function hitOf(accountId: AccountHit['accountId']): AccountHit {
  return {
    accountId,
    number: '',
    name: '…',
    address: '',
    isClosed: false,
    isMasked: false,
    matched: [],
    how: 'exact',
  }
}
