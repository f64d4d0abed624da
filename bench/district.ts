/** The bench's own district without a server: for imports, whose speed is the database's and one process's. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { localDateAt } from '@curbstop/kernel/dates'
import pg from 'pg'
import { openHand } from '../server/src/cli/hand.ts'
import { openKey } from '../server/src/platform/auth/seal.ts'
import { clientConfig } from '../server/src/platform/db/connection.ts'
import { startEmbedded } from '../server/src/platform/db/embedded/start.ts'
import { migrate } from '../server/src/platform/db/migrate.ts'
import { createLog } from '../server/src/platform/log.ts'
import type { JobHand } from '../server/src/platform/module.ts'
import { seedDistrict } from '../tools/sample-district/seed.ts'
import type { Options } from './figure.ts'
import { benchDataDir } from './server.ts'

export const timeZone = 'America/Los_Angeles'

export type BenchDistrict = {
  readonly hand: JobHand
  readonly owner: pg.Client
  readonly dataDir: string
  /** A month later, so that every meter is due. */
  readonly now: Date
}

/** Made once and kept between runs; `now` stands a month after its last reads. */
export async function withDistrict<T>(
  { accounts }: Options,
  work: (district: BenchDistrict) => Promise<T>,
): Promise<T> {
  const dataDir = benchDataDir(accounts)
  const isNew = !existsSync(join(dataDir, 'postgres'))
  const embedded = await startEmbedded({ dataDir, log: createLog('silent') })
  try {
    const target = embedded.connection()
    await migrate(target)
    if (isNew) {
      const today = localDateAt(new Date(), timeZone)
      await seedDistrict({ target, accounts, seed: 1, today, timeZone, keys: openKey(dataDir) })
    }
    const now = new Date(Date.now() + 35 * 86_400_000)
    const { hand, close } = await openHand({
      target,
      dataDir,
      timeZone,
      duty: 'bench.import',
      now: () => now,
    })
    const owner = new pg.Client(clientConfig(target, null))
    await owner.connect()
    try {
      return await work({ hand, owner, dataDir, now })
    } finally {
      await owner.end()
      await close()
    }
  } finally {
    await embedded.stop()
  }
}

/** Highest resident memory of this process while something runs, in MiB. */
export async function watchingMemory<T>(work: () => Promise<T>): Promise<{ answer: T; peakMiB: number }> {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 100)
  try {
    const answer = await work()
    look()
    return { answer, peakMiB: peak / 2 ** 20 }
  } finally {
    clearInterval(timer)
  }
}

/** Rows a second of a bare COPY of what stands in a table already, into an empty one with the same keys and indexes. */
export async function bareCopyOf(
  owner: pg.Client,
  { table, where, columns, limit }: { table: string; where: string; columns: string; limit: number },
): Promise<number> {
  const { to, from } = await import('pg-copy-streams')
  await owner.query('drop schema if exists bare cascade')
  await owner.query('create schema bare')
  await owner.query(`create table bare.rows (like ${table} including all)`)
  const parts: Buffer[] = []
  const out = owner.query(
    to(`copy (select ${columns} from ${table} where ${where} limit ${limit}) to stdout`),
  )
  for await (const part of out) parts.push(part as Buffer)
  const started = performance.now()
  const stream = owner.query(from(`copy bare.rows (${columns}) from stdin`))
  const finished = new Promise((resolve, reject) => stream.on('finish', resolve).on('error', reject))
  for (const part of parts)
    if (!stream.write(part)) await new Promise(resolve => stream.once('drain', resolve))
  stream.end()
  await finished
  const seconds = (performance.now() - started) / 1000
  await owner.query('drop schema bare cascade')
  return stream.rowCount / seconds
}
