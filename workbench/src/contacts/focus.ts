/** Keys of a page reach into the contact panel: `c` starts, `n` writes, `t` follows up. */
export type ContactPlace = 'start' | 'note' | 'follow-up'

const listeners = new Set<(place: ContactPlace) => void>()

export function onFocusContact(listener: (place: ContactPlace) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Unfolds the right panel where it is a strip, then moves the cursor. */
export function focusContact(place: ContactPlace): void {
  const fold = document.querySelector<HTMLButtonElement>('.cs-fold')
  if (fold?.checkVisibility() && fold.getAttribute('aria-expanded') === 'false') fold.click()
  setTimeout(() => {
    for (const listener of listeners) listener(place)
  }, 30)
}

/** Focuses the field or button that carries `data-contact`. */
export function focusPlace(root: HTMLElement | null, place: string): void {
  const holder = root?.querySelector<HTMLElement>(`[data-contact="${place}"]`)
  const target = holder?.matches('input, textarea, button')
    ? holder
    : holder?.querySelector<HTMLElement>('textarea, input:not([type="radio"]), button, select')
  target?.focus()
  target?.scrollIntoView({ block: 'nearest' })
}
