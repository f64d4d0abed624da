/** What a granted variance gives back on a bill that was sent: use over the budget at tier 2 (WB-030, WB-032). */
import { formatDollars } from '@curbstop/kernel/money'
import { type BillUnit, gallonsPerUnit } from '@curbstop/kernel/quantity'
import {
  type Decimal,
  type RatedLine,
  type RatedService,
  readDecimal,
  toCents,
} from '../../rates/domain/index.ts'
import { plain, priceText, unitNames, unitsText } from './words.ts'

export type Credit = { readonly units: string; readonly cents: bigint; readonly arithmetic: string }

type Over = { readonly units: Decimal; readonly price: Decimal }

/** Units above the budget with their prices, the dearest first, and the price of tier 2. */
function overBudget({ lines }: RatedService, tiers: (tier: number) => boolean) {
  const priced = lines.filter(line => line.kind === 'budget-tier' && line.quantity && line.price)
  const second = priced.filter(line => line.tier === 2).at(-1)?.price ?? null
  const over = priced
    .filter(line => line.tier !== null && tiers(line.tier))
    .sort((a, b) => (b.tier ?? 0) - (a.tier ?? 0))
    .map((line: RatedLine): Over => ({ units: line.quantity!, price: line.price! }))
  return { second, over }
}

/** The pool's water is the use on top: it is taken from the dearest tier down, never below the budget. */
export function poolCredit(rated: RatedService, gallons: number, unit: BillUnit): Credit | null {
  const pool = readDecimal(gallons)!.div(gallonsPerUnit[unit])
  return creditOf(
    overBudget(rated, tier => tier >= 3),
    pool,
    unit,
  )
}

/** Tiers 3 and 4 of a bill at tier 2; what is above them stays. */
export function courtesyCredit(rated: RatedService, unit: BillUnit): Credit | null {
  const found = overBudget(rated, tier => tier === 3 || tier === 4)
  const all = found.over.reduce((sum, one) => sum.plus(one.units), readDecimal(0)!)
  return creditOf(found, all, unit)
}

type Found = { readonly second: Decimal | null; readonly over: readonly Over[] }

function creditOf({ second, over }: Found, most: Decimal, unit: BillUnit): Credit | null {
  if (!second) return null
  let left = most
  let worth = readDecimal(0)!
  let units = readDecimal(0)!
  const told: string[] = []
  for (const one of over) {
    const taken = one.units.lt(left) ? one.units : left
    if (!taken.gt(0)) continue
    left = left.minus(taken)
    units = units.plus(taken)
    worth = worth.plus(taken.times(one.price.minus(second)))
    told.push(`${unitsText(taken)} × (${priceText(one.price)} − ${priceText(second)})`)
  }
  const cents = toCents(worth)
  if (cents <= 0n) return null
  const arithmetic = `${told.join(' + ')} = ${formatDollars(cents)}; ${unitNames[unit]} over the budget at tier 2`
  return { units: plain(units), cents, arithmetic }
}
