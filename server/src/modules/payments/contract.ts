import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'

const accountId = idCodec<'account'>()

export const paymentRow = z.object({
  paymentId: idCodec<'payment'>(),
  receivedOn: localDateSchema,
  cents: centsCodec,
  tender: z.enum(['cash', 'check', 'card', 'ach', 'money-order']),
  channel: z.enum(['counter', 'mail', 'portal', 'ivr', 'lockbox', 'autopay', 'night-drop', 'import']),
  reference: z.string().nullable(),
  journalId: idCodec<'journal'>(),
  postedAt: instantSchema,
  /** Set when the bank sent it back; the debt then stands as if it had never been paid (PAY-007). */
  returned: z.object({ on: localDateSchema, reasonCode: z.string() }).nullable(),
})

/** How each bill was paid: the row of dots under the usage chart. */
export const billTiming = z.object({
  billId: idCodec<'bill'>(),
  issuedOn: localDateSchema,
  dueOn: localDateSchema,
  cents: centsCodec,
  paidCents: centsCodec,
  paidOn: localDateSchema.nullable(), // the day the last cent of it was paid
  daysLate: z.int(), // after the due date; 0 when on time or not yet paid and not yet due
  state: z.enum(['on-time', 'late', 'partly', 'returned', 'unpaid', 'not-due']),
})

/** "On time 21 of 24". */
export const paymentTiming = z.object({
  bills: z.array(billTiming), // oldest first
  onTimeCount: z.int(),
  dueCount: z.int(), // bills whose due date has passed, or that are already paid
})

export const payments = {
  listPayments: endpoint({
    method: 'GET',
    path: '/payments/accounts/:accountId/payments',
    may: 'payments.see',
    says: 'Payments of an account with what the bank sent back, newest first',
    input: z.strictObject({ accountId, asOf: localDateSchema.optional() }),
    output: z.array(paymentRow),
  }),
  getPaymentTiming: endpoint({
    method: 'GET',
    path: '/payments/accounts/:accountId/timing',
    may: 'payments.see',
    says: 'For each bill: paid on time, late, partly, returned or not; and the on-time count',
    input: z.strictObject({
      accountId,
      from: localDateSchema.optional(),
      asOf: localDateSchema.optional(),
    }),
    output: paymentTiming,
  }),
}
