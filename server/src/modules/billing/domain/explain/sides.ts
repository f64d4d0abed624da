/** Two bills laid side by side, service by service. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { BillId } from '@curbstop/kernel/ids'
import type { Cents } from '@curbstop/kernel/money'
import type { ProrationPolicy, ServiceFacts, TariffVersion } from '../../../rates/domain/index.ts'
import type { BillKind, ReadKind, Service } from '../facts.ts'

export type SegmentSide = {
  readonly service: Service
  readonly servicePointId: bigint
  readonly facts: ServiceFacts
  readonly policy: ProrationPolicy
  /** The versions that priced it, compiled for its class. */
  readonly versions: readonly TariffVersion[]
  /** As billed. */
  readonly cents: Cents
}

export type BillSide = {
  readonly billId: BillId
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly days: number
  /** Billing units of water and irrigation together. */
  readonly usageUnits: string
  /** As the meters counted them: units are cut to whole ones, gallons a day are not. */
  readonly usageGallons: number
  readonly totalCents: Cents
  readonly kind: BillKind
  /** How the water was read; null where nothing is measured. */
  readonly readKind: ReadKind | null
  readonly segments: readonly SegmentSide[]
}

export type Pair = { readonly before: SegmentSide; readonly now: SegmentSide }

export type Matched = {
  readonly pairs: readonly Pair[]
  /** Services that only one of the bills has. */
  readonly gone: readonly SegmentSide[]
  readonly added: readonly SegmentSide[]
}

/** Same service at the same point first, then the same service elsewhere (the customer moved). */
export function matchSides(before: BillSide, now: BillSide): Matched {
  const left = [...before.segments]
  const take = (fits: (side: SegmentSide) => boolean): SegmentSide | null => {
    const at = left.findIndex(fits)
    return at < 0 ? null : left.splice(at, 1)[0]!
  }
  const found = new Map<SegmentSide, SegmentSide>()
  for (const side of now.segments) {
    const same = take(b => b.service === side.service && b.servicePointId === side.servicePointId)
    if (same) found.set(side, same)
  }
  for (const side of now.segments) {
    const same = found.has(side) ? null : take(b => b.service === side.service)
    if (same) found.set(side, same)
  }
  return {
    pairs: [...found].map(([nowSide, beforeSide]) => ({ before: beforeSide, now: nowSide })),
    gone: left,
    added: now.segments.filter(side => !found.has(side)),
  }
}
