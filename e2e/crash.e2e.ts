/**
 * The server and its database are killed while people write. What was answered is there once; nothing is there twice.
 * `KILLS=40 SEED=7 npm test -- --only e2e` kills more often and at other moments.
 */
import { spawn, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withConnection } from '../server/src/platform/db/connection.ts'
import { attachEmbedded } from '../server/src/platform/db/embedded/start.ts'
import { readRuntime } from '../server/src/platform/runtime-file.ts'
import { randomFor } from '../tools/sample-district/random.ts'
import { isReady, type ServerProcess, startServer, temporaryDataDir } from '../tools/testing/server.ts'
import { type Client, type Reply, signedIn } from './client.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const readyWithin = 15_000

/** One write: what was sent under which key, and what came back. `null`: no answer, so nobody knows. */
type Write = {
  readonly path: string
  readonly body: Record<string, unknown>
  readonly key: string
  /** What to look for in the database. */
  readonly mark: string
  answer: Record<string, unknown> | null
}

const dataDir = temporaryDataDir()
let server: ServerProcess
let clients: Client[]
const writes: Write[] = []
let begun = 0
/** Meters that were not read today, each with a figure a little above its last one. */
let meters: { id: string; value: string }[] = []
const unexpected: Reply[] = []

beforeAll(async () => {
  server = await startServer({ dataDir, accounts: 150 })
  meters = await unreadMeters()
  clients = await Promise.all(
    ['ines', 'mchen', 'tomas', 'ruth', 'dana'].map(login => signedIn(() => server.url, login)),
  )
})
afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

function curbstop(...args: string[]): { code: number | null; says: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'server', 'src', 'cli', 'curbstop.ts'), ...args],
    { cwd: root, encoding: 'utf8', env: { ...process.env, DATA_DIR: dataDir } },
  )
  return { code: status, says: `${stdout}${stderr}` }
}

async function rowsOf<T>(sql: string): Promise<T[]> {
  const target = attachEmbedded(dataDir)
  if (!target) throw new Error('the database does not run')
  return withConnection(target, null, async client => (await client.query(sql)).rows as T[])
}

const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date())

const unreadMeters = () =>
  rowsOf<{ id: string; value: string }>(`
    select r.meter_id::text as id, (max(r.value) + 2)::text as value
    from metering.read r join metering.installation i on i.meter_id = r.meter_id and upper(i.installed) is null
    group by 1 having max(r.read_on) < current_date - 2 and count(*) filter (where r.passed_zero) = 0 order by 1`)

function nextWrite(turn: number, who: number): Write {
  begun += 1
  const mark = `crash ${who} ${begun}`
  const meter = turn % 4 === 3 ? meters.pop() : undefined
  const kinds: readonly [path: string, body: Record<string, unknown>][] = [
    ['/contacts/start', { channel: 'phone', callerName: mark }],
    ['/desk/questions', { question: mark, dueOn: today() }],
    ['/desk/tasks', { title: mark, to: { queue: 'advisors' }, dueOn: today() }],
  ]
  const [path, body] = meter
    ? [
        `/metering/meters/${meter.id}/reads`,
        { readOn: today(), values: [{ registerNo: 1, value: meter.value }], note: mark },
      ]
    : kinds[turn % 3]!
  return { path, body, key: crypto.randomUUID(), mark, answer: null }
}

/** Contacts, questions, tasks and reads, one after the other, until told to stop. */
async function work(client: Client, who: number, isOver: () => boolean): Promise<void> {
  for (let turn = 0; !isOver(); turn += 1) {
    const write = nextWrite(turn, who)
    writes.push(write)
    await send(client, write)
    if (write.answer === null) await sleep(400) // a person reads the sentence before trying again
  }
}

async function send(client: Client, write: Write): Promise<void> {
  const reply = await client.post(write.path, write.body, write.key)
  if (reply.status === 200) write.answer = reply.body
  else if (reply.status !== 0 && reply.status !== 503) unexpected.push(reply)
}

