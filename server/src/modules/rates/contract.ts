import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'

/** A tariff is at most this long; the largest real file of this kind is a tenth of it. */
const maxTariffCharacters = 200_000

export const tariffCode = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'a short code of small letters, digits and hyphens, like water')

const tariffText = z
  .string()
  .min(20, 'the text of a tariff file')
  .max(maxTariffCharacters, `a tariff of at most ${maxTariffCharacters} characters`)

/** One remark of the check; an error keeps the tariff from being published, a warning asks somebody to look. */
export const tariffFinding = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  code: z.string(),
  className: z.string().nullable(),
  part: z.string().nullable(),
  message: z.string(),
})

export const tariffVersionSummary = z.object({
  tariffVersionId: idCodec<'tariff-version'>(),
  effectiveFrom: localDateSchema,
  effectiveTo: localDateSchema.nullable(),
  citation: z.string(),
  sha256: z.string(),
  publishedAt: instantSchema,
  isInForce: z.boolean(),
})

const tariffClass = z.object({
  name: z.string(),
  parts: z.array(z.object({ name: z.string(), source: z.string() })),
  /** What a customer's data must give: names used but not defined. */
  needs: z.array(z.string()),
})

const tier = z.object({
  from: z.string(),
  to: z.string().nullable(),
  quantity: z.string(),
  price: z.string(),
  charge: z.string(),
})

export const evaluation = z.object({
  total: z.string(),
  components: z.array(z.object({ name: z.string(), value: z.string(), formula: z.string() })),
  tiers: z.array(z.object({ part: z.string(), tiers: z.array(tier) })),
})

const inputName = z.string().trim().min(1).max(60)
const inputValue = z.union([z.number(), z.string().trim().max(60)])

export const rates = {
  listTariffs: endpoint({
    method: 'GET',
    path: '/rates/tariffs',
    may: 'rates.see',
    says: 'Every tariff with its versions, newest first',
    input: z.strictObject({}),
    output: z.array(
      z.object({ code: z.string(), name: z.string(), versions: z.array(tariffVersionSummary) }),
    ),
  }),
  getVersion: endpoint({
    method: 'GET',
    path: '/rates/versions/:tariffVersionId',
    may: 'rates.see',
    says: 'One version of a tariff: its text as adopted, its classes and what the check says of it',
    input: z.strictObject({ tariffVersionId: idCodec<'tariff-version'>() }),
    output: tariffVersionSummary.extend({
      tariff: z.string(),
      owrs: z.string(),
      classes: z.array(tariffClass),
      findings: z.array(tariffFinding),
    }),
    errors: ['rates.unknown-version'],
  }),
  checkTariff: endpoint({
    method: 'POST',
    path: '/rates/check',
    may: 'rates.see',
    says: 'Checks the text of a tariff file and keeps nothing',
    asks: true,
    input: z.strictObject({ owrs: tariffText }),
    output: z.object({
      isPublishable: z.boolean(),
      sha256: z.string(),
      classes: z.array(tariffClass),
      findings: z.array(tariffFinding),
    }),
  }),
  publishVersion: endpoint({
    method: 'POST',
    path: '/rates/versions',
    may: 'rates.publish',
    says: 'Adopts a version of a tariff from a date; the open version before it ends on that date',
    rehearsable: true,
    input: z.strictObject({
      tariff: tariffCode,
      name: lineSchema({ min: 3, max: 80 }).optional(),
      effectiveFrom: localDateSchema,
      citation: lineSchema({ min: 5, max: 200 }),
      owrs: tariffText,
    }),
    output: tariffVersionSummary.extend({
      tariff: z.string(),
      endedVersionId: idCodec<'tariff-version'>().nullable(),
      findings: z.array(tariffFinding),
    }),
    errors: [
      'rates.not-publishable',
      'rates.overlap',
      'rates.same-text',
      'rates.past-version',
      'rates.name-missing',
      'rates.malformed-file',
    ],
  }),
  evaluateTariff: endpoint({
    method: 'POST',
    path: '/rates/evaluate',
    may: 'rates.see',
    says: 'What a class of a published version or of a text gives for some inputs, unrounded; nothing is kept',
    asks: true,
    input: z.strictObject({
      tariffVersionId: idCodec<'tariff-version'>().optional(),
      owrs: tariffText.optional(),
      className: z.string().trim().min(1).max(80),
      inputs: z.record(inputName, inputValue).refine(r => Object.keys(r).length <= 50, 'at most 50 inputs'),
    }),
    output: evaluation,
    errors: [
      'rates.unknown-version',
      'rates.nothing-to-evaluate',
      'rates.unknown-class',
      'rates.missing-input',
      'rates.unknown-map-key',
      'rates.cycle',
      'rates.bad-formula',
      'rates.bad-tiers',
      'rates.malformed-file',
    ],
  }),
}
