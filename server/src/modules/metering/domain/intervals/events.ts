/** Bursts, spikes, registers that stand still or run back, silence, and water where nobody lives. */
import type { HourFinding, HourFindingCode, WatchedMeter } from './findings.ts'
import { habitsBefore } from './habits.ts'
import type { WatchLimits } from './limits.ts'
import { gallonsAt, type HourSeries, heard } from './series.ts'

type Found = Pick<HourFinding, 'gallons' | 'gallonsPerHour' | 'facts'> & { readonly found: number }

function findingAt(
  series: HourSeries,
  [code, rule]: readonly [HourFindingCode, string],
  [from, to]: readonly [number, number],
  { found, ...rest }: Found,
): HourFinding {
  const { firstHour } = series
  return {
    ...{ code, rule, fromHour: firstHour + from, toHour: firstHour + to, foundHour: firstHour + found },
    clearedHour: null,
    ...rest,
  }
}

/** Hours of a meter's own before which nothing is called unusual for it. */
const historyHours = 168

/** Runs of measured slots for which `holds`, given as [from, to]; a silence ends a run. */
function* runsOf(series: HourSeries, holds: (gallons: number) => boolean): Generator<[number, number]> {
  let from = -1
  for (let at = 0; at <= series.length; at += 1) {
    const is = at < series.length && series.quality[at] === heard.measured && holds(gallonsAt(series, at))
    if (is && from < 0) from = at
    if (!is && from >= 0) {
      yield [from, at - 1]
      from = -1
    }
  }
}

/** VEE-034. A meter without a history of its own must run twice as long before it is called a burst. */
export function findBursts(series: HourSeries, meter: WatchedMeter, limits: WatchLimits): HourFinding[] {
  if (meter.service !== 'potable') return []
  const findings: HourFinding[] = []
  for (const [from, to] of runsOf(series, gallons => gallons >= limits.burstGallons)) {
    const habits = habitsBefore(series, from)
    const known = habits.measuredHours >= historyHours
    const needed = known ? limits.burstHours : 2 * limits.burstHours
    if (to - from + 1 < needed) continue
    let [gallons, highest, least, byClock] = [0, 0, Number.POSITIVE_INFINITY, 0]
    for (let at = from; at <= to; at += 1) {
      const hour = gallonsAt(series, at)
      gallons += hour
      highest = Math.max(highest, hour)
      least = Math.min(least, hour)
      if (habits.irrigationHours[series.wallHour[at]!]) byClock += 1
    }
    if (2 * byClock >= to - from + 1 || least < limits.burstTimes * habits.usualHigh) continue
    findings.push(
      findingAt(series, ['burst', 'VEE-034'], [from, to], {
        found: from + needed - 1,
        gallons,
        gallonsPerHour: highest,
        facts: { hours: to - from + 1, usualHighGallons: Math.round(habits.usualHigh) },
      }),
    )
  }
  return findings
}

/** VEE-017: an hour that the register does not bear out, or that no hour of this meter comes near. */
export function findSpikes(series: HourSeries, _: WatchedMeter, limits: WatchLimits): HourFinding[] {
  const findings: HourFinding[] = []
  const { register, scale } = series
  const [highest, second] = twoHighest(series)
  for (let at = 0; at < series.length; at += 1) {
    if (series.quality[at] !== heard.measured) continue
    const gallons = gallonsAt(series, at)
    if (gallons < limits.spikeTimes * scale.gallonsPerStep) continue
    const other = gallons === highest ? second : highest
    const moved = at > 0 ? (register[at]! - register[at - 1]!) * scale.registerGallonsPerStep : Number.NaN
    const borne = Number.isNaN(moved) ? other : Math.max(0, moved)
    if (gallons <= other || gallons < limits.spikeTimes * Math.max(borne, scale.registerGallonsPerStep))
      continue
    if (Number.isNaN(moved) && series.length < historyHours) continue
    findings.push(
      findingAt(series, ['spike', 'VEE-017'], [at, at], {
        found: at,
        gallons,
        gallonsPerHour: gallons,
        facts: { registerGallons: Number.isNaN(moved) ? null : moved, highestOther: Math.round(other) },
      }),
    )
  }
  return findings
}

