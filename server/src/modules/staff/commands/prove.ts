/** Checking a password, at sign-in and again before what matters, with the same pauses for a guesser. */
import { refuse } from '@curbstop/kernel/errors'
import { checkPassword } from '../../../platform/auth/passwords.ts'
import type { Ctx } from '../../../platform/context.ts'
import { decideWait, errors, normalizePassword } from '../domain/index.ts'
import type { SignInFacts } from '../store/people.ts'
import * as store from '../store/sessions.ts'

/** Refuses while the pause after failed tries runs. A refused try is not counted: waiting helps. */
export async function checkPause(ctx: Ctx, login: string): Promise<void> {
  const { tx, ip } = ctx
  if (!(await store.lockLogin(tx, login))) throw refuse(errors, 'staff.slow-down', { seconds: 1 })
  const ofLogin = await store.listAttemptsOfLogin(tx, login, ctx.now)
  const ofAddress = ip ? await store.listAttemptsOfAddress(tx, ip, ctx.now) : []
  const isKnownHere = ip !== null && (await store.hasSignedInFrom(tx, login, ip))
  const seconds = decideWait({ ofLogin, ofAddress, isKnownHere, ip }, ctx.now)
  if (seconds > 0) throw refuse(errors, 'staff.slow-down', { seconds })
}

/** True when the password is this person's; nobody and a disabled person take as long as anybody. */
export async function isRight(person: SignInFacts | null, password: string): Promise<boolean> {
  const matches = await checkPassword(person?.passwordHash ?? null, normalizePassword(password))
  return matches && person !== null && !person.isDisabled
}

/** A person who is signed in types the current password again. */
export async function proveAgain(
  ctx: Ctx,
  person: SignInFacts,
  typed: { currentPassword: string } | { password: string },
): Promise<void> {
  await checkPause(ctx, person.login)
  const [field, password] = Object.entries(typed)[0]!
  if (await isRight(person, password)) return
  await store.insertAttempt(ctx.tx, { login: person.login, ip: ctx.ip, succeeded: false, at: ctx.now })
  throw refuse(errors, 'staff.password-wrong', {}, field)
}
