/** What the workbench may ask: the modules' contracts, nothing else. */

export { contactInHand, contactRow, contacts, stepSchema } from '../modules/contacts/contract.ts'
export {
  authorizedContact,
  callerDecision,
  customerCard,
  customers,
} from '../modules/customers/contract.ts'
export { policy } from '../modules/policy/contract.ts'
export { premiseCard, premises } from '../modules/premises/contract.ts'
