import { addDays, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actingAs, person } from '../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../tools/testing/database.ts'
import { type Home, makeDistrict, makeHome } from '../../tools/testing/served-home.ts'
import { modules } from './app.ts'
import { changeOccupancy } from './modules/accounts/index.ts'
import { billAccount } from './modules/billing/index.ts'
import { listBillsOfRead } from './modules/billing/queries/of-read.ts'
import { enterRead, getMeter, voidRead } from './modules/metering/index.ts'
import { witnessesOf } from './platform/jobs/runner.ts'

const first = localDate('2026-08-10')
const witnesses = witnessesOf(modules)
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await makeDistrict(database)
  await sql`insert into staff.person (person_id, login, name, level, level_since) overriding system value
    values (32, 'maya', 'Maya Advisor', 'advisor', '2020-01-01')`.execute(database.owner)
})
afterAll(() => database?.drop())

/** An advisor through the whole house: whoever must agree is asked. */
const maya = () =>
  actingAs(database, {
    personId: person(32),
    level: 'advisor',
    permissions: ['customers.see-protected'],
    witnesses,
  })
const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string; field?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )
const home = (serial: string, use: number[]) => makeHome(database, serial, { firstOn: first, use })
async function pointOf({ premiseId }: Home): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`select service_point_id as id from premises.service_point
    where premise_id = ${premiseId} and service = 'water'`.execute(database.db)
  return rows[0]!.id
}

describe('the hand-over read comes with the stop', () => {
  async function stop(at: Home, onDate: LocalDate, value: bigint) {
    const servicePointId = (await pointOf(at)) as never
    return maya().run(ctx =>
      changeOccupancy(ctx, {
        kind: 'stop',
        accountId: at.accountId,
        version: 1,
        onDate,
        askedBy: 'customer',
        afterStop: 'vacant',
        note: 'moved out last week, called today',
        handOver: {
          how: 'read',
          by: 'customer',
          readOn: onDate,
          reads: [{ servicePointId, registerNo: 1, value }],
        },
      }),
    )
  }

  test('a final bill right after a back-dated stop finds its read: nobody is told to wait for a job', async () => {
    const at = await home('510', [9, 9, 9])
    await maya().run(ctx => billAccount(ctx, { accountId: at.accountId }))
    await stop(at, localDate('2026-11-18'), 1029n)
    const bill = await maya().run(ctx => billAccount(ctx, { accountId: at.accountId }))
    expect(bill).toMatchObject({ kind: 'final', fromOn: '2026-11-10', toOn: '2026-11-18' })
    expect(bill.segments[0]!.usageUnits).toBe('2')
  })

  test('while an order is out for the final read, the bill says which, and right after it says to wait a moment', async () => {
    const at = await home('512', [9, 9, 9])
    await maya().run(ctx => billAccount(ctx, { accountId: at.accountId }))
    const order = await sql<{ id: bigint }>`insert into fieldwork.service_order
        (kind, on_account, premise_id, priority, state, due_at, created_by)
      values ('XFER', ${at.accountId}, ${at.premiseId}, 3, 'ready', now(), 1) returning order_id as id`.execute(
      database.owner,
    )
    const { id } = order.rows[0]!
    const bill = () => refusal(maya().run(ctx => billAccount(ctx, { accountId: at.accountId })))
    const out = await bill()
    expect(out).toMatchObject({ code: 'billing.read-on-order' })
    expect(out.message).toContain(`order ${id} (`)
    await sql`update fieldwork.service_order set state = 'completed' where order_id = ${id}`.execute(
      database.owner,
    )
    await sql`insert into fieldwork.order_result (order_id, completed_at, completed_by, outcome, read_value)
      values (${id}, '2026-11-23T17:59:30Z', 1, 'read-confirmed', 1029)`.execute(database.owner)
    expect(await bill()).toMatchObject({ code: 'billing.read-being-taken' })
  })

  test('a read below the last one refuses the stop at once, with the sentence; service goes on untouched', async () => {
    const at = await home('511', [9, 9, 9])
    const refused = await refusal(stop(at, localDate('2026-11-18'), 1010n))
    expect(refused).toMatchObject({ code: 'metering.read-below-last', field: 'handOver.reads' })
    expect(refused.message).toMatch(/1010 is below the last read, 1027/)
    const { rows } =
      await sql`select from accounts.occupancy_change where account_id = ${at.accountId}`.execute(database.db)
    expect(rows).toHaveLength(0)
  })
})

