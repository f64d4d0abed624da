/** What more or less water did, and the tiers it reached. */
import { formatDollars } from '@curbstop/kernel/money'
import { type Decimal, type RatedService, readDecimal } from '../../../rates/domain/index.ts'
import { plain, priceText, signedDollars, unitNames, unitsText } from '../words.ts'
import { citeOf, figure, told } from './delta-parts.ts'
import { type Change, type Move, type StepDelta, usageOf } from './deltas.ts'
import type { BillDelta, Telling } from './told.ts'

export const sumUse = (moves: readonly Move[], side: 'was' | 'is'): Decimal =>
  moves
    .filter(({ pair }) => pair.now.service !== 'sewer')
    .reduce((sum, move) => sum.plus(usageOf(move[side])), readDecimal(0)!)

type TierMove = { tier: number; price: Decimal; quantity: Decimal }

/** Units that came to (or left) each tier, over all services with tiers that have a price. */
function tierMoves(moves: readonly Move[]): TierMove[] {
  const byTier = new Map<string, TierMove>()
  const add = (rated: RatedService, sign: 1 | -1) => {
    for (const line of rated.lines) {
      if (line.tier === null || !line.quantity || !line.price || line.price.isZero()) continue
      const key = `${line.code} ${line.tier} ${line.price.toFixed()}`
      const known = byTier.get(key) ?? { tier: line.tier, price: line.price, quantity: readDecimal(0)! }
      byTier.set(key, { ...known, quantity: known.quantity.plus(line.quantity.times(sign)) })
    }
  }
  for (const { was, is, pair } of moves) {
    if (pair.now.service === 'sewer') continue
    add(is, 1)
    add(was, -1)
  }
  return [...byTier.values()]
    .filter(move => !move.quantity.toDecimalPlaces(3).isZero())
    .sort((a, b) => a.tier - b.tier)
}

export function sayUse(
  change: Change,
  { cents, tierCents, moves }: StepDelta,
  telling: Telling,
): BillDelta[] {
  const unit = unitNames[telling.unit]
  const [was, is] = [sumUse(moves, 'was'), sumUse(moves, 'is')]
  const more = is.minus(was)
  const parts = tierMoves(moves)
  const shares = parts.map(
    p =>
      `${unitsText(p.quantity.abs())} ${unit}${p.quantity.isNegative() ? ' less' : ''} × ${priceText(p.price)} (tier ${p.tier})`,
  )
  const why = change.before.days === change.now.days ? '' : ` (after the days: ${unitsText(was)})`
  const [now, before] = [unitsText(change.now.usageUnits), unitsText(change.before.usageUnits)]
  const ends = more.isNegative()
    ? `${now} instead of ${before} ${unit}${why}, ${unitsText(more.abs())} ${unit} less`
    : `${now} − ${before}${why} = ${unitsText(more)} ${unit}`
  const split = shares.length > 0 ? `: ${shares.join(', ')}` : ''
  const citation = citeOf(moves, telling)
  const useCents = cents - tierCents
  const use: BillDelta = {
    code: 'use',
    label: `${unitsText(more.abs())} ${unit} ${more.isNegative() ? 'less' : 'more'} use`,
    cents: useCents,
    sentence: `${ends}${split}${citation ? `; ${citation}` : ''}.`,
    arithmetic: `${unitsText(is)} − ${unitsText(was)} = ${unitsText(more)} ${unit} at the price where the smaller use ends = ${formatDollars(useCents)}`,
    figures: [figure('Use before', plain(was), unit), figure('Use now', plain(is), unit)],
    citation,
    told: told('use', {
      usageBefore: unitsText(change.before.usageUnits),
      usageNow: unitsText(change.now.usageUnits),
      unit,
      dollars: signedDollars(useCents),
    }),
  }
  return tierCents === 0n ? [use] : [use, sayTier(parts, tierCents, { unit, citation })]
}

function sayTier(
  parts: readonly TierMove[],
  cents: bigint,
  { unit, citation }: { unit: string; citation: string | null },
): BillDelta {
  const top = parts.at(-1)
  const base = parts[0]
  const up = cents > 0n
  const dearer = parts
    .slice(1)
    .map(
      p =>
        `${unitsText(p.quantity.abs())} ${unit} at ${priceText(p.price)} instead of ${priceText(base!.price)}`,
    )
  const sentence = dearer.length > 0 ? `${dearer.join(', ')}.` : 'The use moved between tiers.'
  return {
    code: 'tier',
    label: `${up ? 'Into' : 'Out of'} tier ${top?.tier ?? '?'}`,
    cents,
    sentence: `${up ? 'Higher tiers' : 'Fewer units in higher tiers'}: ${sentence}`,
    arithmetic: `${dearer.join(' + ')} = ${formatDollars(cents)}`,
    figures: parts.map(p => figure(`Tier ${p.tier} at ${priceText(p.price)}`, plain(p.quantity), unit)),
    citation,
    told: told('tier', {
      tier: top?.tier ?? '',
      price: top ? priceText(top.price) : '',
      dollars: signedDollars(cents),
    }),
  }
}
