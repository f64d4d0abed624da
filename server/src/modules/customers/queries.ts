import type { Instant } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { asId, type CustomerId } from '@curbstop/kernel/ids'
import type { z } from 'zod'
import { type Ctx, may, once } from '../../platform/context.ts'
import { getRuleBook, numberOf } from '../policy/index.ts'
import type { customerCard, customers } from './contract.ts'
import { authorizationState, decideVisibility, maskedName, nameFor, stageOf } from './domain/card.ts'
import { errors } from './domain/errors.ts'
import { formatPhone, parsePhone } from './domain/phones.ts'
import type { Decision } from './domain/verification.ts'
import { allowances, type Visibility } from './domain/words.ts'
import * as store from './store/cards.ts'
import * as guards from './store/guards.ts'

export type CustomerCard = z.output<typeof customerCard>

export const maySeeProtected = (ctx: Pick<Ctx, 'actor'>): boolean => may(ctx, 'customers.see-protected')

export function minutesAgo(ctx: Ctx, minutes: number): Instant {
  return new Date(Date.parse(ctx.now) - minutes * 60_000).toISOString() as Instant
}

/** The card as the asking person may see it. Throws `customers.unknown`. */
export async function getCustomerCard(ctx: Ctx, customerId: CustomerId): Promise<CustomerCard> {
  const { row, visibility } = await readCard(ctx, customerId)
  return cardOf(ctx, row, visibility)
}

/**
 * A protected name on a screen leaves a line: who, when and where it was shown (PRV-019). Looked at again within the
 * minutes a card stays open, it is the same look.
 */
export async function noteShown(ctx: Ctx, customerIds: readonly CustomerId[], where: string): Promise<void> {
  if (customerIds.length === 0 || !maySeeProtected(ctx)) return
  const since = minutesAgo(ctx, numberOf(await getRuleBook(ctx), 'PRV-042'))
  const look = { personId: ctx.actor.personId, what: 'name', since }
  const unnoted = await guards.listUnnoted(ctx.tx, { ...look, customerIds: [...new Set(customerIds)] })
  if (unnoted.length === 0) return
  ctx.look(async kept => {
    for (const customerId of await guards.listUnnoted(kept.tx, { ...look, customerIds: unnoted }))
      await guards.insertAccess(kept.tx, { ...look, customerId, reason: where, at: kept.now })
  })
}

/** The row and how much of it the asking person may see; commands use both. */
export async function readCard(
  ctx: Ctx,
  customerId: CustomerId,
): Promise<{ row: store.CardRow; visibility: Visibility }> {
  const row = await store.findCard(ctx.tx, customerId)
  if (!row) throw refuse(errors, 'customers.unknown')
  const visibility = await visibilityOf(ctx, row)
  if (visibility === 'sealed') await noteShown(ctx, [customerId], 'The name was shown on a page.')
  return { row, visibility }
}

async function visibilityOf(ctx: Ctx, row: store.CardRow): Promise<Visibility> {
  if (!row.protection) return 'open'
  const sees = maySeeProtected(ctx)
  return decideVisibility({
    isProtected: true,
    maySeeProtected: sees,
    hasOpened: sees && (await hasOpened(ctx, row.customerId)),
  })
}

async function hasOpened(ctx: Ctx, customerId: CustomerId): Promise<boolean> {
  const minutes = numberOf(await getRuleBook(ctx), 'PRV-042')
  return store.hasOpened(ctx.tx, {
    customerId,
    personId: ctx.actor.personId,
    since: minutesAgo(ctx, minutes),
  })
}

export function cardOf(ctx: Ctx, row: store.CardRow, visibility: Visibility): CustomerCard {
  const isOpen = visibility === 'open'
  const isHidden = visibility === 'hidden'
  return {
    customerId: row.customerId,
    visibility,
    kind: row.kind,
    name: isHidden ? maskedName : row.name,
    givenName: isHidden ? null : row.givenName,
    familyName: isHidden ? null : row.familyName,
    language: row.language,
    since: isHidden ? null : row.since,
    version: row.version,
    protection: protectionOf(row, visibility),
    phones: isOpen
      ? row.phones.map(one => ({
          ...one,
          phoneId: asId(one.phoneId),
          shown: formatPhone(one.e164, one.extension),
        }))
      : [],
    emails: isOpen ? row.emails.map(one => ({ ...one, emailId: asId(one.emailId) })) : [],
    mailing: isOpen && row.mailing ? mailingOf(row.mailing) : null,
    authorized: isOpen ? row.authorized.map(one => authorizedOf(ctx, one)) : [],
    formerNames: isOpen ? row.formerNames : [],
    secrets: row.secrets,
  }
}

function mailingOf({ addressId: _, ...mailing }: NonNullable<store.CardRow['mailing']>) {
  return mailing
}

