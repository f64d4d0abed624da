/**
 * Customers: people and firms, how to reach them, who may speak for them, what protects them, and whether the person
 * on the phone is who they say. Owns schema `customers`. Protected customers (PRV-019) leave here masked.
 */
import { defineModule } from '../../platform/module.ts'
import { customers as contract } from './contract.ts'
import { answers } from './routes.ts'

export { makeCustomer } from './commands/change.ts'
export { type Attempt, verifyCaller } from './commands/verify.ts'
export { maskedName } from './domain/card.ts'
export { formatPhone, parsePhone } from './domain/phones.ts'
export {
  type CustomerCard,
  findCustomersByPhone,
  getCustomerCard,
  getVerification,
  isProtectedNow,
  listCustomerNames,
  listProtectionsWaiting,
  maySeeProtected,
  noteShown,
} from './queries.ts'

export const customers = defineModule({ name: 'customers', contract, answers })
