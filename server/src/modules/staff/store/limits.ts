import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { CustomerId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Level, Tx } from '../../../platform/context.ts'
import { errors, type Limit } from '../domain/index.ts'

const columns = sql`action, limit_value::bigint as value, unit, citation`

export async function findLimit(
  tx: Tx,
  { level, action, on }: { level: Level; action: string; on: LocalDate },
): Promise<Limit | null> {
  const { rows } = await sql<Limit>`
    select ${columns} from staff.authority_limit
    where role = ${level} and action = ${action} and effective_from <= ${on}
      and (effective_to is null or effective_to > ${on})`.execute(tx)
  return rows[0] ?? null
}

export async function listLimits(tx: Tx, on: LocalDate): Promise<(Limit & { role: string })[]> {
  const { rows } = await sql<Limit & { role: string }>`
    select l.role, ${columns} from staff.authority_limit l join staff.role r on r.role = l.role
    where effective_from <= ${on} and (effective_to is null or effective_to > ${on})
    order by citation, action, r.rank`.execute(tx)
  return rows
}

/** The longest that any role's limit of this action says, in the limit's unit; null when none is in force. */
export async function findLongest(tx: Tx, action: string, on: LocalDate): Promise<number | null> {
  const { rows } = await sql<{ longest: number | null }>`
    select max(limit_value)::int as longest from staff.authority_limit
    where action = ${action} and effective_from <= ${on} and (effective_to is null or effective_to > ${on})`.execute(
    tx,
  )
  return rows[0]?.longest ?? null
}

export async function hasAction(tx: Tx, action: string): Promise<boolean> {
  const { rows } = await sql`select 1 from staff.authority_limit where action = ${action} limit 1`.execute(tx)
  return rows.length === 1
}

export async function listInterests(
  tx: Tx,
  personId: PersonId,
): Promise<{ customerId: CustomerId; relation: string; declaredAt: Instant }[]> {
  const { rows } = await sql<{ customerId: CustomerId; relation: string; declaredAt: Instant }>`
    select customer_id as "customerId", relation, declared_at as "declaredAt"
    from staff.declared_interest where person_id = ${personId} order by declared_at`.execute(tx)
  return rows
}

export async function insertInterest(
  tx: Tx,
  interest: { personId: PersonId; customerId: CustomerId; relation: string },
): Promise<void> {
  try {
    const { rows } = await sql`
      insert into staff.declared_interest (person_id, customer_id, relation)
      values (${interest.personId}, ${interest.customerId}, ${interest.relation})
      on conflict do nothing returning person_id`.execute(tx)
    if (rows.length === 0) throw refuse(errors, 'staff.already-declared')
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'declared_interest_customer_fkey') {
      throw refuse(errors, 'staff.no-customer')
    }
    throw error
  }
}
