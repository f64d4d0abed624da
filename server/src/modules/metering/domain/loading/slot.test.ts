import { expect, test } from 'vitest'
import { localDays } from '../intervals/local-days.ts'
import { phaseOf, slotLength, slotOf, slotsOf } from './slot.ts'

const days = localDays('America/Los_Angeles')
const at = (iso: string) => Date.parse(iso) / 1000
/** Slots of starts, as `day-of-month/slot`; `!` where it does not fit. */
function walk(seconds: number, starts: readonly string[]): string[] {
  const phase = phaseOf(at(starts[0]!), seconds, days)
  return starts.map(iso => {
    const { day, slot, fits } = slotOf(at(iso), { seconds, phase }, days)
    return `${new Date(day.day * 86_400_000).getUTCDate()}/${slot}${fits ? '' : '!'}`
  })
}

test('a radio whose clock drifts by seconds loses no hour', () => {
  const starts = ['07:00:02', '07:59:58', '09:00:01', '09:59:59'].map(time => `2026-06-02T${time}Z`)
  expect(walk(3600, starts)).toEqual(['2/0', '2/1', '2/2', '2/3'])
})

test('an hour stamped one minute early is the hour it means, also at midnight', () => {
  expect(walk(3600, ['2026-06-02T06:59:00Z', '2026-06-02T07:59:00Z'])).toEqual(['2/0', '2/1'])
})

test('hours from half past to half past keep their order', () => {
  expect(walk(3600, ['2026-06-02T07:30:00Z', '2026-06-02T08:29:58Z'])).toEqual(['2/0', '2/1'])
})

test('quarters of an hour among hours do not take the place of one another', () => {
  const starts = ['07:00', '07:15', '07:30', '07:45', '08:00'].map(time => `2026-06-02T${time}:00Z`)
  expect(walk(3600, starts).map(slot => slot.endsWith('!'))).toEqual([false, true, true, true, false])
  expect(walk(900, starts)).toEqual(['2/0', '2/1', '2/2', '2/3', '2/4'])
})

test('a day of 23 or 25 hours is one day, whichever length its sender gives it', () => {
  expect([82_800, 86_400, 90_000].map(slotLength)).toEqual([86_400, 86_400, 86_400])
  expect(walk(86_400, ['2026-03-07T08:00:00Z', '2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z'])).toEqual([
    '7/0',
    '8/0',
    '9/0',
  ])
  // Twenty-four hours before the end of a day of twenty-three.
  expect(walk(86_400, ['2026-03-08T07:00:00Z'])).toEqual(['8/0'])
  expect(slotsOf(days.at(at('2026-11-01T12:00:00Z')), 86_400)).toBe(1)
  expect(slotsOf(days.at(at('2026-11-01T12:00:00Z')), 3600)).toBe(25)
})

test('a month is no interval of a day', () => {
  expect([2_678_400, 0, 30, 7 * 3600].map(slotLength)).toEqual([null, null, null, null])
})
