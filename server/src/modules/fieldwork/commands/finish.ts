/**
 * The end of an order: its result, or why it could not be done. The result never stands alone: the water's state at
 * the address follows it, metering hears of the read, whoever must tell the customer gets a task (SO-035).
 */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { createTask } from '../../desk/index.ts'
import { getPremiseCard, turnServicePoint } from '../../premises/index.ts'
import type { fieldwork } from '../contract.ts'
import { checkResult, type LeftStatus, outcomeLabel } from '../domain/results.ts'
import { checkMove } from '../domain/states.ts'
import { showOrder } from '../queries.ts'
import * as store from '../store.ts'
import { lockVersion, move, refuseForeign, refuseOwnOrder } from './work.ts'

type Changed = Output<typeof fieldwork.completeOrder>

export async function completeOrder(
  ctx: Ctx,
  input: Input<typeof fieldwork.completeOrder>,
): Promise<Changed> {
  const order = await lockVersion(ctx, input)
  checkMove(order.state, 'completed')
  refuseForeign(ctx, order)
  await refuseOwnOrder(ctx, order)
  const outcome = checkResult(order.kind, order.needsRead, input)
  await store.insertResult(ctx.tx, {
    orderId: order.orderId,
    outcome: input.outcome,
    unableCode: null,
    leftStatus: input.leftStatus,
    meterSerialSeen: input.meterSerialSeen ?? null,
    readValue: input.readValue ?? null,
    staticPsi: input.staticPsi ?? null,
    facts: await timeIn(ctx, order),
    note: input.note,
    personId: ctx.actor.personId,
    at: ctx.now,
  })
  await move(ctx, order, { to: 'completed', note: outcome.label })
  await followWater(ctx, order, input.leftStatus)
  await askToTell(ctx, order, outcome.label)
  ctx.tell({
    name: 'fieldwork.order-completed',
    account: order.accountId,
    subject: { orderId: order.orderId },
  })
  return { order: await showOrder(ctx, order.orderId) }
}

export async function reportUnable(ctx: Ctx, input: Input<typeof fieldwork.reportUnable>): Promise<Changed> {
  const order = await lockVersion(ctx, input)
  checkMove(order.state, 'unable')
  refuseForeign(ctx, order)
  await refuseOwnOrder(ctx, order)
  await store.insertResult(ctx.tx, {
    orderId: order.orderId,
    outcome: 'unable',
    unableCode: input.unableCode,
    leftStatus: null,
    meterSerialSeen: null,
    readValue: null,
    staticPsi: null,
    facts: await timeIn(ctx, order),
    note: input.note,
    personId: ctx.actor.personId,
    at: ctx.now,
  })
  const says = outcomeLabel(order.kind, input.unableCode)
  await move(ctx, order, { to: 'unable', note: says })
  await createTask(ctx, {
    kind: 'order-result',
    title: `${order.name}: ${says}`,
    detail: input.note,
    ...(order.accountId && { accountId: order.accountId }),
    orderId: order.orderId,
    to: { queue: 'field' },
    dueOn: ctx.today,
  })
  ctx.tell({
    name: 'fieldwork.order-unable',
    account: order.accountId,
    subject: { orderId: order.orderId },
  })
  return { order: await showOrder(ctx, order.orderId) }
}

/** SO-033 wants the time in: when the representative reported being on site, if they did. */
async function timeIn(ctx: Ctx, order: store.OrderRow): Promise<Record<string, unknown>> {
  const arrived = (await store.listEvents(ctx.tx, order.orderId)).findLast(e => e.toState === 'on-site')
  return arrived ? { arrivedAt: arrived.at } : {}
}

/** How the water was left becomes the state of the service point, when it is another one than on record. */
async function followWater(ctx: Ctx, order: store.OrderRow, left: LeftStatus): Promise<void> {
  const premise = await getPremiseCard(ctx, order.premiseId)
  const turns = order.kind === 'TON' || order.kind === 'TOFF'
  const points = premise.servicePoints.filter(point =>
    order.servicePointId ? point.servicePointId === order.servicePointId : turns && point.service !== 'sewer',
  )
  for (const point of points) {
    const isOn = point.state === 'on'
    if (isOn === (left === 'on')) continue
    await turnServicePoint(ctx, {
      servicePointId: point.servicePointId as ServicePointId,
      to: left === 'on' ? 'on' : 'off-at-meter',
      reason: `${order.name}, order ${order.orderId}`,
    })
  }
}

/** An order from a call comes back to the one who took the call: the customer waits for the answer. */
async function askToTell(ctx: Ctx, order: store.OrderRow, says: string): Promise<void> {
  if (order.contactId === null || order.accountId === null) return
  await createTask(ctx, {
    kind: 'order-result',
    title: `Tell the customer: ${order.name.toLowerCase()}, ${says.toLowerCase()}`,
    accountId: order.accountId,
    orderId: order.orderId,
    contactId: order.contactId,
    to: { queue: 'advisors' },
    dueOn: ctx.today,
  })
}
