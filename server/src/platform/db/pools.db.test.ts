import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../../../../tools/testing/database.ts'
import { clientConfig } from './connection.ts'
import { inTransaction, isRetryable, isUnavailable, openPools, withClient } from './pools.ts'

const quick = {
  max: 2,
  connectionTimeoutMillis: 300,
  statementTimeoutMillis: 400,
  lockTimeoutMillis: 200,
  idleInTransactionTimeoutMillis: 300,
}
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ settings: { counter: quick } })
  await sql`create table public.box (id bigint primary key, cents bigint not null)`.execute(database.owner)
  await sql`insert into public.box values (1, 100), (2, 100)`.execute(database.owner)
})
afterAll(() => database.drop())

const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    error => error,
  )
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test('values arrive exact: ids and cents as bigint, dates and decimals as text, instants in UTC', async () => {
  const { rows } = await sql<
    Record<string, unknown>
  >`select 9007199254740993::bigint as big, date '2026-03-08' as day,
    1.10::numeric as exact, timestamptz '2026-03-08 02:30:00.25-08' as at, array[1,2]::bigint[] as bigs,
    array[date '2026-01-01', null] as days, '{"a":[1]}'::jsonb as doc, 3::int as small, current_user as who,
    current_setting('timezone') as zone`.execute(database.db)
  expect(rows[0]).toEqual({
    big: 9_007_199_254_740_993n,
    day: '2026-03-08',
    exact: '1.10',
    at: '2026-03-08T10:30:00.25Z',
    bigs: [1n, 2n],
    days: ['2026-01-01', null],
    doc: { a: [1] },
    small: 3,
    who: 'curbstop_app',
    zone: 'UTC',
  })
})

test('the application cannot delete, truncate, drop or grant itself more', async () => {
  for (const statement of ['delete from public.box', 'truncate public.box', 'drop table public.box']) {
    expect(await caught(sql.raw(statement).execute(database.db))).toMatchObject({ code: '42501' })
  }
})

test('when every connection is taken, the next caller is told within the limit and not held for ever', async () => {
  let free = () => {}
  const held = new Promise<void>(resolve => {
    free = resolve
  })
  const holders = [1, 2].map(() => withClient(database.db, () => held))
  await pause(100)
  const started = performance.now()
  const error = await caught(sql`select 1`.execute(database.db))
  free()
  await Promise.all(holders)
  expect(performance.now() - started).toBeLessThan(1_000)
  expect(isUnavailable(error)).toBe(true)
  expect(isRetryable(error)).toBe(false)
})

test('a statement that does not end is ended; the batch pool may take longer', async () => {
  expect(await caught(sql`select pg_sleep(2)`.execute(database.db))).toMatchObject({ code: '57014' })
  await sql`select pg_sleep(0.6)`.execute(database.pools.batch.db)
})

test('a lock that somebody keeps is given up on, and said to be busy', async () => {
  const { owner } = database
  await owner.transaction().execute(async tx => {
    await sql`select * from public.box where id = 1 for update`.execute(tx)
    const error = await caught(
      inTransaction(database.db, { retries: 1 }, other =>
        sql`update public.box set cents = cents + 1 where id = 1`.execute(other),
      ),
    )
    expect(error).toMatchObject({ code: '55P03' })
    expect(isUnavailable(error)).toBe(true)
  })
})

test('a transaction somebody left open is ended, its lock freed, and the process lives', async () => {
  const error = await caught(
    database.db.transaction().execute(async tx => {
      await sql`select * from public.box where id = 1 for update`.execute(tx)
      await pause(700)
      await sql`select 1`.execute(tx)
    }),
  )
  expect(isUnavailable(error)).toBe(true)
  await sql`update public.box set cents = cents where id = 1`.execute(database.db)
})

test('a killed connection fails its own statement only', async () => {
  const error = await caught(
    withClient(database.db, async client => {
      const { rows } = await client.query('select pg_backend_pid() pid')
      await sql`select pg_terminate_backend(${rows[0].pid}::int)`.execute(database.owner)
      await client.query('select 1')
    }),
  )
  expect(isUnavailable(error)).toBe(true)
  for (let i = 0; i < 4; i++) await sql`select 1`.execute(database.db)
})

