/** Hours by day: the newest delivery stands, the one before it is kept. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { MeterId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { type CopyRow, copyRows } from '../../../platform/db/copy.ts'
import type { RegisterUnit } from '../domain/registers.ts'
import type { ReadFileId } from './read-files.ts'

export type Row = CopyRow

export type ChannelName = 'use' | 'register'
export type DayKey = {
  readonly meterId: MeterId
  readonly registerNo: number
  readonly channel: ChannelName
  readonly on: string
}
export type StoredDay = DayKey & {
  seconds: number
  unit: RegisterUnit
  scale: number
  values: string
  marks: string
  fileId: ReadFileId | null
}

/** Days already on record among these, held until the end of the transaction. */
export async function lockDays(tx: Tx, keys: readonly DayKey[]): Promise<StoredDay[]> {
  const { rows } = await sql<StoredDay>`
    select d.meter_id as "meterId", d.register_no as "registerNo", d.channel, d.day::text as "on", d.seconds, d.unit,
      d.scale, d.values::text as values, d.marks, d.file_id as "fileId"
    from unnest(${keys.map(k => k.meterId)}::bigint[], ${keys.map(k => k.registerNo)}::smallint[],
      ${keys.map(k => k.channel)}::text[], ${keys.map(k => k.on)}::date[]) as asked (meter_id, register_no, channel, day)
    join metering.interval_day d on d.meter_id = asked.meter_id and d.register_no = asked.register_no
      and d.channel = asked.channel and d.day = asked.day
    for update of d`.execute(tx)
  return rows
}

const columns = [
  'meter_id',
  'register_no',
  'channel',
  'day',
  'seconds',
  'unit',
  'scale',
  'values',
  'marks',
  'total',
  'heard',
  'estimated',
  'least',
  'file_id',
] as const

export const copyDays = (tx: Tx, rows: Iterable<CopyRow>) =>
  copyRows(tx, 'metering.interval_day', columns, rows)

export type ChangedDay = DayKey & {
  readonly scale: number
  readonly values: string
  readonly marks: string
  readonly total: number
  readonly heard: number
  readonly estimated: number
  readonly least: number | null
  /** Hours changed their value: what they were is kept. */
  readonly before: {
    readonly values: string
    readonly marks: string
    readonly fileId: ReadFileId | null
  } | null
}

export async function updateDays(tx: Tx, fileId: ReadFileId, days: readonly ChangedDay[]): Promise<void> {
  const kept = days.filter(day => day.before !== null)
  if (kept.length > 0)
    await sql`
      insert into metering.interval_day_before
        (meter_id, register_no, channel, day, values, marks, file_id, replaced_by_file)
      select k.meter_id, k.register_no, k.channel, k.day, k.values::bigint[], k.marks, k.file_id, ${fileId}
      from unnest(${kept.map(k => k.meterId)}::bigint[], ${kept.map(k => k.registerNo)}::smallint[],
        ${kept.map(k => k.channel)}::text[], ${kept.map(k => k.on)}::date[], ${kept.map(k => k.before!.values)}::text[],
        ${kept.map(k => k.before!.marks)}::text[], ${kept.map(k => k.before!.fileId)}::bigint[])
        as k (meter_id, register_no, channel, day, values, marks, file_id)`.execute(tx)
  await sql`
    update metering.interval_day d set scale = n.scale, values = n.values::bigint[], marks = n.marks, total = n.total,
      heard = n.heard, estimated = n.estimated, least = n.least, file_id = ${fileId}
    from unnest(${days.map(k => k.meterId)}::bigint[], ${days.map(k => k.registerNo)}::smallint[],
      ${days.map(k => k.channel)}::text[], ${days.map(k => k.on)}::date[], ${days.map(k => k.scale)}::smallint[],
      ${days.map(k => k.values)}::text[], ${days.map(k => k.marks)}::text[], ${days.map(k => k.total)}::bigint[],
      ${days.map(k => k.heard)}::smallint[], ${days.map(k => k.estimated)}::smallint[],
      ${days.map(k => k.least)}::bigint[])
      as n (meter_id, register_no, channel, day, scale, values, marks, total, heard, estimated, least)
    where d.meter_id = n.meter_id and d.register_no = n.register_no and d.channel = n.channel and d.day = n.day`.execute(
    tx,
  )
}

export type UseDay = {
  on: LocalDate
  dayNumber: number
  seconds: number
  unit: RegisterUnit
  scale: number
  values: string
  marks: string
}

/** Use of one meter by day, oldest first. */
export async function listUseDays(
  tx: Tx,
  meterId: MeterId,
  from: LocalDate,
  to: LocalDate,
): Promise<UseDay[]> {
  const { rows } = await sql<UseDay>`
    select day as "on", day - date '1970-01-01' as "dayNumber", seconds, unit, scale, values::text as values, marks
    from metering.interval_day
    where meter_id = ${meterId} and register_no = 1 and channel = 'use' and day between ${from} and ${to}
    order by day`.execute(tx)
  return rows
}
