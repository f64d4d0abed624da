import { addDays, type Instant, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { MeterId, OrderId, PersonId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { errors } from '../domain/errors.ts'
import type { Read, ReadId, ReadKind } from '../domain/periods.ts'

export type ReadSource = 'handheld' | 'ami' | 'office' | 'customer' | 'field-order' | 'system' | 'import'

export type ReadRow = Read & {
  servicePointId: ServicePointId | null
  serial: string
  unit: 'gal' | 'cf' | 'ccf' | 'l' | 'kl'
  source: ReadSource
  note: string | null
  enteredAt: Instant
  voidedAt: Instant | null
  voidReason: string | null
}

const readColumns = sql`
  r.read_id as "readId", r.meter_id as "meterId", m.serial, r.register_no as "registerNo", r.read_on as "readOn",
  r.value, g.unit, r.kind, r.source, r.passed_zero as "passedZero", r.note, r.entered_at as "enteredAt",
  v.voided_at as "voidedAt", v.reason as "voidReason"`

/** What was known at the end of a day on the district's clock. */
export type AsOf = { readonly on: LocalDate; readonly timeZone: string }
const endOf = (asOf: AsOf) => sql`(${addDays(asOf.on, 1)}::date::timestamp at time zone ${asOf.timeZone})`

/** Reads of whatever hung at these points while it hung there, newest first; voids as known then. */
export async function listReadsAt(
  tx: Tx,
  servicePointIds: readonly ServicePointId[],
  asOf: AsOf,
): Promise<ReadRow[]> {
  const { rows } = await sql<ReadRow>`
    select i.service_point_id as "servicePointId", ${readColumns}
    from metering.installation i
    join metering.meter m on m.meter_id = i.meter_id
    join metering.register g on g.meter_id = i.meter_id
    join metering.read r on r.meter_id = g.meter_id and r.register_no = g.register_no
      and r.read_on >= lower(i.installed) and (upper(i.installed) is null or r.read_on <= upper(i.installed))
    left join metering.read_void v on v.meter_id = r.meter_id and v.register_no = r.register_no
      and v.read_id = r.read_id and v.voided_at < ${endOf(asOf)}
    where i.service_point_id = any(${servicePointIds}::bigint[])
      and r.read_on <= ${asOf.on} and r.entered_at < ${endOf(asOf)}
    order by r.read_on desc, r.read_id desc`.execute(tx)
  return rows
}

export async function listReadsOf(tx: Tx, meterId: MeterId): Promise<ReadRow[]> {
  const { rows } = await sql<ReadRow>`
    select null::bigint as "servicePointId", ${readColumns}
    from metering.read r
    join metering.meter m on m.meter_id = r.meter_id
    join metering.register g on g.meter_id = r.meter_id and g.register_no = r.register_no
    left join metering.read_void v
      on v.meter_id = r.meter_id and v.register_no = r.register_no and v.read_id = r.read_id
    where r.meter_id = ${meterId} order by r.read_on desc, r.read_id desc limit 1000`.execute(tx)
  return rows
}

export type NewRead = {
  readonly meterId: MeterId
  readonly readOn: LocalDate
  readonly kind: ReadKind
  readonly source: ReadSource
  readonly readBy: PersonId | null
  readonly orderId: OrderId | null
  readonly note: string | null
  readonly values: readonly { registerNo: number; value: bigint; passedZero: boolean }[]
}

export async function insertReads(tx: Tx, read: NewRead): Promise<{ registerNo: number; readId: ReadId }[]> {
  const { values } = read
  const { rows } = await sql<{ registerNo: number; readId: ReadId }>`
    insert into metering.read
      (meter_id, register_no, read_on, value, kind, source, passed_zero, read_by, order_id, note)
    select ${read.meterId}::bigint, v.no, ${read.readOn}::date, v.value, ${read.kind}, ${read.source}, v.passed_zero,
      ${read.readBy}::bigint, ${read.orderId}::bigint, ${read.note}
    from unnest(${values.map(v => v.registerNo)}::smallint[], ${values.map(v => v.value)}::bigint[],
      ${values.map(v => v.passedZero)}::boolean[]) as v (no, value, passed_zero)
    returning register_no as "registerNo", read_id as "readId"`.execute(tx)
  return rows
}

export async function insertVoids(
  tx: Tx,
  voided: {
    meterId: MeterId
    reads: readonly { readId: ReadId; registerNo: number }[]
    by: PersonId
    reason: string
  },
): Promise<void> {
  const { meterId, reads, by, reason } = voided
  try {
    await sql`
      insert into metering.read_void (meter_id, register_no, read_id, voided_by, reason)
      select ${meterId}::bigint, v.no, v.id, ${by}::bigint, ${reason}
      from unnest(${reads.map(r => r.registerNo)}::smallint[], ${reads.map(r => r.readId)}::bigint[])
        as v (no, id)`.execute(tx)
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'read_void_pkey')
      throw refuse(errors, 'metering.read-voided')
    throw error
  }
}
