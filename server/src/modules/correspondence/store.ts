import type { Instant } from '@curbstop/kernel/dates'
import type { AccountId, CustomerId, Id, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import type { Language, Letter } from './domain/index.ts'

export type MessageId = Id<'message'>
export type Channel = 'email' | 'letter'
export type State = 'queued' | 'sent' | 'failed' | 'printed' | 'held'

export type Holder = { customerId: CustomerId; number: string }

/** Whose account it is, and its number; null when there is no such account. */
export async function findHolder(tx: Tx, accountId: AccountId): Promise<Holder | null> {
  const { rows } = await sql<Holder>`
    select customer_id as "customerId", number from correspondence.find_holder(${accountId})`.execute(tx)
  return rows[0] ?? null
}

export type NewMessage = {
  accountId: AccountId
  customerId: CustomerId
  channel: Channel
  language: Language
  template: Letter['template']
  /** As it came over the wire. */
  data: unknown
  sentTo: string
  subject: string
  text: string
  html: string
  sha256: Buffer
  by: PersonId
}

export async function insertMessage(tx: Tx, message: NewMessage): Promise<MessageId> {
  const { rows } = await sql<{ messageId: MessageId }>`
    insert into correspondence.message (on_account, customer_id, channel, language, template, data, sent_to, subject,
      body_text, body_html, sha256, created_by)
    values (${message.accountId}, ${message.customerId}, ${message.channel}, ${message.language}, ${message.template},
      ${JSON.stringify(message.data)}::jsonb, ${message.sentTo}, ${message.subject}, ${message.text}, ${message.html},
      ${message.sha256}, ${message.by})
    returning message_id as "messageId"`.execute(tx)
  return rows[0]!.messageId
}

export async function insertDelivery(
  tx: Tx,
  messageId: MessageId,
  { state, detail = null }: { state: State; detail?: string | null },
): Promise<void> {
  await sql`insert into correspondence.delivery (message_id, state, detail)
    values (${messageId}, ${state}, ${detail})`.execute(tx)
}

export type Message = {
  messageId: MessageId
  accountId: AccountId | null
  customerId: CustomerId | null
  template: Letter['template']
  channel: Channel
  language: Language
  subject: string
  sentTo: string
  createdAt: Instant
  createdById: PersonId
  createdByName: string
  state: State
  stateAt: Instant
  stateDetail: string | null
}

const columns = sql`m.message_id as "messageId", m.on_account as "accountId", m.customer_id as "customerId", m.template,
  m.channel, m.language, coalesce(m.subject, '') as subject, m.sent_to as "sentTo", m.created_at as "createdAt",
  m.created_by as "createdById", p.name as "createdByName", d.state, d.at as "stateAt", d.detail as "stateDetail"`
const tables = sql`correspondence.message m join staff.person p on p.person_id = m.created_by
  cross join lateral (select state, at, detail from correspondence.delivery
    where message_id = m.message_id order by delivery_id desc limit 1) d`

export async function findMessage(tx: Tx, messageId: MessageId): Promise<Message | null> {
  const { rows } = await sql<Message>`
    select ${columns} from ${tables} where m.message_id = ${messageId}`.execute(tx)
  return rows[0] ?? null
}

/** Taken so that two people do not print or send the same message at once. */
export async function lockMessage(tx: Tx, messageId: MessageId): Promise<Message | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('correspondence.message ' || ${messageId.toString()}, 0))`.execute(
    tx,
  )
  return findMessage(tx, messageId)
}

export async function listMessages(tx: Tx, accountId: AccountId): Promise<Message[]> {
  const { rows } = await sql<Message>`
    select ${columns} from ${tables} where m.on_account = ${accountId}
    order by m.created_at desc, m.message_id desc limit 200`.execute(tx)
  return rows
}

/** What a message was made of, as it came over the wire; null when there is no such message. */
export async function findData(
  tx: Tx,
  messageId: MessageId,
): Promise<{ template: string; data: unknown } | null> {
  const { rows } = await sql<{ template: string; data: unknown }>`
    select template, data from correspondence.message where message_id = ${messageId}`.execute(tx)
  return rows[0] ?? null
}

export type Body = { text: string; html: string; sha256: Buffer }

export async function getBody(tx: Tx, messageId: MessageId): Promise<Body> {
  const { rows } = await sql<Body>`
    select body_text as text, coalesce(body_html, '') as html, sha256
    from correspondence.message where message_id = ${messageId}`.execute(tx)
  return rows[0]!
}

export async function listDeliveries(
  tx: Tx,
  messageId: MessageId,
): Promise<{ at: Instant; state: State; detail: string | null }[]> {
  const { rows } = await sql<{ at: Instant; state: State; detail: string | null }>`
    select at, state, detail from correspondence.delivery
    where message_id = ${messageId} order by delivery_id limit 200`.execute(tx)
  return rows
}

/** How often it was tried since it was queued by a person. */
export async function countTries(tx: Tx, messageId: MessageId): Promise<number> {
  const { rows } = await sql<{ tries: number }>`
    select count(*)::int as tries from correspondence.delivery d
    where d.message_id = ${messageId} and d.state = 'queued' and d.detail is not null
      and d.delivery_id > (select max(q.delivery_id) from correspondence.delivery q
        where q.message_id = d.message_id and q.state = 'queued' and q.detail is null)`.execute(tx)
  return rows[0]!.tries
}
