/** Books on the days they are read: how far each is, what is missing, who closed it. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { MeterId, PersonId, ServicePointId } from '@curbstop/kernel/ids'
import type { Cents } from '@curbstop/kernel/money'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'

export type RoundAsked = {
  readonly bookId: number
  readonly dueOn: LocalDate
  /** Reads of these days belong to the round. */
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly points: readonly ServicePointId[]
}

export type RoundRow = {
  expected: number
  read: number
  skipped: number
  customerReads: number
  estimated: number
  open: number
  blocking: number
  openCents: Cents
  decided: number
  closedAt: Instant | null
  closedBy: string | null
}

const hangsThere = (asked: RoundAsked) => sql`
  metering.installation i
  where i.service_point_id = any(${asked.points}::bigint[]) and i.installed @> ${asked.dueOn}::date`

/** Read, skipped and missing add up to what hangs there. */
export async function sumRound(tx: Tx, asked: RoundAsked): Promise<RoundRow> {
  const { bookId, dueOn, fromOn, toOn } = asked
  const { rows } = await sql<RoundRow>`
    with seen as (
      select i.meter_id,
        (select r.kind from metering.read r
          where r.meter_id = i.meter_id and r.read_on between ${fromOn} and ${toOn}
            and r.kind not in ('exchange-in', 'exchange-out')
            and not exists (select from metering.read_void v where v.meter_id = r.meter_id
              and v.register_no = r.register_no and v.read_id = r.read_id)
          order by r.register_no, r.read_on desc, r.read_id desc limit 1) as kind,
        exists (select from metering.skip s where s.meter_id = i.meter_id and s.on_date between ${fromOn} and ${toOn})
          as is_skipped
      from ${hangsThere(asked)}
    ), judged as (
      select count(*) filter (where decided_at is null)::integer as open,
        count(*) filter (where decided_at is null and blocks_billing)::integer as blocking,
        coalesce(sum(at_stake_cents) filter (where decided_at is null), 0)::bigint as cents,
        count(*) filter (where decided_at is not null)::integer as decided
      from metering.exception where book_id = ${bookId} and on_date between ${fromOn} and ${toOn}
    )
    select count(*)::integer as expected, count(kind)::integer as read,
      count(*) filter (where kind is null and is_skipped)::integer as skipped,
      count(*) filter (where kind = 'customer')::integer as "customerReads",
      count(*) filter (where kind = 'estimated')::integer as estimated,
      max(j.open) as open, max(j.blocking) as blocking, max(j.cents) as "openCents", max(j.decided) as decided,
      (select closed_at from metering.round where book_id = ${bookId} and due_on = ${dueOn}) as "closedAt",
      (select p.name from metering.round c join staff.person p on p.person_id = c.closed_by
        where c.book_id = ${bookId} and c.due_on = ${dueOn}) as "closedBy"
    from judged j left join seen on true`.execute(tx)
  return rows[0]!
}

export type MissingRow = {
  meterId: MeterId
  servicePointId: ServicePointId
  serial: string
  skipCode: string | null
  note: string | null
  lastReadOn: LocalDate | null
  estimatesInRow: number
}

export async function listMissing(tx: Tx, asked: RoundAsked): Promise<MissingRow[]> {
  const { fromOn, toOn } = asked
  const { rows } = await sql<MissingRow>`
    select i.meter_id as "meterId", i.service_point_id as "servicePointId", m.serial, s.code as "skipCode", s.note,
      l.read_on as "lastReadOn",
      (select count(*)::integer from metering.read e where e.meter_id = i.meter_id and e.register_no = 1
        and e.kind = 'estimated' and e.read_on > coalesce((select max(a.read_on) from metering.read a
          where a.meter_id = i.meter_id and a.register_no = 1 and a.kind <> 'estimated'), '-infinity')) as "estimatesInRow"
    from metering.installation i
    join metering.meter m on m.meter_id = i.meter_id
    left join lateral (select s.code, s.note from metering.skip s
      where s.meter_id = i.meter_id and s.on_date between ${fromOn} and ${toOn} order by s.on_date desc limit 1) s on true
    left join lateral (select r.read_on from metering.read r where r.meter_id = i.meter_id
      order by r.register_no, r.read_on desc limit 1) l on true
    where i.service_point_id = any(${asked.points}::bigint[]) and i.installed @> ${asked.dueOn}::date
      and not exists (select from metering.read r where r.meter_id = i.meter_id and r.read_on between ${fromOn} and ${toOn}
        and r.kind not in ('exchange-in', 'exchange-out')
        and not exists (select from metering.read_void v where v.meter_id = r.meter_id
          and v.register_no = r.register_no and v.read_id = r.read_id))`.execute(tx)
  return rows
}

export type Closing = {
  readonly bookId: number
  readonly dueOn: LocalDate
  readonly by: PersonId
  readonly missing: number
}

/** False when it is closed already. */
export async function closeRound(tx: Tx, { bookId, dueOn, by, missing }: Closing): Promise<boolean> {
  const { rows } = await sql`
    insert into metering.round as r (book_id, due_on, closed_at, closed_by, missing_when_closed)
    values (${bookId}, ${dueOn}, now(), ${by}, ${missing})
    on conflict (book_id, due_on) do update set closed_at = now(), closed_by = ${by}, missing_when_closed = ${missing}
    where r.closed_at is null returning book_id`.execute(tx)
  return rows.length > 0
}

/** Plates of the meters that hang at these places on a day. */
export async function listSerialsAt(
  tx: Tx,
  points: readonly ServicePointId[],
  on: LocalDate,
): Promise<string[]> {
  const { rows } = await sql<{ serial: string }>`
    select m.serial from metering.installation i join metering.meter m on m.meter_id = i.meter_id
    where i.service_point_id = any(${points}::bigint[]) and i.installed @> ${on}::date`.execute(tx)
  return rows.map(row => row.serial)
}
