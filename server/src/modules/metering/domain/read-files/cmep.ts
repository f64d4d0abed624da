/**
 * CMEP MEPMD01 (Sensus, Xylem and others): one line is one meter and one channel, 14 fields and then `count` times
 * stamp, code, value. Stamps are the district's wall time without zone and label the end of the interval.
 */

import { addMonths } from '@curbstop/kernel/dates'
import { fatalError, quoted, rowError } from './damage.ts'
import { exactDecimal, times } from './decimals.ts'
import type { Bytes, FileRecord, IntervalRead, Quality, ReadFileOptions } from './kinds.ts'
import { defaultZone } from './kinds.ts'
import { compactWall, dateOfWall, wallOfDate } from './stamps.ts'
import type { Tally } from './tally.ts'
import { hasControlCharacter, linesOf } from './text.ts'
import { isIdentity, unitOf } from './units.ts'
import { instantInOrder, type ZoneClock, zoneClock } from './zone-clock.ts'

const headFields = 14
/** A year of quarter hours in one line has 700,000 characters. */
const longestLine = 4_000_000
const purposes = new Set(['OK', 'RESEND', 'HISTORY', 'SUMMARY', 'PROFILE', ''])

type Step = { readonly months: number; readonly days: number; readonly seconds: number }

type Row = {
  readonly line: number
  readonly meter: string
  readonly endpoint: string | null
  readonly channel: 'interval' | 'register'
  readonly unit: string
  readonly constant: string
  readonly step: Step
  readonly count: number
}

type Setting = {
  readonly clock: ZoneClock
  readonly label: 'start' | 'end'
  /** Last instant of a series, near a change of the clock. */
  readonly nearChange: Map<string, number>
}

export async function* readCmep(
  bytes: Bytes,
  options: ReadFileOptions,
  tally: Tally,
): AsyncGenerator<FileRecord[]> {
  const setting: Setting = {
    clock: zoneClock(options.zone ?? defaultZone),
    label: options.label ?? 'end',
    nearChange: new Map(),
  }
  for await (const { first, lines, ended, dirty } of linesOf(bytes, longestLine)) {
    let out: FileRecord[] = []
    for (let at = 0; at < lines.length; at++) {
      const text = lines[at]!
      if (text.trim() === '') continue
      tally.rows += 1
      const line = first + at
      const cells = text.split(',')
      const row = dirty && hasControlCharacter(text) ? garbled(line) : headOf(cells, line)
      if ('is' in row) out.push(row)
      else readTriplets(row, cells, setting, out)
      if (!ended && at === lines.length - 1) out.push(...cutShort(row, cells, line))
      if (out.length > 20_000) {
        yield out
        out = []
      }
    }
    yield out
  }
}

function garbled(line: number) {
  return rowError(line, 'line', `Line ${line} holds a control character: it is damaged and was left out.`)
}

/** The last line of a file without a line end: its last value may have lost digits, and nobody could tell. */
function cutShort(row: Row | FileRecord, cells: readonly string[], line: number): FileRecord[] {
  if ('is' in row) return [fatalError(line, 'line', `The file breaks off in line ${line}: it is cut.`)]
  const last = cells.at(-1)!
  return [
    rowError(
      line,
      'line',
      `Line ${line}, the last one, has no line end. Its values are read as they stand; if the file was cut, ` +
        `the last value ${quoted(last)} may have lost digits.`,
    ),
  ]
}

