/**
 * Business dates are `LocalDate` text (`2026-11-23`) in the district's calendar; they sort and compare as text.
 * Instants are ISO text with zone. The clock is read in one place (server/platform), never here.
 * Arithmetic goes through the day number (days since 1970-01-01), which makes it exact and fast in bulk.
 */
import { z } from 'zod'
import { assert } from './assert.ts'

export type LocalDate = string & { readonly __localDate: true }
export type Instant = string & { readonly __instant: true }

const daysInMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : daysInMonths[month - 1]!
}

export function isLocalDate(text: string): text is LocalDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export function localDate(text: string): LocalDate {
  assert(isLocalDate(text), `a calendar date like 2026-11-23, not '${text}'`)
  return text
}

/** The day after 9999-12-31 has no text of this form; nothing of a district is dated after this century's heirs. */
const lastYear = '2999'

/** On the wire and in memory the same text; the type says that it was checked. */
export const localDateSchema = z
  .string()
  .refine(text => isLocalDate(text) && text.slice(0, 4) <= lastYear, 'a calendar date like 2026-11-23')
  .meta({ format: 'date' }) as unknown as z.ZodType<LocalDate, string>
export const instantSchema = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'an instant like 2026-11-23T18:02:11Z')
  .meta({ format: 'date-time' }) as unknown as z.ZodType<Instant, string>

/** Days since 1970-01-01, by integer arithmetic: bulk work calls it millions of times. */
export function dayNumber(date: LocalDate): number {
  const digit = (at: number) => date.charCodeAt(at) - 48
  const month = digit(5) * 10 + digit(6)
  // Years begin in March, so that the leap day is the last one (Fliegel and Van Flandern's trick).
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3) - (month <= 2 ? 1 : 0)
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + digit(8) * 10 + digit(9) - 1
  return (
    year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear - 719_468
  )
}

const written: LocalDate[] = []

export function fromDayNumber(day: number): LocalDate {
  const known = written[day]
  if (known) return known
  const date = new Date(day * 86_400_000).toISOString().slice(0, 10) as LocalDate
  if (day >= 0 && day < 80_000) written[day] = date
  return date
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDayNumber(dayNumber(date) + days)
}

/** Whole days from `from` to `to`; half-open periods `[from, to)` have exactly this many days. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** Same day of a later (or earlier) month; the 31st becomes the month's last day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  const day = Math.min(Number(date.slice(8, 10)), daysInMonth(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as LocalDate
}

/** 0 = Sunday … 6 = Saturday. */
export function dayOfWeek(date: LocalDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7
}

/** Made once for a zone: a formatter is slow to make, and holds memory that the collector does not see. */
const walls = new Map<string, Intl.DateTimeFormat>()

function wallOf(timeZone: string): Intl.DateTimeFormat {
  const known = walls.get(timeZone)
  if (known) return known
  const wall = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  walls.set(timeZone, wall)
  return wall
}

/** The date on the district's wall at an instant. */
export function localDateAt(instant: Date, timeZone: string): LocalDate {
  return wallOf(timeZone).format(instant) as LocalDate
}

export const minDate = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b)
export const maxDate = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b)

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** As staff read it: `Thu Dec 4`; with the year when it is not the year of `today`: `Thu Dec 4, 2025`. */
export function formatDay(date: LocalDate, today?: LocalDate): string {
  const day = `${weekdays[dayOfWeek(date)]} ${months[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(8, 10))}`
  return today && today.slice(0, 4) !== date.slice(0, 4) ? `${day}, ${date.slice(0, 4)}` : day
}

/** `Thu Dec 4, 10:42` on the district's wall; the year is added when it is not the year of `today`. */
export function formatInstant(instant: Instant, timeZone: string, today?: LocalDate): string {
  const at = new Date(instant)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
  return `${formatDay(localDateAt(at, timeZone), today)}, ${time}`
}
