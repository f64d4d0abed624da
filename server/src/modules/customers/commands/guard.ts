/** Who may speak for a customer, what proves a caller, and the protection of those who must not be found. */
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { asId } from '@curbstop/kernel/ids'
import { keyedDigest } from '../../../platform/auth/digest.ts'
import type { Ctx } from '../../../platform/context.ts'
import { getRuleBook, numberOf } from '../../policy/index.ts'
import { refuseAfterReset, refuseOwn } from '../../staff/index.ts'
import type { customers } from '../contract.ts'
import {
  authorizationState,
  checkAuthorizationDates,
  checkName,
  checkPhone,
  decideProtection as decide,
  proposerOf,
  stageOf,
} from '../domain/card.ts'
import { errors } from '../domain/errors.ts'
import { checkSecret } from '../domain/secrets.ts'
import {
  type CustomerCard,
  cardOf,
  getCustomerCard,
  maySeeProtected,
  minutesAgo,
  readCard,
} from '../queries.ts'
import * as cards from '../store/cards.ts'
import * as store from '../store/changes.ts'
import * as guards from '../store/guards.ts'
import { by, lockCustomer, lockOpenCard, stepVersion } from './change.ts'

export async function addAuthorized(
  ctx: Ctx,
  input: Input<typeof customers.addAuthorized>,
): Promise<CustomerCard> {
  const row = await lockOpenCard(ctx, input.customerId)
  const name = checkName(input.name, 'name')
  const validFrom = input.validFrom ?? ctx.today
  const validTo = input.validTo ?? null
  checkAuthorizationDates(validFrom, validTo, ctx.today)
  const isThere = row.authorized.some(
    one =>
      one.name.toLowerCase() === name.toLowerCase() &&
      ['in-force', 'not-yet'].includes(authorizationState(one, ctx.today)),
  )
  if (isThere) throw refuse(errors, 'customers.authorized-twice', { name }, 'name')
  const one = {
    customerId: input.customerId,
    name,
    relation: input.relation,
    e164: input.phone ? checkPhone(input.phone, 'phone').e164 : null,
    scopes: [...new Set(input.scopes)],
    proof: input.proof,
    validFrom,
    validTo,
  }
  await stepVersion(ctx, row, { version: input.version, what: 'authorised contacts' })
  const authorizedId = await store.insertAuthorized(ctx.tx, one)
  const { customerId: _, e164: __, ...kept } = one
  ctx.audit({
    subject: `customer:${input.customerId}`,
    reason: input.proof,
    after: row.protection ? { authorized: 'protected' } : { authorizedId, ...kept },
  })
  ctx.tell({ name: 'customers.contact-authorized', subject: by(ctx, input.customerId) })
  return getCustomerCard(ctx, input.customerId)
}

export async function revokeAuthorized(
  ctx: Ctx,
  input: Input<typeof customers.revokeAuthorized>,
): Promise<CustomerCard> {
  const row = await lockOpenCard(ctx, input.customerId)
  const one = row.authorized.find(each => each.authorizedId === input.authorizedId.toString())
  if (!one) throw refuse(errors, 'customers.authorized-unknown')
  if (one.isRevoked) throw refuse(errors, 'customers.authorized-over')
  await stepVersion(ctx, row, { version: row.version, what: 'authorised contacts' })
  await store.updateAuthorizedRevoked(ctx.tx, { ...input, personId: ctx.actor.personId })
  ctx.audit({
    subject: `customer:${input.customerId}`,
    reason: input.reason,
    before: { authorizedId: input.authorizedId, scopes: one.scopes },
    after: { revoked: true },
  })
  ctx.tell({ name: 'customers.authorization-revoked', subject: by(ctx, input.customerId) })
  return getCustomerCard(ctx, input.customerId)
}

/** Two customers with the same PIN have different digests. */
export function digestSecret(ctx: Pick<Ctx, 'keys'>, kind: string, customerId: bigint, text: string): Buffer {
  return keyedDigest(ctx.keys.secrets, 'customers.secret', kind, customerId.toString(), text)
}

export async function setSecret(ctx: Ctx, input: Input<typeof customers.setSecret>): Promise<CustomerCard> {
  const row = await lockOpenCard(ctx, input.customerId)
  const digest = digestSecret(ctx, input.kind, input.customerId, checkSecret(input.kind, input.text))
  await store.insertSecret(ctx.tx, { ...input, digest, personId: ctx.actor.personId })
  ctx.audit({
    subject: `customer:${input.customerId}`,
    reason: input.reason,
    before: { [input.kind]: row.secrets.includes(input.kind) ? 'set' : 'none' },
    after: { [input.kind]: 'set anew' },
  })
  ctx.tell({ name: 'customers.secret-set', subject: by(ctx, input.customerId) })
  return getCustomerCard(ctx, input.customerId)
}

