/** Whose account stands behind a service point: for news of the place, and so that nobody works on their own. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, ServicePointId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../../platform/context.ts'
import { refuseFindable } from '../../premises/index.ts'
import { refuseOwn } from '../../staff/index.ts'
import * as cards from '../store/cards.ts'
import {
  type HiddenStay,
  listOccupants,
  listProtectedStays,
  listServedSince,
  type OccupantRow,
} from '../store/occupancy.ts'

/** Accounts served at these points from a day on, today unless told; a read of the past touches everybody since. */
export async function listAccountsAt(
  ctx: Ctx,
  servicePointIds: readonly ServicePointId[],
  from: LocalDate = ctx.today,
): Promise<AccountId[]> {
  if (servicePointIds.length === 0) return []
  return (await listServedSince(ctx.tx, servicePointIds, from)).map(row => row.accountId)
}

/** Throws staff.own-account when it is the actor's or a relative's (AUTH-023). An account nobody has is nobody's. */
export async function refuseOwnAccount(ctx: Ctx, accountId: AccountId): Promise<void> {
  const account = await cards.findAccount(ctx.tx, accountId)
  await refuseOwn(ctx, [account?.customerId ?? null])
}

/** What is typed about a protected customer's account holds nothing that finds them (PRV-019). */
export async function refuseFindableOn(
  ctx: Ctx,
  accountId: AccountId | null | undefined,
  texts: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  if (!accountId) return
  const account = await cards.findAccount(ctx.tx, accountId)
  await refuseFindable(ctx, [account?.customerId ?? null], texts)
}

/** The same for everybody served at these points from a day on. */
export async function refuseOwnPlace(
  ctx: Ctx,
  servicePointIds: readonly ServicePointId[],
  from: LocalDate = ctx.today,
): Promise<void> {
  const served = await listServedSince(ctx.tx, servicePointIds, from)
  await refuseOwn(
    ctx,
    served.map(row => row.customerId),
  )
}

/**
 * When a protected customer was or is served at these points, for whoever must not learn who lives where (PRV-019);
 * none for those who may see the customer, and for those who must go to the place: they see it, and no account.
 */
export async function listHiddenStays(ctx: Ctx, points: readonly ServicePointId[]): Promise<HiddenStay[]> {
  const isFree = ['customers.see-protected', 'fieldwork.assign', 'fieldwork.complete'].some(one =>
    may(ctx, one),
  )
  return isFree || points.length === 0 ? [] : listProtectedStays(ctx.tx, points)
}

/** Who was and is served at many places, the latest first, as day numbers: for a batch of reads. */
export async function listOccupantsAt(ctx: Ctx, points: readonly ServicePointId[]): Promise<OccupantRow[]> {
  return points.length === 0 ? [] : listOccupants(ctx.tx, points)
}
