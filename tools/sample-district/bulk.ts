/**
 * What a row by row load pays for again and again is laid aside and put back once: foreign keys (each row would ask
 * for its parent; put back, one join proves all of them) and indexes beside the primary key (built by sorting). The
 * definitions are the database's own words, so nothing is spelt twice. Only inside an `unfinished` making: if it is
 * cut off, the next start makes the whole schema anew.
 */
import type pg from 'pg'

/** Where nearly all rows go. */
const tables = [
  'billing.bill',
  'billing.bill_segment',
  'ledger.journal',
  'ledger.posting',
  'payments.payment',
  'metering.read',
  'accounts.account_service',
  'accounts.occupancy',
  'accounts.search_document',
  'accounts.search_term',
  'customers.phone',
  'premises.service_point',
]

export type Aside = readonly string[]

/** Answers the statements that put everything back. */
export async function layAside(client: pg.ClientBase): Promise<Aside> {
  const { rows } = await client.query<{ away: string; back: string }>(
    `select format('drop index %s', indexrelid::regclass) as away, pg_get_indexdef(indexrelid) as back
     from pg_index where indrelid = any($1::regclass[]) and not indisunique and not indisexclusion
     union all
     select format('alter table %s drop constraint %I', conrelid::regclass, conname),
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
     from pg_constraint where contype = 'f' and conrelid = any($1::regclass[])`,
    [tables],
  )
  await client.query('begin')
  for (const { away } of rows) await client.query(away)
  await client.query('commit')
  return rows.map(({ back }) => back)
}

/** On two connections: both cores are free by now. Waits for a lock between them, but never in a circle. */
export async function putBack(client: pg.Client, aside: Aside, second: pg.Client): Promise<void> {
  const left = [...aside]
  const work = async (connection: pg.Client) => {
    await connection.query(`set maintenance_work_mem = '256MB'`)
    for (let next = left.shift(); next; next = left.shift()) await connection.query(next)
    await connection.query('reset maintenance_work_mem')
  }
  await Promise.all([work(client), work(second)])
}
