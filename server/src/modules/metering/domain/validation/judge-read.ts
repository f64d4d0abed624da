/**
 * One read against every rule of validation (VEE-008 … VEE-039). Plain loops; a rule that finds nothing makes nothing.
 */
import type { Finding, Judged, Severity } from './findings.ts'
import type { ValidationLimits } from './limits.ts'
import { findMisread } from './misread.ts'
import { findNegative } from './negative.ts'
import type { NewRead, ReadProfile } from './profile.ts'
import {
  findDateFault,
  findEstimates,
  findFireFlow,
  findForbiddenUse,
  findNoPrevious,
  findPeriodLength,
} from './rules-of-place.ts'
import { findHigh, findLow, findMultiplier, findSameUse, findZero } from './rules-of-use.ts'
import { type Scene, sceneOf } from './scene.ts'
import { centsOf } from './stake.ts'

const nothing: readonly Finding[] = Object.freeze([])
const gravity: Readonly<Record<Severity, number>> = { stop: 2, look: 1, note: 0 }

/** Use since the last value, whether the register passed zero, what was usual, and every finding, the gravest first. */
export function judgeRead(read: NewRead, profile: ReadProfile, limits: ValidationLimits): Judged {
  const fault = findDateFault(read, profile)
  if (fault) return { ...unknown, findings: [fault] }
  const scene = sceneOf(read, profile, limits)
  const { gallons, passedZero, band, judgedDays: days } = scene
  return {
    gallons: gallons < 0 ? null : gallons,
    passedZero,
    expectedGallons: band ? band.expected * days : null,
    bandLow: band ? band.low * days : null,
    bandHigh: band ? band.high * days : null,
    findings: read.kind === 'estimated' ? findingsOfEstimate(scene) : findingsOf(scene),
  }
}

const unknown: Omit<Judged, 'findings'> = {
  gallons: null,
  passedZero: false,
  expectedGallons: null,
  bandLow: null,
  bandHigh: null,
}

export function validateRead(
  read: NewRead,
  profile: ReadProfile,
  limits: ValidationLimits,
): readonly Finding[] {
  return judgeRead(read, profile, limits).findings
}

/** Nobody saw the dial: how it compares with what was expected says nothing. */
function findingsOfEstimate(scene: Scene): readonly Finding[] {
  const finding = findEstimates(scene)
  return finding ? [finding] : nothing
}

function findingsOf(scene: Scene): readonly Finding[] {
  let found: Finding[] | null = null
  const note = (finding: Finding | null) => {
    if (!finding) return
    if (found) found.push(finding)
    else found = [finding]
  }
  const negative = findNegative(scene)
  if (negative) return [negative]
  if (scene.passedZero) note(rolloverOf(scene))
  note(findPeriodLength(scene))
  note(findForbiddenUse(scene))
  if (scene.profile.service === 'fire') note(findFireFlow(scene))
  else if (scene.profile.account === 'occupied') addUse(scene, note)
  return found ? byGravity(found) : nothing
}

function addUse(scene: Scene, note: (finding: Finding | null) => void): void {
  note(findNoPrevious(scene))
  note(findZero(scene))
  note(findSameUse(scene))
  const odd = findHigh(scene) ?? findLow(scene)
  if (!odd) return
  note(odd)
  note(findMultiplier(scene))
  if (odd.code !== 'unusual') note(findMisread(scene))
}

/** VEE-008: believed, billed, and said. */
function rolloverOf({ read, last, profile, gallons, band, judgedDays: days }: Scene): Finding {
  return {
    code: 'rollover',
    rule: 'VEE-008',
    severity: 'note',
    blocksBilling: false,
    measured: Math.round(gallons),
    limit: band ? Math.round(band.expected * days) : null,
    unit: 'gallons',
    dollarsAtStake: centsOf(gallons, profile.price),
    suggestion: { act: 'accept' },
    facts: {
      value: read.value,
      lastValue: last.value,
      dials: profile.register.dials,
      gallons: Math.round(gallons),
    },
  }
}

function byGravity(found: Finding[]): Finding[] {
  if (found.length > 1)
    found.sort((a, b) => {
      const grave = gravity[b.severity] - gravity[a.severity]
      if (grave !== 0) return grave
      return a.dollarsAtStake === b.dollarsAtStake ? 0 : a.dollarsAtStake > b.dollarsAtStake ? -1 : 1
    })
  return found
}
