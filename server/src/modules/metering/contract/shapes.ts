/** What metering answers with: meter cards, reads, use. */
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'

export const meterId = idCodec<'meter'>()
export const servicePointId = idCodec<'service-point'>()
export const readId = idCodec<'read'>()
export const reason = lineSchema({ min: 4, max: 500 })
export const serial = lineSchema({ max: 40 })

/** What stands on the dial: digits on the wire, `bigint` in memory; leading zeros are welcome. */
export const dialCodec = z.codec(
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, 'only the digits on the dial, without letters, commas or a point'),
  z.bigint(),
  { decode: text => BigInt(text), encode: value => value.toString() },
)

export const meterKind = z.enum(['displacement', 'compound', 'turbine', 'ultrasonic', 'fire-detector'])
export const readKind = z.enum(['actual', 'estimated', 'customer', 'final', 'exchange-out', 'exchange-in'])
export const readSource = z.enum(['handheld', 'ami', 'office', 'customer', 'field-order', 'system', 'import'])
export const registerUnit = z.enum(['gal', 'cf', 'ccf', 'l', 'kl'])
export const size = lineSchema({ max: 12 }) // as tariffs spell it: 5/8", 1", 1 1/2"

/** VEE-005: unit, multiplier and dials belong to the register. */
export const register = z.object({
  registerNo: z.int().min(1).max(9),
  unit: registerUnit,
  dials: z.int().min(3).max(12),
  multiplier: z.string().regex(/^\d{1,5}(\.\d{1,4})?$/, 'a multiplier like 1 or 10'), // decimal text
})

export const registerValue = z.object({ registerNo: z.int().min(1).max(9), value: dialCodec })
export const registerValues = z.array(registerValue).min(1).max(9)

export const installation = z.object({
  servicePointId,
  meterId,
  serial: z.string(),
  installedOn: localDateSchema,
  removedOn: localDateSchema.nullable(),
  inValues: z.array(dialCodec), // by register
  outValues: z.array(dialCodec).nullable(),
})

/** The meter card of a service point: what hangs there now, and what hung there before. */
export const meterCard = z.object({
  meterId,
  servicePointId,
  serial: z.string(),
  make: z.string(),
  size: z.string(),
  kind: meterKind,
  madeOn: localDateSchema.nullable(),
  registers: z.array(register),
  installedOn: localDateSchema,
  lastRead: z.object({ readOn: localDateSchema, kind: readKind, values: z.array(registerValue) }).nullable(),
  earlier: z.array(installation), // meters exchanged at this point, newest first
})

export const readRow = z.object({
  readId,
  meterId,
  serial: z.string(),
  registerNo: z.int(),
  readOn: localDateSchema,
  value: dialCodec,
  unit: registerUnit,
  kind: readKind,
  source: readSource,
  passedZero: z.boolean(),
  note: z.string().nullable(),
  enteredAt: instantSchema,
  voided: z.object({ at: instantSchema, reason: z.string() }).nullable(),
})

export const usageFlag = z.enum(['rollover', 'exchange', 'estimated', 'negative', 'register-missing'])

/** One stretch of one register inside a period: the arithmetic behind the number. */
export const usageStretch = z.object({
  meterId,
  serial: z.string(),
  registerNo: z.int(),
  fromOn: localDateSchema,
  toOn: localDateSchema,
  fromValue: dialCodec,
  toValue: dialCodec,
  fromReadId: readId.nullable(), // null: the value with which the meter came in
  toReadId: readId.nullable(), // null: the value with which it went out
  passedZero: z.boolean(),
  gallons: z.int().nullable(),
})

/** Use between two reads. Half-open: the day of the closing read belongs to the next period. */
export const usagePeriod = z.object({
  fromOn: localDateSchema,
  toOn: localDateSchema,
  days: z.int(),
  gallons: z.int().nullable(), // null: not known (a negative difference is never billed, VEE-009)
  units: z.string().nullable(), // billing units as decimal text, by the district's rounding (VEE-006, VEE-007)
  gallonsPerDay: z.number().nullable(),
  readKind, // of the closing read
  flags: z.array(usageFlag),
  stretches: z.array(usageStretch),
})

/** What the checks say about a read just entered (VEE-011, VEE-012, VEE-015). It stands; somebody should look. */
export const readCheck = z.object({
  check: z.enum(['high', 'low', 'zero', 'rollover', 'first']),
  rule: z.string(),
  says: z.string(),
})

export const readEntered = z.object({
  meterId,
  reads: z.array(z.object({ registerNo: z.int(), readId })),
  period: usagePeriod.nullable(),
  expectedGallons: z.int().nullable(),
  expectedFrom: z.enum(['same-period-last-year', 'twelve-month-average', 'peer-median']).nullable(),
  checks: z.array(readCheck),
})

/** Use of comparable homes or firms in a month; never made from fewer than fifteen of them. */
export const peerUsage = z.object({
  class: z.string(),
  size: z.string(), // 'any' when the size alone has too few
  month: localDateSchema, // its first day
  medianGallonsPerDay: z.number(),
  p25GallonsPerDay: z.number(),
  p75GallonsPerDay: z.number(),
  count: z.int(),
})
