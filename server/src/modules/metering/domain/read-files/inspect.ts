/** What a file of reads holds, without a database: the figures that a person compares with the sender's. */
import { dayNumber } from '@curbstop/kernel/dates'
import { type ExactSum, exactSum } from './decimals.ts'
import { distinct } from './distinct.ts'
import type {
  Bytes,
  FileError,
  FileRecord,
  IntervalRead,
  ReadFileFormat,
  ReadFileOptions,
  RegisterRead,
} from './kinds.ts'
import { openReadFile } from './open.ts'
import { repeats } from './repeats.ts'
import { isoInstant } from './stamps.ts'

export type InspectionError = { readonly line: number; readonly field: string; readonly message: string }

export type Inspection = {
  readonly format: ReadFileFormat
  readonly verdict: 'accepted' | 'accepted-with-exceptions' | 'rejected'
  /** Rows that could carry a read; see FileEnd. */
  readonly rows: number
  readonly meters: number
  /** Register values: what dials showed. */
  readonly reads: number
  /** Uses between two instants. A repeated hour counts once. */
  readonly intervals: number
  /** Earliest and latest stamp as the file labels them, in UTC; dates for reads of a route. */
  readonly first: string | null
  readonly last: string | null
  /**
   * Exact sum of the intervals, or of the register values of a file without intervals. A number while a number is
   * exact, else decimal text; null when the file mixes units.
   */
  readonly sum: number | string | null
  readonly unit: string | null
  readonly skipped: Readonly<Record<string, number>>
  readonly errors: readonly InspectionError[]
}

const listed = 100
/** Reasons are words of the file; a file that makes up one for every row must not fill the memory. */
const mostReasons = 200

/** Reads the file to its end and never throws for what stands in it. */
export async function inspectReadFile(
  format: ReadFileFormat,
  bytes: Bytes,
  options: ReadFileOptions = {},
): Promise<Inspection> {
  const sight = sightOf(format, options)
  let rows = 0
  for await (const batch of openReadFile(format, bytes, options)) {
    for (const record of batch) {
      if (record.is === 'end') rows = record.rows
      else sight.see(record)
    }
  }
  const { verdict, ...figures } = sight.summary()
  return { format, verdict, rows, ...figures }
}

type Sight = {
  see(record: FileRecord): void
  summary(): Omit<Inspection, 'format' | 'rows'>
}

/** Sum, count and unit of one channel. */
type Channel = { count: number; readonly sum: ExactSum; readonly units: Set<string> }
const channel = (): Channel => ({ count: 0, sum: exactSum(), units: new Set() })

