/** The database a command works on: an outside one, that of a running server, or one brought up for the command. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { readConfig } from '../platform/config.ts'
import { type Target, withConnection } from '../platform/db/connection.ts'
import { attachEmbedded, startEmbedded } from '../platform/db/embedded/start.ts'
import { createLog } from '../platform/log.ts'

export type CommandDatabase = { target: Target; dataDir: string; timeZone: string }

/** For commands that only look: a database that is not there is not made, and one without our tables is said. */
export async function withExistingDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = readConfig(process.env)
  const known = ['postgres', 'postgres.location'].some(name => existsSync(join(dataDir, name)))
  if (!databaseUrl && !known)
    throw new UsageError(`There is no district in ${dataDir}. Make one first: npm start`)
  return withDatabaseOf(({ target }) =>
    withConnection(target, null, async client => {
      const { rows } = await client.query<{ there: boolean }>(
        `select to_regclass('billing.bill') is not null there`,
      )
      if (!rows[0]!.there)
        throw new UsageError('This database holds no district yet. Run: npx curbstop migrate')
      return work(client)
    }),
  )
}

export async function withDatabaseOf<T>(work: (database: CommandDatabase) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const { dataDir, timeZone } = config
  if (config.databaseUrl) return work({ target: config.databaseUrl, dataDir, timeZone })
  const running = attachEmbedded(dataDir)
  if (running) return work({ target: running, dataDir, timeZone })
  const embedded = await startEmbedded({ dataDir, log: createLog('silent') })
  try {
    return await work({ target: embedded.connection(), dataDir, timeZone })
  } finally {
    await embedded.stop()
  }
}

/** `--name 12` as a whole number in its range, or the fallback; a wrong one is said in a sentence. */
export function numberOption(args: readonly string[], name: string, fallback: number, most: number): number {
  const at = args.indexOf(name)
  if (at < 0) return fallback
  const value = Number(args[at + 1])
  if (!Number.isInteger(value) || value < 0 || value > most) {
    throw new UsageError(`${name} takes a whole number from 0 to ${most}, not '${args[at + 1] ?? ''}'.`)
  }
  return value
}

export class UsageError extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.stack = sentence
  }
}

/** One JSON line with `--json`, a sentence without. */
export function report(args: readonly string[], facts: Record<string, unknown>, sentence: string): void {
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(facts)}\n` : `${sentence}\n`)
}
