/** What other departments' pages show of the desk: tasks, alerts, holds. */
import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import { personRef } from '../../staff/contract.ts'

export const taskKind = z.enum([
  'follow-up',
  'question',
  'referral',
  'review',
  'approval',
  'order-result',
  'exception',
  'callback',
])
export const queueCode = z.enum(['advisors', 'seniors', 'supervisor', 'field', 'billing', 'review'])
export const taskOutcome = z.enum([
  'done',
  'not-needed',
  'answered',
  'approved',
  'declined',
  'corrected',
  'no-answer',
])

const taskId = idCodec<'task'>()
const accountId = idCodec<'account'>()
const version = z.number().int().positive()

export const taskRow = z.object({
  taskId,
  kind: taskKind,
  title: z.string(),
  detail: z.string().nullable(),
  accountId: accountId.nullable(),
  contactId: idCodec<'contact'>().nullable(),
  orderId: idCodec<'order'>().nullable(),
  investigationId: idCodec<'investigation'>().nullable(),
  queue: queueCode.nullable(),
  queueName: z.string().nullable(),
  owner: personRef.nullable(),
  dueOn: localDateSchema,
  isOverdue: z.boolean(),
  createdAt: instantSchema,
  createdBy: personRef,
  doneAt: instantSchema.nullable(),
  doneBy: personRef.nullable(),
  outcome: taskOutcome.nullable(),
  version,
})

export const taskEvent = z.object({
  at: instantSchema,
  by: personRef,
  kind: z.enum([
    'created',
    'claimed',
    'referred',
    'returned',
    'answered',
    'commented',
    'snoozed',
    'done',
    'reopened',
  ]),
  body: z.string().nullable(),
  /** The queue or person it went to, the date it was put off to, the outcome: whatever the kind has. */
  facts: z.record(z.string(), z.string()),
})

export const alertRow = z.object({
  accountId,
  alertId: idCodec<'alert'>(),
  tone: z.enum(['info', 'attention', 'danger']),
  text: z.string(),
  fromOn: localDateSchema,
  untilOn: localDateSchema.nullable(), // the first day on which it is over
  placedAt: instantSchema,
  placedBy: personRef,
  clearedAt: instantSchema.nullable(),
  clearedBy: personRef.nullable(),
  clearedReason: z.string().nullable(),
})

export const holdWhat = z.enum(['shut-off', 'late-fee', 'bill', 'refund'])
export const holdReason = z.enum([
  'dispute',
  'appeal',
  'medical',
  'extension',
  'bankruptcy',
  'research',
  'other',
])

export const holdRow = z.object({
  accountId,
  holdId: idCodec<'hold'>(),
  what: holdWhat,
  reasonCode: holdReason,
  reason: z.string(),
  fromOn: localDateSchema,
  untilOn: localDateSchema.nullable(), // the first day on which it is over
  placedAt: instantSchema,
  placedBy: personRef,
  liftedAt: instantSchema.nullable(),
  liftedBy: personRef.nullable(),
  liftedReason: z.string().nullable(),
})

/** What is going on at an account, for the account 360: in force and open only. */
export const workCard = z.object({
  alerts: z.array(alertRow),
  holds: z.array(holdRow),
  tasks: z.array(taskRow),
})

export const taskPage = z.object({ tasks: z.array(taskRow), next: z.string().nullable() })
export const queueCount = z.object({
  queue: queueCode,
  name: z.string(),
  open: z.number(),
  overdue: z.number(),
})
export const personCount = z.object({
  person: personRef,
  open: z.number(),
  overdue: z.number(),
  oldestDueOn: localDateSchema.nullable(),
})
export const answerRow = z.object({
  taskId,
  question: z.string(),
  detail: z.string().nullable(),
  answer: z.string(),
  answeredAt: instantSchema,
  answeredBy: personRef,
})
