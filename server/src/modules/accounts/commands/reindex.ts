/** The search index of one account, rebuilt from the records. */
import type { AccountId, CustomerId, PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { getPremiseCard } from '../../premises/index.ts'
import { searchRows } from '../domain/search-rows.ts'
import { listAccountsAt } from '../queries/served.ts'
import { listAccountsOfCustomer } from '../store/cards.ts'
import * as store from '../store/search-index.ts'

/**
 * Makes the account findable by what the records say now. Meter terms stay as metering told them; `serials` replaces
 * them. Does nothing for an account that does not exist.
 */
export async function reindexAccount(
  ctx: Ctx,
  accountId: AccountId,
  serials?: readonly string[],
): Promise<void> {
  const facts = await store.findIndexFacts(ctx.tx, accountId, ctx.today)
  if (!facts) return
  const { meterTerms, isProtected, isClosed, ...rest } = facts
  const rows = searchRows({ ...rest, meterSerials: serials ?? meterTerms })
  await store.replaceIndex(ctx.tx, accountId, rows, { isProtected, isClosed })
}

export async function reindexCustomer(ctx: Ctx, customerId: CustomerId): Promise<void> {
  for (const account of await listAccountsOfCustomer(ctx.tx, customerId)) {
    await reindexAccount(ctx, account.accountId)
  }
}

export async function reindexPremise(ctx: Ctx, premiseId: PremiseId): Promise<void> {
  for (const accountId of await store.listAccountIdsAtPremise(ctx.tx, premiseId)) {
    await reindexAccount(ctx, accountId)
  }
}

/** Premises know nobody who lives there; their news goes on from here, to each account served at the address. */
export async function tellServed(ctx: Ctx, premiseId: PremiseId): Promise<void> {
  const { servicePoints } = await getPremiseCard(ctx, premiseId)
  const points = servicePoints.map(point => point.servicePointId)
  for (const account of await listAccountsAt(ctx, points))
    ctx.tell({ name: 'accounts.place-changed', account, subject: { premise: premiseId } })
}

/**
 * For metering: these meters are now at the service points of this address, old serials included when they should
 * still be found. Whoever is served there is found by them.
 */
export async function noteMeters(
  ctx: Ctx,
  points: readonly ServicePointId[],
  serials: readonly string[],
): Promise<void> {
  for (const accountId of await store.listAccountsAt(ctx.tx, points)) {
    await reindexAccount(ctx, accountId, serials)
  }
}
