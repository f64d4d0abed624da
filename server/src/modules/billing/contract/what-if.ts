import { localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'

/** What changes against the bill; what is not given stays as it was billed. */
export const scenario = z.strictObject({
  name: lineSchema({ max: 60 }),
  /** Use of the period in the district's billing unit. */
  usageUnits: z
    .string()
    .trim()
    .regex(/^\d{1,7}(\.\d{1,4})?$/, 'a number of billing units like 18.5')
    .optional(),
  persons: z.number().int().min(0).max(500).optional(),
  irrigatedSqft: z.number().int().min(0).max(50_000_000).optional(),
  fromOn: localDateSchema.optional(),
  toOn: localDateSchema.optional(),
  /** Rate with the tariffs in force on this date, for example next year's. */
  ratesOn: localDateSchema.optional(),
  /** The leak is repaired: daily use falls to what it was before (same season last year, else the usual). */
  isLeakFixed: z.boolean().optional(),
})

export const whatIfInput = z.strictObject({
  accountId: idCodec<'account'>(),
  billId: idCodec<'bill'>().optional(),
  scenarios: z.array(scenario).min(1).max(4),
})

const line = z.object({
  service: z.string(),
  code: z.string(),
  label: z.string(),
  quantity: z.string().nullable(),
  price: z.string().nullable(),
  cents: centsCodec,
  arithmetic: z.string(),
})

const rated = z.object({
  name: z.string(),
  usageUnits: z.string(),
  days: z.number().int(),
  persons: z.number().nullable(),
  irrigatedSqft: z.number().nullable(),
  budgetUnits: z.string().nullable(),
  tariffs: z.array(z.string()),
  lines: z.array(line),
  totalCents: centsCodec,
})

export const whatIfScenario = rated.extend({
  differenceCents: centsCodec,
  /** The next bill if this goes on: same length, next period's season. */
  nextBillCents: centsCodec.nullable(),
  /** The twelve billing periods before this bill, lived again in this world. */
  yearCents: centsCodec.nullable(),
  yearDifferenceCents: centsCodec.nullable(),
  /** What was assumed, one sentence each. */
  assumptions: z.array(z.string()),
  /** Why it cannot be rated (for example no tariff on that date); the figures are then the actual ones. */
  refusal: z.string().nullable(),
})

export const whatIfAnswer = z.object({
  billUnit: z.string(),
  actual: rated.extend({ yearCents: centsCodec.nullable() }),
  scenarios: z.array(whatIfScenario),
})
