/** The end of a contact: saved in one call, thrown away, corrected, a complaint answered. */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { ContactId, TaskId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { createTask, requestReview } from '../../desk/index.ts'
import { getCalendar, getRuleBook, numberOf } from '../../policy/index.ts'
import type { contacts } from '../contract.ts'
import { checkFollowUp, checkIsTheirs, checkVersion, complaintDue, maySee } from '../domain/contact.ts'
import { errors } from '../domain/errors.ts'
import { askerOf, type ContactLine, linesOf } from '../queries.ts'
import * as store from '../store.ts'
import {
  checkReason,
  lockDraft,
  lockDraftToWrite,
  refuseFindableIn,
  refuseOwnContact,
  rewrite,
} from './hold.ts'

const detailMax = 2_000
const titleMax = 200

type SaveInput = Input<typeof contacts.saveContact>

export async function saveContact(ctx: Ctx, input: SaveInput): Promise<Output<typeof contacts.saveContact>> {
  const row = await lockDraftToWrite(ctx, input.contactId)
  checkVersion(row, input.version, ctx)
  checkFollowUp(input.outcome, input.followUp, ctx.today)
  await refuseFindableIn(ctx, row, { note: input.note, 'followUp.title': input.followUp?.title })
  await checkReason(ctx, input.reason)
  await rewrite(ctx, row, {
    reason: input.reason,
    outcome: input.outcome,
    note: input.note,
    callerName: input.callerName === undefined ? row.callerName : input.callerName,
    savedAt: ctx.now,
    ...(await complaintOf(ctx, input)),
  })
  const followUpTaskId = input.followUp ? await makeFollowUp(ctx, row, input) : null
  await askForReview(ctx, row, input)
  const { reason, outcome, note, isComplaint } = input
  ctx.audit({
    subject: `contact:${row.contactId}`,
    account: row.accountId,
    after: { reason, outcome, note, isComplaint, followUpTaskId },
  })
  ctx.tell({
    name: 'contacts.contact-saved',
    account: row.accountId,
    subject: { contact: row.contactId, customer: row.customerId },
  })
  return { ...(await lineOf(ctx, row.contactId)), followUpTaskId }
}

/** The promise made on the phone: a task with a date, for whoever is named or for the one who promised (A13, A15). */
async function makeFollowUp(ctx: Ctx, row: store.ContactRow, { note, followUp }: SaveInput): Promise<TaskId> {
  const { title, dueOn, ownerId } = followUp!
  const task = await createTask(ctx, {
    kind: 'follow-up',
    title,
    detail: note.slice(0, detailMax),
    accountId: row.accountId ?? undefined,
    contactId: row.contactId,
    to: { personId: ownerId ?? ctx.actor.personId },
    dueOn,
  })
  return task.taskId
}

/** An Assistant's work is looked at by a Senior, all of it at first (AUTH-027). */
async function askForReview(ctx: Ctx, row: store.ContactRow, { note, reason }: SaveInput): Promise<void> {
  const name = await store.findReasonName(ctx.tx, reason)
  await requestReview(ctx, {
    title: `Contact by ${ctx.actor.name}: ${name ?? reason}`.slice(0, titleMax),
    detail: note.slice(0, detailMax),
    contactId: row.contactId,
    ...(row.accountId === null ? {} : { accountId: row.accountId }),
  })
}

/** CON-001: the clock starts with the saving; what was resolved on the spot is answered at once. */
async function complaintOf(ctx: Ctx, { isComplaint, outcome }: SaveInput): Promise<Partial<store.Edited>> {
  if (!isComplaint) return { isComplaint: false }
  const days = numberOf(await getRuleBook(ctx), 'CON-001')
  const dueOn = complaintDue(await getCalendar(ctx), ctx.today, days)
  if (outcome !== 'resolved') return { isComplaint, dueOn }
  return {
    isComplaint,
    dueOn,
    answeredAt: ctx.now,
    answeredById: ctx.actor.personId,
    answer: 'Resolved during the contact.',
  }
}

async function lineOf(ctx: Ctx, contactId: ContactId): Promise<ContactLine> {
  const row = await store.findContact(ctx.tx, contactId)
  const [line] = await linesOf(ctx, row ? [row] : [])
  if (!line) throw refuse(errors, 'contacts.unknown')
  return line
}

export async function discardContact(
  ctx: Ctx,
  { contactId }: Input<typeof contacts.discardContact>,
): Promise<ContactLine> {
  const row = await lockDraft(ctx, contactId)
  await rewrite(ctx, row, { discardedAt: ctx.now })
  ctx.audit({ subject: `contact:${contactId}`, account: row.accountId, after: { discarded: true } })
  ctx.tell({ name: 'contacts.contact-discarded', account: row.accountId, subject: { contact: contactId } })
  return lineOf(ctx, contactId)
}

async function lockSaved(ctx: Ctx, contactId: ContactId): Promise<store.ContactRow> {
  const row = await store.lockContact(ctx.tx, contactId)
  if (!row || !maySee(row, askerOf(ctx))) throw refuse(errors, 'contacts.unknown')
  await refuseOwnContact(ctx, row)
  return row
}

/** The words before stay readable beside the new ones, with who wrote them and why they were replaced. */
export async function editNote(ctx: Ctx, input: Input<typeof contacts.editNote>): Promise<ContactLine> {
  const { contactId, note, reason } = input
  const row = await lockSaved(ctx, contactId)
  checkIsTheirs(row, askerOf(ctx))
  if (row.savedAt === null || row.note === null) throw refuse(errors, 'contacts.not-saved')
  checkVersion(row, input.version, ctx)
  await refuseFindableIn(ctx, row, { note })
  if (row.note === note) throw refuse(errors, 'contacts.same-note')
  await store.insertFormerNote(ctx.tx, {
    contactId,
    version: row.version,
    note: row.note,
    writtenAt: row.noteAt ?? row.savedAt,
    writtenBy: row.noteById ?? row.personId,
    because: reason,
  })
  await rewrite(ctx, row, { note, noteAt: ctx.now, noteById: ctx.actor.personId })
  ctx.audit({
    subject: `contact:${contactId}`,
    account: row.accountId,
    reason,
    before: { note: row.note },
    after: { note },
  })
  ctx.tell({ name: 'contacts.note-edited', account: row.accountId, subject: { contact: contactId } })
  return lineOf(ctx, contactId)
}

export async function answerComplaint(
  ctx: Ctx,
  { contactId, answer }: Input<typeof contacts.answerComplaint>,
): Promise<ContactLine> {
  const row = await lockSaved(ctx, contactId)
  if (!row.isComplaint || row.savedAt === null) throw refuse(errors, 'contacts.no-complaint')
  await refuseFindableIn(ctx, row, { answer })
  if (row.answeredAt !== null) throw refuse(errors, 'contacts.complaint-answered')
  await rewrite(ctx, row, { answer, answeredAt: ctx.now, answeredById: ctx.actor.personId })
  ctx.audit({
    subject: `contact:${contactId}`,
    account: row.accountId,
    before: { complaint: 'open', dueOn: row.dueOn },
    after: { complaint: 'answered', answer },
  })
  ctx.tell({ name: 'contacts.complaint-answered', account: row.accountId, subject: { contact: contactId } })
  return lineOf(ctx, contactId)
}
