import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, Id, PersonId, PremiseId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { EvidenceKind, VarianceKind, VarianceState } from '../domain/words.ts'

export type VarianceId = Id<'variance'>

export type VarianceRow = {
  accountId: AccountId
  varianceId: VarianceId
  premiseId: PremiseId
  kind: VarianceKind
  state: VarianceState
  channel: 'counter' | 'phone' | 'form' | 'mail' | 'portal'
  facts: Record<string, unknown>
  requestedOn: LocalDate
  requestedBy: PersonId
  dueOn: LocalDate
  alertOn: LocalDate
  version: number
  expiresOn: LocalDate | null
}

const columns = sql`v.account_id as "accountId", v.variance_id as "varianceId", v.premise_id as "premiseId", v.kind,
  v.state, v.channel, v.facts, v.requested_on as "requestedOn", v.requested_by as "requestedBy",
  v.due_on as "dueOn", v.alert_on as "alertOn", v.version,
  (select max(g.until_on) from variances.budget_grant g
    where g.account_id = v.account_id and g.variance_id = v.variance_id) as "expiresOn"`

export async function findVariance(
  tx: Tx,
  accountId: AccountId,
  varianceId: VarianceId,
): Promise<VarianceRow | null> {
  const { rows } = await sql<VarianceRow>`
    select ${columns} from variances.variance v
    where v.account_id = ${accountId} and v.variance_id = ${varianceId}`.execute(tx)
  return rows[0] ?? null
}

/** Held until the end of the transaction, so that two hands decide one after the other. */
export async function lockVariance(
  tx: Tx,
  accountId: AccountId,
  varianceId: VarianceId,
): Promise<VarianceRow | null> {
  await sql`select from variances.variance
    where account_id = ${accountId} and variance_id = ${varianceId} for update`.execute(tx)
  return findVariance(tx, accountId, varianceId)
}

export async function listOfAccount(tx: Tx, accountId: AccountId): Promise<VarianceRow[]> {
  const { rows } = await sql<VarianceRow>`
    select ${columns} from variances.variance v where v.account_id = ${accountId}
    order by v.requested_on desc, v.variance_id desc limit 100`.execute(tx)
  return rows
}

export type Asked = {
  readonly show: 'waiting' | 'late' | 'mine-to-decide' | 'expiring' | 'decided'
  readonly kind: VarianceKind | null
  readonly today: LocalDate
  readonly expiringBy: LocalDate
  readonly limit: number
}

export async function listVariances(tx: Tx, asked: Asked): Promise<VarianceRow[]> {
  const { show, kind, today, expiringBy, limit } = asked
  const ofKind = sql`(${kind}::text is null or v.kind = ${kind})`
  if (show === 'expiring') {
    const { rows } = await sql<VarianceRow>`
      select ${columns} from variances.variance v
      where v.state = 'approved' and ${ofKind} and exists (select from variances.budget_grant g
        where g.account_id = v.account_id and g.variance_id = v.variance_id
          and g.until_on > ${today} and g.until_on <= ${expiringBy}
          and g.input not in ('over-budget-gallons', 'courtesy-months'))
      order by "expiresOn", v.variance_id limit ${limit}`.execute(tx)
    return rows
  }
  if (show === 'decided') {
    const { rows } = await sql<VarianceRow>`
      select ${columns} from variances.variance v
      where v.state in ('approved', 'denied', 'withdrawn') and ${ofKind}
      order by v.requested_on desc, v.variance_id desc limit ${limit}`.execute(tx)
    return rows
  }
  const { rows } = await sql<VarianceRow>`
    select ${columns} from variances.variance v
    where v.state in ('requested', 'proposed', 'evidence-asked', 'appealed') and ${ofKind}
      and (${show} <> 'late' or v.due_on < ${today})
    order by v.due_on, v.variance_id limit ${limit}`.execute(tx)
  return rows
}

/** What waits past its day of warning, for the night's round. */
export async function listAlerting(tx: Tx, today: LocalDate): Promise<VarianceRow[]> {
  const { rows } = await sql<VarianceRow>`
    select ${columns} from variances.variance v
    where v.state in ('requested', 'proposed', 'evidence-asked', 'appealed') and v.alert_on <= ${today}
      and not exists (select from variances.variance_event e
        where e.account_id = v.account_id and e.variance_id = v.variance_id and e.kind = 'late-noticed')
    order by v.due_on limit 500`.execute(tx)
  return rows
}

export type NewVariance = Omit<VarianceRow, 'varianceId' | 'state' | 'version' | 'expiresOn'> & {
  readonly requestedAt: Instant
}

