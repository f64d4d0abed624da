import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../../../tools/testing/house.ts'
import { modules } from '../app.ts'
import { withConnection } from './db/connection.ts'
import { openPools } from './db/pools.ts'
import { createLog } from './log.ts'
import { readAhead, startWarmUp, warmConnections } from './warm-up.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const door = (db: House['database']['db']) => ({
  db,
  listeners: new Map(),
  witnesses: new Map(),
  keys: { secrets: Buffer.alloc(32, 7) },
  timeZone: 'America/Los_Angeles',
  now: () => new Date(),
})

test('the first searches of the day meet connections that know their statements, and half the pool stays free', async () => {
  const pools = await openPools(house.database.target)
  const lines: string[] = []
  const log = createLog('info', { write: line => void lines.push(line) })
  const end = startWarmUp({
    target: house.database.target,
    pools,
    door: door(pools.counter.db),
    modules,
    log,
  })
  let most = 0
  while (!lines.some(line => line.includes('warm'))) {
    most = Math.max(most, pools.counter.pool.totalCount)
    await sleep(5)
  }
  await end()
  expect(lines.join('')).toContain('"warmed up"')
  expect(most).toBeLessThanOrEqual(warmConnections)
  const known = async () => {
    const { rows } = await sql<{ n: bigint }>`select count(*) n from pg_prepared_statements`.execute(
      pools.counter.db,
    )
    return Number(rows[0]!.n)
  }
  expect(await known()).toBeGreaterThan(15)
  await pools.close()
})

test('search tables are read into memory with their indexes, and a table that is not there is passed over', async () => {
  const tables = ['accounts.search_document', 'accounts.no_such_table']
  const megabytes = await withConnection(house.database.target, null, client =>
    readAhead(client, tables, () => false),
  )
  expect(megabytes).toBeGreaterThanOrEqual(0)
})

test('a server that is stopped while it warms up does not wait for the end of it', async () => {
  const pools = await openPools(house.database.target)
  const log = createLog('warn', { write: () => {} })
  const end = startWarmUp({
    target: house.database.target,
    pools,
    door: door(pools.counter.db),
    modules,
    log,
  })
  await end()
  expect(pools.counter.pool.totalCount).toBeLessThanOrEqual(1)
  await pools.close()
})
