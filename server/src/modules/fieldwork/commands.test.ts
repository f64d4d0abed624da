import { localDate } from '@curbstop/kernel/dates'
import { type AccountId, asId, type ContactId, type CustomerId, type OrderId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type Acting, actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import {
  layPlace,
  makePerson,
  makePremise,
  people,
  protect,
  type TestPremise,
} from '../../../../tools/testing/place.ts'
import type { JobHand } from '../../platform/module.ts'
import { changeOccupancy } from '../accounts/index.ts'
import { getPremiseCard } from '../premises/index.ts'
import { completeOrder, reportUnable } from './commands/finish.ts'
import { makeOrder, type OrderToMake } from './commands/make.ts'
import { assignOrder, cancelOrder, moveOrder } from './commands/work.ts'
import { fieldwork } from './contract.ts'
import { jobs } from './jobs.ts'
import {
  getBoard,
  getOrder,
  listAccountOrders,
  listMyOrders,
  listOrderKinds,
  listPremiseOrders,
} from './queries.ts'

let database: TestDatabase
let desk: Acting
let dispatch: Acting
let cal: Acting
let cara: Acting
let here: TestPremise
let customerId: CustomerId
let accountId: AccountId
let house = 100

beforeAll(async () => {
  database = await createTestDatabase()
  await layPlace(database)
  desk = actingAs(database, { personId: people.ann, level: 'advisor', permissions: ['fieldwork.order'] })
  dispatch = actingAs(database, { personId: people.bob, permissions: ['fieldwork.assign'] })
  cal = actingAs(database, { personId: people.cal, permissions: ['fieldwork.complete'] })
  cara = actingAs(database, { personId: people.cara, permissions: ['fieldwork.complete'] })
})
afterAll(() => database.drop())
beforeEach(async () => {
  house += 1
  here = await makePremise(database, { house: String(house), street: 'Alder Ct' })
  customerId = await makePerson(database, { name: 'Maria Garcia' })
  ;({ accountId } = await desk.run(ctx =>
    changeOccupancy(ctx, {
      kind: 'start',
      premiseId: here.premiseId,
      onDate: localDate('2026-11-23'),
      who: { customerId },
      handOver: { how: 'estimate' },
    }),
  ))
})

const said = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )
const make = async (more: Partial<OrderToMake> = {}) =>
  (await desk.run(ctx => makeOrder(ctx, { kind: 'LEAK', accountId, premiseId: here.premiseId, ...more })))!
const give = (order: { orderId: OrderId; version: number }, personId = people.cal) =>
  dispatch.run(ctx => assignOrder(ctx, { orderId: order.orderId, version: order.version, personId }))
const found = {
  outcome: 'leak-found',
  leftStatus: 'on' as const,
  meterSerialSeen: 'B1',
  readValue: 12n,
  note: '',
}

test('a leak check is due the next working day, at the only meter, and stands on the account', async () => {
  const order = await make({ instructions: 'side gate' })
  expect(order).toMatchObject({
    kind: 'LEAK',
    state: 'ready',
    priority: 3,
    dueAt: '2026-11-25T01:00:00Z',
    servicePointId: here.water,
    address: `${house} Alder Ct, Las Palmas, CA 92000`,
    isLate: false,
  })
  expect(desk.told).toContainEqual({
    name: 'fieldwork.order-made',
    account: accountId,
    subject: { orderId: order.orderId },
  })
  const listed = await desk.run(ctx => listAccountOrders(ctx, accountId))
  expect(listed.map(row => row.orderId)).toEqual([order.orderId])
})

