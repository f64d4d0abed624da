/** Orders that follow from a change of occupancy. A job may run twice: the same cause makes one order. */
import { asId } from '@curbstop/kernel/ids'
import type { JobHandler } from '../../platform/module.ts'
import { getOccupancyChange } from '../accounts/index.ts'
import { makeOrder } from './commands/make.ts'
import { withdrawOrder } from './commands/work.ts'
import { isOpen } from './domain/states.ts'
import { lockOrderAskedBy } from './store.ts'

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

export const jobs = {
  'fieldwork.make-hand-over-order': makeHandOverOrder,
  'fieldwork.cancel-hand-over-order': cancelHandOverOrder,
} as const

export const listens = {
  'accounts.order-wanted': ['fieldwork.make-hand-over-order'],
  'accounts.occupancy-change-cancelled': ['fieldwork.cancel-hand-over-order'],
} as const
