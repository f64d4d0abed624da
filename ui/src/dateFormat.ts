import { dayOfWeek, type Instant, type LocalDate } from '@curbstop/kernel/dates'
import type { UiStrings } from './strings.ts'

export type DateStyle = {
  /** A year stands behind the date unless it is this one's. */
  today?: LocalDate | null
  /** `Dec 4` instead of `Thu Dec 4`, for columns. */
  short?: boolean
}

/** `Thu Dec 4`; `Thu Dec 4, 2025` when the year is not today's. */
export function formatDate(date: LocalDate, strings: UiStrings, style: DateStyle = {}): string {
  const month = strings.calendar.months[Number(date.slice(5, 7)) - 1]
  const weekday = style.short ? '' : `${strings.calendar.weekdays[dayOfWeek(date)]} `
  const sameYear = style.today?.slice(0, 4) === date.slice(0, 4)
  return `${weekday}${month} ${Number(date.slice(8, 10))}${sameYear ? '' : `, ${date.slice(0, 4)}`}`
}

/** `10:42` and the local date of an instant on the district's wall. */
export function partsAt(at: Instant, timeZone: string): { date: LocalDate; time: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(Date.parse(at))
  const part = (type: string) => parts.find(candidate => candidate.type === type)?.value ?? ''
  return {
    date: `${part('year')}-${part('month')}-${part('day')}` as LocalDate,
    time: `${part('hour')}:${part('minute')}`,
  }
}
