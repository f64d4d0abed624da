import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { book } from './book.ts'
import { files } from './files.ts'
import { meterTests } from './meter-tests.ts'
import {
  installation,
  meterCard,
  meterId,
  meterKind,
  peerUsage,
  readEntered,
  readId,
  readRow,
  reason,
  register,
  registerValue,
  registerValues,
  serial,
  servicePointId,
  size,
  usagePeriod,
} from './shapes.ts'

export { judgeRun, weightedAccuracyOf } from '../domain/meter-tests/accuracy.ts'
export { testFlowsOf } from '../domain/meter-tests/rules.ts'
export {
  type CsvField,
  type CsvMapping,
  csvFields,
  csvHead,
  guessFormat,
  mappingFaults,
  type ReadFileFormat,
  readFileFormats,
  suggestMapping,
} from '../domain/read-files/index.ts'
export { bookDay, exceptionLine, exceptionView } from './book-shapes.ts'
export { readFile } from './files.ts'
export { placeHistory, testResult, testRow, testView } from './meter-tests.ts'
export { dialCodec, meterCard, peerUsage, readRow, usagePeriod } from './shapes.ts'

export const metering = {
  ...book,
  ...files,
  ...meterTests,
  findMeters: endpoint({
    method: 'POST',
    asks: true, // a serial number names a house
    path: '/metering/meters/find',
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
      class: lineSchema({ max: 30 }),
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
      note: lineSchema({ min: 0, max: 500 }).optional(),
      /** The dial was looked at again: an unusual use is right (VEE-011). */
      knowsUnusual: z.boolean().optional(),
    }),
    output: readEntered,
    rehearsable: true,
    errors: [
      'metering.no-meter',
      'staff.own-account',
      'metering.not-installed',
      'metering.read-in-future',
      'metering.read-before-installation',
      'metering.read-after-removal',
      'metering.read-too-long',
      'metering.read-below-last',
      'metering.read-above-next',
      'metering.read-twice',
      'metering.registers-incomplete',
      'metering.estimate-not-allowed',
      'metering.read-unusual',
    ],
  }),
  voidRead: endpoint({
    method: 'POST',
    path: '/metering/meters/:meterId/reads/:readId/void',
    may: 'metering.read',
    says: 'Takes a wrong read out of every calculation; the read itself stays on record with the reason',
    input: z.strictObject({
      meterId,
      readId,
      reason,
      /** Bills rest on this read: billing gets the task of correcting them. */
      knowsBilled: z.boolean().optional(),
    }),
    output: z.object({ voided: z.array(readId) }),
    rehearsable: true,
    errors: [
      'metering.no-read',
      'staff.own-account',
      'metering.read-voided',
      'metering.read-of-exchange',
      'billing.read-billed',
    ],
  }),
  addMeter: endpoint({
    method: 'POST',
    path: '/metering/meters',
    may: 'metering.exchange',
    says: 'Takes a new meter into the records, before it can be hung',
    input: z.strictObject({
      serial,
      make: lineSchema({ max: 60 }),
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
      'staff.own-account',
      'metering.meter-unknown',
      'metering.meter-elsewhere',
      'metering.same-meter',
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
