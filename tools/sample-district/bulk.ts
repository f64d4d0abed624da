/**
 * What a row by row load pays for again and again is laid aside and put back once: keys and indexes (built by sorting)
 * and foreign keys (each row would ask for its parent; put back, one join proves all of them). The definitions are the
 * database's own words, so nothing is spelt twice, and what is put back is proved anew. Only inside an `unfinished`
 * making: if it is cut off, the next start makes the whole schema anew.
 */
import type pg from 'pg'

/** Where every premise leaves a row or more. */
const tables = [
  'billing.bill_segment',
  'ledger.posting',
  'ledger.journal',
  'billing.bill',
  'payments.payment',
  'metering.read',
  'accounts.search_term',
  'accounts.search_document',
  'accounts.account_service',
  'accounts.occupancy',
  'accounts.account',
  'accounts.account_number',
  'accounts.household',
  'accounts.enrolment',
  'accounts.premise_owner',
  'customers.customer',
  'customers.phone',
  'customers.email',
  'customers.mailing_address',
  'customers.secret',
  'metering.meter',
  'metering.register',
  'metering.installation',
  'premises.premise',
  'premises.service_point',
]

/** Statements that put everything back, table by table, the largest first: keys and indexes, then foreign keys. */
export type Aside = { readonly keys: readonly string[][]; readonly references: readonly string[][] }

type Found = { kind: 'reference' | 'key'; away: string; back: string; table: string }

export async function layAside(client: pg.ClientBase): Promise<Aside> {
  const { rows } = await client.query<Found>(
    `select 'reference' as kind, format('alter table %s drop constraint %I', conrelid::regclass, conname) as away,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back,
       conrelid::regclass::text as table
     from pg_constraint
     where contype = 'f' and (conrelid = any($1::regclass[]) or confrelid = any($1::regclass[]))
     union all
     select 'key', format('alter table %s drop constraint %I', conrelid::regclass, conname),
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
       conrelid::regclass::text
     from pg_constraint where contype in ('p', 'u', 'x') and conrelid = any($1::regclass[])
     union all
     select 'key', format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid), indrelid::regclass::text
     from pg_index i where indrelid = any($1::regclass[])
       and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))`,
    [tables],
  )
  const references = rows.filter(one => one.kind === 'reference')
  const keys = rows.filter(one => one.kind === 'key')
  // Nor does anybody tidy up behind the load: it would be in the way of the keys.
  const unwatched = tables.map(table => `alter table ${table} set (autovacuum_enabled = off)`)
  await client.query([...unwatched, ...[...references, ...keys].map(one => one.away)].join('; '))
  const watched = tables.map(table => [`alter table ${table} reset (autovacuum_enabled)`])
  return { keys: byTable(keys), references: [...byTable(references), ...watched] }
}

function byTable(found: readonly Found[]): string[][] {
  const others = new Set(found.map(one => one.table).filter(table => !tables.includes(table)))
  return [...tables, ...others].map(table => found.filter(one => one.table === table).map(one => one.back))
}

/**
 * On two connections: both cores are free by now. A table's keys are built by one of them, so that neither waits for
 * the other; foreign keys wait for a lock now and then, but never in a circle.
 */
export async function putBack(
  client: pg.Client,
  { keys, references }: Aside,
  second: pg.Client,
): Promise<void> {
  const both = async (waiting: readonly string[][]) => {
    const left = [...waiting]
    const work = async (connection: pg.Client) => {
      for (let next = left.shift(); next; next = left.shift())
        for (const statement of next) await connection.query(statement)
    }
    await Promise.all([work(client), work(second)])
  }
  for (const connection of [client, second]) await connection.query(`set maintenance_work_mem = '256MB'`)
  await both(keys)
  await both(references)
  for (const connection of [client, second]) await connection.query('reset maintenance_work_mem')
}
