import { asId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import type { JobHand, JobHandler } from '../../platform/module.ts'
import { getDistrict } from '../policy/index.ts'
import { type Email, sendEmail } from './gateways.ts'
import * as store from './store.ts'

/** With the queue's growing pauses the last try comes some nine hours after the first. */
const mostTries = 10
const noServer =
  'No mail server is set up (SMTP_URL), so the message waits here. When one is set up, send it again from the list.'

/** Read in one transaction, send outside of any, note how it went in another. Running twice sends once. */
const deliverEmail: JobHandler = async (hand, payload) => {
  const messageId = asId<'message'>(String(payload.message))
  const email = await hand.inTransaction(ctx => readEmail(ctx, messageId))
  if (!email) return
  const smtpUrl = hand.settings?.smtpUrl
  if (!smtpUrl) return note(hand, messageId, { state: 'held', detail: noServer })
  const sent = await sendEmail(smtpUrl, email)
  if (sent.outcome === 'sent') return note(hand, messageId, { state: 'sent' })
  if (sent.outcome === 'refused') return note(hand, messageId, { state: 'failed', detail: sent.why })
  const tries = 1 + (await hand.inTransaction(ctx => store.countTries(ctx.tx, messageId)))
  if (tries >= mostTries) {
    const detail = `${sent.why} Given up after ${tries} tries.`
    return note(hand, messageId, { state: 'failed', detail })
  }
  await note(hand, messageId, { state: 'queued', detail: `${sent.why} It is tried again.` })
  throw new Error(`message ${messageId}: ${sent.why}`) // the queue tries again, later and later
}

/** Null when there is nothing (left) to send. */
async function readEmail(ctx: Ctx, messageId: store.MessageId): Promise<Email | null> {
  const message = await store.findMessage(ctx.tx, messageId)
  if (message?.channel !== 'email' || message.state !== 'queued') return null
  const { text, html, sha256 } = await store.getBody(ctx.tx, messageId)
  const { name, website } = await getDistrict(ctx)
  const host = hostOf(website)
  return {
    from: { name, address: `service@${host}` },
    to: message.sentTo,
    subject: message.subject,
    text,
    html,
    messageId: `<message-${messageId}.${sha256.toString('hex', 0, 8)}@${host}>`,
  }
}

/** Mail comes from the district's own name: `https://www.cedarflat.example/x` → `cedarflat.example`. */
function hostOf(website: string): string {
  const address = /^https?:\/\//.test(website) ? website : `https://${website}`
  return new URL(address).hostname.replace(/^www\./, '')
}

function note(
  hand: JobHand,
  messageId: store.MessageId,
  delivery: { state: store.State; detail?: string },
): Promise<void> {
  return hand.inTransaction(async ctx => {
    const message = await store.findMessage(ctx.tx, messageId)
    await store.insertDelivery(ctx.tx, messageId, delivery)
    const { state, detail } = delivery
    const account = message?.accountId ?? null
    ctx.audit({
      subject: `message:${messageId}`,
      account,
      ...(detail ? { reason: detail } : {}),
      after: { state },
    })
    ctx.tell({ name: 'correspondence.delivery-noted', account, subject: { message: messageId } })
  })
}

export const jobs = { 'correspondence.deliver-email': deliverEmail }
export const listens = { 'correspondence.email-queued': ['correspondence.deliver-email'] }
