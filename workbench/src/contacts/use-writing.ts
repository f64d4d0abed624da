/** Keeps what is typed and what was done, quietly and in batches, for the contact in hand. */
import { contacts } from '@curbstop/server/contract/staff'
import { useEffect, useRef } from 'react'
import { call } from '../shell/call.ts'
import { markUnsaved } from '../shell/tabs.ts'
import type { Draft } from './draft.ts'
import { type ContactInHand, useKeepContact } from './in-hand.ts'
import { giveBack, onStep, takeSteps } from './steps.ts'

const stepsRestMs = 1200
const typingRestMs = 900

/** Sends steps of the contact's account; the answer redraws the drafted note. */
export function useStepSending(contact: ContactInHand): void {
  const keep = useKeepContact()
  const { contactId, accountId } = contact
  useEffect(() => {
    if (accountId === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const send = async () => {
      const steps = takeSteps(String(contactId), accountId)
      if (steps.length === 0) return
      try {
        keep(contactId, await call(contacts.noteSteps, { contactId, steps }))
      } catch {
        giveBack(String(contactId), accountId, steps)
      }
    }
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(send, stepsRestMs)
    }
    soon()
    const stop = onStep(soon)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [contactId, accountId, keep])
}

/** Keeps typed words a moment after the last key; `settle` waits until everything is kept and says the version. */
export function useDraftKeeping(contact: ContactInHand, draft: Draft) {
  const keep = useKeepContact()
  const running = useRef<Promise<unknown>>(Promise.resolve())
  const { contactId } = contact
  const { note, reason, isComplaint } = draft
  const send = async () => {
    const answer = await call(contacts.keepDraft, {
      contactId,
      note: note ?? contact.note ?? '',
      ...(reason ? { reason } : {}),
      ...(isComplaint === null ? {} : { isComplaint }),
    })
    keep(contactId, { version: answer.version })
    return answer.version
  }
  const latest = useRef(send)
  latest.current = send
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new word, reason or tick starts the wait again
  useEffect(() => {
    if (note === null && reason === null && isComplaint === null) return
    const timer = setTimeout(() => {
      running.current = latest.current().catch(() => undefined)
    }, typingRestMs)
    return () => clearTimeout(timer)
  }, [contactId, note, reason, isComplaint])
  return async () => {
    await running.current
    return latest.current()
  }
}

/** The dot on the account's tab while its contact is not saved. */
export function useUnsavedDot(contact: ContactInHand): void {
  const account = contact.accountId === null ? null : String(contact.accountId)
  useEffect(() => {
    if (account === null) return
    markUnsaved(account, true)
    return () => markUnsaved(account, false)
  }, [account])
}
