/** Customers, premises and contacts as the browser speaks with them: text in, text out, through the door. */
import { DomainError } from '@curbstop/kernel/errors'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { adoptOfficeWeek, adoptRules } from '../../../../tools/testing/policies.ts'
import { type Actor, systemActor } from '../../platform/context.ts'
import { ask, type Door, type Handler, perform } from '../../platform/http/door.ts'
import { parseInput } from '../../platform/http/errors.ts'
import { customers } from '../customers/index.ts'
import { contactsRules } from '../policy/packs/contacts.ts'
import { customersRules } from '../policy/packs/customers.ts'
import { premisesRules } from '../policy/packs/premises.ts'
import { premises } from '../premises/index.ts'
import { contacts } from './index.ts'

let database: TestDatabase
let door: Door
let accountId = ''
let customerId = ''
let premiseId = ''
const modules = { customers, premises, contacts }
const ann: Actor = {
  ...systemActor,
  personId: person(11),
  name: 'Ann Advisor',
  level: 'advisor',
  permissions: new Set(['customers.see-protected', 'desk.supervise']),
}

type Wire = Record<string, unknown>
let key = 0

async function call(duty: `${keyof typeof modules}.${string}`, input: Wire, as: Actor = ann): Promise<never> {
  const [name, verb] = duty.split('.') as [keyof typeof modules, string]
  const endpoint = modules[name].contract[verb]!
  const handler = modules[name].answers[verb] as Handler
  key += 1
  const how = {
    actor: as,
    duty,
    trace: 'test',
    ip: '::1',
    idempotencyKey: `test-key-${key}`,
    rehearse: false,
  }
  const run = endpoint.method === 'GET' ? ask : perform
  const answer = await run(door, how, endpoint, parseInput(endpoint.input, input), handler)
  return JSON.parse(JSON.stringify(answer)) as never
}

beforeAll(async () => {
  database = await createTestDatabase()
  const keys = { secrets: Buffer.alloc(32, 7) }
  const now = () => new Date('2026-11-23T18:00:00Z')
  door = { db: database.db, keys, listeners: new Map(), timeZone: 'America/Los_Angeles', now } as Door
  await sql`insert into staff.person (person_id, login, name, level) overriding system value
    values (11, 'ann', 'Ann Advisor', 'advisor')`.execute(database.owner)
  await database.db.transaction().execute(async tx => {
    await adoptRules(tx, [...customersRules, ...contactsRules, ...premisesRules])
    await adoptOfficeWeek(tx)
  })
  const card: Wire = await call('customers.makeCustomer', {
    kind: 'person',
    name: ' Ana  Ruiz ',
    phones: [{ number: '619-555-0134', kind: 'mobile', mayText: true }],
    mailing: { line1: '118 Alder Ct', city: 'Las Palmas', state: 'ca', zip: '92000' },
  })
  customerId = String(card.customerId)
  expect(card).toMatchObject({ name: 'Ana Ruiz', mailing: { state: 'CA' } })
  const made = await sql<{ account: bigint; premise: bigint }>`
    with cycle as (insert into accounts.cycle (code, name, read_day) values ('C1', 'One', 9) returning cycle_id),
      premise as (insert into premises.premise (house_number, street, city, state, zip, class, et_zone)
        values ('118', 'Alder Ct', 'Las Palmas', 'CA', '92000', 'single-family', '9') returning premise_id),
      point as (insert into premises.service_point (premise_id, service) select premise_id, 'water' from premise)
    insert into accounts.account (number, customer_id, class, cycle_id, opened_on, opened_by)
    select '10482', ${BigInt(customerId)}, 'residential', cycle_id, '2020-01-01', 1 from cycle
    returning account_id as account, (select premise_id from premise) as premise`.execute(database.owner)
  accountId = made.rows[0]!.account.toString()
  premiseId = made.rows[0]!.premise.toString()
})
afterAll(() => database.drop())

test('a call about a high bill goes from the first ring to the saved note in the words of the wire', async () => {
  const rung: Wire = await call('contacts.startContact', { channel: 'phone', phone: '(619) 555-0134' })
  const { contactId } = rung
  expect(rung.matches).toMatchObject([{ customerId, confidence: 'maybe' }])
  await call('contacts.attachContact', { contactId, accountId })
  await call('customers.setSecret', { customerId, kind: 'pin', text: '2741', reason: 'asked at the counter' })
  const proven: Wire = await call('contacts.verifyCaller', {
    contactId,
    customerId,
    caller: 'customer',
    matched: ['account-number', 'name'],
    pin: '2741',
  })
  expect(proven.decision).toMatchObject({ outcome: 'verified', ask: null })
  const noted: Wire = await call('contacts.noteSteps', {
    contactId,
    steps: [
      { kind: 'looked-at-use', facts: { pattern: 'stepped-up', since: '2026-10-03', stays: true } },
      { kind: 'explained-bill', facts: { billId: '31', fromCents: '14810', toCents: '21240' } },
    ],
  })
  const saved: Wire = await call('contacts.saveContact', {
    contactId,
    version: 3,
    reason: 'high-bill',
    outcome: 'resolved',
    note: String(noted.draftNote),
    isComplaint: true,
  })
  expect(saved).toMatchObject({ accountId, customerId, proven: 'verified', complaint: { daysLeft: null } })
  const read: Wire = await call('contacts.getContact', { contactId })
  expect((read.steps as Wire[])[2]).toMatchObject({ step: { facts: { fromCents: '14810' } } })
  for (const duty of ['contacts.listReasons', 'contacts.listMyDrafts', 'contacts.listContacts'] as const)
    expect(await call(duty, {})).toBeTruthy()
  expect(await call('contacts.listByAccount', { accountId })).toHaveLength(1)
})

