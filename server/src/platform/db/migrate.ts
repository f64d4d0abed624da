/**
 * Plain numbered SQL, forward only: `0001-platform.sql`, `0002-staff.sql` … each in one transaction with the row that
 * says it was done, so that a death halfway leaves the old schema or the new one and never something between.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { appRole, DatabaseRefusal, type Target, withConnection } from './connection.ts'
import { sqlState } from './errors.ts'

export const migrationsFolder = fileURLToPath(new URL('../../../migrations/', import.meta.url))

export type Migration = {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

export type MigrateOptions = {
  readonly folder?: string
  readonly log?: { info(facts: Record<string, unknown>, message: string): void }
  /** Called after each migration; `total` counts those that were waiting at the start. */
  readonly onProgress?: (progress: { name: string; done: number; total: number }) => void
}

// One number for every starter; held only as long as one migration runs (works behind a transaction pooler too).
const lockKey = 6_253_872_001

/** Files of the folder in order. Refused: a gap, a number used twice, a file that ends its own transaction. */
export async function readMigrations(folder = migrationsFolder): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(/^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1])
      if (number !== index + 1) {
        const expected = String(index + 1).padStart(4, '0')
        throw refusal(
          'order',
          `Migration ${name} is out of order: the next file must begin with ${expected}-.`,
        )
      }
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
      if (/^\s*(begin|start transaction|commit|end|rollback)\s*;/im.test(withoutBodies(sql))) {
        throw refusal(
          'transaction',
          `Migration ${name} begins or ends a transaction; it already runs in one.`,
        )
      }
      return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Function bodies have their own begin and end. */
const withoutBodies = (sql: string): string => sql.replace(/(\$\w*\$)[\s\S]*?\1/g, "''")

/** Brings the database to the code's schema. Safe to run from several starters at once; a repeat does nothing. */
export async function migrate(target: Target, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(options.folder)
  return withConnection(target, null, async client => {
    await client.query("set lock_timeout = '30s'")
    await prepare(client)
    const waiting = pendingOf(migrations, await appliedRows(client))
    const applied: string[] = []
    for (const migration of waiting) {
      const started = performance.now()
      if (await apply(client, migration, migrations)) {
        applied.push(migration.name)
        const ms = Math.round(performance.now() - started)
        options.log?.info({ migration: migration.name, ms }, 'migration applied')
      }
      const done = waiting.indexOf(migration) + 1
      options.onProgress?.({ name: migration.name, done, total: waiting.length })
    }
    return { applied }
  })
}

/** Names still to run; throws the same refusals as `migrate`. Changes nothing. */
export async function pendingMigrations(target: Target, folder?: string): Promise<string[]> {
  const migrations = await readMigrations(folder)
  return withConnection(target, null, async client => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('platform.migration') is not null there`,
    )
    return pendingOf(migrations, rows[0]!.there ? await appliedRows(client) : []).map(({ name }) => name)
  })
}

type Applied = { readonly number: number; readonly name: string; readonly checksum: string }

async function appliedRows(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    'select number, name, checksum from platform.migration order by number',
  )
  return rows
}

function pendingOf(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  for (const [index, row] of applied.entries()) {
    const migration = migrations[index]
    if (!migration) {
      throw refusal(
        'newer',
        `The database is newer than this program: it already holds ${row.name}. ` +
          'Start the newer program, or restore the backup made before it was upgraded.',
      )
    }
    if (row.number !== migration.number) {
      throw refusal(
        'order',
        `The database holds ${row.name} but not ${migration.name}, which comes before it.`,
      )
    }
    if (row.checksum !== migration.checksum) {
      throw refusal(
        'changed',
        `Migration ${migration.name} was changed after this database had run it. ` +
          'Put the file back as it was and write the change as a new migration.',
      )
    }
  }
  return migrations.slice(applied.length)
}

/** True when this starter ran it, false when another one was faster. */
async function apply(client: pg.Client, migration: Migration, all: readonly Migration[]): Promise<boolean> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = 0`)
    await client.query(`select pg_advisory_xact_lock(${lockKey})`)
    await client.query(`set local lock_timeout = '30s'`)
    if (!pendingOf(all, await appliedRows(client)).includes(migration)) {
      await client.query('rollback')
      return false
    }
    await client.query(migration.sql)
    await client.query('reset role')
    await client.query('insert into platform.migration (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
    return true
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw explain(migration, error)
  }
}

function explain(migration: Migration, error: unknown): unknown {
  if (error instanceof DatabaseRefusal || !(error instanceof Error)) return error
  const position = Number((error as { position?: string }).position)
  const line = position ? ` (line ${migration.sql.slice(0, position).split('\n').length})` : ''
  const sentence = `Migration ${migration.name}${line} could not be applied: ${error.message}. Nothing of it was kept.`
  const hint =
    sqlState(error) === '55P03' ? ' Another program holds a table it needs: stop it and start again.' : ''
  return Object.assign(refusal('failed', sentence + hint), { cause: error })
}

/** The schema and the table of the runner itself, and the application's role. */
async function prepare(client: pg.Client): Promise<void> {
  await ensureRole(client)
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('platform.migration') is not null there`,
  )
  if (rows[0]!.there) return
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(${lockKey})`)
    await client.query('create schema if not exists platform')
    await client.query(`create table if not exists platform.migration (
      number integer primary key check (number > 0),
      name text not null unique,
      checksum text not null check (length(checksum) = 64),
      applied_at timestamptz not null default now(),
      applied_by text not null default current_user
    )`)
    await client.query(`grant usage on schema platform to ${appRole}`)
    await client.query(`grant select on platform.migration to ${appRole}`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    if (sqlState(error) !== '42501') throw error
    throw refusal(
      'not-permitted',
      `The database user ${await currentUser(client)} may not create schemas here. Ask the administrator of the ` +
        'database to make it the owner (alter database … owner to …), then start again.',
    )
  }
}

/** Roles belong to the whole server, so two databases may be prepared at the same moment: being second is fine. */
async function ensureRole(client: pg.Client): Promise<void> {
  const exists = async () => {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [appRole])
    return rowCount === 1
  }
  if (!(await exists())) {
    try {
      await client.query(`create role ${appRole} nologin`)
    } catch (error) {
      if (sqlState(error) === '42501') throw await rolePermission(client)
      if (!(await exists())) throw error
    }
  }
  for (let attempt = 0; !(await mayActAsApp(client)); attempt++) {
    try {
      await client.query(`grant ${appRole} to current_user`)
    } catch (error) {
      if (sqlState(error) === '42501') throw await rolePermission(client)
      if (attempt === 5) throw error // "tuple concurrently updated": somebody granted in another database
    }
  }
}

async function mayActAsApp(client: pg.Client): Promise<boolean> {
  try {
    await client.query(`set role ${appRole}`)
    await client.query('reset role')
    return true
  } catch (error) {
    if (sqlState(error) === '42501') return false
    throw error
  }
}

async function rolePermission(client: pg.Client): Promise<DatabaseRefusal> {
  const user = await currentUser(client)
  return refusal(
    'not-permitted',
    `The database user ${user} may not create or take the role ${appRole}. Ask the administrator of the database ` +
      `to run: create role ${appRole} nologin; grant ${appRole} to ${user};`,
  )
}

async function currentUser(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_user) name')
  return rows[0]!.name
}

function refusal(code: string, sentence: string): DatabaseRefusal {
  return new DatabaseRefusal(`migration.${code}`, sentence)
}
