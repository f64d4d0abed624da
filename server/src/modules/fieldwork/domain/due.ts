/** When an order is due (SO-028): by priority, on the district's calendar, later when the customer wants it later. */
import { addDays, type Instant, type LocalDate } from '@curbstop/kernel/dates'
import { instantOf, wallTimeAt } from '@curbstop/kernel/wall-time'
import { addBusinessDays, type Calendar, hoursOn, isOpen, nextOpenDay } from '../../policy/domain.ts'

export type DueRule = {
  /** P0 and P1 run on the clock, day and night. */
  readonly emergencyMinutes: number
  readonly urgentHours: number
  /** P2 that comes before this time is due today. */
  readonly cutOff: string
  /** P3 and P4 in working days. */
  readonly routineDays: number
  readonly scheduledDays: number
}

export type DueWish = {
  readonly priority: number
  readonly now: Instant
  readonly today: LocalDate
  readonly timeZone: string
  readonly wantedOn: LocalDate | null
  readonly wantedTo: string | null
}

const endOfDay = '17:00'

function closing(calendar: Calendar, on: LocalDate, timeZone: string): Instant {
  return instantOf(on, hoursOn(calendar, on)?.closesAt ?? endOfDay, timeZone)
}

const later = (now: Instant, minutes: number): Instant =>
  new Date(Date.parse(now) + minutes * 60_000).toISOString() as Instant

export function calculateDue(wish: DueWish, rule: DueRule, calendar: Calendar): Instant {
  const { priority, now, today, timeZone, wantedOn, wantedTo } = wish
  const byPriority = dueByPriority(wish, rule, calendar)
  if (!wantedOn || priority <= 1) return byPriority
  const wanted = wantedTo ? instantOf(wantedOn, wantedTo, timeZone) : closing(calendar, wantedOn, timeZone)
  // A day the customer chose is the promise, earlier or later; a window that has passed today binds nobody.
  return wantedOn === today && Date.parse(wanted) < Date.parse(now) ? byPriority : wanted
}

function dueByPriority(
  { priority, now, today, timeZone }: DueWish,
  rule: DueRule,
  calendar: Calendar,
): Instant {
  if (priority === 0) return later(now, rule.emergencyMinutes)
  if (priority === 1) return later(now, rule.urgentHours * 60)
  if (priority === 2) {
    const inTime = isOpen(calendar, today) && wallTimeAt(now, timeZone) < rule.cutOff
    const on = inTime ? today : nextOpenDay(calendar, addDays(today, 1))
    return closing(calendar, on, timeZone)
  }
  const days = priority === 3 ? rule.routineDays : rule.scheduledDays
  return closing(calendar, addBusinessDays(calendar, today, days), timeZone)
}
