/**
 * How much water is used. Monthly use by class follows the quantiles of a real city (218,067 two-month bills,
 * Santa Monica 2014-2016, in CCF), halved to a month; within the year it follows the season and the garden.
 */
import type { Random } from './random.ts'

export type PremiseClass =
  | 'single-family'
  | 'multi-family'
  | 'commercial'
  | 'irrigation'
  | 'institutional'
  | 'fire'

type Quantiles = readonly (readonly [p: number, ccf: number])[]

/** Two-month bills, CCF: p10, p50, p90, p99, and a tail that stays plausible. */
const quantiles: Readonly<Record<PremiseClass, Quantiles>> = {
  'single-family': [
    [0, 2],
    [0.1, 7],
    [0.5, 22],
    [0.9, 53],
    [0.99, 118],
    [1, 190],
  ],
  'multi-family': [
    [0, 2],
    [0.1, 9],
    [0.5, 34],
    [0.9, 110],
    [0.99, 378],
    [1, 800],
  ],
  commercial: [
    [0, 0],
    [0.1, 2],
    [0.5, 24],
    [0.9, 243],
    [0.99, 1354],
    [1, 4000],
  ],
  irrigation: [
    [0, 0],
    [0.1, 2],
    [0.5, 15],
    [0.9, 93],
    [0.99, 548],
    [1, 1200],
  ],
  institutional: [
    [0, 1],
    [0.1, 4],
    [0.5, 20],
    [0.9, 95],
    [0.99, 900],
    [1, 2500],
  ],
  fire: [
    [0, 0],
    [1, 0],
  ],
}

export type UseProfile = {
  /** Mean gallons a day over the year, indoors and out. */
  readonly meanGallonsPerDay: number
  /** Share that follows the season, 0 … 1. */
  readonly outdoorShare: number
  /** Month-to-month unrest (standard deviation of the logarithm). */
  readonly unrest: number
}

const gallonsPerDay = (ccfInTwoMonths: number) => (ccfInTwoMonths * 748) / 60.8

/** Piecewise log-linear between the known quantiles. */
export function valueAt(curve: Quantiles, p: number): number {
  for (let i = 1; i < curve.length; i += 1) {
    const [p1, v1] = curve[i]!
    if (p > p1) continue
    const [p0, v0] = curve[i - 1]!
    const share = (p - p0) / (p1 - p0)
    return Math.exp(Math.log(v0 + 1) * (1 - share) + Math.log(v1 + 1) * share) - 1
  }
  return curve[curve.length - 1]![1]
}

export function makeUseProfile(random: Random, kind: PremiseClass, irrigatedSqft: number): UseProfile {
  const meanGallonsPerDay = gallonsPerDay(valueAt(quantiles[kind], random.next()))
  const outdoor: Readonly<Record<PremiseClass, number>> = {
    'single-family': Math.min(0.68, 0.18 + irrigatedSqft / 9000),
    'multi-family': 0.15,
    commercial: 0.18,
    irrigation: 0.95,
    institutional: 0.45,
    fire: 0,
  }
  return {
    meanGallonsPerDay,
    outdoorShare: Math.max(0, Math.min(1, outdoor[kind] * (0.8 + 0.4 * random.next()))),
    unrest: kind === 'commercial' ? 0.16 : 0.1,
  }
}

/** Gallons a day in one period, given the season's height (1 = the year's mean). */
export function gallonsPerDayIn(profile: UseProfile, season: number, random: Random): number {
  const shape = 1 - profile.outdoorShare + profile.outdoorShare * season
  return profile.meanGallonsPerDay * shape * Math.exp(random.normal() * profile.unrest)
}
