/** How the money came in: which bill was paid when, by the same oldest-first rule that posts it. Pure. */
import { daysBetween, type LocalDate, maxDate } from '@curbstop/kernel/dates'
import type { BillId } from '@curbstop/kernel/ids'
import { type Cents, lesser } from '@curbstop/kernel/money'

/** A charge; `billId` is null for a fee or an adjustment that takes its share of a payment but is no bill. */
export type Charge = {
  readonly billId: BillId | null
  readonly issuedOn: LocalDate
  readonly dueOn: LocalDate
  readonly cents: Cents
}
/** Money in, or a credit allowed. A returned payment pays nothing (PAY-007); it is remembered that it tried. */
export type Receipt = {
  readonly receivedOn: LocalDate
  readonly cents: Cents
  readonly returnedOn: LocalDate | null
}

export type BillTiming = {
  readonly billId: BillId
  readonly issuedOn: LocalDate
  readonly dueOn: LocalDate
  readonly cents: Cents
  readonly paidCents: Cents
  /** The day the last cent of it was paid. */
  readonly paidOn: LocalDate | null
  readonly daysLate: number
  readonly state: 'on-time' | 'late' | 'partly' | 'returned' | 'unpaid' | 'not-due'
}
export type PaymentTiming = {
  readonly bills: readonly BillTiming[]
  readonly onTimeCount: number
  readonly dueCount: number
}

/**
 * Each bill's payment as known on a day, oldest first. "On time 21 of 24" = `onTimeCount` of `dueCount`. `from`
 * narrows the bills shown by their issue date, never what paid them.
 */
export function paymentTiming(
  charges: readonly Charge[],
  receipts: readonly Receipt[],
  { asOf, from }: { readonly asOf: LocalDate; readonly from?: LocalDate | undefined },
): PaymentTiming {
  const owed = charges.filter(c => c.cents > 0n).sort((a, b) => byDate(a.dueOn, b.dueOn))
  const good = receipts.filter(receipt => receipt.returnedOn === null)
  const paid = allocate(owed, good)
  const tried = good.length === receipts.length ? paid : allocate(owed, receipts)
  const bills: BillTiming[] = []
  for (const [index, charge] of owed.entries()) {
    if (charge.billId === null || (from && charge.issuedOn < from)) continue
    const { cents, lastOn } = paid[index]!
    const wasReturned = tried[index]!.cents > cents
    bills.push(
      timingOf({ ...charge, billId: charge.billId }, { paidCents: cents, lastOn, wasReturned }, asOf),
    )
  }
  const onTimeCount = bills.filter(bill => bill.state === 'on-time').length
  const settled = bills.filter(bill => bill.paidOn !== null || bill.dueOn < asOf)
  return { bills, onTimeCount, dueCount: settled.length }
}

function timingOf(
  bill: Charge & { readonly billId: BillId },
  paid: { readonly paidCents: Cents; readonly lastOn: LocalDate | null; readonly wasReturned: boolean },
  asOf: LocalDate,
): BillTiming {
  const { paidCents } = paid
  const paidOn = paidCents >= bill.cents ? paid.lastOn : null
  const lateBy = daysBetween(bill.dueOn, paidOn ?? asOf)
  return { ...bill, paidCents, paidOn, daysLate: Math.max(0, lateBy), state: stateOf() }

  function stateOf(): BillTiming['state'] {
    if (paidOn) return paidOn <= bill.dueOn ? 'on-time' : 'late'
    if (paid.wasReturned) return 'returned'
    if (paidCents > 0n) return 'partly'
    return bill.dueOn < asOf ? 'unpaid' : 'not-due'
  }
}

type Share = { cents: Cents; lastOn: LocalDate | null }

/** Oldest due date first; money that comes before any bill waits for one, and pays it on the day it is issued. */
function allocate(owed: readonly Charge[], receipts: readonly Receipt[]): Share[] {
  const shares: Share[] = owed.map(() => ({ cents: 0n, lastOn: null }))
  const inOrder = [...receipts].sort((a, b) => byDate(a.receivedOn, b.receivedOn))
  let next = 0
  for (const { receivedOn, cents } of inOrder) {
    let left = cents
    while (left > 0n && next < owed.length) {
      const share = shares[next]!
      const charge = owed[next]!
      const part = lesser(charge.cents - share.cents, left)
      share.cents += part
      share.lastOn = maxDate(receivedOn, charge.issuedOn)
      left -= part
      if (share.cents === charge.cents) next += 1
    }
  }
  return shares
}

const byDate = (a: LocalDate, b: LocalDate): number => (a < b ? -1 : a > b ? 1 : 0)

/** What timing needs of a ledger row. */
export type LedgerMove = {
  readonly kind: string
  readonly effectiveOn: LocalDate
  readonly dueOn: LocalDate | null
  readonly source: string
  readonly cents: Cents
  readonly reversedByJournalId: bigint | null
  readonly reversesJournalId: bigint | null
  readonly journalId: bigint
}

/** Charges and receipts of an account from its ledger rows; reversed charges fall out, returned payments are marked. */
export function chargesAndReceipts(rows: readonly LedgerMove[]): { charges: Charge[]; receipts: Receipt[] } {
  const charges: Charge[] = []
  const receipts: Receipt[] = []
  const reversedOn = new Map<bigint, LocalDate>()
  for (const row of rows)
    if (row.reversesJournalId !== null) reversedOn.set(row.reversesJournalId, row.effectiveOn)
  for (const row of rows) {
    if (row.reversesJournalId !== null) continue
    const returnedOn = reversedOn.get(row.journalId) ?? null
    if (row.cents > 0n && returnedOn === null) charges.push(chargeOf(row))
    else if (row.cents < 0n && (row.kind === 'payment' || returnedOn === null))
      receipts.push({ receivedOn: row.effectiveOn, cents: -row.cents, returnedOn })
  }
  return { charges, receipts }
}

function chargeOf({ kind, source, effectiveOn, dueOn, cents }: LedgerMove): Charge {
  const number = kind === 'bill' ? /^bill:(\d+)$/.exec(source)?.[1] : undefined
  const billId = number === undefined ? null : (BigInt(number) as BillId)
  return { billId, issuedOn: effectiveOn, dueOn: dueOn ?? effectiveOn, cents }
}
