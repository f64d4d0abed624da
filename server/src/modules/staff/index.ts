/**
 * Staff: the people of the district, their levels and roles, what they may do and up to which amount, and how they
 * sign in. Owns schema `staff`. Everybody asks here who is asking; nobody else writes sessions or permissions.
 */
import { defineModule } from '../../platform/module.ts'
import { staff as contract } from './contract.ts'
import { jobs, schedule } from './jobs.ts'
import { answers } from './routes.ts'

export { addPerson, type NewPerson } from './commands/people.ts'
export { type Authority, canApprove, type Limit, withinAuthority } from './domain/index.ts'
export {
  authenticate,
  decidesForOthers,
  findPerson,
  getLimit,
  holdsPermission,
  listAuthority,
  refuseAfterReset,
  refuseOwn,
} from './queries.ts'

export const staff = defineModule({ name: 'staff', contract, answers, jobs, schedule })
