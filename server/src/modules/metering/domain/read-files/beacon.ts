/**
 * Badger BEACON exports, told apart by their header: the hourly one (Flow, Flow_Time; flow and read have units of
 * their own in one row) and the billing read export (Billing_Read; one row a register).
 */
import type { Instant } from '@curbstop/kernel/dates'
import { damage, quoted, rowError } from './damage.ts'
import { exactDecimal, minus } from './decimals.ts'
import { type Bytes, defaultZone, type FileRecord, type ReadFileOptions } from './kinds.ts'
import { dateOfWall, isoInstant } from './stamps.ts'
import { type Row, type RowReader, readTable, type StampReader, skipOf, stampReader } from './table.ts'
import type { Tally } from './tally.ts'
import { isIdentity, unitOf } from './units.ts'
import { type ZoneClock, zoneClock } from './zone-clock.ts'

type Setting = { readonly clock: ZoneClock; readonly label: 'start' | 'end'; readonly instantOf: StampReader }

/** BEACON cuts an export here and writes the rest to the next file. */
const rowsInFile = 100_000

export async function* readBeacon(
  bytes: Bytes,
  options: ReadFileOptions,
  tally: Tally,
): AsyncGenerator<FileRecord[]> {
  const clock = zoneClock(options.zone ?? defaultZone)
  const instantOf = stampReader(clock, { utc: false, dayFirst: false })
  const setting = { clock, label: options.label ?? ('end' as const), instantOf }
  let isBilling = false
  const open = (header: readonly string[]): RowReader => {
    isBilling = header.includes('Billing_Read')
    need(header, isBilling ? billingColumns : flowColumns)
    return isBilling ? billingReader(setting) : flowReader(setting)
  }
  yield* readTable(bytes, { open }, tally)
  if (isBilling && tally.rows === rowsInFile) {
    const message = `The file has exactly ${rowsInFile} rows, where BEACON begins the next file. Bring that one too.`
    yield [rowError(0, 'file', message)]
  }
}

const flowColumns = ['Flow', 'Flow_Time', 'Flow_Unit', 'Read', 'Read_Time', 'Read_Unit', 'Endpoint_SN']
const billingColumns = ['Meter_ID', 'Read', 'Read_Unit', 'Billing_Read']

function need(header: readonly string[], columns: readonly string[]): void {
  const missing = columns.filter(name => !header.includes(name))
  const twice = columns.filter(name => header.indexOf(name) !== header.lastIndexOf(name))
  if (missing.length > 0) {
    throw damage(1, 'header', `This is no BEACON export: the header lacks ${missing.join(', ')}.`)
  }
  if (twice.length > 0)
    throw damage(1, 'header', `The column ${twice.join(', ')} stands twice in the header.`)
}

type Named = { readonly meter: string; readonly endpoint: string | null; readonly account: string | null }

function named(row: Row): Named | null {
  const meter = row.cell('Meter_SN') || row.cell('Meter_ID')
  const endpoint = row.cell('Endpoint_SN')
  if (!isIdentity(meter)) row.wrong('Meter_ID', `${quoted(meter)} is no meter.`)
  else if (endpoint !== '' && !isIdentity(endpoint))
    row.wrong('Endpoint_SN', `${quoted(endpoint)} is no radio id.`)
  else return { meter, endpoint: endpoint || null, account: row.cell('Account_ID') || null }
  return null
}

function flowReader(setting: Setting): RowReader {
  const rawAgrees = rawReadCheck()
  return (row, out) => {
    const who = named(row)
    if (!who) return
    const flag = row.cell('Estimated_Flag')
    if (!/^(0|1|true|false|y|n|yes|no)?$/i.test(flag)) {
      return row.wrong('Estimated_Flag', `${quoted(flag)} is neither 0 nor 1.`)
    }
    const quality = /^(1|true|y|yes)$/i.test(flag) ? ('estimated' as const) : ('measured' as const)
    const common = { is: 'interval', line: row.line, ...who, quality, flow: 'forward', cost: null } as const
    const flow = amount(row, 'Flow', out, who)
    if (flow) {
      const at = setting.instantOf(row, 'Flow_Time', row.cell('Flow_Time'), who.meter)
      const startsAt = at === null ? 0 : setting.label === 'end' ? at - 3600 : at
      if (at !== null) {
        out.push({
          ...common,
          channel: 'interval',
          startsAt,
          endsAt: startsAt + 3600,
          seconds: 3600,
          ...flow,
        })
      }
    }
    const read = amount(row, 'Read', out, who)
    if (!read || !rawAgrees(row, read.value)) return
    const at = setting.instantOf(row, 'Read_Time', row.cell('Read_Time'), who.meter)
    if (at === null) return
    out.push({ ...common, channel: 'register', startsAt: at, endsAt: at, seconds: 0, ...read })
  }
}

