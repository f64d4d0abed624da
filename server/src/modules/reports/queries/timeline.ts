import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { localDateAt } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { AccountId, ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { type AccountCard, getAccountCard } from '../../accounts/index.ts'
import { listRecentContacts } from '../../contacts/index.ts'
import { listMessages, type MessageRow } from '../../correspondence/index.ts'
import { getCustomerCard } from '../../customers/index.ts'
import { listAccountOrders, type OrderLine } from '../../fieldwork/index.ts'
import { getMoneyStory } from '../../ledger/index.ts'
import { listReads } from '../../metering/index.ts'
import { listPayments } from '../../payments/index.ts'
import type { reports } from '../contract.ts'
import { arrangeTimeline, changedFields, type TimelineRow } from '../domain.ts'
import { listEdits } from '../store.ts'

type LedgerRow = Awaited<ReturnType<typeof getMoneyStory>>['rows'][number]
type ReadView = Awaited<ReturnType<typeof listReads>>[number]
type Payment = Awaited<ReturnType<typeof listPayments>>[number]
type ContactRow = Awaited<ReturnType<typeof listRecentContacts>>[number]

/** What a timeline is made of; the account 360 has most of it in hand already. */
export type Sources = {
  readonly money: readonly LedgerRow[]
  readonly payments: readonly Payment[]
  readonly reads: readonly ReadView[]
  readonly orders: readonly OrderLine[]
  readonly contacts: readonly ContactRow[]
  readonly messages: readonly MessageRow[]
}

const editsMax = 60
const contactsMax = 60

export async function getTimeline(
  ctx: Ctx,
  { accountId, group, asOf = ctx.today }: Input<typeof reports.getTimeline>,
): Promise<Output<typeof reports.getTimeline>> {
  const account = await getAccountCard(ctx, accountId)
  const customer = await getCustomerCard(ctx, account.customerId)
  const { card, rows: money } = await getMoneyStory(ctx, accountId, asOf)
  const points = pointsOf(account)
  const sources: Sources = {
    money,
    payments: await listPayments(ctx, accountId, asOf),
    reads: await listReads(ctx, points, { asOf, from: account.openedOn }),
    orders: await listAccountOrders(ctx, accountId),
    contacts: await listRecentContacts(ctx, accountId, contactsMax),
    messages: await listMessages(ctx, { accountId }),
  }
  const isOpen = customer.visibility === 'open'
  const rows = await timelineRows(ctx, { accountId, asOf, isOpen, sources })
  return { asOf, balanceCents: card.balanceCents, rows: arrangeTimeline(rows, group) }
}

/** Where this account is served, as far as this reader may know it. */
export function pointsOf({ services }: AccountCard): ServicePointId[] {
  return [...new Set(services.flatMap(service => service.servicePointId ?? []))]
}

type Asked = { accountId: AccountId; asOf: LocalDate; isOpen: boolean; sources: Sources }

/** Rows of every group known by the end of `asOf`. Words of a protected customer's file stay sealed (PRV-019). */
export async function timelineRows(
  ctx: Ctx,
  { accountId, asOf, isOpen, sources }: Asked,
): Promise<TimelineRow[]> {
  const edits = isOpen
    ? await listEdits(ctx.tx, accountId, { asOf, timeZone: ctx.timeZone, limit: editsMax })
    : []
  const dayOf = (at: Instant) => localDateAt(new Date(at), ctx.timeZone)
  const paidBy = new Map(sources.payments.map(payment => [payment.journalId, payment]))
  const known = [
    ...sources.money.map(row => moneyRow(row, paidBy.get(row.journalId))),
    ...sources.reads.map(readRow),
    ...sources.orders.flatMap(order => orderRows(order, dayOf)),
    ...sources.contacts
      .filter(contact => contact.savedAt !== null)
      .map(contact => contactRow(contact, dayOf, isOpen)),
    ...sources.messages.map(message => messageRow(message, dayOf)),
    ...edits.map(edit => ({
      ...blank,
      group: 'edits' as const,
      kind: 'edit',
      on: dayOf(edit.at),
      knownAt: edit.at,
      by: edit.personName,
      facts: { duty: edit.duty, reason: edit.reason, changed: changedFields(edit.before, edit.after) },
      ref: null,
    })),
  ]
  return known.filter(row => dayOf(row.knownAt) <= asOf)
}

const blank = { by: null, cents: null, balanceCents: null, facts: {}, ref: null }

/** A payment says how it came: cash at the counter, a check in the mail with its number. */
function moneyRow(row: LedgerRow, payment: Payment | undefined): TimelineRow {
  const [kind, id] = row.source.split(':')
  return {
    ...blank,
    group: 'money',
    kind: row.kind,
    on: row.effectiveOn,
    knownAt: row.postedAt,
    cents: row.cents,
    balanceCents: row.balanceCents,
    facts: {
      dueOn: row.dueOn,
      memo: row.memo,
      reversed: row.reversedByJournalId ? 'yes' : null,
      tender: payment?.tender ?? null,
      channel: payment?.channel ?? null,
      reference: payment?.reference ?? null,
      returned: payment?.returned?.reasonCode ?? null,
    },
    ref: kind && id ? { kind, id } : null,
  }
}

function readRow(read: ReadView): TimelineRow {
  return {
    ...blank,
    group: 'reads',
    kind: read.voided ? 'read-void' : 'read',
    on: read.readOn,
    knownAt: read.enteredAt,
    facts: {
      value: String(read.value),
      kind: read.kind,
      source: read.source,
      serial: read.serial,
      note: read.note,
    },
    ref: { kind: 'meter', id: String(read.meterId) },
  }
}

function orderRows(order: OrderLine, dayOf: (at: Instant) => LocalDate): TimelineRow[] {
  const facts = {
    name: order.name,
    state: order.state,
    assignedTo: order.assignedTo,
    wantedOn: order.wantedOn,
  }
  const ref = { kind: 'order', id: String(order.orderId) }
  const made: TimelineRow = {
    ...blank,
    group: 'orders',
    kind: 'order',
    on: dayOf(order.createdAt),
    knownAt: order.createdAt,
    by: order.createdBy,
    facts,
    ref,
  }
  if (!order.result) return [made]
  const { completedAt, completedBy, says, note } = order.result
  const done: TimelineRow = {
    ...made,
    kind: 'order-done',
    on: dayOf(completedAt),
    knownAt: completedAt,
    by: completedBy,
    facts: { ...facts, outcome: says, note },
  }
  return [made, done]
}

function contactRow(contact: ContactRow, dayOf: (at: Instant) => LocalDate, isOpen: boolean): TimelineRow {
  return {
    ...blank,
    group: 'contacts',
    kind: contact.isComplaint ? 'complaint' : 'contact',
    on: dayOf(contact.startedAt),
    knownAt: contact.savedAt ?? contact.startedAt,
    by: contact.personName,
    facts: {
      channel: contact.channel,
      reason: contact.reasonName,
      outcome: contact.outcome,
      note: isOpen ? contact.note : null,
    },
    ref: { kind: 'contact', id: String(contact.contactId) },
  }
}

function messageRow(message: MessageRow, dayOf: (at: Instant) => LocalDate): TimelineRow {
  return {
    ...blank,
    group: 'contacts',
    kind: 'message',
    on: dayOf(message.createdAt),
    knownAt: message.createdAt,
    by: message.createdBy.name,
    facts: {
      channel: message.channel,
      subject: message.subject,
      state: message.state,
      sentTo: message.sentTo,
    },
    ref: { kind: 'message', id: String(message.messageId) },
  }
}
