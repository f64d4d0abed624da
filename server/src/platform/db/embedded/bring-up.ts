/** Brings one server up: adopts a live one of ours, or starts one and waits until it answers. */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, DatabaseRefusal } from '../connection.ts'
import type { Binaries } from './binaries.ts'
import type { Layout } from './layout.ts'
import { type Answer, ask, isAlive, logSince, logSize, readPidFile, spawnPostmaster } from './postmaster.ts'

export type Log = {
  info(facts: Record<string, unknown>, message: string): void
  warn(facts: Record<string, unknown>, message: string): void
  error(facts: Record<string, unknown>, message: string): void
}

export type Cluster = {
  readonly layout: Layout
  readonly binaries: Binaries
  readonly connection: Connection
  readonly durable: boolean
  readonly log: Log
}

export type Running = {
  readonly pid: number
  readonly version: string
  /** Null when the server was started by an earlier process of ours. */
  readonly child: ChildProcess | null
}

// After a kill the kernel still knows dying processes for a moment, and PostgreSQL rightly refuses its own lock file
// or shared memory. It judges that lock itself, atomically; nobody else may remove postmaster.pid.
const passing = [
  'lock file "postmaster.pid" already exists',
  'is another postmaster',
  'pre-existing shared memory block',
  'could not create lock file',
  'lock file ".*" already exists',
].map(text => new RegExp(text))

const patienceMillis = 30_000
const recoveryMillis = 30 * 60_000

export async function bringUp(cluster: Cluster): Promise<Running> {
  const deadline = performance.now() + patienceMillis
  for (let pause = 100; ; pause = Math.min(pause * 2, 500)) {
    const adopted = await adopt(cluster)
    if (adopted) return adopted
    const attempt = await startOnce(cluster)
    if ('pid' in attempt) return attempt
    if (!attempt.passing || performance.now() > deadline) {
      throw new DatabaseRefusal(
        'embedded.not-started',
        `PostgreSQL did not start: ${attempt.reason}. Its log is ${cluster.layout.logFile}.`,
      )
    }
    cluster.log.info({ pauseMs: pause }, 'PostgreSQL finds a predecessor still ending; trying again')
    await sleep(pause)
  }
}

/** A live server of this very data folder that takes our password; null when there is none. */
async function adopt(cluster: Cluster): Promise<Running | null> {
  const file = readPidFile(cluster.layout)
  if (!file || !isAlive(file.pid)) return null
  const deadline = performance.now() + patienceMillis
  for (;;) {
    const answer = await ask(cluster.layout, cluster.connection)
    if (answer.state === 'ours') {
      assertSafe(answer, cluster)
      return { pid: answer.pid, version: answer.version, child: null }
    }
    if (answer.state === 'foreign') throw foreign(answer.reason)
    // Silent: another program has the pid of a dead server. PostgreSQL finds that out itself when it starts.
    if (answer.state === 'silent' || performance.now() > deadline) return null
    if (!isAlive(file.pid)) return null
    await sleep(100)
  }
}

type Failure = { readonly passing: boolean; readonly reason: string }

async function startOnce(cluster: Cluster): Promise<Running | Failure> {
  const { layout, binaries, connection, durable } = cluster
  const offset = logSize(layout)
  const child = spawnPostmaster(layout, binaries, durable)
  const deadline = performance.now() + recoveryMillis
  for (let round = 1; ; round++) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      return failure(logSince(layout, offset), child)
    }
    const answer = await ask(layout, connection)
    if (answer.state === 'ours' && answer.pid === child.pid) {
      assertSafe(answer, cluster)
      return { pid: child.pid, version: answer.version, child }
    }
    if (performance.now() > deadline) return { passing: false, reason: 'it did not answer for half an hour' }
    if (round % 200 === 0) cluster.log.info({}, 'PostgreSQL is recovering; still waiting')
    await sleep(50)
  }
}

function failure(said: string, child: ChildProcess): Failure {
  const lines = said.split('\n').filter(line => /FATAL|PANIC|ERROR|could not|cannot/.test(line))
  const reason = lines.at(-1)?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '')
  return {
    passing: passing.some(pattern => pattern.test(said)),
    reason: reason ?? `it ended at once (${child.signalCode ?? child.exitCode ?? 'not executable'})`,
  }
}

/** Money is not kept on a server that may lose or tear what it acknowledged. */
function assertSafe(answer: Answer & { state: 'ours' }, { durable }: Cluster): void {
  const { fsync, full_page_writes, data_checksums } = answer.facts
  if (durable && (fsync !== 'on' || full_page_writes !== 'on' || data_checksums !== 'on')) {
    throw new DatabaseRefusal(
      'embedded.unsafe',
      `The running PostgreSQL could lose money: fsync is ${fsync}, full_page_writes ${full_page_writes}, checksums ` +
        `${data_checksums}; all must be on. Stop it and start again.`,
    )
  }
}

function foreign(reason: string): DatabaseRefusal {
  return new DatabaseRefusal('embedded.foreign', `The database cannot be used: ${reason}.`)
}
