/** What one person proposed for another, until a second one decides. */
import type { Instant } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { Id, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Level, Tx } from '../../../platform/context.ts'
import { errors, type Rights } from '../domain/index.ts'

export type ProposalId = Id<'proposal'>
export type What = 'rights' | 'enable' | 'factor-off'

export type Proposal = {
  proposalId: ProposalId
  personId: PersonId
  personName: string
  personLevel: Level | null
  personRoles: string[]
  what: What
  level: Level | null
  roles: string[]
  reason: string
  proposedAt: Instant
  proposedById: PersonId
  proposedBy: string
  decision: 'confirmed' | 'declined' | 'withdrawn' | null
  decidedBy: string | null
}

const proposals = sql`
  select q.proposal_id as "proposalId", q.person_id as "personId", p.name as "personName", p.level as "personLevel",
    array(select r.role from staff.person_role r where r.person_id = p.person_id order by r.role) as "personRoles",
    q.what, q.level, q.roles, q.reason, q.proposed_at as "proposedAt", q.proposed_by as "proposedById",
    b.name as "proposedBy", q.decision, d.name as "decidedBy"
  from staff.proposal q
  join staff.person p on p.person_id = q.person_id
  join staff.person b on b.person_id = q.proposed_by
  left join staff.person d on d.person_id = q.decided_by`

export async function listOpen(tx: Tx): Promise<Proposal[]> {
  const { rows } = await sql<Proposal>`
    ${proposals} where q.decided_at is null order by q.proposed_at, q.proposal_id limit 200`.execute(tx)
  return rows
}

/** What waits for this person, and of whom it was asked. */
export async function findOpen(tx: Tx, personId: PersonId, what: What): Promise<Proposal | null> {
  const { rows } = await sql<Proposal>`
    ${proposals} where q.person_id = ${personId} and q.what = ${what} and q.decided_at is null`.execute(tx)
  return rows[0] ?? null
}

export async function lockProposal(tx: Tx, proposalId: ProposalId): Promise<Proposal | null> {
  const { rows } = await sql<Proposal>`
    ${proposals} where q.proposal_id = ${proposalId} for update of q`.execute(tx)
  return rows[0] ?? null
}

export type NewProposal = Rights & {
  personId: PersonId
  what: What
  reason: string
  at: Instant
  by: PersonId
}

/** Null when one is open already. */
export async function insertProposal(tx: Tx, one: NewProposal): Promise<ProposalId | null> {
  const { rows } = await sql<{ id: ProposalId }>`
    insert into staff.proposal (person_id, what, level, roles, reason, proposed_at, proposed_by)
    values (${one.personId}, ${one.what}, ${one.level}, ${one.roles}::text[], ${one.reason}, ${one.at}, ${one.by})
    on conflict do nothing returning proposal_id as id`.execute(tx)
  return rows[0]?.id ?? null
}

export type Deciding = {
  by: PersonId
  at: Instant
  decision: 'confirmed' | 'declined' | 'withdrawn'
  reason: string
}

/** The database refuses one who confirms what is their own, whatever asked it to. */
export async function updateDecided(tx: Tx, proposalId: ProposalId, one: Deciding): Promise<void> {
  try {
    await sql`update staff.proposal set decided_at = ${one.at}, decided_by = ${one.by},
        decision = ${one.decision}, decided_reason = ${one.reason}
      where proposal_id = ${proposalId}`.execute(tx)
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'proposal_two_people')
      throw refuse(errors, 'staff.second-person')
    throw error
  }
}
