/**
 * Hours that nobody heard, filled from what is known: where the register was heard on both sides, they add up to it
 * exactly; else each hour is what this meter usually uses at that hour. Every filled hour is marked as an estimate.
 */
import type { Hour } from '../intervals/hours.ts'
import { type HourSeries, heard } from '../intervals/series.ts'

export type GapFill = {
  readonly hours: readonly Hour[]
  /** `register`: adds up to the register; `usual`: the meter's own usual hours. */
  readonly by: 'register' | 'usual'
  readonly fromHour: number
  readonly toHour: number
  /** In steps of the interval channel. */
  readonly steps: number
}

/** Measured hours of the same wall hour that make a usual one. */
const samplesLeast = 3
const samplesMost = 28

/** One fill for each silence that can be filled; a silence at the very end is filled up to the end of the series. */
export function fillGaps(series: HourSeries): GapFill[] {
  const fills: GapFill[] = []
  for (let at = 0; at < series.length; at += 1) {
    if (series.quality[at] !== heard.none) continue
    const from = at
    while (at + 1 < series.length && series.quality[at + 1] === heard.none) at += 1
    const fill = fillOne(series, from, at)
    if (fill) fills.push(fill)
  }
  return fills
}

function fillOne(series: HourSeries, from: number, to: number): GapFill | null {
  const usual = Array.from({ length: to - from + 1 }, (_, at) => usualAt(series, from + at))
  const held = heldByRegister(series, from, to)
  if (held === null && usual.includes(null)) return null
  const shape = usual.map(steps => Math.max(0, steps ?? 0))
  const steps = held === null ? shape.map(Math.round) : share(held, shape)
  return {
    hours: steps.map((volume, at) => ({
      at: (series.firstHour + from + at) * 3600,
      quality: 'estimated',
      volume,
      register: null,
    })),
    by: held === null ? 'usual' : 'register',
    fromHour: series.firstHour + from,
    toHour: series.firstHour + to,
    steps: steps.reduce((sum, volume) => sum + volume, 0),
  }
}

/**
 * What the register moved over the silence, in steps of the interval channel; null where it was not heard on both sides.
 * The hour after the silence says where the register stood before it.
 */
function heldByRegister(
  { register, steps, quality, scale, length }: HourSeries,
  from: number,
  to: number,
): number | null {
  const { gallonsPerStep, registerGallonsPerStep, capacity } = scale
  const ratio = registerGallonsPerStep / gallonsPerStep
  const start = from > 0 ? register[from - 1]! : Number.NaN
  const next =
    to + 1 < length && quality[to + 1] === heard.measured
      ? register[to + 1]! - steps[to + 1]! / ratio
      : Number.NaN
  const end = Number.isNaN(register[to]!) ? next : register[to]!
  if (Number.isNaN(start) || Number.isNaN(end)) return null
  const turned = end < start && capacity !== null && start - end > capacity / 2 ? capacity : 0
  const moved = Math.round((end + turned - start) * ratio)
  return moved < 0 ? null : moved
}

/** Mean of the measured hours at the same wall hour, nearest days first. */
function usualAt(series: HourSeries, at: number): number | null {
  const wall = series.wallHour[at]!
  const samples: number[] = []
  for (let back = at - 1; back >= 0 && samples.length < samplesMost; back -= 1)
    if (series.wallHour[back] === wall && series.quality[back] === heard.measured)
      samples.push(series.steps[back]!)
  if (samples.length < samplesLeast) return null
  return samples.reduce((sum, steps) => sum + steps, 0) / samples.length
}

/** Whole steps by weights, which add up to the whole (largest remainder); evenly when nothing is usual. */
function share(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const exact = weights.map(weight => (sum > 0 ? (total * weight) / sum : total / weights.length))
  const parts = exact.map(Math.floor)
  let left = total - parts.reduce((all, part) => all + part, 0)
  const order = exact
    .map((value, at) => ({ at, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest)
  for (const { at } of order) {
    if (left <= 0) break
    parts[at]! += 1
    left -= 1
  }
  return parts
}
