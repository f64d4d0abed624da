/** The contact in hand: begun, attached, proven, filled with steps, kept while it is written. */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, ContactId, CustomerId } from '@curbstop/kernel/ids'
import { z } from 'zod'
import type { Ctx } from '../../../platform/context.ts'
import { findAccount, refuseOwnAccount } from '../../accounts/index.ts'
import { checkPhone } from '../../customers/domain/card.ts'
import { getCustomerCard, verifyCaller as keepProof } from '../../customers/index.ts'
import { refuseFindable } from '../../premises/index.ts'
import { refuseOwn } from '../../staff/index.ts'
import type { contacts } from '../contract.ts'
import { checkIsDraft } from '../domain/contact.ts'
import { errors } from '../domain/errors.ts'
import { type Step, stepSchema } from '../domain/steps.ts'
import { askerOf, type ContactInHand, draftOf, getContactInHand, readSteps } from '../queries.ts'
import * as store from '../store.ts'

const stepsMax = 500

/** The draft, locked and ours to change. Throws unknown, not-yours, closed. */
export async function lockDraft(ctx: Ctx, contactId: ContactId): Promise<store.ContactRow> {
  const row = await store.lockContact(ctx.tx, contactId)
  if (!row) throw refuse(errors, 'contacts.unknown')
  checkIsDraft(row, askerOf(ctx))
  return row
}

/** The same for what is written about somebody: not about oneself or a relative (AUTH-023). */
export async function lockDraftToWrite(ctx: Ctx, contactId: ContactId): Promise<store.ContactRow> {
  const row = await lockDraft(ctx, contactId)
  await refuseOwnContact(ctx, row)
  return row
}

/** Throws staff.own-account when the contact is about the actor's own or a relative's record or account. */
export async function refuseOwnContact(
  ctx: Ctx,
  { accountId, customerId }: { accountId: AccountId | null; customerId: CustomerId | null },
): Promise<void> {
  await refuseOwn(ctx, [customerId])
  if (accountId !== null) await refuseOwnAccount(ctx, accountId)
}

/** What is written about a protected customer holds nothing that finds them (PRV-019). */
export async function refuseFindableIn(
  ctx: Ctx,
  { accountId, customerId }: { accountId: AccountId | null; customerId: CustomerId | null },
  texts: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  const holder = accountId === null ? null : await holderOf(ctx, accountId)
  await refuseFindable(ctx, [customerId, holder], texts)
}

/** Writes the row with what changes; answers the new version. */
export function rewrite(ctx: Ctx, row: store.ContactRow, change: Partial<store.Edited>): Promise<number> {
  const { personId } = ctx.actor
  return store.updateContact(ctx.tx, row.contactId, {
    ...row,
    answeredById: null,
    ...change,
    personId,
    at: ctx.now,
  })
}

async function holderOf(ctx: Ctx, accountId: AccountId): Promise<CustomerId> {
  const account = await findAccount(ctx, accountId)
  if (!account) throw refuse(errors, 'contacts.account-unknown', {}, 'accountId')
  return account.customerId
}

/** An account brings its customer; a customer given beside it stays (an owner may call about a tenant's account). */
async function whose(
  ctx: Ctx,
  { accountId, customerId }: { accountId: AccountId | null; customerId: CustomerId | null },
): Promise<CustomerId | null> {
  const holder = accountId === null ? null : await holderOf(ctx, accountId)
  if (customerId === null) return holder
  await getCustomerCard(ctx, customerId)
  return customerId
}

export async function startContact(
  ctx: Ctx,
  input: Input<typeof contacts.startContact>,
): Promise<ContactInHand> {
  const accountId = input.accountId ?? null
  const customerId = await whose(ctx, { accountId, customerId: input.customerId ?? null })
  await refuseOwnContact(ctx, { accountId, customerId })
  const contactId = await store.insertContact(ctx.tx, {
    channel: input.channel,
    direction: input.direction,
    personId: ctx.actor.personId,
    accountId,
    customerId,
    callerName: input.callerName ?? null,
    callerE164: input.phone ? checkPhone(input.phone, 'phone').e164 : null,
    startedAt: ctx.now,
  })
  ctx.audit({
    subject: `contact:${contactId}`,
    account: accountId,
    after: { channel: input.channel, customerId },
  })
  ctx.tell({ name: 'contacts.contact-started', account: accountId, subject: { contact: contactId } })
  return getContactInHand(ctx, contactId)
}

