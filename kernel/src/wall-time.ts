/** Wall-clock times of the district: `08:30` on a date is an instant only together with the time zone. */
import type { Instant, LocalDate } from './dates.ts'

/** `14:05`: what the district's wall shows at an instant. */
export function wallTimeAt(instant: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  )
}

/** Minutes by which the zone's wall is ahead of UTC at an instant. */
function offsetMinutes(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at)
  const of = (type: string) => Number(parts.find(part => part.type === type)!.value)
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'))
  return Math.round((wall - Math.floor(at / 60_000) * 60_000) / 60_000)
}

/**
 * The instant at which the wall shows `time` on `date`. A time that is skipped in spring is the one an hour later;
 * of a time that comes twice in autumn the first is taken.
 */
export function instantOf(date: LocalDate, time: string, timeZone: string): Instant {
  const wall = Date.parse(`${date}T${time}:00Z`)
  const before = wall - offsetMinutes(wall - 86_400_000, timeZone) * 60_000
  const after = wall - offsetMinutes(wall + 86_400_000, timeZone) * 60_000
  const fits = [before, after].filter(at => at + offsetMinutes(at, timeZone) * 60_000 === wall)
  return new Date(fits[0] ?? before).toISOString() as Instant
}