test('every card and list of customers and premises can be sent over the wire', async () => {
  await call('customers.addAuthorized', {
    customerId,
    version: 1,
    name: 'Rosa Ruiz',
    relation: 'daughter',
    phone: '619 555 0177',
    scopes: ['pay'],
    proof: 'form signed',
    validTo: '2027-01-01',
  })
  await call('customers.changeCustomer', {
    customerId,
    version: 2,
    reason: 'asked',
    phones: [],
    mailing: null,
  })
  for (const verb of ['getCustomer', 'listFormer', 'listAccess', 'listVerifications'] as const)
    expect(await call(`customers.${verb}`, { customerId })).toBeTruthy()
  expect(await call('premises.getPremise', { premiseId })).toMatchObject({ line: '118 Alder Ct' })
  expect(await call('premises.findPremises', { words: '118 al' })).toHaveLength(1)
  await call('premises.addHazard', { premiseId, kind: 'dog', note: 'large dog' })
  await call('premises.changePremise', { premiseId, version: 1, reason: 'measured', hasPool: true })
  await call('customers.placeProtection', { customerId, kind: 'violence', reason: 'court order seen' })
  const hidden = await call('customers.getCustomer', { customerId }, { ...ann, permissions: new Set() })
  expect(JSON.stringify(hidden)).not.toMatch(/Ruiz|0134/)
  expect(await call('customers.listProtectionsWaiting', {})).toMatchObject([
    { what: 'place', mayDecide: false },
  ])
  expect(await call('customers.reveal', { customerId, reason: 'new phone' })).toMatchObject({
    visibility: 'open',
  })
})

describe('whatever is sent, the answer is a sentence and never a fault', () => {
  const texts = [
    '',
    ' ',
    '\u0000',
    'a\ud800b',
    '🌵'.repeat(5_000),
    "'; drop table x;--",
    '%_\\',
    '\u202eabc',
    '4111111111111111',
  ]
  const ids = ['0', '-1', 'abc', '999999999999999999', '9999999999999999999', '1.5', '', null, 1, {}]
  const dates = ['2026-02-30', '0000-00-00', 'yesterday', '9999-12-31', '1899-12-31', null]

  const refused = async (duty: Parameters<typeof call>[0], input: Wire) => {
    try {
      await call(duty, input)
    } catch (error) {
      if (!(error instanceof DomainError)) throw new Error(`${duty} ${JSON.stringify(input)}: ${error}`)
      expect(error.message).not.toMatch(/\{\w+\}/)
    }
  }

  test('texts of every kind', async () => {
    for (const text of texts) {
      await refused('customers.makeCustomer', { kind: 'person', name: text })
      await refused('customers.makeCustomer', { kind: 'person', name: 'A', emails: [text] })
      await refused('customers.makeCustomer', {
        kind: 'person',
        name: 'A',
        phones: [{ number: text, kind: 'home' }],
      })
      await refused('customers.changeCustomer', { customerId, version: 3, reason: text, name: text })
      await refused('customers.setSecret', { customerId, kind: 'passphrase', text, reason: 'asked' })
      await refused('premises.findPremises', { words: text })
      await refused('premises.addHazard', { premiseId, kind: 'dog', note: text })
      await refused('contacts.startContact', { channel: 'phone', phone: text, callerName: text })
      const { contactId }: Wire = await call('contacts.startContact', { channel: 'counter' })
      await refused('contacts.keepDraft', { contactId, note: text, reason: text })
      await refused('contacts.noteSteps', { contactId, steps: [{ kind: 'heard', facts: { words: text } }] })
      await refused('contacts.saveContact', {
        contactId,
        version: 1,
        reason: text,
        outcome: 'resolved',
        note: text,
      })
      await refused('contacts.verifyCaller', {
        contactId,
        customerId,
        caller: 'customer',
        pin: text,
        passphrase: text,
      })
    }
  })

  test('forged and broken ids and dates', async () => {
    for (const id of ids) {
      await refused('customers.getCustomer', { customerId: id })
      await refused('customers.revokeAuthorized', { customerId, authorizedId: id, reason: 'asked' })
      await refused('premises.endHazard', { premiseId, hazardId: id, reason: 'gone' })
      await refused('premises.getPremise', { premiseId: id })
      await refused('contacts.getContact', { contactId: id })
      await refused('contacts.startContact', { channel: 'phone', accountId: id, customerId: id })
      await refused('contacts.listByAccount', { accountId: id, before: id })
      await refused('contacts.listContacts', { personId: id })
    }
    for (const on of dates) {
      await refused('customers.markMailReturned', { customerId, version: 3, on, reason: 'asked' })
      await refused('premises.addHazard', { premiseId, kind: 'dog', note: 'dog', expiresOn: on })
      await refused('contacts.listContacts', { on })
    }
  })
})
