import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId, type ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { account, actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import type { JobHand } from '../../platform/module.ts'
import { packs } from '../policy/packs/index.ts'
import { jobs, witnesses } from './jobs.ts'
import { listReads } from './queries.ts'

let database: TestDatabase
const point = asId<'service-point'>(1) as ServicePointId
const hand = (): JobHand => ({
  inTransaction: work => actingAs(database).run(work),
  settings: { smtpUrl: null, publicUrl: null },
})

beforeAll(async () => {
  database = await createTestDatabase()
  const run = (text: string) => sql.raw(text).execute(database.owner)
  await run(`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
    values ('Test', 'Test', 'America/Los_Angeles', 'ccf', '-', '-', '-')`)
  await run(`insert into policy.office_hours select d, '08:00', '17:00' from generate_series(0, 6) d`)
  for (const rule of packs)
    await sql`insert into policy.rule (code, name, text, value, unit, authority, citation, effective, created_by)
      values (${rule.code}, ${rule.name}, ${rule.text}, ${JSON.stringify(rule.value)}::jsonb, ${rule.unit},
        ${rule.authority}, ${rule.citation}, daterange(${rule.effectiveFrom}::date, null), 1)`.execute(
      database.owner,
    )
  await run(
    `insert into accounts.cycle (cycle_id, code, name, read_day) overriding system value values (1, 'A', 'A', 1)`,
  )
  await run(
    `insert into customers.customer (customer_id, kind, name) overriding system value values (1, 'person', 'Ann')`,
  )
  await run(`insert into accounts.account (account_id, number, customer_id, class, cycle_id, opened_on, opened_by)
    overriding system value values (1, 'A-1', 1, 'residential', 1, '2026-01-01', 1)`)
  await run(`insert into premises.premise (premise_id, house_number, street, city, state, zip, class, et_zone)
    overriding system value values (1, '1', 'Alder Ct', 'Town', 'CA', '90000', 'single-family', 'z')`)
  await run(`insert into premises.service_point (service_point_id, premise_id, service) overriding system value
    values (1, 1, 'water')`)
  await run(`insert into metering.meter (meter_id, serial, make, size, kind) overriding system value
    values (1, 'H-1', 'Neptune', '5/8"', 'displacement')`)
  await run(`insert into metering.register (meter_id, unit, dials) values (1, 'gal', 6)`)
  await run(
    `insert into metering.installation values (1, 1, daterange('2026-01-01', null), array[0], null, 1)`,
  )
  await run(
    `insert into metering.read (meter_id, read_on, value, kind, source) values (1, '2026-09-01', 24300, 'actual', 'handheld')`,
  )
})
afterAll(() => database?.drop())

let changes = 0
async function change(kind: string, onDate: string, handOver: Record<string, unknown>): Promise<number> {
  changes += 1
  const body = JSON.stringify({ servicePointIds: ['1'], ...handOver })
  await sql`insert into accounts.occupancy_change
      (account_id, change_id, kind, premise_id, on_date, hand_over, made_by) overriding system value
    values (1, ${changes}, ${kind}, 1, ${onDate}, ${body}::jsonb, 1)`.execute(database.owner)
  return changes
}
const take = (changeId: number) =>
  actingAs(database).run(ctx =>
    witnesses['accounts.occupancy-changed'](ctx, {
      name: 'accounts.occupancy-changed',
      account: account(1),
      subject: { changeId },
    }),
  )
const reads = async (on: LocalDate) =>
  (await actingAs(database).run(ctx => listReads(ctx, [point]))).filter(read => read.readOn === on)
const readGiven = (readOn: string, value: string) => ({
  how: 'read',
  by: 'actual',
  readOn,
  reads: [{ servicePointId: '1', registerNo: 1, value }],
})

test('the read at which two occupancies meet is written once, whoever tells of it twice', async () => {
  const stop = await change('stop', '2026-10-01', readGiven('2026-10-01', '27300'))
  await take(stop)
  await take(stop)
  const start = await change('start', '2026-10-01', readGiven('2026-10-01', '27300'))
  await take(start)
  expect(await reads(localDate('2026-10-01'))).toMatchObject([{ value: 27_300n, kind: 'final' }])
})

test.each([
  ['below the last read', '2026-10-15', '100', 'metering.read-below-last', 'handOver.reads'],
  ['more digits than the dial has', '2026-10-15', '7654321', 'metering.read-too-long', 'handOver.reads'],
  ['before the meter hung', '2025-12-31', '24300', 'metering.read-before-installation', 'handOver.readOn'],
])('a hand-over read %s is refused while the person is there: nothing is left to a job', async (...row) => {
  const [, readOn, value, code, field] = row
  const stop = await change('stop', readOn, readGiven(readOn, value))
  await expect(take(stop)).rejects.toMatchObject({ code, field })
  expect(await reads(localDate(readOn))).toEqual([])
})

test('without a read the hand-over is estimated from earlier use, and marked', async () => {
  await take(await change('stop', '2026-10-31', { how: 'estimate' }))
  const [read] = await reads(localDate('2026-10-31'))
  expect(read).toMatchObject({ kind: 'estimated', source: 'system', value: 30_300n }) // 100 a day
})

test('when an order fetches the read, nothing is invented meanwhile', async () => {
  await take(await change('stop', '2026-11-10', { how: 'order', instructions: '' }))
  expect(await reads(localDate('2026-11-10'))).toEqual([])
})

test('an order that saw another meter leaves the account as it was and a task that says which', async () => {
  const order = async (serial: string, value: number) => {
    const { rows } = await sql<{ id: bigint }>`
      insert into fieldwork.service_order (kind, on_account, premise_id, service_point_id, priority, state, due_at, created_by)
      values ('RRD', 1, 1, 1, 3, 'completed', now(), 1) returning order_id as id`.execute(database.owner)
    const id = rows[0]!.id
    await sql`insert into fieldwork.order_result
        (order_id, completed_at, completed_by, outcome, meter_serial_seen, read_value)
      values (${id}, '2026-11-20T20:00:00Z', 1, 'read-confirmed', ${serial}, ${value})`.execute(
      database.owner,
    )
    await jobs['metering.take-order-read'](hand(), { orderId: String(id) })
    return id
  }
  const wrong = await order('Z-9', 32_300)
  expect(await reads(localDate('2026-11-20'))).toEqual([])
  const { rows } = await sql<{ kind: string; detail: string }>`
    select kind, detail from desk.task where order_id = ${wrong}`.execute(database.db)
  expect(rows).toMatchObject([{ kind: 'order-result', detail: expect.stringContaining('Z-9') }])
  await order('H-1', 32_300)
  expect(await reads(localDate('2026-11-20'))).toMatchObject([{ value: 32_300n, source: 'field-order' }])
})

test('a hand-over arranged ahead is estimated on its day, once, and not again when somebody voided it', async () => {
  const stop = await change('stop', '2026-11-25', { how: 'estimate' })
  await take(stop) // told on the 23rd: not refused, and nothing invented yet
  const due = (now: string) =>
    jobs['metering.take-hand-overs-due']({ inTransaction: work => actingAs(database, { now }).run(work) }, {})
  const taken = async () =>
    (await actingAs(database, { now: '2026-11-27T18:00:00Z' }).run(ctx => listReads(ctx, [point]))).filter(
      read => read.readOn === '2026-11-25',
    )
  await due('2026-11-23T18:00:00Z')
  expect(await taken()).toEqual([])
  await due('2026-11-26T18:00:00Z')
  await due('2026-11-26T19:00:00Z')
  expect(await taken()).toMatchObject([{ kind: 'estimated', source: 'system' }])
  const [read] = await taken()
  await sql`insert into metering.read_void (meter_id, register_no, read_id, voided_by, reason)
    values (1, 1, ${read!.readId}, 1, 'read by the tenant')`.execute(database.owner)
  await due('2026-11-27T18:00:00Z')
  expect(await taken()).toHaveLength(1)
})
