/**
 * VEE-033: the hours between two register values add up to their difference, through zero, or they differ and that is
 * said. Hours that nobody heard are no difference: the register then tells what they held.
 */
import { type HourSeries, heard } from './series.ts'

export type ChannelCheck = {
  readonly verdict: 'agree' | 'differ' | 'incomplete' | 'no-register'
  readonly registerGallons: number | null
  readonly intervalGallons: number
  /** Register less intervals; what the missing hours held when the verdict is `incomplete`. */
  readonly differenceGallons: number | null
  /** Times the register passed zero. */
  readonly turns: number
  readonly missingHours: number
}

/** Between the ends of slots `from` and `to`; `toleranceSteps` of the coarser channel are a rounding, not a difference. */
export function compareChannels(
  { steps, quality, register, scale }: HourSeries,
  from: number,
  to: number,
  toleranceSteps: number,
): ChannelCheck {
  const { gallonsPerStep, registerGallonsPerStep, capacity } = scale
  let sum = 0
  let missing = 0
  for (let at = from + 1; at <= to; at += 1) {
    if (quality[at] === heard.none) missing += 1
    else sum += steps[at]!
  }
  const intervalGallons = sum * gallonsPerStep
  const [start, end] = [register[from]!, register[to]!]
  if (Number.isNaN(start) || Number.isNaN(end)) {
    const none = { registerGallons: null, differenceGallons: null, turns: 0 }
    return { verdict: 'no-register', ...none, intervalGallons, missingHours: missing }
  }
  const apart = (end - start) * registerGallonsPerStep
  const turn = (capacity ?? 0) * registerGallonsPerStep
  const turns = turnsBetween(apart, turn, { intervalGallons, missing })
  const registerGallons = apart + turns * turn
  const differenceGallons = registerGallons - intervalGallons
  const tolerance = toleranceSteps * Math.max(gallonsPerStep, registerGallonsPerStep) * 1.000_001
  const verdict = missing > 0 ? 'incomplete' : Math.abs(differenceGallons) <= tolerance ? 'agree' : 'differ'
  return { verdict, registerGallons, intervalGallons, differenceGallons, turns, missingHours: missing }
}

/**
 * With every hour known, as many turns as the hours speak for. With hours missing, none can be counted: the fewest that
 * leave the missing hours no less than nothing, where that is less than half a turn.
 */
function turnsBetween(
  apart: number,
  turn: number,
  { intervalGallons, missing }: { intervalGallons: number; missing: number },
): number {
  if (turn === 0) return 0
  if (missing === 0) return Math.round((intervalGallons - apart) / turn)
  return apart < 0 && -apart > turn / 2 ? 1 : 0
}
