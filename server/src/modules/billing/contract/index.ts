import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'
import { meterErrors } from './meter-error.ts'
import { ofRead } from './of-read.ts'
import { varianceEffectEndpoint } from './variance-effect.ts'
import { whatIfAnswer, whatIfInput } from './what-if.ts'

export { whatIfAnswer, whatIfScenario } from './what-if.ts'

const service = z.enum(['water', 'irrigation', 'fire', 'sewer'])
const readKind = z.enum(['actual', 'estimated', 'customer', 'final'])
const billKind = z.enum(['first', 'regular', 'final', 'off-cycle'])

/** A figure that went into a line, as a person reads it: `{ name: 'people', value: '4', unit: null }`. */
export const figure = z.object({ name: z.string(), value: z.string(), unit: z.string().nullable() })

/** Where in which tariff a number comes from. */
export const source = z.object({
  tariffVersionId: idCodec<'tariff-version'>(),
  citation: z.string(),
  effectiveFrom: localDateSchema,
  className: z.string(),
  part: z.string(),
})

/** One line of a bill, opened to its arithmetic. */
export const billLine = z.object({
  code: z.string(),
  label: z.string(),
  fromOn: localDateSchema,
  toOn: localDateSchema,
  quantity: z.string().nullable(),
  unit: z.string().nullable(),
  /** Dollars a unit, as in the tariff. */
  price: z.string().nullable(),
  cents: centsCodec,
  /** The arithmetic with the figures put in: `4.2 CCF × $3.55 = $14.91`. */
  arithmetic: z.string(),
  /** The tariff's own text of this part. */
  formula: z.string(),
  figures: z.array(figure),
  source: source.nullable(),
})

/** A stored line proves itself: the stored inputs are rated again and must give the stored cents. */
export const proof = z.object({
  state: z.enum(['proved', 'different', 'not-possible']),
  ratedCents: centsCodec.nullable(),
  says: z.string(),
})

export const billSegment = z.object({
  segmentNo: z.number().int(),
  service,
  fromOn: localDateSchema,
  toOn: localDateSchema,
  days: z.number().int(),
  usageUnits: z.string().nullable(),
  usageGallons: z.number().nullable(),
  readKind: readKind.nullable(),
  cents: centsCodec,
  lines: z.array(billLine),
  reads: z.array(
    z.object({
      serial: z.string(),
      fromOn: localDateSchema,
      fromValue: z.string(),
      toOn: localDateSchema,
      toValue: z.string(),
      kind: z.string(),
      note: z.string().nullable(),
    }),
  ),
  /** What was known when it was billed: people, areas, ET, winter average. */
  inputs: z.array(figure),
  proof,
})

export const billCard = z.object({
  billId: idCodec<'bill'>(),
  kind: billKind,
  fromOn: localDateSchema,
  toOn: localDateSchema,
  days: z.number().int(),
  issuedOn: localDateSchema,
  dueOn: localDateSchema,
  totalCents: centsCodec,
  segments: z.array(billSegment),
  proof,
})

/** One bar of the use chart. Budget and ET are null where the tariff has no budget. */
export const usageBillPeriod = z.object({
  billId: idCodec<'bill'>(),
  fromOn: localDateSchema,
  toOn: localDateSchema,
  days: z.number().int(),
  issuedOn: localDateSchema,
  dueOn: localDateSchema,
  usageUnits: z.string(),
  usageGallons: z.number(),
  gallonsPerDay: z.number(),
  budgetUnits: z.string().nullable(),
  budgetGallonsPerDay: z.number().nullable(),
  etInches: z.number().nullable(),
  persons: z.number().nullable(),
  readKind: readKind.nullable(),
  totalCents: centsCodec,
})

export const deltaCode = z.enum([
  'days',
  'use',
  'tier',
  'persons',
  'area',
  'weather',
  'rates',
  'sewer-average',
  'service',
  'other',
])

/** One bar of the waterfall. The bars of an explanation add up to the change, to the cent. */
export const billDelta = z.object({
  code: deltaCode,
  label: z.string(),
  cents: centsCodec,
  /** One sentence with the figures. */
  sentence: z.string(),
  arithmetic: z.string(),
  figures: z.array(figure),
  citation: z.string().nullable(),
  /** The same facts for a customer's text in English or Spanish: template key and values. */
  told: z.object({ key: z.string(), values: z.record(z.string(), z.string()) }),
})

const billHead = z.object({
  billId: idCodec<'bill'>(),
  fromOn: localDateSchema,
  toOn: localDateSchema,
  days: z.number().int(),
  usageUnits: z.string(),
  totalCents: centsCodec,
})

