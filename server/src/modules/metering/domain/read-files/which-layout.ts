/** Which of several layouts a file follows: judged by its first lines, not by its name. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { readRecord, recordOf } from './fixed-width.ts'
import type { Layout } from './layout-kinds.ts'
import { type Branch, type ReadingSetting, readingOf } from './route-reading.ts'
import { zoneClock } from './zone-clock.ts'

/** Own layouts come alone; of several presets the first one that suits best is taken. */
export function layoutOf(candidates: readonly Layout[], lines: readonly string[]): Layout {
  if (candidates.length === 1) return candidates[0]!
  const scores = candidates.map(layout => suits(layout, lines))
  return candidates[scores.indexOf(Math.max(...scores))]!
}

/** How many of the first lines have the layout's length and hold readings without fault in its places. */
function suits(layout: Layout, lines: readonly string[]): number {
  // Whatever the year: positions are judged here, not dates.
  const judge: ReadingSetting = { layout, clock: zoneClock('UTC'), on: '2028-12-31' as LocalDate }
  let score = 0
  for (const line of lines) {
    if (layout.length > 0 && line.length === layout.length) score += 1
    const record = recordOf(layout, line)
    if (!record) continue
    const { fields, faults } = readRecord(record, line)
    if (faults.length > 0) score -= 1
    else if (record.is === 'reading') {
      // Parents are not known here: the reading is judged by its own fields.
      const read = readingOf(judge, { line: 1, fields: { account: '1', meter: '1', ...known(fields) } })
      score += read.is === 'error' && !layout.outgoing ? -2 : 2
    }
  }
  return score
}

/** Without the blank fields, so that what a record above says is not wiped out. */
export const known = (fields: Branch): Branch =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== '')) as Branch
