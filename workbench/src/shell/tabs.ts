/**
 * Open accounts as tabs. Only ids are kept (in the tab's session storage), never a name: a reload loses nothing, and
 * nothing private stays in the browser.
 */
import { useSyncExternalStore } from 'react'

export type OpenTab = { readonly accountId: string; readonly unsaved: boolean }

const storeKey = 'curbstop.tabs'
const most = 12
let tabs: readonly OpenTab[] = read()
const listeners = new Set<() => void>()

function read(): readonly OpenTab[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storeKey) ?? '[]')
    return Array.isArray(kept)
      ? kept
          .filter((id): id is string => typeof id === 'string' && /^\d{1,18}$/.test(id))
          .map(accountId => ({ accountId, unsaved: false }))
      : []
  } catch {
    return []
  }
}

function publish(next: readonly OpenTab[]): void {
  tabs = next
  sessionStorage.setItem(storeKey, JSON.stringify(next.map(tab => tab.accountId)))
  for (const listener of listeners) listener()
}

export function openTab(accountId: string): void {
  if (tabs.some(tab => tab.accountId === accountId)) return
  const kept = tabs.length >= most ? tabs.filter((tab, at) => at > 0 || tab.unsaved) : tabs
  publish([...kept, { accountId, unsaved: false }])
}

export function closeTab(accountId: string): void {
  publish(tabs.filter(tab => tab.accountId !== accountId))
}

export function markUnsaved(accountId: string, unsaved: boolean): void {
  if (!tabs.some(tab => tab.accountId === accountId && tab.unsaved !== unsaved)) return
  publish(tabs.map(tab => (tab.accountId === accountId ? { ...tab, unsaved } : tab)))
}

export function forgetTabs(): void {
  publish([])
}

export function useTabs(): readonly OpenTab[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => tabs,
  )
}