export async function insertVariance(tx: Tx, one: NewVariance): Promise<VarianceId> {
  const { rows } = await sql<{ id: VarianceId }>`
    insert into variances.variance (account_id, premise_id, kind, channel, facts, requested_on, requested_at,
      requested_by, due_on, alert_on)
    values (${one.accountId}, ${one.premiseId}, ${one.kind}, ${one.channel}, ${JSON.stringify(one.facts)}::jsonb,
      ${one.requestedOn}, ${one.requestedAt}, ${one.requestedBy}, ${one.dueOn}, ${one.alertOn})
    returning variance_id as id`.execute(tx)
  return rows[0]!.id
}

/** The next version; false when somebody was faster. */
export async function updateVariance(
  tx: Tx,
  row: Pick<VarianceRow, 'accountId' | 'varianceId' | 'version'>,
  next: { state: VarianceState; facts?: Record<string, unknown> },
): Promise<boolean> {
  const { rows } = await sql`
    update variances.variance set state = ${next.state}, version = version + 1,
      facts = coalesce(${next.facts ? JSON.stringify(next.facts) : null}::jsonb, facts)
    where account_id = ${row.accountId} and variance_id = ${row.varianceId} and version = ${row.version}
    returning variance_id`.execute(tx)
  return rows.length === 1
}

export type EventKind =
  | 'requested'
  | 'changed'
  | 'proposed'
  | 'evidence-asked'
  | 'approved'
  | 'denied'
  | 'withdrawn'
  | 'appealed'
  | 'appeal-granted'
  | 'appeal-denied'
  | 'ended'
  | 'resumed'
  | 'renewal-noticed'
  | 'late-noticed'

export type EventRow = {
  eventId: Id<'variance-event'>
  at: Instant
  byId: PersonId
  by: string
  kind: EventKind
  reason: string | null
  facts: Record<string, unknown>
}

type EventToKeep = {
  readonly accountId: AccountId
  readonly varianceId: VarianceId
  readonly at: Instant
  readonly by: PersonId
  readonly kind: EventKind
  readonly reason?: string | null
  readonly facts?: Record<string, unknown>
}

export async function insertEvent(tx: Tx, event: EventToKeep): Promise<void> {
  const { accountId, varianceId, at, by, kind, reason = null, facts = {} } = event
  await sql`
    insert into variances.variance_event (account_id, variance_id, at, by_person, kind, reason, facts)
    values (${accountId}, ${varianceId}, ${at}, ${by}, ${kind}, ${reason}, ${JSON.stringify(facts)}::jsonb)`.execute(
    tx,
  )
}

export async function listEvents(tx: Tx, accountId: AccountId, varianceId: VarianceId): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.event_id as "eventId", e.at, e.by_person as "byId", p.name as by, e.kind, e.reason, e.facts
    from variances.variance_event e join staff.person p on p.person_id = e.by_person
    where e.account_id = ${accountId} and e.variance_id = ${varianceId} order by e.event_id`.execute(tx)
  return rows
}

export type EvidenceRow = { kind: EvidenceKind; count: number; seenOn: LocalDate; seenBy: string }

/** What was seen since the last look: only what is new is written, the rest stands already. */
export async function insertEvidence(
  tx: Tx,
  row: { accountId: AccountId; varianceId: VarianceId; seenOn: LocalDate; seenBy: PersonId },
  seen: readonly { kind: EvidenceKind; count: number }[],
): Promise<void> {
  for (const { kind, count } of seen)
    await sql`insert into variances.evidence (account_id, variance_id, kind, count, seen_on, seen_by)
      values (${row.accountId}, ${row.varianceId}, ${kind}, ${count}, ${row.seenOn}, ${row.seenBy})`.execute(
      tx,
    )
}

/** The newest count of each kind. */
export async function listEvidence(
  tx: Tx,
  accountId: AccountId,
  varianceId: VarianceId,
): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select distinct on (e.kind) e.kind, e.count, e.seen_on as "seenOn", p.name as "seenBy"
    from variances.evidence e join staff.person p on p.person_id = e.seen_by
    where e.account_id = ${accountId} and e.variance_id = ${varianceId}
    order by e.kind, e.evidence_id desc`.execute(tx)
  return rows
}

/** Letters are noted in the facts of the event they tell about. */
export async function listLetterIds(
  tx: Tx,
  accountId: AccountId,
  varianceId: VarianceId,
): Promise<Set<Id<'message'>>> {
  const { rows } = await sql<{ id: Id<'message'> }>`
    select (e.facts ->> 'letter')::bigint as id from variances.variance_event e
    where e.account_id = ${accountId} and e.variance_id = ${varianceId} and e.facts ? 'letter'`.execute(tx)
  return new Set(rows.map(row => row.id))
}
