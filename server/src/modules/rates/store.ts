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

export type WeatherDay = { on: LocalDate; etInches: string; rainInches: string; isFilled: boolean }

export async function listWeather(
  tx: Tx,
  { zone, from, to }: { zone: string; from: LocalDate; to: LocalDate },
): Promise<WeatherDay[]> {
  const { rows } = await sql<WeatherDay>`
    select on_date as "on", trim_scale(eto_inches)::text as "etInches", trim_scale(rain_inches)::text as "rainInches",
      filled_how is not null as "isFilled"
    from rates.weather_day where et_zone = ${zone} and on_date >= ${from} and on_date < ${to}
    order by on_date`.execute(tx)
  return rows
}