type Kill = 'server' | 'postmaster' | 'backend' | 'both'
const kinds: readonly Kill[] = ['server', 'postmaster', 'backend', 'both']
const kills = Number(process.env.KILLS ?? 8)
const seed = Number(process.env.SEED ?? 20_261_123)
/** The same seed kills at the same moments again; every kind comes equally often. */
const random = randomFor(seed, 'crash')
const plan = Array.from({ length: kills }, (_, at) => ({
  kind: kinds[at % kinds.length]!,
  afterMillis: random.int(60, 1_600),
}))

const postmaster = (): number => readRuntime(dataDir)!.postgres!.pid

async function someBackend(): Promise<number> {
  const found = await rowsOf<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'curbstop-counter' order by state <> 'active', pid`,
  )
  return found[0]!.pid
}

/** Ends it without a word; a dead server is started again as whoever watches over it would. */
async function kill(kind: Kill): Promise<number> {
  const victim = kind === 'backend' ? await someBackend() : postmaster()
  const died = performance.now()
  if (kind !== 'server') process.kill(victim, 'SIGKILL')
  if (kind === 'server' || kind === 'both') {
    await server.stop('SIGKILL')
    server = await startServer({ dataDir, accounts: 150 })
  } else {
    await untilNotReady(died)
    await untilReady(died)
  }
  return performance.now() - died
}

/** Five people work on while `meanwhile` happens, and a little longer. */
async function hammer(meanwhile: () => Promise<void>): Promise<void> {
  let over = false
  const lines = clients.map((client, who) => work(client, who, () => over))
  await sleep(1_000)
  await meanwhile()
  await sleep(1_000)
  over = true
  await Promise.all(lines)
}

async function counted(): Promise<Map<string, number>> {
  const rows = await rowsOf<{ mark: string; n: bigint }>(`
    select mark, count(*) n from (
      select title mark from desk.task union all select caller_name from contacts.contact
      union all select note from metering.read) written
    where mark like 'crash %' group by 1`)
  return new Map(rows.map(row => [row.mark, Number(row.n)]))
}

/** Before any retry: what was answered is there once, what was not answered at most once. */
async function checkNothingLost(): Promise<void> {
  expect(unexpected, server.output()).toEqual([])
  const there = await counted()
  const wrong = writes.filter(({ mark, answer }) => {
    const n = there.get(mark) ?? 0
    return answer ? n !== 1 : n > 1
  })
  expect(wrong).toEqual([])
  expect(writes.filter(write => write.answer).length).toBeGreaterThan(30)
}

/** The same key again gives the first answer, or makes good what was lost on the way; never a second effect. */
async function checkRetries(): Promise<number> {
  const every = Math.ceil(writes.length / 150)
  const sample = writes.filter((write, at) => write.answer === null || at % every === 0)
  for (const write of sample) {
    const before = write.answer
    const client = clients[Number(write.mark.split(' ')[1])]!
    const reply = await client.post(write.path, write.body, write.key)
    expect(reply.status, JSON.stringify(reply.body)).toBe(200)
    if (before) expect(reply.body).toEqual(before)
    write.answer = reply.body
  }
  const there = await counted()
  expect(writes.filter(({ mark }) => there.get(mark) !== 1)).toEqual([])
  return sample.length
}

/** A seal is refused by nothing but an older one that covers all there is. */
const seal = () => rowsOf('select audit.seal_now()')

async function untilNotReady(since: number): Promise<void> {
  while (performance.now() - since < 3_000 && (await isReady(server.url))) await sleep(20)
}

async function untilReady(since: number): Promise<void> {
  while (performance.now() - since < 60_000 && !(await isReady(server.url))) await sleep(50)
}

describe(`the server, PostgreSQL, one of its connections, or all die ${kills} times while five people write`, () => {
  const back: { kind: Kill; millis: number }[] = []

  test(
    'each time it is ready again within 15 s, and what was said meanwhile was a sentence',
    async () => {
      await hammer(async () => {
        for (const { kind, afterMillis } of plan) {
          await sleep(afterMillis)
          back.push({ kind, millis: Math.round(await kill(kind)) })
          await seal()
        }
      })
      console.info(back.map(({ kind, millis }) => `${kind} ${millis} ms`).join(', '))
      expect(back.filter(({ millis }) => millis >= readyWithin)).toEqual([])
      expect(unexpected, server.output()).toEqual([])
    },
    60_000 + kills * 20_000,
  )

  test(
    'every answered contact, task and read is there exactly once, and asked again gives its first answer',
    async () => {
      const answered = writes.filter(write => write.answer).length
      await checkNothingLost()
      const again = await checkRetries()
      console.info(`${writes.length} writes, ${answered} answered, ${again} asked again under their keys`)
    },
    60_000 + kills * 5_000,
  )

  test('the books hold, and the audit trail is sealed without a gap', async () => {
    expect(curbstop('verify')).toMatchObject({ code: 0 })
    await seal()
    const { code, says } = curbstop('audit', 'verify', '--json')
    expect(code, says).toBe(0)
    const { seals, entries } = JSON.parse(says) as { seals: number; entries: string }
    expect(seals).toBeGreaterThanOrEqual(Math.min(kills, 4))
    expect(Number(entries)).toBeGreaterThan(30)
  })

  test('an entry changed by whoever owns the database is found by the command, with its seal', async () => {
    const [row] = await rowsOf<{ id: bigint }>(`
      select entry_id id from audit.entry where xid < (select upto_xid from audit.seal where seal_no = 2) order by 1 desc limit 1`)
    await rowsOf(`set session_replication_role = replica;
      update audit.entry set reason = 'as if nothing had been' where entry_id = ${row!.id}`)
    const { code, says } = curbstop('audit', 'verify', '--json')
    expect(code).toBe(1)
    const found = JSON.parse(says) as { seal: string; why: string; firstEntry: string; lastEntry: string }
    expect(found).toMatchObject({ seal: '2', why: 'an entry under it was changed' })
    expect(BigInt(found.firstEntry) <= row!.id && row!.id <= BigInt(found.lastEntry)).toBe(true)
  })
})

describe('the power goes while the first district is being made', () => {
  const folder = temporaryDataDir()
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('the next start begins anew and ends whole, not with half a district', async () => {
    const options = { dataDir: folder, accounts: 600 }
    await cutOffWhileMaking(folder)
    const again = await startServer(options)
    expect(again.output()).toContain('cut off')
    const person = await signedIn(() => again.url, 'mchen')
    const { body } = await person.post('/accounts/search', { q: 'ana ruiz' })
    expect((body.hits as unknown[]).length).toBeGreaterThan(0)
    await again.stop()
    const verified = spawnSync(
      process.execPath,
      [join(root, 'server', 'src', 'cli', 'curbstop.ts'), 'verify'],
      {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, DATA_DIR: folder },
      },
    )
    expect(verified.stdout + verified.stderr).not.toMatch(/wrong/i)
    expect(verified.status).toBe(0)
  })

  test('a later start takes seconds, says in runtime.json who runs where, and an orderly end leaves none', async () => {
    const started = performance.now()
    const later = await startServer({ dataDir: folder })
    expect(performance.now() - started).toBeLessThan(10_000)
    const runtime = readRuntime(folder)!
    expect(runtime).toMatchObject({
      serverPid: later.process.pid,
      port: Number(new URL(later.url).port),
      metricsPort: expect.any(Number),
      version: expect.stringMatching(/^\d+\.\d+/),
      startedAt: expect.stringMatching(/^20\d\d-/),
      postgres: { pid: expect.any(Number), socket: expect.any(String), adopted: false },
    })
    const figures = await fetch(`http://127.0.0.1:${runtime.metricsPort}/metrics`)
    expect(await figures.text()).toContain('# TYPE')
    expect(later.output()).not.toContain('Making the sample district')
    await later.stop()
    expect(readRuntime(folder)).toBeNull()
  })

  async function cutOffWhileMaking(dataDir: string): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'server', 'src', 'main.ts')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: '0',
        METRICS_PORT: '0',
        SAMPLE_ACCOUNTS: '600',
        LOG_LEVEL: 'error',
      },
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    while (!said.includes('Making the sample district')) {
      if (child.exitCode !== null) throw new Error(said)
      await sleep(50)
    }
    await sleep(1_200)
    const postmaster = readRuntime(dataDir)?.postgres?.pid
    child.kill('SIGKILL')
    if (postmaster) process.kill(postmaster, 'SIGKILL')
    await sleep(300)
  }
})
