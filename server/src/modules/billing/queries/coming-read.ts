/** "There is no read" is half the truth while an order is out for it: the person is told what to wait for. */
import { DomainError, refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { isOpen, listAccountOrders } from '../../fieldwork/index.ts'
import { errors } from '../domain/errors.ts'

/** Orders that bring the read at which service ends or changes hands (SO-002, SO-003). */
const bringFinalRead = ['TOFF', 'XFER']
/** A job takes the read of a completed order within seconds; after this it is not coming by itself. */
const takenWithinMillis = 2 * 60_000

/** The refusal that says more, or the one that was. */
export async function sayComingRead(ctx: Ctx, accountId: AccountId, error: unknown): Promise<unknown> {
  if (!(error instanceof DomainError) || error.code !== 'billing.no-read') return error
  const orders = await listAccountOrders(ctx, accountId)
  const bringing = orders.filter(order => bringFinalRead.includes(order.kind))
  const out = bringing.find(order => isOpen(order.state))
  if (out) return refuse(errors, 'billing.read-on-order', { order: String(out.orderId), name: out.name })
  const back = bringing.find(({ result }) => {
    if (!result || result.readValue === null) return false
    return Date.parse(ctx.now) - Date.parse(result.completedAt) < takenWithinMillis
  })
  return back ? refuse(errors, 'billing.read-being-taken', { order: String(back.orderId) }) : error
}
