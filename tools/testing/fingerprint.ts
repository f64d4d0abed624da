/** What a database holds, table by table: how many rows, and the newest transaction that wrote one of them. */
import { sql } from 'kysely'
import type { TestDatabase } from './database.ts'

/** Being seen, trying to sign in and a protected name on a screen leave a trace of their own, also of what only asks. */
const tracesOfAsking = ['staff.session', 'staff.sign_in_attempt', 'customers.access']

export type Fingerprint = Readonly<Record<string, string>>

export async function fingerprint({ owner }: TestDatabase): Promise<Fingerprint> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(owner)
  const names = tables.rows.map(row => row.name).filter(name => !tracesOfAsking.includes(name))
  const counts = names.map(
    name =>
      sql`select ${sql.lit(name)} as name, count(*) || ' rows, last by ' || coalesce(max(xmin::text::bigint), 0) as held
        from ${sql.raw(name)}`,
  )
  const { rows } = await sql<{ name: string; held: string }>`${sql.join(counts, sql` union all `)}`.execute(
    owner,
  )
  return Object.fromEntries(rows.map(row => [row.name, row.held]))
}
