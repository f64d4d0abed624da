import { localDate } from '@curbstop/kernel/dates'
import { asId, type CustomerId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Acting, actingAs, person } from '../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../tools/testing/database.ts'
import { type Home, makeDistrict, makeHome } from '../../tools/testing/served-home.ts'
import { modules } from './app.ts'
import { changeOccupancy } from './modules/accounts/index.ts'
import { changeCustomer } from './modules/customers/commands/change.ts'
import {
  askToLift,
  decideProtection,
  placeProtection,
  setSecret,
} from './modules/customers/commands/guard.ts'
import { finishTask } from './modules/desk/commands/steps.ts'
import { listTasks } from './modules/desk/queries.ts'
import { enterRead, exchangeMeter, voidRead } from './modules/metering/index.ts'
import { addHazard } from './modules/premises/commands.ts'
import type { Ctx, Level } from './platform/context.ts'
import { jobsOf, listenersOf } from './platform/jobs/runner.ts'

const today = localDate('2026-11-23')
const reason = 'as told on the phone'
const jobs = jobsOf(modules)
const listeners = listenersOf(modules)
let database: TestDatabase
let home: Home
let customerId: CustomerId
let assistant: Acting
let assistantLater: Acting
let advisor: Acting
let senior: Acting
let boss: Acting

beforeAll(async () => {
  database = await createTestDatabase()
  await makeDistrict(database)
  home = await makeHome(database, '410', { firstOn: localDate('2026-06-10'), use: [9, 9, 9, 9, 9] })
  const { rows } = await sql<{ id: string }>`select customer_id as id from accounts.account
    where account_id = ${home.accountId}`.execute(database.owner)
  customerId = asId<'customer'>(rows[0]!.id)
  await sql`insert into staff.person (person_id, login, name, level, level_since) overriding system value
    values (31, 'ines', 'Ines Assistant', 'assistant', '2026-11-01'), (32, 'maya', 'Maya Advisor', 'advisor', '2020-01-01'),
      (33, 'ruth', 'Ruth Senior', 'senior', '2020-01-01'), (34, 'dana', 'Dana Supervisor', 'supervisor', '2020-01-01')`.execute(
    database.owner,
  )
  await sql`insert into metering.meter (meter_id, serial, make, size, kind) overriding system value
    values (9001, 'N-9001', 'Neptune', '3/4"', 'displacement')`.execute(database.owner)
  await sql`insert into metering.register (meter_id, unit, dials) values (9001, 'ccf', 6)`.execute(
    database.owner,
  )
  const as = (personId: number, level: Level, permissions: string[] = []) =>
    actingAs(database, { personId: person(personId), level, permissions })
  assistant = as(31, 'assistant')
  assistantLater = actingAs(database, {
    personId: person(31),
    level: 'assistant',
    now: '2026-11-23T18:05:00Z',
  })
  advisor = as(32, 'advisor')
  senior = as(33, 'senior')
  boss = as(34, 'supervisor', ['desk.supervise', 'customers.see-protected'])
})
afterAll(() => database?.drop())

