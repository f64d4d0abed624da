/** Finds blocks of lines that were pasted into a file twice. */

/** Lines `from` to `to` are the same, in the same order, as the ones that begin with line `of`. */
export type Repeat = { from: number; to: number; of: number; rows: number; customers: number }

export type Repeats = {
  see(words: string, line: number, customer: string): void
  /** Null when every line is told once. */
  longest(): Repeat | null
}

export function watchRepeats(): Repeats {
  const rowOf = new Map<string, number>() // the latest row that says this, counted from 0
  const lines: number[] = []
  let longest: Repeat | null = null
  let run: (Repeat & { follows: number; customer: string }) | null = null
  return {
    see(words, line, customer) {
      const before = rowOf.get(words)
      rowOf.set(words, lines.length)
      lines.push(line)
      if (before === undefined) {
        run = null
        return
      }
      if (run?.follows === before) {
        const isNew = customer !== run.customer
        const customers = run.customers + (isNew ? 1 : 0)
        run = { ...run, to: line, rows: run.rows + 1, customers, follows: before + 1, customer }
      } else {
        const of = lines[before]!
        run = { from: line, to: line, of, rows: 1, customers: 1, follows: before + 1, customer }
      }
      if (!longest || run.rows > longest.rows) longest = run
    },
    longest: () => longest,
  }
}
