/** Plain CSV by a mapping: hourly intervals with or without registers, reads of a route, monthly use. */

import type { Instant } from '@curbstop/kernel/dates'
import { type CsvField, type CsvMapping, mappingFaults, suggestMapping } from './csv-mapping.ts'
import { ownSteps } from './csv-step.ts'
import { damage, quoted } from './damage.ts'
import { exactDecimal } from './decimals.ts'
import {
  type Bytes,
  defaultZone,
  type FileRecord,
  type Quality,
  type ReadFileOptions,
  type ReadKind,
} from './kinds.ts'
import { dateOfWall, isoInstant, wallSeconds } from './stamps.ts'
import {
  agreesWithWall,
  type Row,
  type RowReader,
  readTable,
  type StampReader,
  skipOf,
  stampReader,
} from './table.ts'
import type { Tally } from './tally.ts'
import { isIdentity, unitOf } from './units.ts'
import { type ZoneClock, zoneClock } from './zone-clock.ts'

type Setting = {
  readonly mapping: CsvMapping
  readonly clock: ZoneClock
  readonly label: 'start' | 'end'
  readonly instantOf: StampReader
}

/** The cell of a field, by the mapping. */
type Of = (row: Row, field: CsvField) => string

export function readCsv(bytes: Bytes, options: ReadFileOptions, tally: Tally): AsyncGenerator<FileRecord[]> {
  const clock = zoneClock(options.zone ?? defaultZone)
  const label = options.label ?? 'end'
  let isTold = false
  const open = (header: readonly string[]): RowReader => {
    const mapping = options.mapping ?? suggestMapping(header)
    const faults = mappingFaults(mapping, header)
    if (faults.length > 0) {
      throw damage(1, 'header', `The columns are not told by the header: ${faults.join('; ')}.`)
    }
    const instantOf = stampReader(clock, { utc: mapping.utc ?? false, dayFirst: mapping.dayFirst ?? false })
    isTold = mapping.seconds !== undefined || !mapping.columns.interval || !mapping.columns.readAt
    return rowReader({ mapping, clock, label, instantOf })
  }
  return ownSteps(readTable(bytes, { open }, tally), { label, isTold: () => isTold })
}

function rowReader(setting: Setting): RowReader {
  const { columns } = setting.mapping
  const of: Of = (row, field) => {
    const name = columns[field]
    return name === undefined ? '' : row.cell(name)
  }
  const hourly = setting.mapping.hourly ?? columns.interval !== undefined
  return (row, out) => {
    const meter = of(row, 'meter')
    const account = of(row, 'account')
    const identity = columns.meter ? meter : account
    if (!isIdentity(identity)) {
      return row.wrong(columns.meter ?? columns.account!, `${quoted(identity)} is no meter or account.`)
    }
    const time = timeOf(row, of, setting, identity)
    if (!time) return
    const mark = markOf(of(row, 'quality'))
    if (!mark) {
      return row.wrong(
        columns.quality!,
        `the mark ${quoted(of(row, 'quality'))} is not known; the row was left out.`,
      )
    }
    const read = { row, of, meter, account: account || null, time, mark }
    if (hourly) pushHourly(read, setting, out)
    else pushRead(read, setting, out)
  }
}

type Time = {
  /** UTC epoch seconds of the stamp. */
  readonly at: number
  /** The stamp has no time of day. */
  readonly dateOnly: boolean
  /** For use by day or month: its own ends. */
  readonly span: readonly [number, number] | null
}

function timeOf(row: Row, of: Of, setting: Setting, identity: string): Time | null {
  const { columns, dayFirst } = setting.mapping
  if (!columns.readAt) return monthOf(row, of, setting)
  const date = of(row, 'readAt')
  const timeOfDay = of(row, 'readTime')
  const text = timeOfDay && !/[:T]/.test(date) ? `${date} ${timeOfDay}` : date
  if (text === '') {
    row.wrong(columns.readAt, 'the time of the read is missing.')
    return null
  }
  const at = setting.instantOf(row, columns.readAt, text, identity)
  if (at === null) return null
  const local = of(row, 'localAt')
  if (local && !agreesWithWall(setting.clock, at, local, dayFirst)) {
    row.wrong(columns.localAt!, `${quoted(local)} is not the local time of ${isoInstant(at)}.`)
    return null
  }
  const dateOnly = !/[:T]|^\d{12,}$/.test(text)
  return { at, dateOnly, span: dateOnly ? dayOf(at, setting.clock) : null }
}