describe('voiding a read that was billed', () => {
  let at: Home
  beforeAll(async () => {
    at = await home('520', [9, 10, 11])
    for (const month of ['2026-09-10', '2026-10-10', '2026-11-10'])
      await maya().run(ctx => billAccount(ctx, { accountId: at.accountId, throughOn: localDate(month) }))
  })
  const readOf = async (on: string) => {
    const { reads } = await maya().run(ctx => getMeter(ctx, { meterId: at.meterId as never }))
    return { meterId: at.meterId as never, readId: reads.find(one => one.readOn === on)!.readId }
  }

  test('the page can say which bills rest on it before anybody decides', async () => {
    const read = await readOf('2026-10-10')
    expect(await maya().run(ctx => listBillsOfRead(ctx, read))).toMatchObject([
      { accountId: at.accountId, fromOn: '2026-09-10', toOn: '2026-10-10', place: 'ends' },
      { accountId: at.accountId, fromOn: '2026-10-10', toOn: '2026-11-10', place: 'begins' },
    ])
  })

  test('without the confirmation nothing is voided, and the sentence says what it would mean', async () => {
    const read = await readOf('2026-10-10')
    const refused = await refusal(maya().run(ctx => voidRead(ctx, { ...read, reason: 'misread' })))
    expect(refused).toMatchObject({ code: 'billing.read-billed', field: 'knowsBilled' })
    expect(refused.message).toMatch(
      /bill Sep 10 2026 – Oct 10 2026 ends with it; the bill Oct 10 2026 – Nov 10/,
    )
    const { reads } = await maya().run(ctx => getMeter(ctx, { meterId: at.meterId as never }))
    expect(reads.every(one => one.voided === null)).toBe(true)
  })

  test('confirmed, billing has the task, the account shows it, and the next bill says why it waits', async () => {
    const read = await readOf('2026-11-10')
    await maya().run(ctx => voidRead(ctx, { ...read, reason: 'misread', knowsBilled: true }))
    const { rows } = await sql<{ queue: string; title: string; detail: string }>`
      select queue, title, detail from desk.task where on_account = ${at.accountId}`.execute(database.db)
    expect(rows).toMatchObject([
      { queue: 'billing', title: expect.stringContaining('the read of Nov 10 2026') },
    ])
    const alerts = await sql<{
      text: string
    }>`select text from desk.alert where account_id = ${at.accountId}`.execute(database.db)
    expect(alerts.rows[0]!.text).toMatch(/next bill waits for billing’s correction/)
    await maya().run(ctx =>
      enterRead(ctx, {
        meterId: at.meterId as never,
        readOn: localDate('2026-11-22'),
        values: [{ registerNo: 1, value: 1033n }],
        kind: 'actual',
        source: 'office',
      }),
    )
    expect(await refusal(maya().run(ctx => billAccount(ctx, { accountId: at.accountId })))).toMatchObject({
      code: 'billing.opening-read',
    })
  })

  test('the final read of somebody who left that day is theirs too', async () => {
    const left = await home('521', [9, 9, 9])
    await maya().run(ctx => billAccount(ctx, { accountId: left.accountId }))
    const last = localDate('2026-11-10')
    await sql`update accounts.occupancy set period = daterange(lower(period), ${last}::date), ended_by = 1,
      ended_at = now() where account = ${left.accountId}`.execute(database.owner)
    const { reads } = await maya().run(ctx => getMeter(ctx, { meterId: left.meterId as never }))
    const { readId } = reads.find(one => one.readOn === last)!
    const asked = { meterId: left.meterId as never, readId, reason: 'misread' }
    expect(await refusal(maya().run(ctx => voidRead(ctx, asked)))).toMatchObject({
      code: 'billing.read-billed',
    })
  })

  test('a read that no bill took is voided as before', async () => {
    const fresh = await home('522', [9])
    const { reads } = await maya().run(ctx => getMeter(ctx, { meterId: fresh.meterId as never }))
    const asked = { meterId: fresh.meterId as never, readId: reads[0]!.readId, reason: 'misread' }
    expect((await maya().run(ctx => voidRead(ctx, asked))).voided).toEqual([reads[0]!.readId])
  })
})

describe('VEE-011: a read far outside', () => {
  const enter = (at: Home, value: bigint, knowsUnusual?: boolean) =>
    maya().run(ctx =>
      enterRead(ctx, {
        meterId: at.meterId as never,
        readOn: addDays(localDate('2026-11-10'), 10),
        values: [{ registerNo: 1, value }],
        kind: 'actual',
        source: 'office',
        knowsUnusual,
      }),
    )

  test('999999 typed by a person is not kept before they said that the dial shows it', async () => {
    const at = await home('530', [9, 9, 9])
    const refused = await refusal(enter(at, 999_999n))
    expect(refused).toMatchObject({ code: 'metering.read-unusual', field: 'knowsUnusual' })
    expect(refused.message).toMatch(/998,972 CCF \(747,231,056 gallons\) in 10 days; about 36,114 gallons/)
    expect(await enter(at, 999_999n, true)).toMatchObject({ checks: [{ check: 'high' }] })
    const { rows } = await sql<{ queue: string; detail: string }>`
      select queue, detail from desk.task where on_account = ${at.accountId}`.execute(database.db)
    expect(rows).toMatchObject([{ queue: 'billing', detail: expect.stringContaining('VEE-011') }])
  })

  test('a far hand-over read stops nobody from moving: it is kept, and billing’s to look at', async () => {
    const at = await home('532', [9, 9, 9])
    const servicePointId = (await pointOf(at)) as never
    const onDate = localDate('2026-11-20')
    await maya().run(ctx =>
      changeOccupancy(ctx, {
        kind: 'stop',
        accountId: at.accountId,
        version: 1,
        onDate,
        askedBy: 'customer',
        afterStop: 'vacant',
        note: 'moved out',
        handOver: {
          how: 'read',
          by: 'actual',
          readOn: onDate,
          reads: [{ servicePointId, registerNo: 1, value: 9000n }],
        },
      }),
    )
    const { rows } = await sql<{ title: string }>`select title from desk.task
      where on_account = ${at.accountId} and queue = 'billing'`.execute(database.db)
    expect(rows).toMatchObject([{ title: expect.stringContaining('Look at the read of 2026-11-20') }])
  })

  test('a usual read asks nothing', async () => {
    const at = await home('531', [9, 9, 9])
    expect(await enter(at, 1077n)).toMatchObject({ checks: [] })
  })
})
