/**
 * Hours of one meter as they arrive and as they are kept. Key: the meter and the instant of the hour's END, in UTC;
 * local stamps repeat or vanish on the days of 25 and 23 hours. Volumes are integers of the channel's smallest step.
 */

/** `none`: the meter was not heard. It is not a zero, and a register value that comes with it is stale. */
export type HourQuality = 'measured' | 'adjusted' | 'estimated' | 'none'

export type Hour = {
  /** Epoch seconds of the end of the hour, UTC. */
  readonly at: number
  readonly quality: HourQuality
  /** Interval channel, in steps; null when the file has no such channel for this hour. */
  readonly volume: number | null
  /** Register channel, in steps; null when there is none, or when it was stale. */
  readonly register: number | null
}

/** What the steps of both channels are, and where the register begins again. */
export type MeterScale = {
  /** Gallons of one step of the interval channel. */
  readonly gallonsPerStep: number
  /** Gallons of one step of the register channel; vendors mix units within one row. */
  readonly registerGallonsPerStep: number
  /** Register steps at which it stands at zero again: ten to the dials. Null when the meter sends no register. */
  readonly capacity: number | null
}

export type HourChange = {
  readonly at: number
  readonly kept: Hour
  readonly dropped: Hour
  /** `newest`: the later delivery counts. `better`: a measured hour is never displaced by an estimate or a silence. */
  readonly why: 'newest' | 'better'
}
export type Merged = {
  /** In the order of time, each hour once. */
  readonly hours: readonly Hour[]
  readonly added: number
  /** Delivered again with the same value. */
  readonly repeated: number
  readonly changed: readonly HourChange[]
  /** Delivered as not heard where nothing better is known: kept out of the totals. */
  readonly unheard: number
}

const rank: Readonly<Record<HourQuality, number>> = { none: 0, estimated: 1, adjusted: 2, measured: 2 }

/** `arrived` in the order of delivery, whatever their instants; `known` as `mergeHours` left them. */
export function mergeHours(known: readonly Hour[], arrived: readonly Hour[]): Merged {
  const byInstant = new Map<number, Hour>()
  for (const hour of known) byInstant.set(hour.at, hour)
  const changed: HourChange[] = []
  let added = 0
  let repeated = 0
  for (const hour of arrived) {
    const before = byInstant.get(hour.at)
    if (!before) {
      byInstant.set(hour.at, hour)
      added += 1
    } else if (same(before, hour)) repeated += 1
    else {
      const joined = joinChannels(before, hour)
      const better = joined === null && rank[before.quality] > rank[hour.quality]
      byInstant.set(hour.at, joined ?? (better ? before : hour))
      if (joined === null && better) changed.push({ at: hour.at, kept: before, dropped: hour, why: 'better' })
      else if (joined === null) changed.push({ at: hour.at, kept: hour, dropped: before, why: 'newest' })
    }
  }
  const hours = [...byInstant.values()].sort((a, b) => a.at - b.at)
  return { hours, added, repeated, changed, unheard: hours.filter(hour => hour.quality === 'none').length }
}

const same = (a: Hour, b: Hour): boolean =>
  a.volume === b.volume && a.register === b.register && a.quality === b.quality

/** Feeds that send the register and the interval channel in lines of their own: two halves of one hour. */
function joinChannels(a: Hour, b: Hour): Hour | null {
  if (a.quality !== b.quality || a.quality === 'none') return null
  if (a.volume === null && a.register !== null && b.volume !== null && b.register === null)
    return { ...b, register: a.register }
  if (a.register === null && a.volume !== null && b.register !== null && b.volume === null)
    return { ...a, register: b.register }
  return null
}
