/** Why a bill differs from another: the steps in cents, each with a sentence, its arithmetic and its tariff. */
import { formatDollars } from '@curbstop/kernel/money'
import { type Change, calculateChange } from './deltas.ts'
import { sayService, sayStep, sayUnproved } from './sentences.ts'
import type { BillSide } from './sides.ts'
import type { BillDelta, Explained, Telling } from './told.ts'

export type { BillSide, SegmentSide } from './sides.ts'
export type { BillDelta, Explained, Telling } from './told.ts'

/**
 * Pure. The deltas add up to `now.totalCents - before.totalCents` exactly; `isProved` is false when a stored bill is
 * not what its stored facts give, and the difference then stands under `other` for everybody to see.
 */
export function explainChange(
  before: BillSide,
  now: BillSide,
  against: Explained['against'],
  telling: Telling,
): Explained {
  const change = calculateChange(before, now)
  const deltas = change.steps.flatMap(step =>
    step.step === 'service' ? sayService(change, step, telling) : sayStep(change, step, telling),
  )
  if (change.unprovedCents !== 0n) deltas.push(sayUnproved(change.unprovedCents))
  const shown = deltas.filter(delta => delta.cents !== 0n)
  return {
    against,
    before: headOf(before),
    now: headOf(now),
    changeCents: change.changeCents,
    deltas: shown,
    summary: summaryOf(change, shown, against),
    isProved: change.unprovedCents === 0n,
  }
}

const headOf = ({ billId, fromOn, toOn, days, usageUnits, totalCents }: BillSide) => ({
  billId,
  fromOn,
  toOn,
  days,
  usageUnits,
  totalCents,
})

function summaryOf(
  { changeCents }: Change,
  deltas: readonly BillDelta[],
  against: Explained['against'],
): string {
  const than = against === 'last-bill' ? 'the last bill' : 'the same time last year'
  if (changeCents === 0n) return `The bill is the same as ${than}.`
  const isMore = changeCents > 0n
  const size = formatDollars(isMore ? changeCents : -changeCents)
  const pushing = deltas.filter(delta => delta.cents > 0n === isMore)
  const biggest = pushing.reduce<BillDelta | null>(
    (top, delta) => (!top || abs(delta.cents) > abs(top.cents) ? delta : top),
    null,
  )
  const head = `${size} ${isMore ? 'more' : 'less'} than ${than}`
  return biggest ? `${head}, mostly ${lowerFirst(biggest.label)}: ${biggest.sentence}` : `${head}.`
}

const abs = (cents: bigint): bigint => (cents < 0n ? -cents : cents)
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
