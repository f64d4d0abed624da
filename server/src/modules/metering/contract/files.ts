/** Files of reads, from the handheld, the radio or a table, and what became of them. */
import { instantSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'

export const readFileId = idCodec<'read-file'>()

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
