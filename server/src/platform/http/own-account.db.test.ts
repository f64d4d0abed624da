/**
 * AUTH-023 at every door: whoever declared a customer as themselves or a relative writes nothing about that customer,
 * their accounts and their home. A new endpoint that takes such an id is walked by itself; an exception says why.
 */
import type { Endpoint } from '@curbstop/kernel/endpoint'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints, type House, openHouse } from '../../../../tools/testing/house.ts'
import { type Known, knownIds, validInputs, wireSchemaOf } from '../../../../tools/testing/inputs.ts'

/** What stays open on one's own account, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'desk.createTask': 'asking a colleague is the way out',
  'desk.askSenior': 'asking a colleague is the way out',
  'desk.referTask': 'handing the work to somebody else is the way out',
  'desk.returnTask': 'handing the work to somebody else is the way out',
  'desk.commentTask': 'a word to whoever works on it decides nothing',
  'contacts.discardContact': 'throwing the own draft away writes nothing about anybody',
  'contacts.handOver': 'handing the draft to a colleague is the way out',
  'staff.declareInterest': 'the declaring itself',
  'metering.acceptExceptions': 'of many at once the own ones are left, named with the reason',
  'metering.addMeter': 'a meter in stock is at nobody’s home',
}

const ids = [
  ...[
    'accountId',
    'customerId',
    'premiseId',
    'servicePointId',
    'meterId',
    'readId',
    'contactId',
    'messageId',
  ],
  ...['taskId', 'orderId', 'investigationId', 'changeId', 'alertId', 'holdId', 'hazardId', 'authorizedId'],
  ...['varianceId', 'billId', 'exceptionId'],
]
const names = (schema: unknown): string[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([name, part]) => [name, ...names(part)])
const takesId = (endpoint: Endpoint): boolean => {
  const found = new Set([...names(wireSchemaOf(endpoint.input)), ...(endpoint.path.match(/\w+Id\b/g) ?? [])])
  return ids.some(id => found.has(id))
}

let house: House
let known: Known
let mine: Readonly<Record<string, readonly string[]>>
const who = 'everything' as const

beforeAll(async () => {
  house = await openHouse({ accounts: 60 })
  mine = await ownIds(house)
  known = await knownIds(house.database)
})
afterAll(() => house.close())

/** Somebody's household with everything on it, declared as one's own. */
async function ownIds({ database, personOf }: House): Promise<Record<string, readonly string[]>> {
  const me = personOf(who)
  const db = database.owner
  const one = async (query: ReturnType<typeof sql<{ id: bigint }>>) => (await query.execute(db)).rows[0]!.id
  const { rows } = await sql<{ account: bigint; customer: bigint; point: bigint; premise: bigint }>`
    select a.account_id account, a.customer_id customer, o.service_point_id point, p.premise_id premise
    from accounts.account a join accounts.occupancy o on o.account = a.account_id and upper_inf(o.period)
      and o.cancelled_at is null
    join premises.service_point p using (service_point_id)
    join metering.installation i on i.service_point_id = o.service_point_id and upper_inf(i.installed)
    where a.closed_on is null and exists (select from metering.read r where r.meter_id = i.meter_id)
      and not exists (select from customers.protection t where t.customer_id = a.customer_id)
    order by 1 limit 1`.execute(db)
  const { account, customer, point, premise } = rows[0]!
  const found: Record<string, bigint> = {
    ...{ accountId: account, customerId: customer, servicePointId: point, premiseId: premise },
    meterId: await one(sql`select meter_id id from metering.installation
      where service_point_id = ${point} and upper_inf(installed)`),
    contactId: await one(sql`insert into contacts.contact (on_account, customer_id, channel, person_id)
      values (${account}, ${customer}, 'phone', ${me}) returning contact_id id`),
    messageId:
      await one(sql`insert into correspondence.message (on_account, customer_id, channel, language, template,
        data, sent_to, subject, body_text, sha256, created_by)
      values (${account}, ${customer}, 'letter', 'en', 'leak-check', '{}', 'x', 'x', 'x', 'x'::bytea, ${me})
      returning message_id id`),
    taskId: await one(sql`insert into desk.task (kind, title, on_account, owner_id, due_on, created_by)
      values ('question', 'About the own bill', ${account}, ${me}, current_date, 1) returning task_id id`),
    orderId:
      await one(sql`insert into fieldwork.service_order (kind, on_account, premise_id, service_point_id, priority,
        due_at, state, assigned_to, created_by)
      values ('LEAK', ${account}, ${premise}, ${point}, 3, now(), 'assigned', ${me}, 1)
      returning order_id id`),
    investigationId: await one(sql`insert into investigations.investigation (account_id, kind, opened_by)
      values (${account}, 'high-bill', 1) returning investigation_id id`),
    changeId:
      await one(sql`insert into accounts.occupancy_change (account_id, kind, premise_id, on_date, hand_over, made_by)
      values (${account}, 'stop', ${premise}, current_date + 9,
        ${JSON.stringify({ how: 'order', servicePointIds: [point.toString()] })}::jsonb, 1) returning change_id id`),
    varianceId:
      await one(sql`insert into variances.variance (account_id, premise_id, kind, channel, facts, requested_on,
        requested_at, requested_by, due_on, alert_on)
      values (${account}, ${premise}, 'household', 'phone', '{"persons": 6}', current_date, now(), 1, current_date + 9,
        current_date + 5) returning variance_id id`),
    exceptionId:
      await one(sql`insert into metering.exception (service_point_id, meter_id, on_account, on_date, source,
        main_rule, blocks_billing, at_stake_cents)
      select ${point}, meter_id, ${account}, current_date, 'missing', 'VEE-011', true, 0 from metering.installation
      where service_point_id = ${point} and upper_inf(installed) returning exception_id id`),
    alertId: await one(sql`insert into desk.alert (account_id, tone, text, from_on, placed_by)
      values (${account}, 'info', 'Look', current_date, 1) returning alert_id id`),
    holdId: await one(sql`insert into desk.hold (account_id, what, reason_code, reason, from_on, placed_by)
      values (${account}, 'late-fee', 'other', 'Look', current_date, 1) returning hold_id id`),
    hazardId: await one(sql`insert into premises.hazard (premise_id, kind, note, expires_on, noted_by)
      values (${premise}, 'dog', 'A dog', current_date + 30, 1) returning hazard_id id`),
    authorizedId:
      await one(sql`insert into customers.authorized_contact (customer_id, name, relation, scopes, proof,
        valid_from)
      values (${customer}, 'Aunt', 'aunt', '{view}', 'letter', current_date) returning authorized_id id`),
  }
  found.readId = await one(
    sql`select read_id id from metering.read where meter_id = ${found.meterId} order by read_on desc limit 1`,
  )
  await sql`insert into correspondence.delivery (message_id, state) values (${found.messageId}, 'held')`.execute(
    db,
  )
  await sql`insert into staff.declared_interest (person_id, customer_id, relation)
    values (${me}, ${customer}, 'self')`.execute(db)
  const saved =
    await one(sql`insert into contacts.contact (on_account, customer_id, channel, person_id, saved_at, reason,
      outcome, note, is_complaint, complaint_due_on)
    values (${account}, ${customer}, 'phone', ${me}, now(), 'leak', 'referred', 'Mine', true, current_date)
    returning contact_id id`)
  const done =
    await one(sql`insert into desk.task (kind, title, on_account, owner_id, due_on, created_by, done_at, done_by)
    values ('question', 'Done about the own bill', ${account}, ${me}, current_date, 1, now(), 1) returning task_id id`)
  return {
    ...Object.fromEntries(Object.entries(found).map(([name, id]) => [name, [id.toString()]])),
    contactId: [found.contactId!.toString(), saved.toString()],
    taskId: [found.taskId!.toString(), done.toString()],
  }
}

