/** The hours of one meter as columns, one slot an hour whether it was heard or not: what every watch walks over. */
import { mark } from './day-hours.ts'
import type { Hour, MeterScale } from './hours.ts'
import { type WallClock, wallClock } from './wall-clock.ts'

export const heard = { none: 0, measured: 1, estimated: 2 } as const

export type HourSeries = {
  /** Epoch hour at which the first slot ENDS; slot `at` ends at `firstHour + at`. */
  readonly firstHour: number
  readonly length: number
  /** Interval channel in steps, NaN where nothing was heard. */
  readonly steps: Float64Array
  /** Register channel in its own steps, NaN where there is none. */
  readonly register: Float64Array
  /** `heard`. */
  readonly quality: Uint8Array
  /** The wall's day (day number) and hour at which the slot starts. */
  readonly day: Int32Array
  readonly wallHour: Uint8Array
  readonly scale: MeterScale
  readonly clock: WallClock
}

/**
 * `hours` as `mergeHours` leaves them. Shorter intervals that end within an hour are added up into it. Where a feed
 * has a register and no intervals, an hour is the difference of two registers that follow one another.
 */
export function hourSeries(hours: readonly Hour[], scale: MeterScale, timeZone: string): HourSeries {
  const clock = wallClock(timeZone)
  const slotOf = ({ at }: Hour) => Math.ceil(at / 3600)
  const firstHour = hours.length === 0 ? 0 : slotOf(hours[0]!)
  const length = hours.length === 0 ? 0 : slotOf(hours.at(-1)!) - firstHour + 1
  const steps = new Float64Array(length).fill(Number.NaN)
  const register = new Float64Array(length).fill(Number.NaN)
  const quality = new Uint8Array(length)
  for (const hour of hours) {
    const at = slotOf(hour) - firstHour
    if (hour.quality === 'none') continue
    if (hour.volume !== null) {
      steps[at] = Number.isNaN(steps[at]!) ? hour.volume : steps[at]! + hour.volume
      if (hour.quality === 'estimated') quality[at] = heard.estimated
      else if (quality[at] === heard.none) quality[at] = heard.measured
    }
    if (hour.register !== null) register[at] = hour.register
  }
  fillFromRegister(steps, register, quality, scale)
  const day = new Int32Array(length)
  const wallHour = new Uint8Array(length)
  for (let at = 0; at < length; at += 1) {
    const wall = clock.wallHour(firstHour + at - 1)
    day[at] = Math.floor(wall / 24)
    wallHour[at] = wall - day[at]! * 24
  }
  return { firstHour, length, steps, register, quality, day, wallHour, scale, clock }
}

function fillFromRegister(
  steps: Float64Array,
  register: Float64Array,
  quality: Uint8Array,
  { gallonsPerStep, registerGallonsPerStep, capacity }: MeterScale,
): void {
  for (let at = 1; at < steps.length; at += 1) {
    const [before, after] = [register[at - 1]!, register[at]!]
    if (!Number.isNaN(steps[at]!) || Number.isNaN(before) || Number.isNaN(after)) continue
    const turned = after < before && capacity !== null && before - after > capacity / 2 ? capacity : 0
    steps[at] = Math.round(((after + turned - before) * registerGallonsPerStep) / gallonsPerStep)
    quality[at] = heard.measured
  }
}

export const gallonsAt = ({ steps, scale }: HourSeries, at: number): number =>
  steps[at]! * scale.gallonsPerStep

/** One day of one channel as it is kept (`DayHours`): values in 10^-scale of a unit, marks beside them. */
type KeptDay = {
  readonly day: number
  readonly scale: number
  readonly values: Float64Array
  readonly marks: Uint8Array
}

/**
 * The same from kept days, oldest first: `use` and `register` channel of one register. Values are brought to the finest
 * scale among them; `unitGallons` are the gallons of one whole unit of each channel.
 */
export function seriesOfDays(
  kept: { readonly use: readonly KeptDay[]; readonly register: readonly KeptDay[] },
  meter: {
    readonly unitGallons: number
    readonly registerUnitGallons: number
    readonly capacity: number | null
  },
  timeZone: string,
): HourSeries {
  const clock = wallClock(timeZone)
  const useScale = finest(kept.use)
  const registerScale = finest(kept.register)
  const hours: Hour[] = []
  for (const [days, scale, isUse] of [
    [kept.use, useScale, true],
    [kept.register, registerScale, false],
  ] as const)
    for (const day of days) {
      const { firstHour } = clock.day(day.day)
      const by = 10 ** (scale - day.scale)
      for (let hour = 0; hour < day.values.length; hour += 1) {
        const code = day.marks[hour]!
        if (code === mark.none) continue
        const value = Math.round(day.values[hour]! * by)
        hours.push({
          at: (firstHour + hour + 1) * 3600,
          quality: code === mark.estimated ? 'estimated' : 'measured',
          volume: isUse ? value : null,
          register: isUse ? null : value,
        })
      }
    }
  hours.sort((a, b) => a.at - b.at)
  const scale: MeterScale = {
    gallonsPerStep: meter.unitGallons / 10 ** useScale,
    registerGallonsPerStep: meter.registerUnitGallons / 10 ** registerScale,
    capacity: meter.capacity === null ? null : meter.capacity * 10 ** registerScale,
  }
  return hourSeries(hours, scale, timeZone)
}

const finest = (days: readonly KeptDay[]): number => days.reduce((most, day) => Math.max(most, day.scale), 0)
