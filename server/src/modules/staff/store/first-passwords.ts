/** Passwords that somebody else gave: who, to whom, until when, and when their holder chose another. */
import type { Instant } from '@curbstop/kernel/dates'
import type { PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { Handing } from '../domain/index.ts'

export type NewFirstPassword = {
  personId: PersonId
  at: Instant
  by: PersonId
  why: 'new' | 'reset'
  until: Instant
}

/** The one before, if it was still in force, is replaced. */
export async function insertFirstPassword(tx: Tx, given: NewFirstPassword): Promise<void> {
  await updateEnded(tx, given.personId, { at: given.at, how: 'replaced' })
  await sql`insert into staff.first_password (person_id, given_at, given_by, why, expires_at)
    values (${given.personId}, ${given.at}, ${given.by}, ${given.why}, ${given.until})`.execute(tx)
}

export async function updateEnded(
  tx: Tx,
  personId: PersonId,
  { at, how }: { at: Instant; how: 'changed' | 'replaced' },
): Promise<void> {
  await sql`update staff.first_password set ended_at = ${at}, ended_how = ${how}
    where person_id = ${personId} and ended_at is null`.execute(tx)
}

type Columns = {
  giverId: PersonId
  giver: string
  holderId: PersonId
  holder: string
  at: Instant
  isUnchanged: boolean
}

const handings = sql`
  select f.given_by as "giverId", g.name as giver, f.person_id as "holderId", h.name as holder, f.given_at as at,
    f.ended_at is null as "isUnchanged"
  from staff.first_password f
  join staff.person g on g.person_id = f.given_by
  join staff.person h on h.person_id = f.person_id`

const handingOf = ({ giverId, giver, holderId, holder, ...rest }: Columns): Handing => ({
  giver: { personId: giverId, name: giver },
  holder: { personId: holderId, name: holder },
  ...rest,
})

/** Passwords that went from one of the two to the other, newest first. */
export async function listBetween(tx: Tx, one: PersonId, other: PersonId): Promise<Handing[]> {
  const { rows } = await sql<Columns>`
    ${handings} where (f.person_id = ${one} and f.given_by = ${other})
      or (f.person_id = ${other} and f.given_by = ${one})
    order by f.given_at desc limit 20`.execute(tx)
  return rows.map(handingOf)
}

/** The last password this person was given. */
export async function findLast(tx: Tx, personId: PersonId): Promise<Handing | null> {
  const { rows } = await sql<Columns>`
    ${handings} where f.person_id = ${personId} order by f.given_at desc limit 1`.execute(tx)
  return rows[0] ? handingOf(rows[0]) : null
}
