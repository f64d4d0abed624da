/**
 * The registry of keys: single keys and `g x` chords, off while typing. A page registers what it offers while it is
 * shown; the palette (Ctrl K) and the key sheet (?) are printed from the same list.
 */
import { useEffect, useSyncExternalStore } from 'react'
import { tinykeys } from 'tinykeys'

export type Deed = {
  readonly id: string
  readonly title: string
  /** As tinykeys spells it: 'e', 'g t', '$mod+k'. */
  readonly keys?: string
  readonly section: string
  readonly run: () => void
  /** The sentence why it cannot be done now. */
  readonly blocked?: string
  /** Also while the cursor stands in a field (only for chords with a modifier). */
  readonly whileTyping?: boolean
}

let deeds: readonly Deed[] = []
const listeners = new Set<() => void>()
const publish = (next: readonly Deed[]) => {
  deeds = next
  for (const listener of listeners) listener()
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null
  if (!target) return false
  return (
    target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.getAttribute('role') === 'textbox'
  )
}

const isDialogOpen = () => document.querySelector('[role="dialog"],[role="alertdialog"]') !== null

/** Offers deeds while the component is shown. The newest registration of a key wins. */
export function useDeeds(offered: readonly Deed[]): void {
  // Deeds close over fresh values at every render; identity is by id and state.
  const signature = offered.map(d => `${d.id}|${d.keys}|${d.title}|${d.blocked ?? ''}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `signature` stands for `offered`
  useEffect(() => {
    publish([...deeds, ...offered])
    const bindings: Record<string, (event: KeyboardEvent) => void> = {}
    for (const deed of offered) {
      if (!deed.keys) continue
      bindings[deed.keys] = event => {
        if (!deed.whileTyping && (isTyping(event) || isDialogOpen())) return
        if (deed.blocked || event.defaultPrevented) return
        event.preventDefault()
        deed.run()
      }
    }
    const unbind = tinykeys(window, bindings)
    return () => {
      unbind()
      publish(deeds.filter(d => !offered.includes(d)))
    }
  }, [signature])
}

export function useAllDeeds(): readonly Deed[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => deeds,
  )
}
