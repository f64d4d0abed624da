import { type KeyboardEvent, useEffect, useId, useState } from 'react'

type ActiveOption<T> = { options: readonly T[]; onChoose: (option: T, event: KeyboardEvent) => void }

/**
 * An input that commands a list below it (the combobox pattern): arrows move, Enter chooses, the focus stays in the
 * input. `option(i)`, `input` and `select` are what ears need.
 */
export function useActiveOption<T>({ options, onChoose }: ActiveOption<T>) {
  const listId = useId()
  const [active, setActive] = useState(0)
  const at = Math.min(active, Math.max(0, options.length - 1))
  const idOf = (index: number) => `${listId}-${index}`
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [listId, at])
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const last = options.length - 1
    if (event.key === 'ArrowDown') setActive(at >= last ? 0 : at + 1)
    else if (event.key === 'ArrowUp') setActive(at <= 0 ? Math.max(0, last) : at - 1)
    else if (event.key === 'Enter' && options[at] !== undefined) onChoose(options[at], event)
    else return false
    event.preventDefault()
    return true
  }
  return {
    listId,
    active: at,
    setActive,
    onKeyDown,
    input: {
      'aria-autocomplete': 'list' as const,
      'aria-controls': listId,
      'aria-activedescendant': options.length > 0 ? idOf(at) : undefined,
    },
    select: {
      'aria-controls': listId,
      'aria-activedescendant': options.length > 0 ? idOf(at) : undefined,
    },
    option: (index: number) => ({
      id: idOf(index),
      'aria-selected': index === at,
      className: index === at ? 'cs-option cs-option-active' : 'cs-option',
      onMouseMove: () => setActive(index),
    }),
  }
}
