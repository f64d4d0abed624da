import { formatInstant, type Instant } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import type { CustomerId, PersonId } from '@curbstop/kernel/ids'
import type { Kysely } from 'kysely'
import { hashToken } from '../../platform/auth/tokens.ts'
import type { Actor, Ctx } from '../../platform/context.ts'
import type { staff } from './contract.ts'
import {
  decidesAtAll,
  errors,
  type Handing,
  hoursAfter,
  isSelfDealing,
  keepsApart,
  type Limit,
} from './domain/index.ts'
import * as given from './store/first-passwords.ts'
import * as limits from './store/limits.ts'
import * as people from './store/people.ts'
import * as proposals from './store/proposals.ts'
import { findHolder, updateLastSeen } from './store/sessions.ts'

/** Who holds this session token, now; null when the session ended, aged out or its person was disabled. */
export async function authenticate(db: Kysely<unknown>, token: string): Promise<Actor | null> {
  const tokenHash = hashToken(token)
  const holder = await findHolder(db, tokenHash)
  if (!holder) return null
  const { isStale, permissions, mustChangePassword, ...who } = holder
  if (isStale) await updateLastSeen(db, tokenHash)
  if (mustChangePassword) return { ...who, permissions: new Set(), mustChangePassword }
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

/** What every level's word is worth for an action today: who decides what the actor may only propose. */
export async function listAuthority(ctx: Ctx, action: string): Promise<ReadonlyMap<string, Limit>> {
  const rows = await limits.listLimits(ctx.tx, ctx.today)
  return new Map(rows.filter(row => row.action === action).map(({ role, ...limit }) => [role, limit]))
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

/** How long something of the sign-in counts, in hours (AUTH-028, AUTH-029). */
export async function hoursOf(ctx: Ctx, action: 'approval-after-reset' | 'first-password'): Promise<number> {
  const hours = await limits.findLongest(ctx.tx, action, ctx.today)
  if (hours === null) throw new Error(`no limit says how long ${action} counts`)
  return hours
}

/**
 * Whoever gave somebody a password could have signed in as them, so neither confirms what the other asked for, until
 * the password is changed and some days have passed (AUTH-028). Every approval asks here. Throws staff.reset-between.
 */
export async function refuseAfterReset(ctx: Ctx, proposerId: PersonId): Promise<void> {
  const handings = await given.listBetween(ctx.tx, ctx.actor.personId, proposerId)
  if (handings.length === 0) return
  const hours = await hoursOf(ctx, 'approval-after-reset')
  const between = handings.find(one => keepsApart(one, hours, ctx.now))
  if (!between) return
  const shown = (at: Instant) => formatInstant(at, ctx.timeZone, ctx.today)
  throw refuse(errors, 'staff.reset-between', {
    giver: between.giver.name,
    holder: between.holder.name,
    at: shown(between.at),
    until: shown(hoursAfter(maxInstant(between, ctx.now), hours)),
  })
}

/** From its handing; of one not yet changed, from now: it counts on. */
const maxInstant = ({ at, isUnchanged }: Handing, now: Instant): Instant => (isUnchanged ? now : at)

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

/** Does this person approve others' work, manage people or open what is protected? */
export async function decidesForOthers(ctx: Ctx, personId: PersonId): Promise<boolean> {
  return decidesAtAll(await people.listPermissions(ctx.tx, personId))
}

export async function describeMe(ctx: Ctx, personId: PersonId): Promise<Output<typeof staff.getMe>> {
  const person = (await people.findPerson(ctx.tx, personId))!
  const { login, name, level, levelName, roles, secondFactor } = person
  const mustChangePassword = person.firstPasswordUntil !== null
  const permissions = mustChangePassword ? [] : await people.listPermissions(ctx.tx, personId)
  const who = { personId, login, name, level, levelName, roles, permissions, secondFactor }
  return { ...who, mustChangePassword, lastReset: await findLastReset(ctx, personId) }
}

async function findLastReset(ctx: Ctx, personId: PersonId): Promise<Output<typeof staff.getMe>['lastReset']> {
  const last = await given.findLast(ctx.tx, personId)
  if (!last) return null
  const hours = await hoursOf(ctx, 'approval-after-reset')
  if (!keepsApart(last, hours, ctx.now)) return null
  return { by: last.giver, at: last.at, until: hoursAfter(maxInstant(last, ctx.now), hours) }
}

export const getMe = (ctx: Ctx): Promise<Output<typeof staff.getMe>> => describeMe(ctx, ctx.actor.personId)

export function rowOf(person: people.Person): Output<typeof staff.listPeople>[number] {
  const { personId, login, name, level, roles, secondFactor, disabledAt, disabledReason } = person
  const { firstPasswordUntil, waits } = person
  return {
    personId,
    login,
    name,
    level,
    roles,
    secondFactor: secondFactor === 'on',
    disabledAt,
    disabledReason,
    firstPasswordUntil,
    waits,
  }
}

export async function listProposals(ctx: Ctx): Promise<Output<typeof staff.listProposals>> {
  const open = await proposals.listOpen(ctx.tx)
  return Promise.all(open.map(one => shownProposal(ctx, one)))
}

async function shownProposal(
  ctx: Ctx,
  one: proposals.Proposal,
): Promise<Output<typeof staff.listProposals>[number]> {
  const before = { level: one.personLevel, roles: one.personRoles }
  return {
    proposalId: one.proposalId,
    person: { personId: one.personId, name: one.personName },
    what: one.what,
    before,
    after: one.what === 'rights' ? { level: one.level, roles: one.roles } : before,
    reason: one.reason,
    proposedAt: one.proposedAt,
    proposedBy: { personId: one.proposedById, name: one.proposedBy },
    mayNot: await whyNotConfirm(ctx, one),
  }
}

/** The sentence with which the confirming would be refused. */
async function whyNotConfirm(ctx: Ctx, one: proposals.Proposal): Promise<string | null> {
  const { personId } = ctx.actor
  if (one.proposedById === personId) return refuse(errors, 'staff.second-person').message
  if (one.personId === personId) return refuse(errors, 'staff.not-yourself').message
  try {
    await refuseAfterReset(ctx, one.proposedById)
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
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
