/** Why a bill differs from another: the steps in cents, each with a sentence, its arithmetic and its tariff. */
import { calculateChange } from './deltas.ts'
import { sayService, sayStep, sayUnproved } from './sentences.ts'
import type { BillSide } from './sides.ts'
import { sayChange } from './summary.ts'
import type { Explained, Telling } from './told.ts'

export type { BillSide, SegmentSide } from './sides.ts'
export { type Summary, sayBill } from './summary.ts'
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
  const isProved = change.unprovedCents === 0n
  const told = { against, changeCents: change.changeCents, deltas: shown, isProved }
  const said = sayChange(told, before, now, telling)
  return {
    against,
    before: headOf(before),
    now: headOf(now),
    changeCents: change.changeCents,
    deltas: shown,
    summary: said.en,
    summaryEs: said.es,
    isProved,
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
