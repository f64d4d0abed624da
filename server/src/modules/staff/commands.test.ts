import type { PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { type Actor, visitor } from '../../platform/context.ts'
import { type Door, perform } from '../../platform/http/door.ts'
import { addPerson } from './commands/people.ts'
import { staff } from './contract.ts'
import { authenticate, getDeclaredInterests, getLimit } from './queries.ts'
import { answers } from './routes.ts'

const password = 'purple tractor sings'
let database: TestDatabase
let seconds = 0 // the clock of the door, moved by hand
const moment = () => new Date(Date.now() + seconds * 1000)
const door = (): Door => ({
  db: database.db,
  listeners: new Map(),
  keys: { secrets: Buffer.alloc(32, 7) },
  timeZone: 'America/Los_Angeles',
  now: moment,
})

type Duty = keyof typeof staff
type Said = {
  code: string
  message: string
  facts: Record<string, unknown>
  outcome: string
  secret: string
  uri: string
  declared: boolean
  token: string | null
}
/** Through the write door, as the HTTP layer calls it; answers with the error instead of throwing it. */
async function call(
  duty: Duty,
  input: unknown,
  { as = visitor, ip = '10.0.0.1' }: { as?: Actor; ip?: string } = {},
) {
  const cookie: { token: string | null } = { token: null }
  const caller = {
    actor: as,
    duty: `staff.${duty}`,
    trace: 'test',
    ip,
    idempotencyKey: null,
    rehearse: false,
    cookie: {
      set: (token: string) => {
        cookie.token = token
      },
      clear: () => undefined,
    },
  }
  const parsed = staff[duty].input.parse(input)
  const said = await perform(door(), caller, staff[duty], parsed, answers[duty] as never).catch(
    error => error,
  )
  const answer = said as Record<string, unknown> & { code: string; message: string }
  const { code, message } = answer
  return { ...answer, code, message, token: cookie.token } as Said
}

const add = (
  login: string,
  level: 'assistant' | 'advisor' | 'supervisor' | null = 'advisor',
  roles: string[] = [],
) =>
  actingAs(database).run(ctx =>
    addPerson(ctx, { login, name: `${login} of the desk`, level, roles, password }),
  )

async function session(login: string): Promise<{ token: string; actor: Actor }> {
  const { token } = await call('signIn', { login, password })
  return { token: token!, actor: (await authenticate(database.db, token!))! }
}

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('a person signs in and is known by level, roles and permissions from then on', async () => {
  await add('ines', 'advisor', ['cashier'])
  const answer = await call('signIn', { login: ' INES ', password })
  expect(answer).toMatchObject({
    outcome: 'signed-in',
    me: { login: 'ines', level: 'advisor', secondFactor: 'off' },
  })
  const actor = await authenticate(database.db, answer.token!)
  expect(actor).toMatchObject({ name: 'ines of the desk', level: 'advisor', roles: ['cashier'] })
  expect(actor!.permissions.has('desk.work')).toBe(true)
  expect(actor!.permissions.has('desk.supervise')).toBe(false)
  expect(await authenticate(database.db, 'x'.repeat(43))).toBeNull()
})

test('the token itself is nowhere in the database', async () => {
  await add('hidden')
  const { token } = await session('hidden')
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from staff.session where position(convert_to(${token}, 'UTF8') in token_hash) > 0)
      or exists (select from audit.entry e where e::text like '%' || ${token} || '%') as found`.execute(
    database.owner,
  )
  expect(rows[0]!.found).toBe(false)
})

test('an unknown login and a wrong password get the same answer, and both leave a record', async () => {
  await add('known')
  const wrong = await call('signIn', { login: 'known', password: 'not this one at all' }, { ip: '10.1.0.1' })
  const unknown = await call('signIn', { login: 'my secret pass', password: 'x' }, { ip: '10.1.0.2' })
  expect(wrong.code).toBe('staff.sign-in-refused')
  expect([unknown.code, unknown.message]).toEqual([wrong.code, wrong.message])
  const { rows } = await sql<{ login: string; n: bigint }>`
    select login, count(*) as n from staff.sign_in_attempt where ip <<= '10.1.0.0/24' group by 1 order by 1`.execute(
    database.db,
  )
  expect(rows.map(row => row.login)).toEqual(['known', expect.stringMatching(/^unknown [0-9a-f]{32}$/)])
})

test('after five failures a guesser waits, and waiting helps even with no one to unlock', async () => {
  await add('victim')
  const guess = () => call('signIn', { login: 'victim', password: 'wrong wrong wrong' }, { ip: '10.2.0.1' })
  for (let i = 0; i < 5; i += 1) expect((await guess()).code).toBe('staff.sign-in-refused')
  const held = await call('signIn', { login: 'victim', password }, { ip: '10.2.0.1' })
  expect(held).toMatchObject({ code: 'staff.slow-down', kind: 'busy', facts: { seconds: 1 } })
  seconds += 2
  expect((await guess()).code).toBe('staff.sign-in-refused')
  expect((await guess()).facts).toEqual({ seconds: 2 })
  seconds += 3
  expect((await call('signIn', { login: 'victim', password }, { ip: '10.2.0.1' })).outcome).toBe('signed-in')
})

test('one address trying many logins is slowed down; its neighbours are not', async () => {
  for (let i = 0; i < 5; i += 1) {
    await call('signIn', { login: `nobody${i}`, password }, { ip: '10.3.0.1' })
  }
  await add('neighbour')
  expect((await call('signIn', { login: 'neighbour', password }, { ip: '10.3.0.1' })).code).toBe(
    'staff.slow-down',
  )
  expect((await call('signIn', { login: 'neighbour', password }, { ip: '10.3.0.2' })).outcome).toBe(
    'signed-in',
  )
})

test('a burst of guesses at one login is not judged by an old count', async () => {
  await add('burst')
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      call('signIn', { login: 'burst', password: 'wrong wrong wrong' }, { ip: `10.4.0.${i}` }),
    ),
  )
  const judged = answers.filter(answer => answer.code === 'staff.sign-in-refused').length
  expect(judged).toBeLessThanOrEqual(5)
  expect(answers.every(answer => ['staff.sign-in-refused', 'staff.slow-down'].includes(answer.code))).toBe(
    true,
  )
})

test('an idle, an old and an ended session are over', async () => {
  await add('idler')
  const end = async (change: ReturnType<typeof sql>) => {
    const { token } = await session('idler')
    expect(await authenticate(database.db, token)).not.toBeNull()
    await sql`update staff.session set ${change} where token_hash = sha256(convert_to(${token}, 'UTF8'))`.execute(
      database.db,
    )
    return authenticate(database.db, token)
  }
  expect(await end(sql`last_seen_at = now() - interval '29 minutes'`)).not.toBeNull()
  expect(await end(sql`last_seen_at = now() - interval '31 minutes'`)).toBeNull()
  expect(await end(sql`expires_at = now() - interval '1 second'`)).toBeNull()
  const { token, actor } = await session('idler')
  await call('signOut', {}, { as: actor })
  expect(await authenticate(database.db, token)).toBeNull()
})

test('a disabled person is out at once on every machine and can come back', async () => {
  const { personId } = await add('leaver')
  await add('boss', 'supervisor')
  const { actor: boss } = await session('boss')
  const one = await session('leaver')
  const two = await session('leaver')
  const input = { personId: personId.toString(), reason: 'left the district' }
  expect(await call('disablePerson', input, { as: boss })).toMatchObject({ login: 'leaver' })
  expect(await authenticate(database.db, one.token)).toBeNull()
  expect(await authenticate(database.db, two.token)).toBeNull()
  expect((await call('signIn', { login: 'leaver', password })).code).toBe('staff.sign-in-refused')
  expect((await call('disablePerson', input, { as: boss })).message).toMatch(/left the district/)
  await call('enablePerson', input, { as: boss })
  expect((await call('signIn', { login: 'leaver', password })).outcome).toBe('signed-in')
  expect(await authenticate(database.db, one.token)).toBeNull() // old sessions stay ended
  const { rows } = await sql`select 1 from platform.event where name = 'staff.person-disabled'`.execute(
    database.db,
  )
  expect(rows).toHaveLength(1)
})

test('nobody gives themselves rights', async () => {
  await add('climber', 'supervisor')
  const { actor } = await session('climber')
  const personId = actor.personId.toString()
  const own = { personId, level: 'supervisor', roles: ['admin'], reason: 'because' }
  expect((await call('changeRoles', own, { as: actor })).code).toBe('staff.not-yourself')
  expect((await call('disablePerson', { personId, reason: 'because' }, { as: actor })).code).toBe(
    'staff.not-yourself',
  )
  const forged = { personId: '999999', level: 'advisor', roles: [], reason: 'because' }
  expect((await call('changeRoles', forged, { as: actor })).code).toBe('staff.no-person')
  const system = { personId: '1', reason: 'because' }
  expect((await call('disablePerson', system, { as: actor })).code).toBe('staff.no-person')
})

test('a taken role counts from the next request on', async () => {
  const { personId } = await add('mover', 'advisor', ['cashier', 'billing'])
  await add('mover.boss', 'supervisor')
  const { token } = await session('mover')
  const { actor: boss } = await session('mover.boss')
  const change = {
    personId: personId.toString(),
    level: 'assistant',
    roles: ['cashier'],
    reason: 'training again',
  }
  expect(await call('changeRoles', change, { as: boss })).toMatchObject({
    level: 'assistant',
    roles: ['cashier'],
  })
  const actor = await authenticate(database.db, token)
  expect(actor).toMatchObject({ level: 'assistant', roles: ['cashier'] })
  expect(actor!.permissions.has('billing.bill')).toBe(false)
})

test('a second factor is needed once it is on, and a code opens once', async () => {
  await add('careful')
  const { actor } = await session('careful')
  const { secret, uri } = await call('enrolSecondFactor', { password }, { as: actor })
  expect(uri).toContain('otpauth://totp/Curbstop:careful')
  const codeAt = (step: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: moment().getTime() + step * 30_000,
    })
  expect((await call('signIn', { login: 'careful', password })).outcome).toBe('signed-in') // not on yet
  const first = codeAt(0)
  expect(await call('confirmSecondFactor', { code: first }, { as: actor })).toMatchObject({
    secondFactor: 'on',
  })
  expect(await call('signIn', { login: 'careful', password })).toMatchObject({
    outcome: 'code-needed',
    token: null,
  })
  expect((await call('signIn', { login: 'careful', password, code: first })).code).toBe('staff.code-refused')
  seconds += 60
  const next = codeAt(0)
  expect((await call('signIn', { login: 'careful', password, code: next })).outcome).toBe('signed-in')
  expect((await call('signIn', { login: 'careful', password, code: next })).code).toBe('staff.code-refused')
  const { rows } = await sql<{ plain: boolean }>`
    select totp_secret like '%' || ${secret} || '%' as plain from staff.person where login = 'careful'`.execute(
    database.db,
  )
  expect(rows[0]!.plain).toBe(false)
})

test('a changed password needs the old one, ends other sessions and keeps this one', async () => {
  await add('changer')
  const mine = await session('changer')
  const other = await session('changer')
  const change = (currentPassword: string, newPassword: string) =>
    call('changePassword', { currentPassword, newPassword }, { as: mine.actor })
  expect((await change('not my old password', 'nine quiet lanterns')).code).toBe('staff.password-wrong')
  expect((await change(password, 'short')).code).toBe('staff.password-weak')
  expect(await change(password, 'nine quiet lanterns')).toMatchObject({ changed: true })
  expect(await authenticate(database.db, mine.token)).not.toBeNull()
  expect(await authenticate(database.db, other.token)).toBeNull()
})

test('no password and no secret is kept with answered requests or in the audit trail', async () => {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from platform.idempotency i where i::text ~ 'tractor|otpauth')
      or exists (select from audit.entry e where e::text ~ 'tractor|otpauth|argon2') as found`.execute(
    database.owner,
  )
  expect(rows[0]!.found).toBe(false)
})