test('two who meet in a deadlock both succeed, and no cent is lost', async () => {
  const move = (from: bigint, to: bigint) =>
    inTransaction(database.pools.batch.db, {}, async tx => {
      await sql`update public.box set cents = cents - 1 where id = ${from}`.execute(tx)
      await pause(50)
      await sql`update public.box set cents = cents + 1 where id = ${to}`.execute(tx)
    })
  await Promise.all([move(1n, 2n), move(2n, 1n)])
  const { rows } = await sql<{ cents: bigint }>`select cents from public.box order by id`.execute(database.db)
  expect(rows.map(row => row.cents)).toEqual([100n, 100n])
})

test('serializable writers are run again until each has seen the others', async () => {
  const add = () =>
    inTransaction(database.pools.jobs.db, { isolation: 'serializable', retries: 10 }, async tx => {
      const { rows } = await sql<{ cents: bigint }>`select cents from public.box where id = 2`.execute(tx)
      await sql`update public.box set cents = ${rows[0]!.cents + 1n} where id = 2`.execute(tx)
    })
  await Promise.all([add(), add(), add()])
  const { rows } = await sql<{ cents: bigint }>`select cents from public.box where id = 2`.execute(
    database.db,
  )
  expect(rows[0]?.cents).toBe(103n)
})

test('a read-only transaction refuses to write', async () => {
  const error = await caught(
    inTransaction(database.db, { readOnly: true }, tx => sql`update public.box set cents = 0`.execute(tx)),
  )
  expect(error).toMatchObject({ code: '25006' })
  expect(isUnavailable(error)).toBe(false)
})

test('a swallowed error cannot turn into a commit that never was', async () => {
  const error = await caught(
    inTransaction(database.db, {}, async tx => {
      await caught(sql`select 1/0`.execute(tx))
    }),
  )
  expect(String(error)).toMatch(/division by zero/) // what undid it, not that it is undone
})

test('a savepoint keeps the rest of a chunk when one account fails', async () => {
  const tx = await database.db.startTransaction().execute()
  await sql`insert into public.box values (10, 1)`.execute(tx)
  const point = await tx.savepoint('one account').execute()
  await caught(sql`insert into public.box values (10, 1)`.execute(point))
  await point.rollbackToSavepoint('one account').execute()
  await tx.commit().execute()
  const { rows } = await sql<{ n: bigint }>`select count(*) n from public.box where id = 10`.execute(
    database.db,
  )
  expect(rows[0]?.n).toBe(1n)
})

test('a database that is away is told from one that refuses', async () => {
  const away = await caught(openPools({ ...database.target, host: '/nonexistent' }))
  expect(isUnavailable(away)).toBe(true)
  expect(isUnavailable(Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' }))).toBe(false)
  const refused = await caught(openPools({ ...database.target, password: 'wrong' }))
  expect(String(refused)).toContain('refused the user name or password')
  const missing = await caught(openPools({ ...database.target, database: 'nowhere' }))
  expect(String(missing)).toContain('does not exist')
})

test('a database that was never migrated still opens where the role exists, with nothing in it', async () => {
  const empty = await createEmptyDatabase()
  const pools = await openPools(empty.target)
  expect(await caught(sql`select 1 from platform.event`.execute(pools.counter.db))).toMatchObject({
    code: '42P01',
  })
  await pools.close()
  await empty.drop()
})

test('options in the address of an outside database stay, and ours are added', () => {
  const config = clientConfig(
    'postgres://u:p%40@h:5433/d?options=-c%20geqo%3Doff&sslmode=disable',
    'curbstop_app',
  )
  expect(config.options).toContain('-c geqo=off -c timezone=UTC')
  expect(config.options).toContain('-c role=curbstop_app')
  expect(config.connectionString).toBe('postgres://u:p%40@h:5433/d?sslmode=disable')
})
