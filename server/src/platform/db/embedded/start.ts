/**
 * The embedded PostgreSQL and its keeper. A normal end of the server stops it in order; after a `kill -9` of the
 * server it goes on, and the next start adopts it; when it dies itself, it is brought back.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { removeRuntime, updateRuntime } from '../../runtime-file.ts'
import { type Connection, DatabaseRefusal, withConnection } from '../connection.ts'
import { findBinaries } from './binaries.ts'
import { bringUp, type Cluster, type Log, type Running } from './bring-up.ts'
import { ensureCluster, superuser } from './initialize.ts'
import { layOut, sharedFolder } from './layout.ts'
import { isAlive, rotateLog } from './postmaster.ts'
import { lockHolder, takeServerLock } from './server-lock.ts'

export type EmbeddedOptions = {
  readonly dataDir: string
  readonly log: Log
  /** Created on the first start; `curbstop` unless said. */
  readonly database?: string
  /** PostgreSQL programs of another version (tests); the npm package's unless said. */
  readonly binaries?: string
  /** False only in tests: fsync off, half the start-up time. */
  readonly durable?: boolean
}

export type Embedded = {
  /** How the owner reaches a database of this server. */
  connection(database?: string): Connection
  readonly version: string
  readonly adopted: boolean
  pid(): number
  /** False from the moment it died until it answers again. */
  isUp(): boolean
  /** Called after each return; answers how to stop being called. */
  onRestart(listener: () => void): () => void
  /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
  stop(): Promise<void>
}

const silentLog: Log = { info() {}, warn() {}, error() {} }

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, log, database = 'curbstop', durable = true } = options
  const layout = layOut(dataDir, log)
  const unlock = takeServerLock(dataDir)
  try {
    const found = { folder: options.binaries, user: layout.user, shared: `${sharedFolder}/binaries`, log }
    const binaries = findBinaries(found)
    const password = ensureCluster(layout, binaries, durable)
    const connection = { host: layout.socket, port: layout.port, user: superuser, password, database }
    const cluster: Cluster = { layout, binaries, connection, durable, log }
    rotateLog(layout)
    const running = await bringUp(cluster)
    await ensureDatabase(connection)
    return keep(cluster, running, { dataDir, unlock })
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * For the command line: the connection of a server that already works on this DATA_DIR, or null when none does
 * (then `startEmbedded`). Starts and stops nothing.
 */
export function attachEmbedded(dataDir: string, database = 'curbstop'): Connection | null {
  if (lockHolder(dataDir) === null) return null
  const layout = layOut(dataDir, silentLog)
  const password = readFileSync(layout.passwordFile, 'utf8').trim()
  return { host: layout.socket, port: layout.port, user: superuser, password, database }
}

async function ensureDatabase(connection: Connection): Promise<void> {
  await withConnection({ ...connection, database: 'postgres' }, null, async client => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      connection.database,
    ])
    if (rowCount === 0) await client.query(`create database "${connection.database.replaceAll('"', '""')}"`)
  })
}

const pollMillis = 500
const rotateMillis = 60_000

function keep(
  cluster: Cluster,
  first: Running,
  { dataDir, unlock }: { dataDir: string; unlock: () => void },
): Embedded {
  const { layout, connection, log } = cluster
  const listeners = new Set<() => void>()
  let running = first
  let up = true
  let stopping: Promise<void> | null = null

  const note = () =>
    updateRuntime(dataDir, {
      postgres: {
        pid: running.pid,
        socket: layout.socket,
        port: layout.port,
        version: running.version,
        adopted: running.child === null,
      },
    })
  const watch = async () => {
    while (!stopping) {
      await ended(running, () => stopping !== null)
      if (stopping) return
      up = false
      log.error({ pid: running.pid }, 'PostgreSQL died; bringing it back')
      const back = await revive(cluster, () => stopping !== null)
      if (!back) return
      running = back
      up = true
      note()
      log.warn({ pid: running.pid }, 'PostgreSQL is back')
      for (const listener of listeners) listener()
    }
  }
  const watching = watch()
  const rotation = setInterval(() => rotateLog(layout), rotateMillis)
  rotation.unref()
  note()
  log.info(
    { pid: running.pid, version: running.version, adopted: running.child === null, folder: layout.cluster },
    'PostgreSQL is up',
  )

  const shutDown = async () => {
    clearInterval(rotation)
    running.child?.ref() // its exit event is awaited below
    if (up || isAlive(running.pid)) await stopServer(running, log)
    await watching
    up = false
    removeRuntime(dataDir)
    unlock()
  }
  return {
    connection: (database = connection.database) => ({ ...connection, database }),
    version: first.version,
    adopted: first.child === null,
    pid: () => running.pid,
    isUp: () => up,
    onRestart(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      stopping ??= shutDown()
      return stopping
    },
  }
}

/** Resolves when the server has ended: our own child tells it, an adopted one is looked at twice a second. */
async function ended({ child, pid }: Running, given: () => boolean): Promise<void> {
  if (child && child.exitCode === null && child.signalCode === null) {
    await once(child, 'exit')
    return
  }
  while (!given() && isAlive(pid)) await sleep(pollMillis, undefined, { ref: false })
}

/** Tries until it is back or we are asked to stop; each failure is in the log. */
async function revive(cluster: Cluster, given: () => boolean): Promise<Running | null> {
  for (let pause = 250; !given(); pause = Math.min(pause * 2, 5_000)) {
    try {
      return await bringUp(cluster)
    } catch (error) {
      const reason = error instanceof DatabaseRefusal ? error.message : String(error)
      cluster.log.error({ reason, pauseMs: pause }, 'PostgreSQL could not be brought back yet')
      await sleep(pause)
    }
  }
  return null
}

/** SIGINT rolls back what is open and ends; after half a minute SIGQUIT, which recovery then makes good. */
async function stopServer({ pid }: Running, log: Log): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!isAlive(pid)) return
    if (signal !== 'SIGINT') log.warn({ pid, signal }, 'PostgreSQL does not stop; asking harder')
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (const deadline = performance.now() + patience; performance.now() < deadline; ) {
      if (!isAlive(pid)) return
      await sleep(20)
    }
  }
}
