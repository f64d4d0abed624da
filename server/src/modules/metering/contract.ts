import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'

const meterId = idCodec<'meter'>()
const servicePointId = idCodec<'service-point'>()
const readId = idCodec<'read'>()
const reason = z.string().trim().min(4, 'say why, in a few words').max(500)
const serial = z.string().trim().min(1).max(40)

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
const registerUnit = z.enum(['gal', 'cf', 'ccf', 'l', 'kl'])
const size = z.string().trim().min(1).max(12) // as tariffs spell it: 5/8", 1", 1 1/2"

/** VEE-005: unit, multiplier and dials belong to the register. */
export const register = z.object({
  registerNo: z.int().min(1).max(9),
  unit: registerUnit,
  dials: z.int().min(3).max(12),
  multiplier: z.string().regex(/^\d{1,5}(\.\d{1,4})?$/, 'a multiplier like 1 or 10'), // decimal text
})

const registerValue = z.object({ registerNo: z.int().min(1).max(9), value: dialCodec })
const registerValues = z.array(registerValue).min(1).max(9)

const installation = z.object({
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

const readEntered = z.object({
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

export const metering = {
  findMeters: endpoint({
    method: 'GET',
    path: '/metering/meters',
    may: 'metering.see',
    says: 'Meters whose serial number begins with these characters, twenty at the most',
    input: z.strictObject({ serial }),
    output: z.array(
      z.object({
        meterId,
        serial: z.string(),
        make: z.string(),
        size: z.string(),
        servicePointId: servicePointId.nullable(), // where it hangs today
      }),
    ),
  }),
  getMeter: endpoint({
    method: 'GET',
    path: '/metering/meters/:meterId',
    may: 'metering.see',
    says: 'One meter: registers, where it hung when, and its reads, newest first',
    input: z.strictObject({ meterId }),
    output: z.object({
      meterId,
      serial: z.string(),
      make: z.string(),
      size: z.string(),
      kind: meterKind,
      madeOn: localDateSchema.nullable(),
      registers: z.array(register),
      installations: z.array(installation), // newest first
      reads: z.array(readRow),
    }),
    errors: ['metering.no-meter'],
  }),
  getMeters: endpoint({
    method: 'GET',
    path: '/metering/service-points/:servicePointId/meters',
    may: 'metering.see',
    says: 'The meter card of a service point; empty when no meter hangs there',
    input: z.strictObject({ servicePointId }),
    output: z.array(meterCard),
  }),
  listReads: endpoint({
    method: 'GET',
    path: '/metering/service-points/:servicePointId/reads',
    may: 'metering.see',
    says: 'Reads of every meter that hung at a service point, newest first, voided ones marked',
    input: z.strictObject({
      servicePointId,
      from: localDateSchema.optional(),
      asOf: localDateSchema.optional(),
    }),
    output: z.array(readRow),
  }),
  listUsagePeriods: endpoint({
    method: 'GET',
    path: '/metering/service-points/:servicePointId/usage',
    may: 'metering.see',
    says: 'Use between reads at a service point, oldest first, two years unless told',
    input: z.strictObject({
      servicePointId,
      from: localDateSchema.optional(),
      asOf: localDateSchema.optional(),
    }),
    output: z.array(usagePeriod),
  }),
  getPeerUsage: endpoint({
    method: 'GET',
    path: '/metering/peers',
    may: 'metering.see',
    says: 'Median use of the same class and meter size, month by month; empty below fifteen of them',
    input: z.strictObject({
      class: z.string().trim().min(1).max(30),
      size,
      from: localDateSchema,
      to: localDateSchema.optional(),
    }),
    output: z.array(peerUsage),
  }),
  enterRead: endpoint({
    method: 'POST',
    path: '/metering/meters/:meterId/reads',
    may: 'metering.read',
    says: 'Enters what the dials of a meter show on a day, every register at once',
    input: z.strictObject({
      meterId,
      readOn: localDateSchema,
      values: registerValues,
      kind: z.enum(['actual', 'estimated', 'customer', 'final']).default('actual'),
      source: z.enum(['handheld', 'ami', 'office', 'customer', 'field-order']).default('office'),
      note: z.string().trim().max(500).optional(),
    }),
    output: readEntered,
    rehearsable: true,
    errors: [
      'metering.no-meter',
      'metering.not-installed',
      'metering.read-in-future',
      'metering.read-before-installation',
      'metering.read-after-removal',
      'metering.read-too-long',
      'metering.read-below-last',
      'metering.read-above-next',
      'metering.read-twice',
      'metering.registers-incomplete',
    ],
  }),
  voidRead: endpoint({
    method: 'POST',
    path: '/metering/meters/:meterId/reads/:readId/void',
    may: 'metering.read',
    says: 'Takes a wrong read out of every calculation; the read itself stays on record with the reason',
    input: z.strictObject({ meterId, readId, reason }),
    output: z.object({ voided: z.array(readId) }),
    rehearsable: true,
    errors: ['metering.no-read', 'metering.read-voided', 'metering.read-of-exchange'],
  }),
  addMeter: endpoint({
    method: 'POST',
    path: '/metering/meters',
    may: 'metering.exchange',
    says: 'Takes a new meter into the records, before it can be hung',
    input: z.strictObject({
      serial,
      make: z.string().trim().min(1).max(60),
      size,
      kind: meterKind,
      madeOn: localDateSchema.optional(),
      registers: z.array(register.strict()).min(1).max(2),
    }),
    output: z.object({ meterId }),
    errors: ['metering.serial-taken', 'metering.made-in-future', 'metering.registers-unlike'],
  }),
  exchangeMeter: endpoint({
    method: 'POST',
    path: '/metering/service-points/:servicePointId/exchange',
    may: 'metering.exchange',
    says: 'Old meter out with its last read, new meter in with its first',
    input: z.strictObject({
      servicePointId,
      exchangedOn: localDateSchema,
      /** What the old meter showed; null when its dial cannot be read, then it is estimated and marked. */
      outValues: registerValues.nullable(),
      newSerial: serial,
      inValues: registerValues,
      reason,
    }),
    output: z.object({
      oldMeterId: meterId,
      newMeterId: meterId,
      outValues: z.array(registerValue),
      outEstimated: z.boolean(),
    }),
    rehearsable: true,
    errors: [
      'metering.no-meter-here',
      'metering.meter-unknown',
      'metering.meter-elsewhere',
      'metering.exchange-in-future',
      'metering.exchange-too-early',
      'metering.exchange-before-reads',
      'metering.read-too-long',
      'metering.read-below-last',
      'metering.registers-incomplete',
      'metering.out-read-needed',
    ],
  }),
}
