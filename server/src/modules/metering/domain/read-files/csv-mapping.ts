/** Which column of a plain CSV is which field. A mapping is data that a district keeps, not code. */
import { unitOf } from './units.ts'

export const csvFields = [
  'meter',
  'endpoint',
  'account',
  'route',
  'sequence',
  'registerId',
  'readAt',
  'localAt',
  'readTime',
  'year',
  'month',
  'register',
  'interval',
  'previous',
  'quality',
  'unit',
  'skipCode',
  'note',
  'reader',
  'lat',
  'lng',
] as const
export type CsvField = (typeof csvFields)[number]

export type CsvMapping = {
  /**
   * Field → name of the column in the header. `readAt` is the stamp or the date of the read; `localAt` a second
   * stamp in the district's own time, which must agree; `year` and `month` stand for monthly use without a date.
   */
  readonly columns: Readonly<Partial<Record<CsvField, string>>>
  /** Units where no column says them. */
  readonly intervalUnit?: string
  readonly registerUnit?: string
  /** Length of an interval; without it an hour. */
  readonly seconds?: number
  /** `readAt` without a zone in it is UTC instead of the district's time. */
  readonly utc?: boolean
  readonly dayFirst?: boolean
  /**
   * The register column belongs to a radio that speaks every hour, not to a person who came by. Told by the presence
   * of an interval column when it is left out.
   */
  readonly hourly?: boolean
}

type Hint = { readonly field: CsvField; readonly names: RegExp }

/** In the order in which a column is given away; a column has one field and a field one column. */
const hints: readonly Hint[] = [
  { field: 'endpoint', names: /^(endpoint|mtu|miu|mxu|radio|ert|transmitter)_?(sn|id|no|number|serial)?$/ },
  {
    field: 'meter',
    names:
      /^(meter|mtr|device)_?(sn|id|no|num|number|serial|serial_?(no|number))?$|^(serial|serial_?(no|number))$/,
  },
  { field: 'account', names: /^(account|acct|customer|cust)_?(id|no|num|number)?$/ },
  { field: 'registerId', names: /^register_?(id|no|num|number)$|^channel$/ },
  {
    field: 'readAt',
    names:
      /^(read|reading|interval|meter_?read)?_?(time|date_?time|timestamp|at|stamp|end|time_?end)_?(utc|gmt)$/,
  },
  {
    field: 'localAt',
    names: /^(read|reading|interval)?_?(time|date_?time|timestamp|at|stamp)?_?local(_?time)?$|^local_?time$/,
  },
  {
    field: 'readAt',
    names:
      /^(read|reading|interval|meter_?read|current_?read)?_?(date_?time|timestamp|stamp|at|end|time_?end|date|on)$|^(read|reading|interval|flow)_?time$|^time$/,
  },
  { field: 'readTime', names: /^(read|reading)_?time$|^time_?of_?read$/ },
  { field: 'year', names: /^(bill|read|use|usage)?_?year$/ },
  { field: 'month', names: /^(bill|read|use|usage)?_?month$/ },
  { field: 'interval', names: /^(interval|usage|use|flow|consumption|volume|cons|delta)(_.*)?$/ },
  {
    field: 'register',
    names:
      /^(register|read|reading|current_?read(ing)?|new_?read(ing)?|meter_?read(ing)?|index|dial)(_?value)?(_.*)?$/,
  },
  { field: 'previous', names: /^(prev|previous|last|prior)_?(read|reading|value|index)?$/ },
  { field: 'quality', names: /^(quality|flag|status|read_?type|estimated|estimated_?flag|code|read_?code)$/ },
  { field: 'unit', names: /^(unit|units|uom|unit_?of_?measure|read_?unit|flow_?unit)$/ },
  { field: 'route', names: /^(route|book|cycle_?route)_?(id|no|number)?$/ },
  { field: 'sequence', names: /^(sequence|seq|walk_?order)_?(no|number)?$/ },
  { field: 'skipCode', names: /^(skip|trouble|no_?read)_?(code|reason)?$/ },
  { field: 'note', names: /^(note|notes|comment|comments|remark|remarks)$/ },
  { field: 'reader', names: /^(reader|read_?by|reader_?(id|name))$/ },
  { field: 'lat', names: /^(lat|latitude)$/ },
  { field: 'lng', names: /^(lng|lon|long|longitude)$/ },
]

/** `Read Time (UTC)` and `readTimeUtc` → `read_time_utc`. */
function plainName(name: string): string {
  return name
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
}

/** The unit a column's name ends in: `register_gal`, `interval_litres`, `usage_ccf`, `Flow (cubic feet)`. */
function unitInName(name: string): string | null {
  const parts = plainName(name).split('_')
  for (let from = 1; from < parts.length; from++) {
    const unit = unitOf(parts.slice(from).join(''))
    if (unit) return unit
  }
  return null
}

/** A mapping to begin with, from the names in the header; a person looks at it before reads come in by it. */
export function suggestMapping(header: readonly string[]): CsvMapping {
  const names = header.map(plainName)
  const columns: Partial<Record<CsvField, string>> = {}
  const given = new Set<number>()
  for (const { field, names: pattern } of hints) {
    if (columns[field] !== undefined) continue
    const at = names.findIndex((name, index) => !given.has(index) && pattern.test(name))
    if (at < 0) continue
    columns[field] = header[at]!
    given.add(at)
  }
  // A radio alone still names its meter; a second stamp alone is the stamp.
  if (!columns.meter && columns.endpoint) {
    columns.meter = columns.endpoint
    delete columns.endpoint
  }
  if (!columns.readAt && columns.localAt) {
    columns.readAt = columns.localAt
    delete columns.localAt
  }
  const intervalUnit = columns.interval ? unitInName(columns.interval) : null
  const registerUnit = columns.register ? unitInName(columns.register) : null
  const isUtc = columns.readAt !== undefined && /(utc|gmt)$/.test(plainName(columns.readAt))
  return {
    columns,
    ...(intervalUnit ? { intervalUnit } : {}),
    ...(registerUnit ? { registerUnit } : {}),
    ...(isUtc ? { utc: true } : {}),
  }
}

/** What a mapping lacks before a file can be read by it, in words; empty when it is enough. */
export function mappingFaults(mapping: CsvMapping, header: readonly string[]): string[] {
  const { columns } = mapping
  const faults: string[] = []
  for (const [field, name] of Object.entries(columns)) {
    const times = header.filter(column => column === name).length
    if (times === 0) faults.push(`there is no column '${name}' for ${field}`)
    if (times > 1) faults.push(`the column '${name}' for ${field} stands there ${times} times`)
  }
  if (!columns.meter && !columns.account) faults.push('no column names the meter or the account')
  if (!columns.readAt && !(columns.year && columns.month)) faults.push('no column says when it was read')
  if (!columns.register && !columns.interval) faults.push('no column holds a reading or a use')
  return faults
}
