/**
 * VEE-024 to VEE-029: flow in every hour. Estimated and missing hours neither start nor clear an alert; one measured
 * hour below the threshold clears it.
 */
import type { HourFinding, WatchedMeter } from './findings.ts'
import type { WatchLimits } from './limits.ts'
import { gallonsAt, type HourSeries, heard } from './series.ts'

type Run = {
  from: number
  to: number
  measured: number
  least: number
  gallons: number
  found: number | null
}

export function findContinuousFlow(
  series: HourSeries,
  meter: WatchedMeter,
  limits: WatchLimits,
): HourFinding[] {
  if (meter.continuousFlowExpected || meter.resolutionGallons > limits.resolutionGallons) return []
  const threshold = Math.max(limits.leakGallons, meter.resolutionGallons)
  const findings: HourFinding[] = []
  let run: Run | null = null
  for (let at = 0; at < series.length; at += 1) {
    if (series.quality[at] !== heard.measured) continue
    const gallons = gallonsAt(series, at)
    if (gallons < threshold) {
      if (run?.found != null) findings.push(findingOf(run, series, at))
      run = null
      continue
    }
    run = extend(run, at, gallons, limits.leakHours)
  }
  if (run?.found != null) findings.push(findingOf(run, series, null))
  return findings
}

/** Before the alert, the window of measured hours may hold gaps, but not be half of them. */
function extend(run: Run | null, at: number, gallons: number, needed: number): Run {
  if (!run || (run.found === null && at - run.from >= 2 * needed))
    return { from: at, to: at, measured: 1, least: gallons, gallons, found: needed <= 1 ? at : null }
  run.to = at
  run.measured += 1
  run.gallons += gallons
  if (gallons < run.least) run.least = gallons
  if (run.found === null && run.measured >= needed) run.found = at
  return run
}

function findingOf(
  { from, to, measured, least, gallons, found }: Run,
  series: HourSeries,
  cleared: number | null,
): HourFinding {
  return {
    code: 'continuous-flow',
    rule: 'VEE-024',
    fromHour: series.firstHour + from,
    toHour: series.firstHour + to,
    foundHour: series.firstHour + found!,
    clearedHour: cleared === null ? null : series.firstHour + cleared,
    gallonsPerHour: least, // VEE-025
    gallons: least * (to - from + 1), // the leak's part of what ran
    facts: { measuredHours: measured, allGallons: Math.round(gallons) },
  }
}
