import type { AccountId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../../../../tools/testing/house.ts'
import { openPools, type Pools } from '../../platform/db/pools.ts'
import { ask } from '../../platform/http/door.ts'
import { systemCall } from '../../platform/jobs/runner.ts'
import { reports } from './contract.ts'
import { getAccount360 } from './queries/account-360.ts'

let house: House
let pools: Pools
const asked: string[] = []

beforeAll(async () => {
  house = await openHouse()
  pools = await openPools(house.database.target)
  pools.counter.pool.on('connect', (client: pg.PoolClient) => {
    const query = client.query.bind(client) as (question: { text: string; values?: unknown[] }) => unknown
    Object.assign(client, {
      query: (question: { text: string; values?: unknown[] }) => {
        asked.push(`${question.text} ${JSON.stringify(question.values, (_, v) => String(v))}`)
        return query(question)
      },
    })
  })
})
afterAll(async () => {
  await pools.close()
  await house.close()
})

/** Some 22 for a quiet account, some 32 for one whose bill needs explaining; the caller waits for each of them. */
const most = 40

test('an account opens at once: nothing is asked twice, and few questions in all', async () => {
  const { rows } = await sql<{ id: AccountId }>`
    select account_id as id from accounts.account where closed_on is null order by 1 limit 20`.execute(
    pools.counter.db,
  )
  const door = {
    db: pools.counter.db,
    listeners: new Map(),
    witnesses: new Map(),
    keys: { secrets: Buffer.alloc(32) },
    timeZone: 'America/Los_Angeles',
    now: () => new Date(),
  }
  const call = systemCall('reports.getAccount360', 'test')
  const counts: number[] = []
  for (const { id } of rows) {
    asked.length = 0
    const view = await ask(door, call, reports.getAccount360, { accountId: id }, getAccount360)
    expect(view).toMatchObject({ account: { accountId: String(id) } })
    expect(asked.filter((question, at) => asked.indexOf(question) !== at)).toEqual([])
    counts.push(asked.length)
  }
  expect(Math.max(...counts)).toBeLessThanOrEqual(most)
})
