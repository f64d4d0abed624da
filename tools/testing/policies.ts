/** Puts the shipped rules a module decides by into force in a test's database. */
import { sql } from 'kysely'
import type { PackRule } from '../../server/src/modules/policy/packs/pack.ts'
import type { Tx } from '../../server/src/platform/context.ts'

export async function adoptRules(tx: Tx, rules: readonly PackRule[]): Promise<void> {
  for (const rule of rules) {
    await sql`
      insert into policy.rule (code, name, text, value, unit, authority, citation, effective, created_by)
      values (${rule.code}, ${rule.name}, ${rule.text}, ${JSON.stringify(rule.value)}::jsonb, ${rule.unit},
        ${rule.authority}, ${rule.citation}, daterange(${rule.effectiveFrom}::date, null), 1)`.execute(tx)
  }
}

/** Monday to Friday, 8 to 5. */
export async function adoptOfficeWeek(tx: Tx): Promise<void> {
  await sql`
    insert into policy.office_hours (weekday, opens_at, closes_at)
    select day, case when day between 1 and 5 then time '08:00' end, case when day between 1 and 5 then time '17:00' end
    from generate_series(0, 6) day`.execute(tx)
}
