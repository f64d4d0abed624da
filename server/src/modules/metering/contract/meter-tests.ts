/** Meter tests as the desk and the field see them: the order, the limits, the results, the clocks. */
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { lineSchema, paragraphsSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { dialCodec, meterId, meterKind, reason, servicePointId } from './shapes.ts'

const testId = idCodec<'meter-test'>()
const resultId = idCodec<'meter-test-result'>()
const accountId = idCodec<'account'>()
const gallons = z.number().min(0).max(1_000_000)

export const testRun = z.strictObject({
  point: z.enum(['low', 'intermediate', 'high']),
  /** Gallons a minute. */
  gpm: z.number().positive().max(10_000),
  throughGallons: gallons,
  registeredGallons: gallons,
})

/** A run with what was made of it. `most` is null where nothing bounds it. */
export const testPoint = testRun.extend({
  accuracy: z.number(),
  least: z.number(),
  most: z.number().nullable(),
  passed: z.boolean(),
  rule: z.string(),
  expectedGpm: z.number().nullable(),
  flowFits: z.boolean(),
  overRange: z.boolean(),
})

export const testResult = z.object({
  resultId,
  testedOn: localDateSchema,
  place: z.enum(['field', 'bench']),
  isRepaired: z.boolean(),
  points: z.array(testPoint),
  /** Percent, two places (MTR-008). */
  accuracy: z.number(),
  passed: z.boolean(),
  verdict: z.enum(['accurate', 'fast', 'slow', 'stopped']),
  cause: z.enum(['wear', 'tampering', 'clerical']),
  provenFromOn: localDateSchema.nullable(),
  note: z.string(),
  enteredAt: instantSchema,
  enteredBy: z.string(),
  voided: z.object({ at: instantSchema, by: z.string(), reason: z.string() }).nullable(),
})

/** One line of a list of tests. */
export const testRow = z.object({
  testId,
  meterId,
  serial: z.string(),
  accountId: accountId.nullable(),
  orderId: idCodec<'order'>(),
  orderState: z.string(),
  askedBy: z.enum(['customer', 'district']),
  attends: z.boolean(),
  feeCents: centsCodec,
  testOn: localDateSchema.nullable(),
  resultDueOn: localDateSchema.nullable(),
  orderedAt: instantSchema,
  orderedBy: z.string(),
  /** Of the result that stands. */
  result: z
    .object({ testedOn: localDateSchema, accuracy: z.number(), passed: z.boolean(), verdict: z.string() })
    .nullable(),
})

const bounds = z.object({ least: z.number(), most: z.number().optional() })
const bySize = <V extends z.ZodType>(value: V) => z.record(z.string(), value)

/** What a run is held against while it is typed: the dated rules in force on the day of asking. */
export const testRules = z.object({
  normal: bounds,
  lowDisplacement: bounds,
  lowUltrasonic: bounds,
  lowRepaired: bounds,
  leastFlow: bySize(z.number()),
  mostFlow: bySize(z.number()),
  testFlows: bySize(z.array(z.number())),
  weighting: z.object({
    method: z.enum(['weighted', 'mean']),
    low: z.number(),
    intermediate: z.number(),
    high: z.number(),
  }),
  fastPercent: z.number(),
  refund: z.object({ months: z.number() }),
  backBillHome: z.object({ overPercent: z.number(), months: z.number() }),
  backBillOther: z.object({ overPercent: z.number(), months: z.number() }),
  stopped: z.object({ months: z.number(), otherMonths: z.number(), deadBelowPercent: z.number() }),
  tamperingMonths: z.number(),
  clerical: z.object({ refundMonths: z.number(), backBillMonths: z.number() }),
})

export const testView = testRow.extend({
  make: z.string(),
  size: z.string(),
  kind: meterKind,
  /** The address and what bites there; null when it is hidden from this reader (PRV-019). */
  place: z
    .object({ line: z.string(), hazards: z.array(z.object({ kind: z.string(), note: z.string() })) })
    .nullable(),
  order: z.object({
    instructions: z.string(),
    says: z.string().nullable(),
    note: z.string().nullable(),
  }),
  /** Newest first, void ones too. */
  results: z.array(testResult),
  rules: testRules,
  citations: z.array(z.object({ code: z.string(), text: z.string(), citation: z.string() })),
})

/** Everything that happened at a place with its meters, newest first. */
export const placeHistory = z.object({
  tests: z.array(testRow),
  exchanges: z.array(
    z.object({
      on: localDateSchema,
      outSerial: z.string(),
      outValues: z.array(dialCodec),
      inSerial: z.string().nullable(),
      inValues: z.array(dialCodec),
    }),
  ),
  exceptions: z.array(
    z.object({
      onDate: localDateSchema,
      rule: z.string(),
      ruleName: z.string().nullable(),
      serial: z.string(),
      atStakeCents: centsCodec,
      decision: z.string().nullable(),
      decidedBy: z.string().nullable(),
      decisionReason: z.string().nullable(),
      orderId: idCodec<'order'>().nullable(),
    }),
  ),
  skips: z.array(
    z.object({ on: localDateSchema, code: z.string(), words: z.string(), reader: z.string().nullable() }),
  ),
  hazards: z.array(z.object({ kind: z.string(), note: z.string() })),
})

const one = z.strictObject({ testId })

export const meterTests = {
  orderMeterTest: endpoint({
    method: 'POST',
    path: '/metering/service-points/:servicePointId/tests',
    may: 'fieldwork.order',
    says: 'Orders a test of the meter: for a customer with its fee, notice and clock, or for the district',
    rehearsable: true,
    input: z.strictObject({
      servicePointId,
      accountId: accountId.optional(),
      askedBy: z.enum(['customer', 'district']),
      attends: z.boolean().default(false),
      wantedOn: localDateSchema.optional(),
      instructions: paragraphsSchema({ min: 0, max: 2000 }).default(''),
    }),
    output: z.object({
      testId,
      orderId: idCodec<'order'>(),
      feeCents: centsCodec,
      testOn: localDateSchema.nullable(),
      resultDueOn: localDateSchema.nullable(),
    }),
    errors: [
      'accounts.missing',
      'staff.own-account',
      'premises.findable-text',
      'metering.no-meter-here',
      'metering.test-place',
      'metering.test-no-account',
      'metering.test-on-order',
      'metering.test-notice',
      'fieldwork.wanted-date',
      'fieldwork.foreign-account',
      'ledger.day-closed',
    ],
  }),
  getMeterTest: endpoint({
    method: 'GET',
    path: '/metering/tests/:testId',
    may: 'metering.see',
    says: 'One meter test with its limits, its results and its clocks',
    input: one,
    output: testView,
    errors: ['metering.no-test'],
  }),
  getMeterTestOfOrder: endpoint({
    method: 'GET',
    path: '/metering/orders/:orderId/test',
    may: 'metering.see',
    says: 'The meter test that an order brings; nothing for orders of other kinds',
    input: z.strictObject({ orderId: idCodec<'order'>() }),
    output: z.object({ test: testRow.nullable() }),
  }),
  getPlaceHistory: endpoint({
    method: 'GET',
    path: '/metering/service-points/:servicePointId/history',
    may: 'metering.see',
    says: 'Tests, exchanges, exceptions and skipped reads of a service point, and what is known to bite there',
    input: z.strictObject({ servicePointId }),
    output: placeHistory,
  }),
  enterMeterTest: endpoint({
    method: 'POST',
    path: '/metering/tests/:testId/results',
    may: 'metering.test',
    says: 'Enters what the meter said at every flow; kept for ever, judged by the rules of the day',
    rehearsable: true,
    input: z.strictObject({
      testId,
      testedOn: localDateSchema,
      place: z.enum(['field', 'bench']),
      isRepaired: z.boolean().default(false),
      runs: z.array(testRun).min(3).max(12),
      cause: z.enum(['wear', 'tampering', 'clerical']).default('wear'),
      provenFromOn: localDateSchema.optional(),
      note: lineSchema({ min: 0, max: 500 }).default(''),
    }),
    output: testResult,
    errors: [
      'metering.no-test',
      'staff.own-account',
      'metering.test-incomplete',
      'metering.test-no-water',
      'metering.test-in-future',
      'metering.test-before-order',
      'metering.test-has-result',
    ],
  }),
  voidMeterTest: endpoint({
    method: 'POST',
    path: '/metering/tests/:testId/results/:resultId/void',
    may: 'metering.test',
    says: 'Takes a wrong result out; it stays on record, and money that rested on it is reversed with it',
    rehearsable: true,
    input: z.strictObject({ testId, resultId, reason }),
    output: z.object({ voided: z.boolean() }),
    errors: [
      'metering.no-test',
      'metering.no-test-result',
      'metering.test-voided',
      'staff.own-account',
      'billing.meter-above-level',
      'ledger.day-closed',
    ],
  }),
}
