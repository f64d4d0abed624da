import type { LocalDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { chartEvents, chartPoints, type Period, type UseWords, yearBefore } from './use-points.ts'
import type { View } from './view.ts'

const on = (text: string) => text as LocalDate
const period = (id: number, fromOn: string, toOn: string, days: number, gallonsPerDay: number): Period => ({
  billId: BigInt(id) as Period['billId'],
  fromOn: on(fromOn),
  toOn: on(toOn),
  days,
  issuedOn: on(toOn),
  dueOn: on(toOn),
  usageUnits: ((gallonsPerDay * days) / 748).toFixed(1),
  usageGallons: gallonsPerDay * days,
  gallonsPerDay,
  budgetUnits: '10',
  budgetGallonsPerDay: 240.4,
  etInches: 4.1,
  persons: 4,
  readKind: 'actual',
  totalCents: 14810n,
})
const now = period(3, '2026-10-12', '2026-11-12', 31, 430)
const before = period(2, '2026-09-11', '2026-10-12', 31, 262)
const lastYear = period(1, '2025-10-14', '2025-11-12', 29, 215)
const periods = [now, before, lastYear]
const words: UseWords = {
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  note: () => '',
  paid: () => 'paid',
  pins: { order: 'order', message: 'letter', move: 'new occupant', meter: 'meter change' },
  stepUp: day => `step up ${day}`,
}
const view = {
  billing: { billUnit: 'ccf', latest: null, periods, versusLastBill: null, versusLastYear: null, says: null },
  timing: { bills: [], onTimeCount: 0, dueCount: 0 },
  causes: { isHigh: true, steppedUpOn: on('2026-10-12') },
  timeline: [],
  meters: [],
  account: { openedOn: on('2017-03-14') },
} as unknown as View

test('last year’s grey bar is the same season, not a bill that merely lies near', () => {
  expect(yearBefore(now, periods)).toBe(lastYear)
  expect(yearBefore(before, periods)).toBeUndefined()
})

test('bars stand oldest first, and only the use after the step is marked', () => {
  const points = chartPoints(view, words)
  expect(points.map(point => point.title)).toEqual(['Oct 2025', 'Sep 2026', 'Oct 2026'])
  expect(points.map(point => point.highlighted)).toEqual([false, false, true])
  expect(points.at(-1)).toMatchObject({ value: 430, lastYear: 215, budget: 240, label: 'O' })
})

test('the step is pinned in the period it began', () => {
  expect(chartEvents(view, words)).toEqual([
    { id: 'step', at: '3', within: 0, label: 'step up 2026-10-12', tone: 'amber' },
  ])
})

test('an account without bills gives an empty chart, not an error', () => {
  expect(chartPoints({ ...view, billing: { ...view.billing, periods: [] } }, words)).toEqual([])
})
