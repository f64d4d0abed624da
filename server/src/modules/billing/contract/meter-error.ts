/** What a meter test comes to on an account: bill by bill, line by line, before anything is posted. */
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'

const accountId = idCodec<'account'>()
const testId = idCodec<'meter-test'>()
const resultId = idCodec<'meter-test-result'>()
const reason = lineSchema({ min: 4, max: 500 })

const side = z.object({ quantity: z.string().nullable(), cents: centsCodec, arithmetic: z.string() })

/** One line of a bill in both worlds; null where only the other world has it. */
export const correctedLine = z.object({
  service: z.string(),
  label: z.string(),
  before: side.nullable(),
  after: side.nullable(),
  differenceCents: centsCodec,
})

export const correctedBill = z.object({
  billId: idCodec<'bill'>(),
  fromOn: localDateSchema,
  toOn: localDateSchema,
  /** Only these days of the bill lie in the window. */
  correctFromOn: localDateSchema,
  gallonsBefore: z.number(),
  gallonsAfter: z.number(),
  unitsBefore: z.string(),
  unitsAfter: z.string(),
  lines: z.array(correctedLine),
  differenceCents: centsCodec,
  leftOut: z.enum(['corrected-before', 'not-proved']).nullable(),
})

export const meterCorrection = z.object({
  resultId,
  outcome: z.enum(['none', 'refund', 'back-bill', 'waived']),
  cents: centsCodec,
  says: z.string(),
  reason: z.string(),
  fee: z.enum(['returned', 'kept']).nullable(),
  feeCents: centsCodec,
  instalments: z.number().int().nullable(),
  dueOn: localDateSchema.nullable(),
  proposedBy: z.string().nullable(),
  decidedBy: z.string(),
  decidedAt: instantSchema,
  reversed: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
  letter: z.object({ messageId: idCodec<'message'>(), subject: z.string(), state: z.string() }).nullable(),
})

export const meterProposal = z.object({
  testId,
  /** Of the result that stands; null: there is none yet. */
  resultId: resultId.nullable(),
  outcome: z.enum(['none', 'refund', 'back-bill']),
  /** What the account would owe more; a refund is below zero. */
  cents: centsCodec,
  says: z.string(),
  why: z.enum(['within-limits', 'over-limit', 'under-threshold', 'nothing-billed']).nullable(),
  windowFromOn: localDateSchema.nullable(),
  capReasons: z.array(z.enum(['window', 'installed', 'proven', 'tampering', 'clerical', 'approval'])),
  rules: z.array(z.object({ code: z.string(), text: z.string(), citation: z.string() })),
  bills: z.array(correctedBill),
  billUnit: z.string(),
  /** Use after this day is on no bill yet, so it is in no sum here. */
  billedToOn: localDateSchema.nullable(),
  fee: z.enum(['returned', 'kept']).nullable(),
  feeCents: centsCodec,
  instalments: z.number().int().nullable(),
  dueOn: localDateSchema.nullable(),
  /** A meter that fails is exchanged. */
  exchange: z.boolean(),
  may: z.enum(['alone', 'propose', 'not']),
  /** Why it cannot be decided by this reader, as the refusal says it. */
  maySays: z.string().nullable(),
  proposed: z.object({ cents: centsCodec, by: z.string(), at: instantSchema, reason: z.string() }).nullable(),
  /** Who else was billed through this meter inside the window. */
  others: z.array(z.object({ accountId, number: z.string() })),
  /** Newest first. */
  corrections: z.array(meterCorrection),
})

const decides = {
  accountId,
  testId,
  resultId,
  /** As the page showed it: other figures refuse. */
  cents: centsCodec,
  reason,
}
const refusals = [
  'accounts.missing',
  'staff.own-account',
  'metering.no-test',
  'billing.meter-no-result',
  'billing.meter-not-theirs',
  'billing.meter-changed',
  'billing.meter-decided',
  'billing.meter-above-level',
  'billing.meter-own-result',
  'billing.meter-own-proposal',
  'billing.meter-nothing',
  'billing.meter-refund-owed',
  'staff.reset-between',
  'ledger.day-closed',
] as const

export const meterErrors = {
  getMeterProposal: endpoint({
    method: 'GET',
    path: '/billing/accounts/:accountId/meter-tests/:testId',
    may: 'billing.see',
    says: 'What a meter test comes to: the bills of the window rated again, with caps, fee and instalments',
    input: z.strictObject({ accountId, testId }),
    output: meterProposal,
    errors: ['accounts.missing', 'metering.no-test', 'billing.meter-not-theirs'],
  }),
  proposeMeterMoney: endpoint({
    method: 'POST',
    path: '/billing/accounts/:accountId/meter-tests/:testId/propose',
    may: 'billing.correct',
    says: 'Proposes the refund or the back-bill to whoever may decide the amount',
    input: z.strictObject(decides),
    output: meterProposal,
    errors: [...refusals],
  }),
  settleMeterTest: endpoint({
    method: 'POST',
    path: '/billing/accounts/:accountId/meter-tests/:testId/settle',
    may: 'billing.correct',
    says: 'Posts what follows from the test, once, and writes the letter; a back-bill may be waived',
    rehearsable: true,
    input: z.strictObject({ ...decides, waive: z.boolean().default(false) }),
    output: meterProposal,
    errors: [...refusals],
  }),
}
