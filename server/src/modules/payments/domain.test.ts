import { localDate } from '@curbstop/kernel/dates'
import type { BillId } from '@curbstop/kernel/ids'
import { lesser, sum } from '@curbstop/kernel/money'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Charge, chargesAndReceipts, type LedgerMove, paymentTiming, type Receipt } from './domain.ts'

const on = (day: string) => localDate(`2026-${day}`)
const bill = (id: number, issued: string, due: string, cents: bigint): Charge => ({
  billId: BigInt(id) as BillId,
  issuedOn: on(issued),
  dueOn: on(due),
  cents,
})
const paid = (day: string, cents: bigint, returned: string | null = null): Receipt => ({
  receivedOn: on(day),
  cents,
  returnedOn: returned ? on(returned) : null,
})
const states = (charges: Charge[], receipts: Receipt[], asOf = on('12-01')) =>
  paymentTiming(charges, receipts, { asOf }).bills.map(b => b.state)

const three = [
  bill(1, '06-01', '06-22', 5000n),
  bill(2, '07-01', '07-22', 6000n),
  bill(3, '08-01', '08-22', 7000n),
]

test('a bill paid on its due date is on time, a day later it is late', () => {
  expect(states(three, [paid('06-22', 5000n), paid('07-23', 6000n)])).toEqual(['on-time', 'late', 'unpaid'])
})

test('the advisor is told how late and how many of how many were on time', () => {
  const timing = paymentTiming(three, [paid('06-20', 5000n), paid('07-25', 13_000n)], { asOf: on('08-10') })
  expect(timing.bills.map(b => [b.state, b.daysLate])).toEqual([
    ['on-time', 0],
    ['late', 3],
    ['on-time', 0],
  ])
  expect(timing).toMatchObject({ onTimeCount: 2, dueCount: 3 })
})

test('a bill not yet due does not count against anybody', () => {
  const timing = paymentTiming(three, [paid('06-20', 5000n), paid('07-20', 6000n)], { asOf: on('08-22') })
  expect(timing.bills[2]).toMatchObject({ state: 'not-due', daysLate: 0, paidOn: null })
  expect(timing).toMatchObject({ onTimeCount: 2, dueCount: 2 })
})

test('a payment in two halves is done on the day of the second', () => {
  const timing = paymentTiming(three, [paid('06-10', 2000n), paid('06-30', 3000n)], { asOf: on('12-01') })
  expect(timing.bills[0]).toMatchObject({ state: 'late', paidOn: on('06-30'), daysLate: 8 })
})

test('a part payment shows as partly paid with the rest still open', () => {
  const timing = paymentTiming(three, [paid('06-10', 2000n)], { asOf: on('12-01') })
  expect(timing.bills[0]).toMatchObject({ state: 'partly', paidCents: 2000n, paidOn: null })
})

test('PAY-007: a returned payment paid nothing, and the bill says so until it is paid again', () => {
  expect(states(three, [paid('06-20', 5000n, '06-28')])).toEqual(['returned', 'unpaid', 'unpaid'])
  expect(states(three, [paid('06-20', 5000n, '06-28'), paid('07-05', 5000n)])[0]).toBe('late')
})

test('money paid ahead pays a bill on the day it is issued', () => {
  const timing = paymentTiming(three, [paid('05-01', 11_000n)], { asOf: on('12-01') })
  expect(timing.bills.map(b => b.paidOn)).toEqual([on('06-01'), on('07-01'), null])
})

test('the chart may show two years while older money still counts', () => {
  const timing = paymentTiming(three, [paid('06-10', 11_000n)], { asOf: on('07-30'), from: on('07-01') })
  expect(timing.bills.map(b => b.state)).toEqual(['on-time', 'not-due'])
  expect(timing).toMatchObject({ onTimeCount: 1, dueCount: 1 })
})

test('a fee takes its share of a payment but is no bill', () => {
  const fee: Charge = { billId: null, issuedOn: on('06-10'), dueOn: on('06-10'), cents: 1000n }
  const timing = paymentTiming([...three, fee], [paid('06-20', 5000n)], { asOf: on('12-01') })
  expect(timing.bills).toHaveLength(3)
  expect(timing.bills[0]).toMatchObject({ state: 'partly', paidCents: 4000n })
})

const move = (id: number, kind: string, cents: bigint, facts: Partial<LedgerMove> = {}): LedgerMove => ({
  journalId: BigInt(id),
  kind,
  effectiveOn: on('06-01'),
  dueOn: null,
  source: `${kind}:${id}`,
  cents,
  reversedByJournalId: null,
  reversesJournalId: null,
  ...facts,
})

test('a cancelled bill falls out, a returned payment stays as an attempt, a credit allowed counts as money', () => {
  const { charges, receipts } = chargesAndReceipts([
    move(1, 'bill', 5000n, { dueOn: on('06-22') }),
    move(2, 'reversal', -5000n, { reversesJournalId: 1n }),
    move(3, 'bill', 4000n, { dueOn: on('06-23') }),
    move(4, 'payment', -4000n),
    move(5, 'return', 4000n, { reversesJournalId: 4n, effectiveOn: on('06-09') }),
    move(6, 'adjustment', -500n),
    move(7, 'credit', 0n),
  ])
  expect(charges.map(c => [c.billId, c.cents])).toEqual([[3n, 4000n]])
  expect(receipts.map(r => [r.cents, r.returnedOn])).toEqual([
    [4000n, on('06-09')],
    [500n, null],
  ])
})

test('no bill receives more than it asks for, and no cent is used twice', () => {
  const days = fc.constantFrom('01-05', '02-05', '03-05', '04-05', '05-05')
  const cents = fc.bigInt({ min: 1n, max: 9000n })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(days, cents), { maxLength: 8 }),
      fc.array(fc.tuple(days, cents), { maxLength: 8 }),
      (billed, received) => {
        const charges = billed.map(([day, amount], i) => bill(i + 1, day, day, amount))
        const { bills } = paymentTiming(
          charges,
          received.map(([day, amount]) => paid(day, amount)),
          { asOf: on('06-01') },
        )
        for (const b of bills) expect(b.paidCents <= b.cents).toBe(true)
        const used = sum(bills.map(b => b.paidCents))
        const [owed, came] = [sum(billed.map(b => b[1])), sum(received.map(r => r[1]))]
        expect(used).toBe(lesser(owed, came))
      },
    ),
  )
})
