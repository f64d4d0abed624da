export { type Authority, canApprove, isSelfDealing, type Limit, withinAuthority } from './authority.ts'
export { errors } from './errors.ts'
export { normalizePassword, type PasswordContext, whyWeak } from './passwords.ts'
export { type Attempt, calculatePause, calculateWait, decideWait, type Tries } from './sign-in.ts'
