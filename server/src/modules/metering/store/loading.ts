/** A batch of reads and what was found in them, written as sets. */
import type { MeterId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { type CopyRow, copyRows } from '../../../platform/db/copy.ts'

export type Row = CopyRow

/** Numbers of exceptions that are about to be copied. */
export async function takeExceptionIds(tx: Tx, count: number): Promise<bigint[]> {
  const { rows } = await sql<{ id: bigint }>`
    select nextval(pg_get_serial_sequence('metering.exception', 'exception_id')) as id
    from generate_series(1, ${count}::integer)`.execute(tx)
  return rows.map(row => row.id)
}

export type ReadKey = { readonly meterId: MeterId; readonly registerNo: number; readonly readOn: string }

/** The numbers that reads of a file were given, in the order asked. */
export async function findReadIds(tx: Tx, fileId: bigint, keys: readonly ReadKey[]): Promise<bigint[]> {
  const { rows } = await sql<{ id: bigint }>`
    select (select max(r.read_id) from metering.read r where r.meter_id = k.meter_id and r.register_no = k.register_no
      and r.read_on = k.read_on and r.file_id = ${fileId}) as id
    from unnest(${keys.map(k => k.meterId)}::bigint[], ${keys.map(k => k.registerNo)}::smallint[],
      ${keys.map(k => k.readOn)}::date[]) with ordinality as k (meter_id, register_no, read_on, at)
    order by k.at`.execute(tx)
  return rows.map(row => row.id)
}

const readColumns = [
  'meter_id',
  'register_no',
  'read_on',
  'value',
  'passed_zero',
  'kind',
  'source',
  'note',
  'file_id',
  'reader',
] as const
const exceptionColumns = [
  'exception_id',
  'service_point_id',
  'meter_id',
  'register_no',
  'read_id',
  'book_id',
  'on_account',
  'on_date',
  'source',
  'main_rule',
  'blocks_billing',
  'at_stake_cents',
  'gallons',
  'expected_gallons',
  'file_id',
  'reader',
] as const
const findingColumns = [
  'exception_id',
  'finding_no',
  'rule',
  'rule_id',
  'kind',
  'severity',
  'at_stake_cents',
  'measured',
  'limit_value',
  'suggestion',
  'facts',
] as const

export const copyReads = (tx: Tx, rows: readonly CopyRow[]) =>
  copyRows(tx, 'metering.read', readColumns, rows)
export const copyExceptions = (tx: Tx, rows: readonly CopyRow[]) =>
  copyRows(tx, 'metering.exception', exceptionColumns, rows)
export const copyFindings = (tx: Tx, rows: readonly CopyRow[]) =>
  copyRows(tx, 'metering.finding', findingColumns, rows)

export type CarriedRow = { meterId: MeterId; registerNo: number; fromDay: number; gallons: number }

/**
 * VEE-010: what the meter before measured between the last read of the place and its removal, for meters that were
 * never read since they were hung.
 */
export async function listCarried(tx: Tx, points: readonly ServicePointId[]): Promise<CarriedRow[]> {
  const { rows } = await sql<CarriedRow>`
    select now.meter_id as "meterId", g.register_no as "registerNo", last.read_on - date '1970-01-01' as "fromDay",
      ((old.out_value[1] - last.value + case when old.out_value[1] < last.value then power(10::numeric, g.dials) else 0 end)
        * g.multiplier * case g.unit when 'gal' then 1 when 'cf' then 7.48 when 'ccf' then 748
          when 'l' then 0.264172 else 264.172 end)::float8 as gallons
    from metering.installation now
    join metering.installation old on old.service_point_id = now.service_point_id
      and upper(old.installed) = lower(now.installed) and old.out_value is not null
    join metering.register g on g.meter_id = old.meter_id and g.register_no = 1
    join lateral (
      select r.read_on, r.value from metering.read r
      where r.meter_id = old.meter_id and r.register_no = 1 and r.read_on <= upper(old.installed)
        and r.kind not in ('exchange-in', 'exchange-out')
        and not exists (select from metering.read_void v where v.meter_id = r.meter_id
          and v.register_no = r.register_no and v.read_id = r.read_id)
      order by r.read_on desc, r.read_id desc limit 1) last on true
    where now.service_point_id = any(${points}::bigint[]) and upper(now.installed) is null
      and cardinality(old.out_value) = 1`.execute(tx)
  return rows
}
