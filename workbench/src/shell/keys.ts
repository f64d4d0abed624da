/**
 * The registry of keys: single keys and `g x` chords, off while typing. A page registers what it offers while it is
 * shown; the palette (Ctrl K) and the key sheet (?) are printed from the same list.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react'
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

/** Letters mean nothing to these: with the cursor on a tick or a choice the page's keys still work. */
const withoutLetters = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'file'])

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null
  if (!target) return false
  if (target instanceof HTMLInputElement) return !withoutLetters.has(target.type)
  return (
    target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.getAttribute('role') === 'textbox'
  )
}

const isDialogOpen = () => document.querySelector('[role="dialog"],[role="alertdialog"]') !== null

/** Offers deeds while the component is shown. What runs is always the newest closure of the deed. */
export function useDeeds(offered: readonly Deed[]): void {
  const latest = useRef(offered)
  latest.current = offered
  const signature = offered.map(d => [d.id, d.keys, d.title, d.blocked].join('|')).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `signature` stands for `offered`, whose closures change at every render
  useEffect(() => {
    const run = (id: string) => latest.current.find(deed => deed.id === id)?.run()
    const published = latest.current.map(deed => ({ ...deed, run: () => run(deed.id) }))
    publish([...deeds, ...published])
    // Its own rule drops every key pressed in a field, Ctrl+Enter and Ctrl+K too; ours asks deed by deed.
    const ignore = (event: KeyboardEvent) => event.repeat || event.isComposing
    const unbind = tinykeys(window, bindingsOf(published), { ignore })
    return () => {
      unbind()
      publish(deeds.filter(deed => !published.includes(deed)))
    }
  }, [signature])
}

/**
 * After `g` the next letter belongs to the chord, and only that one: `g t` goes to the tasks and is not `t` as well, and
 * `g u p` is not `g p`.
 */
const chordMs = 1000
let last = { key: '', at: 0 }
let isLed = false
window.addEventListener(
  'keydown',
  event => {
    isLed = last.key === 'g' && event.timeStamp - last.at < chordMs
    last = { key: isTyping(event) ? '' : event.key, at: event.timeStamp }
  },
  true,
)

function bindingsOf(published: readonly Deed[]): Record<string, (event: KeyboardEvent) => void> {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {}
  for (const deed of published) {
    if (!deed.keys) continue
    bindings[deed.keys] = event => {
      if (!deed.whileTyping && (isTyping(event) || isDialogOpen())) return
      if (deed.blocked || event.defaultPrevented) return
      if (isLed !== deed.keys?.includes(' ')) return
      event.preventDefault()
      deed.run()
    }
  }
  return bindings
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
