import { addDays, type Instant, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, Id, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import { gl } from './domain/chart.ts'
import { errors } from './domain/errors.ts'
import type { JournalEffect } from './domain/money.ts'
import type { JournalKind, Posting } from './domain/postings.ts'

export type JournalId = Id<'journal'>

export type JournalRow = JournalEffect & {
  journalId: JournalId
  reversesJournalId: JournalId | null
  businessOn: LocalDate
  postedAt: Instant
  source: string
  memo: string | null
}

/** What was known at the end of a day on the district's clock, and counted for the customer by then. */
export type AsOf = { readonly on: LocalDate; readonly timeZone: string }

/** What a journal's postings added to an account of the chart on its debit side. */
const movedBy = (account: number) => sql`
  sum(case ${sql.lit(account)} when p.debit then p.cents when p.credit then -p.cents else 0 end)::bigint`

/** Every journal of an account with what it did to the receivables: one walk of two primary keys. */
export async function listJournals(tx: Tx, accountId: AccountId, asOf: AsOf): Promise<JournalRow[]> {
  const { rows } = await sql<JournalRow>`
    select j.journal_id as "journalId", j.kind, j.effective_on as "effectiveOn", j.business_on as "businessOn",
      j.due_on as "dueOn", j.posted_at as "postedAt", j.source, j.memo,
      j.reverses_journal_id as "reversesJournalId",
      ${movedBy(gl.waterReceivable)} as water, ${movedBy(gl.sewerReceivable)} as sewer,
      ${movedBy(gl.feesReceivable)} as fees, -(${movedBy(gl.customerCredit)}) as "creditCents"
    from ledger.journal j
    join ledger.posting p on p.account_id = j.account_id and p.journal_id = j.journal_id
    where j.account_id = ${accountId} and p.account_id = ${accountId}
      and j.effective_on <= ${asOf.on} and j.posted_at < ${endOf(asOf)}
    group by j.account_id, j.journal_id
    order by j.effective_on, j.journal_id`.execute(tx)
  return rows
}

const endOf = (asOf: AsOf) => sql`(${addDays(asOf.on, 1)}::date::timestamp at time zone ${asOf.timeZone})`

export type JournalHead = {
  journalId: JournalId
  kind: JournalKind
  effectiveOn: LocalDate
  businessOn: LocalDate
  dueOn: LocalDate | null
  postedAt: Instant
  postedBy: PersonId
  source: string
  memo: string | null
  reversesJournalId: JournalId | null
}

export async function findJournal(
  tx: Tx,
  accountId: AccountId,
  journalId: JournalId,
): Promise<JournalHead | null> {
  const { rows } = await sql<JournalHead>`
    select journal_id as "journalId", kind, effective_on as "effectiveOn", business_on as "businessOn",
      due_on as "dueOn", posted_at as "postedAt", posted_by as "postedBy", source, memo,
      reverses_journal_id as "reversesJournalId"
    from ledger.journal where account_id = ${accountId} and journal_id = ${journalId}`.execute(tx)
  return rows[0] ?? null
}

type Side = { gl: number; name: string; fund: string }
export type PostingRow = Posting & { lineNo: number; debitSide: Side; creditSide: Side }

export async function listPostings(
  tx: Tx,
  accountId: AccountId,
  journalId: JournalId,
): Promise<PostingRow[]> {
  const { rows } = await sql<PostingRow>`
    select p.line_no as "lineNo", p.debit, p.credit, p.cents,
      json_build_object('gl', d.gl, 'name', d.name, 'fund', d.fund) as "debitSide",
      json_build_object('gl', c.gl, 'name', c.name, 'fund', c.fund) as "creditSide"
    from ledger.posting p join ledger.gl_account d on d.gl = p.debit join ledger.gl_account c on c.gl = p.credit
    where p.account_id = ${accountId} and p.journal_id = ${journalId} order by p.line_no`.execute(tx)
  return rows
}

export type NewJournal = {
  readonly accountId: AccountId
  readonly kind: JournalKind
  readonly effectiveOn: LocalDate
  readonly businessOn: LocalDate
  readonly dueOn: LocalDate | null
  readonly postedBy: PersonId
  readonly source: string
  readonly memo: string | null
  readonly reversesJournalId: JournalId | null
}

export async function insertJournal(tx: Tx, journal: NewJournal): Promise<JournalId> {
  const { reversesJournalId } = journal
  try {
    const { rows } = await sql<{ journalId: JournalId }>`
      insert into ledger.journal
        (account_id, kind, effective_on, business_on, due_on, posted_by, source, memo, reverses_journal_id)
      values (${journal.accountId}, ${journal.kind}, ${journal.effectiveOn}, ${journal.businessOn}, ${journal.dueOn},
        ${journal.postedBy}, ${journal.source}, ${journal.memo}, ${reversesJournalId})
      returning journal_id as "journalId"`.execute(tx)
    return rows[0]!.journalId
  } catch (error) {
    const { constraint } = error as { constraint?: string }
    const facts = { journalId: String(reversesJournalId) }
    if (constraint === 'journal_reversed_once') throw refuse(errors, 'ledger.already-reversed', facts)
    if (constraint === 'journal_reverses_fkey') throw refuse(errors, 'ledger.no-journal', facts)
    throw error
  }
}

export async function insertPostings(
  tx: Tx,
  accountId: AccountId,
  journalId: JournalId,
  postings: readonly Posting[],
): Promise<void> {
  const lines = postings.map((_, index) => index + 1)
  await sql`
    insert into ledger.posting (account_id, journal_id, line_no, debit, credit, cents)
    select ${accountId}::bigint, ${journalId}::bigint, line_no, debit, credit, cents
    from unnest(${lines}::smallint[], ${postings.map(p => p.debit)}::integer[],
      ${postings.map(p => p.credit)}::integer[], ${postings.map(p => p.cents)}::bigint[])
      as line (line_no, debit, credit, cents)`.execute(tx)
}

export type BusinessDay = { on: LocalDate; closedAt: Instant | null }

/** Shared with every other posting of the day; a closing waits for it, and it for a closing. */
export async function lockDayForPosting(tx: Tx, on: LocalDate): Promise<BusinessDay | null> {
  const { rows } = await sql<BusinessDay>`
    select on_date as "on", closed_at as "closedAt" from ledger.business_day where on_date = ${on} for share`.execute(
    tx,
  )
  return rows[0] ?? null
}

export async function insertDay(tx: Tx, on: LocalDate): Promise<void> {
  await sql`insert into ledger.business_day (on_date) values (${on}) on conflict do nothing`.execute(tx)
}

/** Nobody opens a day while one is being closed; postings to days already open go on. */
export async function lockDays(tx: Tx): Promise<void> {
  await sql`lock table ledger.business_day in share row exclusive mode`.execute(tx)
}

export async function lockDayForClosing(tx: Tx, on: LocalDate): Promise<BusinessDay | null> {
  const { rows } = await sql<BusinessDay>`
    select on_date as "on", closed_at as "closedAt" from ledger.business_day where on_date = ${on} for update`.execute(
    tx,
  )
  return rows[0] ?? null
}

export async function findLastClosedDay(tx: Tx): Promise<LocalDate | null> {
  const { rows } = await sql<{ on: LocalDate | null }>`
    select max(on_date) as "on" from ledger.business_day where closed_at is not null`.execute(tx)
  return rows[0]?.on ?? null
}

export async function findEarlierOpenDay(tx: Tx, before: LocalDate): Promise<LocalDate | null> {
  const { rows } = await sql<{ on: LocalDate | null }>`
    select min(on_date) as "on" from ledger.business_day where closed_at is null and on_date < ${before}`.execute(
    tx,
  )
  return rows[0]?.on ?? null
}

export async function closeDay(tx: Tx, on: LocalDate, closedBy: PersonId): Promise<void> {
  await sql`update ledger.business_day set closed_at = now(), closed_by = ${closedBy} where on_date = ${on}`.execute(
    tx,
  )
}
