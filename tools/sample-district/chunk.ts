/** The rows of a range of premises, and nothing of when or where they are made. */
import { createSecretKey } from 'node:crypto'
import type { LocalDate } from '@curbstop/kernel/dates'
import { keyedDigest } from '../../server/src/platform/auth/digest.ts'
import type { BillMaker } from './bills.ts'
import { addHistory } from './money.ts'
import type { RowContext } from './row-context.ts'
import { addOccupants, addPremise } from './rows.ts'
import { situations } from './situations.ts'
import { makeStory } from './story.ts'
import { emptyRows, type Rows } from './write.ts'

export type ChunkFacts = {
  readonly seed: number
  readonly today: LocalDate
  readonly keys: { readonly secrets: Buffer }
}

/** Named situations stand among the first premises, a few houses apart. */
export const placeOf = (at: number): number => at * 7 + 3
const situationAt = new Map(situations.map((situation, at) => [placeOf(at), situation]))

/** Pure: the same facts and range give the same rows, however the ranges are cut. */
export function makeChunk(
  { seed, today, keys }: ChunkFacts,
  maker: BillMaker,
  from: number,
  to: number,
): Rows {
  const rows = emptyRows()
  const context: RowContext = { rows, today, secretsKey: createSecretKey(keys.secrets), digest: keyedDigest }
  for (let index = from; index < to; index += 1) {
    const story = makeStory(seed, index, today, situationAt.get(index) ?? null)
    addPremise(context, story)
    addOccupants(context, story)
    addHistory(context, story, maker)
  }
  return rows
}
