/** The steps of a bill's volume charge: the bill rated at a use that reaches every tier. */
import { type BillToVary, mainSegment, rateVariation, type VersionsOf, variationOf } from './what-if.ts'

export type Steps = { readonly upTo: readonly number[]; readonly centsPerKgal: readonly number[] }

/** More than anybody uses in a period, so that the last tier is reached. */
const beyond = 100_000

/** Null where the water is not sold by volume. */
export function stepsOfBill(bill: BillToVary, versionsOf: VersionsOf, unitGallons: number): Steps | null {
  const main = mainSegment(bill)
  const usageUnits = String(Math.ceil(Number(main?.usageUnits ?? 0) * 10) + beyond)
  const rated = rateVariation(bill, variationOf(bill, { name: 'steps', usageUnits }, 1), versionsOf)
  const lines = rated.find(one => one.segment === main)?.rated.lines ?? []
  const upTo: number[] = []
  const centsPerKgal: number[] = []
  let reached = 0
  for (const { kind, quantity, price } of lines) {
    if (kind === 'fixed' || !quantity || !price) continue
    reached += quantity.toNumber() * unitGallons
    upTo.push(reached)
    centsPerKgal.push((price.toNumber() * 100 * 1000) / unitGallons)
  }
  if (upTo.length === 0) return null
  upTo[upTo.length - 1] = Number.POSITIVE_INFINITY
  return { upTo, centsPerKgal }
}
