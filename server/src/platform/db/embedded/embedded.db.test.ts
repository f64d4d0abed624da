import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readRuntime } from '../../runtime-file.ts'
import { DatabaseRefusal, withConnection } from '../connection.ts'
import { isUnavailable, openPools } from '../pools.ts'
import { canReach } from './account.ts'
import { isAlive, rotateLog } from './postmaster.ts'
import { attachEmbedded, type Embedded, startEmbedded } from './start.ts'

const here = fileURLToPath(new URL('./start.ts', import.meta.url))
const isRoot = process.getuid?.() === 0
const said: string[] = []
const note = (facts: Record<string, unknown>, message: string) => {
  said.push(`${message} ${JSON.stringify(facts)}`)
}
const log = { info: note, warn: note, error: note }

let base: string
let dataDir: string
let open: Embedded[]

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'cs-'))
  chmodSync(base, 0o755)
  dataDir = join(base, 'data')
  open = []
  said.length = 0
})
afterEach(async () => {
  for (const server of open) await server.stop()
  rmSync(base, { recursive: true, force: true })
})

async function start(folder = dataDir): Promise<Embedded> {
  const server = await startEmbedded({ dataDir: folder, log })
  open.push(server)
  return server
}

const refusalOf = (work: Promise<unknown>): Promise<DatabaseRefusal> =>
  work.then(
    () => {
      throw new Error('nothing was refused')
    },
    error => {
      if (error instanceof DatabaseRefusal) return error
      throw error
    },
  )
const rows = (server: Embedded, text: string) =>
  withConnection(
    server.connection(),
    null,
    async client => (await client.query(text)).rows as Record<string, unknown>[],
  )

/** A server process that writes numbers and prints each one the database has acknowledged. */
const writer = (folder: string) => `
  const { startEmbedded } = await import(${JSON.stringify(here)})
  const { withConnection } = await import(${JSON.stringify(join(here, '../../connection.ts'))})
  const log = { info() {}, warn() {}, error() {} }
  const server = await startEmbedded({ dataDir: ${JSON.stringify(folder)}, log })
  console.log('pid ' + server.pid())
  await withConnection(server.connection(), null, async client => {
    await client.query('create table if not exists paid (n bigint primary key)')
    for (let n = 1; ; n++) {
      await client.query('insert into paid values ($1)', [n])
      console.log('paid ' + n)
    }
  })`

type Writer = {
  readonly process: ChildProcess
  lines(): string[]
  until(found: (line: string) => boolean): Promise<void>
}

function runWriter(folder: string, as: { uid?: number; gid?: number } = {}): Writer {
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...as,
  })
  let text = ''
  child.stdout?.on('data', data => {
    text += data
  })
  const lines = () => text.split('\n').slice(0, -1) // the last one may be half a line
  return {
    process: child,
    lines,
    async until(found) {
      while (!lines().some(found)) {
        if (child.exitCode !== null) throw new Error(`the writer ended: ${text}`)
        await sleep(20)
      }
    },
  }
}

const lastPaid = (lines: string[]): number =>
  Math.max(0, ...lines.filter(line => line.startsWith('paid ')).map(line => Number(line.slice(5))))
const pidOf = (lines: string[]): number => Number(lines.find(line => line.startsWith('pid '))?.slice(4))
const many = (line: string) => line === 'paid 100'

test('a first start makes a private, checksummed, scram-only database and a second one finds it again', async () => {
  const server = await start()
  const [facts] = await rows(
    server,
    `select current_setting('listen_addresses') as listen, current_setting('data_checksums') as checksums,
      current_setting('fsync') as fsync, current_setting('password_encryption') as passwords,
      (select string_agg(distinct auth_method, ',') from pg_hba_file_rules) as auth,
      (select datlocprovider::text || ' ' || datlocale || ' ' || datctype from pg_database where datname = 'curbstop') as locale,
      pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'curbstop'`,
  )
  expect(facts).toMatchObject({ listen: '', checksums: 'on', fsync: 'on', encoding: 'UTF8' })
  expect(facts).toMatchObject({ passwords: 'scram-sha-256', auth: 'scram-sha-256' })
  expect(facts?.locale).toMatch(/^b C\.UTF-8 /)
  for (const secret of ['postgres.password', 'postgres.log', 'runtime.json']) {
    expect(statSync(join(dataDir, secret)).mode & 0o077, secret).toBe(0)
  }
  const { host } = server.connection()
  expect(statSync(host).mode & 0o777).toBe(0o700)
  expect(existsSync(join(host, 'initial-password'))).toBe(false)
  expect(readRuntime(dataDir)).toMatchObject({
    serverPid: process.pid,
    postgres: { pid: server.pid(), socket: host },
  })
  expect(attachEmbedded(dataDir)).toEqual(server.connection())
  const guess = { ...server.connection(), password: 'guess' }
  await expect(withConnection(guess, null, client => client.query('select 1'))).rejects.toMatchObject({
    code: '28P01',
  })
  await rows(server, 'create table kept (n bigint)')
  const password = server.connection().password
  await server.stop()
  expect(attachEmbedded(dataDir)).toBeNull()
  const again = await start()
  expect(again.connection().password).toBe(password)
  expect(await rows(again, 'select * from kept')).toEqual([])
})

