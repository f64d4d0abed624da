/**
 * What to post. A posting names both sides, so it balances by construction, and both sides stand in one fund, so
 * every fund balances by itself. Amounts are positive; a negative charge swaps the sides.
 */

import { assert } from '@curbstop/kernel/assert'
import type { LocalDate } from '@curbstop/kernel/dates'
import { type Cents, lesser } from '@curbstop/kernel/money'
import { cashOf, type DebtService, debtServices, fundOf, type Gl, gl, receivableOf } from './chart.ts'

export type Posting = { readonly debit: number; readonly credit: number; readonly cents: Cents }

export const journalKinds = [
  'bill',
  'payment',
  'return',
  'adjustment',
  'fee',
  'credit',
  'transfer',
  'reversal',
] as const
export type JournalKind = (typeof journalKinds)[number]

/** A bill segment as the books see it: what is charged for being served, and what for using. */
export type SegmentCharge = {
  readonly service: 'water' | 'irrigation' | 'fire' | 'sewer' | 'fees'
  readonly fixedCents: Cents
  readonly useCents: Cents
}

/** Revenue accounts of a bill and the receivable of each, in the order in which they are posted. */
const revenues: readonly (readonly [Gl, Gl])[] = [
  [gl.waterService, gl.waterReceivable],
  [gl.waterUse, gl.waterReceivable],
  [gl.fireService, gl.waterReceivable],
  [gl.sewerCharges, gl.sewerReceivable],
  [gl.fees, gl.feesReceivable],
]

/** One posting for each revenue account that moved; segments of one service are added up. */
export function decideBillPostings(segments: readonly SegmentCharge[]): Posting[] {
  const totals = [0n, 0n, 0n, 0n, 0n]
  for (const { service, fixedCents, useCents } of segments) {
    if (service === 'sewer') totals[3]! += fixedCents + useCents
    else if (service === 'fees') totals[4]! += fixedCents + useCents
    else if (service === 'fire') {
      totals[2]! += fixedCents
      totals[1]! += useCents
    } else {
      totals[0]! += fixedCents
      totals[1]! += useCents
    }
  }
  const postings: Posting[] = []
  for (let i = 0; i < revenues.length; i += 1) {
    const [revenue, receivable] = revenues[i]!
    const cents = totals[i]!
    if (cents > 0n) postings.push({ debit: receivable, credit: revenue, cents })
    else if (cents < 0n) postings.push({ debit: revenue, credit: receivable, cents: -cents })
  }
  return postings
}

/** A debt that is still open: the rest of a charge, for what, and when it was due. */
export type OpenDebt = { readonly service: DebtService; readonly dueOn: LocalDate; readonly cents: Cents }

/** Which service is paid first inside one due date (PAY-046; configurable, see the policy pack). */
export type AllocationOrder = readonly DebtService[]
export const defaultOrder: AllocationOrder = debtServices

export type Allocation = {
  readonly postings: Posting[]
  /** What each debt received, in the order in which the debts were given. */
  readonly applied: Cents[]
  /** What no debt needed. */
  readonly restCents: Cents
}

/**
 * How a payment is applied: the oldest due date first, inside a due date by the policy's order, the rest to the
 * customer's credit (PAY-046, PAY-047). Show it before posting it.
 */
export function decidePaymentPostings(
  cents: Cents,
  debts: readonly OpenDebt[],
  order: AllocationOrder = defaultOrder,
): Allocation {
  assert(cents > 0n, 'a payment is more than nothing')
  const { applied, totals, restCents } = allocate(cents, debts, order)
  const postings = receipts(totals)
  if (restCents > 0n) postings.push({ debit: gl.cashTrust, credit: gl.customerCredit, cents: restCents })
  return { postings, applied, restCents }
}

/**
 * Money paid ahead meets a new bill: it leaves the trust fund on both sides and arrives as cash in the fund of
 * each debt. `restCents` stays as credit.
 */
export function decideCreditPostings(
  creditCents: Cents,
  debts: readonly OpenDebt[],
  order: AllocationOrder = defaultOrder,
): Allocation {
  const { applied, totals, restCents } = allocate(creditCents, debts, order)
  const used = creditCents - restCents
  if (used <= 0n) return { postings: [], applied, restCents: creditCents }
  const release: Posting = { debit: gl.customerCredit, credit: gl.cashTrust, cents: used }
  return { postings: [release, ...receipts(totals)], applied, restCents }
}

function allocate(cents: Cents, debts: readonly OpenDebt[], order: AllocationOrder) {
  const applied = debts.map(() => 0n)
  const totals: Record<DebtService, Cents> = { water: 0n, sewer: 0n, fees: 0n }
  let left = cents
  for (const index of payingOrder(debts, order)) {
    if (left <= 0n) break
    const debt = debts[index]!
    if (debt.cents <= 0n) continue
    const part = lesser(debt.cents, left)
    applied[index] = part
    totals[debt.service] += part
    left -= part
  }
  return { applied, totals, restCents: left }
}

/** Indexes of the debts in the order in which they are paid. */
export function payingOrder(debts: readonly OpenDebt[], order: AllocationOrder = defaultOrder): number[] {
  const indexes = debts.map((_, index) => index)
  return indexes.sort((a, b) => {
    const [one, two] = [debts[a]!, debts[b]!]
    if (one.dueOn !== two.dueOn) return one.dueOn < two.dueOn ? -1 : 1
    return order.indexOf(one.service) - order.indexOf(two.service) || a - b
  })
}

function receipts(totals: Readonly<Record<DebtService, Cents>>): Posting[] {
  const postings: Posting[] = []
  for (const service of debtServices) {
    const cents = totals[service]
    if (cents > 0n) postings.push({ debit: cashOf[service], credit: receivableOf[service], cents })
  }
  return postings
}

/** The mirror image: posted beside the original, it leaves every account as if neither had been. */
export function reverse(journal: { readonly postings: readonly Posting[] }): Posting[] {
  return journal.postings.map(({ debit, credit, cents }) => ({ debit: credit, credit: debit, cents }))
}

/** Programmer errors, caught before the database has to: no side twice, nothing negative, no fund crossed. */
export function checkPostings(postings: readonly Posting[]): void {
  assert(postings.length > 0, 'a journal has at least one posting')
  for (const { debit, credit, cents } of postings) {
    assert(cents > 0n && debit !== credit, 'a posting moves a positive amount between two accounts')
    assert(fundOf(debit) === fundOf(credit), `a posting stays inside one fund, not ${debit} to ${credit}`)
  }
}
