import { createHash } from 'node:crypto'
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { PersonId, TariffVersionId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import { publishingErrors } from './domain/publishing.ts'

export type VersionRow = {
  tariffVersionId: TariffVersionId
  tariff: string
  tariffName: string
  effectiveFrom: LocalDate
  effectiveTo: LocalDate | null
  citation: string
  sha256: string
  publishedAt: Instant
}

const versionColumns = sql`v.tariff_version_id as "tariffVersionId", t.code as tariff, t.name as "tariffName",
  lower(v.effective) as "effectiveFrom", upper(v.effective) as "effectiveTo", v.citation,
  encode(v.sha256, 'hex') as sha256, v.published_at as "publishedAt"`
const versionTable = sql`rates.tariff_version v join rates.tariff t on t.tariff_id = v.tariff_id`

export async function listVersions(tx: Tx): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select ${versionColumns} from ${versionTable} order by t.code, lower(v.effective) desc`.execute(tx)
  return rows
}

/** Heads without the text, which a cache mostly holds already. */
export async function listVersionsIn(
  tx: Tx,
  { tariffs, from, to }: { tariffs: readonly string[]; from: LocalDate; to: LocalDate },
): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select ${versionColumns} from ${versionTable}
    where t.code = any(${tariffs}::text[]) and v.effective && daterange(${from}, ${to})
    order by t.code, lower(v.effective)`.execute(tx)
  return rows
}

export async function listVersionsById(tx: Tx, ids: readonly bigint[]): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select ${versionColumns} from ${versionTable} where v.tariff_version_id = any(${ids}::bigint[])`.execute(
    tx,
  )
  return rows
}

export async function listTexts(
  tx: Tx,
  ids: readonly bigint[],
): Promise<{ tariffVersionId: bigint; owrs: string }[]> {
  const { rows } = await sql<{ tariffVersionId: bigint; owrs: string }>`
    select tariff_version_id as "tariffVersionId", owrs from rates.tariff_version
    where tariff_version_id = any(${ids}::bigint[])`.execute(tx)
  return rows
}

export async function insertTariff(tx: Tx, code: string, name: string): Promise<void> {
  await sql`insert into rates.tariff (code, name) values (${code}, ${name}) on conflict (code) do nothing`.execute(
    tx,
  )
}

/** One publisher of a tariff at a time, so that two of them cannot both end the open version. */
export async function lockTariff(tx: Tx, code: string): Promise<{ name: string } | null> {
  const { rows } = await sql<{ name: string }>`
    select name from rates.tariff where code = ${code} for no key update`.execute(tx)
  return rows[0] ?? null
}

export const sha256Of = (owrs: string): string => createHash('sha256').update(owrs).digest('hex')

export async function insertVersion(
  tx: Tx,
  version: {
    tariff: string
    effectiveFrom: LocalDate
    effectiveTo: LocalDate | null
    owrs: string
    citation: string
    publishedBy: PersonId
  },
): Promise<VersionRow> {
  const { tariff, effectiveFrom: from, effectiveTo: to, owrs, citation, publishedBy } = version
  try {
    const { rows } = await sql<VersionRow>`
      with v as (
        insert into rates.tariff_version (tariff_id, effective, owrs, sha256, citation, published_by)
        select tariff_id, daterange(${from}, ${to}), ${owrs}, decode(${sha256Of(owrs)}, 'hex'), ${citation}, ${publishedBy}
        from rates.tariff where code = ${tariff}
        returning *)
      select ${versionColumns} from v join rates.tariff t on t.tariff_id = v.tariff_id`.execute(tx)
    return rows[0]!
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'tariff_version_no_overlap')
      throw refuse(publishingErrors, 'rates.overlap', { tariff, from }, 'effectiveFrom')
    throw error
  }
}

export async function updateVersionEnd(tx: Tx, id: TariffVersionId, endOn: LocalDate): Promise<void> {
  await sql`update rates.tariff_version set effective = daterange(lower(effective), ${endOn})
    where tariff_version_id = ${id}`.execute(tx)
}

export type WeatherDay = { on: LocalDate; etInches: string; rainInches: string; filledHow: string | null }

export async function listWeather(
  tx: Tx,
  { zone, from, to }: { zone: string; from: LocalDate; to: LocalDate },
): Promise<WeatherDay[]> {
  const { rows } = await sql<WeatherDay>`
    select on_date as "on", trim_scale(eto_inches)::text as "etInches", trim_scale(rain_inches)::text as "rainInches",
      filled_how as "filledHow"
    from rates.weather_day where et_zone = ${zone} and on_date >= ${from} and on_date < ${to}
    order by on_date`.execute(tx)
  return rows
}

export type WeatherImport = { name: string; at: Instant; zone: string; station: string }

export async function findWeatherImport(tx: Tx, sha256: Buffer, zone: string): Promise<WeatherImport | null> {
  const { rows } = await sql<WeatherImport>`
    select file_name as name, imported_at as at, et_zone as zone, station from rates.weather_import
    where sha256 = ${sha256} and et_zone = ${zone}`.execute(tx)
  return rows[0] ?? null
}

/** The zone a station was imported for before; null for a new one. */
export async function findStationZone(tx: Tx, station: string): Promise<string | null> {
  const { rows } = await sql<{ zone: string }>`
    select et_zone as zone from rates.weather_import where station = ${station}
    order by weather_import_id desc limit 1`.execute(tx)
  return rows[0]?.zone ?? null
}

export async function listZones(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ zone: string }>`
    select distinct et_zone as zone from rates.weather_day order by 1 limit 50`.execute(tx)
  return rows.map(row => row.zone)
}

export type NewWeatherImport = {
  readonly fileName: string
  readonly sha256: Buffer
  readonly station: string
  readonly zone: string
  readonly rows: number
  readonly firstOn: LocalDate
  readonly lastOn: LocalDate
  readonly at: Instant
  readonly by: PersonId
}

/** Null when the same file was taken in the same moment by somebody else. */
export async function insertWeatherImport(tx: Tx, one: NewWeatherImport): Promise<bigint | null> {
  const { rows } = await sql<{ id: bigint }>`
    insert into rates.weather_import (file_name, sha256, station, et_zone, rows, first_on, last_on, imported_at, imported_by)
    values (${one.fileName}, ${one.sha256}, ${one.station}, ${one.zone}, ${one.rows}, ${one.firstOn}, ${one.lastOn},
      ${one.at}, ${one.by})
    on conflict on constraint weather_import_once do nothing returning weather_import_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

