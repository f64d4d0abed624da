import { localDate } from '@curbstop/kernel/dates'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { account, actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { getLastPayment, getPaymentTiming, listPayments } from './queries.ts'

let database: TestDatabase
const desk = () => actingAs(database)

/** Two bills; the first paid on time, the second by a check that came back. */
beforeAll(async () => {
  database = await createTestDatabase()
  const run = (text: string) => sql.raw(text).execute(database.owner)
  await run(
    `insert into accounts.cycle (cycle_id, code, name, read_day) overriding system value values (1, 'A', 'A', 1)`,
  )
  await run(
    `insert into customers.customer (customer_id, kind, name) overriding system value values (1, 'person', 'Ann')`,
  )
  for (const id of [1, 2])
    await run(`insert into accounts.account (account_id, number, customer_id, class, cycle_id, opened_on, opened_by)
      overriding system value values (${id}, 'A-${id}', 1, 'residential', 1, '2026-01-01', 1)`)
  await run(
    `insert into ledger.business_day values ('2026-06-01'), ('2026-06-20'), ('2026-07-01'), ('2026-07-20'), ('2026-07-28')`,
  )
  await journal(1, 'bill', { on: '2026-06-01', due: '2026-06-22', source: 'bill:51', sides: [1210, 4120] })
  await journal(2, 'payment', { on: '2026-06-20', source: 'payment:1', sides: [1010, 1210] })
  await journal(3, 'bill', { on: '2026-07-01', due: '2026-07-22', source: 'bill:52', sides: [1210, 4120] })
  await journal(4, 'payment', { on: '2026-07-20', source: 'payment:2', sides: [1010, 1210] })
  await journal(5, 'return', { on: '2026-07-28', source: 'payment:2', sides: [1210, 1010], reverses: 4 })
  await run(`insert into payments.payment
      (account_id, payment_id, received_on, cents, tender, channel, journal_id, posted_at) overriding system value values
      (1, 1, '2026-06-20', 5000, 'ach', 'autopay', 2, '2026-06-20T20:00Z'),
      (1, 2, '2026-07-20', 5000, 'check', 'mail', 4, '2026-07-20T20:00Z')`)
  await run(`insert into payments.payment_return values (1, 2, '2026-07-28', 'NSF', 5)`)
})
afterAll(() => database?.drop())

type Journal = { on: string; due?: string; source: string; sides: [number, number]; reverses?: number }
async function journal(
  id: number,
  kind: string,
  { on, due, source, sides, reverses }: Journal,
): Promise<void> {
  await sql`insert into ledger.journal (account_id, journal_id, kind, effective_on, business_on, due_on, posted_at,
      posted_by, source, reverses_journal_id) overriding system value
    values (1, ${id}, ${kind}, ${on}, ${on}, ${due ?? null}, ${`${on}T20:00:00Z`}, 1, ${source}, ${reverses ?? null})`.execute(
    database.owner,
  )
  await sql`insert into ledger.posting values (1, ${id}, 1, ${sides[0]}, ${sides[1]}, 5000)`.execute(
    database.owner,
  )
}

test('a payment that came back says when and why, newest first', async () => {
  const rows = await desk().run(ctx => listPayments(ctx, account(1)))
  expect(rows.map(row => [row.paymentId, row.returned])).toEqual([
    [2n, { on: '2026-07-28', reasonCode: 'NSF' }],
    [1n, null],
  ])
})

test('as of the day before it came back, the payment stood', async () => {
  const asOf = localDate('2026-07-27')
  expect((await desk().run(ctx => getLastPayment(ctx, account(1), asOf)))?.returned).toBeNull()
  const then = await desk().run(ctx => getPaymentTiming(ctx, { accountId: account(1), asOf }))
  expect(then.bills.map(bill => bill.state)).toEqual(['on-time', 'on-time'])
  const now = await desk().run(ctx => getPaymentTiming(ctx, { accountId: account(1) }))
  expect(now.bills.map(bill => [bill.billId, bill.state])).toEqual([
    [51n, 'on-time'],
    [52n, 'returned'],
  ])
  expect(now).toMatchObject({ onTimeCount: 1, dueCount: 2 })
})

test('another account shows none of it', async () => {
  expect(await desk().run(ctx => listPayments(ctx, account(2)))).toEqual([])
  expect(await desk().run(ctx => getLastPayment(ctx, account(2)))).toBeNull()
})
