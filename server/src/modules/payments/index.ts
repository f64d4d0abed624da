/**
 * Payments: the money that came in, per account, and how each bill was paid. Owns schema `payments`; what a payment
 * did to the balance stands in the ledger.
 */
import { defineModule } from '../../platform/module.ts'
import { payments as contract } from './contract.ts'
import { answers } from './routes.ts'

export { type BillTiming, type PaymentTiming, paymentTiming } from './domain.ts'
export { getLastPayment, getPaymentTiming, listPayments, timingOfRows } from './queries.ts'

export const payments = defineModule({ name: 'payments', contract, answers })