test('PostgreSQL killed: callers are told it is busy, it is back within 15 s, and nothing acknowledged is lost', async () => {
  const server = await start()
  await rows(server, 'create role curbstop_app nologin; create table paid (n bigint primary key)')
  await rows(server, 'grant insert, select on paid to curbstop_app')
  const pools = await openPools(server.connection())
  let restarts = 0
  server.onRestart(() => {
    restarts++
  })
  let acknowledged = 0
  const errors: unknown[] = []
  const writing = (async () => {
    for (let n = 1; restarts === 0; ) {
      try {
        await pools.counter.pool.query('insert into paid values ($1) on conflict do nothing', [n])
        acknowledged = n++ // a failed one is tried again under the same number
      } catch (error) {
        errors.push(error)
        await sleep(20)
      }
    }
  })()
  while (acknowledged < 100) await sleep(5)
  const dead = server.pid()
  const killed = performance.now()
  process.kill(dead, 'SIGKILL')
  while (restarts === 0) await sleep(10)
  const outage = performance.now() - killed
  await writing
  expect(outage).toBeLessThan(15_000)
  console.info(`PostgreSQL was back after ${Math.round(outage)} ms`)
  expect(server.pid()).not.toBe(dead)
  expect(server.isUp()).toBe(true)
  expect(errors.length).toBeGreaterThan(0)
  expect(errors.filter(error => !isUnavailable(error)).map(String)).toEqual([])
  const { rows: found } = await pools.counter.pool.query('select count(*) as n from paid where n <= $1', [
    acknowledged,
  ])
  expect(found[0].n).toBe(BigInt(acknowledged))
  expect(readRuntime(dataDir)?.postgres?.pid).toBe(server.pid())
  await pools.close()
})

test('the server killed: PostgreSQL goes on, the next start adopts it, and every acknowledged row is there', async () => {
  const first = runWriter(dataDir)
  await first.until(many)
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')
  const orphan = pidOf(first.lines())
  expect(isAlive(orphan)).toBe(true)
  const server = await start()
  expect(server.adopted).toBe(true)
  expect(server.pid()).toBe(orphan)
  const [found] = await rows(server, 'select max(n) as last, count(*) as n from paid')
  expect(Number(found?.last)).toBeGreaterThanOrEqual(lastPaid(first.lines()))
  expect(found?.n).toBe(found?.last)
  const back = new Promise<void>(resolve => server.onRestart(resolve))
  process.kill(orphan, 'SIGKILL') // an adopted one is watched too
  await back
  expect(server.pid()).not.toBe(orphan)
  expect(await rows(server, 'select max(n) as last from paid')).toEqual([{ last: found?.last }])
})

test('everything killed at once: the next start recovers what was acknowledged', async () => {
  const first = runWriter(dataDir)
  await first.until(many)
  process.kill(pidOf(first.lines()), 'SIGKILL')
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')
  const killed = performance.now()
  const server = await start()
  console.info(`recovered after ${Math.round(performance.now() - killed)} ms`)
  expect(server.adopted).toBe(false)
  const [found] = await rows(server, 'select max(n) as last, count(*) as n from paid')
  expect(Number(found?.last)).toBeGreaterThanOrEqual(lastPaid(first.lines()))
  expect(found?.n).toBe(found?.last)
})

test('two servers never share one folder; the lock of a dead one is taken over', async () => {
  const server = await start()
  const refusal = await refusalOf(startEmbedded({ dataDir, log }))
  expect(refusal.code).toBe('embedded.in-use')
  expect(refusal.message).toContain(`process ${process.pid}`)
  await server.stop()
  writeFileSync(join(dataDir, 'server.lock'), JSON.stringify({ pid: 1, born: 'another boot' }))
  const next = await start()
  await next.stop()
  writeFileSync(join(dataDir, 'server.lock'), 'torn')
  await start()
})

