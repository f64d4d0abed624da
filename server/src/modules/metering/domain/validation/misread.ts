/**
 * VEE-038: which value might have stood on the dial? Two neighbouring digits changed about, or one digit read wrongly.
 * Tried only where a rule has already stopped the read, so it may take its time.
 */
import type { UseBand } from './band.ts'
import type { Finding } from './findings.ts'
import type { Scene } from './scene.ts'
import { centsBetween } from './stake.ts'

export type Neighbour = {
  readonly value: number
  readonly how: 'transposed' | 'one-digit'
  /** Digit from the left, 1 the first; of a pair the left one. */
  readonly place: number
  readonly was: string
  readonly wouldBe: string
  /** Deviations from what is usual, after the change. */
  readonly deviations: number
}

export type Dial = { readonly dials: number; readonly droppedDigits: number }

/** Faces that are taken for each other, and the pointer one off on a clock dial, weigh half a deviation less. */
const alike = new Set(['17', '71', '38', '83', '56', '65', '08', '80', '69', '96', '49', '94'])
const unlikelyPenalty = 0.5

/** The neighbour of `value` whose use fits best, when any lies inside the band. `useOf` gives gallons, or null. */
export function findNeighbour(
  value: number,
  { dials, droppedDigits }: Dial,
  fit: { readonly band: UseBand; readonly days: number; readonly useOf: (value: number) => number | null },
): Neighbour | null {
  const text = String(value).padStart(dials, '0')
  const readable = text.length - droppedDigits
  let best: Neighbour | null = null
  let bestScore = Number.POSITIVE_INFINITY
  const consider = (changed: string, found: Omit<Neighbour, 'value' | 'deviations'>) => {
    const use = fit.useOf(Number(changed))
    if (use === null || use < fit.band.low * fit.days || use > fit.band.high * fit.days) return
    const deviations = Math.abs(use / fit.days - fit.band.expected) / (fit.band.sigma || 1)
    const score = deviations + (isLikely(found) ? 0 : unlikelyPenalty)
    if (score >= bestScore) return
    bestScore = score
    best = { ...found, value: Number(changed), deviations: Math.round(deviations * 10) / 10 }
  }
  for (let at = 0; at < readable; at += 1) {
    const was = text[at]!
    const next = text[at + 1]
    if (at + 1 < readable && next !== was)
      consider(text.slice(0, at) + next + was + text.slice(at + 2), {
        how: 'transposed',
        place: at + 1,
        was: was + next,
        wouldBe: next! + was,
      })
    for (let digit = 0; digit <= 9; digit += 1) {
      const wouldBe = String(digit)
      if (wouldBe === was) continue
      consider(text.slice(0, at) + wouldBe + text.slice(at + 1), {
        how: 'one-digit',
        place: at + 1,
        was,
        wouldBe,
      })
    }
  }
  return best
}

function isLikely({ how, was, wouldBe }: Omit<Neighbour, 'value' | 'deviations'>): boolean {
  if (how === 'transposed' || alike.has(was + wouldBe)) return true
  const apart = Math.abs(Number(was) - Number(wouldBe))
  return apart === 1 || apart === 9
}

/** Use if the new read were `value`; null for one that would run backwards. */
const useOfRead =
  ({ judgedGallons, read, step, passedZero, capacity, last }: Scene) =>
  (value: number): number | null => {
    if (!passedZero && value < last.value && last.kind !== 'estimated') return null
    const turnLess = passedZero && value >= last.value ? capacity : 0
    const use = judgedGallons + (value - read.value - turnLess) * step
    return use < 0 ? null : use
  }

/** One digit can be changed in so many ways that something always fits: it must be an easy mistake, and fit well. */
const deviationsMost = { transposed: 1, 'one-digit': 0.5 } as const

/** The neighbour of a read that was called high or low, when what it would change is worth asking. */
export function findMisread(scene: Scene): Finding | null {
  const { band, judgedDays: days, judgedGallons: gallons, limits, profile, read } = scene
  if (!band || days <= 0) return null
  const dial = { dials: profile.register.dials, droppedDigits: profile.droppedDigits }
  const neighbour = findNeighbour(read.value, dial, { band, days, useOf: useOfRead(scene) })
  if (!neighbour || neighbour.deviations > deviationsMost[neighbour.how] || !isLikely(neighbour)) return null
  const wouldBe = useOfRead(scene)(neighbour.value) ?? 0
  if (Math.abs(gallons - wouldBe) < limits.misreadGallons) return null
  const { value, how, place, was, wouldBe: digits, deviations } = neighbour
  return {
    code: 'misread',
    rule: 'VEE-038',
    severity: 'look',
    blocksBilling: false,
    measured: read.value,
    limit: value,
    unit: 'dial',
    dollarsAtStake: centsBetween(gallons, wouldBe, profile.price),
    suggestion: { act: 'correct', value },
    facts: {
      how,
      place,
      was,
      wouldBe: digits,
      value,
      gallons: Math.round(wouldBe),
      expectedGallons: Math.round(band.expected * days),
      deviations,
    },
  }
}
