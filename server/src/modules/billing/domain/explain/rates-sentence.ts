/** What new rates did: every price that moved, old and new, on the same use. */
import { dateText, lineName, priceText, signedDollars } from '../words.ts'
import type { Move, StepDelta } from './deltas.ts'
import type { BillDelta, FigureText, Telling } from './told.ts'

export function sayRates({ cents, moves }: StepDelta, telling: Telling): BillDelta {
  const prices = moves.flatMap(priceMoves)
  const versions = moves.filter(isRepriced).flatMap(({ is }) => is.pieces.map(piece => piece.versionId))
  const cited = [...new Set(versions)].map(id => telling.cite(id))
  const newest = cited.reduce<(typeof cited)[number] | null>(
    (top, one) => (!top || one.effectiveFrom > top.effectiveFrom ? one : top),
    null,
  )
  const since = newest ? dateText(newest.effectiveFrom) : ''
  const shown = prices.slice(0, 4).map(price => `${price.name} ${price.value}`)
  const more = prices.length > 4 ? ` and ${prices.length - 4} more` : ''
  const list = shown.length > 0 ? `: ${shown.join(', ')}${more}` : ''
  return {
    code: 'rates',
    label: since ? `Rates of ${since}` : 'Rates',
    cents,
    sentence: `The same use at the rates of ${since}${list}.`,
    arithmetic: `rated at the old and at the new tariff: ${signedDollars(cents)}`,
    figures: prices,
    citation: newest ? `${newest.citation}, ${since}` : null,
    told: {
      key: 'bill-change.rates',
      values: { since: newest?.effectiveFrom ?? '', dollars: signedDollars(cents) },
    },
  }
}

const isRepriced = ({ was, is }: Move): boolean =>
  was.pieces.map(piece => piece.versionId).join() !== is.pieces.map(piece => piece.versionId).join()

function priceMoves({ pair, was, is }: Move): FigureText[] {
  const keyOf = (line: { code: string; tier: number | null }) => `${line.code} ${line.tier ?? ''}`
  const before = new Map(was.lines.map(line => [keyOf(line), line.price]))
  return is.lines.flatMap(line => {
    const old = before.get(keyOf(line))
    if (!old || !line.price || old.eq(line.price)) return []
    before.delete(keyOf(line))
    const name = lineName(line.code, line.tier, pair.now.service)
    return [{ name, value: `${priceText(old)} → ${priceText(line.price)}`, unit: null }]
  })
}
