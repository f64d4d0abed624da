/** The life of an order (SO-031), as one table. */
import { refuse } from '@curbstop/kernel/errors'
import { errors } from './errors.ts'

export type OrderState =
  | 'ready'
  | 'assigned'
  | 'dispatched'
  | 'en-route'
  | 'on-site'
  | 'completed'
  | 'unable'
  | 'cancelled'
  | 'pulled'

/**
 * A result may be entered as soon as the order has an owner (SO-034): representatives phone results in. Before it is
 * out an order is cancelled, once it is out it is pulled back.
 */
const moves: Readonly<Record<OrderState, readonly OrderState[]>> = {
  ready: ['assigned', 'cancelled'],
  assigned: ['ready', 'assigned', 'dispatched', 'en-route', 'on-site', 'completed', 'unable', 'cancelled'],
  dispatched: ['assigned', 'en-route', 'on-site', 'completed', 'unable', 'pulled'],
  'en-route': ['on-site', 'completed', 'unable', 'pulled'],
  'on-site': ['completed', 'unable', 'pulled'],
  completed: [],
  unable: [],
  cancelled: [],
  pulled: [],
}

export const stateNames: Readonly<Record<OrderState, string>> = {
  ready: 'ready',
  assigned: 'assigned',
  dispatched: 'dispatched',
  'en-route': 'on the way',
  'on-site': 'on site',
  completed: 'completed',
  unable: 'returned as unable',
  cancelled: 'cancelled',
  pulled: 'pulled back',
}

export const openStates: readonly OrderState[] = ['ready', 'assigned', 'dispatched', 'en-route', 'on-site']

export const isOpen = (state: OrderState): boolean => openStates.includes(state)

export function canMove(from: OrderState, to: OrderState): boolean {
  return moves[from].includes(to)
}

export function checkMove(from: OrderState, to: OrderState): void {
  if (!canMove(from, to))
    throw refuse(errors, 'fieldwork.illegal-move', { from: stateNames[from], to: stateNames[to] })
}

/** What taking an order back makes of it. */
export const withdrawn = (from: OrderState): 'cancelled' | 'pulled' =>
  from === 'ready' || from === 'assigned' ? 'cancelled' : 'pulled'
