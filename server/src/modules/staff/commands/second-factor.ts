import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'
import { seal, unseal } from '../../../platform/auth/seal.ts'
import { newSecret, stepOfCode } from '../../../platform/auth/second-factor.ts'
import type { Ctx } from '../../../platform/context.ts'
import type { staff } from '../contract.ts'
import { errors } from '../domain/index.ts'
import * as store from '../store/people.ts'
import { endSessions, insertAttempt } from '../store/sessions.ts'
import { proveAgain } from './prove.ts'

/** A secret sealed for one person opens for no other. */
export const totpPurpose = (personId: PersonId): string => `totp of person ${personId}`

/** Gives a new secret; an earlier one that waited for its first code is forgotten. */
export async function enrolSecondFactor(
  ctx: Ctx,
  { password }: Input<typeof staff.enrolSecondFactor>,
): Promise<Output<typeof staff.enrolSecondFactor>> {
  const person = await store.lockSignIn(ctx.tx, ctx.actor.personId)
  if (person.secondFactor === 'on') throw refuse(errors, 'staff.second-factor-on')
  await proveAgain(ctx, person, { password })
  const enrolment = newSecret('Curbstop', person.login)
  const sealed = seal(ctx.keys, totpPurpose(person.personId), enrolment.secret)
  await store.updateSecondFactor(ctx.tx, person.personId, sealed)
  ctx.audit({ subject: `person:${person.personId}`, after: { secondFactor: 'waiting' } })
  return enrolment
}

/** The first code turns it on; sessions that began without it end, but for this one. */
export async function confirmSecondFactor(
  ctx: Ctx,
  { code }: Input<typeof staff.confirmSecondFactor>,
): Promise<Output<typeof staff.confirmSecondFactor>> {
  const { personId, session } = ctx.actor
  const person = await store.lockSignIn(ctx.tx, personId)
  if (person.secondFactor !== 'waiting') throw refuse(errors, 'staff.no-enrolment')
  const secret = unseal(ctx.keys, totpPurpose(personId), person.totpSecret ?? '')
  if (secret === null) throw refuse(errors, 'staff.no-enrolment')
  const step = stepOfCode(secret, code, new Date(ctx.now))
  if (step === null || !(await store.updateLastStep(ctx.tx, personId, step))) {
    throw refuse(errors, 'staff.code-refused', {}, 'code')
  }
  await store.updateSecondFactorOn(ctx.tx, personId)
  await endSessions(ctx.tx, personId, { why: 'second factor turned on', except: session })
  ctx.audit({
    subject: `person:${personId}`,
    before: { secondFactor: 'waiting' },
    after: { secondFactor: 'on' },
  })
  ctx.tell({ name: 'staff.second-factor-turned-on', subject: { person: personId } })
  return { secondFactor: 'on' }
}

/** The own one, with both halves of the sign-in: the password and a code that was not used. */
export async function removeSecondFactor(
  ctx: Ctx,
  { password, code }: Input<typeof staff.removeSecondFactor>,
): Promise<Output<typeof staff.removeSecondFactor>> {
  const { personId, session } = ctx.actor
  const person = await store.lockSignIn(ctx.tx, personId)
  if (person.secondFactor !== 'on') throw refuse(errors, 'staff.no-factor')
  await proveAgain(ctx, person, { password })
  const secret = unseal(ctx.keys, totpPurpose(personId), person.totpSecret ?? '')
  const step = secret === null ? null : stepOfCode(secret, code, new Date(ctx.now))
  if (step === null || !(await store.updateLastStep(ctx.tx, personId, step))) {
    await insertAttempt(ctx.tx, { login: person.login, ip: ctx.ip, succeeded: false, at: ctx.now })
    throw refuse(errors, 'staff.code-refused', {}, 'code')
  }
  await store.updateSecondFactor(ctx.tx, personId, null)
  await endSessions(ctx.tx, personId, { why: 'second factor removed', except: session })
  ctx.audit({
    subject: `person:${personId}`,
    before: { secondFactor: 'on' },
    after: { secondFactor: 'off' },
  })
  ctx.tell({ name: 'staff.second-factor-removed', subject: { person: personId } })
  return { secondFactor: 'off' }
}
