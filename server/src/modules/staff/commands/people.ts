import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'
import { hashPassword } from '../../../platform/auth/passwords.ts'
import type { Ctx, Level } from '../../../platform/context.ts'
import type { staff } from '../contract.ts'
import { errors, normalizePassword, type PasswordContext, whyWeak } from '../domain/index.ts'
import { rowOf } from '../queries.ts'
import { insertInterest } from '../store/limits.ts'
import * as store from '../store/people.ts'
import { endSessions } from '../store/sessions.ts'
import { proveAgain } from './prove.ts'

export type NewPerson = {
  login: string
  name: string
  level: Level | null
  roles: readonly string[]
  password: string
  /** For the sample district and imports, whose people have numbers and years of service already. */
  personId?: PersonId
  levelSince?: LocalDate
}

/** Adds a person who may sign in. Also what the seed and the command line call, through the door's inner half. */
export async function createPerson(ctx: Ctx, person: NewPerson): Promise<{ personId: PersonId }> {
  const { login, name, level, roles } = person
  if (level === null && roles.length === 0) throw refuse(errors, 'staff.nothing-to-do', {}, 'level')
  const passwordHash = await hashNew(person.password, { login, name, hasSecondFactor: false }, 'password')
  const personId = await store.insertPerson(ctx.tx, {
    personId: person.personId ?? null,
    login,
    name,
    level,
    levelSince: person.levelSince ?? ctx.today,
    passwordHash,
  })
  await store.setRoles(ctx.tx, personId, roles)
  ctx.audit({ subject: `person:${personId}`, after: { login, name, level, roles } })
  ctx.tell({ name: 'staff.person-created', subject: { person: personId } })
  return { personId }
}

async function hashNew(password: string, about: PasswordContext, field: string): Promise<string> {
  const why = whyWeak(password, about)
  if (why) throw refuse(errors, 'staff.password-weak', { why }, field)
  return hashPassword(normalizePassword(password))
}

export async function changePassword(
  ctx: Ctx,
  { currentPassword, newPassword }: Input<typeof staff.changePassword>,
): Promise<Output<typeof staff.changePassword>> {
  const person = await store.lockSignIn(ctx.tx, ctx.actor.personId)
  await proveAgain(ctx, person, { currentPassword })
  const about = { ...person, hasSecondFactor: person.secondFactor === 'on' }
  await store.updatePassword(ctx.tx, person.personId, await hashNew(newPassword, about, 'newPassword'))
  await endSessions(ctx.tx, person.personId, { why: 'password changed', except: ctx.actor.session })
  ctx.audit({ subject: `person:${person.personId}`, after: { password: 'changed' } })
  ctx.tell({ name: 'staff.password-changed', subject: { person: person.personId } })
  return { changed: true }
}

/** For somebody who lost the password or the phone. */
export async function resetSignIn(
  ctx: Ctx,
  { personId, newPassword, reason }: Input<typeof staff.resetSignIn>,
): Promise<Output<typeof staff.resetSignIn>> {
  const person = await findOther(ctx, personId)
  const passwordHash = await hashNew(newPassword, { ...person, hasSecondFactor: false }, 'newPassword')
  await store.updatePassword(ctx.tx, personId, passwordHash)
  await store.updateSecondFactor(ctx.tx, personId, null)
  await endSessions(ctx.tx, personId, { why: 'sign-in reset' })
  ctx.audit({ subject: `person:${personId}`, reason, after: { password: 'reset', secondFactor: 'off' } })
  ctx.tell({ name: 'staff.sign-in-reset', subject: { person: personId } })
  return rowOf((await store.findPerson(ctx.tx, personId))!)
}

export async function changeRoles(
  ctx: Ctx,
  { personId, level, roles, reason }: Input<typeof staff.changeRoles>,
): Promise<Output<typeof staff.changeRoles>> {
  const person = await findOther(ctx, personId)
  if (level === null && roles.length === 0) throw refuse(errors, 'staff.nothing-to-do', {}, 'level')
  await store.updateLevel(ctx.tx, personId, { level, since: ctx.today })
  await store.setRoles(ctx.tx, personId, roles)
  const after = (await store.findPerson(ctx.tx, personId))!
  ctx.audit({
    subject: `person:${personId}`,
    reason,
    before: { level: person.level, roles: person.roles },
    after: { level: after.level, roles: after.roles },
  })
  ctx.tell({ name: 'staff.roles-changed', subject: { person: personId } })
  return rowOf(after)
}

/** Ends every session in the same transaction; live pages are dismissed on the event. */
export async function disablePerson(
  ctx: Ctx,
  { personId, reason }: Input<typeof staff.disablePerson>,
): Promise<Output<typeof staff.disablePerson>> {
  const person = await findOther(ctx, personId)
  const already = () =>
    refuse(errors, 'staff.already-disabled', { name: person.name, reason: person.disabledReason ?? reason })
  if (person.disabledAt) throw already()
  if (!(await store.insertDisabled(ctx.tx, { personId, by: ctx.actor.personId, reason }))) throw already()
  const sessions = await endSessions(ctx.tx, personId, { why: 'disabled' })
  ctx.audit({ subject: `person:${personId}`, reason, after: { disabled: true, sessionsEnded: sessions } })
  ctx.tell({ name: 'staff.person-disabled', subject: { person: personId } })
  return rowOf((await store.findPerson(ctx.tx, personId))!)
}

export async function enablePerson(
  ctx: Ctx,
  { personId, reason }: Input<typeof staff.enablePerson>,
): Promise<Output<typeof staff.enablePerson>> {
  const person = await findOther(ctx, personId)
  if (!(await store.updateEnabled(ctx.tx, personId, ctx.actor.personId))) {
    throw refuse(errors, 'staff.not-disabled', { name: person.name })
  }
  ctx.audit({ subject: `person:${personId}`, reason, before: { disabled: true }, after: { disabled: false } })
  ctx.tell({ name: 'staff.person-enabled', subject: { person: personId } })
  return rowOf((await store.findPerson(ctx.tx, personId))!)
}

async function findOther(ctx: Ctx, personId: PersonId): Promise<store.Person> {
  if (personId === ctx.actor.personId) throw refuse(errors, 'staff.not-yourself')
  const person = await store.findPerson(ctx.tx, personId)
  if (!person) throw refuse(errors, 'staff.no-person')
  return person
}

export async function declareInterest(
  ctx: Ctx,
  { customerId, relation }: Input<typeof staff.declareInterest>,
): Promise<Output<typeof staff.declareInterest>> {
  const { personId } = ctx.actor
  await insertInterest(ctx.tx, { personId, customerId, relation })
  ctx.audit({ subject: `person:${personId}`, after: { interestInCustomer: customerId, relation } })
  ctx.tell({ name: 'staff.interest-declared', subject: { person: personId } })
  return { declared: true }
}
