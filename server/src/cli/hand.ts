/** What a command of the shell works with: the same door as a job, on the pool of batch work. */
import pg from 'pg'
import { modules } from '../app.ts'
import { openKey } from '../platform/auth/seal.ts'
import { clientConfig, type Target } from '../platform/db/connection.ts'
import { migrate } from '../platform/db/migrate.ts'
import { inTransaction, openPools } from '../platform/db/pools.ts'
import { type Door, runInside } from '../platform/http/door.ts'
import { listenersOf, prepareQueue, systemCall, witnessesOf } from '../platform/jobs/runner.ts'
import type { JobHand } from '../platform/module.ts'
import { type CommandDatabase, withDatabaseOf } from './database.ts'

export type HandOptions = {
  readonly target: Target
  readonly dataDir: string
  readonly timeZone: string
  readonly duty: string
  readonly now?: () => Date
}

export async function openHand(options: HandOptions): Promise<{ hand: JobHand; close(): Promise<void> }> {
  const { target, dataDir, timeZone, duty, now = () => new Date() } = options
  await migrate(target)
  const owner = new pg.Pool({ ...clientConfig(target, null), max: 1 })
  owner.on('error', () => {})
  owner.on('connect', client => client.on('error', () => {}))
  await prepareQueue(owner)
  await owner.end()
  const pools = await openPools(target)
  const door: Door = {
    db: pools.batch.db,
    listeners: listenersOf(modules),
    witnesses: witnessesOf(modules),
    keys: openKey(dataDir),
    timeZone,
    now,
  }
  const call = systemCall(duty, `cli-${process.pid}`)
  const hand: JobHand = {
    inTransaction: run => inTransaction(door.db, {}, tx => runInside(door, call, tx, run)),
  }
  return { hand, close: () => pools.close() }
}

export async function withHand<T>(
  duty: string,
  work: (hand: JobHand, database: CommandDatabase) => Promise<T>,
): Promise<T> {
  return withDatabaseOf(async database => {
    const { hand, close } = await openHand({ ...database, duty })
    try {
      return await work(hand, database)
    } finally {
      await close()
    }
  })
}
