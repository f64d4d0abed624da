/** Robust statistics over use: medians do not move because one home burst a pipe. Plain numbers, no allocation games. */

export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  const high = Math.ceil(at)
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low)
}

export const median = (values: readonly number[]): number | null => quantile(values, 0.5)

/** Median absolute deviation, unscaled. */
export function medianAbsoluteDeviation(values: readonly number[]): number | null {
  const middle = median(values)
  return middle === null ? null : median(values.map(value => Math.abs(value - middle)))
}

export type Band = { readonly low: number; readonly middle: number; readonly high: number }

const toSigma = 1.4826 // makes the MAD of a normal distribution its standard deviation

/**
 * What is usual: median ± `width` robust deviations, never below zero. Regular users have a MAD near zero, so the band
 * is at least a tenth of the median wide on each side. Null without values.
 */
export function robustBand(values: readonly number[], width = 3): Band | null {
  const middle = median(values)
  const deviation = medianAbsoluteDeviation(values)
  if (middle === null || deviation === null) return null
  const reach = Math.max(width * toSigma * deviation, middle * 0.1)
  return { low: Math.max(0, middle - reach), middle, high: middle + reach }
}

/** Own history and the peers', weighted by how much own history there is: six reads of the season speak for themselves. */
export function shrunkBand(own: readonly number[], peers: Band | null, enough = 6): Band | null {
  const band = robustBand(own)
  if (!band || !peers) return band ?? peers
  const weight = Math.min(1, own.length / enough)
  const blend = (a: number, b: number) => a * weight + b * (1 - weight)
  return {
    low: blend(band.low, peers.low),
    middle: blend(band.middle, peers.middle),
    high: blend(band.high, peers.high),
  }
}
