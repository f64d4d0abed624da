import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { describe, expect, test } from 'vitest'
import { draftNote, suggestOutcome, suggestReason } from './draft-note.ts'
import type { Step } from './steps.ts'

const today: LocalDate = localDate('2026-11-23')
const on = localDate
const note = (steps: Step[], reasonName: string | null = 'High bill') =>
  draftNote(steps, { reasonName, today })

const highBillCall: Step[] = [
  { kind: 'opened-account', facts: {} },
  { kind: 'verified', facts: { outcome: 'verified' } },
  { kind: 'opened-bill', facts: { billId: '31' } },
  { kind: 'looked-at-use', facts: { pattern: 'stepped-up', since: on('2026-10-03'), stays: true } },
  { kind: 'explained-bill', facts: { billId: '31' } },
  { kind: 'leak-check', facts: { result: 'suspected', fixture: 'toilet' } },
  { kind: 'order-made', facts: { orderId: '4711', what: 'Leak check', wantedOn: on('2026-11-26') } },
  { kind: 'message-sent', facts: { what: 'usage graph', channel: 'email' } },
]

describe('the note that writes itself', () => {
  test('reads like the note an advisor would have typed after a high-bill call', () => {
    expect(note(highBillCall)).toBe(
      'High bill. Use stepped up in October and stays up; explained the bill line by line; suspects toilet. ' +
        'Leak check order 4711 for Thu Nov 26. Usage graph e-mailed.',
    )
  })

  test('says a thing once, however often it was opened', () => {
    const twice = [...highBillCall, ...highBillCall]
    expect(note(twice)).toBe(note(highBillCall))
  })

  test('keeps amounts and years where a reader would ask for them', () => {
    expect(
      note([
        { kind: 'heard', facts: { words: 'nothing changed in the house.' } },
        { kind: 'looked-at-use', facts: { pattern: 'spike', since: on('2025-12-02'), stays: false } },
        { kind: 'explained-bill', facts: { fromCents: 14810n, toCents: 21240n, mostly: 'tier 3' } },
        { kind: 'what-if', facts: { what: 'four people live there', fromCents: 21240n, toCents: 17005n } },
      ]),
    ).toBe(
      'High bill. Customer says nothing changed in the house; use jumped in December 2025 and came back down; ' +
        'explained the bill line by line ($148.10 to $212.40), mostly tier 3; ' +
        'showed what if four people live there: $212.40 would be $170.05.',
    )
  })

  test('does not claim more than was done', () => {
    expect(note([{ kind: 'opened-account', facts: {} }], null)).toBe('')
    expect(note([{ kind: 'opened-bill', facts: { billId: '3' } }], 'Question about a bill')).toBe(
      'Question about a bill. Went through the bill.',
    )
    expect(note([{ kind: 'leak-check', facts: { result: 'not-done' } }], null)).toBe('')
  })

  test('tells the next reader that nobody proved who they were', () => {
    const steps: Step[] = [
      { kind: 'verified', facts: { outcome: 'unverified' } },
      { kind: 'explained', facts: { topic: 'the rates' } },
    ]
    expect(note(steps, null)).toBe('Explained the rates. Caller not verified; general information only.')
    expect(note([...steps, { kind: 'verified', facts: { outcome: 'verified' } }], null)).toBe(
      'Explained the rates.',
    )
  })

  test('the last word of a subject counts', () => {
    expect(
      note([
        { kind: 'leak-check', facts: { result: 'suspected', fixture: 'toilet' } },
        { kind: 'leak-check', facts: { result: 'found', fixture: 'irrigation' } },
      ]),
    ).toBe('High bill. Leak check found the irrigation leaking.')
  })
})

test('reason and outcome are suggested from what was done, never from a look at a page', () => {
  expect([suggestReason(highBillCall), suggestOutcome(highBillCall)]).toEqual(['high-bill', 'follow-up'])
  const stop: Step[] = [{ kind: 'service-moved', facts: { what: 'stop', on: today } }]
  expect([suggestReason(stop), suggestOutcome(stop)]).toEqual(['stop-service', 'resolved'])
  const asked: Step[] = [{ kind: 'asked-senior', facts: {} }]
  expect(suggestOutcome(asked)).toBe('referred')
  expect(suggestReason([{ kind: 'opened-account', facts: {} }])).toBeNull()
  expect(suggestOutcome([{ kind: 'opened-account', facts: {} }])).toBeNull()
})
