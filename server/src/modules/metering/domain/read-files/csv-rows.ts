/** Comma-separated text to rows of cells: quotes, line ends inside quotes, any of four separators, and no guesses. */
import { damage } from './damage.ts'
import type { Bytes } from './kinds.ts'
import { hasControlCharacter, linesOf } from './text.ts'

export type CsvRow = {
  /** Line on which the row begins. */
  readonly line: number
  readonly cells: readonly string[]
  /** What is wrong with the row as a row; null for a sound one. */
  readonly fault: string | null
  /** False: the last row of a file without a line end. */
  readonly ended: boolean
}

const longestLine = 1_000_000
/** An address may hold a line end; a quote that never closes must not swallow the rest of the file. */
const longestRow = 20

export function separatorOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t', '|'].map(mark => ({ mark, times: bare.split(mark).length }))
  return counts.reduce((best, one) => (one.times > best.times ? one : best)).mark
}

/** Cells of one line; null when a quote is still open at its end; a sentence when a quote stands where none may. */
function cellsOf(text: string, separator: string): string[] | string | null {
  if (!text.includes('"')) return text.split(separator)
  const cells: string[] = []
  let at = 0
  while (true) {
    if (text[at] !== '"') {
      const end = text.indexOf(separator, at)
      if (end < 0) {
        cells.push(text.slice(at))
        return cells
      }
      cells.push(text.slice(at, end))
      at = end + 1
      continue
    }
    const close = closingQuote(text, at + 1)
    if (close < 0) return null
    cells.push(text.slice(at + 1, close).replaceAll('""', '"'))
    if (close + 1 === text.length) return cells
    if (text[close + 1] !== separator) return 'a quoted field goes on behind its closing quote'
    at = close + 2
  }
}

function closingQuote(text: string, from: number): number {
  let at = from
  while (true) {
    const quote = text.indexOf('"', at)
    if (quote < 0 || text[quote + 1] !== '"') return quote
    at = quote + 2
  }
}

type Source = {
  readonly text: string
  readonly line: number
  readonly ended: boolean
  readonly dirty: boolean
}

/** Rows of the body; `separator` is told by the first line that is not blank, which is given as a row too. */
export async function* csvRows(bytes: Bytes): AsyncGenerator<CsvRow[]> {
  let separator: string | null = null
  let width = 0
  let open: Source[] = []
  const rows: CsvRow[] = []
  const finish = (source: Source, cells: string[] | string) => {
    const fault = typeof cells === 'string' ? cells : source.dirty ? controlFault : null
    const row = {
      line: source.line,
      cells: typeof cells === 'string' ? [] : cells,
      fault,
      ended: source.ended,
    }
    if (width === 0) width = row.cells.length
    rows.push(row)
  }
  /** The first line of an open row is at fault; the lines behind it are read as rows of their own. */
  const giveUp = (why: string) => {
    const [bad, ...others] = open
    open = []
    finish(bad!, why)
    for (const other of others) take(other)
  }
  const take = (source: Source): void => {
    if (open.length === 0 && source.text.trim() === '') return
    separator ??= separatorOf(source.text)
    if (open.length === 0) {
      const cells = cellsOf(source.text, separator)
      if (cells === null) open = [source]
      else finish(source, cells)
      return
    }
    open.push(source)
    const cells = cellsOf(open.map(part => part.text).join('\n'), separator)
    if (cells === null) {
      if (open.length >= longestRow) giveUp(openQuote)
      return
    }
    if (typeof cells === 'string' || cells.length !== width) {
      giveUp(openQuote)
      return
    }
    const [head] = open
    const dirty = open.some(part => part.dirty)
    open = []
    finish({ ...head!, ended: source.ended, dirty }, cells)
  }
  for await (const batch of linesOf(bytes, longestLine)) {
    const last = batch.lines.length - 1
    for (let at = 0; at <= last; at++) {
      const text = batch.lines[at]!
      const dirty = batch.dirty && hasControlCharacter(text)
      take({ text, line: batch.first + at, ended: batch.ended || at < last, dirty })
    }
    if (rows.length > 0) yield rows.splice(0)
  }
  while (open.length > 0) giveUp(openQuote)
  if (rows.length > 0) yield rows.splice(0)
}

const openQuote = 'a quote opens in it and does not close where a field ends'
const controlFault = 'it holds a control character'

/** Names of the columns, trimmed; the reading ends when there are none or one twice. */
export function headerOf(row: CsvRow): string[] {
  if (row.fault) throw damage(row.line, 'header', `The header in line ${row.line} is damaged: ${row.fault}.`)
  const names = row.cells.map(cell => cell.trim())
  if (!row.ended)
    throw damage(row.line, 'header', 'The file ends in its first line: it is cut, or holds no rows.')
  return names
}
