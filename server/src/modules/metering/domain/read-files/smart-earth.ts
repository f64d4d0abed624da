/** Smart Earth hands back a CSV of meter id, premise id, commodity, reading, read date. */
import type { LocalDate } from '@curbstop/kernel/dates'
import { damage, quoted } from './damage.ts'
import { exactDecimal } from './decimals.ts'
import type { Bytes, FileRecord, ReadFileOptions } from './kinds.ts'
import { dateOfWall, parseStamp } from './stamps.ts'
import { type Row, readTable, skipOf } from './table.ts'
import type { Tally } from './tally.ts'
import { isIdentity } from './units.ts'

const columns = {
  meter: /meter/i,
  account: /premise/i,
  commodity: /commodity|service/i,
  date: /date/i,
  reading: /read/i,
}

export function readSmartEarth(bytes: Bytes, _: ReadFileOptions, tally: Tally): AsyncGenerator<FileRecord[]> {
  const open = (header: readonly string[]) => {
    const free = [...header]
    const names = Object.fromEntries(
      Object.entries(columns).map(([field, pattern]) => {
        const at = free.findIndex(name => pattern.test(name))
        if (at < 0)
          throw damage(1, 'header', `The header of a Smart Earth file names the ${field}; this one does not.`)
        return [field, free.splice(at, 1)[0]!]
      }),
    ) as Record<keyof typeof columns, string>
    return (row: Row, out: FileRecord[]) => readRow(row, names, out)
  }
  return readTable(bytes, { open }, tally)
}

function readRow(
  row: Row,
  names: Readonly<Record<keyof typeof columns, string>>,
  out: FileRecord[],
): undefined {
  const meter = row.cell(names.meter)
  const account = row.cell(names.account) || null
  const commodity = row.cell(names.commodity).toUpperCase()
  if (!isIdentity(meter)) return row.wrong(names.meter, `${quoted(meter)} is no meter.`)
  if (/^[GE]$/.test(commodity)) return void out.push(skipOf(row, 'not-water', { meter, account }))
  if (commodity !== 'W') return row.wrong(names.commodity, `${quoted(commodity)} is not W, G or E.`)
  const text = row.cell(names.reading)
  if (text === '') return void out.push(skipOf(row, 'no-reading', { meter, account }))
  const value = exactDecimal(text)
  if (value === null) return row.wrong(names.reading, `${quoted(text)} is no number.`)
  const stamp = parseStamp(row.cell(names.date))
  if (!stamp) return row.wrong(names.date, `${quoted(row.cell(names.date))} is no date.`)
  const readOn: LocalDate = dateOfWall(stamp.wall)
  out.push({
    is: 'register',
    line: row.line,
    meter,
    registerId: null,
    account,
    route: null,
    sequence: null,
    readOn,
    readAt: null,
    value,
    unit: null,
    dials: null,
    previous: null,
    kind: 'actual',
    skipCode: null,
    note: null,
    reader: null,
    lat: null,
    lng: null,
  })
}
