/** Hours rolled up to days of business: 23, 24 or 25 of them; an hour belongs to the day on which it starts. */
import { fromDayNumber, type LocalDate } from '@curbstop/kernel/dates'
import { gallonsAt, type HourSeries, heard } from './series.ts'

export type DayRollup = {
  readonly on: LocalDate
  /** 23, 24 or 25. */
  readonly hoursExpected: number
  readonly measured: number
  readonly estimated: number
  readonly missing: number
  /** Sum of the interval channel, measured and estimated; an exact number of its steps. */
  readonly steps: number
  readonly gallons: number
  /** Lowest and highest measured hour, in gallons; null when none was measured. */
  readonly least: number | null
  readonly most: number | null
  /** The register at the beginning and the end of the day, where it was heard just then. */
  readonly registerStart: number | null
  readonly registerEnd: number | null
}

/** Every day that the series touches, oldest first; hours before its first and after its last one are missing. */
export function rollUpDays(series: HourSeries): DayRollup[] {
  const days: DayRollup[] = []
  for (let at = 0; at < series.length; ) {
    const day = series.day[at]!
    const { firstHour, hours } = series.clock.day(day)
    days.push(rollUp(series, day, firstHour + 1 - series.firstHour, hours))
    at = firstHour + 1 + hours - series.firstHour
  }
  return days
}

/** Slots `[from, from + hours)`, of which some may lie outside the series. */
function rollUp(series: HourSeries, day: number, from: number, hours: number): DayRollup {
  let measured = 0
  let estimated = 0
  let steps = 0
  let least: number | null = null
  let most: number | null = null
  const end = Math.min(series.length, from + hours)
  for (let at = Math.max(0, from); at < end; at += 1) {
    const quality = series.quality[at]!
    if (quality === heard.none) continue
    steps += series.steps[at]!
    if (quality === heard.estimated) {
      estimated += 1
      continue
    }
    measured += 1
    const gallons = gallonsAt(series, at)
    if (least === null || gallons < least) least = gallons
    if (most === null || gallons > most) most = gallons
  }
  return {
    on: fromDayNumber(day),
    hoursExpected: hours,
    measured,
    estimated,
    missing: hours - measured - estimated,
    steps,
    gallons: steps * series.scale.gallonsPerStep,
    least,
    most,
    registerStart: registerAt(series, from - 1),
    registerEnd: registerAt(series, from + hours - 1),
  }
}

function registerAt({ register, length }: HourSeries, at: number): number | null {
  const value = at >= 0 && at < length ? register[at]! : Number.NaN
  return Number.isNaN(value) ? null : value
}
