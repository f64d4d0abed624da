/** What a gallon more or less costs at a place, told by billing: the dollars at stake in a doubtful read. */
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import type { PriceSteps } from '../domain/loading/price.ts'
import { countPrices, writePrices } from '../store/prices.ts'

export type PlacePrice = PriceSteps & { readonly servicePointId: ServicePointId }

/** The steps of the last bill of each place; they replace what was told before. */
export async function notePrices(ctx: Ctx, prices: readonly PlacePrice[]): Promise<void> {
  if (prices.length > 0) await writePrices(ctx.tx, prices, ctx.today)
}

export const hasPrices = async (ctx: Ctx): Promise<boolean> => (await countPrices(ctx.tx)) > 0