test('an order runs from desk to field and back, and every hand is in its history', async () => {
  const order = await make()
  let now = (await give(order)).order
  expect(now).toMatchObject({ state: 'assigned', assignedTo: 'Cal Field' })
  for (const to of ['dispatched', 'en-route', 'on-site'] as const) {
    now = (await cal.run(ctx => moveOrder(ctx, { orderId: now.orderId, version: now.version, to }))).order
  }
  const done = await cal.run(ctx =>
    completeOrder(ctx, { orderId: now.orderId, version: now.version, ...found, note: 'toilet runs' }),
  )
  expect(done.order).toMatchObject({
    state: 'completed',
    isOpen: false,
    result: {
      outcome: 'leak-found',
      says: 'Leak on the customer’s side',
      readValue: 12n,
      completedBy: 'Cal Field',
    },
  })
  expect(cal.told).toContainEqual({
    name: 'fieldwork.order-completed',
    account: accountId,
    subject: { orderId: order.orderId },
  })
  const seen = await desk.run(ctx => getOrder(ctx, { orderId: order.orderId }))
  expect(seen.events.map(event => [event.toState, event.by])).toEqual([
    ['ready', 'Ann Advisor'],
    ['assigned', 'Bob Advisor'],
    ['dispatched', 'Cal Field'],
    ['en-route', 'Cal Field'],
    ['on-site', 'Cal Field'],
    ['completed', 'Cal Field'],
  ])
})

test('SO-034: nobody works on an order of somebody else, or on one nobody owns', async () => {
  const order = await make()
  const unowned = { orderId: order.orderId, version: order.version, ...found }
  expect(await said(cal.run(ctx => completeOrder(ctx, unowned)))).toMatchObject({
    code: 'fieldwork.illegal-move',
  })
  const { version } = (await give(order)).order
  expect(await said(cara.run(ctx => completeOrder(ctx, { ...unowned, version })))).toMatchObject({
    code: 'fieldwork.not-yours',
  })
  const desker = { orderId: order.orderId, version, personId: people.ann }
  expect(await said(dispatch.run(ctx => assignOrder(ctx, desker)))).toMatchObject({
    code: 'fieldwork.not-a-representative',
  })
  expect((await cal.run(ctx => listMyOrders(ctx))).map(row => row.orderId)).toContain(order.orderId)
})

test('two hands on one order: the second is told who did what', async () => {
  const order = await make()
  await give(order)
  const refusal = await said(give(order, people.cara))
  expect(refusal).toMatchObject({ code: 'fieldwork.changed' })
  expect(refusal.message).toMatch(/assigned by Bob Advisor/)
})

test('an order is cancelled at the desk, pulled back once it is out, and never after its end', async () => {
  const order = await make()
  const cancel = (version: number) =>
    desk.run(ctx => cancelOrder(ctx, { orderId: order.orderId, version, reason: 'found the leak' }))
  expect((await cancel(order.version)).order.state).toBe('cancelled')
  expect(await said(cancel(order.version + 1))).toMatchObject({ code: 'fieldwork.illegal-move' })
  const second = await make()
  const { version } = (await give(second)).order
  const out = await cal.run(ctx => moveOrder(ctx, { orderId: second.orderId, version, to: 'dispatched' }))
  const pulled = await desk.run(ctx =>
    cancelOrder(ctx, { orderId: second.orderId, version: out.order.version, reason: 'paid' }),
  )
  expect(pulled.order.state).toBe('pulled')
})

test('work that could not be done comes back to dispatch with its reason', async () => {
  const { order } = await give(await make())
  const back = await cal.run(ctx =>
    reportUnable(ctx, {
      orderId: order.orderId,
      version: order.version,
      unableCode: 'dog',
      note: 'big dog loose',
    }),
  )
  expect(back.order).toMatchObject({ state: 'unable', result: { unableCode: 'dog', says: 'Unable: dog' } })
  const { rows } = await sql<{ queue: string }>`
    select queue from desk.task where order_id = ${order.orderId}`.execute(database.db)
  expect(rows).toEqual([{ queue: 'field' }])
  const again = await make({ parentOrderId: order.orderId })
  const seen = await desk.run(ctx => getOrder(ctx, { orderId: order.orderId }))
  expect(seen.followUps).toMatchObject([{ orderId: again.orderId, state: 'ready' }])
})

