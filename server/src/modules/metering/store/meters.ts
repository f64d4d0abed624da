import type { LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { MeterId, PersonId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { errors } from '../domain/errors.ts'
import type { Installation } from '../domain/periods.ts'
import type { Register } from '../domain/registers.ts'

export type MeterKind = 'displacement' | 'compound' | 'turbine' | 'ultrasonic' | 'fire-detector'

/** A meter where it hung, with its registers. */
export type InstallationRow = Installation & {
  servicePointId: ServicePointId
  make: string
  size: string
  kind: MeterKind
  madeOn: LocalDate | null
}

const installations = sql`
  select i.service_point_id as "servicePointId", i.meter_id as "meterId", m.serial, m.make, m.size, m.kind,
    m.made_on as "madeOn", lower(i.installed) as "installedOn", upper(i.installed) as "removedOn",
    i.in_value as "inValues", i.out_value as "outValues",
    (select json_agg(json_build_object('registerNo', r.register_no, 'unit', r.unit, 'dials', r.dials,
        'multiplier', trim_scale(r.multiplier)::text) order by r.register_no)
      from metering.register r where r.meter_id = i.meter_id) as registers
  from metering.installation i join metering.meter m on m.meter_id = i.meter_id`

/** Every meter that ever hung at these points, in the order in which they did. */
export async function listInstallationsAt(
  tx: Tx,
  servicePointIds: readonly ServicePointId[],
): Promise<InstallationRow[]> {
  const { rows } = await sql<InstallationRow>`
    ${installations} where i.service_point_id = any(${servicePointIds}::bigint[])
    order by i.service_point_id, lower(i.installed)`.execute(tx)
  return rows
}

export async function listInstallationsOf(tx: Tx, meterId: MeterId): Promise<InstallationRow[]> {
  const { rows } = await sql<InstallationRow>`
    ${installations} where i.meter_id = ${meterId} order by lower(i.installed)`.execute(tx)
  return rows
}

export type MeterRow = {
  meterId: MeterId
  serial: string
  make: string
  size: string
  kind: MeterKind
  madeOn: LocalDate | null
  registers: Installation['registers']
}

const meterColumns = sql`
  m.meter_id as "meterId", m.serial, m.make, m.size, m.kind, m.made_on as "madeOn",
  (select coalesce(json_agg(json_build_object('registerNo', r.register_no, 'unit', r.unit, 'dials', r.dials,
      'multiplier', trim_scale(r.multiplier)::text) order by r.register_no), '[]')
    from metering.register r where r.meter_id = m.meter_id) as registers`

export async function findMeter(tx: Tx, meterId: MeterId): Promise<MeterRow | null> {
  const { rows } = await sql<MeterRow>`
    select ${meterColumns} from metering.meter m where m.meter_id = ${meterId}`.execute(tx)
  return rows[0] ?? null
}

/** One hand at a time on a meter: reads, voids and exchanges decide from what stands before. */
export async function lockMeter(tx: Tx, meterId: MeterId): Promise<MeterRow | null> {
  const { rows } = await sql<MeterRow>`
    select ${meterColumns} from metering.meter m where m.meter_id = ${meterId} for update`.execute(tx)
  return rows[0] ?? null
}

export async function lockMeterBySerial(tx: Tx, serial: string): Promise<MeterRow | null> {
  const { rows } = await sql<MeterRow>`
    select ${meterColumns} from metering.meter m where m.serial = ${serial} for update`.execute(tx)
  return rows[0] ?? null
}

export type MeterHit = {
  meterId: MeterId
  serial: string
  make: string
  size: string
  servicePointId: ServicePointId | null
}

export async function findMeters(tx: Tx, serial: string): Promise<MeterHit[]> {
  const { rows } = await sql<MeterHit>`
    select m.meter_id as "meterId", m.serial, m.make, m.size, i.service_point_id as "servicePointId"
    from metering.meter m
    left join metering.installation i on i.meter_id = m.meter_id and upper(i.installed) is null
    where starts_with(m.serial, ${serial}) order by m.serial limit 20`.execute(tx)
  return rows
}

const constraintOf = (error: unknown): string | undefined => (error as { constraint?: string }).constraint

export type NewMeter = {
  readonly serial: string
  readonly make: string
  readonly size: string
  readonly kind: MeterKind
  readonly madeOn: LocalDate | null
}

export async function insertMeter(tx: Tx, meter: NewMeter): Promise<MeterId> {
  const { serial, make, size, kind, madeOn } = meter
  try {
    const { rows } = await sql<{ meterId: MeterId }>`
      insert into metering.meter (serial, make, size, kind, made_on)
      values (${serial}, ${make}, ${size}, ${kind}, ${madeOn}) returning meter_id as "meterId"`.execute(tx)
    return rows[0]!.meterId
  } catch (error) {
    if (constraintOf(error) === 'meter_serial_key') throw refuse(errors, 'metering.serial-taken', { serial })
    throw error
  }
}

export async function insertRegisters(
  tx: Tx,
  meterId: MeterId,
  registers: readonly Register[],
): Promise<void> {
  await sql`
    insert into metering.register (meter_id, register_no, unit, dials, multiplier)
    select ${meterId}::bigint, r.no, r.unit, r.dials, r.multiplier
    from unnest(${registers.map(r => r.registerNo)}::smallint[], ${registers.map(r => r.unit)}::text[],
      ${registers.map(r => r.dials)}::smallint[], ${registers.map(r => r.multiplier)}::numeric[])
      as r (no, unit, dials, multiplier)`.execute(tx)
}

/** Ends the installation that is open; the caller has locked its meter. */
export async function updateTakenOut(
  tx: Tx,
  taken: { servicePointId: ServicePointId; meterId: MeterId; on: LocalDate; outValues: readonly bigint[] },
): Promise<void> {
  await sql`
    update metering.installation
    set installed = daterange(lower(installed), ${taken.on}::date), out_value = ${taken.outValues}::bigint[]
    where service_point_id = ${taken.servicePointId} and meter_id = ${taken.meterId}
      and upper(installed) is null`.execute(tx)
}

export async function insertInstallation(
  tx: Tx,
  hung: {
    servicePointId: ServicePointId
    meterId: MeterId
    serial: string
    on: LocalDate
    inValues: readonly bigint[]
    by: PersonId
  },
): Promise<void> {
  try {
    await sql`
      insert into metering.installation (service_point_id, meter_id, installed, in_value, installed_by)
      values (${hung.servicePointId}, ${hung.meterId}, daterange(${hung.on}::date, null),
        ${hung.inValues}::bigint[], ${hung.by})`.execute(tx)
  } catch (error) {
    const { serial, on } = hung
    const constraint = constraintOf(error)
    if (constraint === 'installation_one_point_per_meter')
      throw refuse(errors, 'metering.meter-elsewhere', { serial }, 'newSerial')
    if (
      constraint === 'installation_one_meter_per_point' ||
      constraint === 'installation_service_point_id_fkey'
    )
      throw refuse(errors, 'metering.no-meter-here', { on })
    throw error
  }
}
