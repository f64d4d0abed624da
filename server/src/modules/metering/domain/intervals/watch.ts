/** Everything that the hours of one meter can say, in the order in which it could be said. */
import { compareChannels } from './channels.ts'
import { findContinuousFlow } from './continuous-flow.ts'
import { findBackwardFlow, findBursts, findMissing, findSpikes, findStuck, findVacantUse } from './events.ts'
import type { HourFinding, WatchedMeter } from './findings.ts'
import type { WatchLimits } from './limits.ts'
import { findNightFlow } from './night-flow.ts'
import type { HourSeries } from './series.ts'

const watches = [
  findContinuousFlow,
  findNightFlow,
  findBursts,
  findSpikes,
  findStuck,
  findBackwardFlow,
  findMissing,
  findVacantUse,
  findDifferences,
] as const

/** Give five weeks or more, so that the meter's own habits are known. */
export function watchHours(series: HourSeries, meter: WatchedMeter, limits: WatchLimits): HourFinding[] {
  const findings: HourFinding[] = []
  for (const watch of watches) {
    const found = watch(series, meter, limits)
    if (found.length > 0) findings.push(...found)
  }
  const leaks = findings.filter(one => one.code === 'continuous-flow')
  return findings
    .filter(one => one.rule !== 'VEE-032' || !leaks.some(leak => overlap(one, leak)))
    .sort((a, b) => a.foundHour - b.foundHour)
}

/** A leak that never stops runs by night as well: one finding is enough. */
const overlap = (a: HourFinding, b: HourFinding): boolean => a.fromHour <= b.toHour && b.fromHour <= a.toHour

const dayHours = 24

/** VEE-033, from register to register, a day apart or as near to it as registers were heard. */
export function findDifferences(series: HourSeries, _: WatchedMeter, limits: WatchLimits): HourFinding[] {
  const findings: HourFinding[] = []
  let from = -1
  for (let at = 0; at < series.length; at += 1) {
    if (Number.isNaN(series.register[at]!)) continue
    if (from < 0) {
      from = at
      continue
    }
    const isLast = at === series.length - 1
    if (at - from < dayHours && !isLast) continue
    const check = compareChannels(series, from, at, limits.channelSteps)
    if (check.verdict === 'differ')
      findings.push({
        code: 'channels-differ',
        rule: 'VEE-033',
        fromHour: series.firstHour + from + 1,
        toHour: series.firstHour + at,
        foundHour: series.firstHour + at,
        clearedHour: null,
        gallonsPerHour: null,
        gallons: Math.abs(check.differenceGallons ?? 0),
        facts: {
          registerGallons: check.registerGallons,
          intervalGallons: check.intervalGallons,
          differenceGallons: check.differenceGallons,
        },
      })
    from = at
  }
  return findings
}