function twoHighest(series: HourSeries): [number, number] {
  let [highest, second] = [0, 0]
  for (let at = 0; at < series.length; at += 1) {
    if (series.quality[at] !== heard.measured) continue
    const gallons = gallonsAt(series, at)
    if (gallons > highest) [highest, second] = [gallons, highest]
    else if (gallons > second) second = gallons
  }
  return [highest, second]
}

/** VEE-035: away, or stopped? Several times longer than this meter ever rested. */
export function findStuck(series: HourSeries, meter: WatchedMeter, limits: WatchLimits): HourFinding[] {
  if (meter.account !== 'occupied' || meter.service !== 'potable') return []
  const findings: HourFinding[] = []
  for (const [from, to] of runsOf(series, gallons => gallons === 0)) {
    if (to - from + 1 < limits.stuckHours) continue
    const habits = habitsBefore(series, from)
    const needed = Math.max(limits.stuckHours, Math.ceil(limits.stuckTimes * habits.longestRest))
    if (habits.measuredHours < historyHours || to - from + 1 < needed) continue
    findings.push(
      findingAt(series, ['stuck', 'VEE-035'], [from, to], {
        found: from + needed - 1,
        gallons: 0,
        gallonsPerHour: 0,
        facts: { hours: to - from + 1, longestRest: habits.longestRest },
      }),
    )
  }
  return findings
}

/** VEE-036: one finding for all the hours, since one valve lets them all through. */
export function findBackwardFlow(series: HourSeries, _: WatchedMeter, limits: WatchLimits): HourFinding[] {
  let [from, to, hours, gallons, most] = [-1, -1, 0, 0, 0]
  for (const [first, last] of runsOf(series, one => one <= -limits.backwardGallons)) {
    if (from < 0) from = first
    to = last
    for (let at = first; at <= last; at += 1) {
      hours += 1
      gallons -= gallonsAt(series, at)
      most = Math.max(most, -gallonsAt(series, at))
    }
  }
  if (from < 0) return []
  return [
    findingAt(series, ['backward-flow', 'VEE-036'], [from, to], {
      found: from,
      gallons,
      gallonsPerHour: most,
      facts: { hours },
    }),
  ]
}

/** VEE-017: hours that nobody heard; they are not zeros. */
export function findMissing(series: HourSeries, _: WatchedMeter, limits: WatchLimits): HourFinding[] {
  const findings: HourFinding[] = []
  let from = -1
  for (let at = 0; at <= series.length; at += 1) {
    const silent = at < series.length && series.quality[at] === heard.none
    if (silent && from < 0) from = at
    if (silent || from < 0) continue
    const hours = at - from
    if (hours >= limits.missingHours)
      findings.push(
        findingAt(series, ['missing', 'VEE-017'], [from, at - 1], {
          found: from + limits.missingHours - 1,
          gallons: 0,
          gallonsPerHour: null,
          facts: { hours },
        }),
      )
    from = -1
  }
  return findings
}

/** VEE-016, hour by hour. */
export function findVacantUse(series: HourSeries, meter: WatchedMeter, limits: WatchLimits): HourFinding[] {
  if (meter.account === 'occupied') return []
  const threshold = Math.max(limits.leakGallons, meter.resolutionGallons)
  let [from, to, hours, gallons, highest] = [-1, -1, 0, 0, 0]
  for (const [first, last] of runsOf(series, one => one >= threshold)) {
    if (from < 0) from = first
    to = last
    for (let at = first; at <= last; at += 1) {
      hours += 1
      gallons += gallonsAt(series, at)
      highest = Math.max(highest, gallonsAt(series, at))
    }
  }
  if (from < 0) return []
  return [
    findingAt(series, ['vacant-use', 'VEE-016'], [from, to], {
      found: from,
      gallons,
      gallonsPerHour: highest,
      facts: { hours, account: meter.account },
    }),
  ]
}
