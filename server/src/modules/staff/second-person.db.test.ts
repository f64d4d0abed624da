/** Two people where two are asked for: nobody makes a second person out of themselves. */
import type { PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { type Actor, visitor } from '../../platform/context.ts'
import { checkPermission, type Door, perform } from '../../platform/http/door.ts'
import { addPerson } from './commands/people.ts'
import { staff } from './contract.ts'
import { authenticate, refuseAfterReset } from './queries.ts'
import { answers } from './routes.ts'

const password = 'purple tractor sings'
let database: TestDatabase
let hours = 0 // the clock of the door, moved by hand
const moment = () => new Date(Date.now() + hours * 3_600_000)

type Said = {
  code: string
  message: string
  outcome: string
  personId: string
  waits: boolean
  secret: string
  level: string | null
  first: { password: string; until: string }
  me: { mustChangePassword: boolean; permissions: string[]; lastReset: { by: { name: string } } | null }
  token: string | null
}

/** As the HTTP layer calls it: permission, then the write door; answers with the error instead of throwing it. */
async function call(duty: keyof typeof staff, input: unknown, as: Actor = visitor): Promise<Said> {
  const cookie: { token: string | null } = { token: null }
  const door: Door = {
    db: database.db,
    listeners: new Map(),
    keys: { secrets: Buffer.alloc(32, 7) },
    timeZone: 'America/Los_Angeles',
    now: moment,
  }
  const caller = {
    ...{
      actor: as,
      duty: `staff.${duty}`,
      trace: 'test',
      ip: '10.9.0.1',
      idempotencyKey: null,
      rehearse: false,
    },
    cookie: {
      set: (token: string) => {
        cookie.token = token
      },
      clear: () => undefined,
    },
  }
  const said = await Promise.resolve()
    .then(() => checkPermission(staff[duty], as))
    .then(() => perform(door, caller, staff[duty], staff[duty].input.parse(input), answers[duty] as never))
    .catch((error: Error) => error)
  const { code, message } = said as { code: string; message: string }
  return { ...(said as object), code, message, token: cookie.token } as Said
}

async function add(login: string, level: 'advisor' | 'supervisor' | null, roles: 'admin'[] = []) {
  const { personId } = await actingAs(database).run(ctx =>
    addPerson(ctx, { login, name: `${login} of the desk`, level, roles, password }),
  )
  return personId
}

async function signIn(login: string, typed = password, code?: string) {
  const said = await call('signIn', { login, password: typed, ...(code ? { code } : {}) })
  return { said, actor: said.token ? await authenticate(database.db, said.token) : null }
}

const actorOf = async (login: string): Promise<Actor> => (await signIn(login)).actor!

async function waiting() {
  const { rows } = await sql<{ id: bigint; what: string }>`
    select proposal_id as id, what from staff.proposal where decided_at is null order by 1`.execute(
    database.owner,
  )
  return rows
}
const decide = async (as: Actor, confirm = true) =>
  call('decideProposal', { proposalId: (await waiting())[0]!.id.toString(), confirm, reason: 'looked' }, as)

beforeAll(async () => {
  database = await createTestDatabase()
  await add('dana', 'supervisor')
  await add('sam', null, ['admin'])
})
afterAll(() => database.drop())
beforeEach(async () => {
  hours = 0
  await sql`delete from staff.sign_in_attempt`.execute(database.owner)
})

describe('rights that decide', () => {
  const wish = (login: string, level: string | null, roles: string[] = []) => ({
    ...{ login, name: `${login} new`, level, roles, reason: 'needed at the desk' },
  })

  test.each([
    ['a supervisor', 'super2', 'supervisor', []],
    ['a senior', 'senior2', 'senior', []],
    ['an administrator', 'admin2', null, ['admin']],
    ['somebody who publishes rates', 'rates2', null, ['billing']],
  ])('one person alone cannot make %s and sign in as them', async (_, login, level, roles) => {
    const admin = await actorOf('sam')
    const made = await call('createPerson', wish(login, level, roles as string[]), admin)
    expect(made).toMatchObject({ waits: true, first: { password: expect.any(String) } })
    const { said } = await signIn(login, made.first.password)
    expect([said.code, said.message]).toEqual([
      'staff.not-confirmed',
      expect.stringContaining('sam of the desk'),
    ])
    expect(await decide(admin)).toMatchObject({ code: 'staff.second-person' })
    expect(await decide(await actorOf('dana'))).toMatchObject({ level })
    expect((await signIn(login, made.first.password)).said.outcome).toBe('signed-in')
  })

  test('what does not decide counts at once; the rest waits', async () => {
    const made = await call('createPerson', wish('mixed', 'senior', ['cashier']), await actorOf('sam'))
    const { said } = await signIn('mixed', made.first.password)
    expect(said.outcome).toBe('signed-in')
    const { rows } = await sql`select level, array(select role from staff.person_role r
      where r.person_id = p.person_id) roles from staff.person p where login = 'mixed'`.execute(
      database.owner,
    )
    expect(rows).toEqual([{ level: null, roles: ['cashier'] }])
    await decide(await actorOf('dana'), false)
  })

  test('an advisor is added by one person alone', async () => {
    expect(
      await call('createPerson', wish('plain', 'advisor', ['cashier']), await actorOf('sam')),
    ).toMatchObject({
      waits: false,
    })
  })

  test('raising a friend waits for somebody else, and the proposer can take it back', async () => {
    const personId = (await add('friend', 'advisor')).toString()
    const boss = await actorOf('dana')
    const rise = { personId, level: 'supervisor', roles: [], reason: 'helps me' }
    expect(await call('changeRoles', rise, boss)).toMatchObject({ level: 'advisor', waits: true })
    expect(await call('changeRoles', rise, boss)).toMatchObject({ code: 'staff.proposed-already' })
    expect((await authenticate(database.db, (await signIn('friend')).said.token!))!.level).toBe('advisor')
    expect(await decide(boss, false)).toMatchObject({ level: 'advisor', waits: false })
    expect(await waiting()).toEqual([])
  })

  test('one person alone cannot take the managing of people from the only other one', async () => {
    const { rows } = await sql<{
      id: bigint
    }>`select person_id id from staff.person where login = 'sam'`.execute(database.owner)
    const boss = await actorOf('dana')
    const fall = { personId: rows[0]!.id.toString(), level: 'advisor', roles: [], reason: 'goes' }
    expect(await call('changeRoles', fall, boss)).toMatchObject({ waits: true, level: null })
    await decide(boss, false)
  })

  test('a supervisor who was shut out comes back only with two people', async () => {
    const personId = (await add('former', 'supervisor')).toString()
    const admin = await actorOf('sam')
    await call('disablePerson', { personId, reason: 'left us' }, admin)
    expect(await call('enablePerson', { personId, reason: 'came back' }, admin)).toMatchObject({
      waits: true,
    })
    expect((await signIn('former')).said.code).toBe('staff.sign-in-refused')
    expect(await decide(await actorOf('dana'))).toMatchObject({ disabledAt: null })
    expect((await signIn('former')).said.outcome).toBe('signed-in')
  })

  test('the database itself refuses a proposer who confirms', async () => {
    const personId = await add('forged', 'advisor')
    const boss = await actorOf('dana')
    await call(
      'changeRoles',
      { personId: personId.toString(), level: 'senior', roles: [], reason: 'good' },
      boss,
    )
    await expect(
      sql`update staff.proposal set decided_at = now(), decided_by = proposed_by, decision = 'confirmed',
        decided_reason = 'forged' where decided_at is null`.execute(database.owner),
    ).rejects.toMatchObject({ constraint: 'proposal_two_people' })
    await decide(boss, false)
  })
})

describe('a password somebody else gave', () => {
  const reset = async (login: string, by: string) => {
    const { rows } = await sql<{
      id: PersonId
    }>`select person_id id from staff.person where login = ${login}`.execute(database.owner)
    const said = await call(
      'resetSignIn',
      { personId: rows[0]!.id.toString(), reason: 'forgot it' },
      await actorOf(by),
    )
    return { personId: rows[0]!.id, first: said.first }
  }

  test('opens nothing but its own change', async () => {
    await add('reset.me', 'advisor')
    const before = await signIn('reset.me')
    const { first } = await reset('reset.me', 'dana')
    expect(await authenticate(database.db, before.said.token!)).toBeNull()
    expect((await signIn('reset.me')).said.code).toBe('staff.sign-in-refused')
    const { said, actor } = await signIn('reset.me', first.password)
    expect(said.me).toMatchObject({ mustChangePassword: true, permissions: [] })
    expect(said.me.lastReset!.by.name).toBe('dana of the desk')
    for (const duty of ['listPeople', 'enrolSecondFactor', 'declareInterest', 'listInterests'] as const)
      expect(await call(duty, {}, actor!), duty).toMatchObject({ code: 'platform.password-first' })
    const change = (newPassword: string) =>
      call('changePassword', { currentPassword: first.password, newPassword }, actor!)
    expect((await change(first.password)).code).toBe('staff.password-same')
    expect(await change('nine quiet lanterns')).toMatchObject({ changed: true })
    const again = await authenticate(database.db, said.token!)
    expect(again!.mustChangePassword).toBeUndefined()
    expect(again!.permissions.has('desk.work')).toBe(true)
  })

  test('is over after its hours, and a new one replaces it', async () => {
    await add('slow', 'advisor')
    const { first } = await reset('slow', 'dana')
    hours = 73
    expect((await signIn('slow', first.password)).said.code).toBe('staff.first-password-over')
    hours = 0
    const next = await reset('slow', 'dana')
    expect((await signIn('slow', first.password)).said.code).toBe('staff.sign-in-refused')
    expect((await signIn('slow', next.first.password)).said.outcome).toBe('signed-in')
  })

  test('its giver and its holder confirm nothing for each other until days after it was changed', async () => {
    const personId = await add('twin', 'supervisor')
    const boss = await actorOf('dana')
    const { first } = await reset('twin', 'dana')
    const confirms = (as: Actor, of: PersonId) =>
      actingAs(database, { personId: as.personId, now: moment().toISOString() })
        .run(ctx => refuseAfterReset(ctx, of))
        .then(
          () => 'may',
          (error: { code: string }) => error.code,
        )
    const twin = (await signIn('twin', first.password)).actor!
    expect(await confirms(twin, boss.personId)).toBe('staff.reset-between')
    hours = 24 * 30
    expect(await confirms(twin, boss.personId)).toBe('staff.reset-between') // never changed: it never ends
    hours = 0
    await call(
      'changePassword',
      { currentPassword: first.password, newPassword: 'nine quiet lanterns' },
      twin,
    )
    expect(await confirms(twin, boss.personId)).toBe('staff.reset-between')
    expect(await confirms(boss, personId)).toBe('staff.reset-between')
    hours = 24 * 7 + 1
    expect(await confirms(twin, boss.personId)).toBe('may')
    hours = 0
    const target = (await add('favourite', 'advisor')).toString()
    await call('changeRoles', { personId: target, level: 'supervisor', roles: [], reason: 'so good' }, boss)
    const full = (await signIn('twin', 'nine quiet lanterns')).actor!
    const said = await decide(full)
    expect([said.code, said.message]).toEqual([
      'staff.reset-between',
      expect.stringContaining('dana of the desk'),
    ])
    expect(await decide(await actorOf('sam'))).toMatchObject({ level: 'supervisor' })
  })

  test('is nowhere in the database in words, and the reset is in the audit trail with its reason', async () => {
    await add('quiet', 'advisor')
    const { first, personId } = await reset('quiet', 'sam')
    const { rows } = await sql<{ found: boolean; kept: boolean }>`
      select exists (select from platform.idempotency i where i::text like '%' || ${first.password} || '%')
        or exists (select from audit.entry e where e::text like '%' || ${first.password} || '%') as found,
        exists (select from audit.entry where subject = 'person:' || ${personId}::text and reason = 'forgot it'
          and after->>'password' = 'reset') as kept`.execute(database.owner)
    expect(rows).toEqual([{ found: false, kept: true }])
  })
})

describe('a second factor', () => {
  async function withFactor(login: string, level: 'advisor' | 'supervisor') {
    const personId = await add(login, level)
    const { actor } = await signIn(login)
    const { secret } = await call('enrolSecondFactor', { password }, actor!)
    const codeNow = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: moment().getTime() })
    await call('confirmSecondFactor', { code: codeNow() }, actor!)
    hours += 0.05
    return { personId: personId.toString(), actor: actor!, codeNow }
  }

  test('is taken off by its owner with password and code, never with one of them', async () => {
    const { actor, codeNow } = await withFactor('carries', 'advisor')
    const remove = (typed: string, code: string) =>
      call('removeSecondFactor', { password: typed, code }, actor)
    expect((await remove('wrong wrong wrong', codeNow())).code).toBe('staff.password-wrong')
    expect((await remove(password, '000000')).code).toBe('staff.code-refused')
    expect(await remove(password, codeNow())).toMatchObject({ secondFactor: 'off' })
    expect((await signIn('carries')).said.outcome).toBe('signed-in')
    expect((await remove(password, codeNow())).code).toBe('staff.no-factor')
  })

  test('stays through a reset, so that whoever gave the password gets nowhere', async () => {
    const { personId } = await withFactor('stays', 'advisor')
    const { first } = await call('resetSignIn', { personId, reason: 'forgot it' }, await actorOf('dana'))
    expect((await signIn('stays', first.password)).said.outcome).toBe('code-needed')
  })

  test('of an advisor’s lost phone is taken off by one, of a supervisor’s by two', async () => {
    const one = await withFactor('lost.advisor', 'advisor')
    const two = await withFactor('lost.boss', 'supervisor')
    const admin = await actorOf('sam')
    const take = (personId: string) => call('takeSecondFactor', { personId, reason: 'phone lost' }, admin)
    expect(await take(one.personId)).toMatchObject({ secondFactor: false, waits: false })
    expect(await take(two.personId)).toMatchObject({ secondFactor: true, waits: true })
    expect(await decide(admin)).toMatchObject({ code: 'staff.second-person' })
    expect(await decide(await actorOf('dana'))).toMatchObject({ secondFactor: false })
  })
})

describe('an empty district', () => {
  test('its first person makes the second manager alone, and never a third', async () => {
    const empty = await createTestDatabase()
    const before = database
    database = empty
    try {
      await add('first', null, ['admin'])
      const first = await actorOf('first')
      const make = (login: string) =>
        call('createPerson', { login, name: login, level: 'supervisor', roles: [], reason: 'opening' }, first)
      expect(await make('second')).toMatchObject({ waits: false })
      expect(await make('third')).toMatchObject({ waits: true })
    } finally {
      database = before
      await empty.drop()
    }
  })
})
