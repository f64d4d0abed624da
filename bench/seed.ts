/** Accounts a second with two years of reads, bills and payments, against a bare COPY of the very same rows. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { localDateAt } from '@curbstop/kernel/dates'
import pg from 'pg'
import { openKey } from '../server/src/platform/auth/seal.ts'
import {
  type Connection,
  clientConfig,
  withConnection,
  withDatabase,
} from '../server/src/platform/db/connection.ts'
import { startEmbedded } from '../server/src/platform/db/embedded/start.ts'
import { migrate } from '../server/src/platform/db/migrate.ts'
import { createLog } from '../server/src/platform/log.ts'
import type { ChunkFacts } from '../tools/sample-district/chunk.ts'
import { seedDistrict, writeGround } from '../tools/sample-district/seed.ts'
import { makeText } from '../tools/sample-district/threads.ts'
import { writeText } from '../tools/sample-district/write.ts'
import type { Figure, Options } from './figure.ts'
import { benchDataDir } from './server.ts'

const timeZone = 'America/Los_Angeles'
const bareAccounts = 4_000

export async function benchSeed({ accounts }: Options): Promise<Figure[]> {
  const dataDir = benchDataDir(accounts)
  await stopLeftOver(dataDir)
  rmSync(dataDir, { recursive: true, force: true })
  const embedded = await startEmbedded({ dataDir, log: createLog('silent') })
  try {
    const keys = openKey(dataDir)
    const today = localDateAt(new Date(), timeZone)
    const options = { accounts, seed: 1, today, timeZone, keys }
    const target = embedded.connection()
    await migrate(target)
    const seeded = await seedDistrict({ ...options, target, onProgress: showProgress })
    process.stderr.write('\n')
    const bare = await bareCopy(target, options)
    return [
      {
        name: 'seed',
        value: seeded.perSecond,
        unit: 'accounts/s',
        baseline: bare,
        ratio: seeded.perSecond / bare,
      },
      { name: 'seed.rows', value: seeded.rows / seeded.seconds, unit: 'rows/s', baseline: null, ratio: null },
    ]
  } finally {
    await embedded.stop()
  }
}

/** A run that was cut off leaves its database running in this very folder: it is ended in order, then removed. */
async function stopLeftOver(dataDir: string): Promise<void> {
  if (!existsSync(join(dataDir, 'postgres', 'postmaster.pid'))) return
  const embedded = await startEmbedded({ dataDir, log: createLog('silent') })
  await embedded.stop()
}

function showProgress({ done, total, perSecond }: { done: number; total: number; perSecond: number }): void {
  process.stderr.write(`\rseed: ${done} of ${total}, ${Math.round(perSecond)} a second `)
}

/** The same rows, made beforehand, copied into an empty database with the same keys and indexes. */
async function bareCopy(
  target: Connection,
  options: ChunkFacts & Parameters<typeof writeGround>[1],
): Promise<number> {
  await withConnection(withDatabase(target, 'postgres'), null, client => client.query('create database bare'))
  const bare = withDatabase(target, 'bare')
  await migrate(bare)
  const client = new pg.Client(clientConfig(bare, null))
  await client.connect()
  try {
    const { maker } = await writeGround(client, options)
    const chunks = Array.from({ length: bareAccounts / 400 }, (_, i) =>
      makeText(options, maker, i * 400, (i + 1) * 400),
    )
    const started = performance.now()
    for (const rows of chunks) {
      await client.query('begin')
      await client.query('set local synchronous_commit = off')
      await writeText(client, rows)
      await client.query('commit')
    }
    return (bareAccounts * 1000) / (performance.now() - started)
  } finally {
    await client.end()
    await withConnection(withDatabase(target, 'postgres'), null, admin => admin.query('drop database bare'))
  }
}
