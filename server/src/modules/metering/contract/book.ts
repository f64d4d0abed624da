/** The read book of a morning: what was read, what is missing, what must be judged, and what was made of it. */
import { freeLine } from '@curbstop/kernel/card-numbers'
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'
import {
  bookDay,
  bookId,
  decision,
  exceptionId,
  exceptionLine,
  exceptionView,
  orderId,
  reason,
  version,
} from './book-shapes.ts'
import { dialCodec, meterId, readId, servicePointId } from './shapes.ts'

const commonErrors = [
  'metering.no-exception',
  'metering.exception-changed',
  'metering.exception-decided',
  'staff.own-account',
]

export const book = {
  listBookDays: endpoint({
    method: 'GET',
    path: '/metering/books',
    may: 'metering.see',
    says: 'Books that are being read about a day, with their progress; VEE-023',
    input: z.strictObject({ on: localDateSchema.optional() }),
    output: z.array(bookDay),
  }),
  listMissing: endpoint({
    method: 'GET',
    path: '/metering/books/:bookId/missing',
    may: 'metering.see',
    says: 'Meters of a book that were not read about a day, in the order of the walk, with the skip code if there is one',
    input: z.strictObject({ bookId: z.coerce.number().pipe(bookId), dueOn: localDateSchema }),
    output: z.array(
      z.object({
        meterId,
        servicePointId,
        serial: z.string(),
        sequence: z.int().nullable(),
        address: z.string(),
        skipCode: z.string().nullable(),
        note: z.string().nullable(),
        lastReadOn: localDateSchema.nullable(),
        estimatesInRow: z.int(),
      }),
    ),
  }),
  listExceptions: endpoint({
    method: 'GET',
    path: '/metering/exceptions',
    may: 'metering.see',
    says: 'Open exceptions, the dearest first; fifty a page',
    input: z.strictObject({
      bookId: z.coerce.number().pipe(bookId).optional(),
      rule: z
        .string()
        .regex(/^[A-Z]{3}-\d{3}$/, 'the number of a rule, such as VEE-004')
        .optional(),
      waiting: z.enum(['hide', 'only']).optional(),
      /** The last line of the page before. */
      afterCents: z
        .string()
        .regex(/^\d{1,12}$/)
        .optional(),
      afterId: exceptionId.optional(),
    }),
    output: z.object({
      lines: z.array(exceptionLine),
      open: z.int(),
      openCents: centsCodec,
      byRule: z.array(z.object({ rule: z.string(), name: z.string(), open: z.int(), cents: centsCodec })),
      hasMore: z.boolean(),
    }),
  }),
  getException: endpoint({
    method: 'GET',
    path: '/metering/exceptions/:exceptionId',
    may: 'metering.see',
    says: 'One exception with its findings, the graph, the peers, the candidates and what was decided here before',
    input: z.strictObject({ exceptionId }),
    output: exceptionView,
    errors: ['metering.no-exception'],
  }),
  decideException: endpoint({
    method: 'POST',
    path: '/metering/exceptions/:exceptionId/decide',
    may: 'metering.judge',
    says: 'Accepts, corrects or estimates the read, or says that it passed zero; the person and the reason are kept',
    input: z.strictObject({
      exceptionId,
      version,
      decision: z.enum(['accepted', 'corrected', 'estimated', 'rollover', 'customer-contacted']),
      /** What the dial really showed, for a correction. */
      value: dialCodec.optional(),
      reason,
    }),
    output: z.object({ exceptionId, decision, readId: readId.nullable() }),
    errors: [
      ...commonErrors,
      'metering.value-needed',
      'metering.negative-stands',
      'metering.estimate-not-possible',
    ],
  }),
  sendToLook: endpoint({
    method: 'POST',
    path: '/metering/exceptions/:exceptionId/look',
    may: 'fieldwork.order',
    says: 'Orders a re-read, a stopped-meter check or a meter test; the exception waits and comes back with the answer',
    input: z.strictObject({
      exceptionId,
      version,
      order: z.enum(['RRD', 'STOP', 'MTST', 'LEAK']),
      instructions: freeLine(500).optional(),
    }),
    output: z.object({ exceptionId, orderId, version }),
    errors: commonErrors,
  }),
  acceptExceptions: endpoint({
    method: 'POST',
    path: '/metering/exceptions/accept',
    may: 'metering.judge',
    says: 'Accepts several at once, only those that are safe; the others are named and stay',
    input: z.strictObject({
      exceptions: z.array(z.strictObject({ exceptionId, version })).min(1).max(200),
      reason,
    }),
    output: z.object({ accepted: z.int(), left: z.array(z.object({ exceptionId, why: z.string() })) }),
  }),
  closeRound: endpoint({
    method: 'POST',
    path: '/metering/books/:bookId/close',
    may: 'metering.judge',
    says: 'Closes the reading of a book: nothing that blocks billing is left, and what is missing has been seen',
    input: z.strictObject({ bookId, dueOn: localDateSchema, missing: z.int().min(0) }),
    output: bookDay,
    errors: ['metering.round-open', 'metering.round-closed', 'metering.no-book', 'metering.missing-changed'],
  }),
  listHighUse: endpoint({
    method: 'GET',
    path: '/metering/high-use',
    may: 'metering.see',
    says: 'Homes whose use of this reading is far above their usual, before the bill goes out, and whether anybody called',
    input: z.strictObject({ days: z.coerce.number().int().min(1).max(90).optional() }),
    output: z.array(
      exceptionLine.extend({
        name: z.string().nullable(),
        times: z.number().nullable(),
        looksLikeLeak: z.boolean(),
        contactedAt: instantSchema.nullable(),
        contactedBy: z.string().nullable(),
      }),
    ),
  }),
  listRuleOutcomes: endpoint({
    method: 'GET',
    path: '/metering/rules/outcomes',
    may: 'metering.see',
    says: 'What each rule caught and how often people overruled it',
    input: z.strictObject({ from: localDateSchema, to: localDateSchema }),
    output: z.array(
      z.object({
        rule: z.string(),
        name: z.string(),
        citation: z.string(),
        value: z.json(),
        unit: z.string().nullable(),
        found: z.int(),
        open: z.int(),
        /** The read stood as it was. */
        overruled: z.int(),
        upheld: z.int(),
        cents: centsCodec,
      }),
    ),
  }),
  listReaders: endpoint({
    method: 'GET',
    path: '/metering/readers',
    may: 'metering.see',
    says: 'Reads, exceptions, overruled checks and last digits by reader',
    input: z.strictObject({ from: localDateSchema, to: localDateSchema }),
    output: z.array(
      z.object({
        reader: z.string(),
        reads: z.int(),
        exceptions: z.int(),
        corrected: z.int(),
        accepted: z.int(),
        skips: z.int(),
        /** How improbable the last digits are; above the limit they look written down without looking. */
        digitsStrange: z.boolean(),
      }),
    ),
  }),
  tryLimits: endpoint({
    method: 'POST',
    asks: true,
    path: '/metering/rules/try',
    may: 'metering.see',
    says: 'What other limits would have caught in the reads of a month; nothing is changed',
    input: z.strictObject({
      month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
      rule: z.enum(['VEE-011', 'VEE-012', 'VEE-013', 'VEE-016']),
      value: z.record(z.string(), z.number().min(0).max(100_000)),
    }),
    output: z.object({
      reads: z.int(),
      /** Caught by the rule that is tried. */
      before: z.int(),
      after: z.int(),
      /** Reads in doubt by any rule, and those of them that stop a bill. */
      doubtBefore: z.int(),
      doubtAfter: z.int(),
      stopBefore: z.int(),
      stopAfter: z.int(),
      gained: z.array(
        exceptionLine.pick({ serial: true, onDate: true, gallons: true, expectedGallons: true }),
      ),
      lost: z.array(exceptionLine.pick({ serial: true, onDate: true, gallons: true, expectedGallons: true })),
    }),
    errors: ['metering.limits-unlike'],
  }),
  setLimits: endpoint({
    method: 'POST',
    path: '/metering/rules/set',
    may: 'metering.tune',
    says: 'Sets the limit of a rule from a day on; the earlier version stays for what it judged',
    input: z.strictObject({
      rule: z.enum(['VEE-011', 'VEE-012', 'VEE-013', 'VEE-016']),
      value: z.record(z.string(), z.number().min(0).max(100_000)),
      from: localDateSchema,
      reason,
    }),
    output: z.object({ rule: z.string(), from: localDateSchema }),
    errors: ['metering.limits-unlike', 'policy.rule-in-past'],
  }),
}
