/** What a difference of use is worth on the bill: rounded once, in cents. */
import type { Cents } from '@curbstop/kernel/money'
import type { PriceOfUse } from './profile.ts'

/** The whole bill where it can be rated (tiers make it curved), else the marginal price. Never negative. */
export function centsBetween(a: number, b: number, { billOf, centsPerKgal }: PriceOfUse): Cents {
  if (billOf) {
    const cents = billOf(Math.max(0, a)) - billOf(Math.max(0, b))
    return cents < 0n ? -cents : cents
  }
  return BigInt(Math.round((Math.abs(Math.max(0, a) - Math.max(0, b)) * centsPerKgal) / 1000))
}

export const centsOf = (gallons: number, price: PriceOfUse): Cents => centsBetween(gallons, 0, price)
