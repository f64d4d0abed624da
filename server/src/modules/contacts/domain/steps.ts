/**
 * What was opened and done during a contact, one step each. The draft note is written from these, so a step holds
 * the few facts a colleague would want to read and nothing private.
 */
import { localDateSchema } from '@curbstop/kernel/dates'
import { centsCodec } from '@curbstop/kernel/money'
import { lineSchema } from '@curbstop/kernel/text'
import { z } from 'zod'
import { fixtures, leakResults, usePatterns } from './words.ts'

const words = lineSchema({ max: 160 })
const idText = z.string().regex(/^[1-9]\d{0,17}$/, 'an id')
const channel = z.enum(['email', 'sms', 'letter', 'print'])

const step = <K extends string, F extends z.ZodRawShape>(kind: K, facts: F) =>
  z.strictObject({ kind: z.literal(kind), facts: z.strictObject(facts) })

export const stepSchema = z.discriminatedUnion('kind', [
  step('opened-account', {}),
  step('opened-bill', { billId: idText, issuedOn: localDateSchema.optional() }),
  step('opened-timeline', {}),
  step('looked-at-use', {
    pattern: z.enum(usePatterns).optional(),
    since: localDateSchema.optional(),
    stays: z.boolean().optional(),
  }),
  step('explained-bill', {
    billId: idText.optional(),
    fromCents: centsCodec.optional(),
    toCents: centsCodec.optional(),
    mostly: words.optional(),
  }),
  step('explained', { topic: words }),
  step('heard', { words }),
  step('verified', { outcome: z.enum(['verified', 'authorized', 'unverified']), how: words.optional() }),
  step('what-if', { what: words, fromCents: centsCodec.optional(), toCents: centsCodec.optional() }),
  step('likely-cause', { cause: words }),
  step('leak-check', { result: z.enum(leakResults), fixture: z.enum(fixtures).optional() }),
  step('order-made', { orderId: idText, what: words, wantedOn: localDateSchema.optional() }),
  step('order-changed', { orderId: idText, what: words }),
  step('message-sent', { what: words, channel }),
  step('changed-data', { what: words }),
  step('service-moved', { what: z.enum(['start', 'stop', 'transfer']), on: localDateSchema }),
  step('hold-placed', { what: words, until: localDateSchema.optional() }),
  step('alert-placed', { what: words }),
  step('asked-senior', { taskId: idText.optional(), about: words.optional() }),
  step('referred', { to: words, why: words.optional() }),
  step('task-made', { taskId: idText.optional(), title: words, dueOn: localDateSchema }),
])

export type Step = z.output<typeof stepSchema>
export type StepKind = Step['kind']
