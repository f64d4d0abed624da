/** One PostgreSQL server process: its settings, starting it, recognising one of ours, asking it to stop. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, copyFileSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Connection, clientConfig } from '../connection.ts'
import { sqlState } from '../errors.ts'
import type { Binaries } from './binaries.ts'
import { runAs } from './initialize.ts'
import type { Layout } from './layout.ts'

/** For two cores and a server that shares the machine; what is not named here is PostgreSQL's own default. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  password_encryption: 'scram-sha-256',
  max_connections: '60',
  superuser_reserved_connections: '3',
  shared_buffers: '256MB',
  effective_cache_size: '2GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  min_wal_size: '128MB',
  wal_level: 'replica',
  wal_compression: 'on',
  checkpoint_timeout: '10min',
  max_worker_processes: '8',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  random_page_cost: '1.1',
  jit: 'off',
  synchronous_commit: 'on',
  fsync: 'on',
  full_page_writes: 'on',
  logging_collector: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
  log_line_prefix: '%m [%p] %a ',
  log_checkpoints: 'off',
  log_min_duration_statement: '-1',
  log_error_verbosity: 'terse', // no DETAIL: it repeats the values of the row
  log_min_error_statement: 'panic', // no statement text either
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}

/** Tests of logic need no durability; nothing else may ask for this. */
const forTests: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '150',
}

export function spawnPostmaster(layout: Layout, binaries: Binaries, durable: boolean): ChildProcess {
  const all = {
    ...settings,
    unix_socket_directories: layout.socket.replace(/[",]/g, '\\$&'),
    port: String(layout.port),
    ...(durable ? {} : forTests),
  }
  const log = openSync(layout.logFile, 'a', 0o600) // append: it goes on after we die, and may be cut by rotation
  try {
    const child = spawn(
      join(binaries.folder, 'postgres'),
      ['-D', layout.cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      // Its own session: Ctrl-C in the terminal reaches us, and we stop it in order.
      { ...runAs(layout), detached: true, stdio: ['ignore', log, log] },
    )
    child.on('error', () => {}) // the exit event tells the supervisor
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

export type PidFile = { readonly pid: number; readonly startedAt: number; readonly status: string }

export function readPidFile(layout: Layout): PidFile | null {
  try {
    const lines = readFileSync(join(layout.cluster, 'postmaster.pid'), 'utf8').split('\n')
    const [pid, , startedAt] = lines
    return { pid: Number(pid), startedAt: Number(startedAt), status: lines[7]?.trim() ?? '' }
  } catch {
    return null
  }
}

/** Alive and not a zombie: a dead process that its parent has not collected still answers signals. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z'
  } catch {
    return true
  }
}

export type Answer =
  | { readonly state: 'ours'; readonly pid: number; readonly version: string; readonly facts: ServerFacts }
  | { readonly state: 'starting' } // starting, recovering or shutting down
  | { readonly state: 'silent' }
  | { readonly state: 'foreign'; readonly reason: string }

export type ServerFacts = {
  readonly fsync: string
  readonly full_page_writes: string
  readonly data_checksums: string
}

/** Asks the socket, with our password, whether the server of this data folder answers and is the one of the pid file. */
export async function ask(layout: Layout, connection: Connection): Promise<Answer> {
  const client = new pg.Client({
    ...clientConfig({ ...connection, database: 'postgres' }, null),
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
    application_name: 'curbstop-supervisor',
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<ServerFacts & { folder: string; started: string; version: string }>(
      `select current_setting('data_directory') folder, current_setting('server_version') version,
        current_setting('fsync') fsync, current_setting('full_page_writes') full_page_writes,
        current_setting('data_checksums') data_checksums,
        floor(extract(epoch from pg_postmaster_start_time()))::text started`,
    )
    const { folder, started, version, ...facts } = rows[0]!
    const file = readPidFile(layout)
    // The pid file's second is taken a moment before the server's own.
    const sameStart = file && Math.abs(Number(started) - file.startedAt) <= 2
    if (!file || folder !== layout.cluster || !sameStart || !isAlive(file.pid)) {
      return { state: 'foreign', reason: `the server at ${layout.socket} works on ${folder}` }
    }
    return { state: 'ours', pid: file.pid, version: version.split(' ')[0]!, facts }
  } catch (error) {
    return failedAnswer(error)
  } finally {
    await client.end().catch(() => {})
  }
}

function failedAnswer(error: unknown): Answer {
  const state = sqlState(error)
  if (state === '57P03' || state === '57P01' || state === '53300') return { state: 'starting' }
  if (state === '28P01' || state === '28000') {
    return {
      state: 'foreign',
      reason: 'a running server of this data folder refuses the password kept beside it',
    }
  }
  return { state: 'silent' }
}

const largestLog = 10 * 1024 * 1024

/** Keeps one older file. Copied and cut, not renamed: the server holds the file open in append mode. */
export function rotateLog({ logFile }: Layout, limit = largestLog): boolean {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size <= limit) return false
  copyFileSync(logFile, `${logFile}.1`)
  truncateSync(logFile, 0)
  return true
}

/** What the server said since `offset`; its last lines explain why it would not start. */
export function logSince({ logFile }: Layout, offset: number): string {
  try {
    return readFileSync(logFile).subarray(offset).toString('utf8')
  } catch {
    return ''
  }
}

export function logSize({ logFile }: Layout): number {
  return statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
}
