/**
 * Aclara export: one register value a row, with the dials (RawRead), the multiplier (Scalar), their product
 * (ScaledRead), and the instant twice, in UTC and on the wall. Product and wall are proved in every row.
 */
import { damage, quoted } from './damage.ts'
import { exactDecimal, times } from './decimals.ts'
import { type Bytes, defaultZone, type FileRecord, type ReadFileOptions } from './kinds.ts'
import { isoInstant } from './stamps.ts'
import { agreesWithWall, type RowReader, readTable, skipOf, stampReader } from './table.ts'
import type { Tally } from './tally.ts'
import { isIdentity, unitOf } from './units.ts'
import { zoneClock } from './zone-clock.ts'

const columns = ['MeterSN', 'RawRead', 'ScaledRead', 'ReadingTime', 'Scalar']

export function readAclara(
  bytes: Bytes,
  options: ReadFileOptions,
  tally: Tally,
): AsyncGenerator<FileRecord[]> {
  const zone = options.zone ?? defaultZone
  const clock = zoneClock(zone)
  const instantOf = stampReader(clock, { utc: true, dayFirst: false })
  const read: RowReader = (row, out) => {
    const [meter, endpoint, account] = [row.cell('MeterSN'), row.cell('MTUID'), row.cell('AccountNumber')]
    const [raw, scaled, scalar] = [row.cell('RawRead'), row.cell('ScaledRead'), row.cell('Scalar')]
    if (!isIdentity(meter)) return row.wrong('MeterSN', `${quoted(meter)} is no meter.`)
    if (endpoint !== '' && !isIdentity(endpoint))
      return row.wrong('MTUID', `${quoted(endpoint)} is no radio id.`)
    // One radio may listen to two meters, each on a port of its own.
    const port = row.cell('Port')
    const at = instantOf(row, 'ReadingTime', row.cell('ReadingTime'), meter)
    if (at === null) return
    const local = row.cell('LocalTime')
    if (local !== '' && !agreesWithWall(clock, at, local)) {
      return row.wrong(
        'LocalTime',
        `${quoted(local)} is not what the wall of ${zone} showed at ${isoInstant(at)}.`,
      )
    }
    if (raw === '' && scaled === '') {
      return void out.push(skipOf(row, 'no-reading', { meter, account: account || null, at }))
    }
    const [dials, product, factor] = [exactDecimal(raw), exactDecimal(scaled), exactDecimal(scalar)]
    if (dials === null) return row.wrong('RawRead', `${quoted(raw)} is no number.`)
    if (product === null) return row.wrong('ScaledRead', `${quoted(scaled)} is no number.`)
    if (factor === null || factor === '0') return row.wrong('Scalar', `${quoted(scalar)} is no multiplier.`)
    if (times(dials, factor) !== product) {
      return row.wrong(
        'ScaledRead',
        `RawRead ${raw} times Scalar ${scalar} is ${times(dials, factor)}, not ${scaled}; the row was left out.`,
      )
    }
    const unit = unitOfDescription(row.cell('Description')) ?? unitOf(row.cell('Unit'))
    if (!unit) return row.wrong('Description', `${quoted(row.cell('Description'))} does not name a unit.`)
    out.push({
      is: 'interval',
      line: row.line,
      meter,
      endpoint: endpoint === '' ? null : /^1?$/.test(port) ? endpoint : `${endpoint}:${port}`,
      account: account || null,
      channel: 'register',
      startsAt: at,
      endsAt: at,
      seconds: 0,
      value: product,
      unit,
      quality: 'measured',
      flow: 'forward',
      cost: null,
    })
  }
  const open = (header: readonly string[]): RowReader => {
    const missing = columns.filter(name => !header.includes(name))
    if (missing.length > 0) {
      throw damage(1, 'header', `This is no Aclara export: the header lacks ${missing.join(', ')}.`)
    }
    return read
  }
  return readTable(bytes, { open }, tally)
}

/** `Badger M25/LP HRE LCD 5/8x3/4in 9D 0.001CuFt` → `cf`: the unit stands behind the size of the smallest dial. */
function unitOfDescription(text: string): string | null {
  const found = [...text.matchAll(/(?:^|\s)\d*\.?\d+\s*([A-Za-z][A-Za-z0-9 ]*?)(?=$|[\s,;)])/g)]
  const known = found.map(match => unitOf(match[1]!)).filter(unit => unit !== null)
  return known.at(-1) ?? unitOf(text.trim().split(/\s+/).at(-1) ?? '')
}
