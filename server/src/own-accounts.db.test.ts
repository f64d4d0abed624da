import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId, type CustomerId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Acting, actingAs, person } from '../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../tools/testing/database.ts'
import { type Home, makeDistrict, makeHome } from '../../tools/testing/served-home.ts'
import { changeEnrolment, changeHousehold, recordOwner } from './modules/accounts/commands/details.ts'
import { changeOccupancy } from './modules/accounts/index.ts'
import { billAccount } from './modules/billing/index.ts'
import { changeCustomer } from './modules/customers/commands/change.ts'
import { askToLift, placeProtection, reveal, setSecret } from './modules/customers/commands/guard.ts'
import { clearAlert, liftHold, placeAlert, placeHold } from './modules/desk/commands/on-accounts.ts'
import { completeOrder } from './modules/fieldwork/commands/finish.ts'
import { makeOrder } from './modules/fieldwork/index.ts'
import { close, open } from './modules/investigations/commands/case.ts'
import { addNote } from './modules/investigations/commands/evidence.ts'
import { enterRead, exchangeMeter, voidRead } from './modules/metering/index.ts'
import type { Ctx } from './platform/context.ts'

const firstOn = localDate('2026-06-10')
const today = localDate('2026-11-23')
let database: TestDatabase
let home: Home
let customerId: CustomerId
let sister: Acting
let colleague: Acting
let readId: bigint
let alertId: bigint
let holdId: bigint
let investigationId: bigint

beforeAll(async () => {
  database = await createTestDatabase()
  await makeDistrict(database)
  home = await makeHome(database, '310', { firstOn, use: [9, 9, 9, 9, 9] })
  const one = async (query: ReturnType<typeof sql<{ id: bigint }>>) =>
    (await query.execute(database.owner)).rows[0]!.id
  customerId = asId<'customer'>(
    await one(sql`select customer_id as id from accounts.account where account_id = ${home.accountId}`),
  )
  await sql`insert into staff.person (person_id, login, name, level) overriding system value
    values (21, 'ana', 'Ana Advisor', 'advisor'), (22, 'ben', 'Ben Advisor', 'advisor')`.execute(
    database.owner,
  )
  await sql`insert into staff.declared_interest (person_id, customer_id, relation)
    values (21, ${customerId}, 'sister')`.execute(database.owner)
  const as = (personId: number) =>
    actingAs(database, {
      personId: person(personId),
      level: 'advisor',
      permissions: ['customers.see-protected'],
    })
  sister = as(21)
  colleague = as(22)
  readId = await one(
    sql`select read_id as id from metering.read where meter_id = ${home.meterId} order by read_on desc limit 1`,
  )
  const { accountId } = home
  await colleague.run(ctx => billAccount(ctx, { accountId }))
  alertId = (await colleague.run(ctx => placeAlert(ctx, { accountId, tone: 'info', text: 'Dog' }))).alertId
  holdId = (await colleague.run(ctx => placeHold(ctx, hold('bill')))).holdId
  investigationId = (await colleague.run(ctx => open(ctx, { accountId }))).investigationId
})
afterAll(() => database?.drop())

const hold = (what: 'bill' | 'shut-off') =>
  ({ accountId: home.accountId, what, reasonCode: 'research', reason: 'asked by the customer' }) as const
const reason = 'as told on the phone'
const mine = () => ({ accountId: home.accountId })
const case_ = () => ({ ...mine(), investigationId: investigationId as never })
const meterId = () => home.meterId as never
const premiseId = () => home.premiseId as never
const point = async (): Promise<never> =>
  (
    await sql<{
      id: bigint
    }>`select service_point_id as id from metering.installation where meter_id = ${home.meterId}`.execute(
      database.owner,
    )
  ).rows[0]!.id as never
const value = [{ registerNo: 1, value: 1100n }]

