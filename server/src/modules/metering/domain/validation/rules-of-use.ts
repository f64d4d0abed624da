/** Rules that compare the use with what is usual. Each gives its finding or nothing. */
import type { Finding, Suggestion } from './findings.ts'
import type { Scene } from './scene.ts'
import { centsBetween, centsOf } from './stake.ts'

/**
 * VEE-011, VEE-013: above the robust band and by an amount that matters. Above the percentage as well it stops the
 * bill; a percentage alone stops nothing.
 */
export function findHigh(scene: Scene): Finding | null {
  const { band, judgedDays: days, judgedGallons: gallons, limits, profile } = scene
  if (!band || days <= 0 || gallons <= band.high * days) return null
  const expected = band.expected * days
  const over = gallons - expected
  const isHigh = gallons * 100 > expected * limits.highPercent && over >= limits.highOverGallons
  if (!isHigh && over < limits.unusualGallons) return null
  return {
    code: isHigh ? 'high' : 'unusual',
    rule: isHigh ? 'VEE-011' : 'VEE-013',
    severity: isHigh ? 'stop' : 'look',
    blocksBilling: isHigh,
    measured: Math.round(gallons),
    limit: Math.round(
      isHigh ? Math.max(band.high * days, (expected * limits.highPercent) / 100) : band.high * days,
    ),
    unit: 'gallons',
    dollarsAtStake: centsBetween(gallons, expected, profile.price),
    suggestion: { act: isHigh && !catchesUp(scene) ? 're-read' : 'accept' },
    facts: { ...comparison(scene, 'above'), catchesUp: catchesUp(scene) ? 1 : 0 },
  }
}

/** Together with the last period the use is usual: the last read stood too low, and this one makes it good. */
function catchesUp({ band, judgedDays, judgedGallons, profile }: Scene): boolean {
  const { history, historyFrom, historyCount } = profile
  const at = historyFrom + historyCount - 1
  if (!band || historyCount === 0 || history.estimated[at] === 1) return false
  const before = history.gallons[at]!
  const days = history.days[at]!
  if (!(before < band.low * days)) return false
  return before + judgedGallons <= band.high * (days + judgedDays)
}

/**
 * VEE-012, VEE-013: below the band and by an amount that matters. A wide band reaches zero, so that under the percentage
 * half of it is enough.
 */
export function findLow(scene: Scene): Finding | null {
  const { band, judgedDays: days, judgedGallons: gallons, limits, profile } = scene
  if (!band || days <= 0 || gallons <= 0 || gallons >= band.expected * days) return null
  const expected = band.expected * days
  if (expected - gallons < limits.lowUnderGallons) return null
  const halfBand = (limits.sigmas / 2) * band.sigma * days
  const isLow = gallons * 100 < expected * limits.lowPercent && expected - gallons > halfBand
  if (!isLow && gallons >= band.low * days) return null
  return {
    code: isLow ? 'low' : 'unusual',
    rule: isLow ? 'VEE-012' : 'VEE-013',
    severity: 'look',
    blocksBilling: false,
    measured: Math.round(gallons),
    limit: Math.round(isLow ? (expected * limits.lowPercent) / 100 : band.low * days),
    unit: 'gallons',
    dollarsAtStake: centsBetween(gallons, expected, profile.price),
    suggestion: { act: isLow ? 're-read' : 'accept' },
    facts: comparison(scene, 'below'),
  }
}

function comparison(
  { band, judgedDays: days, judgedGallons: gallons, last }: Scene,
  side: 'above' | 'below',
) {
  const { expected, sigma, low, high, reads, source } = band!
  return {
    side,
    days,
    gallons: Math.round(gallons),
    expectedGallons: Math.round(expected * days),
    bandLow: Math.round(low * days),
    bandHigh: Math.round(high * days),
    percent: expected > 0 ? Math.round((gallons * 100) / (expected * days)) : null,
    deviations: sigma > 0 ? Math.round((Math.abs(gallons / days - expected) / sigma) * 10) / 10 : null,
    seasonReads: reads,
    comparedWith: source,
    lastKind: last.kind,
  }
}

