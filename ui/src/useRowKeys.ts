import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'

type RowKeys<Row> = {
  scroller: RefObject<HTMLElement | null>
  rows: readonly Row[]
  open: (row: Row) => void
  select: (row: Row) => void
  close: () => void
  /** Brings a row that is not drawn into sight before it can be focused. */
  reveal: (index: number) => void
}

const pageOfRows = 12

function target(key: string, at: number, last: number): number | null {
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return Math.min(last, at + 1)
    case 'k':
    case 'ArrowUp':
      return Math.max(0, at - 1)
    case 'PageDown':
      return Math.min(last, at + pageOfRows)
    case 'PageUp':
      return Math.max(0, at - pageOfRows)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

/** j k arrows Page Home End move, Enter opens, x and Space select, Esc folds; nothing while a field has the focus. */
export function useRowKeys<Row>({ scroller, rows, open, select, close, reveal }: RowKeys<Row>) {
  const [position, setFocused] = useState(0)
  const pending = useRef<number | null>(null)
  const focused = Math.min(position, Math.max(0, rows.length - 1))
  useEffect(() => {
    if (pending.current === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${pending.current}"]`)
    if (!row) return
    pending.current = null
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const element = event.target as HTMLElement
    if (event.ctrlKey || event.metaKey || event.altKey || !element.matches('tr.cs-row')) return
    const row = rows[focused]
    if (row === undefined) return
    const next = target(event.key, focused, rows.length - 1)
    if (next !== null) {
      pending.current = next
      setFocused(next)
      reveal(next)
    } else if (event.key === 'Enter') open(row)
    else if (event.key === 'x' || event.key === ' ') select(row)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    if (event.key !== 'Escape') event.stopPropagation()
  }
  return { focused, setFocused, onKeyDown }
}
