/** Dates and times as meter files write them. Everything is whole seconds; nothing is asked of the machine's zone. */
import { addDays, dayNumber, daysInMonth, isLocalDate, type LocalDate } from '@curbstop/kernel/dates'

/** Seconds of the wall, and by how much that wall is ahead of UTC when the stamp says so itself. */
export type Stamp = { readonly wall: number; readonly offset: number | null }

const firstYear = 1990
const lastYear = 2199

/** NaN when there is no such day or time. 24:00 is midnight at the end of the day. */
export function wallSeconds(
  year: number,
  month: number,
  day: number,
  [hour, minute, second]: readonly [number, number, number],
): number {
  if (year < firstYear || year > lastYear || !(month >= 1 && month <= 12)) return Number.NaN
  if (!(day >= 1 && day <= daysInMonth(year, month))) return Number.NaN
  if (!(hour <= 24 && minute <= 59 && second <= 59)) return Number.NaN
  if (hour === 24 && (minute > 0 || second > 0)) return Number.NaN
  return daysFrom1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
}

/** Days since 1970-01-01, years counted from March (Fliegel and Van Flandern). */
function daysFrom1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** `YYYYMMDDHHMM` as wall seconds; NaN when it is anything else. */
export function compactWall(text: string): number {
  if (text.length !== 12) return Number.NaN
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const time = [twoDigits(text, 8), twoDigits(text, 10), 0] as const
  return wallSeconds(year, twoDigits(text, 4), twoDigits(text, 6), time)
}

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i
const slashed =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AP]M)?)?$/i

function fastIso(text: string): Stamp | null {
  if (text.length !== 20 || text.charCodeAt(19) !== 90 || text.charCodeAt(10) !== 84) return null
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(13) !== 58) return null
  if (text.charCodeAt(16) !== 58) return null
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const time = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)] as const
  const wall = wallSeconds(year, twoDigits(text, 5), twoDigits(text, 8), time)
  return Number.isNaN(wall) ? null : { wall, offset: 0 }
}

/** ISO text with or without zone, `3/8/2026 1:00 PM`, and digits only. Null when it is none of them. */
export function parseStamp(text: string, dayFirst = false): Stamp | null {
  const fast = fastIso(text)
  if (fast) return fast
  const trimmed = text.trim()
  if (trimmed.length < 8 || trimmed.length > 40) return null
  if (/^\d+$/.test(trimmed)) return digitsOnly(trimmed)
  const match = iso.exec(trimmed)
  if (match) {
    const [, year, month, day, hour, minute, second, zone] = match
    const time = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)] as const
    return stamp(wallSeconds(Number(year), Number(month), Number(day), time), zone)
  }
  return slashedStamp(trimmed, dayFirst)
}

function slashedStamp(text: string, dayFirst: boolean): Stamp | null {
  const match = slashed.exec(text)
  if (!match) return null
  const [, one, two, year, hour, minute, second, half] = match
  const [month, day] = dayFirst ? [Number(two), Number(one)] : [Number(one), Number(two)]
  let hours = Number(hour ?? 0)
  if (half) {
    if (hours < 1 || hours > 12) return null
    hours = (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  }
  return stamp(
    wallSeconds(Number(year), month, day, [hours, Number(minute ?? 0), Number(second ?? 0)]),
    undefined,
  )
}

function digitsOnly(text: string): Stamp | null {
  if (text.length !== 8 && text.length !== 12 && text.length !== 14) return null
  const wall = compactWall(text.slice(0, 12).padEnd(12, '0'))
  const second = text.length === 14 ? twoDigits(text, 12) : 0
  return second <= 59 ? stamp(wall + second, undefined) : null
}

function stamp(wall: number, zone: string | undefined): Stamp | null {
  if (Number.isNaN(wall)) return null
  if (!zone) return { wall, offset: null }
  if (/^(z|utc)$/i.test(zone)) return { wall, offset: 0 }
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return minutes <= 14 * 60 ? { wall, offset: (zone.startsWith('-') ? -60 : 60) * minutes } : null
}

export function dateOfWall(wall: number): LocalDate {
  return new Date(wall * 1000).toISOString().slice(0, 10) as LocalDate
}

export function isoInstant(epochSeconds: number): string {
  return `${new Date(epochSeconds * 1000).toISOString().slice(0, 19)}Z`
}

/** A date by its picture (`MMDDYY`, `YYYYMMDD`, `MMDD` …). Without a year it is the latest not after `on`. */
export function pictureDate(text: string, picture: string, on: LocalDate | null): LocalDate | null {
  if (text.length !== picture.length || !/^\d+$/.test(text)) return null
  const part = (letter: string) => {
    const at = picture.indexOf(letter)
    return at < 0 ? '' : text.slice(at, picture.lastIndexOf(letter) + 1)
  }
  const [year, month, day] = [part('Y'), part('M'), part('D')]
  if (year.length === 4) return dateOrNull(`${year}-${month}-${day}`)
  if (year.length === 2) return dateOrNull(`20${year}-${month}-${day}`)
  if (!on) return null
  // A read of the day after the upload's date comes from a handheld whose clock is ahead; 29 February needs eight years.
  const latest = addDays(on, 1)
  for (let back = 0; back <= 8; back++) {
    const guess = dateOrNull(`${Number(latest.slice(0, 4)) - back}-${month}-${day}`)
    if (guess && guess <= latest) return guess
  }
  return null
}

function dateOrNull(text: string): LocalDate | null {
  return isLocalDate(text) && text >= '1990-01-01' && text <= '2199-12-31' ? text : null
}

/** The other way: what a writer puts into a field of this picture. */
export function writeDate(date: LocalDate, picture: string): string {
  const long = picture.includes('YYYY')
  return picture
    .replace(/Y+/, long ? date.slice(0, 4) : date.slice(2, 4))
    .replace('MM', date.slice(5, 7))
    .replace('DD', date.slice(8, 10))
}

/** `HHMM` or `HHMMSS` as seconds of the day; null when it is no time. */
export function pictureTime(text: string): number | null {
  if (!/^(\d{4}|\d{6})$/.test(text)) return null
  const [hour, minute, second] = [
    twoDigits(text, 0),
    twoDigits(text, 2),
    text.length === 6 ? twoDigits(text, 4) : 0,
  ]
  return hour <= 23 && minute <= 59 && second <= 59 ? hour * 3600 + minute * 60 + second : null
}

export const wallOfDate = (date: LocalDate): number => dayNumber(date) * 86_400
