/** Two years of a place's use in one row: a summary of the reads, made by one statement for one place and for all. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { ServicePointId } from '@curbstop/kernel/ids'
import { CompiledQuery, sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { ReadKind } from '../domain/periods.ts'
import type { ReadFileId } from './read-files.ts'

/**
 * $1: service points, or null for all. Marks are the values a register showed (came in, read, went out); the use
 * between two marks is a stretch; stretches up to the next read make one period (VEE-010). A stretch below zero that
 * did not pass zero says nothing and leaves its period out (VEE-009).
 */
export const rebuildProfilesSql = `
with place as (
  select i.service_point_id, i.meter_id, g.register_no, lower(i.installed) as installed_on, upper(i.installed) as removed_on,
    i.in_value[row_number() over same] as in_value, i.out_value[row_number() over same] as out_value,
    power(10::numeric, g.dials)::bigint as capacity,
    g.multiplier::float8 * case g.unit when 'gal' then 1 when 'cf' then 7.48 when 'ccf' then 748 when 'l' then 0.264172
      else 264.172 end as dial_gallons
  from metering.installation i join metering.register g on g.meter_id = i.meter_id
  where $1::bigint[] is null or i.service_point_id = any($1::bigint[])
  window same as (partition by i.service_point_id, i.meter_id, i.installed order by g.register_no)
), mark as (
  select service_point_id, register_no, meter_id, installed_on, removed_on, capacity, dial_gallons,
    installed_on as on_date, in_value as value, false as passed_zero, 'exchange-in' as kind, 0 as turn
  from place
  union all
  select p.service_point_id, p.register_no, p.meter_id, p.installed_on, p.removed_on, p.capacity, p.dial_gallons,
    r.read_on, r.value, r.passed_zero, r.kind, 1
  from place p
  join lateral (
    select distinct on (r.read_on) r.read_on, r.value, r.passed_zero, r.kind
    from metering.read r
    where r.meter_id = p.meter_id and r.register_no = p.register_no and r.kind not in ('exchange-in', 'exchange-out')
      and r.read_on >= p.installed_on and (p.removed_on is null or r.read_on <= p.removed_on)
      and not exists (select from metering.read_void v where v.meter_id = r.meter_id
        and v.register_no = r.register_no and v.read_id = r.read_id)
    order by r.read_on, r.read_id desc
  ) r on true
  union all
  select service_point_id, register_no, meter_id, installed_on, removed_on, capacity, dial_gallons,
    removed_on, out_value, out_value < in_value, 'exchange-out', 2
  from place where removed_on is not null
), stretch as (
  select *, value - lag(value) over meter as dial_use, lag(on_date) over meter as from_on,
    lag(kind) over meter as from_kind, count(*) filter (where turn = 1) over earlier as period_no
  from mark
  window meter as (partition by service_point_id, register_no, meter_id, installed_on order by on_date, turn),
    earlier as (partition by service_point_id, register_no order by installed_on, on_date, turn
      rows between unbounded preceding and 1 preceding)
), period as (
  select service_point_id, register_no, coalesce(period_no, 0) as period_no, max(on_date) as ends,
    max(on_date) - min(from_on) as days, bool_or('estimated' in (kind, from_kind)) as estimated, bool_or(turn = 1) as is_read,
    sum((dial_use + case when passed_zero and dial_use < 0 then capacity else 0 end) * dial_gallons)::numeric::float8 as gallons,
    bool_or(dial_use < 0 and not passed_zero) as is_negative
  from stretch where from_on is not null
  group by 1, 2, 3
), kept as (
  select *, row_number() over (partition by service_point_id, register_no order by ends desc) as recent
  from period where is_read and days > 0 and not is_negative
)
insert into metering.profile as was (service_point_id, register_no, ends, days, gallons, marks)
select service_point_id, register_no, array_agg(ends - date '1970-01-01' order by ends),
  array_agg(least(days, 32000)::smallint order by ends), array_agg(gallons order by ends),
  string_agg(case when estimated then 'e' else 'm' end, '' order by ends)
from kept where recent <= 24 group by 1, 2
on conflict (service_point_id, register_no) do update set
  ends = excluded.ends, days = excluded.days, gallons = excluded.gallons, marks = excluded.marks
where (was.ends, was.days, was.gallons, was.marks)
  is distinct from (excluded.ends, excluded.days, excluded.gallons, excluded.marks)`

