/**
 * Wall hours of the district for hour after hour of a year: one look at the time-zone tables a day, not an hour.
 * A day of business has 23, 24 or 25 hours.
 */

/** Hours since 1970 on the wall for an hour that STARTS at `hour` (epoch hours, UTC); whole hours only. */
export type WallClock = {
  wallHour(hour: number): number
  /** The first epoch hour that starts on this day (day number), and how many hours the day has. */
  day(dayNumber: number): { readonly firstHour: number; readonly hours: number }
}

const clocks = new Map<string, WallClock>()

/** Made once for a zone, as the formatters of the kernel are. */
export function wallClock(timeZone: string): WallClock {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = makeClock(timeZone)
  clocks.set(timeZone, clock)
  return clock
}

function makeClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
  })
  const look = (hour: number): number => {
    const parts = format.formatToParts(hour * 3_600_000)
    const of = (type: string) => Number(parts.find(part => part.type === type)!.value)
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour')) / 3_600_000 - hour
  }
  const edges = new Map<number, number>() // by UTC day: hours by which the wall is ahead at its start
  const edge = (utcDay: number): number => {
    const known = edges.get(utcDay)
    if (known !== undefined) return known
    const ahead = look(utcDay * 24)
    edges.set(utcDay, ahead)
    return ahead
  }
  const wallHour = (hour: number): number => {
    const utcDay = Math.floor(hour / 24)
    const ahead = edge(utcDay)
    return hour + (edge(utcDay + 1) === ahead ? ahead : look(hour))
  }
  const firstHourOf = (dayNumber: number): number => {
    let hour = dayNumber * 24 - edge(dayNumber) - 2
    while (Math.floor(wallHour(hour) / 24) < dayNumber) hour += 1
    return hour
  }
  return {
    wallHour,
    day(dayNumber) {
      const firstHour = firstHourOf(dayNumber)
      return { firstHour, hours: firstHourOf(dayNumber + 1) - firstHour }
    },
  }
}
