import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase, postgres15 } from './database.ts'

test('every test file works on a database of its own with every migration applied', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
  try {
    await sql`insert into platform.event (name) values ('test.happened')`.execute(one.db)
    const count = sql<{ n: bigint }>`select count(*) n from platform.event where name = 'test.happened'`
    expect((await count.execute(one.db)).rows[0]?.n).toBe(1n)
    expect((await count.execute(two.db)).rows[0]?.n).toBe(0n)
  } finally {
    await Promise.all([one.drop(), two.drop()])
  }
})

test('the same schema stands on PostgreSQL 15, where the machine has it', async () => {
  const cluster = await postgres15()
  if (!cluster) return console.warn('PostgreSQL 15 is not installed here: not tried')
  try {
    const database = await cluster.createDatabase()
    expect(database.pools.serverVersion).toBeGreaterThanOrEqual(150_000)
    expect(database.pools.serverVersion).toBeLessThan(160_000)
    const { rows } = await sql<{ user: string }>`select current_user "user"`.execute(database.db)
    expect(rows[0]?.user).toBe('curbstop_app')
    await database.drop()
  } finally {
    await cluster.stop()
  }
})
