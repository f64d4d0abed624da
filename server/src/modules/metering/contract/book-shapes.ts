/** What the read book answers with: books, doubtful reads, what was found in them. */
import { freeLine } from '@curbstop/kernel/card-numbers'
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'
import { dialCodec, meterId, readId, readKind, registerUnit, servicePointId } from './shapes.ts'

export const exceptionId = idCodec<'exception'>()
export const bookId = z.int().positive()
export const accountId = idCodec<'account'>()
export const premiseId = idCodec<'premise'>()
export const orderId = idCodec<'order'>()
export const version = z.int().positive()
export const reason = freeLine(500, 4)

export const severity = z.enum(['note', 'look', 'stop'])
export const decision = z.enum([
  'accepted',
  'corrected',
  'estimated',
  're-read',
  'exchanged',
  'rollover',
  'void',
  'customer-contacted',
])

export const bookDay = z.object({
  bookId,
  code: z.string(),
  name: z.string(),
  dueOn: localDateSchema,
  /** Meters that hang there; read, skipped with a code, and neither: they add up. */
  expected: z.int(),
  read: z.int(),
  skipped: z.int(),
  missing: z.int(),
  customerReads: z.int(),
  estimated: z.int(),
  open: z.int(),
  blocking: z.int(),
  openCents: centsCodec,
  decided: z.int(),
  closedAt: instantSchema.nullable(),
  closedBy: z.string().nullable(),
})

/** A line of the list: enough to decide the plain cases without opening anything. */
export const exceptionLine = z.object({
  exceptionId,
  version,
  onDate: localDateSchema,
  source: z.enum(['read', 'interval', 'missing']),
  rule: z.string(),
  /** The finding in words: "3.4 times the usual". */
  says: z.string(),
  blocksBilling: z.boolean(),
  atStakeCents: centsCodec,
  gallons: z.number().nullable(),
  expectedGallons: z.number().nullable(),
  serial: z.string(),
  book: z.string().nullable(),
  sequence: z.int().nullable(),
  address: z.string(),
  accountId: accountId.nullable(),
  accountNumber: z.string().nullable(),
  reader: z.string().nullable(),
  waitingOrderId: orderId.nullable(),
  /** May be accepted with others: nothing blocks and little is at stake. */
  isSafe: z.boolean(),
})

export const candidate = z.object({
  cause: z.enum(['rollover', 'misread', 'last-misread', 'swapped-meter', 'estimate-too-high']),
  gallons: z.number().nullable(),
  plausibility: z.number(),
  cents: centsCodec.nullable(),
  value: z.number().nullable(),
})

export const findingView = z.object({
  rule: z.string(),
  kind: z.string(),
  severity,
  says: z.string(),
  /** The rule as the district wrote it, with its citation. */
  ruleName: z.string(),
  citation: z.string(),
  atStakeCents: centsCodec,
  measured: z.number().nullable(),
  limit: z.number().nullable(),
  unit: z.string().nullable(),
  suggestion: z.string(),
  suggestedValue: z.number().nullable(),
  candidates: z.array(candidate),
})

export const exceptionView = exceptionLine.extend({
  meterId,
  servicePointId,
  premiseId,
  registerNo: z.int(),
  readId: readId.nullable(),
  unit: registerUnit,
  dials: z.int(),
  multiplier: z.string(),
  value: dialCodec.nullable(),
  previous: z.object({ readOn: localDateSchema, value: dialCodec, kind: readKind }).nullable(),
  /** Gallons a day. */
  bandLow: z.number().nullable(),
  bandHigh: z.number().nullable(),
  findings: z.array(findingView),
  /** Gallons a day, oldest first: what the graph shows. */
  periods: z.array(
    z.object({
      fromOn: localDateSchema,
      toOn: localDateSchema,
      gallonsPerDay: z.number().nullable(),
      gallons: z.number().nullable(),
      estimated: z.boolean(),
      /** What was usual for these days by what was known then, gallons a day. */
      usualLow: z.number().nullable(),
      usualHigh: z.number().nullable(),
      peerMedian: z.number().nullable(),
    }),
  ),
  peers: z.object({ p25: z.number(), median: z.number(), p75: z.number() }).nullable(),
  estimate: z.object({ value: dialCodec, gallons: z.number(), method: z.string() }).nullable(),
  earlier: z.array(
    z.object({
      exceptionId,
      onDate: localDateSchema,
      rule: z.string(),
      decision: decision.nullable(),
      reason: z.string().nullable(),
      by: z.string().nullable(),
    }),
  ),
  hazards: z.array(z.object({ kind: z.string(), note: z.string() })),
  locationNote: z.string().nullable(),
  decided: z.object({ decision, at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
})
