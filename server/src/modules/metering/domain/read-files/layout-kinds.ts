/**
 * A fixed-width route file as data: every utility's interface is configured, so positions are never code. Positions
 * are 1-based and inclusive, as vendors print them.
 */
export const layoutFields = [
  'route',
  'sequence',
  'account',
  'address',
  'address2',
  'name',
  'comment',
  'meter',
  'meterId',
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
  'rateType',
  'demand',
  'lat',
  'lng',
  'company',
  'companyName',
  'version',
  'routes',
  'customers',
  'meters',
  'reads',
] as const
export type LayoutField = (typeof layoutFields)[number]

export type FieldPlace = {
  readonly from: number
  readonly to: number
  /** `left`: the value stands at the right end and is filled up on its left. Default `right` (text). */
  readonly pad?: 'left' | 'right'
  /** A field filled with zeros is written in full width or left blank; anything else in it is damage. */
  readonly fill?: ' ' | '0'
  /** Digits behind an implied decimal point. */
  readonly decimals?: number
  /** `MMDDYY`, `YYYYMMDD`, `MMDD` for dates. */
  readonly picture?: string
  /** The only texts that may stand here; a blank is one when it is listed. */
  readonly oneOf?: readonly string[]
}

export const recordRoles = [
  'header',
  'route',
  'customer',
  'meter',
  'reading',
  'date',
  'route-end',
  'trailer',
  'ignored',
] as const
export type RecordRole = (typeof recordRoles)[number]

export type LayoutRecord = {
  /** Text that the record begins with; left out when the file has one kind of record. */
  readonly tag?: string
  readonly is: RecordRole
  readonly fields: Readonly<Partial<Record<LayoutField, FieldPlace>>>
  /** Fields without which the record is an error. */
  readonly required?: readonly LayoutField[]
}

export type Layout = {
  readonly name: string
  /** Characters of a full record without the line end; 0 when records differ. */
  readonly length: number
  /** Billing → handheld: meters to be read, no readings yet. */
  readonly outgoing?: boolean
  readonly records: readonly LayoutRecord[]
}