function headOf(cells: readonly string[], line: number): Row | ReturnType<typeof rowError> {
  const no = (field: string, message: string) => rowError(line, field, `Line ${line}: ${message}`)
  if (cells[0] !== 'MEPMD01') {
    return no('record type', `${quoted(cells[0]!)} is not the record type MEPMD01; the line was left out.`)
  }
  if (cells.length < headFields)
    return no('line', `it has ${cells.length} fields, a row needs ${headFields}.`)
  const [, version, , , endpoint, , stamp, meter, purpose, commodity, units, constant, interval, count] =
    cells as string[]
  if (!/^\d{8}$/.test(version!)) return no('version', `${quoted(version!)} is no version like 20080501.`)
  if (Number.isNaN(compactWall(stamp!))) return no('time stamp', `${quoted(stamp!)} is no time YYYYMMDDHHMM.`)
  if (!isIdentity(meter!)) return no('meter id', `${quoted(meter!)} is no meter id.`)
  if (endpoint !== '' && !isIdentity(endpoint!))
    return no('receiver id', `${quoted(endpoint!)} is no radio id.`)
  if (!purposes.has(purpose!))
    return no('purpose', `${quoted(purpose!)} is not a purpose that carries reads.`)
  if (commodity !== 'W') return no('commodity', `${quoted(commodity!)} is not water (W).`)
  const isRegister = units!.endsWith('REG')
  const unit = unitOf(isRegister ? units!.slice(0, -3) : units!)
  if (!unit) return no('units', `the unit ${quoted(units!)} is not known.`)
  const times = constant === '' ? '1' : exactDecimal(constant!)
  if (times === null || times.startsWith('-') || times === '0') {
    return no('constant', `${quoted(constant!)} is no constant to multiply by.`)
  }
  const step = stepOf(interval!)
  if (!step) return no('interval', `${quoted(interval!)} is no interval MMDDhhmm.`)
  if (!isRegister && step.months + step.days + step.seconds === 0) {
    return no('interval', 'a channel of intervals needs their length, not 00000000.')
  }
  if (!/^\d{1,7}$/.test(count!)) return no('count', `${quoted(count!)} is no count.`)
  // Some senders close the line with a comma.
  const values =
    cells.length - headFields - (cells.at(-1) === '' && (cells.length - headFields) % 3 === 1 ? 1 : 0)
  if (values !== Number(count) * 3) {
    return no(
      'count',
      `it announces ${Number(count)} readings of three fields and has ${values} fields; it was left out.`,
    )
  }
  return {
    line,
    meter: meter!.trim(),
    endpoint: endpoint || null,
    channel: isRegister ? 'register' : 'interval',
    unit,
    constant: times,
    step,
    count: Number(count),
  }
}

/** `MMDDhhmm`: `00000100` is an hour, `00010000` a day, `01000000` a month of the calendar. */
function stepOf(text: string): Step | null {
  if (!/^\d{8}$/.test(text)) return null
  const [months, days, hours, minutes] = [0, 2, 4, 6].map(at => Number(text.slice(at, at + 2)))
  return { months: months!, days: days!, seconds: hours! * 3600 + minutes! * 60 }
}

/** Hours are counted on the clock of the universe, days and months on the calendar of the wall. */
function stepped(instant: number, step: Step, sign: 1 | -1, clock: ZoneClock): number {
  if (step.months === 0 && step.days === 0) return instant + sign * step.seconds
  const wall = clock.wallOf(instant)
  const date = addMonths(dateOfWall(wall), sign * step.months)
  const moved = wallOfDate(date) + (wall - Math.floor(wall / 86_400) * 86_400) + sign * step.days * 86_400
  const [first] = clock.instantsOf(moved)
  return (first ?? moved - (wall - instant)) + sign * step.seconds
}

function readTriplets(row: Row, cells: readonly string[], setting: Setting, out: FileRecord[]): void {
  const series = `${row.meter}|${row.channel}`
  let last: number | null = setting.nearChange.get(series) ?? null
  for (let no = 0; no < row.count; no++) {
    const at = headFields + no * 3
    const stamp = cells[at]!
    const instant: number | string =
      stamp === ''
        ? following(row, no === 0 ? null : last, setting)
        : instantOf(row, cells, no, last, setting)
    if (typeof instant === 'string') {
      const message = `Line ${row.line}, reading ${no + 1} of meter ${row.meter}: ${instant}`
      out.push(rowError(row.line, `stamp ${no + 1}`, message))
      continue
    }
    last = instant
    pushValue(row, { no, code: cells[at + 1]!, text: cells[at + 2]!, instant }, setting, out)
  }
  // Only around the two nights of the year on which the order of the lines may tell an hour that comes twice.
  if (last !== null && setting.clock.plainInstantOf(last) === null) setting.nearChange.set(series, last)
}

function following(row: Row, last: number | null, { clock }: Setting): number | string {
  if (last === null) return 'the stamp is empty and there is no reading before it to count from.'
  const next = stepped(last, row.step, 1, clock)
  return next === last ? 'the stamp is empty and the line has no interval to count with.' : next
}

