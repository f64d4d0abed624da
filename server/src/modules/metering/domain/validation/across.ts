/**
 * What no single read can show: two neighbours read for each other, a reader whose digits repeat, readers whose
 * exceptions are waved through. Nothing here accuses; it says where to look.
 */
import type { MeterId } from '@curbstop/kernel/ids'
import { judgeRead } from './judge-read.ts'
import type { ValidationLimits } from './limits.ts'
import type { NewRead, ReadProfile } from './profile.ts'
import { sceneOf } from './scene.ts'

export type NeighbourRead = {
  readonly meterId: MeterId
  readonly read: NewRead
  readonly profile: ReadProfile
}
export type SwapLimits = {
  /** VEE-037: how many times better the reads must fit when changed about. */
  readonly times: number
  /** Places on the route between which a mistake is believed. */
  readonly span: number
}
export type SwappedPair = {
  readonly first: MeterId
  readonly second: MeterId
  /** Deviations of both reads together, as they are and changed about. */
  readonly deviations: number
  readonly deviationsSwapped: number
  /** Use of each in gallons if they are changed about. */
  readonly firstGallons: number
  readonly secondGallons: number
}

/** A read below the last one, or further off than this, is simply wrong: how wrong says nothing more. */
const deviationsMost = 50

/** Reads of one book in route order. Only a read that was called negative, high or low can be half of a pair. */
export function findSwapped(
  reads: readonly NeighbourRead[],
  { times, span }: SwapLimits,
  limits: ValidationLimits,
): SwappedPair[] {
  const pairs: SwappedPair[] = []
  const taken = new Set<number>()
  const odd = reads.map(({ read, profile }) => isOdd(read, profile, limits))
  for (let at = 0; at < reads.length; at += 1) {
    if (taken.has(at)) continue
    let best: SwappedPair | null = null
    let bestWith = -1
    for (let other = at + 1; other <= at + span && other < reads.length; other += 1) {
      if (taken.has(other) || !(odd[at] || odd[other])) continue
      const pair = comparePair(reads[at]!, reads[other]!, limits)
      const fits = pair !== null && 1 + pair.deviations >= times * (1 + pair.deviationsSwapped)
      if (fits && (!best || pair.deviationsSwapped < best.deviationsSwapped)) [best, bestWith] = [pair, other]
    }
    if (!best) continue
    pairs.push(best)
    taken.add(at).add(bestWith)
  }
  return pairs
}

function isOdd(read: NewRead, profile: ReadProfile, limits: ValidationLimits): boolean {
  if (read.kind === 'estimated') return false
  return judgeRead(read, profile, limits).findings.some(
    ({ code }) => code === 'negative' || code === 'high' || code === 'low' || code === 'unusual',
  )
}

function comparePair(a: NeighbourRead, b: NeighbourRead, limits: ValidationLimits): SwappedPair | null {
  const own = [deviationOf(a.read, a.profile, limits), deviationOf(b.read, b.profile, limits)]
  const swapped = [
    deviationOf({ ...b.read, day: a.read.day }, a.profile, limits),
    deviationOf({ ...a.read, day: b.read.day }, b.profile, limits),
  ]
  if ([...own, ...swapped].includes(null)) return null
  return {
    first: a.meterId,
    second: b.meterId,
    deviations: own[0]!.deviations + own[1]!.deviations,
    deviationsSwapped: swapped[0]!.deviations + swapped[1]!.deviations,
    firstGallons: Math.round(swapped[0]!.gallons),
    secondGallons: Math.round(swapped[1]!.gallons),
  }
}

function deviationOf(
  read: NewRead,
  profile: ReadProfile,
  limits: ValidationLimits,
): { deviations: number; gallons: number } | null {
  if (read.value >= 10 ** profile.register.dials) return null
  const { band, judgedDays: days, judgedGallons, gallons } = sceneOf(read, profile, limits)
  if (!band || days <= 0) return null
  if (gallons < 0) return { deviations: deviationsMost, gallons }
  const deviations = Math.abs(judgedGallons / days - band.expected) / (band.sigma || 1)
  return { deviations: Math.min(deviationsMost, deviations), gallons }
}

