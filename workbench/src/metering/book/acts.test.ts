import { expect, test } from 'vitest'
import { nextOf, type Rights, suggestedAct, type WhyWords, whyNot } from './acts.ts'
import type { ExceptionView } from './shapes.ts'

const words: WhyWords = {
  judge: 'judge',
  order: 'order',
  contact: 'contact',
  decided: 'decided',
  negative: 'negative',
  noRead: 'noRead',
  noEstimate: 'noEstimate',
  noValue: 'noValue',
  nobody: 'nobody',
  waitsOrder: order => `waits ${order}`,
}
const all: Rights = { judge: true, order: true, contact: true }
const view = {
  accountId: 1n,
  decided: null,
  waitingOrderId: null,
  readId: 1n,
  value: 5n,
  previous: { value: 9n },
  findings: [{ kind: 'high', suggestion: 're-read' }],
  estimate: { value: 10n },
} as unknown as ExceptionView

test('an Assistant hears who decides, and may still send somebody', () => {
  const assistant = { ...all, judge: false }
  expect(whyNot('accepted', view, assistant, words)).toBe('judge')
  expect(whyNot('RRD', view, assistant, words)).toBeNull()
})

test('a read that can never be billed is not accepted as it stands', () => {
  const negative = { ...view, findings: [{ kind: 'negative', suggestion: 're-read' }] } as never
  expect(whyNot('accepted', negative, all, words)).toBe('negative')
  expect(whyNot('RRD', negative, all, words)).toBeNull()
  expect(suggestedAct(negative)).toBe('RRD')
})

test('nobody is sent twice, and nothing is decided twice', () => {
  expect(whyNot('RRD', { ...view, waitingOrderId: 7n } as never, all, words)).toBe('waits 7')
  expect(whyNot('accepted', { ...view, decided: {} } as never, all, words)).toBe('decided')
})

test('a register that moved forward is not said to have passed zero', () => {
  expect(whyNot('rollover', view, all, words)).toBeNull()
  expect(whyNot('rollover', { ...view, value: 12n } as never, all, words)).toBe('noValue')
})

test('an estimate is offered only where there is something to go by', () => {
  expect(whyNot('estimated', { ...view, estimate: null } as never, all, words)).toBe('noEstimate')
})

test('the next read opens by itself, the one above at the end of the list', () => {
  const lines = [1n, 2n, 3n].map(exceptionId => ({ exceptionId })) as never
  expect(nextOf(lines, new Set([1n]), 1n)).toBe(2n)
  expect(nextOf(lines, new Set([3n]), 3n)).toBe(2n)
  expect(nextOf(lines, new Set([2n, 3n]), 2n)).toBe(1n)
  expect(nextOf(lines, new Set([1n, 2n, 3n]), 2n)).toBeNull()
})
