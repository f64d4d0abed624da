import type { LocalDate } from '@curbstop/kernel/dates'
import { CompiledQuery, sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { peerUsageSql } from '../domain/peer-usage.ts'

export type PeerRow = {
  class: string
  size: string // 'any' beside the size asked for
  month: LocalDate
  medianGallonsPerDay: number
  p25GallonsPerDay: number
  p75GallonsPerDay: number
  count: number
}
type Asked = {
  readonly class: string
  readonly size: string
  readonly from: LocalDate
  readonly to: LocalDate
}

export async function listPeerUsage(tx: Tx, asked: Asked): Promise<PeerRow[]> {
  const { rows } = await sql<PeerRow>`
    select class, size, month, median_gpd::float8 as "medianGallonsPerDay", p25_gpd::float8 as "p25GallonsPerDay",
      p75_gpd::float8 as "p75GallonsPerDay", n as count
    from metering.peer_usage
    where class = ${asked.class} and size in (${asked.size}, 'any')
      and month >= date_trunc('month', ${asked.from}::timestamp)::date and month <= ${asked.to}
    order by month, size = 'any'`.execute(tx)
  return rows
}

/** Makes the months that begin in `[from, to]` anew: what fell below fifteen goes. */
export async function replacePeerUsage(tx: Tx, from: LocalDate, to: LocalDate): Promise<void> {
  await sql`delete from metering.peer_usage where month between ${from} and ${to}`.execute(tx)
  await tx.executeQuery(CompiledQuery.raw(peerUsageSql, [from, to]))
}

export type PeerMonth = {
  class: string
  size: string
  /** Months since January 1970. */
  monthNumber: number
  p25: number
  median: number
  p75: number
}

/** Every class and size, for judging many reads at once. */
export async function listPeerMonths(tx: Tx, from: LocalDate, to: LocalDate): Promise<PeerMonth[]> {
  const { rows } = await sql<PeerMonth>`
    select class, size, ((extract(year from month) - 1970) * 12 + extract(month from month) - 1)::integer as "monthNumber",
      p25_gpd::float8 as p25, median_gpd::float8 as median, p75_gpd::float8 as p75
    from metering.peer_usage where month between ${from} and ${to}`.execute(tx)
  return rows
}
