/**
 * Real databases for tests: one cluster per test run (database-setup.ts), one database per test file, cloned from a
 * migrated template in a few milliseconds.
 *
 *     const test = await createTestDatabase()
 *     afterAll(() => test.drop())
 */
import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import {
  type Connection,
  clientConfig,
  DatabaseRefusal,
  withConnection,
} from '../../server/src/platform/db/connection.ts'
import { kyselyOver } from '../../server/src/platform/db/driver.ts'
import { makePassable } from '../../server/src/platform/db/embedded/account.ts'
import { type Embedded, startEmbedded } from '../../server/src/platform/db/embedded/start.ts'
import { migrate, migrationsFolder, readMigrations } from '../../server/src/platform/db/migrate.ts'
import { type Db, type OpenPoolsOptions, openPools, type Pools } from '../../server/src/platform/db/pools.ts'

export type TestCluster = { readonly connection: Connection; readonly template: string }

declare module 'vitest' {
  interface ProvidedContext {
    cluster: TestCluster
  }
}

export type TestDatabase = {
  readonly target: Connection
  readonly pools: Pools
  /** The counter's Kysely: what commands and queries get. */
  readonly db: Db
  /** As the owner of every table, for laws that must hold even against it. */
  readonly owner: Kysely<unknown>
  drop(): Promise<void>
}

/** A database of its own with every migration applied, on the cluster of this test run. */
export function createTestDatabase(options?: OpenPoolsOptions): Promise<TestDatabase> {
  return cloneDatabase(inject('cluster'), options)
}

/** An empty database of its own (for the migration runner's own tests); `drop` it yourself. */
export async function createEmptyDatabase(): Promise<{ target: Connection; drop(): Promise<void> }> {
  const { connection } = inject('cluster')
  const name = await createDatabase(connection, 'template0')
  return { target: { ...connection, database: name }, drop: () => dropDatabase(connection, name) }
}

async function cloneDatabase(cluster: TestCluster, options?: OpenPoolsOptions): Promise<TestDatabase> {
  const { connection, template } = cluster
  const name = await createDatabase(connection, template)
  const target = { ...connection, database: name }
  const pools = await openPools(target, options)
  const ownerPool = new pg.Pool({ ...clientConfig(target, null), max: 2 })
  ownerPool.on('error', () => {})
  return {
    target,
    pools,
    db: pools.counter.db,
    owner: kyselyOver(ownerPool),
    async drop() {
      await Promise.all([pools.close(), ownerPool.end()])
      await dropDatabase(connection, name)
    },
  }
}

async function createDatabase(connection: Connection, template: string): Promise<string> {
  const name = `test_${process.pid}_${performance.now().toString(36).replace('.', '')}`
  await withConnection(connection, null, client =>
    client.query(`create database ${name} template ${template}`),
  )
  return name
}

async function dropDatabase(connection: Connection, name: string): Promise<void> {
  await withConnection(connection, null, client =>
    client.query(`drop database if exists ${name} with (force)`),
  )
}

/**
 * A cluster for one test run. Folders are kept between runs for speed; each run takes the first one that no other
 * run holds, so several people may test at once.
 */
export async function startTestCluster(
  kind = 'own',
  binaries?: string,
): Promise<TestCluster & { readonly server: Embedded }> {
  const owner = `${migrationsFolder} ${process.getuid?.()} ${kind}`
  const base = join(
    tmpdir(),
    `curbstop-test-${createHash('sha256').update(owner).digest('hex').slice(0, 10)}`,
  )
  makePassable(base)
  for (let slot = 0; slot < 16; slot++) {
    const server = await startSlot(join(base, `${slot}`), binaries)
    if (!server) continue
    const connection = server.connection('postgres')
    try {
      return { server, connection, template: await ensureTemplate(connection) }
    } catch (error) {
      await server.stop()
      throw error
    }
  }
  throw new Error(`all test clusters in ${base} are in use`)
}

const unusable = ['embedded.other-version', 'embedded.no-password', 'embedded.not-a-cluster']

async function startSlot(dataDir: string, binaries?: string): Promise<Embedded | null> {
  const start = () => startEmbedded({ dataDir, log, durable: false, ...(binaries && { binaries }) })
  try {
    return await start()
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error
    if (error.code === 'embedded.in-use') return null
    if (!unusable.includes(error.code)) throw error
    rmSync(dataDir, { recursive: true })
    return start()
  }
}

const say = (facts: Record<string, unknown>, message: string): void => console.error(message, facts)
const log = { info() {}, warn: say, error: say }

/** A migrated database named by what the migrations say; those of other days and killed runs are swept away. */
async function ensureTemplate(connection: Connection): Promise<string> {
  const migrations = await readMigrations()
  const hash = createHash('sha256')
    .update(migrations.map(({ checksum }) => checksum).join())
    .digest('hex')
  const template = `template_${hash.slice(0, 12)}`
  const names = await withConnection(connection, null, async client => {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname ~ '^(test_|template_)'`,
    )
    for (const { datname } of rows) {
      if (datname !== template) await client.query(`drop database "${datname}" with (force)`)
    }
    return rows.map(row => row.datname)
  })
  if (names.includes(template)) return template
  const draft = `${template}_draft`
  await withConnection(connection, null, client =>
    client.query(`create database ${draft} template template0`),
  )
  await migrate({ ...connection, database: draft })
  await withConnection(connection, null, client =>
    client.query(`alter database ${draft} rename to ${template}`),
  )
  return template
}

const debian15 = '/usr/lib/postgresql/15/bin'

/** The oldest PostgreSQL we promise to work with, when this machine has it; null when not. Stop it when done. */
export async function postgres15(): Promise<{
  createDatabase(options?: OpenPoolsOptions): Promise<TestDatabase>
  stop(): Promise<void>
} | null> {
  if (!existsSync(join(debian15, 'postgres'))) return null
  const cluster = await startTestCluster('postgres 15', debian15)
  return {
    createDatabase: options => cloneDatabase(cluster, options),
    stop: () => cluster.server.stop(),
  }
}
