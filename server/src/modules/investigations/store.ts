import type { Instant } from '@curbstop/kernel/dates'
import type { AccountId, BillId, ContactId, InvestigationId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'

export type CaseRow = {
  accountId: AccountId
  investigationId: InvestigationId
  billId: BillId | null
  contactId: ContactId | null
  openedAt: Instant
  openedBy: string
  closedAt: Instant | null
  closedBy: string | null
  finding: string | null
  conclusion: string | null
  version: number
}

const nameOf = (column: 'opened_by' | 'closed_by') =>
  sql`(select p.name from staff.person p where p.person_id = i.${sql.raw(column)})`
const caseColumns = sql`i.account_id as "accountId", i.investigation_id as "investigationId", i.bill_id as "billId",
  i.contact_id as "contactId", i.opened_at as "openedAt", ${nameOf('opened_by')} as "openedBy",
  i.closed_at as "closedAt", ${nameOf('closed_by')} as "closedBy", i.finding, i.conclusion, i.version`

export type CaseKey = { readonly accountId: AccountId; readonly investigationId: InvestigationId }

export async function findCase(tx: Tx, { accountId, investigationId }: CaseKey): Promise<CaseRow | null> {
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from investigations.investigation i
    where i.account_id = ${accountId} and i.investigation_id = ${investigationId}`.execute(tx)
  return rows[0] ?? null
}

export async function lockCase(tx: Tx, { accountId, investigationId }: CaseKey): Promise<CaseRow | null> {
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from investigations.investigation i
    where i.account_id = ${accountId} and i.investigation_id = ${investigationId} for update of i`.execute(tx)
  return rows[0] ?? null
}

export async function findOpenCase(tx: Tx, accountId: AccountId): Promise<InvestigationId | null> {
  const { rows } = await sql<{ investigationId: InvestigationId }>`
    select investigation_id as "investigationId" from investigations.investigation
    where account_id = ${accountId} and closed_at is null`.execute(tx)
  return rows[0]?.investigationId ?? null
}

export async function listCases(tx: Tx, accountId: AccountId): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`
    select ${caseColumns} from investigations.investigation i
    where i.account_id = ${accountId} order by i.opened_at desc limit 100`.execute(tx)
  return rows
}

/** Null when one is open already: two advisors on one high bill work on one case. */
export async function insertCase(
  tx: Tx,
  opened: {
    accountId: AccountId
    billId: BillId
    contactId: ContactId | null
    openedBy: PersonId
    at: Instant
  },
): Promise<InvestigationId | null> {
  const { accountId, billId, contactId, openedBy, at } = opened
  const { rows } = await sql<{ investigationId: InvestigationId }>`
    insert into investigations.investigation (account_id, kind, bill_id, contact_id, opened_by, opened_at)
    values (${accountId}, 'high-bill', ${billId}, ${contactId}, ${openedBy}, ${at})
    on conflict (account_id) where closed_at is null do nothing
    returning investigation_id as "investigationId"`.execute(tx)
  return rows[0]?.investigationId ?? null
}

export type EvidenceKind = 'ranking' | 'answer' | 'check-step' | 'check-result' | 'order' | 'note'
export type EvidenceRow = {
  evidenceId: string
  kind: EvidenceKind
  body: Record<string, unknown>
  at: Instant
  by: string
}

export async function listEvidence(tx: Tx, { accountId, investigationId }: CaseKey): Promise<EvidenceRow[]> {
  const { rows } = await sql<EvidenceRow>`
    select e.evidence_id::text as "evidenceId", e.kind, e.body, e.found_at as at, p.name as by
    from investigations.evidence e join staff.person p on p.person_id = e.found_by
    where e.account_id = ${accountId} and e.investigation_id = ${investigationId}
    order by e.evidence_id limit 500`.execute(tx)
  return rows
}

/** Adds what was found and counts the case's version up: whoever has it open learns that it moved. */
export async function insertEvidence(
  tx: Tx,
  { accountId, investigationId }: CaseKey,
  found: { kind: EvidenceKind; body: Record<string, unknown>; by: PersonId; at: Instant },
): Promise<void> {
  await sql`
    insert into investigations.evidence (account_id, investigation_id, kind, body, found_by, found_at)
    values (${accountId}, ${investigationId}, ${found.kind}, ${JSON.stringify(found.body)}::jsonb, ${found.by}, ${found.at})`.execute(
    tx,
  )
  await sql`update investigations.investigation set version = version + 1
    where account_id = ${accountId} and investigation_id = ${investigationId}`.execute(tx)
}

/** False when somebody added to the case since `version`. */
export async function closeCase(
  tx: Tx,
  { accountId, investigationId }: CaseKey,
  closing: { version: number; finding: string; conclusion: string; by: PersonId; at: Instant },
): Promise<boolean> {
  const { rows } = await sql`
    update investigations.investigation set closed_at = ${closing.at}, closed_by = ${closing.by},
      finding = ${closing.finding}, conclusion = ${closing.conclusion}, version = version + 1
    where account_id = ${accountId} and investigation_id = ${investigationId} and closed_at is null
      and version = ${closing.version}
    returning investigation_id`.execute(tx)
  return rows.length === 1
}
