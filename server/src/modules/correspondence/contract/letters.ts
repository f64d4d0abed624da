/**
 * What each template must be given. Every number, date and name a customer reads comes from here; the words around
 * them stand in the catalogues and hold no digit.
 */
import { freeLine, freeText } from '@curbstop/kernel/card-numbers'
import { localDateSchema } from '@curbstop/kernel/dates'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'

export const language = z.enum(['en', 'es'])
export const channel = z.enum(['email', 'letter'])

/** A quantity in the district's billing unit, as the bill prints it. */
const units = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/, 'a quantity like 12 or 12.5')
const days = z.number().int().min(1).max(400)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time like 08:00')

const period = z.strictObject({
  fromOn: localDateSchema,
  toOn: localDateSchema, // half-open
  days,
  usageUnits: units,
})
const billHead = period.extend({ totalCents: centsCodec })

export const usageGraphData = z.strictObject({
  /** Oldest first. */
  periods: z
    .array(
      period.extend({
        lastYearUnits: units.nullable().default(null),
        isEstimated: z.boolean().default(false),
      }),
    )
    .min(1, 'at least one billing period')
    .max(25),
})

export const changeCode = z.enum([
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
export const billExplanationData = z.strictObject({
  against: z.enum(['last-bill', 'last-year']),
  now: billHead,
  before: billHead,
  dueOn: localDateSchema,
  /** They add up to the difference of the two totals, to the cent; otherwise nothing is sent. */
  changes: z
    .array(
      z.strictObject({
        code: changeCode,
        cents: centsCodec,
        /** What the explanation told about this reason (`billDelta.told.values`); more is said when it is there. */
        values: z.record(z.string().max(40), freeLine(80, 0)).default({}),
      }),
    )
    .max(20),
})

export const contactSummaryData = z.strictObject({
  contactOn: localDateSchema,
  channel: z.enum(['phone', 'counter', 'email', 'fax', 'mail', 'portal', 'ivr', 'field']),
  advisor: freeLine(120),
  /** What was said and done, as the advisor wrote it for the customer. */
  points: z.array(freeText(500)).min(1, 'say at least one thing').max(12),
  nextSteps: z.array(freeText(500)).max(8).default([]),
  followUpOn: localDateSchema.nullable().default(null),
})

export const leakCheckData = z.strictObject({
  /** How long all water stays off while the meter is watched, and how long dye rests in the tank. */
  meterMinutes: z.number().int().min(5).max(240),
  dyeMinutes: z.number().int().min(5).max(60),
  /** What the meter seems to lose a day, when an investigation found it. */
  lossGallonsPerDay: z.number().int().positive().max(1_000_000).nullable().default(null),
})

export const tipCode = z.enum([
  'toilet-flapper',
  'irrigation-clock',
  'irrigation-leaks',
  'drip-and-mulch',
  'full-loads',
  'faucet-washers',
  'pool-cover',
  'ask-for-survey',
])
export const conservationTipsData = z.strictObject({
  tips: z.array(tipCode).min(1, 'choose at least one tip').max(8),
  usageUnits: units.nullable().default(null),
  budgetUnits: units.nullable().default(null),
})

export const fieldVisitData = z.strictObject({
  visitOn: localDateSchema,
  between: z.strictObject({ from: clock, to: clock }).nullable().default(null),
  purpose: z.enum([
    'leak-check',
    're-read',
    'pressure',
    'turn-on',
    'turn-off',
    'meter-test',
    'meter-exchange',
    'water-quality',
  ]),
  orderNumber: z
    .string()
    .trim()
    .regex(/^[A-Z0-9-]{1,30}$/i, 'an order number'),
  somebodyAtHome: z.boolean(),
})

/** A water-budget request: what was decided, what it gives, until when, and the way to go on. */
export const varianceData = z.strictObject({
  news: z.enum([
    'approved',
    'denied',
    'evidence-asked',
    'withdrawn',
    'appeal-granted',
    'appeal-denied',
    'renewal',
  ]),
  kind: z.enum([
    'household',
    'medical',
    'care',
    'animals',
    'landscape',
    'new-landscape',
    'pool-fill',
    'disaster',
    'leak',
    'other',
  ]),
  requestedOn: localDateSchema,
  gives: z
    .array(
      z.strictObject({
        what: z.enum([
          'persons',
          'indoor-gpd',
          'outdoor-gpd',
          'outdoor-factor',
          'over-budget-gallons',
          'courtesy-months',
          'area',
        ]),
        amount: z.number().min(0).max(50_000_000),
      }),
    )
    .max(6)
    .default([]),
  fromOn: localDateSchema.nullable().default(null),
  untilOn: localDateSchema.nullable().default(null), // half-open
  /** The reason, as whoever decided wrote it for the customer. */
  reason: freeText(500).nullable().default(null),
  /** The last day for an appeal by letter (WB-040). */
  appealBy: localDateSchema.nullable().default(null),
})

/** The written result of a meter test (MTR-009) and what follows from it. */
export const meterTestData = z.strictObject({
  serial: freeLine(40),
  testedOn: localDateSchema,
  place: z.enum(['field', 'bench']),
  flows: z
    .array(
      z.strictObject({
        flow: z.enum(['low', 'intermediate', 'high']),
        accuracy: z.number().min(0),
        least: z.number(),
        most: z.number().nullable(),
        passed: z.boolean(),
      }),
    )
    .min(3)
    .max(12),
  /** Percent of the water that the meter registered. */
  accuracy: z.number().min(0),
  verdict: z.enum(['accurate', 'fast', 'slow', 'stopped']),
  outcome: z.enum(['none', 'refund', 'back-bill', 'waived']),
  /** What is given back, or charged. */
  cents: centsCodec,
  bills: z.number().int().min(0).max(60),
  fromOn: localDateSchema.nullable().default(null),
  fee: z
    .strictObject({ is: z.enum(['returned', 'kept']), cents: centsCodec })
    .nullable()
    .default(null),
  /** MTR-018: instalments of a back-bill, without late fee. */
  offer: z
    .strictObject({ instalments: z.number().int().min(1).max(60), cents: centsCodec, dueOn: localDateSchema })
    .nullable()
    .default(null),
})

const letterOf = <T extends string, D extends z.ZodType>(template: T, data: D) =>
  z.strictObject({ template: z.literal(template), data })

/** A template with its data. */
export const letter = z.discriminatedUnion('template', [
  letterOf('usage-graph', usageGraphData),
  letterOf('bill-explanation', billExplanationData),
  letterOf('contact-summary', contactSummaryData),
  letterOf('leak-check', leakCheckData),
  letterOf('conservation-tips', conservationTipsData),
  letterOf('field-visit', fieldVisitData),
  letterOf('variance', varianceData),
  letterOf('meter-test', meterTestData),
])
export const templateCode = z.enum([
  'usage-graph',
  'bill-explanation',
  'contact-summary',
  'leak-check',
  'conservation-tips',
  'field-visit',
  'variance',
  'meter-test',
])
