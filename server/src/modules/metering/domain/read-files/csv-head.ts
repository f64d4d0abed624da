/** The first rows of a CSV, for a person who tells which column is which. */
import { csvRows } from './csv-rows.ts'

/** Cells of the header and of the first rows; `bytes` may be cut anywhere. */
export async function csvHead(bytes: Uint8Array, most: number): Promise<string[][]> {
  async function* once() {
    yield bytes
  }
  const head: string[][] = []
  for await (const rows of csvRows(once()))
    for (const { cells, fault } of rows) {
      if (fault === null && head.length < most) head.push(cells.map(cell => cell.trim()))
    }
  return head
}