const deeds: readonly [string, (ctx: Ctx) => Promise<unknown>][] = [
  ['change a phone', ctx => changeCustomer(ctx, { customerId, version: 1, reason, language: 'es' })],
  ['set a PIN', ctx => setSecret(ctx, { customerId, kind: 'pin', text: '8317', reason })],
  ['place a protection', ctx => placeProtection(ctx, { customerId, kind: 'violence', reason })],
  ['ask to lift it', ctx => askToLift(ctx, { customerId, reason })],
  ['open a protected card', ctx => reveal(ctx, { customerId, reason })],
  [
    'stop service',
    ctx =>
      changeOccupancy(ctx, {
        kind: 'stop',
        ...mine(),
        version: 1,
        onDate: today,
        askedBy: 'customer',
        afterStop: 'leave-on',
        handOver: { how: 'estimate' },
      } as never),
  ],
  [
    'add people to the household',
    ctx =>
      changeHousehold(ctx, {
        ...mine(),
        fromOn: today,
        persons: 9,
        evidenceKind: 'stated',
        evidence: 'told',
      }),
  ],
  [
    'enrol in autopay',
    ctx => changeEnrolment(ctx, { ...mine(), kind: 'autopay', begin: true, onDate: today }),
  ],
  ['bill', ctx => billAccount(ctx, mine())],
  ['place a hold', ctx => placeHold(ctx, hold('shut-off'))],
  ['lift a hold', ctx => liftHold(ctx, { ...mine(), holdId: holdId as never, reason })],
  ['place an alert', ctx => placeAlert(ctx, { ...mine(), tone: 'info', text: 'Leave alone' })],
  ['clear an alert', ctx => clearAlert(ctx, { ...mine(), alertId: alertId as never, reason })],
  ['send the truck', ctx => makeOrder(ctx, { kind: 'LEAK', ...mine() })],
  ['send the truck to the address only', ctx => makeOrder(ctx, { kind: 'LEAK', premiseId: premiseId() })],
  [
    'enter a read',
    ctx =>
      enterRead(ctx, { meterId: meterId(), readOn: today, values: value, kind: 'actual', source: 'office' }),
  ],
  ['void a read', ctx => voidRead(ctx, { meterId: meterId(), readId: readId as never, reason })],
  [
    'exchange the meter',
    async ctx =>
      exchangeMeter(ctx, {
        servicePointId: await point(),
        exchangedOn: today,
        outValues: null,
        newSerial: 'N-1',
        inValues: value,
        reason,
      } as never),
  ],
  ['research the bill', ctx => open(ctx, mine())],
  ['add to the research', ctx => addNote(ctx, { ...case_(), note: 'nothing to see' })],
  [
    'close the research',
    ctx => close(ctx, { ...case_(), version: 1, finding: 'weather', conclusion: 'the weather was warm' }),
  ],
]

describe('AUTH-023: nobody works on their own or a relative’s account', () => {
  test.each(deeds)('nobody may %s for a sister', async (_, deed) => {
    const refused = await sister.run(deed).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'staff.own-account', kind: 'forbidden' })
    expect((refused as Error).message).toContain('hand it to a colleague')
  })

  test.each(deeds)('a colleague who tries to %s is not told so', async (_, deed) => {
    const rolledBack = new Error('rolled back')
    const met = await colleague
      .run(async ctx => {
        await deed(ctx)
        throw rolledBack
      })
      .catch((error: unknown) => error)
    expect(met).not.toMatchObject({ code: 'staff.own-account' })
  })

  test('a representative sent to a sister’s house hands the order back instead of writing down her read', async () => {
    const order = (await colleague.run(ctx => makeOrder(ctx, { kind: 'RRD', ...mine() })))!
    await sql`update fieldwork.service_order set state = 'on-site', assigned_to = 21
      where order_id = ${order.orderId}`.execute(database.owner)
    const result = {
      orderId: order.orderId,
      outcome: 'read',
      leftStatus: 'on',
      readValue: 1100n,
      note: '',
    } as const
    const done = sister.run(ctx => completeOrder(ctx, { ...result, version: order.version }))
    await expect(done).rejects.toMatchObject({ code: 'staff.own-account' })
  })

  test('nobody makes a sister the owner who takes over, or takes that away', async () => {
    await sql`insert into accounts.premise_owner (premise_id, customer_id, owned, on_tenant_stop)
      values (${home.premiseId}, ${customerId}, daterange('2020-01-01', null), 'revert')`.execute(
      database.owner,
    )
    const { rows } = await sql<{ id: bigint }>`insert into customers.customer (kind, name)
      values ('person', 'New Owner') returning customer_id as id`.execute(database.owner)
    const wish = {
      premiseId: premiseId(),
      customerId: rows[0]!.id as never,
      fromOn: today,
      onTenantStop: 'revert',
      evidence: 'deed',
    } as const
    await expect(sister.run(ctx => recordOwner(ctx, wish))).rejects.toMatchObject({
      code: 'staff.own-account',
    })
  })

  test('a read from the sister’s time is refused long after she moved, the new people’s is not', async () => {
    const servicePointId = await point()
    await sql`update accounts.occupancy set period = daterange(lower(period), '2026-11-01')
      where service_point_id = ${servicePointId}`.execute(database.owner)
    const enter = (readOn: LocalDate) =>
      sister
        .run(ctx =>
          enterRead(ctx, { meterId: meterId(), readOn, values: value, kind: 'actual', source: 'office' }),
        )
        .catch((error: { code?: string }) => error.code)
    expect(await enter(localDate('2026-10-20'))).toBe('staff.own-account')
    expect(await enter(localDate('2026-11-20'))).not.toBe('staff.own-account')
  })
})
