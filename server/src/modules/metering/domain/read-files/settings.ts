/** A district's own layout or mapping as JSON text, checked before a file is read by it. */
import { z } from 'zod'
import { type CsvMapping, csvFields } from './csv-mapping.ts'
import { type Layout, layoutFields, recordRoles } from './layout-kinds.ts'

const position = z.int().min(1).max(10_000)
const place = z
  .strictObject({
    from: position,
    to: position,
    pad: z.enum(['left', 'right']).optional(),
    fill: z.enum([' ', '0']).optional(),
    decimals: z.int().min(0).max(9).optional(),
    picture: z
      .string()
      .regex(/^[YMD]{2,8}$/)
      .optional(),
    oneOf: z.array(z.string()).optional(),
  })
  .refine(({ from, to }) => from <= to, 'a field ends before it begins')
const layout = z.strictObject({
  name: z.string().min(1),
  length: z.int().min(0).max(10_000),
  outgoing: z.boolean().optional(),
  records: z
    .array(
      z.strictObject({
        tag: z.string().min(1).optional(),
        is: z.enum(recordRoles),
        fields: z.partialRecord(z.enum(layoutFields), place),
        required: z.array(z.enum(layoutFields)).optional(),
      }),
    )
    .min(1)
    .refine(records => records.some(record => record.is === 'reading'), 'no record holds a reading')
    .refine(
      records => records.length === 1 || records.every(record => record.tag !== undefined),
      'several kinds of records need tags to tell them apart',
    ),
})
const mapping = z.strictObject({
  columns: z.partialRecord(z.enum(csvFields), z.string()),
  intervalUnit: z.string().optional(),
  registerUnit: z.string().optional(),
  seconds: z.int().min(1).max(32_000_000).optional(),
  utc: z.boolean().optional(),
  dayFirst: z.boolean().optional(),
  hourly: z.boolean().optional(),
})

/** The layout, or a sentence on what is wrong with it. */
export function parseLayout(text: string): Layout | string {
  return parsed(layout as unknown as z.ZodType<Layout>, text)
}

export function parseMapping(text: string): CsvMapping | string {
  return parsed(mapping as unknown as z.ZodType<CsvMapping>, text)
}

function parsed<T extends object>(schema: z.ZodType<T>, text: string): T | string {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return 'it is no JSON.'
  }
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const [issue] = result.error.issues
  return `${issue!.path.join('.') || 'it'}: ${issue!.message}.`
}