/** Value and unit of a column; nothing when it is blank (counted) or wrong (named). */
function amount(
  row: Row,
  column: 'Flow' | 'Read',
  out: FileRecord[],
  who: Named,
): { readonly value: string; readonly unit: string } | null {
  const text = row.cell(column)
  if (text === '') {
    const { meter, account } = who
    out.push(skipOf(row, column === 'Flow' ? 'no-flow' : 'no-register', { meter, account }))
    return null
  }
  const value = exactDecimal(text)
  const unitText = row.cell(`${column}_Unit`)
  const unit = unitOf(unitText)
  if (value === null) row.wrong(column, `${quoted(text)} is no number.`)
  else if (!unit) row.wrong(`${column}_Unit`, `the unit ${quoted(unitText)} is not known.`)
  else return { value, unit }
  return null
}

/**
 * Raw_Read has the digits of the dials (`022760`), Read the same digits with a point (`227.6`), unless the export
 * converts units. Where the first row agrees every row must.
 */
function rawReadCheck(): (row: Row, read: string) => boolean {
  let enforced: boolean | null = null
  const digits = (text: string) => text.replace('.', '').replace(/^0+|0+$/g, '')
  return (row, read) => {
    const raw = row.cell('Raw_Read')
    if (!/^\d+$/.test(raw) || digits(raw) === '' || digits(read) === '') return true
    const agrees = digits(raw) === digits(read)
    enforced ??= agrees
    if (agrees || !enforced) return true
    row.wrong(
      'Raw_Read',
      `the dials ${quoted(raw)} and the read ${quoted(read)} do not have the same digits.`,
    )
    return false
  }
}

function billingReader(setting: Setting): RowReader {
  return (row, out) => {
    const who = named(row)
    if (!who) return
    const { meter, account } = who
    const text = row.cell('Read')
    if (text === '') {
      const method = row.cell('Read_Method')
      return void out.push(skipOf(row, 'no-reading', { meter, account, note: method || null }))
    }
    const value = exactDecimal(text)
    const unit = unitOf(row.cell('Read_Unit'))
    const billed = row.cell('Billing_Read')
    const cut = billed === '' ? value : exactDecimal(billed)
    const register = registers[row.cell('Register_Number').toUpperCase()]
    if (value === null) return row.wrong('Read', `${quoted(text)} is no number.`)
    if (!unit) return row.wrong('Read_Unit', `the unit ${quoted(row.cell('Read_Unit'))} is not known.`)
    if (cut === null) return row.wrong('Billing_Read', `${quoted(billed)} is no number.`)
    if (minus(value, cut).startsWith('-')) {
      return row.wrong('Billing_Read', `the billing read ${billed} is above the read ${text} it is cut from.`)
    }
    if (register === undefined) {
      return row.wrong(
        'Register_Number',
        `${quoted(row.cell('Register_Number'))} is neither low nor high side.`,
      )
    }
    const stampColumn = ['Read_Time', 'Read_Date', 'Billing_Read_Time', 'Read_Timestamp'].find(name =>
      row.cell(name),
    )
    if (!stampColumn) return row.wrong('Read_Time', 'the time of the read is missing.')
    const at = setting.instantOf(row, stampColumn, row.cell(stampColumn), meter)
    if (at === null) return
    out.push({
      ...emptyRead,
      line: row.line,
      meter,
      account,
      registerId: register,
      readOn: dateOfWall(setting.clock.wallOf(at)),
      readAt: isoInstant(at) as Instant,
      value,
      unit,
      kind: 'actual',
      note: row.cell('Read_Method') || null,
    })
  }
}

/** Blank for a simple meter; both spellings of the two sides of a compound one. */
const registers: Readonly<Record<string, string | null>> = { '': null, L: 'L', '0': 'L', H: 'H', '2': 'H' }

const emptyRead = {
  is: 'register',
  route: null,
  sequence: null,
  dials: null,
  previous: null,
  skipCode: null,
  reader: null,
  lat: null,
  lng: null,
} as const
