import { addDays, isLocalDate, type LocalDate } from '@curbstop/kernel/dates'

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

function assemble(year: number, month: number, day: number): LocalDate | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return isLocalDate(text) ? text : null
}

/**
 * What a hand types for a date: `11/23`, `11/23/26`, `11-23-2026`, `2026-11-23`, `nov 23`, `Thu Dec 4, 2025`,
 * `t` (today), `t+3`, `t-7`. A date without a year takes today's. Null when it is not a day of the calendar.
 */
export function parseDateEntry(text: string, today: LocalDate | null): LocalDate | null {
  const typed = text
    .trim()
    .toLowerCase()
    .replace(/^(sun|mon|tue|wed|thu|fri|sat)[a-z]*,?\s+/, '')
  const relative = /^t(?:oday)?\s*(?:([+-])\s*(\d{1,4}))?$/.exec(typed)
  if (relative) {
    if (!today) return null
    const days = Number(relative[2] ?? 0)
    return addDays(today, relative[1] === '-' ? -days : days)
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (iso) return assemble(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const named = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{2}|\d{4}))?$/.exec(typed)
  const numeric = /^(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?$/.exec(typed)
  const month = named
    ? monthNames.findIndex(name => named[1]!.startsWith(name)) + 1
    : Number(numeric?.[1] ?? 0)
  const match = named ?? numeric
  if (!match || month < 1) return null
  const yearText = match[3] ?? today?.slice(0, 4)
  if (!yearText) return null
  return assemble(yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText), month, Number(match[2]))
}
