import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, ContactId, CustomerId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import type { ContactState } from './domain/contact.ts'
import type { Channel, Direction, Outcome, Proven } from './domain/words.ts'

export type ContactRow = ContactState & {
  contactId: ContactId
  accountId: AccountId | null
  customerId: CustomerId | null
  channel: Channel
  direction: Direction
  personId: PersonId
  startedAt: Instant
  callerName: string | null
  callerE164: string | null
  verificationId: bigint | null
  proven: Proven | null
  reason: string | null
  reasonName: string | null
  outcome: Outcome | null
  isComplaint: boolean
  dueOn: LocalDate | null
  answeredAt: Instant | null
  answeredBy: string | null
  answer: string | null
  note: string | null
  /** When and by whom the note in force was written, once it was corrected. */
  noteAt: Instant | null
  noteById: PersonId | null
}

// Names of colleagues come with the row: every record of the district refers to staff.person.
const contactRows = sql`
  select c.contact_id as "contactId", c.on_account as "accountId", c.customer_id as "customerId", c.channel,
    c.direction, c.person_id as "personId", p.name as "personName", c.started_at as "startedAt",
    c.saved_at as "savedAt", c.discarded_at as "discardedAt", c.caller_name as "callerName",
    c.caller_e164 as "callerE164", c.verification_id as "verificationId", c.proven, c.reason,
    r.name as "reasonName", c.outcome, c.is_complaint as "isComplaint", c.complaint_due_on as "dueOn",
    c.complaint_answered_at as "answeredAt", a.name as "answeredBy", c.complaint_answer as answer, c.note,
    c.note_at as "noteAt", c.note_by as "noteById",
    c.version, c.changed_at as "changedAt", h.name as "changedBy"
  from contacts.contact c
  join staff.person p on p.person_id = c.person_id
  left join staff.person a on a.person_id = c.complaint_answered_by
  left join staff.person h on h.person_id = c.changed_by
  left join contacts.reason r on r.reason = c.reason`

export async function findContact(tx: Tx, contactId: ContactId): Promise<ContactRow | null> {
  const { rows } = await sql<ContactRow>`${contactRows} where c.contact_id = ${contactId}`.execute(tx)
  return rows[0] ?? null
}

export async function lockContact(tx: Tx, contactId: ContactId): Promise<ContactRow | null> {
  const { rows } = await sql<ContactRow>`
    ${contactRows} where c.contact_id = ${contactId} for update of c`.execute(tx)
  return rows[0] ?? null
}

export async function listDrafts(tx: Tx, personId: PersonId): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    ${contactRows} where c.person_id = ${personId} and c.saved_at is null and c.discarded_at is null
    order by c.started_at desc limit 50`.execute(tx)
  return rows
}

export async function listByAccount(
  tx: Tx,
  accountId: AccountId,
  page: { before: ContactId | null; limit: number },
): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    ${contactRows}
    where c.on_account = ${accountId} and c.saved_at is not null
      and (${page.before}::bigint is null or (c.started_at, c.contact_id) <
        (select b.started_at, b.contact_id from contacts.contact b where b.contact_id = ${page.before}))
    order by c.started_at desc, c.contact_id desc limit ${page.limit}`.execute(tx)
  return rows
}

export type DayFilter = {
  on: LocalDate
  timeZone: string
  personId: PersonId | null
  reason: string | null
  only: 'complaints' | 'open-complaints' | null
}

const openComplaint = sql`c.is_complaint and c.saved_at is not null and c.complaint_answered_at is null`

/** Saved on the day on the district's wall; open complaints of any day when only they are asked for. */
function filterOf({ on, timeZone, personId, reason, only }: DayFilter) {
  const onDay = sql`c.saved_at >= ${on}::timestamp at time zone ${timeZone}
    and c.saved_at < (${on}::date + 1)::timestamp at time zone ${timeZone}`
  const parts = [
    only === 'open-complaints' ? openComplaint : onDay,
    ...(only === 'complaints' ? [sql`c.is_complaint`] : []),
    ...(personId === null ? [] : [sql`c.person_id = ${personId}`]),
    ...(reason === null ? [] : [sql`c.reason = ${reason}`]),
  ]
  return sql`where ${sql.join(parts, sql` and `)}`
}

export async function listOfDay(tx: Tx, filter: DayFilter, limit: number): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    ${contactRows} ${filterOf(filter)} order by c.saved_at desc, c.contact_id desc limit ${limit}`.execute(tx)
  return rows
}

export type CountRow = {
  personId: PersonId
  personName: string
  reason: string
  reasonName: string
  count: number
}

export async function countOfDay(tx: Tx, filter: DayFilter): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    select c.person_id as "personId", p.name as "personName", c.reason, r.name as "reasonName", count(*)::int as count
    from contacts.contact c
    join staff.person p on p.person_id = c.person_id
    join contacts.reason r on r.reason = c.reason
    ${filterOf(filter)} group by 1, 2, 3, 4`.execute(tx)
  return rows
}

export async function countComplaints(tx: Tx, today: LocalDate): Promise<{ open: number; late: number }> {
  const { rows } = await sql<{ open: number; late: number }>`
    select count(*)::int as open, (count(*) filter (where c.complaint_due_on < ${today}))::int as late
    from contacts.contact c where ${openComplaint}`.execute(tx)
  return rows[0]!
}

export async function listReasons(tx: Tx): Promise<{ reason: string; name: string }[]> {
  const { rows } = await sql<{ reason: string; name: string }>`
    select reason, name from contacts.reason order by sort, reason`.execute(tx)
  return rows
}

