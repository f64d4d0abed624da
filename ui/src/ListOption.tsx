import type { MouseEvent, ReactNode } from 'react'

export type ListOptionProps = {
  /** From `useActiveOption().option(index)`. */
  state: { id: string; 'aria-selected': boolean; className: string; onMouseMove: () => void }
  refused?: boolean
  onChoose: (event: MouseEvent) => void
  children: ReactNode
}

// A press must not take the focus from the input that commands the list.
const keepFocus = (event: MouseEvent) => event.preventDefault()

/** One line of a list that an input commands. */
export function ListOption({ state, refused, onChoose, children }: ListOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the input that commands the list
    <div
      {...state}
      role="option"
      tabIndex={-1}
      aria-disabled={refused || undefined}
      data-disabled={refused || undefined}
      onMouseDown={keepFocus}
      onClick={onChoose}
    >
      {children}
    </div>
  )
}
