import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { arrangeTimeline, changedFields, type TimelineRow } from './domain.ts'

const row = (
  kind: string,
  on: string,
  knownAt: string,
  group: TimelineRow['group'] = 'money',
): TimelineRow => ({
  group,
  kind,
  on: on as LocalDate,
  knownAt: knownAt as Instant,
  by: null,
  cents: null,
  balanceCents: null,
  facts: {},
  ref: null,
})

test('an advisor reads the newest day first, and on one day what was learned last', () => {
  const rows = [
    row('bill', '2026-10-20', '2026-10-20T17:00:00Z'),
    row('read', '2026-11-12', '2026-11-12T17:00:00Z', 'reads'),
    row('payment', '2026-10-20', '2026-10-20T19:00:00Z'),
  ]
  expect(arrangeTimeline(rows, undefined).map(r => r.kind)).toEqual(['read', 'payment', 'bill'])
  expect(arrangeTimeline(rows, 'reads').map(r => r.kind)).toEqual(['read'])
})

test('a record edit says what changed from what to what, and nothing that stayed', () => {
  expect(changedFields({ persons: 3, note: 'a' }, { persons: 4, note: 'a' })).toBe('persons 3 → 4')
  expect(changedFields(null, { persons: 4 })).toBe('persons 4')
  expect(changedFields({ long: 'x'.repeat(200) }, { long: null }).length).toBeLessThan(120)
})
