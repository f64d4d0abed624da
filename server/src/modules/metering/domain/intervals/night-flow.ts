/**
 * VEE-032: flow in nights that used to be quiet. A running toilet comes and goes at no set time; irrigation comes in
 * large volumes, or night after night in the same hours with the same volume, and is never called a leak.
 */
import type { HourFinding, WatchedMeter } from './findings.ts'
import { largeHour } from './habits.ts'
import type { WatchLimits } from './limits.ts'
import { gallonsAt, type HourSeries, heard } from './series.ts'

type Night = {
  readonly day: number
  readonly from: number
  readonly to: number
  /** Gallons of its small hours, by wall hour; NaN for a large one and for one that was not measured. */
  readonly hours: Float64Array
  /** Share of its small hours with flow, and their mean flow. */
  readonly share: number
  readonly mean: number
  /** Share of hours with flow in the whole day that the night begins. */
  readonly dayShare: number
}
type Usual = {
  readonly share: number
  readonly mean: number
  readonly dayShare: number
  readonly daySpread: number
}

const toSigma = 1.4826
const shareLeast = 0.5
const shareOver = 0.3
/** A leak runs by day as well; a guest, a baby or a night shift hardly adds hours with flow to the day. */
const dayShareOver = 0.15
const leastDaySpread = 0.03

export function findNightFlow(series: HourSeries, meter: WatchedMeter, limits: WatchLimits): HourFinding[] {
  if (meter.account !== 'occupied' || meter.service !== 'potable' || meter.continuousFlowExpected) return []
  if (meter.resolutionGallons > limits.resolutionGallons) return []
  const nights = nightsOf(series, limits)
  const count = limits.nightNights
  const findings: HourFinding[] = []
  for (let at = limits.nightHistory; at + count <= nights.length; at += 1) {
    if (!isLoudest(nights, at, count)) continue
    const usual = usualOf(nights, at)
    let end = at
    while (end + count <= nights.length && isLoud(nights, end, { usual, limits })) end += 1
    if (end === at) continue
    const loud = nights.slice(at, end + count - 1)
    if (!isByClock(loud)) findings.push(findingOf(loud, { usual, series, limits }))
    at = end + count - 2
  }
  return findings
}

/** The cheap half of the question, asked before the meter's habits are looked up. */
function isLoudest(nights: readonly Night[], from: number, count: number): boolean {
  let share = 0
  for (let at = from; at < from + count; at += 1) {
    if (nights[at]!.share === 0) return false
    share += nights[at]!.share
  }
  return share >= shareLeast * count && nights[from + count - 1]!.day - nights[from]!.day === count - 1
}

function isLoud(
  nights: readonly Night[],
  from: number,
  { usual, limits }: { usual: Usual; limits: WatchLimits },
): boolean {
  const count = limits.nightNights
  if (!isLoudest(nights, from, count)) return false
  let [share, mean, dayShare] = [0, 0, 0]
  for (let at = from; at < from + count; at += 1) {
    share += nights[at]!.share / count
    mean += nights[at]!.mean / count
    dayShare += nights[at]!.dayShare / count
  }
  const spread = usual.daySpread / Math.sqrt(count) // of a mean over so many days
  return (
    share >= usual.share + shareOver &&
    mean >= usual.mean + limits.leakGallons &&
    dayShare >= usual.dayShare + Math.max(dayShareOver, limits.nightSigmas * spread)
  )
}

/** Nights with nearly all their hours measured, oldest first. */
function nightsOf(series: HourSeries, { nightFrom, nightTo, leakGallons }: WatchLimits): Night[] {
  const nights: Night[] = []
  for (let from = 0; from < series.length; ) {
    let to = from
    while (to < series.length && series.day[to] === series.day[from]) to += 1
    const hours = new Float64Array(nightTo - nightFrom).fill(Number.NaN)
    let [small, flowing, sum, all, allFlowing] = [0, 0, 0, 0, 0]
    let [first, last] = [-1, from]
    for (let at = from; at < to; at += 1) {
      if (series.quality[at] !== heard.measured) continue
      const gallons = gallonsAt(series, at)
      all += 1
      if (gallons >= leakGallons) allFlowing += 1
      const wall = series.wallHour[at]!
      if (wall < nightFrom || wall >= nightTo) continue
      if (first < 0) first = at
      last = at
      if (gallons >= largeHour) continue
      small += 1
      sum += gallons
      if (gallons >= leakGallons) flowing += 1
      hours[wall - nightFrom] = gallons
    }
    if (first >= 0 && small >= hours.length - 1)
      nights.push({
        ...{ day: series.day[from]!, from: first, to: last, hours },
        share: flowing / small,
        mean: sum / small,
        dayShare: allFlowing / all,
      })
    from = to
  }
  return nights
}

function usualOf(nights: readonly Night[], end: number): Usual {
  const before = nights.slice(0, end)
  const dayShares = before.map(night => night.dayShare)
  const dayShare = middle(dayShares)
  return {
    mean: middle(before.map(night => night.mean)),
    share: middle(before.map(night => night.share)),
    dayShare,
    daySpread: Math.max(leastDaySpread, toSigma * middle(dayShares.map(one => Math.abs(one - dayShare)))),
  }
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Hours that flow every night with about the same volume belong to a clock; a leak shows in the others as well. */
function isByClock(nights: readonly Night[]): boolean {
  let [others, flowing] = [0, 0]
  for (let hour = 0; hour < nights[0]!.hours.length; hour += 1) {
    const volumes = nights.map(night => night.hours[hour]!).filter(gallons => !Number.isNaN(gallons))
    const [least, most] = [Math.min(...volumes), Math.max(...volumes)]
    if (volumes.length === 0 || (least > 0 && most - least <= Math.max(1, 0.25 * most))) continue
    others += volumes.length
    flowing += volumes.filter(gallons => gallons > 0).length
  }
  return flowing < othersShareLeast * others || others === 0
}
const othersShareLeast = 0.3

function findingOf(
  nights: readonly Night[],
  { usual, series, limits }: { usual: Usual; series: HourSeries; limits: WatchLimits },
): HourFinding {
  const first = nights[0]!
  const last = nights.at(-1)!
  const mean = nights.reduce((sum, night) => sum + night.mean, 0) / nights.length
  const steady = nights.every(night => night.share === 1)
  return {
    code: steady ? 'night-flow' : 'night-toilet',
    rule: 'VEE-032',
    fromHour: series.firstHour + first.from,
    toHour: series.firstHour + last.to,
    foundHour: series.firstHour + nights[limits.nightNights - 1]!.to,
    clearedHour: null,
    gallonsPerHour: mean - usual.mean,
    gallons: (mean - usual.mean) * (last.to - first.from + 1),
    facts: {
      nights: nights.length,
      meanGallons: Math.round(mean * 10) / 10,
      usualGallons: Math.round(usual.mean * 10) / 10,
      sharePercent: Math.round((nights.reduce((sum, night) => sum + night.share, 0) / nights.length) * 100),
    },
  }
}
