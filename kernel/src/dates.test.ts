import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  dayNumber,
  dayOfWeek,
  daysBetween,
  fromDayNumber,
  isLocalDate,
  type LocalDate,
  localDate,
  localDateAt,
} from './dates.ts'

const day = fc.integer({ min: -25_000, max: 200_000 })

test('no bill is a day too long: day numbers agree with the calendar for five hundred years', () => {
  fc.assert(
    fc.property(day, n => {
      const date = fromDayNumber(n)
      expect(dayNumber(date)).toBe(n)
      expect(date).toBe(new Date(n * 86_400_000).toISOString().slice(0, 10))
      expect(isLocalDate(date)).toBe(date >= '1900-01-01')
      expect(dayOfWeek(date)).toBe(new Date(n * 86_400_000).getUTCDay())
    }),
  )
})

test('a due date on the 31st lands on the last day of a shorter month', () => {
  expect(addMonths(localDate('2026-01-31'), 1)).toBe('2026-02-28')
  expect(addMonths(localDate('2028-01-31'), 1)).toBe('2028-02-29')
  expect(addMonths(localDate('2026-03-15'), -14)).toBe('2025-01-15')
  expect(addDays(localDate('2026-12-31'), 1)).toBe('2027-01-01')
  expect(daysBetween(localDate('2026-02-01'), localDate('2026-03-01'))).toBe(28)
})

test('a date that is not in the calendar is refused, not rolled over', () => {
  for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '26-01-01', '2026-01-01x', '']) {
    expect(isLocalDate(text)).toBe(false)
  }
})

test('an evening payment in California is not booked on tomorrow', () => {
  expect(localDateAt(new Date('2026-11-24T07:30:00Z'), 'America/Los_Angeles')).toBe('2026-11-23' as LocalDate)
})
