/** What a gallon more or less costs at a place, told by billing: the dollars at stake in a doubtful read. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import type { PriceSteps } from '../domain/loading/price.ts'
import { mostPlacesHavePrices, writePrices } from '../store/prices.ts'

export type PlacePrice = PriceSteps & {
  readonly servicePointId: ServicePointId
  /** The last day of the bill it comes from. */
  readonly asOf: LocalDate
}

/** The steps of the last bill of each place; they replace what was told before. */
export async function notePrices(ctx: Ctx, prices: readonly PlacePrice[]): Promise<void> {
  // Two customers of one place, who followed one another, may come together: the later bill counts.
  const latest = new Map<ServicePointId, PlacePrice>()
  for (const price of prices)
    if ((latest.get(price.servicePointId)?.asOf ?? '') <= price.asOf) latest.set(price.servicePointId, price)
  if (latest.size > 0) await writePrices(ctx.tx, [...latest.values()])
}

export const hasPrices = (ctx: Ctx): Promise<boolean> => mostPlacesHavePrices(ctx.tx)
