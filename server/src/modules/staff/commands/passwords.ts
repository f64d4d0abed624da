/** The own password, and the first one that somebody else gives: it opens nothing but its own change. */
import type { Instant } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'
import { hashPassword, newFirstPassword } from '../../../platform/auth/passwords.ts'
import type { Ctx } from '../../../platform/context.ts'
import type { staff } from '../contract.ts'
import { errors, hoursAfter, normalizePassword, type PasswordContext, whyWeak } from '../domain/index.ts'
import { hoursOf, rowOf } from '../queries.ts'
import * as given from '../store/first-passwords.ts'
import * as store from '../store/people.ts'
import { endSessions } from '../store/sessions.ts'
import { isRight, proveAgain } from './prove.ts'
import { findOther } from './rights.ts'

export async function hashNew(password: string, about: PasswordContext, field: string): Promise<string> {
  const why = whyWeak(password, about)
  if (why) throw refuse(errors, 'staff.password-weak', { why }, field)
  return hashPassword(normalizePassword(password))
}

export async function changePassword(
  ctx: Ctx,
  { currentPassword, newPassword }: Input<typeof staff.changePassword>,
): Promise<Output<typeof staff.changePassword>> {
  const person = await store.lockSignIn(ctx.tx, ctx.actor.personId)
  checkInTime(person, ctx.now)
  await proveAgain(ctx, person, { currentPassword })
  if (await isRight(person, newPassword)) throw refuse(errors, 'staff.password-same', {}, 'newPassword')
  const about = { ...person, hasSecondFactor: person.secondFactor === 'on' }
  const passwordHash = await hashNew(newPassword, about, 'newPassword')
  await store.updatePassword(ctx.tx, person.personId, passwordHash)
  await given.updateEnded(ctx.tx, person.personId, { at: ctx.now, how: 'changed' })
  await endSessions(ctx.tx, person.personId, { why: 'password changed', except: ctx.actor.session })
  ctx.audit({ subject: `person:${person.personId}`, after: { password: 'changed' } })
  ctx.tell({ name: 'staff.password-changed', subject: { person: person.personId } })
  return { changed: true }
}

/** Throws staff.first-password-over when the password in force was given and not used in time. */
export function checkInTime({ firstPasswordUntil }: store.SignInFacts, now: Instant): void {
  if (firstPasswordUntil !== null && Date.parse(firstPasswordUntil) <= Date.parse(now))
    throw refuse(errors, 'staff.first-password-over')
}

/** Makes a password for somebody to begin with: random, for a while, and no second person for its giver (AUTH-029). */
export async function giveFirstPassword(
  ctx: Ctx,
  personId: PersonId,
  why: 'new' | 'reset',
): Promise<{ password: string; until: Instant }> {
  const password = newFirstPassword()
  const until = hoursAfter(ctx.now, await hoursOf(ctx, 'first-password'))
  await store.updatePassword(ctx.tx, personId, await hashPassword(password))
  await given.insertFirstPassword(ctx.tx, { personId, at: ctx.now, by: ctx.actor.personId, why, until })
  return { password, until }
}

/** For somebody who lost the password. The second factor stays: with it, the giver of the password gets nowhere. */
export async function resetSignIn(
  ctx: Ctx,
  { personId, reason }: Input<typeof staff.resetSignIn>,
): Promise<Output<typeof staff.resetSignIn>> {
  await findOther(ctx, personId)
  await store.lockSignIn(ctx.tx, personId)
  const first = await giveFirstPassword(ctx, personId, 'reset')
  const sessionsEnded = await endSessions(ctx.tx, personId, { why: 'sign-in reset' })
  ctx.audit({
    subject: `person:${personId}`,
    reason,
    after: { password: 'reset', until: first.until, sessionsEnded },
  })
  const { personId: by } = ctx.actor
  ctx.tell({ name: 'staff.sign-in-reset', subject: { person: personId, by, at: ctx.now } })
  return { person: rowOf((await store.findPerson(ctx.tx, personId))!), first }
}
