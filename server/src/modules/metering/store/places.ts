/** Everything of our own that a batch of reads is judged by: one statement for thousands of serial numbers. */
import type { MeterId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { RegisterRow } from '../domain/loading/place.ts'

export async function listRegisters(tx: Tx, serials: readonly string[]): Promise<RegisterRow[]> {
  const { rows } = await sql<RegisterRow>`
    select m.serial, m.meter_id as "meterId", m.size, g.register_no as "registerNo",
      (select count(*)::integer from metering.register o where o.meter_id = m.meter_id) as "registerCount",
      g.unit, g.dials, g.multiplier::text, i.service_point_id as "servicePointId",
      lower(i.installed) - date '1970-01-01' as "installedDay",
      upper(i.installed) - date '1970-01-01' as "removedDay",
      i.in_value[(select count(*) from metering.register o
        where o.meter_id = m.meter_id and o.register_no <= g.register_no)] as "inValue",
      l.reads as "lastReads", p.ends::text, p.days::text, p.gallons::text, p.marks,
      c.up_to_gallons::text as "priceUpTo", c.cents_per_kgal::text as "priceCents", c.days as "priceDays",
      exists (select from metering.flow_expected f where f.service_point_id = i.service_point_id and f.to_on is null)
        as "flowExpected"
    from unnest(${serials}::text[]) as asked (serial)
    join metering.meter m on m.serial = asked.serial
    join metering.register g on g.meter_id = m.meter_id
    left join lateral (
      select i.service_point_id, i.installed, i.in_value from metering.installation i
      where i.meter_id = m.meter_id order by upper(i.installed) desc nulls first limit 1) i on true
    left join lateral (
      select string_agg((r.read_on - date '1970-01-01') || ':' || r.value || ':' || r.kind, ' '
        order by r.read_on desc, r.read_id desc) as reads
      from (
        select r.read_on, r.read_id, r.value, r.kind from metering.read r
        where r.meter_id = m.meter_id and r.register_no = g.register_no and r.read_on >= lower(i.installed)
          and r.kind not in ('exchange-in', 'exchange-out')
          and not exists (select from metering.read_void v where v.meter_id = r.meter_id
            and v.register_no = r.register_no and v.read_id = r.read_id)
        order by r.read_on desc, r.read_id desc limit 5) r) l on true
    left join metering.profile p on p.service_point_id = i.service_point_id and p.register_no = g.register_no
    left join metering.price c on c.service_point_id = i.service_point_id`.execute(tx)
  return rows
}

export type HungMeter = {
  readonly serial: string
  readonly meterId: MeterId
  /** Day numbers; null when it was never hung, or hangs still. */
  readonly firstDay: number | null
  readonly lastDay: number | null
}

export async function listMetersBySerial(tx: Tx, serials: readonly string[]): Promise<HungMeter[]> {
  const { rows } = await sql<HungMeter>`
    select m.serial, m.meter_id as "meterId", i."firstDay", i."lastDay"
    from metering.meter m
    left join lateral (
      select min(lower(i.installed)) - date '1970-01-01' as "firstDay",
        case when bool_and(not upper_inf(i.installed)) then max(upper(i.installed)) - date '1970-01-01' end as "lastDay"
      from metering.installation i where i.meter_id = m.meter_id) i on true
    where m.serial = any(${serials}::text[])`.execute(tx)
  return rows
}
