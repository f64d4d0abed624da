/**
 * Billing: bills and their segments, decided by one pure function, kept with everything they were computed from, so
 * that every line proves itself; why a bill changed; what it would be in another world. Owns schema `billing`.
 */
import { defineModule } from '../../platform/module.ts'
import { billing as contract } from './contract/index.ts'
import { atStart, jobs, listens, schedule, witnesses } from './jobs.ts'
import { answers } from './routes.ts'

export { billAccount } from './commands/bill.ts'
export { chargesOf, decideBill } from './domain/decide.ts'
export { type BillDelta, type Explained, explainChange } from './domain/explain/index.ts'
export { type BillNotice, billNotice } from './domain/notice.ts'
export {
  type BillCard,
  type BillingCard,
  getBill,
  getBillExplanation,
  getBillingCard,
  type UsageBillPeriod,
} from './queries/cards.ts'
export { priceUnits } from './queries/price.ts'
export { whatIf } from './queries/what-if.ts'

export const billing = defineModule({
  name: 'billing',
  contract,
  answers,
  atStart,
  jobs,
  listens,
  schedule,
  witnesses,
})
