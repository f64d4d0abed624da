/** Days of the district's wall as stretches of UTC: 23, 24 or 25 hours, by instants, so that no hour is lost or doubled. */
import { wallClock } from './wall-clock.ts'

/** `startsAt` and `endsAt` in epoch seconds. */
export type LocalDay = { readonly day: number; readonly startsAt: number; readonly endsAt: number }

export type LocalDays = {
  /** The day in which an instant (epoch seconds) lies; midnight belongs to the day it begins. */
  readonly at: (instant: number) => LocalDay
  readonly of: (day: number) => LocalDay
}

export function localDays(timeZone: string): LocalDays {
  const clock = wallClock(timeZone)
  const known = new Map<number, LocalDay>()
  const of = (day: number): LocalDay => {
    let found = known.get(day)
    if (!found) {
      const { firstHour, hours } = clock.day(day)
      found = { day, startsAt: firstHour * 3600, endsAt: (firstHour + hours) * 3600 }
      known.set(day, found)
    }
    return found
  }
  let last = of(0)
  return {
    of,
    at: instant => {
      if (instant >= last.startsAt && instant < last.endsAt) return last
      let day = Math.floor(instant / 86_400)
      while (of(day).startsAt > instant) day -= 1
      while (of(day).endsAt <= instant) day += 1
      last = of(day)
      return last
    },
  }
}
