/** What meter tests came to: proposals, what was posted, segment by segment, and what was taken back. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, BillId, Id, PersonId } from '@curbstop/kernel/ids'
import type { Cents } from '@curbstop/kernel/money'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { errors } from '../domain/errors.ts'

type ResultId = Id<'meter-test-result'>
type TestId = Id<'meter-test'>
export type CorrectionId = Id<'meter-correction'>

/** One hand at a time on the meter money of an account: a double click and a colleague wait for each other. */
export async function lockMeterMoney(tx: Tx, accountId: AccountId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('billing.meter-money', ${accountId}))`.execute(tx)
}

export type ProposalRow = {
  cents: Cents
  reason: string
  proposedAt: Instant
  proposedBy: string
  proposedById: PersonId
}

/** The latest proposal of a result. */
export async function findProposal(
  tx: Tx,
  accountId: AccountId,
  resultId: ResultId,
): Promise<ProposalRow | null> {
  const { rows } = await sql<ProposalRow>`
    select m.cents, m.reason, m.proposed_at as "proposedAt", p.name as "proposedBy", m.proposed_by as "proposedById"
    from billing.meter_proposal m join staff.person p on p.person_id = m.proposed_by
    where m.account_id = ${accountId} and m.result_id = ${resultId}
    order by m.proposal_id desc limit 1`.execute(tx)
  return rows[0] ?? null
}

type OfResult = {
  readonly accountId: AccountId
  readonly testId: TestId
  readonly resultId: ResultId
  readonly cents: Cents
  readonly reason: string
  readonly at: Instant
  readonly by: PersonId
}

export async function insertProposal(tx: Tx, one: OfResult): Promise<void> {
  await sql`
    insert into billing.meter_proposal (account_id, test_id, result_id, cents, reason, proposed_at, proposed_by)
    values (${one.accountId}, ${one.testId}, ${one.resultId}, ${one.cents}, ${one.reason}, ${one.at}, ${one.by})`.execute(
    tx,
  )
}

export type Outcome = 'none' | 'refund' | 'back-bill' | 'waived'

export type CorrectionRow = {
  correctionId: CorrectionId
  testId: TestId
  resultId: ResultId
  outcome: Outcome
  cents: Cents
  fromOn: LocalDate | null
  instalments: number | null
  dueOn: LocalDate | null
  fee: 'returned' | 'kept' | null
  feeCents: Cents
  says: string
  reason: string
  journalId: bigint | null
  feeJournalId: bigint | null
  messageId: bigint | null
  proposedBy: string | null
  decidedAt: Instant
  decidedBy: string
  decidedById: PersonId
  reversed: { at: Instant; by: string; reason: string } | null
}

/** Of every test, newest first; taken back ones too. */
export async function listCorrections(tx: Tx, accountId: AccountId): Promise<CorrectionRow[]> {
  const { rows } = await sql<CorrectionRow>`
    select c.correction_id as "correctionId", c.test_id as "testId", c.result_id as "resultId", c.outcome, c.cents,
      c.from_on as "fromOn", c.instalments, c.due_on as "dueOn", c.fee, c.fee_cents as "feeCents", c.says, c.reason,
      c.journal_id as "journalId", c.fee_journal_id as "feeJournalId", c.message_id as "messageId",
      q.name as "proposedBy", c.decided_at as "decidedAt", p.name as "decidedBy", c.decided_by as "decidedById",
      case when r.account_id is null then null
        else json_build_object('at', r.reversed_at, 'by', s.name, 'reason', r.reason) end as reversed
    from billing.meter_correction c
    join staff.person p on p.person_id = c.decided_by
    left join staff.person q on q.person_id = c.proposed_by
    left join billing.meter_correction_reversal r using (account_id, correction_id)
    left join staff.person s on s.person_id = r.reversed_by
    where c.account_id = ${accountId}
    order by c.correction_id desc`.execute(tx)
  return rows
}

/** Bills whose meter error another result settled for good. */
export async function listCorrectedBills(
  tx: Tx,
  accountId: AccountId,
  but: ResultId | null,
): Promise<BillId[]> {
  const { rows } = await sql<{ billId: BillId }>`
    select distinct s.bill_id as "billId" from billing.meter_corrected_segment s
    join billing.meter_correction c using (account_id, correction_id)
    where s.account_id = ${accountId} and c.result_id is distinct from ${but} and not exists (select from billing.meter_correction_reversal r
      where r.account_id = s.account_id and r.correction_id = s.correction_id)`.execute(tx)
  return rows.map(row => row.billId)
}

export async function isCorrectionMessage(tx: Tx, accountId: AccountId, messageId: bigint): Promise<boolean> {
  const { rows } = await sql`select 1 from billing.meter_correction
    where account_id = ${accountId} and message_id = ${messageId}`.execute(tx)
  return rows.length > 0
}

export type NewCorrection = OfResult &
  Pick<
    CorrectionRow,
    | 'outcome'
    | 'fromOn'
    | 'instalments'
    | 'dueOn'
    | 'fee'
    | 'feeCents'
    | 'says'
    | 'journalId'
    | 'feeJournalId'
    | 'messageId'
  > & { readonly proposedById: PersonId | null }

/** Throws billing.meter-decided: a result moves money once. */
export async function insertCorrection(tx: Tx, one: NewCorrection): Promise<CorrectionId> {
  try {
    const { rows } = await sql<{ correctionId: CorrectionId }>`
      insert into billing.meter_correction (account_id, test_id, result_id, outcome, cents, from_on, instalments,
        due_on, fee, fee_cents, says, reason, journal_id, fee_journal_id, message_id, proposed_by, decided_at, decided_by)
      values (${one.accountId}, ${one.testId}, ${one.resultId}, ${one.outcome}, ${one.cents}, ${one.fromOn},
        ${one.instalments}, ${one.dueOn}, ${one.fee}, ${one.feeCents}, ${one.says}, ${one.reason}, ${one.journalId},
        ${one.feeJournalId}, ${one.messageId}, ${one.proposedById}, ${one.at}, ${one.by})
      returning correction_id as "correctionId"`.execute(tx)
    return rows[0]!.correctionId
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'meter_correction_once')
      throw refuse(errors, 'billing.meter-decided', { who: 'Somebody' })
    throw error
  }
}

export type NewCorrectedSegment = {
  readonly billId: BillId
  readonly segmentNo: number
  readonly unitsBefore: string
  readonly unitsAfter: string
  readonly centsBefore: Cents
  readonly centsAfter: Cents
}

export async function insertCorrectedSegments(
  tx: Tx,
  { accountId, correctionId }: { readonly accountId: AccountId; readonly correctionId: CorrectionId },
  segments: readonly NewCorrectedSegment[],
): Promise<void> {
  if (segments.length === 0) return
  const rows = segments.map(
    s => sql`(${accountId}, ${correctionId}, ${s.billId}, ${s.segmentNo}, ${s.unitsBefore}, ${s.unitsAfter},
      ${s.centsBefore}, ${s.centsAfter})`,
  )
  await sql`
    insert into billing.meter_corrected_segment
      (account_id, correction_id, bill_id, segment_no, units_before, units_after, cents_before, cents_after)
    values ${sql.join(rows)}`.execute(tx)
}

export type NewReversal = {
  readonly accountId: AccountId
  readonly correctionId: CorrectionId
  readonly reason: string
  readonly at: Instant
  readonly by: PersonId
}

export async function insertReversal(tx: Tx, one: NewReversal): Promise<void> {
  await sql`
    insert into billing.meter_correction_reversal (account_id, correction_id, reversed_at, reversed_by, reason)
    values (${one.accountId}, ${one.correctionId}, ${one.at}, ${one.by}, ${one.reason})`.execute(tx)
}
