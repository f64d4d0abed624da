/**
 * Fleets of hourly meters with known faults, the same for the same seed: homes with their own hours and volumes,
 * irrigators of several kinds, holidays, guests and night shifts, which must not be accused; leaks, toilets, bursts and
 * broken meters, which must be found.
 */

import type { WatchedMeter } from '../../server/src/modules/metering/domain/intervals/findings.ts'
import type { Hour } from '../../server/src/modules/metering/domain/intervals/hours.ts'
import { watchLimitsOf } from '../../server/src/modules/metering/domain/intervals/limits.ts'
import { wallClock } from '../../server/src/modules/metering/domain/intervals/wall-clock.ts'
import { randomFrom, shippedRules } from './read-profiles.ts'

export const timeZone = 'America/Los_Angeles'
export const shippedWatchLimits = () => watchLimitsOf(shippedRules())

export type Kind =
  | 'home'
  | 'spray irrigator'
  | 'drip irrigator'
  | 'irrigation begins'
  | 'holiday'
  | 'guests'
  | 'night shift'
  | 'cooling tower'
  | 'estimated hours'
  | 'repeated hours'
  | 'rollover'
  | 'continuous leak'
  | 'leak under irrigation'
  | 'toilet'
  | 'burst'
  | 'stuck'
  | 'backward flow'
  | 'missing day'
  | 'spike'
  | 'vacant'
  | 'vacant with use'
  | 'missing channel steps'

export const innocent: readonly Kind[] = [
  'home',
  'spray irrigator',
  'drip irrigator',
  'irrigation begins',
  'holiday',
  'guests',
  'night shift',
  'cooling tower',
  'estimated hours',
  'repeated hours',
  'rollover',
  'vacant',
]

export type FleetMeter = {
  readonly kind: Kind
  readonly meter: WatchedMeter
  /** As delivered: repeated and late rows are in it. */
  readonly rows: readonly Hour[]
  /** True use in gallons by hour, and the epoch hour of the first. */
  readonly truth: readonly number[]
  readonly firstHour: number
  /** First hour of the fault, or null. */
  readonly faultHour: number | null
}

const gallonMeter: WatchedMeter = {
  gallonsPerStep: 1,
  registerGallonsPerStep: 1,
  capacity: 1_000_000,
  resolutionGallons: 1,
  continuousFlowExpected: false,
  account: 'occupied',
  service: 'potable',
}

type Draft = {
  readonly kind: Kind
  readonly random: () => number
  readonly use: number[]
  readonly wall: (at: number) => { hour: number; day: number }
  readonly fault: number
}

/** `days` of one meter from `firstHour`; the fault, if it has one, begins within the last third. */
export function makeMeter(kind: Kind, seed: number, days = 35, firstHour = 494_080): FleetMeter {
  const random = randomFrom(seed * 7919 + 17)
  const clock = wallClock(timeZone)
  const wall = (at: number) => {
    const hours = clock.wallHour(firstHour + at - 1)
    return { hour: ((hours % 24) + 24) % 24, day: Math.floor(hours / 24) }
  }
  const fault = Math.floor(days * 24 * (0.6 + 0.2 * random()))
  const draft: Draft = { kind, random, wall, fault, use: homeUse(random, days * 24, wall) }
  if (kind === 'vacant' || kind === 'vacant with use' || kind === 'cooling tower') draft.use.fill(0)
  changes[kind]?.(draft)
  const faulty = !innocent.includes(kind)
  return {
    kind,
    meter: {
      ...gallonMeter,
      account: kind.startsWith('vacant') ? 'vacant' : 'occupied',
      continuousFlowExpected: kind === 'cooling tower',
    },
    rows: deliver(draft, firstHour),
    truth: draft.use,
    firstHour,
    faultHour: faulty ? firstHour + fault : null,
  }
}

/** Hours of a household: its own waking hours, how often water runs and how much. */
function homeUse(random: () => number, hours: number, wall: Draft['wall']): number[] {
  const rises = 5 + Math.floor(random() * 4)
  const sleeps = 21 + Math.floor(random() * 3)
  const often = 0.3 + random() * 0.35
  const most = 15 + random() * 40
  const nightly = 0.02 + random() * 0.1
  return Array.from({ length: hours }, (_, at) => {
    const { hour } = wall(at)
    const awake = hour >= rises && hour <= sleeps
    const chance = awake ? often : nightly
    return random() < chance ? 1 + Math.floor(random() ** 2 * (awake ? most : 6)) : 0
  })
}

