/** One story from many departments: what happened, newest first, as it was known on a day. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { Cents } from '@curbstop/kernel/money'

export type TimelineGroup = 'money' | 'reads' | 'orders' | 'contacts' | 'edits'

export type TimelineRow = {
  group: TimelineGroup
  kind: string
  /** The day it counts for. */
  on: LocalDate
  /** When the district learned of it; an as-of date shows nothing learned later. */
  knownAt: Instant
  by: string | null
  cents: Cents | null
  balanceCents: Cents | null
  facts: Record<string, string | null>
  ref: { kind: string; id: string } | null
}

/** Newest day first; on one day the latest knowledge first. Rows of other groups are left out. */
export function arrangeTimeline(
  rows: readonly TimelineRow[],
  group: TimelineGroup | undefined,
): TimelineRow[] {
  return rows
    .filter(row => group === undefined || row.group === group)
    .toSorted((a, b) => (a.on === b.on ? (a.knownAt < b.knownAt ? 1 : -1) : a.on < b.on ? 1 : -1))
}

const shownLength = 80

/** `persons 3 → 4, evidence application form → lease`: fields that changed, shortened for a line. */
export function changedFields(before: unknown, after: unknown): string {
  const [old, now] = [recordOf(before), recordOf(after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    name => text(old[name]) !== text(now[name]),
  )
  return names
    .map(name =>
      name in old ? `${name} ${text(old[name])} → ${text(now[name])}` : `${name} ${text(now[name])}`,
    )
    .join(', ')
}

const recordOf = (value: unknown): Record<string, unknown> =>
  value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

function text(value: unknown): string {
  if (value === undefined || value === null) return '–'
  const plain = typeof value === 'string' ? value : JSON.stringify(value)
  return plain.length > shownLength ? `${plain.slice(0, shownLength - 1)}…` : plain
}
