/** What a reader of a prorated bill should be told: two bills for half a month are not one bill for a month. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { RateClass } from './model.ts'
import type { Piece, ProrationPolicy, ServiceFacts } from './periods.ts'
import { billTerms, type Term } from './terms.ts'

export type RatingNote =
  | {
      readonly code: 'rate-change'
      readonly on: LocalDate
      readonly usageSplit: ProrationPolicy['volumetric']
    }
  | { readonly code: 'part-period'; readonly days: number; readonly of: number }
  | { readonly code: 'tiers-scaled'; readonly days: number; readonly of: number }
  | { readonly code: 'tiers-kept'; readonly days: number; readonly of: number }

export function notesOf(
  facts: ServiceFacts,
  policy: ProrationPolicy,
  pieces: readonly Piece[],
  fullDays: number,
): RatingNote[] {
  const notes: RatingNote[] = pieces
    .slice(1)
    .map(piece => ({ code: 'rate-change', on: piece.from, usageSplit: policy.volumetric }))
  const days = pieces.reduce((sum, piece) => sum + piece.days, 0)
  if (facts.partOf && days !== fullDays) notes.push({ code: 'part-period', days, of: fullDays })
  for (const { volume, version } of pieces) {
    if (!volume || volume.days === fullDays || !isTiered(version.rateClass)) continue
    const code = policy.tierWidths === 'scale' ? 'tiers-scaled' : 'tiers-kept'
    notes.push({ code, days: volume.days, of: fullDays })
  }
  return notes
}

function isTiered(rateClass: RateClass): boolean {
  const has = (term: Term): boolean =>
    term.kind === 'factor' ? term.inner.some(has) : term.nature === 'tiers'
  return billTerms(rateClass).some(has)
}