/** VEE-015: no use, once or again; a value that did not move says the same. A vacant home uses none, nor does a fire line. */
export function findZero(scene: Scene): Finding | null {
  const { profile, limits, band, days, gallons } = scene
  if (gallons !== 0 || days <= 0 || profile.account !== 'occupied' || profile.service === 'fire') return null
  if (profile.ofCompound) return null
  const inRow = zerosBefore(scene) + 1
  const usual = band !== null && band.low === 0 && band.expected * days < limits.unusualGallons
  const field = inRow >= limits.zeroFieldCheckAt && !usual
  return {
    code: 'zero',
    rule: 'VEE-015',
    severity: usual ? 'note' : 'look',
    blocksBilling: false,
    measured: inRow,
    limit: limits.zeroFieldCheckAt,
    unit: 'reads',
    dollarsAtStake: band ? centsOf(band.expected * days, profile.price) : 0n,
    suggestion: { act: field ? 'field-check' : usual ? 'accept' : 're-read' },
    facts: {
      inRow,
      days,
      value: scene.read.value,
      expectedGallons: band ? Math.round(band.expected * days) : null,
      usualHere: usual ? 1 : 0,
    },
  }
}

function zerosBefore({ profile: { history, historyFrom, historyCount } }: Scene): number {
  let zeros = 0
  for (let at = historyFrom + historyCount - 1; at >= historyFrom; at -= 1) {
    if (history.gallons[at] !== 0 || history.estimated[at] === 1) break
    zeros += 1
  }
  return zeros
}

/** VEE-017: exactly the use of the last period, of which a meter is hardly ever capable: a copied read. */
export function findSameUse(scene: Scene): Finding | null {
  const { profile, gallons, step, days, band } = scene
  const at = profile.historyFrom + profile.historyCount - 1
  if (profile.historyCount === 0 || gallons <= 0 || profile.history.estimated[at] === 1) return null
  const steps = gallons / step
  if (profile.history.gallons[at] !== gallons || steps < sameStepsLeast) return null
  return {
    code: 'same-use',
    rule: 'VEE-017',
    severity: 'note',
    blocksBilling: false,
    measured: Math.round(gallons),
    limit: null,
    unit: 'gallons',
    dollarsAtStake: band ? centsBetween(gallons, band.expected * days, profile.price) : 0n,
    suggestion: { act: 'accept' },
    facts: { gallons: Math.round(gallons), days },
  }
}

/** In coarse units the same use is common: 9 CCF after 9 CCF says nothing. */
const sameStepsLeast = 200

const factors = [7.48, 10, 100, 748, 1000] as const

/** VEE-017: outside the usual, but close to it once the unit, the multiplier or a digit is put right. */
export function findMultiplier(scene: Scene): Finding | null {
  const { band, judgedDays: days, judgedGallons: gallons, limits, profile } = scene
  if (!band || days <= 0 || gallons <= 0 || band.expected <= 0 || band.reads < 2) return null
  const expected = band.expected * days
  const isOver = gallons > band.high * days
  if (!isOver && (gallons >= expected || expected - gallons < limits.unusualGallons)) return null
  const ratio = isOver ? gallons / expected : expected / gallons
  let nearest = 0
  let best = Math.log(1 + limits.multiplierTolerance)
  for (const factor of factors) {
    const distance = Math.abs(Math.log(ratio / factor))
    if (distance <= best) [nearest, best] = [factor, distance]
  }
  if (nearest === 0) return null
  return {
    code: 'multiplier',
    rule: 'VEE-017',
    severity: isOver ? 'stop' : 'look',
    blocksBilling: isOver,
    measured: Math.round(ratio * 100) / 100,
    limit: nearest,
    unit: 'times',
    dollarsAtStake: centsBetween(gallons, expected, profile.price),
    suggestion: multiplierSuggestion(nearest),
    facts: {
      ...comparison(scene, isOver ? 'above' : 'below'),
      factor: nearest,
      wouldBeGallons: Math.round(isOver ? gallons / nearest : gallons * nearest),
    },
  }
}

/** A power of ten is a digit too many or too few; 7.48 and 748 are gallons taken for feet. */
const multiplierSuggestion = (factor: number): Suggestion => ({
  act: factor === 10 || factor === 100 || factor === 1000 ? 're-read' : 'field-check',
})
