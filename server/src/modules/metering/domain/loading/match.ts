/** A line of a file beside what the district has on record: which register it is, and what stands against taking it. */
import { dayNumber, fromDayNumber, type LocalDate } from '@curbstop/kernel/dates'
import type { MeterId } from '@curbstop/kernel/ids'
import type { RegisterRead, Skip } from '../read-files/kinds.ts'
import type { RegisterUnit } from '../registers.ts'
import type { RegisterRow } from './place.ts'

export type Problem = { readonly line: number; readonly field: string; readonly message: string }

/** Words of files for units of registers. */
const unitNames: Readonly<Record<string, RegisterUnit>> = {
  gal: 'gal',
  cf: 'cf',
  ccf: 'ccf',
  l: 'l',
  m3: 'kl',
  kl: 'kl',
}

export type Matched =
  | { readonly row: RegisterRow; readonly value: number; readonly day: number }
  | { readonly problem: Problem }

export function matchRead(
  read: RegisterRead,
  rows: readonly RegisterRow[] | undefined,
  today: LocalDate,
): Matched {
  const no = (field: string, message: string): Matched => ({ problem: { line: read.line, field, message } })
  if (!rows || rows.length === 0)
    return no(
      'meter',
      `Meter ${read.meter} is not on record. Put it on record or correct its number in the file.`,
    )
  const row = pickRegister(read, rows)
  if (!row) {
    const needed = rows.map(one => one.registerNo).join(' and ')
    return no(
      'register',
      `Meter ${read.meter} has the registers ${needed}; the file names '${read.registerId ?? ''}'.`,
    )
  }
  if (row.servicePointId === null || row.installedDay === null)
    return no('meter', `Meter ${read.meter} hangs nowhere: it was never installed.`)
  const day = dayNumber(read.readOn)
  if (read.readOn > today) return no('date', `The read of ${read.readOn} lies in the future.`)
  if (day < row.installedDay)
    return no('date', `Meter ${read.meter} was hung after ${read.readOn}: the read is not of this place.`)
  if (row.removedDay !== null && day > row.removedDay)
    return no(
      'meter',
      `Meter ${read.meter} was taken out before ${read.readOn}. Which meter hangs there now?`,
    )
  const unit = read.unit === null ? null : unitNames[read.unit]
  if (read.unit !== null && unit !== row.unit)
    return no('unit', `The file reads meter ${read.meter} in ${read.unit}; its register shows ${row.unit}.`)
  const value = Number(wholeOf(read.value))
  if (!Number.isFinite(value) || read.value.startsWith('-'))
    return no('value', `'${read.value}' is not a value of a register.`)
  if (value >= 10 ** row.dials)
    return no('value', `${read.value} has more digits than the ${row.dials} dials of meter ${read.meter}.`)
  return { row, value, day }
}

/** Whole units are billed; what a register shows behind the point is cut, never rounded up (VEE-007). */
function wholeOf(value: string): string {
  const point = value.indexOf('.')
  return point < 0 ? value : value.slice(0, point) || '0'
}

/** Low and high side of a compound meter; a file that names no register means the only one. */
function pickRegister({ registerId }: RegisterRead, rows: readonly RegisterRow[]): RegisterRow | null {
  if (rows.length === 1)
    // A register id of the vendor's own says nothing; the high side of a compound meter is another register.
    return registerId === null || !isHighSide(registerId) ? rows[0]! : byNumber(registerId, rows)
  if (registerId === null) return null
  return byNumber(registerId, rows)
}

const isHighSide = (registerId: string): boolean => ['H', 'HIGH'].includes(registerId.toUpperCase())

/** `L` and `0` are the low side, `H` and `2` the high one; else the number of the register. */
function byNumber(registerId: string, rows: readonly RegisterRow[]): RegisterRow | null {
  const name = registerId.toUpperCase()
  if (['L', 'LOW', '0', '1'].includes(name)) return rows.find(row => row.registerNo === 1) ?? null
  if (['H', 'HIGH', '2'].includes(name)) return rows.find(row => row.registerNo === 2) ?? null
  return rows.find(row => String(row.registerNo) === name) ?? null
}

export type KnownSkip = {
  readonly meterId: MeterId
  readonly onDate: LocalDate
  readonly code: string
  readonly note: string | null
  readonly reader: string | null
}

/** Skips of meters that are on record; a skip without a time was made on the day the file came. */
export function skipsOf(
  skips: readonly Skip[],
  meters: ReadonlyMap<string, MeterId>,
  today: LocalDate,
): KnownSkip[] {
  return skips.flatMap(({ meter, skipCode, note, at }) => {
    const meterId = meter === null ? undefined : meters.get(meter)
    if (!meterId || skipCode === null) return []
    const onDate = at === null ? today : fromDayNumber(Math.floor(at / 86_400))
    return [{ meterId, onDate, code: skipCode, note, reader: null }]
  })
}
