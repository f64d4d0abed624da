import { localDate } from '@curbstop/kernel/dates'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tools/testing/database.ts'
import { adoptRules as adoptInTest } from '../../tools/testing/policies.ts'
import { adoptRules, adoptRulesAt } from './adopt-rules.ts'
import { packs } from './modules/policy/packs/index.ts'
import type { Door } from './platform/http/door.ts'

let database: TestDatabase
let door: Door
beforeAll(async () => {
  database = await createTestDatabase()
  door = {
    db: database.db,
    listeners: new Map(),
    keys: { secrets: Buffer.alloc(32) },
    timeZone: 'America/Los_Angeles',
    now: () => new Date('2026-11-23T18:00:00Z'),
  }
})
afterAll(() => database.drop())

const rulesOf = async (code: string) =>
  (
    await sql<{ value: unknown; from: string }>`
      select value, lower(effective)::text as "from" from policy.rule where code = ${code} order by effective`.execute(
      database.db,
    )
  ).rows

test('a district made by an older version gets the rules it never had, and keeps its own as they are', async () => {
  expect(await adoptRules(door)).toEqual([]) // no district: nothing to adopt for
  await sql`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
    values ('Cedar Flat Water District', 'Cedar Flat', 'America/Los_Angeles', 'ccf', '', '', '')`.execute(
    database.db,
  )
  const own = {
    ...packs.find(rule => rule.code === 'VEE-012')!,
    value: 55,
    effectiveFrom: localDate('2024-07-01'),
  }
  await database.db.transaction().execute(tx => adoptInTest(tx, [own]))
  const [one, two] = await Promise.all([adoptRules(door), adoptRules(door)])
  expect([...one, ...two].sort()).toEqual(
    packs
      .map(rule => rule.code)
      .filter(code => code !== 'VEE-012')
      .sort(),
  )
  expect(await rulesOf('VEE-012')).toEqual([{ value: 55, from: '2024-07-01' }])
  expect(await rulesOf('VEE-024')).toEqual([{ value: { hours: 24, gallons: 1 }, from: '2020-01-01' }])
  expect(await adoptRules(door)).toEqual([])
  expect(await adoptRulesAt(database.target, door.timeZone)).toEqual([])
  const { rows } = await sql<{ n: bigint }>`
    select count(*) n from audit.entry where duty = 'policy.adoptShippedRules'`.execute(database.owner)
  expect(Number(rows[0]!.n)).toBe(packs.length - 1)
})
