import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import type { Calendar } from '../../policy/domain.ts'
import { type ContactState, checkFollowUp, checkIsDraft, complaintDue, daysLeft, maySee } from './contact.ts'

const on = localDate
const open = { opensAt: '08:00', closesAt: '17:00' }
const calendar: Calendar = {
  week: [null, open, open, open, open, open, null],
  days: new Map<LocalDate, { name: string; hours: null }>([
    [on('2026-11-26'), { name: 'Thanksgiving', hours: null }],
  ]),
}
const draft: ContactState = {
  personId: 11n,
  personName: 'Ann',
  savedAt: null,
  discardedAt: null,
  version: 1,
  changedAt: null,
  changedBy: null,
}
const ann = { personId: 11n, isSupervisor: false }
const bob = { personId: 12n, isSupervisor: false }

test('the clock of a complaint runs on open days only (CON-001)', () => {
  expect(complaintDue(calendar, on('2026-11-23'), 5)).toBe('2026-12-01') // over Thanksgiving and a weekend
  expect(daysLeft(calendar, on('2026-11-23'), on('2026-12-01'))).toBe(5)
  expect(daysLeft(calendar, on('2026-12-01'), on('2026-12-01'))).toBe(0)
  expect(daysLeft(calendar, on('2026-12-03'), on('2026-12-01'))).toBe(-2)
})

test('a draft is its writer’s and the supervisor’s, and for others it does not exist', () => {
  expect([maySee(draft, ann), maySee(draft, bob), maySee(draft, { ...bob, isSupervisor: true })]).toEqual([
    true,
    false,
    true,
  ])
  expect(() => checkIsDraft(draft, bob)).toThrow('There is no such contact.')
  const saved = { ...draft, savedAt: '2026-11-23T18:00:00Z' as never }
  expect(() => checkIsDraft(saved, bob)).toThrow(/^Ann began this contact/)
  expect(() => checkIsDraft(saved, ann)).toThrow(/already saved/)
})

test('a promised follow-up has a date that is not past, or it is forgotten', () => {
  const today = on('2026-11-23')
  expect(() => checkFollowUp('follow-up', null, today)).toThrow(/by when/)
  expect(() => checkFollowUp('resolved', { dueOn: on('2026-11-22') }, today)).toThrow(/today or later/)
  expect(() => checkFollowUp('follow-up', { dueOn: today }, today)).not.toThrow()
})