/** Every id of the household in its place, and versions as they stand; of two of a kind now this one, now the other. */
function aimed(input: unknown, turn: number): unknown {
  if (Array.isArray(input)) return input.map(part => aimed(part, turn))
  if (typeof input !== 'object' || input === null) return input
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      if (name === 'version') return [name, 1]
      const own = ids.includes(name) ? mineOf(name) : []
      return [name, own[turn % own.length] ?? aimed(value, turn)]
    }),
  )
}

const mineOf = (name: string): readonly string[] => mine[name] ?? []
const isAimed = (input: unknown): boolean => ids.some(id => names(input).includes(id))

const walked = endpoints.filter(
  ({ endpoint }) => endpoint.method === 'POST' && !endpoint.asks && takesId(endpoint),
)

test('nobody writes about their own or a relative’s account, card, home or order, through any door', async () => {
  const wrong: string[] = []
  for (const { duty, endpoint } of walked) {
    if (duty in exceptions) continue
    const codes = new Set<string>()
    for (const [turn, any] of fc.sample(validInputs(endpoint, known), { seed: 23, numRuns: 12 }).entries()) {
      const input = aimed(any, turn)
      if (!isAimed(input)) continue
      const { status, body } = await house.ask(who, endpoint, input)
      codes.add(status < 400 ? 'DONE' : (body.code ?? String(status)))
    }
    if (codes.has('DONE') || !codes.has('staff.own-account')) wrong.push(`${duty}: ${[...codes].join(', ')}`)
  }
  expect(wrong).toEqual([])
}, 120_000)

test('every exception is a door that is there', () => {
  const open = new Set(endpoints.map(({ duty }) => duty))
  expect(Object.keys(exceptions).filter(duty => !open.has(duty))).toEqual([])
})
