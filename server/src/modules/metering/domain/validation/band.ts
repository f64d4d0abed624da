/**
 * What use is usual for these days: median and MAD of the same season's daily use, joined by the meter's other seasons
 * or by comparable users while the season's history is short (VEE-013, VEE-014). Runs for every read of a district, so
 * it walks the columns once and sorts two dozen numbers in place.
 */
import type { ValidationLimits } from './limits.ts'
import type { ReadProfile } from './profile.ts'

export type UseBand = {
  /** Gallons a day. */
  readonly expected: number
  readonly sigma: number
  readonly low: number
  readonly high: number
  /** Reads of the same season it rests on. */
  readonly reads: number
  readonly source: 'season' | 'year' | 'peers'
}

const yearDays = 365.25
/** A longer period says nothing about a season. */
const seasonDaysMax = 100
const toSigma = 1.4826 // makes the MAD of a normal distribution its standard deviation
/** Even a steady home moves by this share; and that much where next to nothing is known of it. */
const leastSpread = 0.12
const unknownSpread = 0.35
/** Reads of other seasons that tell a meter's level better than its neighbours do. */
const yearReads = 6

type Centre = { readonly middle: number; readonly sigma: number }

/** Null when there is neither history nor a peer group. `resolution`: gallons of the smallest step that is read. */
export function usualUse(
  profile: ReadProfile,
  span: { readonly fromDay: number; readonly toDay: number; readonly resolution: number },
  limits: ValidationLimits,
): UseBand | null {
  const season: number[] = []
  const others: number[] = []
  gather(profile, (span.fromDay + span.toDay) / 2, limits.seasonDays, season, others)
  const prior = priorOf(others, profile)
  const own = season.length > 0 ? centreOf(season, leastSpread) : null
  const joined = own ? join(own, prior, Math.min(1, season.length / limits.leastReads)) : prior
  if (!joined) return null
  const days = Math.max(1, span.toDay - span.fromDay)
  const expected = joined.middle * profile.seasonFactor
  const sigma = Math.max(joined.sigma * profile.seasonFactor, span.resolution / days)
  const reach = limits.sigmas * sigma
  return {
    expected,
    sigma,
    low: Math.max(0, expected - reach),
    high: expected + reach,
    reads: season.length,
    source: own ? 'season' : others.length > 0 ? 'year' : 'peers',
  }
}

/** Daily use of every period that is evidence, by season; an estimate and an unknown use are none. */
function gather(
  profile: ReadProfile,
  middle: number,
  reach: number,
  season: number[],
  others: number[],
): void {
  const { history, historyFrom, historyCount } = profile
  const end = historyFrom + historyCount
  for (let at = historyFrom; at < end; at += 1) {
    const days = history.days[at]!
    const gallons = history.gallons[at]!
    if (days === 0 || history.estimated[at] === 1 || Number.isNaN(gallons)) continue
    const away = (middle - (history.toDay[at]! - days / 2)) % yearDays
    const distance = Math.min(Math.abs(away), yearDays - Math.abs(away))
    const list = distance <= reach && days <= seasonDaysMax ? season : others
    list.push(gallons / days)
  }
}

function priorOf(others: number[], { peers, ofCompound }: ReadProfile): Centre | null {
  if (others.length >= yearReads || (others.length > 0 && (!peers || ofCompound)))
    return centreOf(others, unknownSpread)
  if (!peers || ofCompound) return null
  const sigma = Math.max((peers.p75 - peers.p25) / 1.349, peers.median * unknownSpread)
  return { middle: peers.median, sigma }
}

function join(own: Centre, prior: Centre | null, weight: number): Centre {
  if (weight >= 1) return own
  const wide = prior ?? { middle: own.middle, sigma: Math.max(own.sigma, own.middle * unknownSpread) }
  return {
    middle: own.middle * weight + wide.middle * (1 - weight),
    sigma: own.sigma * weight + wide.sigma * (1 - weight),
  }
}

function centreOf(values: number[], spread: number): Centre {
  sortInPlace(values)
  const middle = middleOf(values)
  for (let at = 0; at < values.length; at += 1) values[at] = Math.abs(values[at]! - middle)
  sortInPlace(values)
  const sigma = middleOf(values) * toSigma * (1 + 1 / values.length) // few values lie closer together than they should
  return { middle, sigma: Math.max(sigma, middle * spread) }
}

function middleOf(sorted: readonly number[]): number {
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Insertion: two dozen numbers at most. */
function sortInPlace(values: number[]): void {
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at]!
    let to = at
    while (to > 0 && values[to - 1]! > value) {
      values[to] = values[to - 1]!
      to -= 1
    }
    values[to] = value
  }
}
