/**
 * VEE-009: a read below the last one is never billed. What it could be, each with its use, how believable it is and
 * what it would cost, so that a person chooses with the dollars in view.
 */
import type { CandidateCause, Finding, NegativeCandidate, Suggestion } from './findings.ts'
import { findNeighbour } from './misread.ts'
import type { Scene } from './scene.ts'
import { centsOf } from './stake.ts'

/** How often each stands behind a read below the last one, before the use is looked at (judgement of the product). */
const priors: Readonly<Record<CandidateCause, number>> = {
  rollover: 0.25,
  misread: 0.35,
  'last-misread': 0.15,
  'swapped-meter': 0.25,
  'estimate-too-high': 0.6,
}
/** A cause that names no use is neither believed nor disbelieved. */
const unknownFit = 0.25
const hardlyFit = 0.02

type Weighed = { cause: CandidateCause; gallons: number | null; weight: number; value: number | null }

export function findNegative(scene: Scene): Finding | null {
  const { gallons, passedZero, profile, band, days, read, last } = scene
  if (gallons >= 0 || passedZero) return null
  const candidates = candidatesOf(scene)
  const expectedGallons = band ? Math.round(band.expected * days) : null
  return {
    code: 'negative',
    rule: 'VEE-009',
    severity: 'stop',
    blocksBilling: true,
    measured: Math.round(gallons),
    limit: 0,
    unit: 'gallons',
    dollarsAtStake: stakeOf(candidates),
    suggestion: suggestionOf(candidates[0]!),
    facts: {
      value: read.value,
      lastValue: last.value,
      lastDay: last.day,
      lastKind: last.kind,
      days,
      expectedGallons,
      estimatesInRow: profile.estimatesInRow,
      candidates,
    },
  }
}

function candidatesOf(scene: Scene): NegativeCandidate[] {
  const { read, last, step, capacity, profile, gallons } = scene
  const carried = profile.carried ? profile.carried.gallons : 0
  const found: Weighed[] = [
    weigh(scene, 'rollover', { gallons: gallons + capacity * step, value: null }),
    weighMisread(scene),
    weighLastMisread(scene),
    weighSwapped(scene, read.value * step + carried),
  ]
  const { lastActual } = profile
  if (last.kind === 'estimated' && lastActual && read.value >= lastActual.value) {
    const days = read.day - lastActual.day
    const sinceSeen = (read.value - lastActual.value) * step
    found.push(weigh(scene, 'estimate-too-high', { gallons: sinceSeen, value: read.value }, days))
  }
  const total = found.reduce((sum, one) => sum + one.weight, 0)
  return found
    .sort((a, b) => b.weight - a.weight)
    .map(({ cause, gallons: use, weight, value }) => ({
      cause,
      gallons: use === null ? null : Math.round(use),
      plausibility: total > 0 ? Math.round((weight / total) * 100) / 100 : 0,
      cents: use === null ? null : centsOf(use, profile.price),
      value,
    }))
}

function weigh(
  { band, days: ofPeriod }: Scene,
  cause: CandidateCause,
  { gallons, value }: { gallons: number | null; value: number | null },
  days = ofPeriod,
): Weighed {
  if (gallons === null || !band || days <= 0)
    return { cause, gallons, value, weight: priors[cause] * unknownFit }
  const deviations = band.sigma > 0 ? (gallons / days - band.expected) / band.sigma : 0
  return { cause, gallons, value, weight: priors[cause] / (1 + deviations * deviations) }
}

/** A new meter began at zero some day of the period: it has measured anything up to the usual use, and no more. */
function weighSwapped({ band, days }: Scene, gallons: number): Weighed {
  const fits = band !== null && days > 0 && gallons <= band.high * days
  const weight = priors['swapped-meter'] * (fits ? 1 : hardlyFit)
  return { cause: 'swapped-meter', gallons, value: null, weight }
}

/** This read was misread: the neighbour that fits, else what was expected. */
function weighMisread(scene: Scene): Weighed {
  const { band, days, profile, read, last, step } = scene
  const carried = profile.carried ? profile.carried.gallons : 0
  const useOf = (value: number) => (value < last.value ? null : (value - last.value) * step + carried)
  const dial = { dials: profile.register.dials, droppedDigits: profile.droppedDigits }
  const neighbour = band && days > 0 ? findNeighbour(read.value, dial, { band, days, useOf }) : null
  if (!neighbour) {
    const gallons = band ? band.expected * days : null
    return { cause: 'misread', gallons, value: null, weight: priors.misread * unknownFit }
  }
  return weigh(scene, 'misread', { gallons: useOf(neighbour.value), value: neighbour.value })
}

/** The last read was: a neighbour of it below this one, from which the use fits. */
function weighLastMisread(scene: Scene): Weighed {
  const { band, days, profile, read, last, step } = scene
  const carried = profile.carried ? profile.carried.gallons : 0
  const useOf = (value: number) => (value > read.value ? null : (read.value - value) * step + carried)
  const dial = { dials: profile.register.dials, droppedDigits: profile.droppedDigits }
  const seen = last.kind !== 'estimated' && band && days > 0
  const neighbour = seen ? findNeighbour(last.value, dial, { band, days, useOf }) : null
  if (!neighbour)
    return { cause: 'last-misread', gallons: null, value: null, weight: priors['last-misread'] / 10 }
  return weigh(scene, 'last-misread', { gallons: useOf(neighbour.value), value: neighbour.value })
}

/** What choosing wrongly could cost: between the dearest and the cheapest of what is at all believable. */
function stakeOf(candidates: readonly NegativeCandidate[]): bigint {
  let least: bigint | null = null
  let most: bigint | null = null
  for (const { cents, plausibility } of candidates) {
    if (cents === null || plausibility < believable) continue
    if (least === null || cents < least) least = cents
    if (most === null || cents > most) most = cents
  }
  if (least === null || most === null) return 0n
  return most > least ? most - least : most
}
const believable = 0.05

function suggestionOf({ cause, value }: NegativeCandidate): Suggestion {
  if (cause === 'misread' && value !== null) return { act: 'correct', value }
  if (cause === 'swapped-meter') return { act: 'field-check' }
  if (cause === 'estimate-too-high') return { act: 'accept' }
  return { act: 're-read' }
}
