/** Protection, looks behind it, and attempts to prove who is calling: rows that are only ever added to. */
import type { Instant } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, CustomerId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { errors } from '../domain/errors.ts'
import type { Caller } from '../domain/verification.ts'
import type { Allowance, ProofItem, ProtectionKind } from '../domain/words.ts'

export async function insertProtection(
  tx: Tx,
  one: {
    customerId: CustomerId
    kind: ProtectionKind
    reason: string
    substituteAddress: string | null
    personId: PersonId
  },
): Promise<void> {
  try {
    await sql`
      insert into customers.protection (customer_id, kind, reason, substitute_address, placed_by)
      values (${one.customerId}, ${one.kind}, ${one.reason}, ${one.substituteAddress}, ${one.personId})`.execute(
      tx,
    )
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'protection_in_force')
      throw refuse(errors, 'customers.already-protected')
    throw error
  }
}

const inForce = (customerId: CustomerId) => sql`customer_id = ${customerId} and lifted_at is null`

export async function updateApproved(tx: Tx, customerId: CustomerId, personId: PersonId): Promise<void> {
  await sql`
    update customers.protection set approved_at = now(), approved_by = ${personId}
    where ${inForce(customerId)}`.execute(tx)
}

export async function updateLifted(
  tx: Tx,
  customerId: CustomerId,
  by: { personId: PersonId; reason: string },
): Promise<void> {
  await sql`
    update customers.protection set lifted_at = now(), lifted_by = ${by.personId}, lifted_reason = ${by.reason}
    where ${inForce(customerId)}`.execute(tx)
}

export async function updateLiftAsked(
  tx: Tx,
  customerId: CustomerId,
  by: { personId: PersonId; reason: string } | null,
): Promise<void> {
  await sql`
    update customers.protection set lift_asked_at = ${by ? sql`now()` : null}, lift_asked_by = ${by?.personId ?? null},
      lift_reason = ${by?.reason ?? null}
    where ${inForce(customerId)}`.execute(tx)
}

export type WaitingRow = {
  customerId: CustomerId
  name: string
  what: 'place' | 'lift'
  kind: ProtectionKind
  reason: string
  askedAt: Instant
  askedById: PersonId
  askedBy: string
}

export async function listWaiting(tx: Tx): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select t.customer_id as "customerId", c.name, t.kind,
      case when t.approved_by is null then 'place' else 'lift' end as what,
      case when t.approved_by is null then t.reason else t.lift_reason end as reason,
      case when t.approved_by is null then t.placed_at else t.lift_asked_at end as "askedAt",
      p.person_id as "askedById", p.name as "askedBy"
    from customers.protection t
    join customers.customer c on c.customer_id = t.customer_id
    join staff.person p on p.person_id = case when t.approved_by is null then t.placed_by else t.lift_asked_by end
    where t.lifted_at is null and (t.approved_by is null or t.lift_asked_at is not null)
    order by "askedAt" limit 200`.execute(tx)
  return rows
}

export async function insertAccess(
  tx: Tx,
  look: { customerId: CustomerId; personId: PersonId; what: string; reason: string; at: Instant },
): Promise<void> {
  await sql`
    insert into customers.access (customer_id, person_id, what, reason, at)
    values (${look.customerId}, ${look.personId}, ${look.what}, ${look.reason}, ${look.at})`.execute(tx)
}

/** Of these customers, whose look of this kind the person has not left since then. */
export async function listUnnoted(
  tx: Tx,
  look: { customerIds: readonly CustomerId[]; personId: PersonId; what: string; since: Instant },
): Promise<CustomerId[]> {
  const { rows } = await sql<{ customerId: CustomerId }>`
    select shown as "customerId" from unnest(${look.customerIds}::bigint[]) as shown
    where not exists (select from customers.access a where a.customer_id = shown and a.person_id = ${look.personId}
      and a.what in (${look.what}, 'card') and a.at > ${look.since})`.execute(tx)
  return rows.map(row => row.customerId)
}

export async function listAccess(tx: Tx, customerId: CustomerId) {
  const { rows } = await sql<{
    at: Instant
    personId: PersonId
    personName: string
    what: string
    reason: string
  }>`
    select a.at, a.person_id as "personId", p.name as "personName", a.what, a.reason
    from customers.access a join staff.person p on p.person_id = a.person_id
    where a.customer_id = ${customerId} order by a.at desc limit 200`.execute(tx)
  return rows
}

export type Attempt = {
  customerId: CustomerId
  personId: PersonId
  accountId: AccountId | null
  caller: Caller
  callerName: string | null
  authorizedId: bigint | null
  proven: readonly ProofItem[]
  failed: readonly ProofItem[]
  outcome: 'verified' | 'authorized' | 'unverified'
  may: readonly Allowance[]
  why: string
  ask: ProofItem | null
  askSays: string | null
  ruleId: bigint
  at: Instant
}

export async function insertVerification(tx: Tx, one: Attempt): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`
    insert into customers.verification
      (customer_id, person_id, at, on_account, caller, caller_name, authorized_id, proven, failed, outcome, may, why,
        ask, ask_says, rule_id)
    values (${one.customerId}, ${one.personId}, ${one.at}, ${one.accountId}, ${one.caller}, ${one.callerName},
      ${one.authorizedId}, ${one.proven}::text[], ${one.failed}::text[], ${one.outcome}, ${one.may}::text[],
      ${one.why}, ${one.ask}, ${one.askSays}, ${one.ruleId})
    returning verification_id as id`.execute(tx)
  return rows[0]!.id
}

/** Wrong PINs, passphrases and last fours since an instant, whoever tried. */
export async function countWrongSecrets(tx: Tx, customerId: CustomerId, since: Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from customers.verification
    where customer_id = ${customerId} and at > ${since}
      and failed && array['pin', 'passphrase', 'id-last4']`.execute(tx)
  return rows[0]!.count
}

const attemptColumns = sql`v.verification_id as "verificationId", v.at, p.name as "personName", v.caller,
  v.caller_name as "callerName", v.proven, v.failed, v.outcome, v.may, v.why, v.ask, v.ask_says as "askSays", v.authorized_id as "authorizedId",
  v.customer_id as "customerId"`

export type AttemptRow = Pick<
  Attempt,
  'at' | 'caller' | 'callerName' | 'outcome' | 'customerId' | 'authorizedId' | 'why' | 'ask' | 'askSays'
> & {
  verificationId: bigint
  personName: string
  proven: ProofItem[]
  failed: ProofItem[]
  may: Allowance[]
}

export async function listVerifications(tx: Tx, customerId: CustomerId): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select ${attemptColumns} from customers.verification v join staff.person p on p.person_id = v.person_id
    where v.customer_id = ${customerId} order by v.at desc, v.verification_id desc limit 20`.execute(tx)
  return rows
}

export async function findVerification(tx: Tx, verificationId: bigint): Promise<AttemptRow | null> {
  const { rows } = await sql<AttemptRow>`
    select ${attemptColumns} from customers.verification v join staff.person p on p.person_id = v.person_id
    where v.verification_id = ${verificationId}`.execute(tx)
  return rows[0] ?? null
}