/** Makes the summaries of these places anew, or of all. */
export async function rebuildProfiles(tx: Tx, points: readonly ServicePointId[] | null): Promise<void> {
  await tx.executeQuery(CompiledQuery.raw(rebuildProfilesSql, [points]))
}

/** False in a district that was just made or loaded: few places have a summary yet. */
export async function mostPlacesHaveProfiles(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ most: boolean }>`
    select (select count(*) from metering.profile) * 2
      > (select count(*) from metering.installation where upper(installed) is null) as most`.execute(tx)
  return rows[0]!.most
}

/** Places with reads of a file, or entered or voided since a day. */
export async function listPointsRead(
  tx: Tx,
  { fileId, since }: { readonly fileId: ReadFileId | null; readonly since: LocalDate },
): Promise<ServicePointId[]> {
  const { rows } = await sql<{ id: ServicePointId }>`
    select distinct i.service_point_id as id
    from metering.read r join metering.installation i on i.meter_id = r.meter_id and upper(i.installed) is null
    where r.entered_at >= ${since}::date ${fileId === null ? sql`` : sql`and r.file_id = ${fileId}`}
    ${
      fileId === null
        ? sql`union select i.service_point_id from metering.read_void v
            join metering.installation i on i.meter_id = v.meter_id and upper(i.installed) is null
            where v.voided_at >= ${since}::date`
        : sql``
    }
    order by 1`.execute(tx)
  return rows.map(row => row.id)
}

export type MonthRead = {
  serial: string
  registerNo: number
  readOn: LocalDate
  value: bigint
  kind: ReadKind
  reader: string | null
  beforeOn: LocalDate
  beforeValue: bigint
  beforeKind: ReadKind
  outcome: 'wrong' | 'right' | null
}

/** Reads of some days with the value each stood on, and what people made of it: for trying limits. */
export async function listReadsOfMonth(
  tx: Tx,
  { from, to, limit }: { readonly from: LocalDate; readonly to: LocalDate; readonly limit: number },
): Promise<MonthRead[]> {
  const { rows } = await sql<MonthRead>`
    select m.serial, r.register_no as "registerNo", r.read_on as "readOn", r.value, r.kind, r.reader,
      b.read_on as "beforeOn", b.value as "beforeValue", b.kind as "beforeKind",
      case when e.decision in ('accepted', 'customer-contacted') then 'right' when e.decision is not null then 'wrong' end
        as outcome
    from (select i.meter_id from metering.installation i where upper(i.installed) is null
      order by i.meter_id % 97, i.meter_id limit ${limit}) sampled
    join metering.meter m on m.meter_id = sampled.meter_id
    join lateral (select * from metering.read r where r.meter_id = sampled.meter_id and r.register_no = 1
      and r.read_on >= ${from} and r.read_on < ${to} and r.kind not in ('exchange-in', 'exchange-out')
      order by r.read_on, r.read_id limit 1) r on true
    join lateral (select * from metering.read b where b.meter_id = r.meter_id and b.register_no = r.register_no
      and b.read_on < r.read_on and not exists (select from metering.read_void v where v.meter_id = b.meter_id
        and v.register_no = b.register_no and v.read_id = b.read_id)
      order by b.read_on desc, b.read_id desc limit 1) b on true
    left join metering.exception e on e.meter_id = r.meter_id and e.register_no = r.register_no and e.read_id = r.read_id`.execute(
    tx,
  )
  return rows
}
