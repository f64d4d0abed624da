/**
 * Sign-in. Every failed try is a record, written by the refused request itself: its errors are declared `keeps`, so
 * the door commits before it answers 401 (platform/http/door.ts). A try during a pause writes nothing.
 */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { keyedDigest } from '../../../platform/auth/digest.ts'
import { unseal } from '../../../platform/auth/seal.ts'
import { stepOfCode } from '../../../platform/auth/second-factor.ts'
import { hashToken, newToken } from '../../../platform/auth/tokens.ts'
import type { Ctx } from '../../../platform/context.ts'
import type { staff } from '../contract.ts'
import { errors } from '../domain/index.ts'
import { describeMe } from '../queries.ts'
import { findPerson, findSignIn, type SignInFacts, updateLastStep } from '../store/people.ts'
import { findOpen } from '../store/proposals.ts'
import * as store from '../store/sessions.ts'
import { checkInTime } from './passwords.ts'
import { checkPause, isRight } from './prove.ts'
import { totpPurpose } from './second-factor.ts'

export async function signIn(
  ctx: Ctx,
  { login, password, code }: Input<typeof staff.signIn>,
): Promise<Output<typeof staff.signIn>> {
  const person = await findSignIn(ctx.tx, login)
  const stranger = keyedDigest(ctx.keys.secrets, 'login', login).toString('hex', 0, 16)
  const key = person ? login : `unknown ${stranger}`
  await checkPause(ctx, key)
  const failed = async (error: 'staff.sign-in-refused' | 'staff.code-refused') => {
    await store.insertAttempt(ctx.tx, { login: key, ip: ctx.ip, succeeded: false, at: ctx.now })
    return refuse(errors, error)
  }
  if (!(await isRight(person, password)) || person === null) throw await failed('staff.sign-in-refused')
  if (person.secondFactor === 'on') {
    if (!code) return { outcome: 'code-needed' }
    if (!(await isCodeRight(ctx, person, code))) throw await failed('staff.code-refused')
  }
  checkInTime(person, ctx.now)
  await checkConfirmed(ctx, person)
  return openSession(ctx, person)
}

/** Whoever holds nothing yet waits for the second person; what they were given besides opens at once. */
async function checkConfirmed(ctx: Ctx, { personId }: SignInFacts): Promise<void> {
  const { level, roles } = (await findPerson(ctx.tx, personId))!
  if (level !== null || roles.length > 0) return
  const open = await findOpen(ctx.tx, personId, 'rights')
  throw refuse(errors, 'staff.not-confirmed', { who: open?.proposedBy ?? 'Your supervisor' })
}

async function isCodeRight(ctx: Ctx, person: SignInFacts, code: string): Promise<boolean> {
  const secret = unseal(ctx.keys, totpPurpose(person.personId), person.totpSecret ?? '')
  const step = secret === null ? null : stepOfCode(secret, code, new Date(ctx.now))
  return step !== null && (await updateLastStep(ctx.tx, person.personId, step))
}

async function openSession(ctx: Ctx, person: SignInFacts): Promise<Output<typeof staff.signIn>> {
  const { personId, login } = person
  const token = newToken()
  const withSecondFactor = person.secondFactor === 'on'
  await store.insertAttempt(ctx.tx, { login, ip: ctx.ip, succeeded: true, at: ctx.now })
  const expiresAt = await store.insertSession(ctx.tx, hashToken(token), {
    personId,
    withSecondFactor,
    ip: ctx.ip,
  })
  ctx.audit({ subject: `person:${personId}`, after: { signedIn: true, withSecondFactor } })
  ctx.cookie?.set(token, new Date(expiresAt))
  return { outcome: 'signed-in', me: await describeMe(ctx, personId), expiresAt }
}

export async function signOut(ctx: Ctx): Promise<Output<typeof staff.signOut>> {
  const { personId, session } = ctx.actor
  if (session) await store.endSession(ctx.tx, personId, session)
  ctx.audit({ subject: `person:${personId}`, after: { signedIn: false } })
  ctx.cookie?.clear()
  return { signedOut: true }
}
