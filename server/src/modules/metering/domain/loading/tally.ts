/** What became of every row of a file: the numbers add up, and what was not taken is named. */
import type { Problem } from './match.ts'

/** Kept with the file; more than that is a file to be sent back, and the count says so. */
const problemsKept = 1_000

export type Tally = {
  /** As the format counts them: lines, records, readings. */
  rows: number
  /** What the rows hold, one by one: reads + intervals + repeated + replaced + refused + skipped. */
  values: number
  /** Register reads taken. */
  reads: number
  /** Values of hours taken. */
  intervals: number
  /** Delivered before with the same value: taken once. */
  repeated: number
  /** Hours whose value was replaced by a newer one. */
  replaced: number
  /** Rows that say that there is no read, by their reason. */
  readonly skipped: Map<string, number>
  /** Rows that were not taken. */
  refused: number
  readonly problems: Problem[]
  /** Reads that somebody must look at. */
  exceptions: number
  /** Findings by rule, notes included. */
  readonly byRule: Map<string, number>
  meters: number
}

export const emptyTally = (): Tally => ({
  rows: 0,
  values: 0,
  reads: 0,
  intervals: 0,
  repeated: 0,
  replaced: 0,
  skipped: new Map(),
  refused: 0,
  problems: [],
  exceptions: 0,
  byRule: new Map(),
  meters: 0,
})

export function addProblem(tally: Tally, problem: Problem): void {
  tally.refused += 1
  if (tally.problems.length < problemsKept) tally.problems.push(problem)
}

/** Reasons are words of the file; one that makes up a reason for every row must not fill the memory. */
const mostKeys = 200

export function count(map: Map<string, number>, key: string, by = 1): void {
  const name = map.has(key) || map.size < mostKeys ? key : 'other'
  map.set(name, (map.get(name) ?? 0) + by)
}

/** As it is kept and printed. */
export function countsOf(tally: Tally) {
  const { rows, values, reads, intervals, repeated, replaced, refused, exceptions, meters } = tally
  return {
    ...{ rows, values, meters, reads, intervals, repeated, replaced, refused, exceptions },
    skipped: Object.fromEntries(tally.skipped),
    byRule: Object.fromEntries(tally.byRule),
  }
}
