/** Which column of a plain CSV is which field; a mapping is data a district keeps, not code. */
export const csvFields = [
  'meter',
  'endpoint',
  'account',
  'route',
  'sequence',
  'registerId',
  'readAt',
  'readOn',
  'readTime',
  'register',
  'interval',
  'previous',
  'quality',
  'note',
  'skipCode',
  'reader',
  'unit',
  'lat',
  'lng',
  'year',
  'month',
] as const
export type CsvField = (typeof csvFields)[number]

export type CsvMapping = {
  /** Field → name of the column as it stands in the header. */
  readonly columns: Readonly<Partial<Record<CsvField, string>>>
  /** Unit of the interval column and of the register column where no column says it. */
  readonly intervalUnit?: string
  readonly registerUnit?: string
  /** Length of an interval; told from the stamps when it is left out. */
  readonly seconds?: number
  /** Order of the parts of a date written with slashes. Default month first. */
  readonly dates?: 'month-first' | 'day-first'
}
