/** The server and its database are killed while people write. What was answered is there once; nothing is there twice. */
import { spawn, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withConnection } from '../server/src/platform/db/connection.ts'
import { attachEmbedded } from '../server/src/platform/db/embedded/start.ts'
import { readRuntime } from '../server/src/platform/runtime-file.ts'
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
    if (write.answer === null) await sleep(100)
  }
}

async function send(client: Client, write: Write): Promise<void> {
  const reply = await client.post(write.path, write.body, write.key)
  if (reply.status === 200) write.answer = reply.body
  else if (reply.status !== 0 && reply.status !== 503) unexpected.push(reply)
}

async function hammer(millis: number, meanwhile: () => Promise<void>): Promise<void> {
  let over = false
  const lines = clients.map((client, who) => work(client, who, () => over))
  await sleep(millis)
  await meanwhile()
  await sleep(millis)
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
async function checkRetries(): Promise<void> {
  const sample = writes.filter((write, at) => write.answer === null || at % 7 === 0)
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
}

function checkBooks(): void {
  expect(curbstop('verify')).toMatchObject({ code: 0 })
  expect(curbstop('audit', 'verify')).toMatchObject({ code: 0 })
}

async function untilReady(url: string): Promise<number> {
  const started = performance.now()
  while (performance.now() - started < 60_000) {
    if (await isReady(url)) return performance.now() - started
    await sleep(50)
  }
  return Number.POSITIVE_INFINITY
}

describe('the server is killed while five people write', () => {
  test('it is ready again in time, and every answered contact, task and read is there exactly once', async () => {
    await hammer(1_500, async () => {
      for (let round = 0; round < 2; round += 1) {
        await server.stop('SIGKILL')
        const died = performance.now()
        server = await startServer({ dataDir, accounts: 150 })
        expect(performance.now() - died).toBeLessThan(readyWithin)
        await sleep(700)
      }
    })
    await checkNothingLost()
    await checkRetries()
  })

  test('the books and the seals of the audit trail hold', checkBooks)
})

describe('PostgreSQL is killed while five people write', () => {
  test('people read a sentence, it comes back by itself, and nothing answered is lost', async () => {
    writes.length = 0
    const seen: Reply[] = []
    await hammer(1_500, async () => {
      for (let round = 0; round < 2; round += 1) {
        process.kill(readRuntime(dataDir)!.postgres!.pid, 'SIGKILL')
        seen.push(await clients[0]!.get('/desk/counts'))
        expect(await untilReady(server.url)).toBeLessThan(readyWithin)
        await sleep(700)
      }
    })
    for (const { status, body } of seen)
      if (status !== 200) expect([status, body.code]).toEqual([503, 'platform.busy'])
    await checkNothingLost()
    await checkRetries()
  })

  test('the books and the seals of the audit trail hold', checkBooks)
})

describe('the power goes while the first district is being made', () => {
  const folder = temporaryDataDir()
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('the next start begins anew and ends whole, not with half a district', async () => {
    const options = { dataDir: folder, accounts: 900 }
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

  async function cutOffWhileMaking(dataDir: string): Promise<void> {
    const child = spawn(process.execPath, [join(root, 'server', 'src', 'main.ts')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: '0',
        METRICS_PORT: '0',
        SAMPLE_ACCOUNTS: '900',
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
    await sleep(1_500)
    const postmaster = readRuntime(dataDir)?.postgres?.pid
    child.kill('SIGKILL')
    if (postmaster) process.kill(postmaster, 'SIGKILL')
    await sleep(300)
  }
})