/** A date is the name of a day, from midnight to midnight, not the instant at which a day before it ended. */
function dayOf(at: number, clock: ZoneClock): readonly [number, number] {
  const wall = clock.wallOf(at)
  const [next] = wall % 86_400 === 0 ? clock.instantsOf(wall + 86_400) : []
  return [at, next ?? at + 86_400]
}

function monthOf(row: Row, of: Of, { clock, mapping }: Setting): Time | null {
  const [year, month] = [of(row, 'year'), of(row, 'month')]
  const starts = wallSeconds(/^\d{4}$/.test(year) ? Number(year) : 0, Number(month || 0), 1, [0, 0, 0])
  if (Number.isNaN(starts) || !/^\d{1,2}$/.test(month)) {
    row.wrong(mapping.columns.month!, `year ${quoted(year)} and month ${quoted(month)} are no month.`)
    return null
  }
  const isDecember = Number(month) === 12
  const ends = wallSeconds(
    Number(year) + (isDecember ? 1 : 0),
    isDecember ? 1 : Number(month) + 1,
    1,
    [0, 0, 0],
  )
  const span = [clock.instantsOf(starts)[0]!, clock.instantsOf(ends)[0]!] as const
  return { at: span[1], dateOnly: true, span }
}

type Mark = {
  readonly quality: Quality
  readonly kind: ReadKind
  readonly skip: string | null
  readonly stale: boolean
}

const marks: readonly (readonly [RegExp, Partial<Mark>])[] = [
  [
    /^$|^(r\d*|m|ok|good|valid|measured|actual|normal|raw|v|0|n|no|false|fixed|network|amr|manual|radio)$/,
    {},
  ],
  [/^(e\d*|est|estimated?|1|y|yes|true)$/, { quality: 'estimated', kind: 'estimated' }],
  [/^(a\d*|adj|adjusted|edited|corrected)$/, { quality: 'adjusted' }],
  [/^(c|customer|cust|customer read)$/, { kind: 'customer' }],
  [/^stale$/, { stale: true }],
]

/** What a quality column says; null when nobody knows the word. `N32`, `missing` and the like are no reads. */
function markOf(text: string): Mark | null {
  const plain: Mark = { quality: 'measured', kind: 'actual', skip: null, stale: false }
  const word = text.toLowerCase()
  if (/^n\d+$|^(missing|no[ _-]?read|not[ _-]?heard|null|n\/a)$/.test(word)) return { ...plain, skip: text }
  const found = marks.find(([words]) => words.test(word))
  return found ? { ...plain, ...found[1] } : null
}

type InHand = {
  readonly row: Row
  readonly of: Of
  readonly meter: string
  readonly account: string | null
  readonly time: Time
  readonly mark: Mark
}

function pushHourly(read: InHand, setting: Setting, out: FileRecord[]): undefined {
  const { row, mark, time, meter, account } = read
  const { columns } = setting.mapping
  const place = { meter: meter || null, account, at: time.at }
  if (mark.skip) return void out.push(skipOf(row, mark.skip, place))
  if (columns.interval) pushInterval(read, setting, out)
  if (!columns.register) return
  if (mark.stale) return void out.push(skipOf(row, 'stale', place))
  const value = numberOf(read, columns.register, 'no-register', out)
  const unit = unitFor(read, columns.register, setting.mapping.registerUnit)
  if (value === null || unit === null) return
  out.push({
    ...channelOf(read, { startsAt: time.at, endsAt: time.at }),
    channel: 'register',
    ...(setting.mapping.seconds === undefined ? {} : { every: setting.mapping.seconds }),
    value,
    unit,
  })
}

