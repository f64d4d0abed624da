/**
 * Reads a usage file, plain or gzipped: monthly use by customer (`cust_id,bill_year,bill_month,usage_ccf,cust_class`)
 * or a histogram (`cust_class,usage_ccf,n`). Streams; a wrong line is named with its number and field.
 */
import { createReadStream, existsSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { type Repeat, watchRepeats } from './repeats.ts'
import type { PremiseClass } from './use.ts'

export class UsageFileError extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.stack = sentence
  }
}

/** Use of one customer by month (`2014-03`), in CCF; rows of several meters are added up. */
export type UsageCustomer = { id: string; class: PremiseClass; byMonth: Map<string, number> }
export type UsageFile = {
  customers: UsageCustomer[]
  rows: number
  units: number
  /** Rows that fell on a month the customer had already: more than one meter. */
  added: number
}

const classes: Readonly<Record<string, PremiseClass>> = {
  RESIDENTIAL_SINGLE: 'single-family',
  RESIDENTIAL_MULTI: 'multi-family',
  COMMERCIAL: 'commercial',
  INSTITUTIONAL: 'institutional',
  IRRIGATION: 'irrigation',
  OTHER: 'commercial',
}
const monthly = ['cust_id', 'bill_year', 'bill_month', 'usage_ccf', 'cust_class']
const histogram = ['cust_class', 'usage_ccf', 'n']
const billsOfOneAccount = 12

type Row = Record<string, string>

export async function readUsageFile(path: string): Promise<UsageFile> {
  if (!existsSync(path)) throw new UsageFileError(`There is no file ${path}.`)
  const bytes = createReadStream(path)
  const text = path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  const parser = text.pipe(
    parse({ columns: true, bom: true, trim: true, skip_empty_lines: true, info: true }),
  )
  for (const source of [bytes, text]) source.on('error', (error: Error) => parser.destroy(error))
  let lastByte = 0
  text.on('data', (part: Buffer) => {
    lastByte = part.at(-1) ?? lastByte
  })
  const file: UsageFile = { customers: [], rows: 0, units: 0, added: 0 }
  const byId = new Map<string, UsageCustomer>()
  const pools = new Map<string, number[]>()
  const repeats = watchRepeats()
  let take: ((row: Row, line: number) => void) | null = null
  let last = { line: 0, words: '' }
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: { lines: number } }>) {
      take ??= chooseReader(Object.keys(record), file, byId, pools)
      take(record, info.lines)
      last = { line: info.lines, words: Object.values(record).join(',') }
      repeats.see(last.words, last.line, record.cust_id ?? '')
      file.rows += 1
    }
  } catch (error) {
    if (error instanceof UsageFileError) throw error
    throw new UsageFileError(`${path} cannot be read: ${(error as Error).message}. Nothing was imported.`)
  }
  if (file.rows === 0)
    throw new UsageFileError(`${path} holds no rows below its header. Nothing was imported.`)
  if (lastByte !== 10 && lastByte !== 13) throw unended(path, last)
  const twice = repeats.longest()
  if (twice && (byId.size === 0 || twice.customers > 2 || twice.rows * 2 === file.rows))
    throw saidTwice(twice)
  file.customers = byId.size > 0 ? [...byId.values()] : customersOfPools(pools)
  return file
}

function chooseReader(
  columns: readonly string[],
  file: UsageFile,
  byId: Map<string, UsageCustomer>,
  pools: Map<string, number[]>,
) {
  const has = (wanted: readonly string[]) => wanted.every(name => columns.includes(name))
  if (has(monthly)) return (row: Row, line: number) => takeMonth(row, line, file, byId)
  const tally: Tally = { file, pools, bins: new Map() }
  if (has(histogram)) return (row: Row, line: number) => takeBin(row, line, tally)
  throw new UsageFileError(
    `The columns are ${columns.join(', ').slice(0, 200)}. Needed are ${monthly.join(', ')}, or ${histogram.join(', ')}. Nothing was imported.`,
  )
}