test('a turn-off changes the address: no order is done with the water as it was', async () => {
  const { order } = await give(await make({ kind: 'TOFF' }))
  await cal.run(ctx =>
    completeOrder(ctx, {
      ...found,
      orderId: order.orderId,
      version: order.version,
      outcome: 'turned-off',
      leftStatus: 'locked',
    }),
  )
  const premise = await desk.run(ctx => getPremiseCard(ctx, here.premiseId))
  const stateOf = (service: string) => premise.servicePoints.find(point => point.service === service)?.state
  expect([stateOf('water'), stateOf('sewer')]).toEqual(['off-at-meter', 'on'])
})

test('an order from a call writes itself into the contact and comes back as a task', async () => {
  const { rows } = await sql<{ contactId: ContactId }>`
    insert into contacts.contact (on_account, customer_id, channel, person_id)
    values (${accountId}, ${customerId}, 'phone', 11) returning contact_id as "contactId"`.execute(
    database.owner,
  )
  const { contactId } = rows[0]!
  const { order } = await give(await make({ contactId }))
  const steps = await sql`select kind from contacts.step where contact_id = ${contactId}`.execute(database.db)
  expect(steps.rows).toEqual([{ kind: 'order-made' }])
  await cal.run(ctx => completeOrder(ctx, { orderId: order.orderId, version: order.version, ...found }))
  const tasks = await sql<{ title: string }>`
    select title from desk.task where order_id = ${order.orderId}`.execute(database.db)
  expect(tasks.rows[0]?.title).toMatch(/Tell the customer/)
})

test('forged ids and impossible wishes get a sentence', async () => {
  const ghost = 999_999n
  const there = await makePremise(database, { house: String(house), street: 'Birch St' })
  const cases: [Partial<OrderToMake>, string][] = [
    [{ premiseId: asId(ghost) }, 'premises.unknown'],
    [{ accountId: asId(ghost) }, 'fieldwork.foreign-account'],
    [{ premiseId: there.premiseId }, 'fieldwork.foreign-account'],
    [{ servicePointId: there.water }, 'fieldwork.foreign-point'],
    [{ parentOrderId: asId(ghost) }, 'fieldwork.foreign-parent'],
    [{ contactId: asId(ghost) }, 'contacts.unknown'],
    [{ wantedOn: localDate('2026-11-22') }, 'fieldwork.wanted-date'],
    [{ wantedFrom: '08:00' }, 'fieldwork.wanted-window'],
    [{ accountId: undefined, premiseId: undefined }, 'fieldwork.no-place'],
  ]
  for (const [wish, code] of cases) expect(await said(make(wish))).toMatchObject({ code })
  expect((await make({ premiseId: undefined })).orderId).toBeDefined()
})

test('PRV-019: of a protected customer the desk sees the account, the field the address, nobody both', async () => {
  const order = await make()
  await give(order)
  await protect(database, customerId)
  const atAccount = (await desk.run(ctx => listAccountOrders(ctx, accountId)))[0]!
  expect(atAccount).toMatchObject({ accountId, premiseId: null, address: 'Protected address' })
  const inField = (await cal.run(ctx => listMyOrders(ctx))).find(row => row.orderId === order.orderId)!
  expect(inField).toMatchObject({ accountId: null, premiseId: here.premiseId })
  expect(inField.address).toMatch(/Alder Ct/)
  const atPlace = await cal.run(ctx => listPremiseOrders(ctx, { premiseId: here.premiseId }))
  expect(atPlace[0]?.accountId).toBeNull()
  // one order number with both faces would join them
  expect(await desk.run(ctx => listPremiseOrders(ctx, { premiseId: here.premiseId }))).toEqual([])
  expect(await cal.run(ctx => listAccountOrders(ctx, accountId))).toEqual([])
})

test('SO-036: the dog is on the order', async () => {
  await sql`insert into premises.hazard (premise_id, kind, note, noted_by, expires_on)
    values (${here.premiseId}, 'dog', 'bites', 11, '2027-01-01')`.execute(database.owner)
  expect((await make()).hazards).toEqual([{ kind: 'dog', note: 'bites' }])
})

