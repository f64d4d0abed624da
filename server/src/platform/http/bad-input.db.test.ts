/** Whatever is typed, pasted, forged or sent twice: a sentence comes back, and nothing is changed. */
import { localDateAt } from '@curbstop/kernel/dates'
import type { Endpoint } from '@curbstop/kernel/endpoint'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Fingerprint, fingerprint } from '../../../../tools/testing/fingerprint.ts'
import { endpoints, type House, openHouse, type Reply } from '../../../../tools/testing/house.ts'
import { type Known, knownIds, spoiledInputs, validInputs } from '../../../../tools/testing/inputs.ts'
import { modules } from '../../app.ts'

const seed = Number(process.env.SEED ?? 20_261_123)
const runs = Number(process.env.RUNS ?? 16)
/** More runs take longer; a run that hangs is still found. */
const patience = 240_000 * Math.max(1, runs / 16)
let house: House
let known: Known

beforeAll(async () => {
  house = await openHouse()
  known = await knownIds(house.database)
})
afterAll(() => house.close())

/** What would end this test's own sign-in, or that of everybody. */
const aside = new Set(['staff.signOut'])
const tried = endpoints.filter(({ duty }) => !aside.has(duty))
const endpointOf = (duty: string): Endpoint => endpoints.find(e => e.duty === duty)!.endpoint
const refusedSlowly = (reply: Reply) => reply.body.code === 'staff.slow-down'

