/** When the sample district is open: its week, the days it closes by resolution, and the rule for a date that falls on one. */
import { addDays, dayOfWeek, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { type Calendar, type Hours, nextOpenDay } from '../../server/src/modules/policy/domain.ts'

const usual: Hours = { opensAt: '08:00', closesAt: '17:00' }
/** From Sunday on. */
export const week: readonly (Hours | null)[] = [null, usual, usual, usual, usual, usual, null]

const opened = new Map<LocalDate, LocalDate>()
const calendars = new Map<number, Calendar>()

/** The date itself, or the next day on which the office is open: no bill is issued or due on a closed one. */
export function openDay(on: LocalDate): LocalDate {
  const known = opened.get(on)
  if (known) return known
  const open = nextOpenDay(calendarOf(Number(on.slice(0, 4))), on)
  opened.set(on, open)
  return open
}

/** Of a year and the days into which its last ones move. */
function calendarOf(year: number): Calendar {
  const known = calendars.get(year)
  if (known) return known
  const days = [...closedDays(year), ...closedDays(year + 1)]
  const calendar = { week, days: new Map(days.map(([on, name]) => [on, { name, hours: null }])) }
  calendars.set(year, calendar)
  return calendar
}

export function closedDays(year: number): [LocalDate, string][] {
  const fixed = (monthDay: string, name: string): [LocalDate, string] => {
    const on = localDate(`${year}-${monthDay}`)
    return [dayOfWeek(on) === 0 ? addDays(on, 1) : dayOfWeek(on) === 6 ? addDays(on, -1) : on, name]
  }
  const nth = (month: string, weekday: number, count: number, name: string): [LocalDate, string] => {
    const first = localDate(`${year}-${month}-01`)
    return [addDays(first, ((weekday - dayOfWeek(first) + 7) % 7) + (count - 1) * 7), name]
  }
  const lastMondayOfMay = (() => {
    const last = localDate(`${year}-05-31`)
    return addDays(last, -((dayOfWeek(last) + 6) % 7))
  })()
  const thanksgiving = nth('11', 4, 4, 'Thanksgiving Day')
  return [
    fixed('01-01', 'New Year’s Day'),
    nth('01', 1, 3, 'Martin Luther King Jr. Day'),
    nth('02', 1, 3, 'Presidents’ Day'),
    [lastMondayOfMay, 'Memorial Day'],
    fixed('07-04', 'Independence Day'),
    nth('09', 1, 1, 'Labor Day'),
    fixed('11-11', 'Veterans Day'),
    thanksgiving,
    [addDays(thanksgiving[0], 1), 'Day after Thanksgiving'],
    fixed('12-24', 'Christmas Eve'),
    fixed('12-25', 'Christmas Day'),
  ].filter(([on], at, all) => all.findIndex(([other]) => other === on) === at) as [LocalDate, string][]
}
