/** The volumetric part of a bill by the steps of the last one: what a doubtful read is worth before anybody rates it. */
import type { Cents } from '@curbstop/kernel/money'
import type { PriceOfUse } from '../validation/profile.ts'
import { readNumbers } from './history.ts'

export type PriceSteps = {
  /** Upper edges in gallons of a period of `days`; the last one is open. */
  readonly upTo: readonly number[]
  readonly centsPerKgal: readonly number[]
  readonly days: number
}

/** Cents for so much use in a period of the length the steps were made for. */
export function billOf({ upTo, centsPerKgal }: PriceSteps, gallons: number): Cents {
  let cents = 0
  let from = 0
  for (let step = 0; step < upTo.length && gallons > from; step++) {
    const to = Math.min(gallons, upTo[step]!)
    if (to > from) cents += ((to - from) * centsPerKgal[step]!) / 1000
    from = Math.max(from, upTo[step]!)
  }
  return BigInt(Math.round(cents))
}

const unknown: PriceOfUse = { centsPerKgal: 0 }

export function priceOf(upToText: string | null, centsText: string | null, days: number | null): PriceOfUse {
  if (upToText === null || centsText === null || days === null) return unknown
  const upTo = numbersOf(upToText)
  const centsPerKgal = numbersOf(centsText)
  const steps = { upTo, centsPerKgal, days }
  return { centsPerKgal: centsPerKgal.at(-1) ?? 0, billOf: gallons => billOf(steps, gallons) }
}

const room = new Float64Array(64)

function numbersOf(text: string): number[] {
  if (text.length > 2_000) return []
  return Array.from(room.subarray(0, readNumbers(text, room, 0)))
}
