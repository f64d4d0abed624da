/**
 * Sending. The duty's own transaction writes the words as sent with their digest and a delivery `queued`; the mail
 * server is spoken to afterwards, by a job (jobs.ts). What was not committed is never sent.
 */
import { createHash } from 'node:crypto'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { refuseOwn } from '../staff/index.ts'
import { type correspondence, letter as letterSchema } from './contract/index.ts'
import { errors, type Rendered } from './domain/index.ts'
import {
  type About,
  isOpenTo,
  languageOf,
  type MessageRow,
  mailOf,
  readAbout,
  renderFor,
  rowOf,
} from './queries.ts'
import * as store from './store.ts'

type Sending = Input<typeof correspondence.send>
type Address = {
  channel: store.Channel
  sentTo: string
  lines: readonly string[]
  reason?: string
}

/** Also for other departments: call it in the transaction of the duty that the message tells about. */
export async function queueMessage(ctx: Ctx, input: Sending): Promise<MessageRow> {
  const about = await readAbout(ctx, input.accountId)
  await refuseOwn(ctx, [about.card.customerId])
  const address = decideAddress(about, input.to)
  const language = languageOf(about, input.language)
  const rendered = await renderFor(ctx, about, { letter: input.letter, language, address: address.lines })
  const messageId = await write(ctx, { about, address, rendered, input })
  await store.insertDelivery(ctx.tx, messageId, { state: 'queued' })
  ctx.tell({
    name: 'correspondence.message-written',
    account: input.accountId,
    subject: { message: messageId },
  })
  ctx.audit({
    subject: `message:${messageId}`,
    account: input.accountId,
    ...(address.reason ? { reason: address.reason } : {}),
    after: { template: input.letter.template, channel: address.channel, language, to: input.to.kind },
  })
  tellQueued(ctx, { messageId, accountId: input.accountId, channel: address.channel })
  return rowOf((await store.findMessage(ctx.tx, messageId))!, true)
}

/** The address on file, or one typed with its reason; for a protected customer nothing but what is on file. */
function decideAddress(about: About, to: Sending['to']): Address {
  const { card } = about
  const isTyped = to.kind === 'email-typed' || to.kind === 'mail-typed'
  if (card.visibility !== 'open' || (card.protection && isTyped)) {
    throw refuse(errors, 'correspondence.protected-address', {}, 'to')
  }
  switch (to.kind) {
    case 'email-on-file': {
      const email = card.emails.find(({ emailId }) => emailId === to.emailId)
      if (!email) throw refuse(errors, 'correspondence.not-on-file', {}, 'to.emailId')
      return { channel: 'email', sentTo: email.address, lines: [] }
    }
    case 'email-typed':
      return { channel: 'email', sentTo: to.address, lines: [], reason: to.reason }
    case 'mail-on-file': {
      const mail = mailOf(about)
      if (!mail) throw refuse(errors, 'correspondence.no-mailing-address', {}, 'to')
      return { channel: 'letter', sentTo: mail.lines.join('\n'), lines: mail.lines }
    }
    case 'mail-typed':
      return { channel: 'letter', sentTo: to.lines.join('\n'), lines: to.lines, reason: to.reason }
  }
}

type Writing = { about: About; address: Address; rendered: Rendered; input: Sending }

function write(ctx: Ctx, { about, address, rendered, input }: Writing): Promise<store.MessageId> {
  const { subject, text, html, language } = rendered
  const { channel, sentTo } = address
  const wire = z.encode(letterSchema, input.letter)
  const sha256 = createHash('sha256')
    .update(JSON.stringify([channel, sentTo, subject, text, html]))
    .digest()
  return store.insertMessage(ctx.tx, {
    accountId: about.accountId,
    customerId: about.card.customerId,
    channel,
    language,
    template: wire.template,
    data: wire.data,
    sentTo,
    subject,
    text,
    html,
    sha256,
    by: ctx.actor.personId,
  })
}

function tellQueued(ctx: Ctx, message: Pick<store.Message, 'messageId' | 'accountId' | 'channel'>): void {
  const { messageId, accountId, channel } = message
  const name = channel === 'email' ? 'correspondence.email-queued' : 'correspondence.letter-queued'
  ctx.tell({ name, account: accountId, subject: { message: messageId } })
}

async function lock(ctx: Ctx, messageId: store.MessageId): Promise<store.Message> {
  const message = await store.lockMessage(ctx.tx, messageId)
  if (!message) throw refuse(errors, 'correspondence.no-message')
  await refuseOwn(ctx, [message.customerId])
  return message
}

export async function markPrinted(
  ctx: Ctx,
  { messageId }: Input<typeof correspondence.markPrinted>,
): Promise<MessageRow> {
  const message = await lock(ctx, messageId)
  if (message.channel !== 'letter') throw refuse(errors, 'correspondence.not-a-letter')
  if (message.state === 'printed') throw refuse(errors, 'correspondence.already-printed')
  await store.insertDelivery(ctx.tx, messageId, { state: 'printed' })
  const { accountId } = message
  ctx.audit({ subject: `message:${messageId}`, account: accountId, after: { state: 'printed' } })
  ctx.tell({ name: 'correspondence.letter-printed', account: accountId, subject: { message: messageId } })
  return rowOf((await store.findMessage(ctx.tx, messageId))!, await isOpenTo(ctx, message))
}

export async function sendAgain(
  ctx: Ctx,
  { messageId }: Input<typeof correspondence.sendAgain>,
): Promise<MessageRow> {
  const message = await lock(ctx, messageId)
  const { state, accountId } = message
  if (state !== 'held' && state !== 'failed') throw refuse(errors, 'correspondence.not-held', { state })
  await store.insertDelivery(ctx.tx, messageId, { state: 'queued' })
  ctx.audit({
    subject: `message:${messageId}`,
    account: accountId,
    before: { state },
    after: { state: 'queued' },
  })
  tellQueued(ctx, message)
  return rowOf((await store.findMessage(ctx.tx, messageId))!, await isOpenTo(ctx, message))
}
