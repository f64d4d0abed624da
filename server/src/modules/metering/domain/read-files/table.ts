/** What the readers of CSV files share: columns by name, cells by column, rows that are wrong as rows. */
import { type CsvRow, csvRows, headerOf } from './csv-rows.ts'
import { damage, fatalError, quoted, rowError } from './damage.ts'
import type { Bytes, FileError, FileRecord, Skip } from './kinds.ts'
import { parseStamp } from './stamps.ts'
import type { Tally } from './tally.ts'
import { instantInOrder, type ZoneClock } from './zone-clock.ts'

export type Columns = Readonly<Record<string, number>>

/** One row in hand: where it stands, its cells, and a place for what is wrong with it. */
export type Row = {
  readonly line: number
  /** Trimmed text of a column; empty when the file has no such column. */
  cell(name: string): string
  /** Gives nothing, so that a reader can say `return row.wrong(…)`. */
  wrong(field: string, message: string): undefined
}

/** Reads one row and pushes what it holds. */
export type RowReader = (row: Row, out: FileRecord[]) => undefined

export type TableReader = {
  /** Looks at the header and gives the reader of the rows; throws damage when this is another table. */
  readonly open: (header: readonly string[]) => RowReader
}

export async function* readTable(
  bytes: Bytes,
  table: TableReader,
  tally: Tally,
): AsyncGenerator<FileRecord[]> {
  let header: readonly string[] | null = null
  let read: RowReader | null = null
  let columns: Columns = {}
  const shortest = shortestCells()
  for await (const rows of csvRows(bytes)) {
    const out: FileRecord[] = []
    for (const row of rows) {
      if (!header || !read) {
        header = headerOf(row)
        columns = Object.fromEntries(header.map((name, at) => [name, at]))
        read = table.open(header)
        continue
      }
      tally.rows += 1
      const fault = faultOf(row, header)
      if (fault) out.push(fault)
      else {
        const before = out.length
        read(rowInHand(row, columns, out), out)
        if (!row.ended && out.length > before) out.push(...openEnd(row, header, shortest))
      }
      if (!fault) shortest.see(row.cells)
    }
    yield out
  }
  if (!header) throw damage(0, 'file', 'The file holds no rows at all.')
}

function rowInHand(row: CsvRow, columns: Columns, out: FileRecord[]): Row {
  const { line, cells } = row
  return {
    line,
    cell: name => {
      const at = columns[name]
      return at === undefined ? '' : cells[at]!.trim()
    },
    wrong: (field, message): undefined => {
      out.push(rowError(line, field, `Line ${line}: ${message}`))
    },
  }
}

function faultOf(row: CsvRow, header: readonly string[]): FileError | null {
  const { line } = row
  if (!row.ended && (row.fault || row.cells.length < header.length)) {
    return fatalError(line, 'line', `The file breaks off in line ${line}: it is cut.`)
  }
  if (row.fault) return rowError(line, 'line', `Line ${line} was left out: ${row.fault}.`)
  if (row.cells.length === header.length) return null
  return rowError(
    line,
    'line',
    `Line ${line} has ${row.cells.length} columns where the header has ${header.length}; it was left out.`,
  )
}

type Shortest = { see(cells: readonly string[]): void; lengths: number[] }

/** The shortest text seen in each column, to tell whether a last row without a line end may have been cut. */
function shortestCells(): Shortest {
  const lengths: number[] = []
  const see = (cells: readonly string[]) => {
    const last = cells.length - 1
    const length = cells[last]!.length
    if (lengths[last] === undefined || length < lengths[last]) lengths[last] = length
  }
  return { see, lengths }
}

/** A number at the end of a file without a line end may have lost digits, and nobody could tell. */
function openEnd(row: CsvRow, header: readonly string[], { lengths }: Shortest): FileError[] {
  const last = row.cells.length - 1
  const text = row.cells[last]!
  if (text === '' && lengths[last] !== undefined && lengths[last] === 0) return []
  if (/[A-Za-z]$/.test(text) && lengths[last] === text.length) return []
  const message =
    `Line ${row.line}, the last one, has no line end. It is read as it stands; if the file was cut, ` +
    `its last column ${quoted(text)} may be incomplete.`
  return [rowError(row.line, header[last]!, message)]
}

export function skipOf(row: Row, reason: string, of: Partial<Skip> = {}): Skip {
  return {
    is: 'skip',
    line: row.line,
    reason,
    meter: null,
    account: null,
    route: null,
    sequence: null,
    skipCode: null,
    note: null,
    at: null,
    ...of,
  }
}

/** Instants of the stamps of a column; the order of each meter's rows tells the hour that comes twice. */
export type StampReader = (row: Row, field: string, text: string, meter: string) => number | null

export function stampReader(
  clock: ZoneClock,
  how: { readonly utc: boolean; readonly dayFirst: boolean },
): StampReader {
  const lastNearChange = new Map<string, number>()
  return (row, field, text, meter) => {
    const stamp = parseStamp(text, how.dayFirst)
    if (!stamp) {
      row.wrong(field, `${quoted(text)} is no date and time.`)
      return null
    }
    if (stamp.offset !== null) return stamp.wall - stamp.offset
    if (how.utc) return stamp.wall
    const plain = clock.plainInstantOf(stamp.wall)
    if (plain !== null) return plain
    const instant = instantInOrder(clock, stamp.wall, lastNearChange.get(meter) ?? null)
    if (typeof instant === 'number') {
      lastNearChange.set(meter, instant)
      return instant
    }
    row.wrong(
      field,
      instant === 'never'
        ? `${quoted(text)} never was: the clock was set forward over it.`
        : `${quoted(text)} came twice that day, and the order of the rows does not tell which one is meant.`,
    )
    return null
  }
}

/** A second stamp on the district's wall must name the same instant. */
export function agreesWithWall(clock: ZoneClock, instant: number, local: string, dayFirst = false): boolean {
  const stamp = parseStamp(local, dayFirst)
  if (!stamp) return false
  return stamp.offset === null ? clock.wallOf(instant) === stamp.wall : stamp.wall - stamp.offset === instant
}