function sightOf(format: ReadFileFormat, options: ReadFileOptions): Sight {
  const found = { intervals: channel(), registers: channel() }
  const skipped = new Map<string, number>()
  const errors = errorList()
  const meters = distinct()
  const seen = repeats()
  const radios = radioPairs()
  const range = { first: '', last: '', from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
  const labelsStart = options.label === 'start'
  let account: string | null = null
  let repeatedLine = 0
  let series = { meter: '', endpoint: '' as string | null, channel: '', unit: '', name: '' }
  let compared = true

  const skip = (reason: string) => {
    const name = skipped.has(reason) || skipped.size < mostReasons ? reason : 'other'
    skipped.set(name, (skipped.get(name) ?? 0) + 1)
  }
  const add = (into: Channel, unit: string, value: string, before: string | null) => {
    if (before === null) into.count += 1
    else into.sum.add(before.startsWith('-') ? before.slice(1) : before === '0' ? before : `-${before}`)
    into.sum.add(value)
    into.units.add(unit)
  }
  /** Null: the same value came before. Otherwise what is taken off the sum. */
  const replaced = (
    name: string,
    span: readonly [number, number],
    read: RegisterRead | IntervalRead,
    says: () => string,
  ): { readonly before: string | null } | null => {
    const earlier = seen.see(name, span[0], span[1], read.value)
    if (earlier === 'unknown') compared = false
    if (typeof earlier === 'string') return { before: null }
    // A row with use and register is one row, however much of it came before.
    const counts = read.line !== repeatedLine || !(read.is === 'interval' && read.channel === 'register')
    if (read.is === 'interval' && read.channel === 'interval') repeatedLine = read.line
    const isSame = earlier.before === read.value
    if (counts) skip(isSame ? 'repeated' : 'replaced')
    if (isSame) return null
    const message = `Line ${read.line}: ${says()} came before with ${earlier.before} and now with ${read.value}; the later value counts.`
    errors.add({ is: 'error', line: read.line, field: 'value', message, fatal: false })
    return earlier
  }
  const seeInterval = (read: IntervalRead) => {
    const { meter, endpoint, unit } = read
    if (
      meter !== series.meter ||
      endpoint !== series.endpoint ||
      read.channel !== series.channel ||
      unit !== series.unit
    ) {
      const identity = format === 'greenbutton' ? (endpoint ?? '') : meter
      series = {
        meter,
        endpoint,
        channel: read.channel,
        unit,
        name: `${identity}|${read.channel}|${unit}|${read.flow}`,
      }
      account = read.account
      meters.add(identity || account || '')
      const other = endpoint !== null && format !== 'greenbutton' ? radios.see(endpoint, meter) : null
      if (other !== null) {
        const message = `Line ${read.line}: the radio ${endpoint} reports for meter ${meter} here and for ${other} elsewhere.`
        errors.add({ is: 'error', line: read.line, field: 'meter', message, fatal: false })
      }
    } else if (meter === '' && read.account !== account) {
      account = read.account
      meters.add(account ?? '')
    }
    const isStart = labelsStart || read.dated === true
    const from = isStart || format === 'greenbutton' ? read.startsAt : read.endsAt
    const to = isStart ? read.startsAt : read.endsAt
    if (from < range.from) range.from = from
    if (to > range.to) range.to = to
    const into = read.channel === 'interval' ? found.intervals : found.registers
    // Rows of accounts may be of several meters each: equal rows are not repeats there.
    const says = () => `${meter} at ${isoInstant(read.endsAt)}`
    const old =
      meter === '' ? { before: null } : replaced(series.name, [read.startsAt, read.endsAt], read, says)
    if (old) add(into, unit, read.value, old.before)
  }
  const seeRegister = (read: RegisterRead) => {
    meters.add(read.meter || read.account || '')
    const { readOn } = read
    if (range.first === '' || readOn < range.first) range.first = readOn
    if (readOn > range.last) range.last = readOn
    const day = dayNumber(readOn)
    const name = `${read.meter}|read|${read.registerId ?? ''}|${read.readAt ?? ''}`
    const says = () => `${read.meter} on ${readOn}`
    const old = read.meter === '' ? { before: null } : replaced(name, [day, day], read, says)
    if (old) add(found.registers, read.unit ?? '', read.value, old.before)
  }

  return {
    see(record) {
      if (record.is === 'interval') seeInterval(record)
      else if (record.is === 'register') seeRegister(record)
      else if (record.is === 'error') errors.add(record)
      else if (record.is === 'skip') {
        skip(record.reason)
        if (record.meter) meters.add(record.meter)
      }
    },
    summary() {
      if (!compared) {
        const message =
          'The file is too long to compare every hour that came out of order with what came before.'
        errors.add({ is: 'error', line: 0, field: 'file', message, fatal: false })
      }
      const main = found.intervals.count > 0 ? found.intervals : found.registers
      const isOneUnit = main.units.size === 1
      return {
        verdict: errors.verdict(),
        meters: meters.count(),
        reads: found.registers.count,
        intervals: found.intervals.count,
        first: Number.isFinite(range.from) ? isoInstant(range.from) : range.first || null,
        last: Number.isFinite(range.to) ? isoInstant(range.to) : range.last || null,
        sum: isOneUnit ? exactNumber(main.sum.text()) : null,
        unit: isOneUnit ? [...main.units][0] || null : main.units.size > 1 ? 'mixed' : null,
        skipped: Object.fromEntries(skipped),
        errors: errors.list(),
      }
    },
  }
}

/** Most radios remembered; beyond it a second meter of a radio is not noticed. */
const mostRadios = 100_000

/** One radio speaks for one meter; some senders leave the letter before a serial out now and then. */
function radioPairs(): { see(endpoint: string, meter: string): string | null } {
  const meterOf = new Map<string, string>()
  const bare = (serial: string) => serial.replace(/^[A-Za-z]+0*|^0+/, '')
  return {
    see(endpoint, meter) {
      const known = meterOf.get(endpoint)
      if (known === undefined && meterOf.size < mostRadios) meterOf.set(endpoint, meter)
      return known === undefined || known === meter || bare(known) === bare(meter) ? null : known
    },
  }
}

/** A JSON number where no digit is lost by it. */
function exactNumber(text: string): number | string {
  return String(Number(text)) === text ? Number(text) : text
}

/** The first errors and every reason to refuse; the rest is counted. */
function errorList() {
  const kept: FileError[] = []
  let fatal = 0
  let all = 0
  return {
    add(error: FileError): void {
      all += 1
      if (error.fatal) fatal += 1
      if (kept.length < listed || (error.fatal && fatal <= 20)) kept.push(error)
    },
    verdict: () =>
      (fatal > 0 ? 'rejected' : all > 0 ? 'accepted-with-exceptions' : 'accepted') as Inspection['verdict'],
    list(): InspectionError[] {
      const errors: InspectionError[] = kept.map(({ line, field, message }) => ({ line, field, message }))
      const more = all - kept.length
      if (more > 0) errors.push({ line: 0, field: 'file', message: `${more} more errors are not listed.` })
      return errors
    },
  }
}