/** A refusal is a code and a sentence; it gives away nothing of the machine inside. */
function faultOfRefusal({ status, body, text }: Reply): string | null {
  if (status >= 500) return `a fault`
  if (!/^[a-z]+\.[a-z0-9-]+$/.test(body.code ?? '')) return `no code in ${text.slice(0, 100)}`
  if (!/^.{8,}$/su.test(body.message ?? '')) return `no sentence in ${text.slice(0, 200)}`
  if (/\{\w+\}/.test((body.message ?? '').replace(/'[^']*'|“[^”]*”/g, '')))
    return `an empty place in ${body.message}`
  if (/node_modules|\bat \w+ \(|select |insert into/i.test(text))
    return `the inside shows in ${text.slice(0, 200)}`
  if (text.length > 20_000) return `${text.length} characters of answer`
  return null
}

function difference(before: Fingerprint, after: Fingerprint): string[] {
  return Object.keys(after).filter(table => after[table] !== before[table])
}

describe('generated bad input', () => {
  test(
    'never becomes a fault, always a sentence, and a refused command changes nothing',
    async () => {
      const wrong: string[] = []
      for (const { duty, endpoint } of tried) {
        let before = await fingerprint(house.database)
        for (const input of fc.sample(spoiledInputs(endpoint, known), { seed, numRuns: runs })) {
          const reply = await house.ask('everything', endpoint, input)
          if (reply.status < 400) {
            if (endpoint.method === 'POST' && !endpoint.asks) before = await fingerprint(house.database)
            continue
          }
          const fault = refusedSlowly(reply) ? null : faultOfRefusal(reply)
          if (fault) wrong.push(`${duty}: ${fault} ${house.faultOf(reply)} FROM ${shorten(input)}`)
        }
        const changed = difference(before, await fingerprint(house.database))
        if (changed.length > 0) wrong.push(`${duty}: refused, and yet ${changed.join()} changed`)
      }
      expect(wrong).toEqual([])
    },
    patience,
  )

  test(
    'commands that are shaped well but make no sense are refused whole',
    async () => {
      const wrong: string[] = []
      for (const { duty, endpoint } of tried.filter(({ endpoint }) => endpoint.method === 'POST')) {
        let before = await fingerprint(house.database)
        for (const input of fc.sample(validInputs(endpoint, known), { seed: seed + 1, numRuns: runs })) {
          const reply = await house.ask('everything', endpoint, input)
          const fault = reply.status < 400 || refusedSlowly(reply) ? null : faultOfRefusal(reply)
          if (fault) wrong.push(`${duty}: ${fault} ${house.faultOf(reply)} FROM ${shorten(input)}`)
          if (reply.status < 400) before = await fingerprint(house.database)
        }
        const changed = difference(before, await fingerprint(house.database))
        if (changed.length > 0) wrong.push(`${duty}: refused, and yet ${changed.join()} changed`)
      }
      expect(wrong).toEqual([])
    },
    patience,
  )

  test(
    'what a rehearsal shows is never kept',
    async () => {
      const before = await fingerprint(house.database)
      const wrong: string[] = []
      for (const { duty, endpoint } of tried.filter(({ endpoint }) => endpoint.rehearsable)) {
        for (const input of fc.sample(validInputs(endpoint, known), { seed, numRuns: runs })) {
          const reply = await house.ask('everything', endpoint, input, { 'x-rehearse': '1' })
          if (reply.status >= 500) wrong.push(`${duty}: ${house.faultOf(reply)} FROM ${shorten(input)}`)
        }
      }
      expect(wrong).toEqual([])
      expect(difference(before, await fingerprint(house.database))).toEqual([])
    },
    patience,
  )
})

const shorten = (input: unknown) =>
  JSON.stringify(input)
    ?.replace(/x{50,}/g, 'xxx…')
    .slice(0, 500)

describe('the envelope', () => {
  const post = (payload: string, headers: Record<string, string> = {}, url = '/api/desk/tasks') =>
    house.app.inject({
      method: 'POST',
      url,
      payload,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `envelope-${payload.length}-${Math.trunc(performance.now() * 1000)}`,
        ...house.cookieOf('advisor'),
        ...headers,
      },
    })

  test.each([
    ['no JSON', '{"accountId": '],
    ['a poisoned prototype', '{"__proto__": {"isAdmin": true}}'],
    ['a poisoned constructor', '{"constructor": {"prototype": {"isAdmin": true}}}'],
    ['an empty body', ''],
    ['a list', '[]'],
    ['a word', '"task"'],
    ['nothing', 'null'],
    ['very deep brackets', '['.repeat(50_000) + ']'.repeat(50_000)],
  ])('%s is refused with a sentence', async (_, payload) => {
    const before = await fingerprint(house.database)
    const reply = await post(payload)
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ code: expect.any(String), message: expect.stringMatching(/\w{3,}/) })
    expect(difference(before, await fingerprint(house.database))).toEqual([])
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
  })

  test('more than a megabyte is refused before it is read', async () => {
    const reply = await post(JSON.stringify({ note: 'x'.repeat(1_100_000) }))
    expect(reply.statusCode).toBe(413)
    expect(reply.json()).toMatchObject({ code: 'platform.too-large' })
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a form of another page (%s) is refused',
    async type => {
      const reply = await post('a=b', { 'content-type': type })
      expect(reply.statusCode).toBe(400)
      expect(reply.json()).toMatchObject({ code: 'platform.not-json' })
    },
  )

  test.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('another site cannot act in the name of staff (%o)', async headers => {
    const reply = await post('{}', headers)
    expect(reply.statusCode).toBe(403)
    expect(reply.json()).toMatchObject({ code: 'platform.foreign-origin' })
  })

  test('an address nobody serves is a sentence too', async () => {
    for (const url of [
      '/api/nothing',
      '/api/accounts/%ff/card',
      '/api/accounts/..%2f..%2fetc/card',
      '/api/%00',
    ]) {
      const reply = await house.app.inject({ url, headers: house.cookieOf('advisor') })
      expect(reply.statusCode, url).toBeLessThan(500)
      expect(reply.statusCode, url).toBeGreaterThanOrEqual(400)
      expect(reply.json(), url).toMatchObject({ code: expect.any(String), message: expect.any(String) })
    }
  })

  test('every answer of the interface is kept out of caches and sniffers', async () => {
    const reply = await house.app.inject({ url: '/api/staff/me', headers: house.cookieOf('advisor') })
    expect(reply.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("script-src 'self'"),
    })
  })
})

