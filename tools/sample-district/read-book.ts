/**
 * A read-book morning: the handheld's file of two books that are being read, by the district's own loader and judged by
 * its own rules. What is wrong in it is what readers bring home: digits exchanged, meters stopped, dogs in yards.
 */
import { DomainError } from '@curbstop/kernel/errors'
import { type AccountId, asId, type ServicePointId } from '@curbstop/kernel/ids'
import type pg from 'pg'
import { stepsOfBill } from '../../server/src/modules/billing/domain/price-steps.ts'
import { mainSegment } from '../../server/src/modules/billing/domain/what-if.ts'
import { loadLibrary } from '../../server/src/modules/billing/queries/loaded.ts'
import { listBills } from '../../server/src/modules/billing/store.ts'
import {
  type FileToLoad,
  loadFile,
  notePrices,
  type PlacePrice,
  type ReadFileFormat,
} from '../../server/src/modules/metering/index.ts'
import type { Ctx } from '../../server/src/platform/context.ts'
import { inTransaction, openPools } from '../../server/src/platform/db/pools.ts'
import { type Door, runInside } from '../../server/src/platform/http/door.ts'
import { systemCall } from '../../server/src/platform/jobs/runner.ts'
import type { JobHand } from '../../server/src/platform/module.ts'
import { customerCsv, handheldFile, type Stop } from './handheld.ts'
import { idsOf } from './ids.ts'
import { placesOfMorning } from './morning.ts'
import { stopsOf } from './reading-round.ts'
import type { SeedOptions } from './seed.ts'

type Options = Pick<SeedOptions, 'target' | 'accounts' | 'seed' | 'today' | 'timeZone' | 'keys'>

/** Nothing where the district is too small to have the books of these days. */
export async function writeReadBook(client: pg.Client, options: Options): Promise<void> {
  const places = [...placesOfMorning(options.accounts, options.today)]
  if (places.length < 40) return
  const pools = await openPools(options.target)
  const hand = handOn(pools.batch.db, options)
  try {
    await hand.inTransaction(async ctx => notePrices(ctx, await pricesAt(ctx, client, places)))
    const stops = stopsOf(options, places)
    for (const file of filesOf(stops, options)) await bring(hand, file)
    // The first start tells the prices of every place; it looks whether there are any yet.
    await client.query('delete from metering.price')
  } finally {
    await pools.close()
  }
}

function handOn(db: Door['db'], { keys, timeZone }: Options): JobHand {
  const door: Door = {
    ...{ db, keys, timeZone },
    listeners: new Map(),
    witnesses: new Map(),
    now: () => new Date(),
  }
  const call = systemCall('metering.load-taken', 'sample-district')
  return { inTransaction: work => inTransaction(db, {}, tx => runInside(door, call, tx, work)) }
}

/** What water costs at these places by the last bill there, as billing tells it. */
async function pricesAt(ctx: Ctx, client: pg.Client, places: readonly number[]): Promise<PlacePrice[]> {
  const { rows } = await client.query<{ point: string; account: string }>(
    `select service_point_id as point, account from accounts.occupancy
     where service_point_id = any($1::bigint[]) and cancelled_at is null and upper(period) is null`,
    [places.map(index => idsOf(index).waterPoint)],
  )
  const prices: PlacePrice[] = []
  for (const { point, account } of rows) {
    const accountId: AccountId = asId<'account'>(String(account))
    const [bill] = await listBills(ctx.tx, accountId, { limit: 1 })
    if (!bill || !mainSegment(bill)) continue
    const { versionsOf } = await loadLibrary(ctx, [bill])
    const steps = stepsOfBill(bill, versionsOf, 748)
    const servicePointId: ServicePointId = asId<'service-point'>(String(point))
    if (steps) prices.push({ servicePointId, asOf: bill.toOn, ...steps, days: 30 })
  }
  return prices
}

const byReader = 16n

function filesOf(stops: readonly Stop[], { today }: Options): FileToLoad[] {
  const file = (name: string, format: ReadFileFormat, text: string): FileToLoad => ({
    ...{ name, format, options: { on: today } },
    open: () => bytesOf(text),
    by: asId<'person'>(byReader),
  })
  const rounds = [...Map.groupBy(stops, stop => stop.book).entries()]
  const handheld = rounds.map(([book, ofBook]) =>
    file(`${book}-${ofBook[0]!.on}.mvrs`, 'mvrs', handheldFile(ofBook)),
  )
  const phoned = stops.some(stop => stop.byCustomer)
    ? [file(`phoned-in-${today}.csv`, 'csv', customerCsv(stops))]
    : []
  const [first] = handheld
  return [...handheld, ...phoned, ...(first ? [{ ...first, name: `again-${first.name}` }] : [])]
}

/** The same content twice is refused, and the list of files says so. */
async function bring(hand: JobHand, file: FileToLoad): Promise<void> {
  try {
    await loadFile(hand, file)
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'metering.file-twice')) throw error
  }
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text)
}
