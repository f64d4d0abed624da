/**
 * The contact in hand: one at a time, kept while the advisor walks through pages. Only its number stays in the
 * browser (the tab's session storage); its words are on the server.
 */
import type { Output } from '@curbstop/kernel/endpoint'
import { asId, type ContactId } from '@curbstop/kernel/ids'
import { contacts } from '@curbstop/server/contract/staff'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useAsk } from '../shell/ask.ts'

export type ContactInHand = Output<typeof contacts.getContact>

const storeKey = 'curbstop.contact'
let inHand: string | null = read()
const listeners = new Set<() => void>()

function read(): string | null {
  const kept = sessionStorage.getItem(storeKey)
  return kept && /^[1-9]\d{0,17}$/.test(kept) ? kept : null
}

export function takeInHand(contactId: ContactId | null): void {
  inHand = contactId === null ? null : String(contactId)
  if (inHand === null) sessionStorage.removeItem(storeKey)
  else sessionStorage.setItem(storeKey, inHand)
  for (const listener of listeners) listener()
}

export function useInHandId(): string | null {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => inHand,
  )
}

/** The contact in hand as the server knows it; one that is gone, saved or discarded is put down. */
export function useInHand(): { contact: ContactInHand | null; isPending: boolean } {
  const id = useInHandId()
  const asked = useAsk(
    contacts.getContact,
    { contactId: asId<'contact'>(id ?? '1') },
    { enabled: id !== null, staleTime: 60_000 },
  )
  const isGone =
    id !== null && (asked.error?.status === 404 || asked.error?.status === 403 || asked.data?.savedAt != null)
  useEffect(() => {
    if (isGone) takeInHand(null)
  }, [isGone])
  return {
    contact: id !== null && !isGone && asked.data ? asked.data : null,
    isPending: id !== null && asked.isPending,
  }
}

/** Puts what a change answered in the place of what was asked. */
export function useKeepContact(): (contactId: ContactId, change: Partial<ContactInHand>) => void {
  const client = useQueryClient()
  return useCallback(
    (contactId, change) =>
      client.setQueryData<ContactInHand>([contacts.getContact.path, { contactId }], known =>
        known ? { ...known, ...change } : 'steps' in change ? (change as ContactInHand) : known,
      ),
    [client],
  )
}
