import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'
import { draft } from '../../variances/contract/words.ts'

const varianceEffectInput = z.strictObject({ accountId: idCodec<'account'>(), draft })

const tier = z.object({
  tier: z.number().int(),
  units: z.string(),
  price: z.string(),
  cents: centsCodec,
})

/** One period in one world: the budget and what the same use costs under it. */
const world = z.object({
  persons: z.string().nullable(),
  irrigatedSqft: z.string().nullable(),
  indoorUnits: z.string().nullable(),
  outdoorUnits: z.string().nullable(),
  budgetUnits: z.string().nullable(),
  tiers: z.array(tier),
  totalCents: centsCodec,
})

const period = z.object({
  fromOn: localDateSchema,
  toOn: localDateSchema,
  usageUnits: z.string(),
  before: world,
  after: world,
})

export const varianceEffect = z.object({
  billUnit: z.string(),
  /** The bill that is coming, at last year's use and weather of those weeks; null without a bill before it. */
  next: period.nullable(),
  /** Up to twelve sent bills lived again as if it had counted then: what it is worth, never what is billed. */
  year: z.array(
    z.object({
      billId: idCodec<'bill'>(),
      fromOn: localDateSchema,
      toOn: localDateSchema,
      budgetBefore: z.string().nullable(),
      budgetAfter: z.string().nullable(),
      beforeCents: centsCodec,
      afterCents: centsCodec,
    }),
  ),
  yearDifferenceCents: centsCodec,
  /** What a pool fill or a corrected area would give back on bills that were sent (WB-030, WB-032). */
  credits: z.array(
    z.object({
      fromOn: localDateSchema,
      toOn: localDateSchema,
      units: z.string(),
      cents: centsCodec,
      arithmetic: z.string(),
    }),
  ),
  /** Why nothing can be shown. */
  says: z.string().nullable(),
})

export const varianceEffectEndpoint = endpoint({
  method: 'POST',
  path: '/billing/variance-effect',
  may: 'billing.see',
  says: 'What a water-budget request would do to the coming bill and to the last twelve; nothing is posted',
  asks: true,
  input: varianceEffectInput,
  output: varianceEffect,
  errors: ['accounts.missing', 'variances.no-place'],
})