export const billExplanation = z.object({
  against: z.enum(['last-bill', 'last-year']),
  before: billHead,
  now: billHead,
  changeCents: centsCodec,
  deltas: z.array(billDelta),
  /** What changed and mostly why, in two sentences to read aloud; and the same for a Spanish sheet. */
  summary: z.string(),
  summaryEs: z.string(),
  /** False when a bill's stored inputs no longer give its stored cents; the difference stands under `other`. */
  isProved: z.boolean(),
})

export const winterAverage = z.object({
  units: z.string(),
  source: z.enum(['own', 'default']),
  effectiveFrom: localDateSchema,
  resetsOn: localDateSchema,
  months: z.array(
    z.object({
      fromOn: localDateSchema,
      toOn: localDateSchema,
      units: z.string(),
      isIncluded: z.boolean(),
      why: z.string(),
    }),
  ),
  arithmetic: z.string(),
})

export const billingCard = z.object({
  billUnit: z.string(),
  latest: billCard.nullable(),
  /** Newest first, at most 25: two years and the month before. */
  periods: z.array(usageBillPeriod),
  versusLastBill: billExplanation.nullable(),
  versusLastYear: billExplanation.nullable(),
  /** The latest bill in two sentences: against the last one, or by itself when it is the first. */
  says: z.object({ en: z.string(), es: z.string() }).nullable(),
})

const accountId = idCodec<'account'>()
const billId = idCodec<'bill'>()

export const billing = {
  getCard: endpoint({
    method: 'GET',
    path: '/billing/accounts/:accountId/card',
    may: 'billing.see',
    says: 'The latest bill, 25 billing periods of use, and why the bill changed',
    input: z.strictObject({ accountId }),
    output: billingCard,
  }),
  getBill: endpoint({
    method: 'GET',
    path: '/billing/accounts/:accountId/bills/:billId',
    may: 'billing.see',
    says: 'One bill, every line opened to its arithmetic and proved',
    input: z.strictObject({ accountId, billId }),
    output: billCard,
    errors: ['billing.unknown-bill'],
  }),
  getExplanation: endpoint({
    method: 'GET',
    path: '/billing/accounts/:accountId/bills/:billId/explanation',
    may: 'billing.see',
    says: 'Why a bill differs from the bill before it and from the same time last year',
    input: z.strictObject({ accountId, billId }),
    output: z.object({ lastBill: billExplanation.nullable(), lastYear: billExplanation.nullable() }),
    errors: ['billing.unknown-bill'],
  }),
  getWinterAverage: endpoint({
    method: 'GET',
    path: '/billing/accounts/:accountId/winter-average',
    may: 'billing.see',
    says: 'The winter average behind the sewer charge: which months count, which do not and why',
    input: z.strictObject({ accountId, exceptFromOn: localDateSchema.optional() }),
    output: z.object({ inForce: winterAverage.nullable(), without: winterAverage.nullable() }),
    errors: ['accounts.missing'],
  }),
  billAccount: endpoint({
    method: 'POST',
    path: '/billing/accounts/:accountId/bill',
    may: 'billing.bill',
    says: 'Bills one account from its last bill to the latest read that can be billed',
    rehearsable: true,
    input: z.strictObject({ accountId, throughOn: localDateSchema.optional() }),
    output: billCard,
    errors: [
      'accounts.missing',
      'staff.own-account',
      'billing.nothing-served',
      'billing.closed-and-billed',
      'billing.no-read',
      'billing.read-on-order',
      'billing.read-being-taken',
      'billing.reads-apart',
      'billing.no-tariff',
      'rates.weather-missing',
      'ledger.day-closed',
      'billing.read-in-review',
      'billing.opening-read',
      'billing.too-soon',
      'billing.already-billed',
      'billing.in-future',
      'billing.on-hold',
      'rates.no-version',
      'rates.unknown-class',
      'rates.missing-input',
      'rates.unknown-map-key',
    ],
  }),
  ...ofRead,
  ...meterErrors,
  whatIf: endpoint({
    method: 'POST',
    path: '/billing/what-if',
    may: 'billing.see',
    says: 'Up to four changed worlds beside the actual bill; nothing is posted',
    asks: true,
    input: whatIfInput,
    output: whatIfAnswer,
    errors: ['billing.unknown-bill', 'billing.no-bill', 'billing.scenario'],
  }),
  varianceEffect: varianceEffectEndpoint,
}
