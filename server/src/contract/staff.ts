/** What the workbench may ask: the modules' contracts, nothing else. */

export { contactInHand, contactRow, contacts, stepSchema } from '../modules/contacts/contract.ts'
export {
  authorizedContact,
  callerDecision,
  customerCard,
  customers,
} from '../modules/customers/contract.ts'
export { ledger, ledgerRow, moneyCard } from '../modules/ledger/contract.ts'
export { meterCard, metering, peerUsage, readRow, usagePeriod } from '../modules/metering/contract.ts'
export { paymentRow, payments, paymentTiming } from '../modules/payments/contract.ts'
export { policy } from '../modules/policy/contract.ts'
export { premiseCard, premises } from '../modules/premises/contract.ts'
