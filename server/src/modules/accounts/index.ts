/**
 * Accounts: the account with its numbers, services, household, enrolments; who is served where and when; start, stop
 * and transfer of service as one change with one hand-over read; and the search that finds everybody. Owns schema
 * `accounts`.
 */
import { defineModule } from '../../platform/module.ts'
import { accounts as contract } from './contract/index.ts'
import { jobs, listens, schedule } from './jobs.ts'
import { answers } from './routes.ts'

export { noteMeters, reindexAccount } from './commands/reindex.ts'
export { changeOccupancy } from './commands/stop.ts'
export { accountNumber, isAccountNumber } from './domain/account-number.ts'
export type { Stay } from './domain/occupancy.ts'
export { type SearchFacts, type SearchRows, searchRows } from './domain/search-rows.ts'
export {
  type AccountCard,
  findAccount,
  getAccountCard,
  getOccupancyChange,
  getPersonsNoted,
  listAccountLines,
  listAccountServices,
  listAccountsOf,
  listEstimatesDue,
  listProtectedAccounts,
} from './queries/card.ts'
export { type AccountHead, listAccountHeads } from './queries/heads.ts'
export { isServedAt, listStays } from './queries/occupancy.ts'
export { searchAccounts } from './queries/search.ts'
export {
  listAccountsAt,
  listHiddenStays,
  listOccupantsAt,
  refuseFindableOn,
  refuseOwnAccount,
  refuseOwnPlace,
} from './queries/served.ts'
export type { AccountRow, ServedRow } from './store/cards.ts'
export type { ChangeId, ChangeRow, HiddenStay, OccupantRow, StoredHandOver } from './store/occupancy.ts'
export { fillSearchWords } from './store/search-index.ts'

export const accounts = defineModule({
  name: 'accounts',
  contract,
  answers,
  jobs,
  schedule,
  listens,
})
