import { expect, test } from 'vitest'
import { type Instant, localDate } from './dates.ts'
import { instantOf, wallTimeAt } from './wall-time.ts'

const zone = 'America/Los_Angeles'

test('an order due at five is due at five in winter and in summer', () => {
  expect(instantOf(localDate('2026-01-15'), '17:00', zone)).toBe('2026-01-16T01:00:00.000Z')
  expect(instantOf(localDate('2026-07-15'), '17:00', zone)).toBe('2026-07-16T00:00:00.000Z')
  expect(wallTimeAt('2026-07-16T00:00:00Z' as Instant, zone)).toBe('17:00')
})

test('the days the clocks change have a due time too', () => {
  expect(instantOf(localDate('2026-03-08'), '17:00', zone)).toBe('2026-03-09T00:00:00.000Z')
  expect(instantOf(localDate('2026-03-08'), '02:30', zone)).toBe('2026-03-08T10:30:00.000Z') // skipped: 03:30
  expect(instantOf(localDate('2026-11-01'), '01:30', zone)).toBe('2026-11-01T08:30:00.000Z') // twice: the first
  expect(instantOf(localDate('2026-11-01'), '00:00', zone)).toBe('2026-11-01T07:00:00.000Z')
})
