/**
 * Ledger: the chart of accounts by fund, journals with both sides of every posting, business days. Owns schema
 * `ledger`. Others decide what to post with the pure functions, post it here, and ask here what an account owes;
 * nothing in it is ever changed, and no balance is stored.
 */
import { defineModule } from '../../platform/module.ts'
import { ledger as contract } from './contract.ts'
import { answers } from './routes.ts'

export { closeBusinessDay, type JournalToPost, postJournal, reverseJournal } from './commands.ts'
export { type DebtService, debtServices, gl } from './domain/chart.ts'
export { calculateMoney, type JournalEffect, type Money, openDebts } from './domain/money.ts'
export {
  type AllocationOrder,
  decideBillPostings,
  decideCreditPostings,
  decidePaymentPostings,
  type OpenDebt,
  type Posting,
  reverse,
  type SegmentCharge,
} from './domain/postings.ts'
export {
  getAllocationOrder,
  getJournal,
  getMoneyCard,
  getMoneyStory,
  listLedgerRows,
  listOpenDebts,
} from './queries.ts'
export type { JournalId } from './store.ts'

export const ledger = defineModule({ name: 'ledger', contract, answers })
