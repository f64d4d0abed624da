/** Two reads without use give the leak; fixtures are compared with it (LEAK-005, LEAK-008 to LEAK-022). */
import type { Instant } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { type BillUnit, gallonsPerCubicFoot, gallonsPerUnit } from '@curbstop/kernel/quantity'
import { errors } from './errors.ts'

export type TwoReads = {
  readonly unit: 'gal' | 'cf'
  readonly first: string
  readonly firstAt: Instant
  readonly second: string
  readonly secondAt: Instant
}

export type LeakRate = { readonly gallons: number; readonly minutes: number; readonly gallonsPerDay: number }

/** The flow between two reads without use. Throws `investigations.reads` when they cannot be such reads. */
export function calculateLeakRate(reads: TwoReads): LeakRate {
  const minutes = (Date.parse(reads.secondAt) - Date.parse(reads.firstAt)) / 60_000
  const amount = Number(reads.second) - Number(reads.first)
  if (amount < 0)
    throw refuse(errors, 'investigations.reads', { problem: 'the second read is below the first' })
  if (minutes < 5) {
    const problem = 'between the two reads must lie at least 5 minutes, better 30 to 60'
    throw refuse(errors, 'investigations.reads', { problem })
  }
  if (minutes > 24 * 60) {
    throw refuse(errors, 'investigations.reads', { problem: 'the two reads lie more than a day apart' })
  }
  const gallons = reads.unit === 'cf' ? amount * gallonsPerCubicFoot : amount
  return {
    gallons: Math.round(gallons * 10) / 10,
    minutes: Math.round(minutes),
    gallonsPerDay: Math.round((gallons / minutes) * 1440),
  }
}

export type Fixture = {
  readonly code: string
  readonly name: string
  readonly lowGallonsPerDay: number
  readonly highGallonsPerDay: number
  readonly citation: string
}

export const fixtures: readonly Fixture[] = [
  {
    code: 'faucet-drip',
    name: 'Faucet, a drip a second',
    lowGallonsPerDay: 5,
    highGallonsPerDay: 7,
    citation: 'LEAK-010, LEAK-011',
  },
  {
    code: 'toilet-silent',
    name: 'Toilet, silent flapper leak',
    lowGallonsPerDay: 20,
    highGallonsPerDay: 30,
    citation: 'LEAK-009',
  },
  {
    code: 'pool-evaporation',
    name: 'Pool, evaporation without cover',
    lowGallonsPerDay: 30,
    highGallonsPerDay: 35,
    citation: 'LEAK-022',
  },
  {
    code: 'person',
    name: 'One more person',
    lowGallonsPerDay: 50,
    highGallonsPerDay: 60,
    citation: 'WB-002',
  },
  {
    code: 'toilet-running',
    name: 'Toilet, running',
    lowGallonsPerDay: 180,
    highGallonsPerDay: 220,
    citation: 'LEAK-008',
  },
  {
    code: 'irrigation-hole',
    name: 'Irrigation line, 1/32 inch hole',
    lowGallonsPerDay: 190,
    highGallonsPerDay: 230,
    citation: 'LEAK-014',
  },
  {
    code: 'hose-hour',
    name: 'Hose left on, one hour a day',
    lowGallonsPerDay: 300,
    highGallonsPerDay: 500,
    citation: 'LEAK-021',
  },
]

/** Gallons a day to billing units over `days`, one decimal: 200 gal × 30 = 6,000 gal = 8.0 CCF (LEAK-008). */
export function unitsOver(gallonsPerDay: number, days: number, unit: BillUnit): string {
  return ((gallonsPerDay * days) / gallonsPerUnit[unit]).toFixed(1)
}

/** In its range, or within a fifth of it. */
export function fits(fixture: Fixture, gallonsPerDay: number): boolean {
  return gallonsPerDay >= fixture.lowGallonsPerDay * 0.8 && gallonsPerDay <= fixture.highGallonsPerDay * 1.2
}
