import { addDays, localDate } from '@curbstop/kernel/dates'
import type { PersonId } from '@curbstop/kernel/ids'
import { describe, expect, test } from 'vitest'
import type { Calendar } from '../policy/domain.ts'
import {
  checkPeriod,
  decideDueOn,
  decideReview,
  type Task,
  type Worker,
  whyNotAnswer,
  whyNotFinish,
  whyNotTake,
  whyNotWork,
} from './domain/index.ts'

const person = (id: number, name = `person ${id}`) => ({ personId: BigInt(id) as PersonId, name })
const worker = (id: number, level: Worker['level'], supervises = false): Worker => ({
  ...person(id),
  level,
  supervises,
})
const task = (change: Partial<Task> = {}): Task => ({
  kind: 'follow-up',
  owner: null,
  createdBy: person(11),
  doneBy: null,
  queueName: 'Ask a senior',
  queueLevel: 'senior',
  ...change,
})

describe('whose task it is', () => {
  test('a queue’s work is for its level and above', () => {
    expect(whyNotWork(task(), worker(14, 'senior'))).toBeNull()
    expect(whyNotWork(task(), worker(15, 'supervisor'))).toBeNull()
    expect(whyNotWork(task(), worker(12, 'advisor'))?.message).toBe(
      'Work of the queue Ask a senior is for Seniors and above.',
    )
    expect(whyNotWork(task({ queueName: 'Dispatch', queueLevel: null }), worker(16, null))).toBeNull()
  })

  test('an owner’s work is the owner’s, and the supervisor’s', () => {
    const owned = task({ owner: person(12, 'Maya Chen') })
    expect(whyNotWork(owned, worker(12, 'advisor'))).toBeNull()
    expect(whyNotWork(owned, worker(14, 'senior'))?.message).toMatch(/is with Maya Chen/)
    expect(whyNotWork(owned, worker(15, 'supervisor', true))).toBeNull()
  })

  test('what is closed is closed', () => {
    expect(whyNotWork(task({ doneBy: person(14, 'Ruth') }), worker(15, 'supervisor', true))?.code).toBe(
      'desk.task-done',
    )
  })
})

describe('nobody judges their own work (AUTH-025)', () => {
  const review = task({ kind: 'review', createdBy: person(14) })
  test('not by taking it', () => {
    expect(whyNotTake(review, worker(14, 'senior'))?.code).toBe('desk.own-work')
    expect(whyNotTake(review, worker(15, 'supervisor', true))).toBeNull()
    expect(whyNotTake(task({ createdBy: person(14) }), worker(14, 'senior'))).toBeNull()
  })

  test('and a junior does not approve what a senior proposes', () => {
    const approval = task({ kind: 'approval', owner: person(12), createdBy: person(14) })
    const end = { outcome: 'approved', makerLevel: 'senior' } as const
    expect(whyNotFinish(approval, worker(12, 'advisor'), end)?.code).toBe('desk.junior')
    expect(whyNotFinish(approval, worker(15, 'supervisor', true), end)).toBeNull()
  })

  test('an approval ends with a yes or a no, never with “done”', () => {
    const approval = task({ kind: 'approval', owner: person(14), createdBy: person(12) })
    const end = { outcome: 'done', makerLevel: 'advisor' } as const
    expect(whyNotFinish(approval, worker(14, 'senior'), end)?.message).toMatch(/approved, declined/)
  })

  test('a question is answered by somebody else', () => {
    const question = task({ kind: 'question' })
    expect(whyNotAnswer(question, worker(14, 'senior'))).toBeNull()
    expect(whyNotAnswer(task(), worker(14, 'senior'))?.code).toBe('desk.not-a-question')
    const own = task({ kind: 'question', createdBy: person(14) })
    expect(whyNotAnswer(own, worker(14, 'senior'))?.code).toBe('desk.own-question')
  })
})

describe('due dates', () => {
  const hours = { opensAt: '08:00', closesAt: '17:00' }
  const calendar: Calendar = {
    week: [null, hours, hours, hours, hours, hours, null],
    days: new Map([[localDate('2026-11-26'), { name: 'Thanksgiving', hours: null }]]),
  }
  const today = localDate('2026-11-23')
  const due = (on: string) => decideDueOn(localDate(on), today, calendar)

  test('fall on a day on which somebody is there', () => {
    expect(due('2026-11-23')).toBe('2026-11-23')
    expect(due('2026-11-26')).toBe('2026-11-27')
    expect(due('2026-11-28')).toBe('2026-11-30')
  })

  test('are not in the past and not beyond a year', () => {
    expect(() => due('2026-11-22')).toThrow(/is past/)
    expect(() => due('2028-01-01')).toThrow(/more than a year/)
  })

  test('a period ends after it begins', () => {
    expect(() => checkPeriod(today, today)).toThrow(/ends before it begins/)
    expect(() => checkPeriod(today, null)).not.toThrow()
  })
})

describe('review of an Assistant’s work (AUTH-027)', () => {
  const rules = { firstDays: 90, firstShare: 100, laterShare: 20 }
  const since = localDate('2026-06-01')
  const picked = (day: number, pieces: number) =>
    Array.from({ length: pieces }, (_, i) => BigInt(i + 1)).filter(number =>
      decideReview(rules, { since, on: addDays(since, day), number }),
    ).length

  test('everything in the first 90 days', () => {
    expect(picked(0, 50)).toBe(50)
    expect(picked(89, 50)).toBe(50)
  })

  test('exactly a fifth after that, evenly spread', () => {
    expect(picked(90, 100)).toBe(20)
    expect(picked(400, 5)).toBe(1)
    expect(picked(400, 4)).toBe(0)
  })
})
