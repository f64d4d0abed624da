import type { LocalDate } from '@curbstop/kernel/dates'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import type { District, Hours, Rule } from './domain.ts'

export async function findDistrict(tx: Tx): Promise<District | null> {
  const { rows } = await sql<District>`
    select name, short_name as "shortName", time_zone as "timeZone", bill_unit as "billUnit", phone, address, website,
      is_sample as "isSample"
    from policy.district`.execute(tx)
  return rows[0] ?? null
}

const ruleColumns = sql`rule_id as "ruleId", code, name, text, value, unit, authority, citation,
  lower(effective) as "effectiveFrom", upper(effective) as "effectiveTo"`

export async function listRules(
  tx: Tx,
  on: LocalDate,
  codes: readonly string[] | null = null,
): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    select ${ruleColumns} from policy.rule
    where effective @> ${on}::date and (${codes}::text[] is null or code = any(${codes}::text[]))
    order by code`.execute(tx)
  return rows
}

export async function findRules(tx: Tx, on: LocalDate, words: string): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    select ${ruleColumns} from policy.rule
    where effective @> ${on}::date
      and (${words} = '' or lower(concat_ws(' ', code, name, text, citation)) like '%' || lower(${words}) || '%')
    order by code limit 200`.execute(tx)
  return rows
}

export async function listOfficeHours(tx: Tx): Promise<(Hours & { weekday: number })[]> {
  const { rows } = await sql<Hours & { weekday: number }>`
    select weekday, to_char(opens_at, 'HH24:MI') as "opensAt", to_char(closes_at, 'HH24:MI') as "closesAt"
    from policy.office_hours where opens_at is not null`.execute(tx)
  return rows
}

type CalendarDay = {
  on: LocalDate
  name: string
  citation: string
  opensAt: string | null
  closesAt: string | null
}

export async function listCalendarDays(tx: Tx, from: LocalDate, to: LocalDate): Promise<CalendarDay[]> {
  const { rows } = await sql<CalendarDay>`
    select on_date as "on", name, citation, to_char(opens_at, 'HH24:MI') as "opensAt", to_char(closes_at, 'HH24:MI') as "closesAt"
    from policy.calendar_day where on_date >= ${from} and on_date < ${to} order by on_date`.execute(tx)
  return rows
}
