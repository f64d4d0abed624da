import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { strings } from './timeline-strings.ts'
import { isShown, kindWord, rowWords, type Say, usedBy, type Wording } from './timeline-words.ts'
import type { Period } from './use-points.ts'
import type { TimelineRow } from './view.ts'

/** The catalogue itself, read as i18next reads it. */
const say = ((key: string, values: Record<string, unknown> = {}) => {
  const text = key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], strings)
  return String(text).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))
}) as unknown as Say

const on = (text: string) => text as LocalDate
const period = { billId: 24n, toOn: on('2026-11-12'), days: 32, usageUnits: '21.6' } as unknown as Period
const wording: Wording = { say, today: on('2026-11-23'), periods: [period], billUnit: 'ccf' }
const row = (part: Partial<TimelineRow>): TimelineRow => ({
  group: 'money',
  kind: 'bill',
  on: on('2026-11-19'),
  knownAt: '2026-11-19T17:00:00Z' as Instant,
  by: null,
  cents: null,
  balanceCents: null,
  facts: {},
  ref: null,
  ...part,
})

test('a bill says how long and how much, so the advisor need not open it', () => {
  const bill = row({ facts: { dueOn: '2026-12-04' }, ref: { kind: 'bill', id: '24' } })
  expect(rowWords(bill, wording)).toBe('Bill · 32 days · 21.6 CCF · due Fri Dec 4')
})

test('a payment says how it came and where, so a caller who says “I paid” is answered at once', () => {
  const paid = (facts: TimelineRow['facts']) =>
    rowWords(row({ kind: 'payment', facts: { memo: null, ...facts } }), wording)
  expect(paid({ tender: 'cash', channel: 'counter' })).toBe('Payment · cash at the counter')
  expect(paid({ tender: 'check', channel: 'mail', reference: '1042' })).toBe(
    'Payment · check by mail · no. 1042',
  )
  expect(paid({ tender: 'card', channel: 'portal' })).toBe('Payment · card on the web')
  expect(paid({ tender: 'ach', channel: 'autopay', returned: 'R01', reversed: 'yes' })).toBe(
    'Payment · bank transfer by autopay · sent back by the bank, R01',
  )
  expect(paid({})).toBe('Payment')
})

test('a read shows its figure, how it was got and what it came to', () => {
  const facts = { value: '4182', kind: 'estimated', source: 'system', serial: '64118203', note: null }
  const read = row({ group: 'reads', kind: 'read', on: on('2026-11-12'), facts })
  expect(rowWords(read, wording)).toBe('Read 4,182 · estimated · by the system · meter 64118203')
  expect(usedBy(read, wording)).toBe('+21.6 CCF')
})

test('a code without words yet is shown as it stands instead of disappearing', () => {
  const strange = row({ kind: 'windfall', facts: { memo: 'from the board' } })
  expect(rowWords(strange, wording)).toBe('windfall · from the board')
  expect(kindWord(strange, say)).toBe('money')
})

test('among everything a thing is told once; asked for edits, each one stands', () => {
  const edit = row({ group: 'edits', kind: 'edit', facts: { duty: 'fieldwork.makeOrder' } })
  expect(isShown(edit, 'all')).toBe(false)
  expect(isShown(edit, 'edits')).toBe(true)
  const household = {
    duty: 'accounts.changeHousehold',
    changed: 'persons 3 → 4, accountId 7',
    reason: 'form 2231',
  }
  const moved = row({ group: 'edits', kind: 'edit', facts: household })
  expect(isShown(moved, 'all')).toBe(true)
  expect(rowWords(moved, wording)).toBe('Household · persons 3 → 4 · form 2231')
})
