/**
 * COPY in text format: how a chunk of bills, reads or journals is written as a set. It runs on the transaction's own
 * connection, so the rows stand or fall with the rest of the chunk.
 */
import { once } from 'node:events'
import type { Transaction } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { withClient } from './driver.ts'

/** Arrays become PostgreSQL arrays, other objects JSON (wrap a JSON array with `json()`); undefined is null. */
export type CopyValue = unknown
export type CopyRow = readonly CopyValue[]

const asJson = Symbol('json')

/** Marks a value as JSON although it is an array, a string or a number. */
export function json(value: unknown): object {
  return { [asJson]: true, value }
}

const flushAt = 64 * 1024

/**
 * Writes rows to `table` ('ledger.posting', schema first) and answers how many. An error of the source or of the
 * database leaves nothing behind.
 */
export async function copyRows(
  db: Transaction<unknown> | pg.ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<CopyRow> | AsyncIterable<CopyRow>,
): Promise<number> {
  if ('getExecutor' in db) return withClient(db, client => copyRows(client, table, columns, rows))
  return copy(db, table, columns, (stream, refusal) => feed(stream, columns.length, rows, refusal))
}

/** The lines of rows, for `copyText`: they may be made elsewhere than on the thread that talks to the database. */
export function linesOf(rows: readonly CopyRow[], width: number): string {
  let text = ''
  for (const row of rows) text += line(row, width)
  return text
}

const sliceBytes = 256 * 1024

/** Writes lines made by `linesOf` and answers how many the database took. */
export function copyText(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  text: Uint8Array,
): Promise<number> {
  return copy(client, table, columns, async (stream, refusal) => {
    for (let at = 0; at < text.length && !refusal(); at += sliceBytes)
      if (!stream.write(text.subarray(at, at + sliceBytes))) await once(stream, 'drain')
    await finish(stream, refusal)
  })
}

type CopyStream = ReturnType<typeof copyFrom>
type Refusal = () => Error | undefined

async function copy(
  client: pg.ClientBase,
  table: string,
  columns: readonly string[],
  send: (stream: CopyStream, refusal: Refusal) => Promise<void>,
): Promise<number> {
  const target = `${table.split('.').map(identifier).join('.')} (${columns.map(identifier).join(', ')})`
  const stream = client.query(copyFrom(`copy ${target} from stdin`))
  let refusal: Error | undefined
  stream.on('error', error => {
    refusal ??= error
  })
  try {
    await send(stream, () => refusal)
  } catch (error) {
    if (!refusal) await abandon(stream, error)
    throw refusal ?? error
  }
  return stream.rowCount
}

async function feed(
  stream: CopyStream,
  width: number,
  rows: Iterable<CopyRow> | AsyncIterable<CopyRow>,
  refusal: Refusal,
): Promise<void> {
  let text = ''
  const write = async (row: CopyRow): Promise<void> => {
    const refused = refusal()
    if (refused) throw refused
    if (!stream.write(text)) await once(stream, 'drain')
    text = line(row, width)
  }
  if (Symbol.iterator in rows) {
    for (const row of rows) {
      if (text.length < flushAt) text += line(row, width)
      else await write(row)
    }
  } else {
    for await (const row of rows) {
      if (text.length < flushAt) text += line(row, width)
      else await write(row)
    }
  }
  if (text) stream.write(text)
  await finish(stream, refusal)
}

async function finish(stream: CopyStream, refusal: Refusal): Promise<void> {
  const refused = refusal()
  if (refused) throw refused
  const finished = once(stream, 'finish') // after the server has said how many
  stream.end()
  await finished
}

/** Tells the server to forget the rows, and waits until the connection can be used again. */
async function abandon(stream: CopyStream, error: unknown): Promise<void> {
  const closed = new Promise<void>(resolve => stream.once('close', resolve))
  stream.destroy(error instanceof Error ? error : new Error('the source of the rows failed'))
  await closed
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

function line(row: CopyRow, width: number): string {
  if (row.length !== width) throw new Error(`a row of ${row.length} values for ${width} columns`)
  let text = field(row[0])
  for (let i = 1; i < width; i++) text += `\t${field(row[i])}`
  return `${text}\n`
}

const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(text: string): string {
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, found => escapes[found]!) : text
}

function field(value: CopyValue): string {
  switch (typeof value) {
    case 'string':
      return escaped(value)
    case 'number':
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? 't' : 'f'
    case 'undefined':
      return '\\N'
    case 'object':
      return value === null ? '\\N' : escaped(composite(value))
    default:
      throw new Error(`a ${typeof value} cannot be written to the database`)
  }
}

function composite(value: object): string {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return array(value)
  return JSON.stringify(asJson in value ? (value as { value?: unknown }).value : value)
}

function array(values: readonly unknown[]): string {
  return `{${values.map(element).join(',')}}`
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (Array.isArray(value)) return array(value)
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  const text = typeof value === 'string' ? value : composite(value as object)
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
