/** Orders that follow from what other departments did. A job may run twice: the same cause makes one order. */
import { asId } from '@curbstop/kernel/ids'
import type { JobHandler } from '../../platform/module.ts'
import { getOccupancyChange } from '../accounts/index.ts'
import { makeOrder } from './commands/make.ts'
import { move, withdrawOrder } from './commands/work.ts'
import { isOpen } from './domain/states.ts'
import { listByAssignee, lockOrder, lockOrderAskedBy } from './store.ts'

const causeOf = (changeId: unknown) => `occupancy-change:${String(changeId)}`

const makeHandOverOrder: JobHandler = (hand, { account, changeId }) =>
  hand.inTransaction(async ctx => {
    const accountId = asId<'account'>(String(account))
    const change = await getOccupancyChange(ctx, accountId, asId(String(changeId)))
    const kind = change?.handOver.order
    if (!change || !kind || change.cancelledAt !== null) return
    await makeOrder(ctx, {
      kind,
      accountId,
      premiseId: change.premiseId,
      instructions: change.handOver.instructions || 'Hand-over read for a change of customer.',
      ...(change.onDate >= ctx.today && { wantedOn: change.onDate }),
      askedBy: causeOf(changeId),
      createdById: change.madeById,
    })
  })

const cancelHandOverOrder: JobHandler = (hand, { changeId }) =>
  hand.inTransaction(async ctx => {
    const order = await lockOrderAskedBy(ctx.tx, causeOf(changeId))
    if (order && isOpen(order.state)) await withdrawOrder(ctx, order, 'The start or stop was cancelled')
  })

/** Somebody was disabled: what they had not set out for yet waits for another hand (SO-034). */
const releaseOrders: JobHandler = (hand, { person }) =>
  hand.inTransaction(async ctx => {
    for (const { orderId, state } of await listByAssignee(ctx.tx, asId<'person'>(String(person)))) {
      if (state !== 'assigned') continue
      const order = await lockOrder(ctx.tx, orderId)
      if (order?.state === 'assigned')
        await move(ctx, order, { to: 'ready', assignedToId: null, note: 'The representative was disabled' })
    }
  })

export const jobs = {
  'fieldwork.make-hand-over-order': makeHandOverOrder,
  'fieldwork.cancel-hand-over-order': cancelHandOverOrder,
  'fieldwork.release-orders': releaseOrders,
} as const

export const listens = {
  'accounts.order-wanted': ['fieldwork.make-hand-over-order'],
  'accounts.occupancy-change-cancelled': ['fieldwork.cancel-hand-over-order'],
  'staff.person-disabled': ['fieldwork.release-orders'],
} as const