test('the board counts what is open and late, by state', async () => {
  const late = actingAs(database, {
    personId: people.bob,
    permissions: ['fieldwork.assign'],
    now: '2027-03-01T18:00:00Z',
  })
  await make()
  const board = await late.run(ctx => getBoard(ctx, { assignedTo: 'nobody' }))
  expect(board.orders.every(order => order.isLate && order.assignedToId === null)).toBe(true)
  const ready = board.counts.find(count => count.state === 'ready')!
  expect(ready.late).toBe(ready.count)
  expect((await late.run(ctx => getBoard(ctx, { dueOn: localDate('2026-11-01') }))).orders).toEqual([])
  expect((await late.run(ctx => listOrderKinds(ctx))).find(kind => kind.kind === 'PRES')?.needsPsi).toBe(true)
})

test('a start with water off makes its turn-on once, however often the job runs; cancelling takes it back', async () => {
  const there = await makePremise(database, { house: String(house), street: 'Cedar Ln' })
  await sql`update premises.service_point set state = 'off-at-meter'
    where service_point_id = ${there.water}`.execute(database.owner)
  const done = await desk.run(ctx =>
    changeOccupancy(ctx, {
      kind: 'start',
      premiseId: there.premiseId,
      onDate: localDate('2026-12-01'),
      who: { customerId },
      handOver: { how: 'order', instructions: 'call first' },
    }),
  )
  const wanted = desk.told.find(event => event.name === 'accounts.order-wanted')!
  const payload = { ...wanted.subject, account: wanted.account } as Record<string, unknown>
  const system = actingAs(database)
  const hand: JobHand = { inTransaction: work => system.run(work) }
  await jobs['fieldwork.make-hand-over-order'](hand, payload)
  await jobs['fieldwork.make-hand-over-order'](hand, payload)
  const orders = await desk.run(ctx => listAccountOrders(ctx, done.accountId))
  expect(orders).toMatchObject([
    { kind: 'TON', wantedOn: '2026-12-01', instructions: 'call first', createdBy: 'Ann Advisor' },
  ])
  await jobs['fieldwork.cancel-hand-over-order'](hand, payload)
  await jobs['fieldwork.cancel-hand-over-order'](hand, payload)
  expect((await desk.run(ctx => listAccountOrders(ctx, done.accountId)))[0]?.state).toBe('cancelled')
})

test('orders of a representative who left wait for another hand', async () => {
  const order = await make()
  await give(order, people.cara)
  const system = actingAs(database)
  const hand: JobHand = { inTransaction: work => system.run(work) }
  await jobs['fieldwork.release-orders'](hand, { person: String(people.cara) })
  await jobs['fieldwork.release-orders'](hand, { person: String(people.cara) })
  const seen = await desk.run(ctx => getOrder(ctx, { orderId: order.orderId }))
  expect(seen).toMatchObject({ state: 'ready', assignedToId: null })
})

test('every answer fits its contract, so that the page can read it', async () => {
  const { order } = await give(await make({ wantedOn: localDate('2026-12-01'), wantedFrom: '08:00' }))
  await cal.run(ctx => completeOrder(ctx, { orderId: order.orderId, version: order.version, ...found }))
  const fits = (schema: z.ZodType, answer: unknown) => JSON.stringify(z.encode(schema, answer as never))
  const one = await desk.run(ctx => getOrder(ctx, { orderId: order.orderId }))
  expect(fits(fieldwork.getOrder.output, one)).toContain('"readValue":"12"')
  expect(fits(fieldwork.getBoard.output, await dispatch.run(ctx => getBoard(ctx, {})))).toContain('counts')
  expect(fits(fieldwork.listOrderKinds.output, await desk.run(ctx => listOrderKinds(ctx)))).toContain('LEAK')
  const list = await desk.run(ctx => listAccountOrders(ctx, accountId))
  expect(fits(fieldwork.listAccountOrders.output, list)).toContain('08:00')
})
