/**
 * Makes the sample district: chunk after chunk of premises, each computed by the real rating engine and written in
 * sets, the next chunks computed while the database writes the last. Deterministic by its seed and its day, whatever
 * the number of threads.
 */
import type { LocalDate } from '@curbstop/kernel/dates'
import pg from 'pg'
import type { Keys } from '../../server/src/platform/context.ts'
import { clientConfig, DatabaseRefusal, type Target } from '../../server/src/platform/db/connection.ts'
import { type BillMaker, createBillMaker } from './bills.ts'
import { layAside, putBack } from './bulk.ts'
import {
  writeBooks,
  writeBusinessDays,
  writeCalendar,
  writeDistrict,
  writeStaff,
  writeTariffs,
  writeWeather,
} from './district.ts'
import { finish } from './finish.ts'
import { firstDayOf } from './ground.ts'
import { writeReadBook } from './read-book.ts'
import { chunksInThreads, makeText } from './threads.ts'
import { makeWeather, type WeatherDay } from './weather.ts'
import { bumpIdentities, type TextChunk, writeText } from './write.ts'

export type SeedOptions = {
  readonly target: Target
  readonly accounts: number
  readonly seed: number
  readonly today: LocalDate
  readonly timeZone: string
  readonly keys: Keys
  readonly onProgress?: (progress: { done: number; total: number; perSecond: number }) => void
}
export type SeedResult = { accounts: number; bills: number; rows: number; seconds: number; perSecond: number }

export async function seedDistrict(options: SeedOptions): Promise<SeedResult> {
  const started = performance.now()
  const client = await connect(options.target)
  const second = await connect(options.target)
  try {
    await client.query('set synchronous_commit = off')
    await refuseSecondDistrict(client)
    await client.query(`insert into platform.unfinished (what) values ('sample district')`)
    const { maker } = await writeGround(client, options)
    const aside = await layAside(client)
    const totals = await writeChunks(client, options, maker, started)
    await putBack(client, aside, second)
    await finish(client, options)
    await bumpIdentities(client)
    await client.query('analyze')
    await writeReadBook(client, options)
    await client.query('delete from platform.unfinished')
    await client.query('set synchronous_commit = on')
    await client.query('checkpoint').catch(() => undefined) // an outside database may not allow it
    const seconds = (performance.now() - started) / 1000
    return { ...totals, seconds, perSecond: totals.accounts / seconds }
  } finally {
    await second.end()
    await client.end()
  }
}

/** The owner's own connection: the sample is made before anybody works here. */
export async function connect(target: Target): Promise<pg.Client> {
  const client = new pg.Client({ ...clientConfig(target, null), application_name: 'curbstop-seed' })
  client.on('error', () => undefined) // the running statement is told
  await client.connect()
  return client
}

export async function refuseSecondDistrict(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    'select from policy.district union all select from platform.unfinished',
  )
  if (rowCount !== 0) {
    throw new DatabaseRefusal(
      'sample.not-empty',
      'This database holds a district already. The sample district is made in an empty one: choose another DATA_DIR or DATABASE_URL.',
    )
  }
}

/** Everything that is there before the first account. */
export async function writeGround(
  client: pg.Client,
  { seed, today, timeZone }: Pick<SeedOptions, 'seed' | 'today' | 'timeZone'>,
): Promise<{ maker: BillMaker; weather: WeatherDay[] }> {
  const from = firstDayOf(today)
  const weather = makeWeather(seed, from, today)
  await client.query('begin')
  await writeDistrict(client, timeZone)
  await writeCalendar(client, today)
  await writeStaff(client)
  await writeBooks(client)
  await writeTariffs(client)
  await writeWeather(client, weather)
  await writeBusinessDays(client, from, today)
  await client.query('commit')
  return { maker: createBillMaker(weather, today), weather }
}

type Totals = { accounts: number; bills: number; rows: number }

async function writeChunks(
  client: pg.Client,
  options: SeedOptions,
  maker: BillMaker,
  started: number,
): Promise<Totals> {
  const totals: Totals = { accounts: 0, bills: 0, rows: 0 }
  const chunks =
    options.accounts < worthThreads ? chunksHere(options, maker) : chunksInThreads(options, chunkSize)
  let done = 0
  for await (const chunk of chunks) {
    await writeChunk(client, chunk, totals)
    done = Math.min(done + chunkSize, options.accounts)
    const perSecond = (done * 1000) / (performance.now() - started)
    options.onProgress?.({ done, total: options.accounts, perSecond })
  }
  return totals
}

const chunkSize = 300
/** Below this a thread would still be starting when the work is done. */
const worthThreads = 1_200

function* chunksHere(options: SeedOptions, maker: BillMaker): Generator<TextChunk> {
  for (let from = 0; from < options.accounts; from += chunkSize)
    yield makeText(options, maker, from, Math.min(from + chunkSize, options.accounts))
}

async function writeChunk(client: pg.Client, chunk: TextChunk, totals: Totals): Promise<void> {
  await client.query('begin')
  totals.rows += await writeText(client, chunk)
  await client.query('commit')
  totals.accounts += chunk.counts['accounts.account'] ?? 0
  totals.bills += chunk.counts['billing.bill'] ?? 0
}
