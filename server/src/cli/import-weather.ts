/** `curbstop import weather FILE`: daily ETo for water budgets, whole or not at all; the same file twice is refused. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { DomainError } from '@curbstop/kernel/errors'
import {
  type ImportedWeather,
  importWeather,
  readWeatherCsv,
  readWeatherJson,
  type WeatherFile,
} from '../modules/rates/index.ts'
import { unpackedFile } from '../platform/files/spool.ts'
import { report, UsageError } from './database.ts'
import { withHand } from './hand.ts'

const usage = `Usage: npx curbstop import weather FILE [--zone ZONE] [--station NUMBER] [--json]
  CIMIS daily or hourly CSV, the CIMIS Web API's JSON, AgriMet daily CSV; also gzipped`

/** An answer of the Web API is at most a few megabytes; a CSV file may be any size. */
const largestJson = 32 * 1024 * 1024

export async function importWeatherCommand(args: string[]): Promise<number> {
  const valued = ['--zone', '--station']
  const rest = args.filter((arg, at) => !arg.startsWith('--') && !valued.includes(args[at - 1] ?? ''))
  const of = (name: string) => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? null) : null)
  const [path] = rest
  if (!path || rest.length > 1) throw new UsageError(usage)
  const known = await stat(path).catch(() => null)
  if (!known?.isFile()) throw new UsageError(`There is no file ${path}.`)
  try {
    const { file, sha256 } = await readWeather(path, of('--station'))
    const made = await withHand('rates.import-weather', hand =>
      hand.inTransaction(ctx =>
        importWeather(ctx, { file, sha256, fileName: basename(path), zone: of('--zone') }),
      ),
    )
    report(
      args,
      { verdict: made.missing.length > 0 ? 'accepted-with-exceptions' : 'accepted', ...made },
      told(made),
    )
    return 0
  } catch (error) {
    if (!(error instanceof DomainError) || !args.includes('--json')) throw error
    const { line = 0, field = 'file' } = error.facts as { line?: number; field?: string }
    report(args, { verdict: 'rejected', errors: [{ line, field, message: error.message }] }, '')
    return 1
  }
}

/** The file once through: its digest, and one entry a day. */
export async function readWeather(
  path: string,
  station: string | null,
): Promise<{ file: WeatherFile; sha256: Buffer }> {
  const hash = createHash('sha256')
  const lines = linesOf(path, bytes => hash.update(bytes))
  const first = await lines.next()
  const head: string = first.done ? '' : first.value
  const file = /^\uFEFF?\s*[{[]/.test(head)
    ? readWeatherJson(await jsonOf(head, lines), station)
    : await readWeatherCsv(again(head, lines), station)
  return { file, sha256: hash.digest() }
}

async function* again(head: string, lines: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head
  yield* lines
}

async function jsonOf(head: string, lines: AsyncGenerator<string>): Promise<string> {
  const parts = [head.replace(/^\uFEFF/, '')]
  let size = head.length
  for await (const line of lines) {
    size += line.length
    if (size > largestJson)
      throw new UsageError('A JSON answer of more than 32 MB is not read; ask for fewer days.')
    parts.push(line)
  }
  return parts.join('\n')
}

async function* linesOf(path: string, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const bytes of unpackedFile(path)) {
    onBytes(bytes)
    const parts = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    rest = parts.pop() ?? ''
    yield* parts
  }
  rest += decoder.decode()
  if (rest !== '') yield rest.replace(/\r$/, '')
}

function told({
  station,
  zone,
  rows,
  first,
  last,
  written,
  etoInches,
  filled,
  missing,
}: ImportedWeather): string {
  const some = (days: readonly { on: string }[]) => days.slice(0, 5).map(({ on }) => on)
  return [
    `${rows} rows of station ${station} for zone ${zone}, ${first} to ${last}: ${etoInches} inches of ETo. ` +
      `${written} days written, ${filled.length} of them filled, ${missing.length} left open.`,
    ...filled.slice(0, 5).map(({ on, how }) => `  ${on} filled: ${how}`),
    ...(filled.length > 5 ? [`  and ${filled.length - 5} more`] : []),
    ...(missing.length > 0
      ? [`  no value for ${some(missing).join(', ')}${missing.length > 5 ? ' …' : ''}`]
      : []),
  ].join('\n')
}
