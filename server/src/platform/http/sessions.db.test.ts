/** Sessions through the real door: guessing is slowed, the second factor asked, and who is sent away is out at once. */
import type { Endpoint } from '@curbstop/kernel/endpoint'
import { sql } from 'kysely'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePassword } from '../../../../tools/sample-district/staff.ts'
import { endpoints, type House, openHouse } from '../../../../tools/testing/house.ts'

let house: House

beforeAll(async () => {
  house = await openHouse({ accounts: 8 })
})
afterAll(() => house.close())

const duty = (name: string): Endpoint => endpoints.find(e => e.duty === name)!.endpoint
let address = 0

/** A browser of its own, at an address of its own, with a jar for the cookie. */
function browser() {
  address += 1
  const remoteAddress = `10.1.0.${address}`
  let cookie = ''
  return {
    cookieLine: () => cookie,
    async send(name: string, body: unknown = {}) {
      const { method, path } = duty(name)
      const reply = await house.app.inject({
        method,
        url: `/api${path.replace(/:(\w+)/g, (_, key: string) => String((body as Record<string, unknown>)[key]))}`,
        remoteAddress,
        headers: { cookie, 'idempotency-key': `session-${name}-${Math.trunc(performance.now() * 1000)}` },
        ...(method === 'POST' ? { payload: body as object } : {}),
      })
      const set = reply.headers['set-cookie']
      if (set) cookie = String(set).split(';')[0]!
      return {
        status: reply.statusCode,
        body: reply.json() as Record<string, never>,
        setCookie: String(set ?? ''),
      }
    },
  }
}

const signIn = (login: string, more: object = {}) => ({ login, password: samplePassword, ...more })

test('the session travels in a cookie no script and no other site can read, and dies with the sign-out', async () => {
  const desk = browser()
  const { status, setCookie } = await desk.send('staff.signIn', signIn('mchen'))
  expect(status).toBe(200)
  expect(setCookie).toMatch(/^__Host-curbstop=[\w-]{43};/)
  for (const word of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(setCookie).toContain(word)
  const kept = desk.cookieLine()
  expect((await desk.send('staff.getMe')).status).toBe(200)
  await desk.send('staff.signOut')
  const { statusCode } = await house.app.inject({ url: '/api/staff/me', headers: { cookie: kept } })
  expect(statusCode).toBe(401)
})

test('a forged, cut or foreign cookie is nobody, not a fault', async () => {
  for (const cookie of [
    '__Host-curbstop=',
    '__Host-curbstop=short',
    `__Host-curbstop=${'A'.repeat(43)}`,
    '=;;=',
    'x',
  ]) {
    const { statusCode } = await house.app.inject({ url: '/api/staff/me', headers: { cookie } })
    expect(statusCode, cookie).toBe(401)
  }
})

test('a disabled person is out with the next click, on every machine', async () => {
  const [office, home, admin] = [browser(), browser(), browser()]
  await office.send('staff.signIn', signIn('kay'))
  await home.send('staff.signIn', signIn('kay'))
  await admin.send('staff.signIn', signIn('admin'))
  expect((await office.send('staff.getMe')).status).toBe(200)
  const sent = await admin.send('staff.disablePerson', { personId: '17', reason: 'Left the district' })
  expect(sent.status).toBe(200)
  for (const desk of [office, home]) expect((await desk.send('staff.getMe')).status).toBe(401)
  expect((await browser().send('staff.signIn', signIn('kay'))).status).toBe(401)
  await admin.send('staff.enablePerson', { personId: '17', reason: 'Came back after all' })
  expect((await office.send('staff.getMe')).status).toBe(401)
  expect((await browser().send('staff.signIn', signIn('kay'))).status).toBe(200)
})

test('a permission taken away counts from the next click on', async () => {
  const [desk, admin] = [browser(), browser()]
  await desk.send('staff.signIn', signIn('tomas'))
  await admin.send('staff.signIn', signIn('admin'))
  const looks = () => desk.send('policy.findRules', {})
  expect((await looks()).status).toBe(200)
  await sql`delete from staff.role_permission where permission = 'policy.see'
    and role in ('advisor', 'cashier', 'reception')`.execute(house.database.owner)
  expect((await looks()).status).toBe(403)
})

test('with a second factor the password alone opens nothing, and a code opens once', async () => {
  const desk = browser()
  await desk.send('staff.signIn', signIn('joel'))
  const { body } = await desk.send('staff.enrolSecondFactor', { password: samplePassword })
  const totp = new TOTP({ secret: body.secret })
  expect((await desk.send('staff.confirmSecondFactor', { code: totp.generate() })).status).toBe(200)
  const later = browser()
  const half = await later.send('staff.signIn', signIn('joel'))
  expect([half.status, half.body.outcome, half.setCookie]).toEqual([200, 'code-needed', ''])
  expect((await later.send('staff.getMe')).status).toBe(401)
  const next = totp.generate({ timestamp: Date.now() + 30_000 })
  expect((await later.send('staff.signIn', signIn('joel', { code: '000000' }))).status).toBe(401)
  expect((await later.send('staff.signIn', signIn('joel', { code: next }))).status).toBe(200)
  const again = browser()
  expect((await again.send('staff.signIn', signIn('joel', { code: next }))).status).toBe(401)
})

test('guessing is slowed down and says for how long; the person at their own desk is not locked out', async () => {
  const own = browser()
  await own.send('staff.signIn', signIn('ruth'))
  const guesser = browser()
  const tries = []
  for (let guess = 0; guess < 9; guess += 1)
    tries.push(await guesser.send('staff.signIn', { login: 'ruth', password: `guess ${guess}` }))
  expect(tries.slice(0, 5).map(t => t.status)).toEqual([401, 401, 401, 401, 401])
  const slowed = tries.at(-1)!
  expect(slowed.body.code).toBe('staff.slow-down')
  expect(slowed.body.message).toMatch(/\d+ seconds?/)
  expect((await guesser.send('staff.signIn', signIn('ruth'))).body.code).toBe('staff.slow-down')
  expect((await own.send('staff.signIn', signIn('ruth'))).status).toBe(200)
})

test('a login that exists and one that does not are refused in the same words', async () => {
  const [one, two] = [browser(), browser()]
  const wrong = await one.send('staff.signIn', { login: 'audit', password: 'not this one' })
  const unknown = await two.send('staff.signIn', { login: 'nobody.here', password: 'not this one' })
  expect([wrong.status, wrong.body.code, wrong.body.message]).toEqual([
    unknown.status,
    unknown.body.code,
    unknown.body.message,
  ])
})