function authorizedOf(
  ctx: Ctx,
  one: store.CardRow['authorized'][number],
): CustomerCard['authorized'][number] {
  const { e164, isRevoked: _, authorizedId, ...rest } = one
  return {
    ...rest,
    authorizedId: asId(authorizedId),
    phone: e164 && formatPhone(e164),
    state: authorizationState(one, ctx.today),
  }
}

function protectionOf({ protection }: store.CardRow, visibility: Visibility): CustomerCard['protection'] {
  if (!protection) return null
  const isHidden = visibility === 'hidden'
  return {
    kind: isHidden ? 'other' : protection.kind, // the kind itself tells a story
    stage: stageOf(protection),
    placedAt: protection.placedAt,
    placedBy: protection.placedBy,
    approvedBy: protection.approvedBy,
    substituteAddress: protection.substituteAddress,
    reason: isHidden ? null : protection.reason,
    liftReason: isHidden ? null : protection.liftReason,
  }
}

/** Is one of these customers protected at this moment? Shows nothing, so it leaves no line. */
export async function isProtectedNow(ctx: Ctx, customerIds: readonly CustomerId[]): Promise<boolean> {
  return (await store.listNames(ctx.tx, customerIds)).some(row => row.isProtected)
}

/** Names for lists, masked for those who may not see protected customers. Unknown ids are absent. */
export async function listCustomerNames(
  ctx: Ctx,
  customerIds: readonly CustomerId[],
): Promise<Map<CustomerId, { name: string; isProtected: boolean }>> {
  if (customerIds.length === 0) return new Map()
  const ids = [...new Set(customerIds)]
  const rows = await once(ctx, `customers.names ${ids}`, () => store.listNames(ctx.tx, ids))
  const guarded = rows.flatMap(row => (row.isProtected ? [row.customerId] : []))
  await noteShown(ctx, guarded, 'The name was shown in a list.')
  return new Map(
    rows.map(row => [
      row.customerId,
      { name: nameFor(row, maySeeProtected(ctx)), isProtected: row.isProtected },
    ]),
  )
}

/** Who a caller may be by the number they call from. Protected customers are absent for those who may not see them. */
export async function findCustomersByPhone(ctx: Ctx, phone: string): Promise<store.PhoneMatch[]> {
  const parsed = parsePhone(phone)
  if (!parsed) return []
  const rows = await store.findByPhone(ctx.tx, parsed.e164, ctx.today)
  const guarded = rows.flatMap(row => (row.isProtected ? [row.customerId] : []))
  await noteShown(ctx, guarded, 'The name was shown beside the phone of a caller.')
  return rows.filter(row => !row.isProtected || maySeeProtected(ctx))
}

export async function getCustomer(ctx: Ctx, { customerId }: Input<typeof customers.getCustomer>) {
  return getCustomerCard(ctx, customerId)
}

export async function listFormer(
  ctx: Ctx,
  { customerId }: Input<typeof customers.listFormer>,
): Promise<Output<typeof customers.listFormer>> {
  const { visibility } = await readCard(ctx, customerId)
  if (visibility !== 'open') return []
  const rows = await store.listFormer(ctx.tx, customerId)
  return rows.map(row => (row.what === 'phone' ? { ...row, text: shownPhone(row.text) } : row))
}

function shownPhone(text: string): string {
  const [e164, extension] = text.split(' x')
  return formatPhone(e164!, extension ?? null)
}

export async function listProtectionsWaiting(
  ctx: Ctx,
): Promise<Output<typeof customers.listProtectionsWaiting>> {
  const rows = await guards.listWaiting(ctx.tx)
  return rows.map(({ askedById, name, ...row }) => ({
    ...row,
    name: nameFor({ name, isProtected: true }, maySeeProtected(ctx)),
    mayDecide: askedById !== ctx.actor.personId,
  }))
}

export async function listAccess(
  ctx: Ctx,
  { customerId }: Input<typeof customers.listAccess>,
): Promise<Output<typeof customers.listAccess>> {
  await readCard(ctx, customerId)
  return guards.listAccess(ctx.tx, customerId)
}

export async function listVerifications(
  ctx: Ctx,
  { customerId }: Input<typeof customers.listVerifications>,
): Promise<Output<typeof customers.listVerifications>> {
  const { visibility } = await readCard(ctx, customerId)
  const rows = await guards.listVerifications(ctx.tx, customerId)
  return rows.map(row => ({
    verificationId: asId(row.verificationId),
    at: row.at,
    personName: row.personName,
    caller: row.caller,
    callerName: visibility === 'open' ? row.callerName : null,
    proven: row.proven,
    failed: row.failed,
    outcome: row.outcome,
  }))
}

/** What a kept attempt opened, as it was told then; null when there is none of that number. */
export async function getVerification(ctx: Ctx, verificationId: bigint): Promise<Decision | null> {
  const row = await guards.findVerification(ctx.tx, verificationId)
  if (!row) return null
  const { outcome, may, proven, failed, why, ask, askSays } = row
  return {
    outcome,
    may,
    mayNot: allowances.filter(one => !may.includes(one)),
    proven,
    failed,
    why,
    ask,
    askSays,
  }
}
