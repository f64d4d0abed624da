import type { Input, Output } from '@curbstop/kernel/endpoint'
import { DomainError } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import type { billing } from '../contract/index.ts'
import { mainSegment, rateVariation, totalOf, variationOf } from '../domain/what-if.ts'
import { trimmed } from '../domain/words.ts'
import * as store from '../store.ts'
import { loadLibrary } from './loaded.ts'

/**
 * What each of these amounts of water (billing units) cost on the account's latest bill: the bill less the same bill
 * without them, at its own tiers. Null where there is no bill or it cannot be rated.
 */
export async function priceUnits(
  ctx: Ctx,
  accountId: AccountId,
  units: readonly number[],
): Promise<(bigint | null)[]> {
  const [bill] = await store.listBills(ctx.tx, accountId, { limit: 1 })
  const main = bill ? mainSegment(bill) : null
  if (!bill || !main) return units.map(() => null)
  const { versionsOf } = await loadLibrary(ctx, [bill])
  const used = Number(main.usageUnits)
  const totalAt = (usageUnits: string) =>
    totalOf(rateVariation(bill, variationOf(bill, { name: 'price', usageUnits }, 1), versionsOf))
  try {
    const actual = totalAt(trimmed(used))
    return units.map(less => actual - totalAt(trimmed(Math.max(0, used - less))))
  } catch (error) {
    if (error instanceof DomainError) return units.map(() => null)
    throw error
  }
}

/** The latest bill at another use: what a read far from the usual would come to. */
export async function priceOfUse(
  ctx: Ctx,
  { accountId, units }: Input<typeof billing.priceOfUse>,
): Promise<Output<typeof billing.priceOfUse>> {
  const [bill] = await store.listBills(ctx.tx, accountId, { limit: 1 })
  if (!bill || !mainSegment(bill)) return { totalCents: null }
  const { versionsOf } = await loadLibrary(ctx, [bill])
  try {
    const variation = variationOf(bill, { name: 'price', usageUnits: units }, 1)
    return { totalCents: totalOf(rateVariation(bill, variation, versionsOf)) }
  } catch (error) {
    if (error instanceof DomainError) return { totalCents: null }
    throw error
  }
}
