/** The watch over hours: whose hours came in, what stands of them, and the alerts that are open. */
import type { AccountId, MeterId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { HourFindingCode } from '../domain/intervals/findings.ts'
import type { RegisterUnit } from '../domain/registers.ts'

export async function addWatchDue(tx: Tx, meterIds: readonly MeterId[]): Promise<void> {
  await sql`insert into metering.watch_due (meter_id) select unnest(${meterIds}::bigint[])
    on conflict (meter_id) do nothing`.execute(tx)
}

/** Takes some of the list; another worker takes others. */
export async function takeWatchDue(tx: Tx, limit: number): Promise<MeterId[]> {
  const { rows } = await sql<{ meterId: MeterId }>`
    delete from metering.watch_due where meter_id in (
      select meter_id from metering.watch_due order by meter_id limit ${limit} for update skip locked)
    returning meter_id as "meterId"`.execute(tx)
  return rows.map(row => row.meterId)
}

export type WatchedDay = {
  meterId: MeterId
  channel: 'use' | 'register'
  dayNumber: number
  unit: RegisterUnit
  scale: number
  values: string
  marks: string
}

/** The last so many days of these meters, oldest first; hourly ones only. */
export async function listWatchedDays(
  tx: Tx,
  meterIds: readonly MeterId[],
  days: number,
): Promise<WatchedDay[]> {
  const { rows } = await sql<WatchedDay>`
    select d.meter_id as "meterId", d.channel, d.day - date '1970-01-01' as "dayNumber", d.unit, d.scale,
      d.values::text as values, d.marks
    from unnest(${meterIds}::bigint[]) as asked (meter_id)
    join lateral (select max(day) as last from metering.interval_day l
      where l.meter_id = asked.meter_id and l.register_no = 1 and l.channel = 'use') l on true
    join metering.interval_day d on d.meter_id = asked.meter_id and d.register_no = 1
      and d.day > l.last - ${days}::integer and d.seconds = 3600
    order by d.meter_id, d.channel, d.day`.execute(tx)
  return rows
}

export type OpenAlert = {
  meterId: MeterId
  alertId: bigint
  kind: HourFindingCode
  since: number // epoch seconds
  until: number | null
}

/** Alerts that are open, or ended inside the days that are watched. */
export async function listAlerts(tx: Tx, meterIds: readonly MeterId[], from: number): Promise<OpenAlert[]> {
  const { rows } = await sql<OpenAlert>`
    select meter_id as "meterId", alert_id as "alertId", kind, extract(epoch from since)::float8 as since,
      extract(epoch from until)::float8 as until
    from metering.flow_alert
    where meter_id = any(${meterIds}::bigint[]) and (until is null or until > to_timestamp(${from}))`.execute(
    tx,
  )
  return rows
}

export async function endAlert(tx: Tx, { meterId, alertId }: OpenAlert, until: number): Promise<void> {
  await sql`update metering.flow_alert set until = to_timestamp(${until})
    where meter_id = ${meterId} and alert_id = ${alertId}`.execute(tx)
}

export type NewAlert = {
  readonly meterId: MeterId
  readonly kind: HourFindingCode
  readonly since: number
  readonly until: number | null
  readonly gallonsPerHour: number
  readonly facts: Readonly<Record<string, unknown>>
  readonly exceptionId: bigint
}

export async function insertAlert(tx: Tx, alert: NewAlert): Promise<void> {
  await sql`
    insert into metering.flow_alert (meter_id, kind, since, until, gallons_per_hour, facts, exception_id)
    values (${alert.meterId}, ${alert.kind}, to_timestamp(${alert.since}), to_timestamp(${alert.until}),
      ${alert.gallonsPerHour}, ${JSON.stringify(alert.facts)}::jsonb, ${alert.exceptionId})
    on conflict (meter_id, kind, since) do nothing`.execute(tx)
}

export type HourException = {
  readonly servicePointId: ServicePointId
  readonly meterId: MeterId
  readonly bookId: number | null
  readonly onAccount: AccountId | null
  readonly onDate: string
  readonly rule: string
  readonly ruleId: bigint | null
  readonly kind: HourFindingCode
  readonly atStakeCents: bigint
  readonly gallons: number
  readonly measured: number | null
  readonly facts: Readonly<Record<string, unknown>>
}

export async function insertHourException(tx: Tx, one: HourException): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`
    with made as (
      insert into metering.exception (service_point_id, meter_id, book_id, on_account, on_date, source, main_rule,
        blocks_billing, at_stake_cents, gallons)
      values (${one.servicePointId}, ${one.meterId}, ${one.bookId}, ${one.onAccount}, ${one.onDate}, 'interval',
        ${one.rule}, false, ${one.atStakeCents}, ${one.gallons})
      returning exception_id)
    insert into metering.finding (exception_id, finding_no, rule, rule_id, kind, severity, at_stake_cents, measured,
      suggestion, facts)
    select exception_id, 1, ${one.rule}, ${one.ruleId}, ${one.kind}, 'look', ${one.atStakeCents}, ${one.measured},
      'field-check', ${JSON.stringify(one.facts)}::jsonb
    from made returning exception_id as id`.execute(tx)
  return rows[0]!.id
}

export async function listSerials(tx: Tx, meterIds: readonly MeterId[]): Promise<string[]> {
  const { rows } = await sql<{ serial: string }>`
    select serial from metering.meter where meter_id = any(${meterIds}::bigint[])`.execute(tx)
  return rows.map(row => row.serial)
}