test('a folder of another PostgreSQL version is refused and left as it is', async () => {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  for (const [version, word] of [
    ['19', 'newer'],
    ['15', 'older'],
  ]) {
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), `${version}\n`)
    const refusal = await refusalOf(startEmbedded({ dataDir, log }))
    expect(refusal.code).toBe('embedded.other-version')
    expect(refusal.message).toContain(`PostgreSQL ${version}, which is ${word} than the 18`)
    expect(readFileSync(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).toBe(`${version}\n`)
  }
})

test('a folder that holds something else, or lost its password, is refused with a sentence', async () => {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  expect((await refusalOf(startEmbedded({ dataDir, log }))).message).toContain('holds no database')
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '18\n')
  expect((await refusalOf(startEmbedded({ dataDir, log }))).message).toContain('password file')
})

test('a path too long for a socket works all the same', async () => {
  const long = join(base, 'a-long-name-'.repeat(8), 'and-another-one'.repeat(3))
  const server = await start(long)
  expect(Buffer.byteLength(server.connection().host)).toBeLessThan(90)
  expect(statSync(server.connection().host).mode & 0o777).toBe(0o700)
  expect(await rows(server, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
  rmSync(server.connection().host, { recursive: true })
})

test('PostgreSQL ends in order when we say so, with work still open, and not at the Ctrl-C of a terminal', async () => {
  const server = await start()
  const pid = server.pid()
  const group = execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' })
  expect(Number(group)).toBe(pid)
  const held = withConnection(server.connection(), null, async client => {
    await client.query('begin')
    await client.query('select pg_sleep(60)')
  })
  const ending = expect(held).rejects.toThrow()
  const logFile = join(dataDir, 'postgres.log')
  const layout = { user: null, cluster: '', socket: '', passwordFile: '', port: 0, logFile }
  expect(rotateLog(layout, 10)).toBe(true) // the log is cut while PostgreSQL writes it
  expect(readFileSync(`${logFile}.1`, 'utf8')).toContain('ready to accept connections')
  await sleep(100)
  await Promise.all([server.stop(), server.stop(), ending])
  expect(isAlive(pid)).toBe(false)
  expect(readFileSync(logFile, 'utf8')).toMatch(/^\d{4}-.*database system is shut down/s) // no hole at its start
  expect(rotateLog(layout)).toBe(false)
})

test('as root, PostgreSQL runs as somebody else, also out of a folder closed to everybody', async () => {
  if (!isRoot) return console.warn('not root: PostgreSQL runs as this user; nothing to try')
  const server = await start()
  expect(ownerOf(server.pid())).not.toBe(0)
  expect(statSync(join(dataDir, 'postgres')).uid).toBe(ownerOf(server.pid()))
  await server.stop()

  const closed = join(base, 'home')
  mkdirSync(closed, { mode: 0o700 })
  const hidden = await start(join(closed, 'data'))
  const home = readFileSync(join(closed, 'data', 'postgres.location'), 'utf8').trim()
  try {
    expect(home).toMatch(/^\/var\/lib\/curbstop\//)
    expect(said.join('\n')).toContain('database kept in a folder its user can reach')
    await rows(hidden, 'create table kept ()')
    await hidden.stop()
    const again = await start(join(closed, 'data'))
    expect(await rows(again, 'select * from kept')).toEqual([])
    await again.stop()
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})

test('as root, a database that became unreachable is refused, not replaced by an empty one', async () => {
  if (!isRoot) return console.warn('not root: every folder of this user stays reachable')
  const server = await start()
  await server.stop()
  chmodSync(base, 0o700)
  const refusal = await refusalOf(startEmbedded({ dataDir, log }))
  expect(refusal.code).toBe('embedded.unreachable')
})

test('an ordinary user needs nobody else', async () => {
  const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 }
  if (!isRoot || !canReach(nobody, here, 4)) return console.warn('cannot become another user here')
  mkdirSync(dataDir)
  chownSync(dataDir, nobody.uid, nobody.gid)
  const first = runWriter(dataDir, nobody)
  await first.until(line => line === 'paid 5')
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')
  expect(ownerOf(pidOf(first.lines()))).toBe(nobody.uid)
  const server = await start() // root takes over what an ordinary user began, and leaves the owner as he is
  expect(server.adopted).toBe(true)
  await server.stop()
  const own = await start()
  expect(ownerOf(own.pid())).toBe(nobody.uid)
})

function ownerOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'uid=', '-p', String(pid)], { encoding: 'utf8' }))
}