const changes: Partial<Record<Kind, (draft: Draft) => void>> = {
  'spray irrigator': draft => irrigate(draft, { from: 0, perHour: 150 + draft.random() * 350, every: 2 }),
  'drip irrigator': draft => irrigate(draft, { from: 0, perHour: 8 + draft.random() * 25, every: 1 }),
  'irrigation begins': draft =>
    irrigate(draft, {
      from: draft.fault,
      perHour: 20 + draft.random() * 400,
      every: 1 + Math.floor(draft.random() * 3),
    }),
  holiday: ({ use, fault }) => void use.fill(0, fault, fault + 24 * 9),
  guests({ use, fault, random, wall }) {
    for (let at = fault; at < Math.min(use.length, fault + 24 * 4); at += 1) {
      const { hour } = wall(at)
      if (hour >= 6 && random() < 0.5) use[at]! += Math.floor(random() * 40)
      else if (random() < 0.12) use[at]! += 3
    }
  },
  'night shift'({ use, fault, random, wall }) {
    for (let at = fault; at < Math.min(use.length, fault + 24 * 6); at += 1) {
      const { hour } = wall(at)
      if (hour >= 1 && hour < 6 && random() < 0.55) use[at]! += 2 + Math.floor(random() * 12)
      if (hour >= 8 && hour < 16) use[at] = 0
    }
  },
  'cooling tower'({ use, random }) {
    for (let at = 0; at < use.length; at += 1) use[at] = 20 + Math.floor(random() * 60)
  },
  'continuous leak': draft => leak(draft, 1, 1 + Math.floor(draft.random() * 12)),
  'leak under irrigation'(draft) {
    irrigate(draft, { from: 0, perHour: 250, every: 2 })
    leak(draft, 1, 2 + Math.floor(draft.random() * 8))
  },
  toilet: draft => leak(draft, 0.55 + draft.random() * 0.25, 3 + Math.floor(draft.random() * 6)),
  burst({ use, fault, random }) {
    for (let at = fault; at < Math.min(use.length, fault + 5 + random() * 8); at += 1)
      use[at]! += 500 + Math.floor(random() * 300)
  },
  stuck: ({ use, fault }) => void use.fill(0, fault),
  'backward flow'({ use, fault, random }) {
    for (let at = fault; at < use.length; at += 1)
      if (random() < 0.02 || at === fault) use[at] = -(5 + Math.floor(random() * 40))
  },
  'vacant with use'({ use, fault, random }) {
    for (let at = fault; at < use.length; at += 1)
      if (random() < 0.1 || at === fault) use[at] = 1 + Math.floor(random() * 20)
  },
}

function irrigate({ use, wall, random }: Draft, how: { from: number; perHour: number; every: number }): void {
  const starts = random() < 0.8 ? 2 + Math.floor(random() * 4) : 19 + Math.floor(random() * 3)
  const hours = 1 + Math.floor(random() * 3)
  for (let at = how.from; at < use.length; at += 1) {
    const { hour, day } = wall(at)
    if (day % Math.max(1, how.every) === 0 && hour >= starts && hour < starts + hours)
      use[at]! += Math.round(how.perHour * (0.95 + random() * 0.1))
  }
}

function leak({ use, fault, random }: Draft, share: number, gallons: number): void {
  for (let at = fault; at < use.length; at += 1) if (random() < share) use[at]! += gallons
}

function deliver({ kind, random, use, fault }: Draft, firstHour: number): Hour[] {
  const turns = kind === 'rollover'
  let register = turns
    ? 1_000_000 - use.slice(0, Math.floor(use.length / 2)).reduce((a, b) => a + b, 0)
    : Math.floor(random() * 700_000) + 50_000
  const rows: Hour[] = use.map((gallons, at) => {
    register = (register + gallons + 1_000_000) % 1_000_000
    return { at: (firstHour + at) * 3600, quality: 'measured', volume: gallons, register }
  })
  if (kind === 'spike') spikeAt(rows, fault)
  if (kind === 'missing channel steps') rows[fault] = { ...rows[fault]!, volume: rows[fault]!.volume! + 40 }
  if (kind === 'missing day') rows.splice(fault, 24)
  if (kind === 'estimated hours') {
    for (let at = fault; at < fault + 30; at += 1)
      rows[at] = { ...rows[at]!, quality: 'estimated', volume: 4, register: null }
  }
  if (kind === 'repeated hours') {
    const again = rows.slice(40, 64)
    again[3] = { ...again[3]!, quality: 'estimated', volume: again[3]!.volume! + 5 }
    rows.push(...again, ...rows.slice(100, 110))
  }
  return rows
}

function spikeAt(rows: Hour[], from: number): void {
  let at = from
  while (at < rows.length - 1 && rows[at]!.volume! < 10) at += 1
  rows[at] = { ...rows[at]!, volume: Math.max(20, rows[at]!.volume!) * 100 }
}
