/** Route files out to the handheld, from the same layouts that read them back. */

import type { LocalDate } from '@curbstop/kernel/dates'
import { declareErrors, refuse } from '@curbstop/kernel/errors'
import { type Fields, writeRecord } from './fixed-width.ts'
import type { Layout, LayoutField, LayoutRecord, RecordRole } from './layout-kinds.ts'
import { plainText, type RouteHeading, type RouteStop } from './route-stops.ts'
import { writeDate } from './stamps.ts'

export const routeErrors = declareErrors({
  'metering.route-field-too-long': {
    kind: 'refused',
    says: 'The {field} ‘{value}’ of meter {meter} does not fit into its place in the {layout} layout. Shorten it or change the layout.',
  },
  'metering.route-field-missing': {
    kind: 'refused',
    says: 'Meter {meter} has no {field}, and the {layout} layout cannot go without it.',
  },
  'metering.route-too-many': {
    kind: 'refused',
    says: 'Route {route} has {count} {what}, more than the {layout} layout can count. Split the route.',
  },
})

/** Lines with CR LF, route by route in the order given; stops of a route and an account stand together. */
export function* writeRoutes(
  layout: Layout,
  stops: readonly RouteStop[],
  heading: RouteHeading,
): Generator<string> {
  const write = (role: RecordRole, fields: Fields, meter: string): string =>
    lineOf(layout, role, fields, meter)
  const isTree = layout.records.some(record => record.is === 'meter')
  yield write('header', headingFields(heading), '')
  const routes = groups(stops, stop => stop.route)
  let customers = 0
  for (const [route, of] of routes) {
    const accounts = groups(of, stop => stop.account)
    customers += accounts.length
    const counts = { customers: String(accounts.length), meters: String(of.length) }
    const name = plainText(route)
    yield write('route', { route: name, date: heading.on, ...counts }, `of route ${name}`)
    for (const [, served] of accounts) {
      const [first] = served
      if (isTree)
        yield write('customer', { ...stopFields(first!), meters: String(served.length) }, first!.meter)
      for (const stop of served) {
        yield write('meter', stopFields(stop), stop.meter)
        yield write('reading', stopFields(stop), stop.meter)
      }
    }
    yield write('route-end', { route: name, ...counts }, `of route ${name}`)
  }
  const totals = { routes: routes.length, customers, meters: stops.length, reads: stops.length }
  const texts = Object.fromEntries(Object.entries(totals).map(([field, count]) => [field, String(count)]))
  yield write('trailer', texts, 'of the file')
}

function groups<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>()
  for (const item of items) {
    const group = found.get(key(item))
    if (group) group.push(item)
    else found.set(key(item), [item])
  }
  return [...found]
}

function headingFields({ company, companyName, on }: RouteHeading): Fields {
  return { company: plainText(company), companyName: plainText(companyName), version: '2', date: on }
}

function stopFields(stop: RouteStop): Fields {
  const texts = {
    route: stop.route,
    sequence: stop.sequence,
    account: stop.account,
    name: stop.name,
    address: stop.address,
    address2: stop.address2,
    comment: stop.comment,
    meter: stop.meter,
    meterId: stop.meterId ?? stop.meter,
    registerId: stop.registerId,
    meterType: 'W',
    service: 'W',
    readCode: 'M',
    dials: stop.dials === null ? '' : String(stop.dials),
    previous: stop.previous,
    low: stop.low,
    high: stop.high,
    radio: stop.radio,
    radioType: stop.radioType,
    lat: stop.lat,
    lng: stop.lng,
  }
  return Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, plainText(text ?? '')]))
}

/** Empty text when the layout has no such record. */
function lineOf(layout: Layout, role: RecordRole, given: Fields, meter: string): string {
  const record = layout.records.find(one => one.is === role)
  if (!record) return ''
  const fields = dated(record, given)
  const missing = record.required?.find(field => !fields[field])
  if (missing) {
    throw refuse(routeErrors, 'metering.route-field-missing', { meter, field: missing, layout: layout.name })
  }
  const written = writeRecord(layout, record, fields)
  if ('text' in written) return `${written.text}\r\n`
  const field: LayoutField = written.misfit
  const value = fields[field] ?? ''
  if (['routes', 'customers', 'meters', 'reads'].includes(field)) {
    const facts = { route: fields.route ?? '', count: value, what: field, layout: layout.name }
    throw refuse(routeErrors, 'metering.route-too-many', facts)
  }
  throw refuse(routeErrors, 'metering.route-field-too-long', { meter, field, value, layout: layout.name })
}

function dated(record: LayoutRecord, fields: Fields): Fields {
  const picture = record.fields.date?.picture
  return picture && fields.date ? { ...fields, date: writeDate(fields.date as LocalDate, picture) } : fields
}

const csvColumns = [
  'route',
  'sequence',
  'account',
  'name',
  'address',
  'address2',
  'comment',
  'meter',
  'register_id',
  'dials',
  'previous_read',
  'low',
  'high',
  'radio',
  'latitude',
  'longitude',
] as const

/** The same route as CSV; the handheld hands it back with `read_date` and `reading` filled in. */
export function* writeRoutesCsv(stops: readonly RouteStop[]): Generator<string> {
  yield `${[...csvColumns, 'read_date', 'reading'].join(',')}\r\n`
  for (const stop of stops) {
    const cells = [
      stop.route,
      stop.sequence,
      stop.account,
      stop.name,
      stop.address,
      stop.address2,
      stop.comment,
      stop.meter,
      stop.registerId,
      stop.dials === null ? '' : String(stop.dials),
      stop.previous,
      stop.low,
      stop.high,
      stop.radio,
      stop.lat,
      stop.lng,
      '',
      '',
    ]
    yield `${cells.map(cell => csvCell(cell ?? '')).join(',')}\r\n`
  }
}

/** Words that a spreadsheet would take for a formula are shown as words. */
function csvCell(text: string): string {
  const plain = text.replace(/[\r\n]+/g, ' ')
  const safe = /^[=+@\t]|^-(?!\d)/.test(plain) ? `'${plain}` : plain
  return /[",;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
