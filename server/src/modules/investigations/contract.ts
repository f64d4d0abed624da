import { freeText } from '@curbstop/kernel/card-numbers'
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'

/** One thing seen, with its figures, and how it speaks for or against a cause. */
export const evidenceLine = z.object({
  code: z.string(),
  says: z.string(),
  side: z.enum(['for', 'against']),
  strength: z.enum(['strong', 'moderate', 'slight']),
  /** How many times likelier the sight is under this cause than on average over the causes. */
  times: z.number(),
})

export const rankedCause = z.object({
  cause: z.string(),
  name: z.string(),
  /** 0 … 1; all causes of a ranking add up to 1. */
  likelihood: z.number(),
  evidence: z.array(evidenceLine),
  /** What to do when it is this one. */
  nextStep: z.string(),
  citation: z.string(),
})

export const question = z.object({
  code: z.string(),
  ask: z.string(),
  why: z.string(),
  /** `says` completes "Customer says …" in the note. */
  answers: z.array(z.object({ code: z.string(), label: z.string(), says: z.string() })),
  /** Expected gain in bits over the present ranking. */
  gainBits: z.number(),
})

/** `causes` are there when use is up, when a case is open, or when it fell and a neighbour’s rose to match. */
export const causeRanking = z.object({
  isHigh: z.boolean(),
  /** What "high" means here: this use against what was expected, in one sentence with figures. */
  headline: z.string(),
  billId: idCodec<'bill'>().nullable(),
  expectedGallonsPerDay: z.number().nullable(),
  actualGallonsPerDay: z.number().nullable(),
  /** First day of the period in which use stepped up, when it did. */
  steppedUpOn: localDateSchema.nullable(),
  /** The pattern as one word: step, spike, seasonal, creep, catch-up, steady. */
  pattern: z.string(),
  causes: z.array(rankedCause),
  nextQuestion: question.nullable(),
  questions: z.array(question),
  /** Version of the cause library. */
  library: z.string(),
  investigationId: idCodec<'investigation'>().nullable(),
})

const money = z.object({ lowCents: centsCodec, highCents: centsCodec })

/** One row of the fixture table: what it would lose, and what that costs on this account. */
export const fixtureCost = z.object({
  code: z.string(),
  name: z.string(),
  lowGallonsPerDay: z.number(),
  highGallonsPerDay: z.number(),
  lowUnitsPerMonth: z.string(),
  highUnitsPerMonth: z.string(),
  cost: money.nullable(),
  /** True when the unexplained use lies in or near its range. */
  fits: z.boolean(),
  citation: z.string(),
})

export const checkStep = z.object({
  code: z.enum(['all-off', 'indicator', 'two-reads', 'house-valve', 'dye-test', 'fixtures']),
  title: z.string(),
  instruction: z.string(),
  answers: z.array(z.object({ code: z.string(), label: z.string() })),
  asksReads: z.boolean(),
  citation: z.string(),
  result: z.object({ says: z.string(), at: instantSchema, by: z.string() }).nullable(),
})

/** The first four are filled from the records; the case cannot close while one is open (LEAK-001). */
export const requiredStep = z.object({
  code: z.enum(['verify-read', 'compare', 'check-records', 'ask']),
  title: z.string(),
  state: z.enum(['done', 'open', 'attention']),
  says: z.string(),
})

export const evidenceRow = z.object({
  evidenceId: z.string(),
  kind: z.enum(['ranking', 'answer', 'check-step', 'check-result', 'order', 'note']),
  says: z.string(),
  at: instantSchema,
  by: z.string(),
})

export const investigationView = z.object({
  accountId: idCodec<'account'>(),
  investigationId: idCodec<'investigation'>(),
  version: z.number().int(),
  openedAt: instantSchema,
  openedBy: z.string(),
  billId: idCodec<'bill'>().nullable(),
  ranking: causeRanking,
  required: z.array(requiredStep),
  leakCheck: z.array(checkStep),
  fixtures: z.array(fixtureCost),
  evidence: z.array(evidenceRow),
  orders: z.array(z.object({ orderId: idCodec<'order'>(), kind: z.string() })),
  /** Why this person cannot close it now, or null. The disabled button says the same. */
  cannotClose: z.string().nullable(),
  causeChoices: z.array(z.object({ code: z.string(), name: z.string() })),
  closed: z
    .object({ at: instantSchema, by: z.string(), finding: z.string(), conclusion: z.string() })
    .nullable(),
})

const accountId = idCodec<'account'>()
const investigationId = idCodec<'investigation'>()
const code = z.string().trim().min(1).max(40)
const note = (min: number) => freeText(2000, min)
const here = { accountId, investigationId }
const stateErrors = [
  'investigations.unknown',
  'staff.own-account',
  'investigations.already-closed',
  'investigations.changed',
]

