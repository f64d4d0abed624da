import type { ReactNode } from 'react'

export type SortKey = string | number | bigint | boolean | null | undefined

export type Column<Row> = {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  /** Numbers and money stand at the end of their column, under an end-aligned heading. */
  align?: 'start' | 'end'
  /** What the column sorts by; without it the heading is not a button. */
  sort?: (row: Row) => SortKey
  /** What goes into the CSV, and to ears when a row is named; the column is left out of the CSV without it. */
  text?: (row: Row) => string | number | bigint
  width?: string
  /** Takes the room that is left. */
  grow?: boolean
  wrap?: boolean
  footer?: ReactNode
}

export type Sort = { column: string; direction: 'ascending' | 'descending' }

/** Nulls last in either direction; text as people sort it (`A-9` before `A-10`). Stable. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | null,
): Row[] {
  const key = sort && columns.find(column => column.id === sort.column)?.sort
  if (!sort || !key) return [...rows]
  const sign = sort.direction === 'ascending' ? 1 : -1
  const text = new Intl.Collator('en-US', { numeric: true, sensitivity: 'base' })
  return rows
    .map(row => ({ row, key: key(row) }))
    .sort((a, b) => {
      if (a.key == null || b.key == null) return Number(a.key == null) - Number(b.key == null)
      if (typeof a.key === 'string' && typeof b.key === 'string') return sign * text.compare(a.key, b.key)
      return a.key === b.key ? 0 : a.key < b.key ? -sign : sign
    })
    .map(entry => entry.row)
}

export type RowWindow = { first: number; last: number; before: number; after: number }

/** The rows in sight of a scrolled table plus some on either side, and the room of the rest in pixels. */
export function rowsInSight(total: number, scroll: { top: number; height: number; row: number }): RowWindow {
  const spare = 12
  const first = Math.max(0, Math.min(total, Math.floor(scroll.top / scroll.row)) - spare)
  const last = Math.min(total, Math.ceil((scroll.top + scroll.height) / scroll.row) + spare)
  return { first, last, before: first * scroll.row, after: Math.max(0, total - last) * scroll.row }
}
