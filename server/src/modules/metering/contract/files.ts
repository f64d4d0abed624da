/** Files of reads, from the handheld, the radio or a table, and what became of them. */
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { csvFields, readFileFormats } from '../domain/read-files/index.ts'
import { bookId } from './book-shapes.ts'
import { servicePointId } from './shapes.ts'

export const readFileId = idCodec<'read-file'>()

const columnName = z.string().max(200)
export const csvMappingSchema = z.strictObject({
  columns: z.partialRecord(z.enum(csvFields), columnName),
  intervalUnit: z.string().max(20).optional(),
  registerUnit: z.string().max(20).optional(),
  seconds: z.int().min(60).max(86_400).optional(),
  utc: z.boolean().optional(),
  dayFirst: z.boolean().optional(),
  hourly: z.boolean().optional(),
})

export const readFile = z.object({
  readFileId,
  format: z.string(),
  name: z.string(),
  bytes: z.number(),
  doneBytes: z.number(),
  state: z.enum(['loading', 'loaded', 'refused', 'cancelled']),
  /** Rows, reads, hours, what was skipped and refused: they add up to the rows. */
  counts: z.record(z.string(), z.json()),
  problem: z.string().nullable(),
  receivedAt: instantSchema,
  receivedBy: z.string(),
  endedAt: instantSchema.nullable(),
  cancelAsked: z.boolean(),
})

export const files = {
  listReadFiles: endpoint({
    method: 'GET',
    path: '/metering/files',
    may: 'metering.see',
    says: 'The last hundred files of reads, newest first, with their progress',
    input: z.strictObject({}),
    output: z.array(readFile),
  }),
  getReadFile: endpoint({
    method: 'GET',
    path: '/metering/files/:readFileId',
    may: 'metering.see',
    says: 'One file, and line by line what was not taken',
    input: z.strictObject({ readFileId }),
    output: readFile.extend({
      problems: z.array(z.object({ line: z.number(), field: z.string().nullable(), message: z.string() })),
    }),
    errors: ['metering.no-file'],
  }),
  takeReadFile: endpoint({
    method: 'POST',
    path: '/metering/files/take',
    may: 'metering.load',
    says: 'Loads an uploaded file in the background; its progress stands in the list of files',
    input: z.strictObject({
      spoolId: z.string().regex(/^\d{1,18}-[0-9a-f]{32}$/, 'the number of an upload'),
      format: z.enum(readFileFormats),
      name: lineSchema({ max: 200 }),
      /** Columns of a plain CSV; without it they are told from the header. */
      mapping: csvMappingSchema.optional(),
      zone: z
        .string()
        .regex(/^[A-Za-z_]{1,30}(\/[A-Za-z_+-]{1,30}){0,2}$/, 'a zone like America/Los_Angeles')
        .optional(),
      /** The day the file was handed over, for layouts that write no year. */
      on: localDateSchema.optional(),
      strict: z.boolean().default(false),
    }),
    output: z.object({ queued: z.literal(true) }),
    errors: ['platform.no-spool', 'metering.no-zone'],
  }),
  getRouteFile: endpoint({
    method: 'GET',
    path: '/metering/books/:bookId/route',
    may: 'metering.load',
    says: 'The walk of a book as a file for the handheld: meters in order, last values, usual limits, what to mind',
    input: z.strictObject({
      bookId: z.coerce.number().pipe(bookId),
      dueOn: localDateSchema,
      format: z.enum(['autoread', 'mvrs', 'equinox', 'csv']),
    }),
    output: z.object({ name: z.string(), text: z.string() }),
    errors: [
      'metering.no-book',
      'metering.route-field-too-long',
      'metering.route-field-missing',
      'metering.route-too-many',
    ],
  }),
  getGreenButton: endpoint({
    method: 'GET',
    path: '/metering/service-points/:servicePointId/green-button',
    may: 'metering.see',
    says: 'The use of a place as a Green Button (ESPI) feed: hours where there are any, else from read to read',
    input: z.strictObject({ servicePointId, from: localDateSchema, to: localDateSchema }),
    output: z.object({ name: z.string(), xml: z.string() }),
    errors: ['metering.no-use', 'metering.dates-reversed', 'metering.green-button-value'],
  }),
  cancelReadFile: endpoint({
    method: 'POST',
    path: '/metering/files/:readFileId/cancel',
    may: 'metering.load',
    says: 'Stops a loading; nothing of the file is kept',
    input: z.strictObject({ readFileId }),
    output: z.object({ readFileId }),
    errors: ['metering.no-file', 'metering.file-ended'],
  }),
}
