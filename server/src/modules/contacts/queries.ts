import { addDays, type Instant, type LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { type AccountId, asId, type ContactId } from '@curbstop/kernel/ids'
import type { z } from 'zod'
import { type Ctx, may } from '../../platform/context.ts'
import {
  findCustomersByPhone,
  formatPhone,
  getVerification,
  listCustomerNames,
  maskedName,
  maySeeProtected,
} from '../customers/index.ts'
import { type Calendar, getCalendar } from '../policy/index.ts'
import type { contactInHand, contactRow, contacts } from './contract.ts'
import { type Asker, daysLeft, maySee } from './domain/contact.ts'
import { draftNote, suggestOutcome, suggestReason } from './domain/draft-note.ts'
import { errors } from './domain/errors.ts'
import { type Step, stepSchema } from './domain/steps.ts'
import * as store from './store.ts'

export type ContactLine = z.output<typeof contactRow>
export type ContactInHand = z.output<typeof contactInHand>

export const askerOf = (ctx: Ctx): Asker => ({
  personId: ctx.actor.personId,
  isSupervisor: may(ctx, 'desk.supervise'),
})

/** Saved contacts of an account, newest first, for the account 360. */
export async function listRecentContacts(
  ctx: Ctx,
  accountId: AccountId,
  limit: number,
): Promise<ContactLine[]> {
  return linesOf(ctx, await store.listByAccount(ctx.tx, accountId, { before: null, limit }))
}

/** What a reader may see of each: who called about a protected customer is hidden (PRV-019). */
export async function linesOf(ctx: Ctx, rows: readonly store.ContactRow[]): Promise<ContactLine[]> {
  const ids = rows.flatMap(row => row.customerId ?? [])
  const names = maySeeProtected(ctx) ? new Map() : await listCustomerNames(ctx, ids)
  const isRunning = rows.some(row => row.dueOn !== null && row.answeredAt === null)
  const calendar = isRunning ? await getCalendar(ctx, addDays(ctx.today, -365), 730) : null
  return rows.map(row => {
    const isMasked = row.customerId !== null && names.get(row.customerId)?.isProtected === true
    return lineOf(ctx, row, { isMasked: isMasked && row.personId !== ctx.actor.personId, calendar })
  })
}

type Showing = { isMasked: boolean; calendar: Calendar | null }

function lineOf(ctx: Ctx, row: store.ContactRow, { isMasked, calendar }: Showing): ContactLine {
  const isRunning = row.dueOn !== null && row.answeredAt === null && calendar !== null
  return {
    contactId: row.contactId,
    accountId: row.accountId,
    customerId: row.customerId,
    channel: row.channel,
    direction: row.direction,
    personId: row.personId,
    personName: row.personName,
    startedAt: row.startedAt,
    savedAt: row.savedAt,
    callerName: isMasked && row.callerName ? maskedName : row.callerName,
    callerPhone: isMasked || !row.callerE164 ? null : formatPhone(row.callerE164),
    proven: row.proven,
    reason: row.reason,
    reasonName: row.reasonName,
    outcome: row.outcome,
    isComplaint: row.isComplaint,
    complaint: row.dueOn && {
      dueOn: row.dueOn,
      answeredAt: row.answeredAt,
      answeredBy: row.answeredBy,
      answer: row.answer,
      daysLeft: isRunning ? daysLeft(calendar, ctx.today, row.dueOn) : null,
    },
    note: row.note,
    version: row.version,
  }
}

/** The contact as whoever holds it needs it. Throws `contacts.unknown`, for a draft of somebody else too. */
export async function getContactInHand(ctx: Ctx, contactId: ContactId): Promise<ContactInHand> {
  const row = await store.findContact(ctx.tx, contactId)
  if (!row || !maySee(row, askerOf(ctx))) throw refuse(errors, 'contacts.unknown')
  const [line] = await linesOf(ctx, [row])
  const steps = await readSteps(ctx, contactId)
  const isOpen = row.savedAt === null && row.discardedAt === null
  return {
    ...line!,
    steps,
    ...(await draftOf(ctx, row, steps)),
    matches: isOpen && row.callerE164 && row.customerId === null ? await matchesOf(ctx, row.callerE164) : [],
    decision: row.verificationId === null ? null : await getVerification(ctx, row.verificationId),
    earlierNotes: await store.listFormerNotes(ctx.tx, contactId),
  }
}

export async function readSteps(ctx: Ctx, contactId: ContactId): Promise<ContactInHand['steps']> {
  const rows = await store.listSteps(ctx.tx, contactId)
  return rows.flatMap(({ at, kind, facts }) => {
    const parsed = stepSchema.safeParse({ kind, facts }) // a kind of an older version stays on record, unshown
    return parsed.success ? [{ at, step: parsed.data }] : []
  })
}

/** The note of the steps so far, and the reason and outcome they speak for. */
export async function draftOf(
  ctx: Ctx,
  row: Pick<store.ContactRow, 'reason' | 'reasonName'>,
  noted: readonly { step: Step }[],
) {
  const steps = noted.map(one => one.step)
  const suggestedReason = suggestReason(steps)
  const reasonName =
    row.reasonName ?? (suggestedReason && (await store.findReasonName(ctx.tx, suggestedReason)))
  return {
    draftNote: draftNote(steps, { reasonName, today: ctx.today }),
    suggestedReason,
    suggestedOutcome: suggestOutcome(steps),
  }
}

/** Who the number belongs to, as a maybe: phones are lent, shared and forged. */
async function matchesOf(ctx: Ctx, phone: string): Promise<ContactInHand['matches']> {
  const found = await findCustomersByPhone(ctx, phone)
  return found.map(one => ({
    customerId: one.customerId,
    name: one.name,
    how: one.how,
    authorizedId: one.authorizedId === null ? null : asId(one.authorizedId),
    authorizedName: one.authorizedName,
    confidence: 'maybe' as const,
  }))
}

export async function getContact(ctx: Ctx, { contactId }: Input<typeof contacts.getContact>) {
  return getContactInHand(ctx, contactId)
}

export async function listReasons(ctx: Ctx): Promise<Output<typeof contacts.listReasons>> {
  return store.listReasons(ctx.tx)
}

export async function listMyDrafts(ctx: Ctx): Promise<Output<typeof contacts.listMyDrafts>> {
  return linesOf(ctx, await store.listDrafts(ctx.tx, ctx.actor.personId))
}

export async function listByAccount(
  ctx: Ctx,
  { accountId, before, limit }: Input<typeof contacts.listByAccount>,
): Promise<Output<typeof contacts.listByAccount>> {
  return linesOf(ctx, await store.listByAccount(ctx.tx, accountId, { before: before ?? null, limit }))
}

const rowsMax = 500

export async function listContacts(
  ctx: Ctx,
  input: Input<typeof contacts.listContacts>,
): Promise<Output<typeof contacts.listContacts>> {
  const filter = {
    on: input.on ?? ctx.today,
    timeZone: ctx.timeZone,
    personId: input.personId ?? null,
    reason: input.reason ?? null,
    only: input.only ?? null,
  }
  const rows = await store.listOfDay(ctx.tx, filter, rowsMax + 1)
  const counts = await store.countOfDay(ctx.tx, filter)
  const complaints = await store.countComplaints(ctx.tx, ctx.today)
  return {
    on: filter.on,
    rows: await linesOf(ctx, rows.slice(0, rowsMax)),
    byPerson: totals(
      counts,
      one => one.personId,
      (one, count) => ({ personId: one.personId, name: one.personName, count }),
    ),
    byReason: totals(
      counts,
      one => one.reason,
      (one, count) => ({ reason: one.reason, name: one.reasonName, count }),
    ),
    openComplaints: complaints.open,
    lateComplaints: complaints.late,
    isCut: rows.length > rowsMax,
  }
}

/** Sums the counts by a key, the greatest first. */
function totals<T extends { count: number }>(
  counts: readonly store.CountRow[],
  keyOf: (one: store.CountRow) => unknown,
  make: (one: store.CountRow, count: number) => T,
): T[] {
  const groups = Map.groupBy(counts, keyOf)
  return [...groups.values()]
    .map(group =>
      make(
        group[0]!,
        group.reduce((sum, one) => sum + one.count, 0),
      ),
    )
    .sort((a, b) => b.count - a.count)
}

/** The last saved contact with each of these accounts since a day: was anybody told? */
export async function listLastContacts(
  ctx: Ctx,
  accountIds: readonly AccountId[],
  since: LocalDate,
): Promise<ReadonlyMap<AccountId, { at: Instant; by: string }>> {
  if (accountIds.length === 0) return new Map()
  const rows = await store.listLastContacts(ctx.tx, accountIds, since)
  return new Map(rows.map(({ accountId, at, by }) => [accountId, { at, by }]))
}