function pushInterval(read: InHand, setting: Setting, out: FileRecord[]): undefined {
  const { mapping, label } = setting
  const { time } = read
  const column = mapping.columns.interval!
  const value = numberOf(read, column, 'no-reading', out)
  const unit = unitFor(read, column, mapping.intervalUnit)
  if (value === null || unit === null) return
  const seconds = mapping.seconds ?? 3600
  const span = time.span ?? (label === 'end' ? [time.at - seconds, time.at] : [time.at, time.at + seconds])
  const dated = time.dateOnly && mapping.columns.readAt ? { dated: true as const } : {}
  const ends = { startsAt: span[0]!, endsAt: span[1]! }
  out.push({ ...channelOf(read, ends), ...dated, channel: 'interval', value, unit })
}

function channelOf(read: InHand, span: { readonly startsAt: number; readonly endsAt: number }) {
  return {
    is: 'interval' as const,
    line: read.row.line,
    meter: read.meter,
    endpoint: read.of(read.row, 'endpoint') || null,
    account: read.account,
    startsAt: span.startsAt,
    endsAt: span.endsAt,
    seconds: span.endsAt - span.startsAt,
    quality: read.mark.quality,
    flow: 'forward' as const,
    cost: null,
  }
}

/** The number of a column; a blank one is a skip, anything else is an error. */
function numberOf(read: InHand, column: string, blank: string, out: FileRecord[]): string | null {
  const { row, meter, account, time } = read
  const text = row.cell(column)
  if (text === '') {
    out.push(skipOf(row, blank, { meter: meter || null, account, at: time.at }))
    return null
  }
  const value = exactDecimal(text)
  if (value === null) row.wrong(column, `${quoted(text)} is no number.`)
  return value
}

function unitFor(read: InHand, column: string, known: string | undefined): string | null {
  const text = read.of(read.row, 'unit')
  const unit = text ? unitOf(text) : (known ?? null)
  if (!unit) {
    read.row.wrong(column, text ? `the unit ${quoted(text)} is not known.` : 'nothing says its unit.')
  }
  return unit
}

function pushRead(read: InHand, setting: Setting, out: FileRecord[]): undefined {
  const { row, of, meter, account, time, mark } = read
  const { columns, registerUnit } = setting.mapping
  const route = of(row, 'route') || null
  const sequence = of(row, 'sequence') || null
  const skipCode = of(row, 'skipCode') || null
  const note = of(row, 'note') || null
  const text = row.cell(columns.register!)
  if (mark.skip || mark.stale || text === '') {
    const reason = mark.skip ?? (mark.stale ? 'stale' : skipCode ? `skip-code-${skipCode}` : 'no-reading')
    out.push(
      skipOf(row, reason, { meter: meter || null, account, route, sequence, skipCode, note, at: time.at }),
    )
    return
  }
  const value = exactDecimal(text)
  const before = of(row, 'previous')
  const previous = before === '' ? null : exactDecimal(before)
  if (value === null) return row.wrong(columns.register!, `${quoted(text)} is no number.`)
  if (before !== '' && previous === null) {
    return row.wrong(columns.previous!, `${quoted(before)} is no number.`)
  }
  const unitText = of(row, 'unit')
  const unit = unitText ? unitOf(unitText) : (registerUnit ?? null)
  if (unitText && !unit) return row.wrong(columns.unit!, `the unit ${quoted(unitText)} is not known.`)
  out.push({
    is: 'register',
    line: row.line,
    meter,
    registerId: of(row, 'registerId') || null,
    account,
    route,
    sequence,
    readOn: dateOfWall(setting.clock.wallOf(time.at)),
    readAt: time.dateOnly ? null : (isoInstant(time.at) as Instant),
    value,
    unit,
    dials: null,
    previous,
    kind: mark.kind,
    skipCode,
    note,
    reader: of(row, 'reader') || null,
    lat: of(row, 'lat') || null,
    lng: of(row, 'lng') || null,
  })
}
