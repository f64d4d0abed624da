/** Titles of open accounts: asked for when shown, never kept in the browser. */
import { asId } from '@curbstop/kernel/ids'
import { accounts } from '@curbstop/server/contract/staff'
import { useEffect, useSyncExternalStore } from 'react'
import { useAsk } from '../shell/ask.ts'

let titles: Readonly<Record<string, string>> = {}
const listeners = new Set<() => void>()

export function useTabTitles(): Readonly<Record<string, string>> {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => titles,
  )
}

export function AccountTabTitle({ accountId }: { accountId: string }) {
  const card = useAsk(
    accounts.getAccountCard,
    { accountId: asId<'account'>(accountId) },
    { staleTime: 300_000 },
  )
  const title = card.data ? `${card.data.number} ${shortName(card.data.customerName)}` : undefined
  useEffect(() => {
    if (!title) return
    titles = { ...titles, [accountId]: title }
    for (const listener of listeners) listener()
  }, [title, accountId])
  return null
}

/** A family name, or the first words of a firm. */
function shortName(name: string): string {
  const words = name.split(' ')
  return words.length === 2 ? words[1]! : name.length > 18 ? `${name.slice(0, 17)}…` : name
}
