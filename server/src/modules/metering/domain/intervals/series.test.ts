import { dayNumber, localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { makeMeter, shippedWatchLimits, timeZone } from '../../../../../../tools/testing/hour-fleet.ts'
import { emptyDay, mark, putHour } from './day-hours.ts'
import { rollUpDays } from './days.ts'
import { hourSeries, seriesOfDays } from './series.ts'
import { wallClock } from './wall-clock.ts'
import { watchHours } from './watch.ts'

test('hours as they are kept, day by day, say the same as the hours that came in, over the change of the clock', () => {
  const { meter, rows } = makeMeter('toilet', 3, 35)
  const clock = wallClock(timeZone)
  const days = new Map<number, { use: ReturnType<typeof emptyDay>; register: ReturnType<typeof emptyDay> }>()
  for (const row of rows) {
    const startHour = row.at / 3600 - 1
    const day = Math.floor(clock.wallHour(startHour) / 24)
    const { firstHour, hours } = clock.day(day)
    const own = days.get(day) ?? { use: emptyDay(day, hours, 1), register: emptyDay(day, hours, 0) }
    days.set(day, own)
    putHour(own.use, startHour - firstHour, row.volume! * 10, mark.measured) // kept in tenths
    putHour(own.register, startHour - firstHour, row.register!, mark.measured)
  }
  const kept = [...days.values()]
  const channels = { use: kept.map(day => day.use), register: kept.map(day => day.register) }
  const units = { unitGallons: 1, registerUnitGallons: 1, capacity: 1_000_000 }
  const again = seriesOfDays(channels, units, timeZone)
  const direct = hourSeries(rows, meter, timeZone)
  expect(rollUpDays(again).map(day => [day.on, day.gallons, day.hoursExpected, day.registerEnd])).toEqual(
    rollUpDays(direct).map(day => [day.on, day.gallons, day.hoursExpected, day.registerEnd]),
  )
  expect(watchHours(again, meter, shippedWatchLimits())).toEqual(
    watchHours(direct, meter, shippedWatchLimits()),
  )
})

test('a register alone gives the hours between its values, through zero, and none over a silence', () => {
  const { meter } = makeMeter('home', 1, 8)
  const hour = (at: number, register: number) => ({
    ...{ at: (494_092 + at) * 3600, quality: 'measured' as const, volume: null, register },
  })
  const series = hourSeries(
    [hour(0, 999_990), hour(1, 999_996), hour(2, 4), hour(4, 20), hour(5, 17)],
    meter,
    timeZone,
  )
  expect([...series.steps]).toEqual([Number.NaN, 6, 8, Number.NaN, Number.NaN, -3])
})

test('quarter hours are added up into their hour', () => {
  const { meter } = makeMeter('home', 1, 8)
  const quarters = Array.from({ length: 8 }, (_, at) => ({
    ...{ at: 494_092 * 3600 + (at + 1) * 900, quality: 'measured' as const, volume: at + 1, register: null },
  }))
  expect([...hourSeries(quarters, meter, timeZone).steps]).toEqual([10, 26])
})

test('the wall clock knows every hour of the days of 23 and 25 hours', () => {
  const clock = wallClock(timeZone)
  const of = (date: string) => {
    const day = dayNumber(localDate(date))
    const { firstHour, hours } = clock.day(day)
    return Array.from({ length: hours }, (_, at) => clock.wallHour(firstHour + at) - day * 24).join(' ')
  }
  expect(of('2026-03-08')).toBe('0 1 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23')
  expect(of('2026-11-01')).toBe('0 1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23')
  expect(wallClock('America/New_York').day(dayNumber(localDate('2026-11-01'))).hours).toBe(25)
})
