import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { z } from 'zod'

const district = z.object({
  name: z.string(),
  shortName: z.string(),
  timeZone: z.string(),
  billUnit: z.enum(['ccf', 'kgal', 'kl']),
  phone: z.string(),
  address: z.string(),
  website: z.string(),
  isSample: z.boolean(),
})

export const rule = z.object({
  code: z.string(),
  name: z.string(),
  text: z.string(),
  value: z.unknown(),
  unit: z.string().nullable(),
  authority: z.enum(['LAW', 'NET', 'STD', 'DIST', 'PROD']),
  citation: z.string(),
  effectiveFrom: localDateSchema,
  effectiveTo: localDateSchema.nullable(),
})

const closedDay = z.object({ on: localDateSchema, name: z.string(), citation: z.string() })

export const policy = {
  getDistrict: endpoint({
    method: 'GET',
    path: '/policy/district',
    may: { anyone: 'public' },
    says: 'Name, unit and office of the district',
    input: z.strictObject({}),
    output: district,
    errors: ['policy.no-district'],
  }),
  findRules: endpoint({
    method: 'GET',
    path: '/policy/rules',
    may: 'policy.see',
    says: 'Policies in force on a date, with text, value and citation; words narrow the list',
    input: z.strictObject({ on: localDateSchema.optional(), words: z.string().trim().max(100).optional() }),
    output: z.array(rule),
  }),
  listClosedDays: endpoint({
    method: 'GET',
    path: '/policy/closed-days',
    may: 'policy.see',
    says: 'Days in a year on which the office is closed beside its usual week',
    input: z.strictObject({ year: z.coerce.number().int().min(2000).max(2100) }),
    output: z.array(closedDay),
  }),
}
