/** What may be corrected about a place, and for how long a warning holds. */
import { addMonths, formatDay, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { errors } from './errors.ts'
import type { PointState, PremiseClass, TurnOffPoint } from './words.ts'

/** Areas in square feet; budgets and rates stand on these. */
export type AreaFacts = {
  class: PremiseClass
  dwellingUnits: number
  lotSqft: number | null
  irrigatedSqft: number
  hasPool: boolean
}

/** The facts that would change, old and new; an empty answer means nothing would. */
export function decideAreaChange(
  old: AreaFacts,
  wanted: { readonly [K in keyof AreaFacts]?: AreaFacts[K] | undefined },
): { next: AreaFacts; before: Partial<AreaFacts>; after: Partial<AreaFacts> } {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
  const next: AreaFacts = { ...old, ...given }
  if (next.lotSqft !== null && next.irrigatedSqft > next.lotSqft)
    throw refuse(
      errors,
      'premises.irrigated-over-lot',
      { irrigated: next.irrigatedSqft.toLocaleString('en-US'), lot: next.lotSqft.toLocaleString('en-US') },
      'irrigatedSqft',
    )
  const changed = (Object.keys(next) as (keyof AreaFacts)[]).filter(key => next[key] !== old[key])
  if (changed.length === 0) throw refuse(errors, 'premises.nothing-changed')
  const pick = (from: AreaFacts) => Object.fromEntries(changed.map(key => [key, from[key]]))
  return { next, before: pick(old), after: pick(next) }
}

export const areaFactNames: Readonly<Record<keyof AreaFacts, string>> = {
  class: 'the class',
  dwellingUnits: 'the dwelling units',
  lotSqft: 'the lot area',
  irrigatedSqft: 'the irrigated area',
  hasPool: 'the pool',
}

export const stateNames: Readonly<Record<PointState, string>> = {
  on: 'on',
  'off-at-meter': 'off at the meter',
  'off-at-curb': 'off at the curb stop',
  'off-at-source': 'off at the source',
}
const pointOfState: Readonly<Record<PointState, TurnOffPoint | null>> = {
  on: null,
  'off-at-meter': 'meter',
  'off-at-curb': 'curb',
  'off-at-source': 'source',
}

export function checkTurnOffPoints(state: PointState, points: readonly TurnOffPoint[]): TurnOffPoint[] {
  const used = pointOfState[state]
  if (used !== null && !points.includes(used))
    throw refuse(errors, 'premises.off-there-now', { state: stateNames[state] }, 'turnOffPoints')
  return [...new Set(points)]
}

/** Turned on from any state; turned off only where there is a valve, and not to where it stands. */
export function checkTurn(from: PointState, to: PointState, points: readonly TurnOffPoint[]): void {
  if (from === to) throw refuse(errors, 'premises.already-so', { state: stateNames[to] })
  const point = pointOfState[to]
  if (point !== null && !points.includes(point))
    throw refuse(errors, 'premises.no-turn-off-point', { point: point === 'curb' ? 'curb stop' : point })
}

/** SO-036: a warning ends after `months`, sooner when asked; `expiresOn` is the first day without it. */
export function hazardEnd(today: LocalDate, asked: LocalDate | undefined, months: number): LocalDate {
  const latest = addMonths(today, months)
  if (asked === undefined) return latest
  if (asked <= today) throw refuse(errors, 'premises.hazard-over', {}, 'expiresOn')
  if (asked > latest)
    throw refuse(errors, 'premises.hazard-too-long', { months, until: formatDay(latest, today) }, 'expiresOn')
  return asked
}
