/** What a meter usually does, from its own hours before a moment: against this an event is an event. */
import { gallonsAt, type HourSeries, heard } from './series.ts'

export type Habits = {
  readonly measuredHours: number
  /** Nine of ten hours with flow are below this, gallons. */
  readonly usualHigh: number
  readonly highest: number
  /** Measured hours in a row without flow, at most. */
  readonly longestRest: number
  /** By wall hour: large volumes on several days. An irrigator is recognised by its clock. */
  readonly irrigationHours: readonly boolean[]
}

/** A volume that no tap or toilet runs in an hour, gallons. */
export const largeHour = 60
/** Days on which a large volume comes at one wall hour, to make it a habit. */
const habitDays = 2

export function habitsBefore(series: HourSeries, end: number): Habits {
  const flows: number[] = []
  const largeOn = Array.from({ length: 24 }, () => 0)
  const lastDay = new Int32Array(24).fill(-1)
  let measuredHours = 0
  let rest = 0
  let longestRest = 0
  let highest = 0
  for (let at = 0; at < end; at += 1) {
    if (series.quality[at] !== heard.measured) continue
    measuredHours += 1
    const gallons = gallonsAt(series, at)
    if (gallons <= 0) {
      rest += 1
      if (rest > longestRest) longestRest = rest
      continue
    }
    rest = 0
    flows.push(gallons)
    if (gallons > highest) highest = gallons
    const wall = series.wallHour[at]!
    if (gallons >= largeHour && lastDay[wall] !== series.day[at]) {
      largeOn[wall]! += 1
      lastDay[wall] = series.day[at]!
    }
  }
  flows.sort((a, b) => a - b)
  return {
    measuredHours,
    usualHigh: flows.length === 0 ? 0 : flows[Math.floor((flows.length - 1) * 0.9)]!,
    highest,
    longestRest,
    irrigationHours: largeOn.map(days => days >= habitDays),
  }
}

/** Hours at which this meter irrigates, by the whole series. */
export const recogniseIrrigation = (series: HourSeries): readonly boolean[] =>
  habitsBefore(series, series.length).irrigationHours
