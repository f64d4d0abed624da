export { type Authority, canApprove, isSelfDealing, type Limit, withinAuthority } from './authority.ts'
export { errors } from './errors.ts'
export { normalizePassword, type PasswordContext, whyWeak } from './passwords.ts'
export {
  decides,
  decidesAtAll,
  type Handing,
  hoursAfter,
  isSameRights,
  keepsApart,
  needsSecondPerson,
  type Rights,
} from './second-person.ts'
export { type Attempt, calculatePause, calculateWait, decideWait, type Tries } from './sign-in.ts'
