/**
 * Three pools, so that a bill run never takes a connection from the counter, and every wait has an end: for a
 * connection 2 s, a lock 5 s, a statement 15 s (batch 10 min), an idle transaction 30 s. `pg` itself waits for ever.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { IsolationLevel, Kysely, Transaction } from 'kysely'
import pg from 'pg'
import {
  appRole,
  behindPooler,
  clientConfig,
  DatabaseRefusal,
  type Target,
  withConnection,
} from './connection.ts'
import { kyselyOver, UnsureCommit } from './driver.ts'
import { isRetryable, sqlState } from './errors.ts'

export type { Connection, Target } from './connection.ts'
export { appRole, DatabaseRefusal } from './connection.ts'
export { UnsureCommit, withClient } from './driver.ts'
export { isBusy, isRetryable, isUnavailable, sqlState } from './errors.ts'

export type Db = Kysely<unknown>
export type PoolName = 'counter' | 'batch' | 'jobs'
export type DbPool = { readonly name: PoolName; readonly db: Db; readonly pool: pg.Pool }
export type Pools = Readonly<Record<PoolName, DbPool>> & {
  /** PostgreSQL's version number: 180004 is 18.4. */
  readonly serverVersion: number
  close(): Promise<void>
}

export type PoolSettings = {
  readonly max: number
  /** Stay open when nobody needs them: a new connection has every statement to learn. */
  readonly min: number
  readonly statementTimeoutMillis: number
  readonly lockTimeoutMillis: number
  readonly idleInTransactionTimeoutMillis: number
  readonly connectionTimeoutMillis: number
}

const common = {
  min: 0,
  statementTimeoutMillis: 15_000,
  lockTimeoutMillis: 5_000,
  idleInTransactionTimeoutMillis: 30_000,
  connectionTimeoutMillis: 2_000,
} as const

export const poolDefaults: Readonly<Record<PoolName, PoolSettings>> = {
  counter: { ...common, max: 12, min: 6 },
  batch: { ...common, max: 4, statementTimeoutMillis: 600_000 },
  jobs: { ...common, max: 6 },
}

export type OpenPoolsOptions = {
  readonly settings?: Partial<Record<PoolName, Partial<PoolSettings>>>
  /** Told when an idle connection dies (database restarted, cable cut). The pool has already replaced it. */
  readonly onIdleError?: (pool: PoolName, error: Error) => void
}

export async function openPools(target: Target, options: OpenPoolsOptions = {}): Promise<Pools> {
  const serverVersion = await checkServer(target)
  const open = (name: PoolName) => openPool(target, name, options)
  const pools = { counter: open('counter'), batch: open('batch'), jobs: open('jobs') }
  return {
    ...pools,
    serverVersion,
    close: async () => void (await Promise.all(Object.values(pools).map(({ pool }) => pool.end()))),
  }
}

function openPool(target: Target, name: PoolName, options: OpenPoolsOptions): DbPool {
  const settings = { ...poolDefaults[name], ...options.settings?.[name] }
  const pool = new pg.Pool({
    ...clientConfig(target, appRole, checkInterval),
    application_name: `curbstop-${name}`,
    max: settings.max,
    min: Math.min(settings.min, settings.max),
    connectionTimeoutMillis: settings.connectionTimeoutMillis,
    idleTimeoutMillis: 300_000,
    statement_timeout: settings.statementTimeoutMillis,
    lock_timeout: settings.lockTimeoutMillis,
    idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMillis,
    query_timeout: settings.statementTimeoutMillis + 5_000, // the server's own answer comes first; this is for silence
  })
  // A connection lost while it is lent out is told to its statement; without a listener it would end the process.
  pool.on('connect', client => client.on('error', () => {}))
  pool.on('error', error => options.onIdleError?.(name, error))
  return { name, pool, db: kyselyOver(pool) }
}

// The server notices within 5 s that its client died and gives its locks back; Windows servers cannot.
const checkInterval = process.platform === 'win32' ? [] : ['client_connection_check_interval=5000']

/** PostgreSQL 15 or newer, and the application's role can be taken: otherwise a sentence. */
async function checkServer(target: Target): Promise<number> {
  try {
    const version = await withConnection(target, null, async client => {
      const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
      const version = Number(rows[0]!.server_version_num)
      if (version < 150_000) {
        throw new DatabaseRefusal(
          'database.too-old',
          `The database is PostgreSQL ${Math.floor(version / 10_000)}; Curbstop needs PostgreSQL 15 or newer. ` +
            'Upgrade it, or point DATABASE_URL at a newer one.',
        )
      }
      await client.query(`set role ${appRole}`)
      return version
    })
    await withConnection(target, appRole, async client => {
      const { rows } = await client.query<{ who: string }>('select current_user as who')
      if (rows[0]!.who !== appRole) throw behindPooler() // it would work as the owner of everything
    })
    return version
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): unknown {
  const state = sqlState(error)
  if (state === '28P01' || state === '28000') {
    return new DatabaseRefusal(
      'database.sign-in-refused',
      'The database refused the user name or password in DATABASE_URL. Correct it and start again.',
    )
  }
  if (state === '3D000') {
    return new DatabaseRefusal(
      'database.missing',
      'The database named in DATABASE_URL does not exist. Create it (create database curbstop) and start again.',
    )
  }
  if (state === '22023' || state === '42704') {
    return new DatabaseRefusal(
      'database.not-migrated',
      `The database does not know the role ${appRole} yet. Run the migrations first: npx curbstop migrate.`,
    )
  }
  if (state === '42501') {
    return new DatabaseRefusal(
      'database.role-refused',
      `The database user may not act as ${appRole}. Ask the database's administrator: grant ${appRole} to it.`,
    )
  }
  return error
}

export type TransactionOptions = {
  readonly readOnly?: boolean
  readonly isolation?: IsolationLevel
  /** How often the work may be begun anew after a deadlock, a serialization failure or a lost lock; 3 unless said. */
  readonly retries?: number
}

/** Nobody at a counter waits longer than this for another try: a lock wait of 5 s is not tried again. */
const retryWindowMillis = 5_000

/**
 * Runs the work in one transaction, and again when the database undid it through no fault of the work. The work must
 * therefore touch nothing but `tx`. A lost connection is never retried: whether the commit happened is unknown.
 */
export async function inTransaction<T>(
  db: Db,
  options: TransactionOptions,
  work: (tx: Transaction<unknown>) => Promise<T>,
): Promise<T> {
  const started = performance.now()
  const { retries = 3, isolation, readOnly } = options
  for (let attempt = 0; ; attempt++) {
    try {
      let begin = db.transaction()
      if (isolation) begin = begin.setIsolationLevel(isolation)
      if (readOnly) begin = begin.setAccessMode('read only')
      return await begin.execute(work)
    } catch (thrown) {
      const error = readOnly && thrown instanceof UnsureCommit ? thrown.cause : thrown // a read changes nothing
      const late = performance.now() - started > retryWindowMillis
      if (attempt >= retries || late || !isRetryable(error)) throw error
      await sleep(2 ** attempt * 20 * (0.5 + Math.random())) // jitter parts the two who met
    }
  }
}
