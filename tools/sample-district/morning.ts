/**
 * Which books are being read this morning, and which homes of them had no read yet when the sample was made: their
 * reads come in as a handheld's file, by the district's own loader.
 */
import { addDays, dayOfWeek, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { books, housesPerStreet } from './place.ts'

export type MorningBook = { readonly book: number; readonly dueOn: LocalDate }

/** As the read book counts: a book is read from four days before its day to ten days after. */
const earlyDays = 4
const lateDays = 9
/** Streets of a book that wait for their reads: enough for a morning, few enough for a quick start. */
const streetsUnread = 3
/** The first streets hold the named situations, which are read already. */
const firstStreet = 4

/** The two books due last; in the days without one, those that come next. */
export function booksOfMorning(today: LocalDate): MorningBook[] {
  const due = Array.from({ length: books }, (_, at) => at + 1).flatMap(book =>
    [-1, 0, 1].map(month => ({ book, dueOn: dayOfMonth(today, book, month) })),
  )
  const away = ({ dueOn }: MorningBook) => daysBetween(dueOn, today)
  const past = due.filter(one => away(one) >= 0 && away(one) <= lateDays).sort((a, b) => away(a) - away(b))
  const next = due.filter(one => away(one) < 0 && away(one) >= -earlyDays).sort((a, b) => away(b) - away(a))
  return [...past, ...next].slice(0, 2)
}

function dayOfMonth(today: LocalDate, day: number, months: number): LocalDate {
  const month = Number(today.slice(5, 7)) - 1 + months
  const year = Number(today.slice(0, 4)) + Math.floor(month / 12)
  const inYear = ((month % 12) + 12) % 12
  return localDate(`${year}-${String(inYear + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
}

/** The round that waits for this place's read; null when it was read like the others. */
export function roundOf(index: number, today: LocalDate): MorningBook | null {
  const street = Math.floor(index / housesPerStreet)
  if (street < firstStreet || Math.floor(street / books) >= streetsUnread) return null
  const book = 1 + (street % books)
  return booksOfMorning(today).find(one => one.book === book) ?? null
}

export function* placesOfMorning(accounts: number, today: LocalDate): Generator<number> {
  const most = Math.min(accounts, books * streetsUnread * housesPerStreet)
  for (let index = 0; index < most; index += 1) if (roundOf(index, today)) yield index
}

/** The last working day before today on which the book could be read. */
export function readOnOf({ dueOn }: MorningBook, today: LocalDate): LocalDate {
  let on = addDays(today, -1)
  while (dayOfWeek(on) === 0 || dayOfWeek(on) === 6) on = addDays(on, -1)
  return on >= addDays(dueOn, -earlyDays) ? on : today
}

/** One home a street stands shortly before its dials pass zero. */
export const passesZero = (index: number): boolean => index % housesPerStreet === 20