/** Does it, then runs whoever listens, every job twice as the queue may. */
async function done<T>(who: Acting, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const answer = await who.run(work)
  for (const { name, account, subject } of [...who.told]) {
    const payload = JSON.parse(
      JSON.stringify({ ...subject, account }, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
    )
    for (const job of listeners.get(name) ?? []) {
      if (!job.startsWith('accounts.')) continue
      for (let i = 0; i < 2; i += 1)
        await jobs.get(job)!({ inTransaction: one => actingAs(database).run(one) }, payload)
    }
  }
  return answer
}

const openTasks = async (kind: string) => {
  const page = await boss.run(ctx => listTasks(ctx, { of: 'everybody', show: 'open' }))
  return page.tasks.filter(task => task.kind === kind)
}
const read = (value: bigint) => (ctx: Ctx) =>
  enterRead(ctx, {
    meterId: home.meterId as never,
    readOn: today,
    values: [{ registerNo: 1, value }],
    kind: 'actual',
    source: 'office',
  })

describe('AUTH-027: the work of an Assistant is looked at by a senior', () => {
  async function reviewOf(who: Acting, work: (ctx: Ctx) => Promise<unknown>): Promise<string[]> {
    const before = new Set((await openTasks('review')).map(task => task.taskId))
    await done(who, work)
    return (await openTasks('review')).filter(task => !before.has(task.taskId)).map(task => task.title)
  }

  test('a read, its voiding and the change of a card are each one task; an Advisor’s are none', async () => {
    let readId = 0n
    const entered = await reviewOf(assistant, async ctx => {
      readId = (await read(1050n)(ctx)).reads[0]!.readId
    })
    expect(entered).toEqual(['Read entered for 2026-11-23, meter 410'])
    const undo = { meterId: home.meterId as never, readId: readId as never, reason }
    expect(await reviewOf(assistant, ctx => voidRead(ctx, undo))).toEqual([
      'Read of 2026-11-23 voided, meter 410',
    ])
    const spanish = { customerId, version: 1, reason, language: 'es' } as const
    expect(await reviewOf(assistant, ctx => changeCustomer(ctx, spanish))).toEqual([
      `Change of a customer’s card (customer ${customerId})`,
    ])
    const pin = { customerId, kind: 'pin', text: '8317', reason } as const
    expect(await reviewOf(assistantLater, ctx => setSecret(ctx, pin))).toHaveLength(1)
    expect(await reviewOf(advisor, ctx => setSecret(ctx, pin))).toEqual([])
    const reviews = await openTasks('review')
    expect(new Set(reviews.map(task => task.accountId))).toEqual(new Set([home.accountId]))
    expect(new Set(reviews.map(task => task.createdBy.name))).toEqual(new Set(['Ines Assistant']))
  })

  test('a stop of service is one task, and AUTH-016 keeps an Assistant from settling it with an estimate', async () => {
    const stop = (how: 'estimate' | 'order') => (ctx: Ctx) =>
      changeOccupancy(ctx, {
        kind: 'stop',
        accountId: home.accountId,
        version: 1,
        onDate: localDate('2026-12-10'),
        askedBy: 'customer',
        afterStop: 'turn-off',
        handOver: how === 'order' ? { how, instructions: 'read the meter' } : { how },
      })
    await expect(assistant.run(stop('estimate'))).rejects.toMatchObject({
      code: 'accounts.estimate-not-allowed',
    })
    expect(await reviewOf(assistant, stop('order'))).toEqual(['Stop of service, account 410'])
  })
})

describe('PRV-019: a protection comes to the second person by itself', () => {
  const approvals = async () =>
    (await openTasks('approval')).map(({ title, queue, accountId }) => ({ title, queue, accountId }))

  test('placed, it asks the supervisor; decided, the task is gone', async () => {
    await done(advisor, ctx => placeProtection(ctx, { customerId, kind: 'violence', reason }))
    expect(await approvals()).toEqual([
      { title: 'Approve a customer’s protection', queue: 'supervisor', accountId: home.accountId },
    ])
    const [task] = await openTasks('approval')
    const byHand = { taskId: task!.taskId, version: task!.version, outcome: 'approved' } as const
    await expect(boss.run(ctx => finishTask(ctx, byHand))).rejects.toMatchObject({
      code: 'desk.closes-itself',
    })
    await done(boss, ctx => decideProtection(ctx, { customerId, approve: true, reason }))
    expect(await approvals()).toEqual([])
    const { tasks } = await boss.run(ctx =>
      listTasks(ctx, { of: 'account', accountId: home.accountId, show: 'done' }),
    )
    expect(tasks.find(one => one.taskId === task!.taskId)).toMatchObject({ outcome: 'approved' })
  })

  test('a lifting asks again, and a no closes it too', async () => {
    await done(advisor, ctx => askToLift(ctx, { customerId, reason }))
    expect((await approvals()).map(task => task.title)).toEqual(['Lift a customer’s protection?'])
    await done(boss, ctx => decideProtection(ctx, { customerId, approve: false, reason }))
    expect(await approvals()).toEqual([])
  })
})

describe('the account page refreshes when something about its meter or its place changes', () => {
  test('a read and an exchange name the account', async () => {
    await senior.run(read(1060n))
    expect(senior.told).toMatchObject([{ name: 'metering.read-entered', account: home.accountId }])
    const { rows } = await sql<{ id: string }>`select service_point_id as id from metering.installation
      where meter_id = ${home.meterId}`.execute(database.owner)
    const exchange = {
      servicePointId: asId<'service-point'>(rows[0]!.id),
      exchangedOn: today,
      outValues: [{ registerNo: 1, value: 1060n }],
      newSerial: 'N-9001',
      inValues: [{ registerNo: 1, value: 0n }],
      reason,
    }
    await senior.run(ctx => exchangeMeter(ctx, exchange))
    expect(senior.told).toContainEqual(
      expect.objectContaining({ name: 'metering.meter-exchanged', account: home.accountId }),
    )
  })

  test('a hazard at the address comes to the account as news', async () => {
    await done(advisor, ctx =>
      addHazard(ctx, { premiseId: home.premiseId as never, kind: 'dog', note: 'big one in the yard' }),
    )
    const { rows } = await sql<{ account: bigint }>`select on_account as account from platform.event
      where name = 'accounts.place-changed'`.execute(database.owner)
    expect(rows[0]?.account).toBe(home.accountId)
  })
})