function takeMonth(row: Row, line: number, file: UsageFile, byId: Map<string, UsageCustomer>): void {
  const id = row.cust_id!
  if (!/^\w{1,20}$/.test(id)) throw wrong(line, 'cust_id', id, 'a customer number')
  const year = whole(row, 'bill_year', line, 1990, 2100)
  const month = whole(row, 'bill_month', line, 1, 12)
  const units = whole(row, 'usage_ccf', line, 0, 9_999_999)
  const kind = classOf(row, line)
  const customer = byId.get(id) ?? { id, class: kind, byMonth: new Map<string, number>() }
  byId.set(id, customer)
  const key = `${year}-${String(month).padStart(2, '0')}`
  if (customer.byMonth.has(key)) file.added += 1
  customer.byMonth.set(key, (customer.byMonth.get(key) ?? 0) + units)
  file.units += units
}

type Tally = { file: UsageFile; pools: Map<string, number[]>; bins: Map<string, number> }

function takeBin(row: Row, line: number, { file, pools, bins }: Tally): void {
  const kind = classOf(row, line)
  const units = whole(row, 'usage_ccf', line, 0, 9_999_999)
  const count = whole(row, 'n', line, 0, 10_000_000)
  const bin = `${row.cust_class} with ${units} CCF`
  if (bins.has(bin) && bins.get(bin) !== count)
    throw new UsageFileError(
      `Line ${line} counts ${bin} a second time, and otherwise. Put both counts into one line. Nothing was imported.`,
    )
  bins.set(bin, count)
  const pool = pools.get(kind) ?? []
  pools.set(kind, pool)
  for (let i = 0; i < count; i += 1) pool.push(units)
  file.units += units * count
}

/** A histogram knows no customers: every account gets a dozen bills, spread over the whole range. */
function customersOfPools(pools: ReadonlyMap<string, readonly number[]>): UsageCustomer[] {
  return [...pools].flatMap(([kind, pool]) => {
    const accounts = Math.ceil(pool.length / billsOfOneAccount)
    return Array.from({ length: accounts }, (_, at) => {
      const byMonth = new Map<string, number>()
      for (let i = at, period = 0; i < pool.length; i += accounts, period += 1) {
        const month = 2 * period
        byMonth.set(`${2014 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`, pool[i]!)
      }
      return { id: `${kind.slice(0, 4)}${at + 1}`, class: kind as PremiseClass, byMonth }
    })
  })
}

function classOf(row: Row, line: number): PremiseClass {
  const kind = classes[row.cust_class!]
  if (!kind) throw wrong(line, 'cust_class', row.cust_class!, `one of ${Object.keys(classes).join(', ')}`)
  return kind
}

function whole(row: Row, field: string, line: number, least: number, most: number): number {
  const text = row[field]!
  const value = /^-?\d+(\.0+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most))
    throw wrong(line, field, text, `a whole number from ${least} to ${most}`)
  return value
}

/** Nothing in these files counts their rows, so only a line's end proves that the line is whole. */
const unended = (path: string, { line, words }: { line: number; words: string }) =>
  new UsageFileError(
    `${path} ends in line ${line} (“${words.slice(0, 80)}”) without a line end, so its last number may be cut off. ` +
      'If the file is whole, end its last line and import it again. Nothing was imported.',
  )

/** A customer with two meters may have the same use twice; three customers in the same order do not. */
const saidTwice = ({ from, to, of, rows }: Repeat) =>
  new UsageFileError(
    rows === 1
      ? `Line ${from} says again what line ${of} says. Take one of them out. Nothing was imported.`
      : `Lines ${from} to ${to} say again what the lines from ${of} say: the same data stand in the file twice. ` +
          'Take one of the blocks out. Nothing was imported.',
  )

const wrong = (line: number, field: string, seen: string, wanted: string) =>
  new UsageFileError(`Line ${line}, ${field}: '${seen.slice(0, 40)}' is not ${wanted}. Nothing was imported.`)
