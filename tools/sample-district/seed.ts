/**
 * Makes the sample district: chunk after chunk of premises, each computed by the real rating engine and written in
 * sets, the next chunk computed while the database writes the last. Deterministic by its seed and its day.
 */
import { addMonths, type LocalDate } from '@curbstop/kernel/dates'
import pg from 'pg'
import { keyedDigest } from '../../server/src/platform/auth/digest.ts'
import type { Keys } from '../../server/src/platform/context.ts'
import { clientConfig, DatabaseRefusal, type Target } from '../../server/src/platform/db/connection.ts'
import { type BillMaker, createBillMaker } from './bills.ts'
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
import { addHistory } from './money.ts'
import { addOccupants, addPremise, type RowContext } from './rows.ts'
import { situations } from './situations.ts'
import { makeStory } from './story.ts'
import { makeWeather, type WeatherDay } from './weather.ts'
import { bumpIdentities, emptyRows, type Rows, writeRows } from './write.ts'

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

const chunkSize = 400

/** Named situations stand among the first premises, a few houses apart. */
export const placeOf = (at: number): number => at * 7 + 3
const situationAt = new Map(situations.map((situation, at) => [placeOf(at), situation]))

export async function seedDistrict(options: SeedOptions): Promise<SeedResult> {
  const started = performance.now()
  const client = await connect(options.target)
  try {
    await client.query('set synchronous_commit = off')
    await refuseSecondDistrict(client)
    await client.query(`insert into platform.unfinished (what) values ('sample district')`)
    const { maker } = await writeGround(client, options)
    const totals = await writeChunks(client, options, maker, started)
    await finish(client, options)
    await bumpIdentities(client)
    await client.query('analyze')
    await client.query('delete from platform.unfinished')
    await client.query('set synchronous_commit = on')
    await client.query('checkpoint').catch(() => undefined) // an outside database may not allow it
    const seconds = (performance.now() - started) / 1000
    return { ...totals, seconds, perSecond: totals.accounts / seconds }
  } finally {
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
  const from = addMonths(today, -27)
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
  let writing: Promise<void> = Promise.resolve()
  for (let from = 0; from < options.accounts; from += chunkSize) {
    const rows = makeChunk(options, maker, from, Math.min(from + chunkSize, options.accounts))
    await writing
    writing = writeChunk(client, rows, totals)
    writing.catch(() => undefined) // awaited at the next turn
    const done = Math.min(from + chunkSize, options.accounts)
    options.onProgress?.({
      done,
      total: options.accounts,
      perSecond: (done * 1000) / (performance.now() - started),
    })
  }
  await writing
  return totals
}

async function writeChunk(client: pg.Client, rows: Rows, totals: Totals): Promise<void> {
  await client.query('begin')
  totals.rows += await writeRows(client, rows)
  await client.query('commit')
  totals.accounts += rows['accounts.account'].length
  totals.bills += rows['billing.bill'].length
}

/** Pure: the same options and range give the same rows. */
export function makeChunk(
  { seed, today, keys }: Pick<SeedOptions, 'seed' | 'today' | 'keys'>,
  maker: BillMaker,
  from: number,
  to: number,
): Rows {
  const rows = emptyRows()
  const context: RowContext = { rows, today, secretsKey: keys.secrets, digest: keyedDigest }
  for (let index = from; index < to; index += 1) {
    const story = makeStory(seed, index, today, situationAt.get(index) ?? null)
    addPremise(context, story)
    addOccupants(context, story)
    addHistory(context, story, maker)
  }
  return rows
}