export async function attachContact(
  ctx: Ctx,
  input: Input<typeof contacts.attachContact>,
): Promise<ContactInHand> {
  const row = await lockDraft(ctx, input.contactId)
  const accountId = input.accountId === undefined ? row.accountId : input.accountId
  const isMoved = accountId !== row.accountId
  if (isMoved && row.accountId !== null && !input.reason)
    throw refuse(errors, 'contacts.move-unexplained', {}, 'reason')
  const asked = input.customerId === undefined ? (isMoved ? null : row.customerId) : input.customerId
  const customerId = await whose(ctx, { accountId, customerId: asked })
  await refuseOwnContact(ctx, { accountId, customerId })
  const isSamePerson = customerId === row.customerId
  await rewrite(ctx, row, {
    accountId,
    customerId,
    callerName: input.callerName === undefined ? row.callerName : input.callerName,
    callerE164: input.phone === undefined ? row.callerE164 : e164Of(input.phone),
    // a proof belongs to the customer it was given for
    verificationId: isSamePerson ? row.verificationId : null,
    proven: isSamePerson ? row.proven : null,
  })
  ctx.audit({
    subject: `contact:${row.contactId}`,
    account: accountId ?? row.accountId,
    ...(input.reason ? { reason: input.reason } : {}),
    before: { accountId: row.accountId, customerId: row.customerId },
    after: { accountId, customerId },
  })
  ctx.tell({ name: 'contacts.contact-attached', account: accountId, subject: { contact: row.contactId } })
  if (isMoved && row.accountId !== null)
    ctx.tell({
      name: 'contacts.contact-moved',
      account: row.accountId,
      subject: { contact: row.contactId },
    })
  return getContactInHand(ctx, row.contactId)
}

const e164Of = (phone: string | null) => (phone ? checkPhone(phone, 'phone').e164 : null)

export async function verifyCaller(
  ctx: Ctx,
  input: Input<typeof contacts.verifyCaller>,
): Promise<ContactInHand> {
  const row = await lockDraftToWrite(ctx, input.contactId)
  const accountId = input.accountId ?? row.accountId
  if (row.accountId !== null && accountId !== row.accountId)
    throw refuse(errors, 'contacts.attached-elsewhere', {}, 'accountId')
  await refuseOwnContact(ctx, { accountId, customerId: input.customerId })
  if (accountId !== null && (await holderOf(ctx, accountId)) !== input.customerId)
    throw refuse(errors, 'contacts.not-their-account', {}, 'customerId')
  const { verificationId, decision } = await keepProof(ctx, {
    customerId: input.customerId,
    accountId,
    caller: input.caller,
    callerName: input.callerName ?? row.callerName,
    authorizedId: input.authorizedId ?? null,
    matched: input.matched,
    failed: input.failed,
    said: { pin: input.pin, passphrase: input.passphrase, 'id-last4': input.idLast4 },
  })
  await rewrite(ctx, row, {
    accountId,
    customerId: input.customerId,
    callerName: input.callerName ?? row.callerName,
    verificationId,
    proven: decision.outcome,
  })
  await writeSteps(ctx, row.contactId, [{ kind: 'verified', facts: { outcome: decision.outcome } }])
  return getContactInHand(ctx, row.contactId)
}

export async function noteSteps(
  ctx: Ctx,
  { contactId, steps }: Input<typeof contacts.noteSteps>,
): Promise<Output<typeof contacts.noteSteps>> {
  const row = await lockDraftToWrite(ctx, contactId)
  const before = await readSteps(ctx, contactId)
  if (before.length + steps.length > stepsMax)
    throw refuse(errors, 'contacts.too-many-steps', { limit: stepsMax })
  await writeSteps(ctx, contactId, steps)
  ctx.audit({
    subject: `contact:${contactId}`,
    account: row.accountId,
    after: { steps: steps.map(one => one.kind) },
  })
  ctx.tell({ name: 'contacts.steps-noted', account: row.accountId, subject: { contact: contactId } })
  return draftOf(ctx, row, [...before, ...steps.map(step => ({ step }))])
}

/**
 * Another department's command notes what it did (an order made, a message sent) in its own transaction. A contact
 * that was closed meanwhile, or is somebody else's, keeps its note as it is: answers false.
 */
export async function noteStep(ctx: Ctx, contactId: ContactId, step: Step): Promise<boolean> {
  const row = await store.lockContact(ctx.tx, contactId)
  if (!row) throw refuse(errors, 'contacts.unknown')
  if (row.savedAt !== null || row.discardedAt !== null || row.personId !== ctx.actor.personId) return false
  await writeSteps(ctx, contactId, [step])
  return true
}

function writeSteps(ctx: Ctx, contactId: ContactId, steps: readonly Step[]): Promise<void> {
  return store.insertSteps(ctx.tx, contactId, {
    steps: steps.map(step => z.encode(stepSchema, step)),
    at: ctx.now,
  })
}

export async function keepDraft(
  ctx: Ctx,
  input: Input<typeof contacts.keepDraft>,
): Promise<Output<typeof contacts.keepDraft>> {
  const row = await lockDraftToWrite(ctx, input.contactId)
  const reason = input.reason === undefined ? row.reason : input.reason
  await checkReason(ctx, reason)
  const isComplaint = input.isComplaint ?? row.isComplaint
  const version = await rewrite(ctx, row, { note: input.note || null, reason, isComplaint })
  ctx.audit({ subject: `contact:${row.contactId}`, account: row.accountId, after: { kept: 'draft' } })
  ctx.tell({ name: 'contacts.draft-kept', account: row.accountId, subject: { contact: row.contactId } })
  return { version }
}

export async function checkReason(ctx: Ctx, reason: string | null): Promise<void> {
  if (reason !== null && (await store.findReasonName(ctx.tx, reason)) === null)
    throw refuse(errors, 'contacts.reason-unknown', { reason }, 'reason')
}
