import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { layAside, putBack } from './bulk.ts'
import { connect } from './seed.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

/** Every key, reference, index and option, in the database's own words. */
async function rulesOf(db: Kysely<unknown>): Promise<string[]> {
  const { rows } = await sql<{ rule: string }>`
    select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as rule from pg_constraint
    union all select pg_get_indexdef(indexrelid) from pg_index
    union all select oid::regclass || ' ' || reloptions::text from pg_class where reloptions is not null
    union all select attrelid::regclass || ' ' || attname || ' not null' from pg_attribute where attnotnull
    order by 1`.execute(db)
  return rows.map(row => row.rule)
}

test('every key and every reference that was laid aside for the load watches over the district again', async () => {
  const before = await rulesOf(database.owner)
  const [client, second] = [await connect(database.target), await connect(database.target)]
  try {
    const aside = await layAside(client)
    expect((await rulesOf(database.owner)).length).toBeLessThan(before.length - 80)
    await putBack(client, aside, second)
    expect(await rulesOf(database.owner)).toEqual(before)
  } finally {
    await client.end()
    await second.end()
  }
})
