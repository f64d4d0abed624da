/** What may follow which state of an order (SO-031), for buttons; the server keeps the same table. */
import type { Output } from '@curbstop/kernel/endpoint'
import type { fieldwork } from '@curbstop/server/contract/staff'

export type Order = Output<typeof fieldwork.getOrder>
export type OrderRow = Output<typeof fieldwork.getBoard>['orders'][number]
export type OrderState = Order['state']
export type OrderAct = 'assign' | 'dispatched' | 'en-route' | 'on-site' | 'complete' | 'unable' | 'cancel'

const out = ['assigned', 'dispatched', 'en-route', 'on-site'] as const
const allowed: Readonly<Record<OrderAct, readonly OrderState[]>> = {
  assign: ['ready', 'assigned', 'dispatched'],
  dispatched: ['assigned'],
  'en-route': ['assigned', 'dispatched'],
  'on-site': ['assigned', 'dispatched', 'en-route'],
  complete: out,
  unable: out,
  cancel: ['ready', ...out],
}

export const fits = (state: OrderState, act: OrderAct): boolean => allowed[act].includes(state)

/** The next thing to do with an order. */
export function nextAct(state: OrderState): OrderAct {
  if (state === 'ready') return 'assign'
  return state === 'assigned' ? 'dispatched' : 'complete'
}
