/**
 * The one way a bill comes about: at the desk, in a run, in the sample district, in a preview. Lean on purpose: a
 * bill is one call of the rating function for each service, and nothing else.
 */
import { sum } from '@curbstop/kernel/money'
import type { SegmentCharge } from '../../ledger/domain/postings.ts'
import { type Decimal, type RatedService, rateService } from '../../rates/domain/index.ts'
import { type BillDecision, type BillFacts, ratingFacts, type Segment, type ServiceToBill } from './facts.ts'

/** Decides a bill. Throws the refusals of the rating function (`rates.no-version`, `rates.missing-input` …). */
export function decideBill(facts: BillFacts): BillDecision {
  const segments = facts.services.map(service => decideSegment(service, facts.policy))
  return { segments, totalCents: sum(segments.map(segment => segment.cents)) }
}

export function decideSegment(of: ServiceToBill, policy: BillFacts['policy']): Segment {
  const rated = rateService(ratingFacts(of), of.versions, policy)
  const versionIds = rated.pieces.map(piece => piece.versionId)
  return { of, lines: rated.lines, versionIds, budgetUnits: budgetOf(rated), cents: rated.totalCents }
}

/** The whole water budget over the pieces, as the tariff's own part `budget` gives it; null without one. */
export function budgetOf(rated: RatedService): string | null {
  let total: Decimal | null = null
  for (const { components, tiers } of rated.pieces) {
    const budget = components.budget ?? components.budget_commodity
    if (!budget || Object.keys(tiers).length === 0) continue
    total = total ? total.plus(budget) : budget
  }
  return total ? total.toDecimalPlaces(4).toFixed() : null
}

/** What the books are told: charges for being served, and for using. */
export function chargesOf({ segments }: BillDecision): SegmentCharge[] {
  return segments.map(({ of, lines, cents }) => {
    let fixedCents = 0n
    for (const line of lines) if (line.kind === 'fixed') fixedCents += line.cents
    return { service: of.service, fixedCents, useCents: cents - fixedCents }
  })
}
