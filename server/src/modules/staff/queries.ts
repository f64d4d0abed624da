import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { CustomerId, PersonId } from '@curbstop/kernel/ids'
import type { Kysely } from 'kysely'
import { hashToken } from '../../platform/auth/tokens.ts'
import type { Actor, Ctx } from '../../platform/context.ts'
import type { staff } from './contract.ts'
import { errors, isSelfDealing, type Limit } from './domain/index.ts'
import * as limits from './store/limits.ts'
import * as people from './store/people.ts'
import { findHolder, updateLastSeen } from './store/sessions.ts'

/** Who holds this session token, now; null when the session ended, aged out or its person was disabled. */
export async function authenticate(db: Kysely<unknown>, token: string): Promise<Actor | null> {
  const tokenHash = hashToken(token)
  const holder = await findHolder(db, tokenHash)
  if (!holder) return null
  const { isStale, permissions, ...who } = holder
  if (isStale) await updateLastSeen(db, tokenHash)
  return { ...who, permissions: new Set(permissions) }
}

/** How far the actor's word goes for an action (`adjustment`, `extension` …) today; null: not at all. */
export async function getLimit(ctx: Ctx, action: string): Promise<Limit | null> {
  const { level } = ctx.actor
  const limit = level ? await limits.findLimit(ctx.tx, { level, action, on: ctx.today }) : null
  if (!limit && !(await limits.hasAction(ctx.tx, action)))
    throw new Error(`no authority is declared for ${action}`)
  return limit
}

/** The actor's own and relatives' customer records (AUTH-023). */
export async function getDeclaredInterests(ctx: Ctx): Promise<ReadonlySet<CustomerId>> {
  const interests = await limits.listInterests(ctx.tx, ctx.actor.personId)
  return new Set(interests.map(interest => interest.customerId))
}

/**
 * Nobody acts on their own or a relative's record or account: every command that touches a customer asks here
 * (AUTH-023). Throws staff.own-account.
 */
export async function refuseOwn(ctx: Ctx, customerIds: readonly (CustomerId | null)[]): Promise<void> {
  const declared = await getDeclaredInterests(ctx)
  if (customerIds.some(id => id !== null && isSelfDealing(declared, id)))
    throw refuse(errors, 'staff.own-account')
}

/** A person by id, whether they may still sign in or not; null for nobody. */
export function findPerson(ctx: Ctx, personId: PersonId): Promise<people.Person | null> {
  return people.findPerson(ctx.tx, personId)
}

/** May this person, who need not be the actor, do this now? False for nobody and for a disabled person. */
export async function holdsPermission(ctx: Ctx, personId: PersonId, permission: string): Promise<boolean> {
  const person = await people.findPerson(ctx.tx, personId)
  if (!person || person.disabledAt) return false
  return (await people.listPermissions(ctx.tx, personId)).includes(permission)
}

export async function describeMe(
  ctx: Pick<Ctx, 'tx'>,
  personId: PersonId,
): Promise<Output<typeof staff.getMe>> {
  const person = (await people.findPerson(ctx.tx, personId))!
  const { login, name, level, levelName, roles, secondFactor } = person
  const permissions = await people.listPermissions(ctx.tx, personId)
  return { personId, login, name, level, levelName, roles, permissions, secondFactor }
}

export const getMe = (ctx: Ctx): Promise<Output<typeof staff.getMe>> => describeMe(ctx, ctx.actor.personId)

export function rowOf(person: people.Person): Output<typeof staff.listPeople>[number] {
  const { personId, login, name, level, roles, secondFactor, disabledAt, disabledReason } = person
  return {
    personId,
    login,
    name,
    level,
    roles,
    secondFactor: secondFactor === 'on',
    disabledAt,
    disabledReason,
  }
}

export async function listPeople(
  ctx: Ctx,
  { words, show }: Input<typeof staff.listPeople>,
): Promise<Output<typeof staff.listPeople>> {
  return (await people.listPeople(ctx.tx, words ?? '', show === 'all')).map(rowOf)
}

export async function listLimits(
  ctx: Ctx,
  { on }: Input<typeof staff.listLimits>,
): Promise<Output<typeof staff.listLimits>> {
  const rows = await limits.listLimits(ctx.tx, on ?? ctx.today)
  return rows.map(({ value, ...limit }) => ({ ...limit, limit: value === null ? null : value.toString() }))
}

export async function listInterests(ctx: Ctx): Promise<Output<typeof staff.listInterests>> {
  return limits.listInterests(ctx.tx, ctx.actor.personId)
}