export async function findReasonName(tx: Tx, reason: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from contacts.reason where reason = ${reason}`.execute(tx)
  return rows[0]?.name ?? null
}

export type NewContact = {
  channel: Channel
  direction: Direction
  personId: PersonId
  accountId: AccountId | null
  customerId: CustomerId | null
  callerName: string | null
  callerE164: string | null
  startedAt: Instant
}

export async function insertContact(tx: Tx, one: NewContact): Promise<ContactId> {
  const { rows } = await sql<{ id: ContactId }>`
    insert into contacts.contact
      (channel, direction, person_id, on_account, customer_id, caller_name, caller_e164, started_at)
    values (${one.channel}, ${one.direction}, ${one.personId}, ${one.accountId}, ${one.customerId},
      ${one.callerName}, ${one.callerE164}, ${one.startedAt})
    returning contact_id as id`.execute(tx)
  return rows[0]!.id
}

export type Edited = Pick<
  ContactRow,
  | 'accountId'
  | 'customerId'
  | 'callerName'
  | 'callerE164'
  | 'verificationId'
  | 'proven'
  | 'reason'
  | 'outcome'
> &
  Pick<
    ContactRow,
    | 'isComplaint'
    | 'note'
    | 'savedAt'
    | 'discardedAt'
    | 'dueOn'
    | 'answeredAt'
    | 'answer'
    | 'noteAt'
    | 'noteById'
  > & {
    answeredById: PersonId | null
  }

/** Writes the whole row as decided, under the lock of `lockContact`; answers its new version. */
export async function updateContact(
  tx: Tx,
  contactId: ContactId,
  next: Edited & { personId: PersonId; at: Instant },
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    update contacts.contact set on_account = ${next.accountId}, customer_id = ${next.customerId},
      caller_name = ${next.callerName}, caller_e164 = ${next.callerE164},
      verification_id = ${next.verificationId}, proven = ${next.proven}, reason = ${next.reason},
      outcome = ${next.outcome}, is_complaint = ${next.isComplaint}, note = ${next.note},
      note_at = ${next.noteAt}, note_by = ${next.noteById},
      saved_at = ${next.savedAt}, discarded_at = ${next.discardedAt}, complaint_due_on = ${next.dueOn},
      complaint_answered_at = ${next.answeredAt}, complaint_answer = ${next.answer},
      complaint_answered_by = coalesce(${next.answeredById}, complaint_answered_by),
      version = version + 1, changed_at = ${next.at}, changed_by = ${next.personId}
    where contact_id = ${contactId} returning version`.execute(tx)
  return rows[0]!.version
}

export async function updateHolder(
  tx: Tx,
  contactId: ContactId,
  { to, by, at }: { to: PersonId; by: PersonId; at: Instant },
): Promise<void> {
  await sql`update contacts.contact set person_id = ${to}, version = version + 1, changed_at = ${at},
      changed_by = ${by}
    where contact_id = ${contactId}`.execute(tx)
}

export async function insertFormerNote(
  tx: Tx,
  former: {
    contactId: ContactId
    version: number
    note: string
    writtenAt: Instant
    writtenBy: PersonId
    because: string
  },
): Promise<void> {
  await sql`
    insert into contacts.former_note (contact_id, version, note, written_at, written_by, replaced_because)
    values (${former.contactId}, ${former.version}, ${former.note}, ${former.writtenAt}, ${former.writtenBy},
      ${former.because})`.execute(tx)
}

export type FormerNote = { note: string; writtenAt: Instant; writtenBy: string; replacedBecause: string }

export async function listFormerNotes(tx: Tx, contactId: ContactId): Promise<FormerNote[]> {
  const { rows } = await sql<FormerNote>`
    select n.note, n.written_at as "writtenAt", p.name as "writtenBy", n.replaced_because as "replacedBecause"
    from contacts.former_note n join staff.person p on p.person_id = n.written_by
    where n.contact_id = ${contactId} order by n.version desc`.execute(tx)
  return rows
}

export type StepRow = { at: Instant; kind: string; facts: unknown }

export async function insertSteps(
  tx: Tx,
  contactId: ContactId,
  { steps, at }: { steps: readonly { kind: string; facts: unknown }[]; at: Instant },
): Promise<void> {
  await sql`
    insert into contacts.step (contact_id, at, kind, facts)
    select ${contactId}, ${at}, step->>'kind', step->'facts'
    from jsonb_array_elements(${JSON.stringify(steps)}::jsonb) with ordinality as given (step, no)
    order by no`.execute(tx)
}

export async function listSteps(tx: Tx, contactId: ContactId): Promise<StepRow[]> {
  const { rows } = await sql<StepRow>`
    select at, kind, facts from contacts.step where contact_id = ${contactId} order by step_id`.execute(tx)
  return rows
}

export async function listLastContacts(
  tx: Tx,
  accountIds: readonly AccountId[],
  since: LocalDate,
): Promise<{ accountId: AccountId; at: Instant; by: string }[]> {
  const { rows } = await sql<{ accountId: AccountId; at: Instant; by: string }>`
    select distinct on (c.on_account) c.on_account as "accountId", c.saved_at as at, p.name as by
    from contacts.contact c join staff.person p on p.person_id = c.person_id
    where c.on_account = any(${accountIds}::bigint[]) and c.saved_at >= ${since}::date
    order by c.on_account, c.saved_at desc`.execute(tx)
  return rows
}
