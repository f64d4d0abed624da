/**
 * A fixed-width route file as data: every utility's interface is configured, so positions are never code. Positions
 * are 1-based and inclusive, as vendors print them.
 */
export const layoutFields = [
  'tag',
  'route',
  'sequence',
  'account',
  'address',
  'address2',
  'name',
  'comment',
  'meter',
  'meterType',
  'service',
  'registerId',
  'radio',
  'radioType',
  'dials',
  'reading',
  'previous',
  'low',
  'high',
  'date',
  'time',
  'reader',
  'skipCode',
  'note',
  'readCode',
  'lat',
  'lng',
  'routes',
  'customers',
  'meters',
  'reads',
] as const
export type LayoutField = (typeof layoutFields)[number]

export type FieldPlace = {
  readonly from: number
  readonly to: number
  /** Side on which the writer fills up. Default right with blanks (text). */
  readonly pad?: 'left' | 'right'
  readonly fill?: ' ' | '0'
  /** Places after an implied decimal point. */
  readonly decimals?: number
  /** `MMDDYY`, `YYYYMMDD`, `MMDD`, `HHMM`, `HHMMSS` … */
  readonly picture?: string
}

export type RecordLayout = {
  /** Text that the record begins with; left out when the file has one kind of record. */
  readonly tag?: string
  readonly name: string
  readonly is:
    | 'header'
    | 'route'
    | 'customer'
    | 'meter'
    | 'reading'
    | 'date'
    | 'route-end'
    | 'trailer'
    | 'ignored'
  readonly fields: Readonly<Partial<Record<LayoutField, FieldPlace>>>
  /** Fields without which the record is an error. */
  readonly required?: readonly LayoutField[]
  /** Names of the records it must stand under (the tree); left out: anywhere. */
  readonly under?: readonly string[]
}

export type Layout = {
  readonly name: string
  /** Characters of a full record, without the line end. */
  readonly length: number
  readonly records: readonly RecordLayout[]
  /** Billing → handheld: rows to be read, no readings yet. */
  readonly outgoing?: boolean
  /** A file without this record at its end is cut. */
  readonly endsWith?: string
}