export type ReaderRead = { readonly reader: string; readonly value: number; readonly droppedDigits: number }
/** VEE-040. */
export type DigitLimits = { readonly leastReads: number; readonly chance: number }
export type ReaderDigits = {
  readonly reader: string
  readonly reads: number
  readonly counts: readonly number[] // by last digit, 0 to 9
  readonly chiSquare: number
  /** How often an honest reader would look at least as uneven. */
  readonly chance: number
  readonly mostDigit: number
  readonly mostShare: number
}

/** Readers whose last digits are too uneven for chance, the most uneven first. Give actual reads that changed only. */
export function repeatedDigits(
  reads: Iterable<ReaderRead>,
  { leastReads, chance: limit }: DigitLimits,
): ReaderDigits[] {
  const byReader = new Map<string, number[]>()
  for (const { reader, value, droppedDigits } of reads) {
    const counts = byReader.get(reader) ?? new Array<number>(10).fill(0)
    byReader.set(reader, counts)
    counts[Math.floor(value / 10 ** droppedDigits) % 10]! += 1
  }
  const found: ReaderDigits[] = []
  for (const [reader, counts] of byReader) {
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (total < leastReads) continue
    const { chiSquare, chance } = evennessOf(counts)
    if (chance > limit) continue
    const most = Math.max(...counts)
    found.push({
      ...{ reader, reads: total, counts, chiSquare, chance },
      mostDigit: counts.indexOf(most),
      mostShare: most / total,
    })
  }
  return found.sort((a, b) => b.chiSquare - a.chiSquare)
}

/** Ten counts of last digits against an even spread: how often an honest reader would look at least as uneven. */
export function evennessOf(counts: readonly number[]): {
  readonly chiSquare: number
  readonly chance: number
} {
  const even = counts.reduce((sum, count) => sum + count, 0) / 10
  const chiSquare = counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0)
  return { chiSquare, chance: chanceOfNine(chiSquare) }
}

/** Upper tail of chi-square with nine degrees of freedom, in closed form. */
function chanceOfNine(x: number): number {
  const tail = Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2) * (1 + x / 3 + x ** 2 / 15 + x ** 3 / 105)
  return Math.min(1, complementaryError(Math.sqrt(x / 2)) + tail)
}

/** erfc for x ≥ 0, Abramowitz and Stegun 7.1.26: within 1.5e-7, and far out of the way of a limit of a thousandth. */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return polynomial * Math.exp(-x * x)
}

/** One read that came in: was it an exception, and did a person take it as it stood? */
export type ReviewedRead = {
  readonly reader: string
  readonly flagged: boolean
  readonly overruled: boolean
}
export type OverrideRate = {
  readonly reader: string
  readonly reads: number
  readonly flagged: number
  readonly overruled: number
  /** Exceptions by read, and overrulings by exception. */
  readonly flaggedShare: number
  readonly overruledShare: number
  /** What the share is at least, with few reads allowed for (Wilson, 95 %). */
  readonly overruledAtLeast: number
}

/** By reader, those whose exceptions are most surely waved through first. */
export function overrideRates(reads: Iterable<ReviewedRead>): OverrideRate[] {
  const byReader = new Map<string, { reads: number; flagged: number; overruled: number }>()
  for (const { reader, flagged, overruled } of reads) {
    const row = byReader.get(reader) ?? { reads: 0, flagged: 0, overruled: 0 }
    byReader.set(reader, row)
    row.reads += 1
    if (flagged) row.flagged += 1
    if (flagged && overruled) row.overruled += 1
  }
  return [...byReader]
    .map(([reader, { reads: total, flagged, overruled }]) => ({
      ...{ reader, reads: total, flagged, overruled },
      flaggedShare: flagged / total,
      overruledShare: flagged === 0 ? 0 : overruled / flagged,
      overruledAtLeast: wilsonLow(overruled, flagged),
    }))
    .sort((a, b) => b.overruledAtLeast - a.overruledAtLeast)
}

function wilsonLow(hits: number, of: number): number {
  if (of === 0) return 0
  const z = 1.96
  const share = hits / of
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  return Math.max(0, (share + (z * z) / (2 * of) - spread) / (1 + (z * z) / of))
}
