/** Tells metering what water costs at each place by its last bill, so that a doubtful read can be ranked in dollars. */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { DomainError } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { notePrices, type PlacePrice } from '../../metering/index.ts'
import { getDistrict } from '../../policy/index.ts'
import { stepsOfBill } from '../domain/price-steps.ts'
import { mainSegment } from '../domain/what-if.ts'
import { loadLibrary } from '../queries/loaded.ts'
import * as store from '../store.ts'

const gallonsOfUnit = { ccf: 748, kgal: 1000, kl: 264.172 } as const

/** A few accounts with bills since a day, after the last one of the call before; null when none are left. */
export async function noteSomePrices(
  ctx: Ctx,
  since: LocalDate,
  after: AccountId | null,
): Promise<AccountId | null> {
  const accounts = await store.listAccountsBilled(ctx.tx, { since, after, limit: 25 })
  if (accounts.length === 0) return null
  const { billUnit } = await getDistrict(ctx)
  const prices: PlacePrice[] = []
  for (const accountId of accounts) {
    const price = await priceOf(ctx, accountId, gallonsOfUnit[billUnit])
    if (price) prices.push(price)
  }
  await notePrices(ctx, prices)
  return accounts.at(-1)!
}

async function priceOf(ctx: Ctx, accountId: AccountId, unitGallons: number): Promise<PlacePrice | null> {
  const [bill] = await store.listBills(ctx.tx, accountId, { limit: 1 })
  const main = bill ? mainSegment(bill) : null
  if (!bill || !main) return null
  const { versionsOf } = await loadLibrary(ctx, [bill])
  try {
    const steps = stepsOfBill(bill, versionsOf, unitGallons)
    const days = Math.max(1, daysBetween(bill.fromOn, bill.toOn))
    return (
      steps && {
        servicePointId: main.servicePointId as PlacePrice['servicePointId'],
        asOf: bill.toOn,
        ...steps,
        days,
      }
    )
  } catch (error) {
    if (error instanceof DomainError) return null // a tariff that cannot be rated has no price; its bill says why
    throw error
  }
}
