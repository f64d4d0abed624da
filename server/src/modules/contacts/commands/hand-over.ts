/** Another hand on a draft: the writer gives it to a colleague, or a supervisor takes it, said and kept. */
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import { findPerson, holdsPermission } from '../../staff/index.ts'
import type { contacts } from '../contract.ts'
import { checkHandOver, checkIsOpen } from '../domain/contact.ts'
import { errors } from '../domain/errors.ts'
import { askerOf, type ContactInHand, getContactInHand } from '../queries.ts'
import * as store from '../store.ts'

/** Answers the contact as its new hand sees it; whoever gave it away no longer sees the draft. */
export async function handOver(ctx: Ctx, input: Input<typeof contacts.handOver>): Promise<ContactInHand> {
  const { contactId, toPersonId, reason } = input
  const row = await store.lockContact(ctx.tx, contactId)
  if (!row) throw refuse(errors, 'contacts.unknown')
  checkHandOver(row, askerOf(ctx), toPersonId)
  checkIsOpen(row)
  const to = await findPerson(ctx, toPersonId)
  if (!to || !(await holdsPermission(ctx, toPersonId, 'contacts.write')))
    throw refuse(errors, 'contacts.no-hand', {}, 'toPersonId')
  const answer = await getContactInHand(ctx, contactId)
  await store.updateHolder(ctx.tx, contactId, { to: toPersonId, by: ctx.actor.personId, at: ctx.now })
  ctx.audit({
    subject: `contact:${contactId}`,
    account: row.accountId,
    reason,
    before: { person: row.personId },
    after: { person: toPersonId },
  })
  ctx.tell({
    name: 'contacts.contact-handed-over',
    account: row.accountId,
    subject: { contact: contactId, from: row.personId, to: toPersonId },
  })
  return { ...answer, personId: toPersonId, personName: to.name, version: row.version + 1 }
}
