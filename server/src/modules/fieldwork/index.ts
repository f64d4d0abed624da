/**
 * Fieldwork: service orders from the desk to the field and back: made with a due time, assigned to one
 * representative, moved along one table of states, finished with a result that changes the account. Owns schema
 * `fieldwork`.
 */
import { defineModule } from '../../platform/module.ts'
import { fieldwork as contract } from './contract.ts'
import { jobs, listens } from './jobs.ts'
import { answers } from './routes.ts'

export { makeOrder, type OrderToMake } from './commands/make.ts'
export { type OrderKind, outcomeLabel } from './domain/results.ts'
export { isOpen, type OrderState } from './domain/states.ts'
export { getOrderFacts, listAccountOrders, type OrderLine } from './queries.ts'
export type { OrderRow } from './store.ts'

export const fieldwork = defineModule({ name: 'fieldwork', contract, answers, jobs, listens })
