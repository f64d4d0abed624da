/** What happens to an order between its making and its result: assign, set out, cancel. */
import { formatInstant } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { OrderId, PersonId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../../platform/context.ts'
import { refuseOwnAccount, refuseOwnPlace } from '../../accounts/index.ts'
import { findPerson } from '../../staff/index.ts'
import type { fieldwork } from '../contract.ts'
import { errors } from '../domain/errors.ts'
import { checkMove, isOpen, type OrderState, stateNames, withdrawn } from '../domain/states.ts'
import { showOrder } from '../queries.ts'
import * as store from '../store.ts'

type Changed = Output<typeof fieldwork.assignOrder>

/** The order, held, at the version the person has seen. Throws missing, changed (with who and what). */
export async function lockVersion(
  ctx: Ctx,
  { orderId, version }: { orderId: OrderId; version: number },
): Promise<store.OrderRow> {
  const order = await store.lockOrder(ctx.tx, orderId)
  if (!order) throw refuse(errors, 'fieldwork.missing')
  if (order.version === version) return order
  const last = (await store.listEvents(ctx.tx, orderId)).at(-1)
  throw refuse(errors, 'fieldwork.changed', {
    what: last ? stateNames[last.toState] : 'changed',
    who: last?.by ?? 'somebody',
    when: last ? formatInstant(last.at, ctx.timeZone, ctx.today) : 'just now',
  })
}

/** Nobody moves, calls off or finishes the work at their own or a relative's home (AUTH-023). */
export async function refuseOwnOrder(ctx: Ctx, order: store.OrderRow): Promise<void> {
  if (order.accountId) await refuseOwnAccount(ctx, order.accountId)
  if (order.servicePointId) await refuseOwnPlace(ctx, [order.servicePointId])
}

/** A representative moves their own orders; dispatch moves all (SO-034: each order has one owner). */
export function refuseForeign(ctx: Ctx, order: store.OrderRow): void {
  if (order.assignedToId !== ctx.actor.personId && !may(ctx, 'fieldwork.assign'))
    throw refuse(errors, 'fieldwork.not-yours')
}

type Move = { to: OrderState; assignedToId?: PersonId | null; note?: string | null }

export async function move(ctx: Ctx, order: store.OrderRow, { to, assignedToId, note }: Move): Promise<void> {
  const { orderId, state: from, accountId } = order
  checkMove(from, to)
  const owner = assignedToId === undefined ? order.assignedToId : assignedToId
  await store.updateState(ctx.tx, {
    orderId,
    from,
    to,
    assignedToId: owner,
    note: note ?? null,
    personId: ctx.actor.personId,
    at: ctx.now,
  })
  ctx.audit({
    subject: `order:${orderId}`,
    account: accountId,
    ...(note && { reason: note }),
    before: { state: from, assignedTo: order.assignedToId },
    after: { state: to, assignedTo: owner },
  })
  ctx.tell({ name: 'fieldwork.order-moved', account: accountId, subject: { orderId, to } })
}

export async function assignOrder(ctx: Ctx, input: Input<typeof fieldwork.assignOrder>): Promise<Changed> {
  const order = await lockVersion(ctx, input)
  await refuseOwnOrder(ctx, order)
  const { orderId, personId, note } = input
  if (personId === null) {
    await move(ctx, order, { to: 'ready', assignedToId: null, note: note ?? null })
    return { order: await showOrder(ctx, orderId) }
  }
  const person = await findPerson(ctx, personId)
  if (!person?.roles.includes('csfr') || person.disabledAt !== null)
    throw refuse(errors, 'fieldwork.not-a-representative', {}, 'personId')
  if (order.assignedToId === personId) throw refuse(errors, 'fieldwork.already-theirs', { who: person.name })
  const was = order.assignedTo ? `${order.assignedTo} → ${person.name}` : person.name
  await move(ctx, order, {
    to: 'assigned',
    assignedToId: personId,
    note: note ? `${was}: ${note}` : was,
  })
  return { order: await showOrder(ctx, orderId) }
}

export async function moveOrder(ctx: Ctx, input: Input<typeof fieldwork.moveOrder>): Promise<Changed> {
  const order = await lockVersion(ctx, input)
  refuseForeign(ctx, order)
  await refuseOwnOrder(ctx, order)
  await move(ctx, order, { to: input.to })
  return { order: await showOrder(ctx, input.orderId) }
}

export async function cancelOrder(ctx: Ctx, input: Input<typeof fieldwork.cancelOrder>): Promise<Changed> {
  const order = await lockVersion(ctx, input)
  await refuseOwnOrder(ctx, order)
  await withdrawOrder(ctx, order, input.reason)
  return { order: await showOrder(ctx, input.orderId) }
}

/** Cancelled while at the desk, pulled back when already out (SO-006). */
export async function withdrawOrder(ctx: Ctx, order: store.OrderRow, reason: string): Promise<void> {
  await move(ctx, order, { to: isOpen(order.state) ? withdrawn(order.state) : 'cancelled', note: reason })
}