export const investigations = {
  rank: endpoint({
    method: 'GET',
    path: '/investigations/accounts/:accountId/ranking',
    may: 'investigations.see',
    says: 'Likely causes of a high bill, ranked, with the evidence for and against and the next best question',
    input: z.strictObject({ accountId }),
    output: causeRanking,
  }),
  get: endpoint({
    method: 'GET',
    path: '/investigations/accounts/:accountId/cases/:investigationId',
    may: 'investigations.see',
    says: 'One investigation with its ranking, its steps, its evidence and what is missing to close it',
    input: z.strictObject(here),
    output: investigationView,
    errors: ['investigations.unknown'],
  }),
  list: endpoint({
    method: 'GET',
    path: '/investigations/accounts/:accountId/cases',
    may: 'investigations.see',
    says: 'The investigations of an account, newest first',
    input: z.strictObject({ accountId }),
    output: z.array(
      z.object({
        investigationId,
        openedAt: instantSchema,
        openedBy: z.string(),
        closedAt: instantSchema.nullable(),
        finding: z.string().nullable(),
        conclusion: z.string().nullable(),
      }),
    ),
  }),
  open: endpoint({
    method: 'POST',
    path: '/investigations/accounts/:accountId/cases',
    may: 'investigations.work',
    says: 'Opens the research of a high bill, or finds the one that is open',
    input: z.strictObject({ accountId, contactId: idCodec<'contact'>().optional() }),
    output: investigationView,
    errors: ['investigations.unknown-account', 'staff.own-account', 'investigations.no-bill'],
  }),
  answer: endpoint({
    method: 'POST',
    path: '/investigations/accounts/:accountId/cases/:investigationId/answers',
    may: 'investigations.work',
    says: 'Keeps what the customer answered and ranks again',
    input: z.strictObject({ ...here, question: code, answer: code, note: note(1).optional() }),
    output: investigationView,
    errors: [...stateErrors, 'investigations.unknown-question', 'investigations.unknown-answer'],
  }),
  recordCheckStep: endpoint({
    method: 'POST',
    path: '/investigations/accounts/:accountId/cases/:investigationId/check-steps',
    may: 'investigations.work',
    says: 'Keeps one step of the guided leak check, with two reads and times where the step asks for them',
    input: z.strictObject({
      ...here,
      step: z.enum(['all-off', 'indicator', 'two-reads', 'house-valve', 'dye-test', 'fixtures']),
      result: code,
      fixture: code.optional(),
      reads: z
        .strictObject({
          unit: z.enum(['gal', 'cf']),
          first: z
            .string()
            .trim()
            .regex(/^\d{1,9}(\.\d{1,3})?$/, 'a meter read like 4182.35'),
          firstAt: instantSchema,
          second: z
            .string()
            .trim()
            .regex(/^\d{1,9}(\.\d{1,3})?$/, 'a meter read like 4182.35'),
          secondAt: instantSchema,
        })
        .optional(),
      note: note(1).optional(),
    }),
    output: investigationView,
    errors: [...stateErrors, 'investigations.unknown-answer', 'investigations.reads'],
  }),
  addNote: endpoint({
    method: 'POST',
    path: '/investigations/accounts/:accountId/cases/:investigationId/notes',
    may: 'investigations.work',
    says: 'Keeps a remark as evidence',
    input: z.strictObject({ ...here, note: note(3) }),
    output: investigationView,
    errors: stateErrors,
  }),
  makeOrder: endpoint({
    method: 'POST',
    path: '/investigations/accounts/:accountId/cases/:investigationId/orders',
    may: 'fieldwork.order',
    says: 'Sends a field representative: leak check, re-read, stopped meter or meter test',
    input: z.strictObject({
      ...here,
      kind: z.enum(['LEAK', 'RRD', 'CRD', 'STOP', 'MTST', 'PRES']),
      instructions: note(1).optional(),
      wantedOn: localDateSchema.optional(),
    }),
    output: investigationView,
    errors: [...stateErrors, 'investigations.no-premise'],
  }),
  refer: endpoint({
    method: 'POST',
    path: '/investigations/accounts/:accountId/cases/:investigationId/refer',
    may: 'investigations.work',
    says: 'Refers the finding up: somebody with the right to decide closes it; the case stays open and its owner visible',
    input: z.strictObject({ ...here, finding: code, conclusion: note(10) }),
    output: investigationView,
    errors: [...stateErrors, 'investigations.unknown-cause'],
  }),
  close: endpoint({
    method: 'POST',
    path: '/investigations/accounts/:accountId/cases/:investigationId/close',
    may: 'investigations.decide',
    says: 'Closes the case with a finding from the cause library and a conclusion (LEAK-001: never before its steps)',
    input: z.strictObject({ ...here, version: z.number().int(), finding: code, conclusion: note(10) }),
    output: investigationView,
    errors: [...stateErrors, 'investigations.steps-open', 'investigations.unknown-cause'],
  }),
}
