import { localDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { type AccountId, asId, type ContactId, type CustomerId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Acting, actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { adoptOfficeWeek, adoptRules } from '../../../../tools/testing/policies.ts'
import { makeCustomer } from '../customers/index.ts'
import { contactsRules } from '../policy/packs/contacts.ts'
import { customersRules } from '../policy/packs/customers.ts'
import { answerComplaint, discardContact, editNote, saveContact } from './commands/close.ts'
import { handOver } from './commands/hand-over.ts'
import { attachContact, keepDraft, noteStep, noteSteps, startContact, verifyCaller } from './commands/hold.ts'
import type { contacts } from './contract.ts'
import { getContactInHand, listByAccount, listContacts, listMyDrafts, listRecentContacts } from './queries.ts'

let database: TestDatabase
let ann: Acting
let assistant: Acting
let boss: Acting
let customerId: CustomerId
let accountId: AccountId

beforeAll(async () => {
  database = await createTestDatabase()
  await sql`insert into staff.person (person_id, login, name, level, level_since) overriding system value
    values (11, 'ann', 'Ann Advisor', 'advisor', '2020-01-01'), (12, 'tim', 'Tim Assistant', 'assistant', '2026-11-01'),
      (14, 'max', 'Max Boss', 'supervisor', '2020-01-01')`.execute(database.owner)
  ann = actingAs(database, { personId: person(11), level: 'advisor' })
  assistant = actingAs(database, { personId: person(12), level: 'assistant' })
  boss = actingAs(database, { personId: person(14), level: 'supervisor', permissions: ['desk.supervise'] })
  await ann.run(async ctx => {
    await adoptRules(ctx.tx, [...customersRules, ...contactsRules])
    await adoptOfficeWeek(ctx.tx)
  })
  customerId = (await makeAna()).customerId
  accountId = await openAccount(customerId, '10482')
})
afterAll(() => database.drop())

const said = async (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

function makeAna() {
  return ann.run(ctx =>
    makeCustomer(ctx, {
      kind: 'person',
      name: 'Ana Ruiz',
      language: 'en',
      phones: [{ number: '(619) 555-0134', kind: 'mobile', mayText: true }],
      emails: [],
    }),
  )
}

async function openAccount(customer: CustomerId, number: string): Promise<AccountId> {
  await sql`insert into accounts.cycle (cycle_id, code, name, read_day) values (1, 'C1', 'Cycle 1', 9)
    on conflict do nothing`.execute(database.owner)
  const { rows } = await sql<{ id: AccountId }>`
    insert into accounts.account (number, customer_id, class, cycle_id, opened_on, opened_by)
    values (${number}, ${customer}, 'residential', 1, '2020-01-01', 1) returning account_id as id`.execute(
    database.owner,
  )
  return rows[0]!.id
}

type SaveInput = Input<typeof contacts.saveContact>
const saving = (contactId: ContactId, some: Partial<SaveInput> = {}): SaveInput => ({
  contactId,
  version: 1,
  reason: 'high-bill',
  outcome: 'resolved',
  note: 'High bill. Explained the bill line by line.',
  isComplaint: false,
  ...some,
})
const start = (who: Acting = ann, some: Partial<Input<typeof contacts.startContact>> = {}) =>
  who.run(ctx => startContact(ctx, { channel: 'phone', direction: 'in', accountId, ...some }))

describe('the contact in hand', () => {
  test('begins from a phone number with who it may be, and the account brings its customer', async () => {
    const rung = await start(ann, { phone: '619-555-0134', accountId: null })
    expect(rung).toMatchObject({ callerPhone: '(619) 555-0134', customerId: null, draftNote: '' })
    expect(rung.matches).toMatchObject([{ customerId, name: 'Ana Ruiz', how: 'phone', confidence: 'maybe' }])
    const { contactId } = rung
    const attached = await ann.run(ctx => attachContact(ctx, { contactId, accountId }))
    expect(attached).toMatchObject({ accountId, customerId, matches: [] })
    const stranger = await start(ann, { accountId: null, callerName: 'A neighbour' })
    expect(stranger).toMatchObject({ customerId: null, callerName: 'A neighbour' })
  })

  test('proves the caller, writes its own note and survives a reload', async () => {
    const { contactId } = await start()
    const verified = await ann.run(ctx =>
      verifyCaller(ctx, {
        contactId,
        customerId,
        caller: 'customer',
        matched: ['account-number', 'name', 'last-payment'],
        failed: [],
      }),
    )
    expect(verified.decision).toMatchObject({ outcome: 'verified', mayNot: [], ask: null })
    const noted = await ann.run(ctx =>
      noteSteps(ctx, {
        contactId,
        steps: [
          { kind: 'opened-bill', facts: { billId: '31' } },
          { kind: 'explained-bill', facts: { fromCents: 14810n, toCents: 21240n } },
        ],
      }),
    )
    expect(noted).toMatchObject({ suggestedReason: 'high-bill', suggestedOutcome: 'resolved' })
    await ann.run(ctx =>
      noteStep(ctx, contactId, {
        kind: 'order-made',
        facts: { orderId: '4711', what: 'Leak check', wantedOn: localDate('2026-11-26') },
      }),
    )
    await ann.run(ctx => keepDraft(ctx, { contactId, note: 'my own words', isComplaint: false }))
    const again = await ann.run(ctx => getContactInHand(ctx, contactId))
    expect(again.draftNote).toBe(
      'High bill. Explained the bill line by line ($148.10 to $212.40). Leak check order 4711 for Thu Nov 26.',
    )
    expect(again).toMatchObject({ note: 'my own words', proven: 'verified', suggestedOutcome: 'follow-up' })
    expect(again.decision).toEqual(verified.decision)
    expect((await ann.run(ctx => listMyDrafts(ctx))).map(one => one.contactId)).toContain(contactId)
  })

  test('a proof does not follow to another customer, and opens no foreign account', async () => {
    const other = (await makeAna()).customerId
    const { contactId } = await start()
    const verify = (of: CustomerId) =>
      ann.run(ctx =>
        verifyCaller(ctx, { contactId, customerId: of, caller: 'customer', matched: [], failed: [] }),
      )
    expect((await said(verify(other))).code).toBe('contacts.not-their-account')
    expect((await verify(customerId)).proven).toBe('unverified')
    const moved = await ann.run(ctx =>
      attachContact(ctx, { contactId, accountId: null, customerId: other, reason: 'another caller' }),
    )
    expect(moved).toMatchObject({ proven: null, decision: null, accountId: null })
  })

  test('a supervisor reads a draft, but takes it over with a reason before changing a word of it', async () => {
    const { contactId } = await start()
    const attach = (who: Acting) =>
      said(who.run(ctx => attachContact(ctx, { contactId, callerName: 'Someone' })))
    expect(await attach(boss)).toMatchObject({
      code: 'contacts.take-over-first',
      message: expect.stringContaining('Ann Advisor'),
    })
    expect((await said(boss.run(ctx => keepDraft(ctx, { contactId, note: 'changed' })))).code).toBe(
      'contacts.take-over-first',
    )
    expect((await said(boss.run(ctx => saveContact(ctx, saving(contactId))))).code).toBe(
      'contacts.take-over-first',
    )
    const give = (who: Acting, to: number) =>
      who.run(ctx => handOver(ctx, { contactId, toPersonId: person(to), reason: 'went home ill' }))
    expect((await said(give(assistant, 12))).code).toBe('contacts.unknown')
    expect((await said(give(boss, 12))).code).toBe('contacts.not-yours')
    expect(await give(boss, 14)).toMatchObject({ personName: 'Max Boss', version: 2 })
    expect((await attach(ann)).code).toBe('contacts.unknown')
    expect(await attach(boss)).toEqual({})
    expect(await give(boss, 11)).toMatchObject({ personName: 'Ann Advisor' })
    expect(boss.audited).toMatchObject([
      { account: accountId, reason: 'went home ill', before: { person: 14n }, after: { person: 11n } },
    ])
    expect((await said(give(ann, 99))).code).toBe('contacts.no-hand')
  })

  test('a draft begun for one account moves to another only with a reason that both accounts keep', async () => {
    const other = (await makeAna()).customerId
    const elsewhere = await openAccount(other, '10999')
    const { contactId } = await start()
    const move = (reason?: string) =>
      ann.run(ctx => attachContact(ctx, { contactId, accountId: elsewhere, ...(reason ? { reason } : {}) }))
    expect((await said(move())).code).toBe('contacts.move-unexplained')
    const proof = { contactId, accountId: elsewhere, customerId: other, caller: 'customer' as const }
    expect((await said(ann.run(ctx => verifyCaller(ctx, { ...proof, matched: [], failed: [] })))).code).toBe(
      'contacts.attached-elsewhere',
    )
    expect(await move('it was about the other house')).toMatchObject({
      accountId: elsewhere,
      customerId: other,
    })
    expect(ann.audited).toMatchObject([
      { account: elsewhere, reason: 'it was about the other house', before: { accountId } },
    ])
    expect(ann.told.map(event => [event.name, event.account])).toEqual([
      ['contacts.contact-attached', elsewhere],
      ['contacts.contact-moved', accountId],
    ])
  })

  test('somebody else’s draft does not exist for a colleague; the supervisor sees it', async () => {
    const { contactId } = await start()
    expect((await said(assistant.run(ctx => getContactInHand(ctx, contactId)))).code).toBe('contacts.unknown')
    expect((await said(assistant.run(ctx => discardContact(ctx, { contactId })))).code).toBe(
      'contacts.unknown',
    )
    expect((await boss.run(ctx => getContactInHand(ctx, contactId))).contactId).toBe(contactId)
    const forged = asId<'contact'>(999_999)
    expect((await said(ann.run(ctx => getContactInHand(ctx, forged)))).code).toBe('contacts.unknown')
    const foreign = asId<'account'>(999_999)
    expect((await said(start(ann, { accountId: foreign }))).code).toBe('contacts.account-unknown')
  })
})

describe('the end of a contact', () => {
  test('is one call: note, reason, outcome and the promised task together', async () => {
    const { contactId } = await start()
    const followUp = { title: 'Call back about the re-read', dueOn: localDate('2026-11-27') }
    const late = { ...followUp, dueOn: localDate('2026-11-20') }
    expect((await said(ann.run(ctx => saveContact(ctx, saving(contactId, { followUp: late }))))).code).toBe(
      'contacts.follow-up-past',
    )
    expect(
      (await said(ann.run(ctx => saveContact(ctx, saving(contactId, { outcome: 'follow-up' }))))).code,
    ).toBe('contacts.follow-up-missing')
    const saved = await ann.run(ctx =>
      saveContact(ctx, saving(contactId, { outcome: 'follow-up', followUp })),
    )
    expect(saved).toMatchObject({ reasonName: 'High bill', outcome: 'follow-up', personName: 'Ann Advisor' })
    const { rows } = await sql`select owner_id::int as owner, due_on as due, contact_id = ${contactId} as ours
      from desk.task where task_id = ${saved.followUpTaskId}`.execute(database.owner)
    expect(rows).toEqual([{ owner: 11, due: expect.anything(), ours: true }])
    const again = await said(ann.run(ctx => saveContact(ctx, saving(contactId))))
    expect(again).toMatchObject({ code: 'contacts.closed', message: expect.stringMatching(/already saved/) })
    expect(await ann.run(ctx => noteStep(ctx, contactId, { kind: 'opened-account', facts: {} }))).toBe(false)
  })

  test('a wrong reason or an old page changes nothing', async () => {
    const { contactId } = await start()
    expect(
      (await said(ann.run(ctx => saveContact(ctx, saving(contactId, { reason: 'no-such' }))))).code,
    ).toBe('contacts.reason-unknown')
    await ann.run(ctx => keepDraft(ctx, { contactId, note: 'x' }))
    expect((await said(ann.run(ctx => saveContact(ctx, saving(contactId))))).code).toBe(
      'contacts.changed-meanwhile',
    )
    await ann.run(ctx => discardContact(ctx, { contactId }))
    expect((await said(ann.run(ctx => saveContact(ctx, saving(contactId, { version: 3 }))))).message).toMatch(
      /thrown away/,
    )
  })

  test('an Assistant’s contact comes to a Senior’s review (AUTH-027)', async () => {
    const { contactId } = await start(assistant)
    await assistant.run(ctx => saveContact(ctx, saving(contactId)))
    const { rows } = await sql<{ title: string; queue: string }>`
      select title, queue from desk.task where contact_id = ${contactId}`.execute(database.owner)
    expect(rows).toEqual([{ title: 'Contact by Curbstop: High bill', queue: 'review' }])
  })

  test('a corrected note keeps the words before, with their writer', async () => {
    const { contactId } = await start()
    await ann.run(ctx => saveContact(ctx, saving(contactId)))
    const edit = (who: Acting, version: number, note: string) =>
      who.run(ctx => editNote(ctx, { contactId, version, note, reason: 'wrong order number' }))
    expect((await said(edit(assistant, 2, 'theirs'))).code).toBe('contacts.not-yours')
    await edit(ann, 2, 'Second words.')
    await edit(boss, 3, 'Third words.')
    const contact = await ann.run(ctx => getContactInHand(ctx, contactId))
    expect(contact.note).toBe('Third words.')
    expect(contact.earlierNotes).toMatchObject([
      { note: 'Second words.', writtenBy: 'Ann Advisor', replacedBecause: 'wrong order number' },
      { note: 'High bill. Explained the bill line by line.', writtenBy: 'Ann Advisor' },
    ])
    expect((await said(edit(ann, 4, 'Third words.'))).code).toBe('contacts.same-note')
    expect((await said(edit(ann, 3, 'Late words.'))).code).toBe('contacts.changed-meanwhile')
  })

  test('a complaint has a clock that an answer stops', async () => {
    const { contactId } = await start()
    const saved = await ann.run(ctx =>
      saveContact(ctx, saving(contactId, { isComplaint: true, outcome: 'referred' })),
    )
    expect(saved.complaint).toMatchObject({ dueOn: '2026-11-30', daysLeft: 5, answeredAt: null })
    const late = actingAs(database, {
      personId: person(14),
      permissions: ['desk.supervise'],
      now: '2026-12-02T18:00:00Z',
    })
    const day = await late.run(ctx => listContacts(ctx, { only: 'open-complaints' }))
    expect(day).toMatchObject({ openComplaints: 1, lateComplaints: 1 })
    expect(day.rows[0]?.complaint?.daysLeft).toBe(-2)
    const answer = () =>
      ann.run(ctx => answerComplaint(ctx, { contactId, answer: 'Apologised and rebilled.' }))
    expect((await answer()).complaint).toMatchObject({ answeredBy: 'Ann Advisor', daysLeft: null })
    expect((await said(answer())).code).toBe('contacts.complaint-answered')
  })
})

test('the account and the supervisor see what was saved, by day, person and reason', async () => {
  const { contactId } = await start(boss)
  await boss.run(ctx => saveContact(ctx, saving(contactId, { reason: 'leak' })))
  const recent = await ann.run(ctx => listRecentContacts(ctx, accountId, 3))
  expect(recent).toHaveLength(3)
  expect(recent[0]).toMatchObject({ contactId, reasonName: 'Leak', personName: 'Max Boss' })
  const page = await ann.run(ctx => listByAccount(ctx, { accountId, before: contactId, limit: 2 }))
  expect(page.map(one => one.contactId)).toEqual(recent.slice(1, 3).map(one => one.contactId))
  const day = await boss.run(ctx => listContacts(ctx, {}))
  expect(day.byPerson.map(one => one.name).sort()).toEqual(['Ann Advisor', 'Max Boss', 'Tim Assistant'])
  expect(day.byReason.find(one => one.reason === 'leak')?.count).toBe(1)
  const narrowed = await boss.run(ctx => listContacts(ctx, { reason: 'leak', personId: person(14) }))
  expect(narrowed.rows.map(one => one.contactId)).toEqual([contactId])
  const tomorrow = await boss.run(ctx => listContacts(ctx, { on: localDate('2026-11-24') }))
  expect(tomorrow.rows).toEqual([])
})

test('who called about a protected customer is hidden from those who may not see them (PRV-019)', async () => {
  const { contactId } = await start(ann, { callerName: 'Ana Ruiz', phone: '(619) 555-0134' })
  await ann.run(ctx => saveContact(ctx, saving(contactId)))
  await sql`insert into customers.protection (customer_id, kind, reason, placed_by)
    values (${customerId}, 'violence', 'order seen', 11)`.execute(database.owner)
  const row = async (who: Acting) =>
    (await who.run(ctx => listRecentContacts(ctx, accountId, 5))).find(one => one.contactId === contactId)
  expect(await row(assistant)).toMatchObject({ callerName: 'Protected customer', callerPhone: null })
  const senior = actingAs(database, { personId: person(14), permissions: ['customers.see-protected'] })
  expect(await row(senior)).toMatchObject({ callerName: 'Ana Ruiz', callerPhone: '(619) 555-0134' })
})
