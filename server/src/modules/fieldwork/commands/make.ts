/** Makes a service order: where, what, how urgent, when it is due. */
import { addDays, formatDay, type LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type {
  AccountId,
  ContactId,
  InvestigationId,
  OrderId,
  PersonId,
  PremiseId,
  ServicePointId,
} from '@curbstop/kernel/ids'
import { type Ctx, may, systemActor } from '../../../platform/context.ts'
import {
  findAccount,
  listAccountServices,
  listProtectedAccounts,
  refuseFindableOn,
  refuseOwnAccount,
  refuseOwnPlace,
} from '../../accounts/index.ts'
import { noteStep } from '../../contacts/index.ts'
import { getCalendar, getRuleBook, numberOf, type RuleBook, ruleOf } from '../../policy/index.ts'
import { getPremiseCard, type PremiseCard } from '../../premises/index.ts'
import type { fieldwork } from '../contract.ts'
import { calculateDue, type DueRule } from '../domain/due.ts'
import { errors } from '../domain/errors.ts'
import type { OrderKind } from '../domain/results.ts'
import { type OrderLine, showOrders } from '../queries.ts'
import * as store from '../store.ts'

export type OrderToMake = {
  readonly kind: OrderKind
  readonly premiseId?: PremiseId | undefined
  readonly servicePointId?: ServicePointId | undefined
  readonly accountId?: AccountId | undefined
  readonly priority?: number | undefined
  readonly instructions?: string | undefined
  readonly wantedOn?: LocalDate | undefined
  readonly wantedFrom?: string | undefined
  readonly wantedTo?: string | undefined
  readonly contactId?: ContactId | undefined
  readonly investigationId?: InvestigationId | undefined
  readonly parentOrderId?: OrderId | undefined
  /** What makes it by itself: the same cause makes one order, however often it is told. */
  readonly askedBy?: string | undefined
  /** For whom a job acts; the actor unless told. */
  readonly createdById?: PersonId | undefined
}

/**
 * For other departments too (an investigation orders a leak check). Null when `askedBy` has its order already.
 * Throws premises.unknown, accounts.missing, contacts.unknown and the fieldwork errors of the contract.
 */
export async function makeOrder(ctx: Ctx, wish: OrderToMake): Promise<OrderLine | null> {
  const premise = await settlePlace(ctx, wish)
  await refuseOwnWork(ctx, premise, wish.accountId)
  const book = await getRuleBook(ctx)
  checkWanted(ctx, wish, numberOf(book, 'SO-038'))
  await checkParent(ctx, wish, premise.premiseId)
  const kind = (await store.listKinds(ctx.tx)).find(row => row.kind === wish.kind)!
  const priority = wish.priority ?? kind.defaultPriority
  const orderId = await store.insertOrder(ctx.tx, {
    kind: wish.kind,
    accountId: wish.accountId ?? null,
    premiseId: premise.premiseId,
    servicePointId: pointOf(premise, wish),
    priority,
    instructions: wish.instructions ?? '',
    wantedOn: wish.wantedOn ?? null,
    wantedFrom: wish.wantedFrom ?? null,
    wantedTo: wish.wantedTo ?? null,
    dueAt: await dueAt(ctx, book, { ...wish, priority }),
    contactId: wish.contactId ?? null,
    investigationId: wish.investigationId ?? null,
    parentOrderId: wish.parentOrderId ?? null,
    askedBy: wish.askedBy ?? null,
    createdById: wish.createdById ?? ctx.actor.personId,
    at: ctx.now,
  })
  if (orderId === null) return null
  await announce(ctx, { orderId, name: kind.name, priority, wish })
  const row = await store.findOrder(ctx.tx, orderId)
  return (await showOrders(ctx, [row!], wish.premiseId ? 'place' : 'account'))[0]!
}

/** Nobody sends the truck to their own or a relative's home (AUTH-023), with the account named or not. */
async function refuseOwnWork(ctx: Ctx, premise: PremiseCard, accountId?: AccountId): Promise<void> {
  if (accountId) await refuseOwnAccount(ctx, accountId)
  const points = premise.servicePoints.map(point => point.servicePointId)
  await refuseOwnPlace(ctx, points)
}

export async function makeOrderAtDesk(
  ctx: Ctx,
  input: Input<typeof fieldwork.makeOrder>,
): Promise<Output<typeof fieldwork.makeOrder>> {
  await refuseFindableOn(ctx, input.accountId, { instructions: input.instructions })
  return { order: (await makeOrder(ctx, input))! }
}

type Made = { orderId: OrderId; name: string; priority: number; wish: OrderToMake }

async function announce(ctx: Ctx, { orderId, name, priority, wish }: Made): Promise<void> {
  const { accountId, contactId } = wish
  const personId = wish.createdById ?? ctx.actor.personId
  await store.insertEvent(ctx.tx, { orderId, from: null, to: 'ready', note: null, personId, at: ctx.now })
  if (contactId)
    await noteStep(ctx, contactId, {
      kind: 'order-made',
      facts: {
        orderId: orderId.toString(),
        what: name,
        ...(wish.wantedOn && { wantedOn: wish.wantedOn }),
      },
    })
  ctx.audit({
    subject: `order:${orderId}`,
    account: accountId ?? null,
    after: { kind: wish.kind, priority, state: 'ready' },
  })
  ctx.tell({ name: 'fieldwork.order-made', account: accountId ?? null, subject: { orderId } })
}

/** The address named, or the only one at which the account is served. */
async function settlePlace(ctx: Ctx, wish: OrderToMake): Promise<PremiseCard> {
  const { accountId } = wish
  if (!accountId) {
    if (!wish.premiseId) throw refuse(errors, 'fieldwork.no-place', {}, 'premiseId')
    return getPremiseCard(ctx, wish.premiseId)
  }
  const account = await findAccount(ctx, accountId)
  const services = account ? await listAccountServices(ctx, accountId) : []
  if (!account) throw refuse(errors, 'fieldwork.foreign-account', {}, 'accountId')
  await refuseGuessedPlace(ctx, wish, accountId)
  const isActive = account.closedOn === null || account.closedOn > ctx.today
  if (wish.kind === 'TON' && !isActive) throw refuse(errors, 'fieldwork.account-not-active', {}, 'accountId')
  if (wish.premiseId) {
    const premise = await getPremiseCard(ctx, wish.premiseId)
    if (!services.some(service => service.premiseId === wish.premiseId))
      throw refuse(errors, 'fieldwork.foreign-account', {}, 'accountId')
    return premise
  }
  const now = services.filter(service => service.toOn === null || service.toOn > ctx.today)
  const places = new Set((now.length > 0 ? now : services).map(service => service.premiseId))
  if (places.size !== 1) throw refuse(errors, 'fieldwork.no-place', {}, 'premiseId')
  return getPremiseCard(ctx, [...places][0]!)
}

/**
 * A place named beside a protected account is answered alike whether it is the right one or not: yes and no would
 * tell the address (PRV-019). The order finds its own way there.
 */
async function refuseGuessedPlace(ctx: Ctx, wish: OrderToMake, accountId: AccountId): Promise<void> {
  if (!wish.premiseId && !wish.servicePointId && !wish.parentOrderId) return
  if (ctx.actor.personId === systemActor.personId || may(ctx, 'customers.see-protected')) return
  if ((await listProtectedAccounts(ctx, [accountId])).has(accountId))
    throw refuse(errors, 'fieldwork.foreign-account', {}, 'accountId')
}

/** The point named, or the only one with a meter. */
function pointOf(premise: PremiseCard, { servicePointId }: OrderToMake): ServicePointId | null {
  if (servicePointId) {
    if (!premise.servicePoints.some(point => point.servicePointId === servicePointId))
      throw refuse(errors, 'fieldwork.foreign-point', {}, 'servicePointId')
    return servicePointId
  }
  const metered = premise.servicePoints.filter(point => point.service !== 'sewer')
  return metered.length === 1 ? metered[0]!.servicePointId : null
}

function checkWanted(ctx: Ctx, wish: OrderToMake, daysAhead: number): void {
  const { wantedOn, wantedFrom, wantedTo } = wish
  const latest = addDays(ctx.today, daysAhead)
  if (wantedOn && (wantedOn < ctx.today || wantedOn > latest))
    throw refuse(
      errors,
      'fieldwork.wanted-date',
      { earliest: formatDay(ctx.today, ctx.today), latest: formatDay(latest, ctx.today) },
      'wantedOn',
    )
  const backwards = wantedFrom && wantedTo && wantedFrom >= wantedTo
  if (backwards || ((wantedFrom || wantedTo) && !wantedOn))
    throw refuse(errors, 'fieldwork.wanted-window', {}, 'wantedFrom')
}

async function checkParent(ctx: Ctx, { parentOrderId }: OrderToMake, premiseId: PremiseId): Promise<void> {
  if (!parentOrderId) return
  const parent = await store.findOrder(ctx.tx, parentOrderId)
  if (parent?.premiseId !== premiseId) throw refuse(errors, 'fieldwork.foreign-parent', {}, 'parentOrderId')
}

async function dueAt(ctx: Ctx, book: RuleBook, wish: OrderToMake & { priority: number }) {
  const rule = {
    ...(ruleOf(book, 'SO-028').value as object),
    cutOff: ruleOf(book, 'SO-029').value,
  } as DueRule
  return calculateDue(
    {
      priority: wish.priority,
      now: ctx.now,
      today: ctx.today,
      timeZone: ctx.timeZone,
      wantedOn: wish.wantedOn ?? null,
      wantedTo: wish.wantedTo ?? null,
    },
    rule,
    await getCalendar(ctx, ctx.today, 200),
  )
}
