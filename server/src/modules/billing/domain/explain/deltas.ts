/** The change between two bills as steps in cents that add up to it exactly. */
import { DomainError } from '@curbstop/kernel/errors'
import type { Cents } from '@curbstop/kernel/money'
import {
  type Decimal,
  type RatedLine,
  type RatedService,
  readDecimal,
  toCents,
} from '../../../rates/domain/index.ts'
import { type BillSide, type Matched, matchSides, type Pair, type SegmentSide } from './sides.ts'
import { differingSteps, rateWorld, type Step, steps } from './worlds.ts'

/** A pair in two neighbouring worlds: what a sentence is made from. */
export type Move = { readonly pair: Pair; readonly was: RatedService; readonly is: RatedService }

export type StepDelta = {
  readonly step: Step
  readonly cents: Cents
  readonly moves: readonly Move[]
  /** Of the step `use`: what the change of tiers adds to the plain price. */
  readonly tierCents: Cents
}

export type Change = {
  readonly before: BillSide
  readonly now: BillSide
  readonly changeCents: Cents
  readonly steps: readonly StepDelta[]
  readonly matched: Matched
  /** Stored cents that rating the stored facts does not give: now less before. Zero unless something is wrong. */
  readonly unprovedCents: Cents
}

/**
 * Walks from the old bill to the new one. The steps, the services gone and added, and what could not be proved add
 * up to the difference of the stored totals, whatever happens: a world that cannot be rated (a class that lacks a
 * meter size) is left out, and its part falls to the next step.
 */
export function calculateChange(before: BillSide, now: BillSide): Change {
  const matched = matchSides(before, now)
  const { pairs, gone, added } = matched
  const none = new Set<Step>()
  let world = pairs.map(pair => rateWorld(pair, none))
  const first = totalOf(world)
  const taken = new Set<Step>()
  const deltas: StepDelta[] = []
  const differing = new Set(differingSteps(pairs))
  for (const step of steps) {
    taken.add(step)
    if (!differing.has(step) && step !== 'service') continue
    const next = rateAll(pairs, step === 'service' ? new Set(steps) : taken)
    if (!next) continue
    const moves = pairs.map((pair, i) => ({ pair, was: world[i]!, is: next[i]! }))
    const services = step === 'service' ? centsOf(added) - centsOf(gone) : 0n
    const cents = totalOf(next) - totalOf(world) + services
    const tierCents = step === 'use' ? cents - plainUse(moves) : 0n
    if (cents !== 0n || tierCents !== 0n) deltas.push({ step, cents, moves, tierCents })
    world = next
  }
  const changeCents = now.totalCents - before.totalCents
  const rated = totalOf(world) - first + centsOf(added) - centsOf(gone)
  return { before, now, changeCents, steps: deltas, matched, unprovedCents: changeCents - rated }
}

function rateAll(pairs: readonly Pair[], taken: ReadonlySet<Step>): RatedService[] | null {
  try {
    return pairs.map(pair => rateWorld(pair, taken))
  } catch (error) {
    if (error instanceof DomainError && taken.size < steps.length) return null
    throw error
  }
}

const totalOf = (world: readonly RatedService[]): Cents =>
  world.reduce((sum, one) => sum + one.totalCents, 0n)
const centsOf = (sides: readonly SegmentSide[]): Cents => sides.reduce((sum, side) => sum + side.cents, 0n)

/** The changed use at the price at which the smaller of the two uses ends; services without tiers in full. */
function plainUse(moves: readonly Move[]): Cents {
  return moves.reduce((sum, { was, is }) => {
    const plain = plainUseOf(was, is)
    return sum + (plain ?? is.totalCents - was.totalCents)
  }, 0n)
}

export function plainUseOf(was: RatedService, is: RatedService): Cents | null {
  const [less, more] = usageOf(was).lte(usageOf(is)) ? [was, is] : [is, was]
  let dollars = readDecimal(0)!
  for (const [i, piece] of more.pieces.entries()) {
    const price = lastPrice(less, piece.versionId) ?? firstPrice(more, piece.versionId)
    if (!price) return null
    dollars = dollars.plus(piece.usage.minus(less.pieces[i]?.usage ?? 0).times(price))
  }
  const cents = toCents(dollars)
  return less === was ? cents : -cents
}

export const usageOf = (rated: RatedService): Decimal =>
  rated.pieces.reduce((sum, piece) => sum.plus(piece.usage), readDecimal(0)!)

const tiersOf = (rated: RatedService, versionId: string): RatedLine[] =>
  rated.lines.filter(line => line.tier !== null && line.versionId === versionId)

const lastPrice = (rated: RatedService, id: string): Decimal | null =>
  tiersOf(rated, id).at(-1)?.price ?? null
const firstPrice = (rated: RatedService, id: string): Decimal | null => tiersOf(rated, id)[0]?.price ?? null
