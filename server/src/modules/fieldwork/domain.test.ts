import { type Instant, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import type { Calendar } from '../policy/domain.ts'
import { calculateDue, type DueRule } from './domain/due.ts'
import { checkResult, outcomeLabel, outcomesOf } from './domain/results.ts'
import { canMove, isOpen, type OrderState, withdrawn } from './domain/states.ts'

const code = (work: () => unknown): string | undefined => {
  try {
    work()
  } catch (error) {
    return (error as { code?: string }).code
  }
  return undefined
}
const states: OrderState[] = [
  'ready',
  'assigned',
  'dispatched',
  'en-route',
  'on-site',
  'completed',
  'unable',
  'cancelled',
  'pulled',
]

test('SO-031: what has ended stays ended, and nothing is done that nobody owns', () => {
  for (const from of states) {
    for (const to of states) {
      if (!isOpen(from)) expect(canMove(from, to)).toBe(false)
    }
  }
  expect(canMove('ready', 'completed')).toBe(false)
  expect(canMove('ready', 'dispatched')).toBe(false)
  expect(canMove('on-site', 'completed')).toBe(true)
  expect(canMove('assigned', 'assigned')).toBe(true) // to somebody else
  for (const from of states.filter(isOpen)) expect(canMove(from, withdrawn(from))).toBe(true)
})

const hours = { opensAt: '08:00', closesAt: '17:00' }
const calendar: Calendar = {
  week: [null, hours, hours, hours, hours, hours, null],
  days: new Map([[localDate('2026-11-26'), { name: 'Thanksgiving', hours: null }]]),
}
const rule: DueRule = {
  emergencyMinutes: 30,
  urgentHours: 4,
  routineDays: 1,
  scheduledDays: 5,
  cutOff: '15:30',
}
const due = (priority: number, now: string, more: { wantedOn?: LocalDate; wantedTo?: string } = {}) =>
  calculateDue(
    {
      priority,
      now: now as Instant,
      today: localDate(now.slice(0, 10)),
      timeZone: 'America/Los_Angeles',
      wantedOn: more.wantedOn ?? null,
      wantedTo: more.wantedTo ?? null,
    },
    rule,
    calendar,
  )

test('SO-028: no water is half an hour, a leak check the next working day, over the holiday too', () => {
  expect(due(0, '2026-11-23T18:00:00Z')).toBe('2026-11-23T18:30:00.000Z')
  expect(due(1, '2026-11-23T18:00:00Z')).toBe('2026-11-23T22:00:00.000Z')
  expect(due(2, '2026-11-23T18:00:00Z')).toBe('2026-11-24T01:00:00.000Z') // today at five
  expect(due(2, '2026-11-23T23:45:00Z')).toBe('2026-11-25T01:00:00.000Z') // after 15:30: tomorrow
  expect(due(3, '2026-11-25T18:00:00Z')).toBe('2026-11-28T01:00:00.000Z') // Thanksgiving is no working day
  expect(due(4, '2026-11-23T18:00:00Z')).toBe('2026-12-02T01:00:00.000Z')
})

test('the day and window a customer chose are the promise', () => {
  const wantedOn = localDate('2026-12-03')
  expect(due(3, '2026-11-23T18:00:00Z', { wantedOn })).toBe('2026-12-04T01:00:00.000Z')
  expect(due(3, '2026-11-23T18:00:00Z', { wantedOn, wantedTo: '10:00' })).toBe('2026-12-03T18:00:00.000Z')
  expect(due(0, '2026-11-23T18:00:00Z', { wantedOn })).toBe('2026-11-23T18:30:00.000Z')
})

const result = { outcome: 'no-leak', leftStatus: 'on' as const, meterSerialSeen: 'B1', readValue: 12n }

test('an order does not end without what it was sent for', () => {
  expect(checkResult('LEAK', true, result).label).toMatch(/No leak/)
  expect(code(() => checkResult('LEAK', true, { ...result, readValue: undefined }))).toBe(
    'fieldwork.read-needed',
  )
  expect(code(() => checkResult('LEAK', true, { ...result, meterSerialSeen: undefined }))).toBe(
    'fieldwork.serial-needed',
  )
  expect(code(() => checkResult('PRES', false, { outcome: 'pressure-low', leftStatus: 'on' }))).toBe(
    'fieldwork.psi-needed',
  )
  expect(code(() => checkResult('LEAK', true, { ...result, outcome: 'flushed' }))).toBe(
    'fieldwork.unknown-outcome',
  )
})

test('SO-025: with flow at a turn-on the water is not left on', () => {
  const flow = { ...result, outcome: 'flow-found' }
  expect(code(() => checkResult('TON', true, flow))).toBe('fieldwork.left-status-wrong')
  expect(checkResult('TON', true, { ...flow, leftStatus: 'off' }).code).toBe('flow-found')
})

test('every outcome has words, and no two of a kind the same', () => {
  for (const list of Object.values(outcomesOf)) {
    expect(new Set(list.map(one => one.label)).size).toBe(list.length)
  }
  expect(outcomeLabel('LEAK', 'no-access')).toBe('Unable: no access')
})