function instantOf(
  row: Row,
  cells: readonly string[],
  no: number,
  last: number | null,
  setting: Setting,
): number | string {
  const text = cells[headFields + no * 3]!
  const wall = compactWall(text)
  if (Number.isNaN(wall)) return `${quoted(text)} is no time YYYYMMDDHHMM.`
  const told =
    no === 0 && setting.clock.instantsOf(wall).length > 1 ? byWhatFollows(row, cells, no, setting) : null
  const instant = told ?? instantInOrder(setting.clock, wall, last)
  if (typeof instant === 'number') return instant
  if (instant === 'never') return `${text} never was: the clock was set forward over it.`
  return (
    byWhatFollows(row, cells, no, setting) ??
    `${text} came twice that day, and the order of the line does not tell which one is meant.`
  )
}

/** The hour that comes twice, at the beginning of a line: the first stamp outside it tells which one it was. */
function byWhatFollows(row: Row, cells: readonly string[], no: number, { clock }: Setting): number | null {
  const candidates = clock.instantsOf(compactWall(cells[headFields + no * 3]!))
  for (let ahead = 1; no + ahead < row.count && ahead <= 300; ahead++) {
    const wall = compactWall(cells[headFields + (no + ahead) * 3]!)
    // The same time again behind it: this was the first of the two.
    if (ahead === 1 && wall === compactWall(cells[headFields + no * 3]!)) return candidates[0] ?? null
    const instants = Number.isNaN(wall) ? [] : clock.instantsOf(wall)
    if (instants.length !== 1) continue
    const began = instants[0]! - ahead * row.step.seconds
    return row.step.seconds > 0 && candidates.includes(began) ? began : null
  }
  return null
}

type Triplet = { readonly no: number; readonly code: string; readonly text: string; readonly instant: number }

/** R measured, E estimated, A adjusted, each with digits of flags behind it; N: nothing was heard. */
function qualityOf(code: string): Quality | 'none' | null {
  if (code === '' || code === 'R0') return 'measured'
  if (!/^[REAN]\d{0,5}$/.test(code)) return null
  const letter = code.charCodeAt(0)
  if (letter === 82) return 'measured'
  if (letter === 69) return 'estimated'
  return letter === 65 ? 'adjusted' : 'none'
}

function pushValue(row: Row, triplet: Triplet, { clock, label }: Setting, out: FileRecord[]): undefined {
  const { no, code, text, instant } = triplet
  const quality = qualityOf(code)
  const error = (field: string, message: string): undefined => {
    const where = `Line ${row.line}, reading ${no + 1} of meter ${row.meter}`
    out.push(rowError(row.line, `${field} ${no + 1}`, `${where}: ${message}`))
  }
  if (quality === null) return error('code', `the code ${quoted(code)} is not known; the value was left out.`)
  if (quality === 'none' || text === '')
    return void out.push(skipped(row, quality === 'none' ? code : 'empty', instant))
  const value = exactDecimal(text)
  if (value === null) return error('value', `${quoted(text)} is no number.`)
  out.push(intervalOf(row, { value: times(value, row.constant), quality, instant }, clock, label))
}

const everyOf = ({ months, days, seconds }: Step) =>
  months === 0 && days + seconds > 0 ? { every: days * 86_400 + seconds } : {}

function skipped(row: Row, reason: string, at: number): FileRecord {
  const { line, meter } = row
  return {
    is: 'skip',
    line,
    reason,
    meter,
    account: null,
    route: null,
    sequence: null,
    skipCode: null,
    note: null,
    at,
  }
}

function intervalOf(
  row: Row,
  read: { readonly value: string; readonly quality: Quality; readonly instant: number },
  clock: ZoneClock,
  label: 'start' | 'end',
): IntervalRead {
  const { instant } = read
  const isRegister = row.channel === 'register'
  const startsAt = isRegister || label === 'start' ? instant : stepped(instant, row.step, -1, clock)
  const endsAt = isRegister || label === 'end' ? instant : stepped(instant, row.step, 1, clock)
  return {
    is: 'interval',
    line: row.line,
    meter: row.meter,
    endpoint: row.endpoint,
    account: null,
    channel: row.channel,
    startsAt,
    endsAt,
    seconds: endsAt - startsAt,
    ...(isRegister ? everyOf(row.step) : {}),
    value: read.value,
    unit: row.unit,
    quality: read.quality,
    flow: 'forward',
    cost: null,
  }
}