describe('a second click', () => {
  const task = (title: string) => ({
    to: { queue: 'billing' },
    title,
    dueOn: localDateAt(new Date(), 'America/Los_Angeles'),
  })
  const countOf = async (title: string) => {
    const { rows } = await sql<{
      n: bigint
    }>`select count(*) n from desk.task where title = ${title}`.execute(house.database.owner)
    return Number(rows[0]!.n)
  }

  test('with the same key has one effect and the same answer, also when both arrive at once', async () => {
    const headers = { 'idempotency-key': 'second-click-1' }
    const send = () => house.ask('advisor', endpointOf('desk.createTask'), task('Call back once'), headers)
    const first = await send()
    expect(first.status, first.text).toBe(200)
    const again = await Promise.all([send(), send(), send()])
    for (const reply of again) expect(reply.body).toEqual(first.body)
    expect(await countOf('Call back once')).toBe(1)
    const race = { 'idempotency-key': 'second-click-2' }
    const both = await Promise.all(
      [1, 2, 3, 4].map(() => house.ask('advisor', endpointOf('desk.createTask'), task('Race'), race)),
    )
    expect(both.every(reply => reply.status === 200 || reply.status === 409)).toBe(true)
    expect(await countOf('Race')).toBe(1)
  })

  test('with the key of another request is refused, and with no key too', async () => {
    const headers = { 'idempotency-key': 'second-click-3' }
    const duty = endpointOf('desk.createTask')
    expect((await house.ask('advisor', duty, task('First of the key'), headers)).status).toBe(200)
    const other = await house.ask('advisor', duty, task('Other words'), headers)
    expect([other.status, other.body.code]).toEqual([422, 'platform.key-reused'])
    const none = await house.ask('advisor', duty, task('No key'), { 'idempotency-key': '' })
    expect([none.status, none.body.code]).toEqual([400, 'platform.key-missing'])
    expect(await countOf('Other words')).toBe(0)
  })

  test('by another person with the same key is that person’s own', async () => {
    const headers = { 'idempotency-key': 'second-click-4' }
    const duty = endpointOf('desk.createTask')
    await house.ask('advisor', duty, task('Two people'), headers)
    await house.ask('senior', duty, task('Two people'), headers)
    expect(await countOf('Two people')).toBe(2)
  })
})

describe('the log', () => {
  const canaries = ['Quaxelbee', '6195557731', '555-7731', 'quaxelbee@example.net']
  const says = 'Zuleika Quaxelbee +16195557731 (619) 555-7731 quaxelbee@example.net'

  test('never holds a name, a phone or an address, whatever field it was typed into', async () => {
    house.logged.length = 0
    for (const { endpoint } of tried) {
      for (const input of fc.sample(validInputs(endpoint, known), { seed: seed + 2, numRuns: 2 })) {
        await house.ask('everything', endpoint, planted(input))
        await house.ask('everything', endpoint, { ...(input as object), [says]: says })
      }
    }
    await house.app.inject({
      url: `/api/accounts/search?q=${encodeURIComponent(says)}`, // an old bookmark
      headers: { referer: says },
    })
    await house.app.inject({ url: `/${encodeURIComponent(says)}`, headers: { 'user-agent': says } })
    expect(house.logged.length).toBeGreaterThan(300)
    expect(house.logged.filter(line => canaries.some(canary => line.includes(canary))).slice(0, 3)).toEqual(
      [],
    )
  })

  function planted(value: unknown): unknown {
    if (typeof value === 'string') return /^[\d-]+$|^[a-z-]+$/.test(value) ? value : says
    if (Array.isArray(value)) return value.map(planted)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, planted(part)]))
  }
})

test('the walk has been everywhere: every module of the house', () => {
  const seen = new Set(tried.map(({ duty }) => duty.split('.')[0]))
  expect(modules.filter(({ name, contract }) => Object.keys(contract).length > 0 && !seen.has(name))).toEqual(
    [],
  )
})
