import { addDays, type Instant } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { type AccountId, asId, type OrderId } from '@curbstop/kernel/ids'
import { instantOf } from '@curbstop/kernel/wall-time'
import type { z } from 'zod'
import { type Ctx, may } from '../../platform/context.ts'
import { listProtectedAccounts } from '../accounts/index.ts'
import { mayFind } from '../premises/domain/findable.ts'
import { listPremiseCards, type PremiseCard } from '../premises/index.ts'
import type { fieldwork, orderRow } from './contract.ts'
import { errors } from './domain/errors.ts'
import { needsPsi, outcomeLabel, outcomesOf } from './domain/results.ts'
import { isOpen } from './domain/states.ts'
import * as store from './store.ts'

export type OrderLine = z.output<typeof orderRow>

const protectedText = '(protected: it names a place)'

/** Where a list is looked at from: what stays hidden of a protected customer depends on it. */
type Seen = 'account' | 'place'

/** Rows with addresses and hazards, masked for this reader (PRV-019): the account or the address, never both. */
export async function showOrders(
  ctx: Ctx,
  rows: readonly store.OrderRow[],
  seen: Seen,
): Promise<OrderLine[]> {
  const places = await listPremiseCards(ctx, [...new Set(rows.map(row => row.premiseId))])
  const byId = new Map(places.map(place => [place.premiseId, place]))
  const accountIds = rows.flatMap(row => (row.accountId ? [row.accountId] : []))
  const guarded = may(ctx, 'customers.see-protected')
    ? new Set<AccountId>()
    : await listProtectedAccounts(ctx, [...new Set(accountIds)])
  return rows.map(row => {
    const hides = row.accountId !== null && guarded.has(row.accountId)
    return lineOf(ctx, row, { place: byId.get(row.premiseId), hides: hides ? seen : null })
  })
}

/** The other face of an order leads, by its number, to the one this reader sees: such orders are left out. */
async function withoutOtherFace(
  ctx: Ctx,
  rows: readonly store.OrderRow[],
  seen: Seen,
): Promise<store.OrderRow[]> {
  if (seen === ownView(ctx) || may(ctx, 'customers.see-protected')) return [...rows]
  const guarded = await listProtectedAccounts(ctx, [
    ...new Set(rows.flatMap(row => (row.accountId ? [row.accountId] : []))),
  ])
  return rows.filter(row => row.accountId === null || !guarded.has(row.accountId))
}

function lineOf(
  ctx: Ctx,
  row: store.OrderRow,
  shown: { place: PremiseCard | undefined; hides: Seen | null },
): OrderLine {
  const { needsRead: _, createdById: __, result, ...rest } = row
  const { place, hides } = shown
  const hidesPlace = hides === 'account'
  const isStillOpen = isOpen(row.state)
  // whoever went there writes of the place; on the account's page such words stay out
  const said = (text: string): string => (hidesPlace && mayFind(text) ? protectedText : text)
  return {
    ...rest,
    instructions: said(row.instructions),
    accountId: hides === 'place' ? null : row.accountId,
    premiseId: hidesPlace ? null : row.premiseId,
    servicePointId: hidesPlace ? null : row.servicePointId,
    address: hidesPlace ? 'Protected address' : place ? `${place.line}, ${place.cityLine}` : '',
    isOpen: isStillOpen,
    isLate: isStillOpen && Date.parse(row.dueAt) < Date.parse(ctx.now),
    hazards: hidesPlace ? [] : (place?.hazards.map(({ kind, note }) => ({ kind, note })) ?? []),
    result: result && {
      ...result,
      note: said(result.note),
      completedById: asId<'person'>(result.completedById),
      says: outcomeLabel(row.kind, result.unableCode ?? result.outcome),
      readValue: result.readValue === null ? null : BigInt(result.readValue),
    },
  }
}

/** Whoever must go there or send somebody sees places; everybody else sees accounts. */
const ownView = (ctx: Ctx): Seen =>
  may(ctx, 'fieldwork.assign') || may(ctx, 'fieldwork.complete') ? 'place' : 'account'

/** Orders of an account, open ones first: for the account's page. */
export async function listAccountOrders(ctx: Ctx, accountId: AccountId): Promise<OrderLine[]> {
  const rows = await withoutOtherFace(ctx, await store.listByAccount(ctx.tx, accountId), 'account')
  return showOrders(ctx, rows, 'account')
}

/** One order as this reader may see it. Throws `fieldwork.missing`. */
export async function showOrder(ctx: Ctx, orderId: OrderId): Promise<OrderLine> {
  const row = await store.findOrder(ctx.tx, orderId)
  if (!row) throw refuse(errors, 'fieldwork.missing')
  return (await showOrders(ctx, [row], ownView(ctx)))[0]!
}

/** The order as it lies in the record, for departments that act on it (metering takes the read); null for none. */
export async function getOrderFacts(ctx: Ctx, orderId: OrderId): Promise<store.OrderRow | null> {
  return store.findOrder(ctx.tx, orderId)
}

export async function getOrder(
  ctx: Ctx,
  { orderId }: Input<typeof fieldwork.getOrder>,
): Promise<Output<typeof fieldwork.getOrder>> {
  const order = await showOrder(ctx, orderId)
  return {
    ...order,
    events: await store.listEvents(ctx.tx, orderId),
    followUps: await store.listFollowUps(ctx.tx, orderId),
  }
}

export async function listPremiseOrders(
  ctx: Ctx,
  { premiseId }: Input<typeof fieldwork.listPremiseOrders>,
): Promise<OrderLine[]> {
  const rows = await withoutOtherFace(ctx, await store.listByPremise(ctx.tx, premiseId), 'place')
  return showOrders(ctx, rows, 'place')
}

const boardMax = 200

export async function getBoard(
  ctx: Ctx,
  input: Input<typeof fieldwork.getBoard>,
): Promise<Output<typeof fieldwork.getBoard>> {
  const dueBefore: Instant | null = input.dueOn
    ? instantOf(addDays(input.dueOn, 1), '00:00', ctx.timeZone)
    : null
  const rows = await store.listBoard(
    ctx.tx,
    {
      state: input.state ?? null,
      assignedTo: input.assignedTo ?? null,
      dueBefore,
      kind: input.kind ?? null,
    },
    boardMax,
  )
  return {
    orders: await showOrders(ctx, rows.slice(0, boardMax), ownView(ctx)),
    counts: await store.countBoard(ctx.tx, ctx.now),
    more: rows.length > boardMax,
  }
}

export async function listMyOrders(ctx: Ctx): Promise<OrderLine[]> {
  return showOrders(ctx, await store.listByAssignee(ctx.tx, ctx.actor.personId), 'place')
}

export async function listOrderKinds(ctx: Ctx): Promise<Output<typeof fieldwork.listOrderKinds>> {
  const kinds = await store.listKinds(ctx.tx)
  return kinds.map(kind => ({
    ...kind,
    needsPsi: needsPsi(kind.kind),
    outcomes: outcomesOf[kind.kind].map(({ code, label }) => ({ code, label })),
  }))
}
