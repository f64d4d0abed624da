/**
 * Which slot of which day an interval fills. A day is kept as a grid of equal slots from local midnight; clocks of
 * radios drift, some stamp 07:59 for 08:00 and some begin at half past, so the nearest slot is meant, never the one
 * that happens to hold the first second.
 */
import type { LocalDay, LocalDays } from '../intervals/local-days.ts'

const wholeDay = 86_400

/** Length of the slots for intervals of so many seconds; null when such intervals are not kept. */
export function slotLength(seconds: number): number | null {
  // A day of the calendar has 23, 24 or 25 hours and is one day.
  if (seconds >= 82_800 && seconds <= 90_000) return wholeDay
  return seconds >= 60 && seconds <= wholeDay && wholeDay % seconds === 0 ? seconds : null
}

export const slotsOf = ({ startsAt, endsAt }: LocalDay, seconds: number): number =>
  seconds === wholeDay ? 1 : Math.ceil((endsAt - startsAt) / seconds)

/** How far an instant lies from the line of the grid it means; up to three quarters behind it, one before it. */
export function phaseOf(startsAt: number, seconds: number, days: LocalDays): number {
  const past = (startsAt - days.at(startsAt).startsAt) % seconds
  return past > seconds * 0.75 ? past - seconds : past
}

export type Slot = {
  readonly day: LocalDay
  readonly slot: number
  /** False: it lies across two slots of the grid on which its channel began, and would take the place of another. */
  readonly fits: boolean
}

export function slotOf(
  startsAt: number,
  { seconds, phase }: { readonly seconds: number; readonly phase: number },
  days: LocalDays,
): Slot {
  const meant = startsAt - phase
  const middle = meant + seconds / 2
  const day = days.at(middle)
  const slot = seconds === wholeDay ? 0 : Math.floor((middle - day.startsAt) / seconds)
  return { day, slot, fits: Math.abs(meant - (day.startsAt + slot * seconds)) < seconds / 4 }
}
