/** What of a weather file a budget may use, and how each other day is filled: the budget says both (WB-008). */
import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { WeatherReading } from './weather-file.ts'

export type FillRule = { readonly gapDays: number; readonly mostInches: number }

export type FilledDay = {
  readonly on: LocalDate
  readonly eto: number
  readonly rain: number
  /** Null when measured. */
  readonly how: string | null
}

export type Filled = {
  readonly days: readonly FilledDay[]
  /** Days between the first and the last that could not be filled, and why. */
  readonly missing: readonly { readonly on: LocalDate; readonly why: string }[]
}

/** Winter nights give a little below nothing; that is the instrument, not water. */
const smallNegative = -0.05

type Judged = { readonly eto: number; readonly how: string | null } | { readonly why: string }

function judge({ eto, problem }: WeatherReading, { mostInches }: FillRule): Judged {
  if (eto === null || problem !== null) return { why: problem ?? 'no value' }
  if (eto < smallNegative) return { why: `${eto} inches, far below nothing` }
  if (eto < 0) return { eto: 0, how: `${eto} inches in the file, counted as 0` }
  if (eto > mostInches) return { why: `${eto} inches, more than ${mostInches} a day` }
  return { eto, how: null }
}

/** Same days of other years, in the file or on record before it. */
export type OtherYears = (on: LocalDate) => readonly number[]

export function fillWeather(
  readings: readonly WeatherReading[],
  rule: FillRule,
  otherYears: OtherYears,
): Filled {
  const byDay = new Map(readings.map(reading => [reading.on, reading]))
  const judged = new Map<LocalDate, Judged>()
  const [first, last] = [readings[0]!.on, readings.at(-1)!.on]
  const all = Array.from({ length: daysBetween(first, last) + 1 }, (_, i) => addDays(first, i))
  for (const on of all) {
    const reading = byDay.get(on)
    judged.set(on, reading ? judge(reading, rule) : { why: 'not in the file' })
  }
  const days: FilledDay[] = []
  const missing: { on: LocalDate; why: string }[] = []
  for (const on of all) {
    const rain = byDay.get(on)?.rain ?? 0
    const one = judged.get(on)!
    if ('eto' in one) days.push({ on, rain, ...one })
    else {
      const filled = fillDay(on, one.why, { judged, rule, otherYears })
      if (filled) days.push({ on, rain, ...filled })
      else missing.push({ on, why: one.why })
    }
  }
  return { days, missing }
}

type Around = {
  readonly judged: ReadonlyMap<LocalDate, Judged>
  readonly rule: FillRule
  readonly otherYears: OtherYears
}

function fillDay(on: LocalDate, why: string, around: Around): { eto: number; how: string } | null {
  const [before, after] = [neighbour(on, -1, around), neighbour(on, 1, around)]
  if (before && after && daysBetween(before.on, after.on) - 1 <= around.rule.gapDays)
    return {
      eto: Math.round(((before.eto + after.eto) / 2) * 1000) / 1000,
      how: `${why}; mean of ${before.on} and ${after.on}`,
    }
  const years = around.otherYears(on)
  if (years.length === 0) return null
  const mean = years.reduce((sum, eto) => sum + eto, 0) / years.length
  const how = `${why}; mean of the same day in ${years.length} other ${years.length === 1 ? 'year' : 'years'}`
  return { eto: Math.round(mean * 1000) / 1000, how }
}

function neighbour(on: LocalDate, step: 1 | -1, { judged, rule }: Around) {
  for (let i = 1; i <= rule.gapDays; i += 1) {
    const day = addDays(on, step * i)
    const one = judged.get(day)
    if (one && 'eto' in one) return { on: day, eto: one.eto }
  }
  return null
}

/** Days of the same month and date in other years of a list. */
export function sameDays(days: readonly { readonly on: LocalDate; readonly eto: number }[]): OtherYears {
  const byDate = Map.groupBy(days, day => day.on.slice(5))
  return on => (byDate.get(on.slice(5)) ?? []).filter(day => day.on !== on).map(day => day.eto)
}
