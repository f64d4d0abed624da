import type { LocalDate } from '@curbstop/kernel/dates'
import type { PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import type { District, Hours, Rule } from './domain.ts'
import type { PackRule } from './packs/pack.ts'

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

/** Every version of a rule that is in force on a day of `[from, to)`, oldest first. */
export async function listVersions(
  tx: Tx,
  code: string,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    select ${ruleColumns} from policy.rule
    where code = ${code} and effective && daterange(${from}::date, ${to}::date) order by effective`.execute(
    tx,
  )
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

/** Rules of which the district never had a version; the codes that were put in. */
export async function insertRulesNeverHad(tx: Tx, rules: readonly PackRule[]): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    insert into policy.rule (code, name, text, value, unit, authority, citation, effective, created_by)
    select code, name, text, value, unit, authority, citation, daterange("effectiveFrom", null), 1
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as shipped (code text, name text, text text, value jsonb,
      unit text, authority text, citation text, "effectiveFrom" date)
    where exists (select from policy.district) and not exists (select from policy.rule had where had.code = shipped.code)
    order by code
    on conflict do nothing returning code`.execute(tx)
  return rows.map(row => row.code)
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

/** A new version from a day on; a version that would have begun later is replaced by it. */
export async function supersedeRule(
  tx: Tx,
  { code, value, from, by }: { code: string; value: unknown; from: LocalDate; by: PersonId },
): Promise<boolean> {
  const { rows: ended } = await sql<{ ruleId: bigint }>`
    update policy.rule set effective = daterange(lower(effective), ${from})
    where code = ${code} and effective @> ${from}::date and lower(effective) < ${from}::date
    returning rule_id as "ruleId"`.execute(tx)
  const [ruleId] = ended.map(row => row.ruleId)
  if (ruleId === undefined) return false
  await sql`
    insert into policy.rule (code, name, text, value, unit, authority, citation, effective, created_by)
    select code, name, text, ${JSON.stringify(value)}::jsonb, unit, authority, citation, daterange(${from}, null), ${by}
    from policy.rule where rule_id = ${ruleId}`.execute(tx)
  return true
}
