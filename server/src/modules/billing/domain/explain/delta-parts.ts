/** Parts that every sentence of a step is made of. */
import { dateText } from '../words.ts'
import type { Move } from './deltas.ts'
import type { BillDelta, FigureText, Telling } from './told.ts'

export const figure = (name: string, value: string, unit: string | null = null): FigureText => ({
  name,
  value,
  unit,
})

export const told = (key: string, values: Record<string, string | number>): BillDelta['told'] => ({
  key: `bill-change.${key}`,
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
})

/** `Schedule W-1, Jul 1 2026` of the newest version used. */
export function citeOf(moves: readonly Move[], telling: Telling): string | null {
  const id =
    moves.find(({ pair }) => pair.now.service !== 'sewer')?.is.pieces.at(-1)?.versionId ??
    moves[0]?.is.pieces.at(-1)?.versionId
  if (!id) return null
  const { citation, effectiveFrom } = telling.cite(id)
  return `${citation}, ${dateText(effectiveFrom)}`
}