export type ReadingToKeep = {
  readonly on: LocalDate
  readonly rawEto: string
  readonly qc: string
  readonly rawRain: string
  readonly problem: string | null
}

export async function insertWeatherReadings(
  tx: Tx,
  importId: bigint,
  readings: readonly ReadingToKeep[],
): Promise<void> {
  await sql`
    insert into rates.weather_reading (weather_import_id, on_date, raw_eto, qc, raw_rain, problem)
    select ${importId}, r.on_date, r.raw_eto, r.qc, r.raw_rain, r.problem
    from jsonb_to_recordset(${JSON.stringify(
      readings.map(one => ({
        on_date: one.on,
        raw_eto: one.rawEto,
        qc: one.qc,
        raw_rain: one.rawRain,
        problem: one.problem,
      })),
    )}::jsonb) as r (on_date date, raw_eto text, qc text, raw_rain text, problem text)`.execute(tx)
}

export type DayToKeep = {
  readonly on: LocalDate
  readonly eto: number
  readonly rain: number
  readonly how: string | null
}

/** A measured day takes the place of a filled one; what was measured stays. Answers how many days were written. */
export async function upsertWeatherDays(
  tx: Tx,
  { zone, source }: { zone: string; source: string },
  days: readonly DayToKeep[],
): Promise<number> {
  const { rows } = await sql`
    insert into rates.weather_day (et_zone, on_date, eto_inches, rain_inches, source, filled_how)
    select ${zone}, d.on_date, d.eto, d.rain, ${source}, d.how
    from jsonb_to_recordset(${JSON.stringify(
      days.map(({ on, eto, rain, how }) => ({ on_date: on, eto, rain, how })),
    )}::jsonb) as d (on_date date, eto numeric, rain numeric, how text)
    on conflict (et_zone, on_date) do update
      set eto_inches = excluded.eto_inches, rain_inches = excluded.rain_inches, source = excluded.source,
        filled_how = excluded.filled_how
      where weather_day.filled_how is not null and excluded.filled_how is null
    returning on_date`.execute(tx)
  return rows.length
}
