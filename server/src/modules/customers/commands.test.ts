import { localDate } from '@curbstop/kernel/dates'
import { asId, type CustomerId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Acting, actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { adoptRules } from '../../../../tools/testing/policies.ts'
import { customersRules } from '../policy/packs/customers.ts'
import { changeCustomer, makeCustomer, markMailReturned } from './commands/change.ts'
import {
  addAuthorized,
  askToLift,
  decideProtection,
  placeProtection,
  reveal,
  revokeAuthorized,
  setSecret,
} from './commands/guard.ts'
import { type Attempt, verifyCaller } from './commands/verify.ts'
import {
  findCustomersByPhone,
  getCustomerCard,
  getVerification,
  listAccess,
  listCustomerNames,
  listFormer,
  listProtectionsWaiting,
  listVerifications,
} from './queries.ts'

let database: TestDatabase
let desk: Acting // an Advisor
let other: Acting // another Advisor
let senior: Acting
let boss: Acting
const reason = 'customer called'
const seeing = ['customers.see', 'customers.edit', 'customers.see-protected', 'customers.protect']

beforeAll(async () => {
  database = await createTestDatabase()
  await sql`insert into staff.person (person_id, login, name, level) overriding system value
    values (11, 'ann', 'Ann Advisor', 'advisor'), (12, 'bob', 'Bob Advisor', 'advisor'),
      (13, 'sue', 'Sue Senior', 'senior'), (14, 'max', 'Max Boss', 'supervisor')`.execute(database.owner)
  desk = actingAs(database, { personId: person(11), level: 'advisor' })
  other = actingAs(database, { personId: person(12), level: 'advisor' })
  senior = actingAs(database, { personId: person(13), level: 'senior', permissions: seeing })
  boss = actingAs(database, { personId: person(14), level: 'supervisor', permissions: seeing })
  await desk.run(ctx => adoptRules(ctx.tx, customersRules))
})
afterAll(() => database.drop())

const said = async (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

const phone = (number: string) => ({ number, kind: 'mobile' as const, mayText: true })

function ana(name = 'Ana Ruiz') {
  return desk.run(ctx =>
    makeCustomer(ctx, {
      kind: 'person',
      name,
      givenName: 'Ana',
      familyName: 'Ruiz',
      language: 'es',
      phones: [phone('(619) 555-0134')],
      emails: ['ana@mail.example'],
      mailing: { line1: 'PO Box 12', city: 'Las Palmas', state: 'CA', zip: '92000' },
    }),
  )
}

describe('the card', () => {
  test('holds what was said at the counter, quotes and accents kept', async () => {
    const card = await ana('Ana “Nana” O’Ruíz-Núñez 🌵')
    expect(card.name).toBe('Ana “Nana” O’Ruíz-Núñez 🌵')
    expect(card.phones[0]).toMatchObject({ e164: '+16195550134', shown: '(619) 555-0134', mayText: true })
    expect(card.mailing).toMatchObject({ line1: 'PO Box 12', line2: null, returnedOn: null })
    expect([card.visibility, card.since, card.version]).toEqual(['open', localDate('2026-11-23'), 1])
    expect(desk.audited[0]?.subject).toBe(`customer:${card.customerId}`)
    expect(desk.told.map(one => one.name)).toEqual(['customers.customer-made'])
  })

  test('keeps what was so before, with its dates, when something changes', async () => {
    const { customerId } = await ana()
    const later = actingAs(database, { personId: person(11), now: '2026-12-01T18:00:00Z' })
    const card = await later.run(ctx =>
      changeCustomer(ctx, {
        customerId,
        version: 1,
        reason: 'married, new phone',
        name: 'Ana Vega',
        phones: [phone('(619) 555-0135')],
        emails: [],
        mailing: null,
      }),
    )
    expect(card).toMatchObject({ name: 'Ana Vega', givenName: null, version: 2, emails: [], mailing: null })
    expect(card.formerNames).toEqual([{ name: 'Ana Ruiz', until: '2026-12-01' }])
    const former = await desk.run(ctx => listFormer(ctx, { customerId }))
    expect(former).toContainEqual({
      what: 'phone',
      text: '(619) 555-0134',
      from: '2026-11-23',
      until: '2026-12-01',
    })
    expect(former.map(one => one.what).sort()).toEqual(['email', 'mailing', 'phone'])
    expect(later.audited[0]).toMatchObject({
      reason: 'married, new phone',
      before: { name: 'Ana Ruiz', phones: ['(619) 555-0134 mobile may text'] },
      after: { name: 'Ana Vega', phones: ['(619) 555-0135 mobile may text'] },
    })
  })

  test('two advisors at once: the second is told who changed what, and nothing is lost', async () => {
    const { customerId } = await ana()
    await other.run(ctx => changeCustomer(ctx, { customerId, version: 1, reason, language: 'en' }))
    const late = await said(
      desk.run(ctx => changeCustomer(ctx, { customerId, version: 1, reason, emails: ['new@mail.example'] })),
    )
    expect(late.code).toBe('customers.changed-meanwhile')
    expect(late.message).toMatch(/^Bob Advisor changed language \(/)
    const race = await Promise.allSettled(
      ['a@mail.example', 'b@mail.example'].map(email =>
        desk.run(ctx => changeCustomer(ctx, { customerId, version: 2, reason, emails: [email] })),
      ),
    )
    expect(race.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('a change that changes nothing, and a customer who does not exist, are said so', async () => {
    const { customerId } = await ana()
    const same = { customerId, version: 1, reason, name: 'Ana Ruiz', phones: [phone('619 555 0134')] }
    expect((await said(desk.run(ctx => changeCustomer(ctx, same)))).code).toBe('customers.nothing-changed')
    const nobody = asId<'customer'>(999_999)
    expect((await said(desk.run(ctx => getCustomerCard(ctx, nobody)))).code).toBe('customers.unknown')
    expect((await said(desk.run(ctx => changeCustomer(ctx, { ...same, customerId: nobody })))).code).toBe(
      'customers.unknown',
    )
  })

  test('mail that came back is noted on the address, not in the future', async () => {
    const { customerId } = await ana()
    const back = (on: string) =>
      desk.run(ctx => markMailReturned(ctx, { customerId, version: 1, on: localDate(on), reason }))
    expect((await said(back('2026-12-24'))).code).toBe('customers.date-ahead')
    expect((await back('2026-11-20')).mailing?.returnedOn).toBe('2026-11-20')
  })
})

describe('who may speak for a customer (ACC-016)', () => {
  test('an authorisation is added with its proof, found by its phone, and taken back at once', async () => {
    const { customerId } = await ana()
    const add = (version: number) =>
      desk.run(ctx =>
        addAuthorized(ctx, {
          customerId,
          version,
          name: 'Rosa Ruiz',
          relation: 'daughter',
          phone: '(619) 555-0177',
          scopes: ['view', 'pay'],
          proof: 'form signed at the counter',
        }),
      )
    const one = (await add(1)).authorized[0]!
    expect(one).toMatchObject({ state: 'in-force', phone: '(619) 555-0177', scopes: ['view', 'pay'] })
    expect((await said(add(2))).code).toBe('customers.authorized-twice')
    const found = await desk.run(ctx => findCustomersByPhone(ctx, '619-555-0177'))
    expect(found).toMatchObject([{ customerId, how: 'authorized-phone', authorizedName: 'Rosa Ruiz' }])
    const revoke = () =>
      desk.run(ctx => revokeAuthorized(ctx, { customerId, authorizedId: one.authorizedId, reason }))
    expect((await revoke()).authorized[0]?.state).toBe('revoked')
    expect((await said(revoke())).code).toBe('customers.authorized-over')
    expect(await desk.run(ctx => findCustomersByPhone(ctx, '619-555-0177'))).toEqual([])
    const foreign = asId<'authorized'>(999_999)
    expect(
      (await said(desk.run(ctx => revokeAuthorized(ctx, { customerId, authorizedId: foreign, reason }))))
        .code,
    ).toBe('customers.authorized-unknown')
  })
})

const attempt = (customerId: CustomerId, some: Partial<Attempt>): Attempt => ({
  customerId,
  accountId: null,
  caller: 'customer',
  callerName: null,
  authorizedId: null,
  matched: ['account-number'],
  failed: [],
  said: {},
  ...some,
})

describe('caller verification (PRV-010)', () => {
  test('a PIN opens the account, and neither PIN nor digest of it lies anywhere in plain', async () => {
    const { customerId } = await ana()
    await desk.run(ctx => setSecret(ctx, { customerId, kind: 'pin', text: '2741', reason }))
    expect(JSON.stringify(desk.audited[0], (_, v) => (typeof v === 'bigint' ? `${v}` : v))).not.toMatch(
      /2741/,
    )
    const right = attempt(customerId, { matched: ['account-number', 'name'], said: { pin: '2741' } })
    const { verificationId, decision } = await desk.run(ctx => verifyCaller(ctx, right))
    expect(decision).toMatchObject({
      outcome: 'verified',
      proven: ['account-number', 'name', 'pin'],
      mayNot: [],
    })
    expect(await desk.run(ctx => getVerification(ctx, verificationId))).toEqual(decision)
    const { rows } = await sql<{ digest: Buffer }>`select digest from customers.secret
      where customer_id = ${customerId}`.execute(database.owner)
    expect(rows[0]!.digest).toHaveLength(32)
  })

  test('every attempt is kept, the failed one too, and a wrong PIN raises the bar for a day', async () => {
    const { customerId } = await ana()
    await desk.run(ctx => setSecret(ctx, { customerId, kind: 'pin', text: '2741', reason }))
    const items = ['account-number', 'name', 'phone'] as const
    const verify = (who: Acting, some: Partial<Attempt>) =>
      who.run(ctx => verifyCaller(ctx, attempt(customerId, some))).then(one => one.decision)
    expect((await verify(desk, { matched: items, said: { pin: '9999' } })).outcome).toBe('unverified')
    expect((await verify(desk, { matched: items })).outcome).toBe('unverified')
    expect((await verify(desk, { matched: [...items, 'last-payment'] })).outcome).toBe('verified')
    const tomorrow = actingAs(database, { personId: person(11), now: '2026-11-24T19:00:00Z' })
    expect((await verify(tomorrow, { matched: items })).outcome).toBe('verified')
    const kept = await desk.run(ctx => listVerifications(ctx, { customerId }))
    expect(kept.map(one => one.outcome)).toEqual(['verified', 'verified', 'unverified', 'unverified'])
    expect(kept[3]).toMatchObject({ failed: ['pin'], personName: 'Ann Advisor' })
  })

  test('nobody ticks a secret they cannot see', async () => {
    const { customerId } = await ana()
    const ticked = attempt(customerId, { matched: ['account-number', 'pin'] })
    expect((await said(desk.run(ctx => verifyCaller(ctx, ticked)))).code).toBe('customers.secret-not-ticked')
  })
})

describe('protected customers (PRV-019)', () => {
  async function protectedAna() {
    const { customerId } = await ana()
    await desk.run(ctx =>
      placeProtection(ctx, {
        customerId,
        kind: 'safe-at-home',
        reason: 'participant card seen',
        substituteAddress: 'PO Box 1679\nSacramento, CA 95812',
      }),
    )
    return customerId
  }

  test('are hidden the moment somebody proposes it, in cards, lists and phone matches', async () => {
    const customerId = await protectedAna()
    const card = await desk.run(ctx => getCustomerCard(ctx, customerId))
    expect(card).toMatchObject({
      visibility: 'hidden',
      name: 'Protected customer',
      phones: [],
      mailing: null,
    })
    expect(JSON.stringify(card, (_, v) => (typeof v === 'bigint' ? `${v}` : v))).not.toMatch(
      /Ruiz|0134|Box 12|ana@/,
    )
    expect(card.protection).toMatchObject({
      stage: 'awaiting-approval',
      kind: 'other',
      reason: null,
      substituteAddress: 'PO Box 1679\nSacramento, CA 95812',
    })
    const names = await desk.run(ctx => listCustomerNames(ctx, [customerId]))
    expect(names.get(customerId)).toEqual({ name: 'Protected customer', isProtected: true })
    const matches = await desk.run(ctx => findCustomersByPhone(ctx, '(619) 555-0134'))
    expect(matches.map(one => one.customerId)).not.toContain(customerId)
    const change = { customerId, version: 1, reason, language: 'en' as const }
    expect((await said(desk.run(ctx => changeCustomer(ctx, change)))).code).toBe('customers.sealed')
  })

  test('open with a reason only, for half an hour, and the look stays on record', async () => {
    const customerId = await protectedAna()
    expect(await senior.run(ctx => getCustomerCard(ctx, customerId))).toMatchObject({
      visibility: 'sealed',
      name: 'Ana Ruiz',
      phones: [],
    })
    const opened = await senior.run(ctx => reveal(ctx, { customerId, reason: 'confirms the new phone' }))
    expect(opened.phones[0]?.shown).toBe('(619) 555-0134')
    expect((await senior.run(ctx => getCustomerCard(ctx, customerId))).visibility).toBe('open')
    expect((await boss.run(ctx => getCustomerCard(ctx, customerId))).visibility).toBe('sealed')
    const later = actingAs(database, {
      personId: person(13),
      permissions: seeing,
      now: '2026-11-23T18:31:00Z',
    })
    expect((await later.run(ctx => getCustomerCard(ctx, customerId))).visibility).toBe('sealed')
    const looks = await boss.run(ctx => listAccess(ctx, { customerId }))
    expect(looks.filter(look => look.what === 'card')).toMatchObject([
      { personName: 'Sue Senior', what: 'card', reason: 'confirms the new phone' },
    ])
  })

  test('leave a line with everybody who was shown the name, once in half an hour, and none for a masked look', async () => {
    const customerId = await protectedAna()
    for (let look = 0; look < 3; look += 1) {
      await boss.run(ctx => getCustomerCard(ctx, customerId))
      await senior.run(ctx => listCustomerNames(ctx, [customerId]))
      await desk.run(ctx => getCustomerCard(ctx, customerId))
    }
    const looks = await boss.run(ctx => listAccess(ctx, { customerId }))
    expect(looks.map(look => [look.personId, look.what, look.reason]).sort()).toEqual([
      [person(13), 'name', 'The name was shown in a list.'],
      [person(14), 'name', 'The name was shown on a page.'],
    ])
  })

  test('cannot be leafed through: ten cards an hour and no more (PRV-041)', async () => {
    const nosy = actingAs(database, {
      personId: person(14),
      permissions: seeing,
      now: '2026-11-25T18:00:00Z',
    })
    for (let i = 0; i < 10; i += 1) {
      const customerId = await protectedAna()
      await nosy.run(ctx => reveal(ctx, { customerId, reason: 'curious about it' }))
    }
    const customerId = await protectedAna()
    const eleventh = await said(nosy.run(ctx => reveal(ctx, { customerId, reason: 'curious about it' })))
    expect(eleventh.code).toBe('customers.too-many-reveals')
  })

  test('take two people to place and two to lift, in the database too', async () => {
    const customerId = await protectedAna()
    const decide = (who: Acting, approve = true) =>
      who.run(ctx => decideProtection(ctx, { customerId, approve, reason: 'card checked' }))
    expect((await said(decide(desk))).code).toBe('customers.second-person')
    const waiting = await senior.run(ctx => listProtectionsWaiting(ctx))
    expect(waiting.find(one => one.customerId === customerId)).toMatchObject({
      what: 'place',
      mayDecide: true,
    })
    expect((await decide(senior)).protection).toMatchObject({ stage: 'in-force', approvedBy: 'Sue Senior' })
    await senior.run(ctx => askToLift(ctx, { customerId, reason: 'programme ended' }))
    expect((await said(decide(senior))).code).toBe('customers.second-person')
    expect((await decide(boss, false)).protection?.stage).toBe('in-force')
    await senior.run(ctx => askToLift(ctx, { customerId, reason: 'programme ended, letter seen' }))
    expect((await decide(boss)).protection).toBeNull()
    expect((await desk.run(ctx => getCustomerCard(ctx, customerId))).name).toBe('Ana Ruiz')
    const alone = sql`update customers.protection set approved_by = placed_by where customer_id = ${customerId}`
    expect(((await said(alone.execute(database.owner))) as { constraint?: string }).constraint).toBe(
      'protection_two_people_place',
    )
  })

  test('need the substitute address of Safe at Home, and are not protected twice', async () => {
    const { customerId } = await ana()
    const place = (kind: 'safe-at-home' | 'violence') =>
      desk.run(ctx => placeProtection(ctx, { customerId, kind, reason: 'asked for it' }))
    expect((await said(place('safe-at-home'))).code).toBe('customers.substitute-missing')
    await place('violence')
    expect((await said(place('violence'))).code).toBe('customers.already-protected')
  })
})
