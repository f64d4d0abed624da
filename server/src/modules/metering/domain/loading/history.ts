/** Past periods of a whole batch in one set of columns; each register owns a stretch that its next read moves on. */
import type { PeriodColumns } from '../validation/profile.ts'

export const periodsKept = 24

export type HistoryBook = {
  readonly columns: PeriodColumns
  /** Periods filled, by stretch: a stretch begins at its number times `periodsKept`. */
  readonly counts: Uint8Array
}

type Written = {
  readonly ends: string | null
  readonly days: string | null
  readonly gallons: string | null
  readonly marks: string | null
}

export function historyOf(rows: readonly Written[]): HistoryBook {
  const size = rows.length * periodsKept
  const columns = {
    toDay: new Int32Array(size),
    days: new Uint16Array(size),
    gallons: new Float64Array(size),
    estimated: new Uint8Array(size),
  }
  const counts = new Uint8Array(rows.length)
  for (const [stretch, { ends, days, gallons, marks }] of rows.entries()) {
    if (ends === null || days === null || gallons === null || marks === null) continue
    const from = stretch * periodsKept
    counts[stretch] = readWhole(ends, columns.toDay, from)
    readWhole(days, columns.days, from)
    readNumbers(gallons, columns.gallons, from)
    for (let at = 0; at < marks.length; at++)
      columns.estimated[from + at] = marks.charCodeAt(at) === letterE ? 1 : 0
  }
  return { columns, counts }
}

const letterE = 101

/** `{12,345}` into a column; answers how many. */
function readWhole(text: string, column: Int32Array | Uint16Array, from: number): number {
  let count = 0
  let value = 0
  for (let at = 1; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit >= 0 && digit <= 9) value = value * 10 + digit
    else {
      column[from + count++] = value
      value = 0
    }
  }
  return count
}

export function readNumbers(text: string, column: Float64Array, from: number): number {
  let count = 0
  let begin = 1
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code !== comma && code !== brace) continue
    column[from + count++] = Number(text.slice(begin, at))
    begin = at + 1
  }
  return count
}

/** Periods of a stretch that ended before a day: what was known then. */
export function countBefore({ columns, counts }: HistoryBook, stretch: number, day: number): number {
  const from = stretch * periodsKept
  let count = counts[stretch]!
  while (count > 0 && columns.toDay[from + count - 1]! >= day) count -= 1
  return count
}

const comma = 44
const brace = 125

export type NewPeriod = {
  readonly toDay: number
  readonly days: number
  readonly gallons: number | null
  readonly estimated: boolean
}

/** A period more; the oldest of 24 goes. */
export function addPeriod({ columns, counts }: HistoryBook, stretch: number, period: NewPeriod): void {
  const from = stretch * periodsKept
  if (counts[stretch] === periodsKept) {
    for (const column of Object.values(columns)) column.copyWithin(from, from + 1, from + periodsKept)
    counts[stretch] = periodsKept - 1
  }
  const at = from + counts[stretch]!
  columns.toDay[at] = period.toDay
  columns.days[at] = period.days
  columns.gallons[at] = period.gallons ?? Number.NaN
  columns.estimated[at] = period.estimated ? 1 : 0
  counts[stretch]! += 1
}