/** Hides at once: a mistake shows too little for an hour, the other way round it shows too much for ever. */
export async function placeProtection(
  ctx: Ctx,
  input: Input<typeof customers.placeProtection>,
): Promise<CustomerCard> {
  const substituteAddress = input.substituteAddress ?? null
  if (input.kind === 'safe-at-home' && !substituteAddress)
    throw refuse(errors, 'customers.substitute-missing', {}, 'substituteAddress')
  await lockCustomer(ctx, input.customerId)
  await guards.insertProtection(ctx.tx, { ...input, substituteAddress, personId: ctx.actor.personId })
  ctx.audit({
    subject: `customer:${input.customerId}`,
    reason: input.reason,
    after: { protection: 'awaiting approval' },
  })
  ctx.tell({ name: 'customers.protection-placed', subject: by(ctx, input.customerId) })
  return getCustomerCard(ctx, input.customerId)
}

async function lockProtected(ctx: Ctx, customerId: cards.NameRow['customerId']) {
  await lockCustomer(ctx, customerId)
  const { row } = await readCard(ctx, customerId)
  if (!row.protection) throw refuse(errors, 'customers.not-protected')
  const { protection } = row
  return {
    ...protection,
    placedById: BigInt(protection.placedById),
    liftAskedById: protection.liftAskedById === null ? null : BigInt(protection.liftAskedById),
  }
}

export async function askToLift(ctx: Ctx, input: Input<typeof customers.askToLift>): Promise<CustomerCard> {
  const protection = await lockProtected(ctx, input.customerId)
  if (stageOf(protection) !== 'in-force') throw refuse(errors, 'customers.lift-asked')
  await guards.updateLiftAsked(ctx.tx, input.customerId, {
    personId: ctx.actor.personId,
    reason: input.reason,
  })
  ctx.audit({
    subject: `customer:${input.customerId}`,
    reason: input.reason,
    before: { protection: 'in force' },
    after: { protection: 'lifting proposed' },
  })
  ctx.tell({ name: 'customers.protection-lift-asked', subject: by(ctx, input.customerId) })
  return getCustomerCard(ctx, input.customerId)
}

export async function decideProtection(
  ctx: Ctx,
  input: Input<typeof customers.decideProtection>,
): Promise<CustomerCard> {
  const { customerId, approve, reason } = input
  const { personId } = ctx.actor
  const protection = await lockProtected(ctx, customerId)
  const decision = decide(protection, { approve, personId })
  await refuseAfterReset(ctx, asId(proposerOf(protection)))
  if (decision === 'approved') await guards.updateApproved(ctx.tx, customerId, personId)
  else if (decision === 'kept') await guards.updateLiftAsked(ctx.tx, customerId, null)
  else await guards.updateLifted(ctx.tx, customerId, { personId, reason })
  ctx.audit({
    subject: `customer:${customerId}`,
    reason,
    before: { protection: stageOf(protection) },
    after: { protection: decision },
  })
  ctx.tell({ name: 'customers.protection-decided', subject: { customer: customerId, decision } })
  return getCustomerCard(ctx, customerId)
}

/** Opens the card for a while. The look is kept before anything is shown (PRV-019, PRV-041, PRV-042). */
export async function reveal(ctx: Ctx, input: Input<typeof customers.reveal>): Promise<CustomerCard> {
  const { row } = await readCard(ctx, input.customerId)
  await refuseOwn(ctx, [input.customerId])
  if (!row.protection) throw refuse(errors, 'customers.not-protected')
  const { personId } = ctx.actor
  const count = await cards.countOpened(ctx.tx, personId, minutesAgo(ctx, 60))
  if (count >= numberOf(await getRuleBook(ctx), 'PRV-041'))
    throw refuse(errors, 'customers.too-many-reveals', { count })
  await guards.insertAccess(ctx.tx, { ...input, personId, what: 'card', at: ctx.now })
  ctx.audit({ subject: `customer:${input.customerId}`, reason: input.reason, after: { opened: 'card' } })
  ctx.tell({ name: 'customers.protected-opened', subject: { customer: input.customerId } })
  return cardOf(ctx, row, maySeeProtected(ctx) ? 'open' : 'hidden')
}
