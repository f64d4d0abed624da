/** One reading of a handheld: the fields of its record and of the records above it, judged and normalised. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { quoted, rowError } from './damage.ts'
import { exactDecimal, shifted } from './decimals.ts'
import type { FileError, RegisterRead, Skip } from './kinds.ts'
import type { Layout, LayoutField } from './layout-kinds.ts'
import { isoInstant, pictureDate, pictureTime, wallOfDate } from './stamps.ts'
import { isIdentity } from './units.ts'
import type { ZoneClock } from './zone-clock.ts'

export type Branch = Readonly<Partial<Record<LayoutField, string>>>
export type ReadingSetting = {
  readonly layout: Layout
  readonly clock: ZoneClock
  readonly on: LocalDate | null
}
type Held = { readonly line: number; readonly fields: Branch }

export function readingOf(setting: ReadingSetting, { line, fields }: Held): RegisterRead | Skip | FileError {
  const wrong = (field: LayoutField, message: string) => rowError(line, field, `Line ${line}: ${message}`)
  const meter = fields.meter || fields.meterId || ''
  if (!isIdentity(meter)) return wrong('meter', `${quoted(meter)} is no meter.`)
  if (fields.account && !isIdentity(fields.account)) {
    return wrong('account', `${quoted(fields.account)} is no account.`)
  }
  for (const field of ['previous', 'low', 'high', 'dials'] as const) {
    if (fields[field] && !/^\d+$/.test(fields[field]))
      return wrong(field, `${quoted(fields[field])} is no number.`)
  }
  if (fields.skipCode && !/^[A-Za-z0-9]{1,8}$/.test(fields.skipCode)) {
    return wrong('skipCode', `${quoted(fields.skipCode)} is no skip code.`)
  }
  const digits = fields.reading ?? ''
  if (setting.layout.outgoing) return skipOf(line, fields, 'to-be-read')
  if (digits === '') {
    return skipOf(line, fields, fields.skipCode ? `skip-code-${fields.skipCode}` : 'no-reading')
  }
  const shown = /^\d+(\.\d+)?$/.test(digits) ? exactDecimal(digits) : null
  if (shown === null) return wrong('reading', `${quoted(digits)} is no reading.`)
  const dials = fields.dials ? Number(fields.dials) : null
  if (dials !== null && dials > 0 && shown.replace(/\..*/, '').length > dials) {
    return wrong('reading', `${quoted(shown)} has more digits than the ${dials} dials of the meter.`)
  }
  const date = dateOf(setting, fields)
  if ('message' in date) return wrong('date', date.message)
  const time = timeOf(setting, fields.time ?? '', date.readOn)
  if ('message' in time) return wrong('time', time.message)
  const decimals = placeOf(setting.layout, 'reading')?.decimals ?? 0
  const previous = fields.previous ? exactDecimal(fields.previous) : null
  return {
    is: 'register',
    line,
    meter,
    registerId: fields.registerId || null,
    account: fields.account || null,
    route: fields.route || null,
    sequence: fields.sequence || null,
    readOn: date.readOn,
    readAt: time.readAt,
    value: shifted(shown, -decimals),
    unit: null,
    dials,
    previous:
      previous === null ? null : shifted(previous, -(placeOf(setting.layout, 'previous')?.decimals ?? 0)),
    kind: 'actual',
    skipCode: fields.skipCode || null,
    note: fields.note || null,
    reader: fields.reader || null,
    lat: fields.lat || null,
    lng: fields.lng || null,
  }
}

function skipOf(line: number, fields: Branch, reason: string): Skip {
  return {
    is: 'skip',
    line,
    reason,
    meter: fields.meter || fields.meterId || null,
    account: fields.account || null,
    route: fields.route || null,
    sequence: fields.sequence || null,
    skipCode: fields.skipCode || null,
    note: fields.note || fields.comment || null,
    at: null,
  }
}

const placeOf = (layout: Layout, field: LayoutField) =>
  layout.records.find(record => record.is === 'reading')?.fields[field]

function dateOf(
  { layout, on }: ReadingSetting,
  fields: Branch,
): { readonly readOn: LocalDate } | { readonly message: string } {
  const text = fields.date ?? ''
  if (text === '') return { message: 'the reading has no date.' }
  const pictures = layout.records.map(record => record.fields.date?.picture).filter(Boolean) as string[]
  for (const picture of pictures) {
    const readOn = pictureDate(text, picture, on)
    if (readOn) return { readOn }
  }
  const isYearless = pictures.every(picture => !picture.includes('Y'))
  if (isYearless && on === null && pictureDate(text, pictures[0]!, '2028-12-31' as LocalDate)) {
    return { message: 'the date has no year, and the day of the upload is not known (--on DATE tells it).' }
  }
  return { message: `${quoted(text)} is no date ${pictures[0] ?? ''}.` }
}

function timeOf(
  { clock }: ReadingSetting,
  text: string,
  readOn: LocalDate,
): { readonly readAt: Instant | null } | { readonly message: string } {
  if (text === '') return { readAt: null }
  const seconds = pictureTime(text)
  if (seconds === null) return { message: `${quoted(text)} is no time HHMM or HHMMSS.` }
  const instants = clock.instantsOf(wallOfDate(readOn) + seconds)
  if (instants.length === 0)
    return { message: `${text} never was on ${readOn}: the clock was set forward over it.` }
  // In the hour that comes twice the date is certain and the instant is not.
  return { readAt: instants.length === 1 ? (isoInstant(instants[0]!) as Instant) : null }
}
