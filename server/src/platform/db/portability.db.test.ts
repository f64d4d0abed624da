/**
 * The lint of docs/decisions (one account, one place): what carries `account_id` can be spread over machines by it.
 * A key that does not begin there would work on one database and stop the day there are two.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, postgres15, type TestDatabase } from '../../../../tools/testing/database.ts'

type Finding = { problem: string; table: string; object: string | null; detail: string | null }

const distributed = sql`
  select c.oid, n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped)`

const lint = sql<Finding>`
  with dist as (${distributed}),
  key as (
    select d.name, i.indexrelid::regclass::text as object,
      case when i.indisexclusion then 'exclusion' when i.indisprimary then 'primary' else 'unique' end as kind,
      (select a.attname from pg_attribute a where a.attrelid = d.oid and a.attnum = (i.indkey::int2[])[0]) as first
    from dist d join pg_index i on i.indrelid = d.oid where i.indisunique or i.indisexclusion)
  select 'key-does-not-begin-with-account_id' as problem, name as "table", object, kind as detail
    from key where first is distinct from 'account_id'
  union all
  select 'foreign-key-between-accounts-without-account_id', d.name, c.conname, c.confrelid::regclass::text
    from dist d join pg_constraint c on c.conrelid = d.oid and c.contype = 'f' join dist e on e.oid = c.confrelid
    where not exists (select from unnest(c.conkey) x(n)
      join pg_attribute a on a.attrelid = d.oid and a.attnum = x.n and a.attname = 'account_id')
  union all
  select 'foreign-key-into-accounts-from-elsewhere', c.conrelid::regclass::text, c.conname, c.confrelid::regclass::text
    from pg_constraint c join dist e on e.oid = c.confrelid
    where c.contype = 'f' and c.conrelid not in (select oid from dist)
  union all
  select 'no-primary-key', name, null, null from dist d
    where not exists (select from pg_index i where i.indrelid = d.oid and i.indisprimary)
  union all
  select 'trigger', d.name, t.tgname, case when t.tgdeferrable then 'deferrable' else '' end
    from dist d join pg_trigger t on t.tgrelid = d.oid where not t.tgisinternal
  union all
  select 'identity-too-small', d.name, a.attname, format_type(a.atttypid, null)
    from dist d join pg_attribute a on a.attrelid = d.oid
    where a.atttypid in (21, 23) and (a.attidentity <> '' or exists (
      select from pg_attrdef f where f.adrelid = d.oid and f.adnum = a.attnum
        and pg_get_expr(f.adbin, f.adrelid) like 'nextval%'))
  union all
  select 'volatile-default', d.name, a.attname, pg_get_expr(f.adbin, f.adrelid)
    from dist d join pg_attribute a on a.attrelid = d.oid
    join pg_attrdef f on f.adrelid = d.oid and f.adnum = a.attnum
    where pg_get_expr(f.adbin, f.adrelid) ~ '(gen_random_uuid|random[(]|clock_timestamp|uuidv7)'
  order by 1, 2, 3`

/** Guards only: they refuse, they compute nothing, and the grants hold without them (reliability 4.4, rule 12). */
const guardedTables = [
  'billing.bill',
  'billing.bill_segment',
  'billing.meter_corrected_segment',
  'billing.meter_correction',
  'billing.meter_correction_reversal',
  'billing.meter_proposal',
  'billing.variance_credit',
  'investigations.evidence',
  'ledger.journal',
  'ledger.posting',
  'payments.payment',
  'payments.payment_return',
  'variances.budget_grant',
  'variances.evidence',
  'variances.grant_change',
  'variances.variance_event',
]
const accepted = guardedTables.flatMap(table => [
  `trigger ${table} append_only`,
  `trigger ${table} append_only_truncate`,
])

const told = ({ problem, table, object }: Finding) => [problem, table, object].filter(Boolean).join(' ')

async function findings(database: TestDatabase): Promise<string[]> {
  const { rows } = await lint.execute(database.owner)
  return rows.map(told)
}

describe('the records can be spread over machines by account', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database?.drop())

  test('on the embedded PostgreSQL, nothing but the listed guards is found', async () => {
    expect((await findings(database)).sort()).toEqual([...accepted].sort())
  })

  test('the money and the bills are among the tables it looks at', async () => {
    const { rows } = await sql<{ name: string }>`${distributed}`.execute(database.owner)
    expect(rows.map(row => row.name)).toEqual(
      expect.arrayContaining(['ledger.journal', 'ledger.posting', 'billing.bill', 'payments.payment']),
    )
  })

  test('every planted fault is found, so that silence means something', async () => {
    const planted = await createTestDatabase()
    try {
      for (const statement of plants) await sql.raw(statement).execute(planted.owner)
      const found = (await findings(planted)).filter(line => !accepted.includes(line))
      expect(found.map(line => line.split(' ')[0]).sort()).toEqual([
        'foreign-key-between-accounts-without-account_id',
        'foreign-key-into-accounts-from-elsewhere',
        'identity-too-small',
        'key-does-not-begin-with-account_id',
        'key-does-not-begin-with-account_id',
        'key-does-not-begin-with-account_id',
        'no-primary-key',
        'trigger',
        'volatile-default',
      ])
    } finally {
      await planted.drop()
    }
  })
})

const plants = [
  'create schema plant',
  'create table plant.good (account_id bigint, n bigint, primary key (account_id, n))',
  'create table plant.key (account_id bigint, n bigint primary key)',
  'create table plant.late (n bigint, account_id bigint, primary key (n, account_id))',
  'create table plant.small (account_id bigint, n integer generated always as identity, primary key (account_id, n))',
  'create table plant.chance (account_id bigint primary key, n uuid default gen_random_uuid())',
  'create table plant.bare (account_id bigint)',
  'create table plant.child (account_id bigint primary key, n bigint unique references plant.key)',
  'create table plant.outsider (id bigint primary key, n bigint references plant.key)',
  'create trigger computes before insert on plant.good execute function platform.forbid_change()',
]

test('the same holds on PostgreSQL 15, where the machine has it', async () => {
  const cluster = await postgres15()
  if (!cluster) return console.warn('PostgreSQL 15 is not installed here: not tried')
  try {
    const database = await cluster.createDatabase()
    expect((await findings(database)).sort()).toEqual([...accepted].sort())
    await database.drop()
  } finally {
    await cluster.stop()
  }
})