test('two people cannot share a login', async () => {
  await add('twin')
  await expect(add('twin')).rejects.toMatchObject({ code: 'staff.login-taken' })
})

test('limits are those of the level, and a misspelt action is our fault, not a no', async () => {
  const as = (level: 'assistant' | 'advisor' | 'supervisor' | null) => actingAs(database, { level })
  const limit = (level: Parameters<typeof as>[0], action: string) =>
    as(level).run(ctx => getLimit(ctx, action))
  expect(await limit('advisor', 'adjustment')).toMatchObject({
    value: 10_000n,
    unit: 'cents',
    citation: 'AUTH-001',
  })
  expect(await limit('supervisor', 'late-fee-waiver')).toMatchObject({ value: null })
  expect(await limit('assistant', 'write-off')).toBeNull()
  expect(await limit(null, 'adjustment')).toBeNull()
  await expect(limit('advisor', 'ajustment')).rejects.toThrow(/no authority is declared/)
})

test('own and relatives’ customers are declared once and only real ones', async () => {
  const { personId } = await add('relative')
  const { actor } = await session('relative')
  await sql`insert into customers.customer (customer_id, kind, name) values (901, 'person', 'Aunt May')`.execute(
    database.db,
  )
  const declare = (customerId: string) =>
    call('declareInterest', { customerId, relation: 'aunt' }, { as: actor })
  expect((await declare('901')).declared).toBe(true)
  expect((await declare('901')).code).toBe('staff.already-declared')
  expect((await declare('999999')).code).toBe('staff.no-customer')
  const interests = await actingAs(database, { personId: personId as PersonId }).run(getDeclaredInterests)
  expect([...interests]).toEqual([901n])
})
