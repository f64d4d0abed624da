import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'
import { accountCard } from '../accounts/contract/card.ts'
import { billingCard } from '../billing/contract/index.ts'
import { contactRow } from '../contacts/contract.ts'
import { customerCard } from '../customers/contract.ts'
import { workCard } from '../desk/contract/cards.ts'
import { orderRow } from '../fieldwork/contract.ts'
import { causeRanking } from '../investigations/contract.ts'
import { moneyCard } from '../ledger/contract.ts'
import { meterCard } from '../metering/contract/index.ts'
import { paymentRow, paymentTiming } from '../payments/contract.ts'
import { premiseCard } from '../premises/contract.ts'
import { varianceCard } from '../variances/contract/index.ts'

const accountId = idCodec<'account'>()

export const timelineGroup = z.enum(['money', 'reads', 'orders', 'contacts', 'edits'])

/**
 * One thing that happened to an account. Codes and figures only; the page finds the words. `on` is the day it counts
 * for, `knownAt` when the district learned of it: the as-of date looks at the second.
 */
export const timelineRow = z.object({
  group: timelineGroup,
  kind: z.string(), // bill, payment, return, fee, read, order, order-done, contact, message, edit …
  on: localDateSchema,
  knownAt: instantSchema,
  by: z.string().nullable(),
  cents: centsCodec.nullable(),
  balanceCents: centsCodec.nullable(),
  facts: z.record(z.string(), z.string().nullable()),
  ref: z.object({ kind: z.string(), id: z.string() }).nullable(),
})

export const account360 = z.object({
  asOf: localDateSchema,
  today: localDateSchema,
  account: accountCard,
  customer: customerCard,
  premise: premiseCard.nullable(),
  money: moneyCard,
  lastPayment: paymentRow.nullable(),
  timing: paymentTiming,
  meters: z.array(meterCard),
  billing: billingCard,
  causes: causeRanking.nullable(),
  variances: varianceCard,
  work: workCard,
  orders: z.array(orderRow),
  contacts: z.array(contactRow),
  next: z.object({ readOn: localDateSchema, billOn: localDateSchema, dueOn: localDateSchema }).nullable(),
  timeline: z.array(timelineRow),
})

export const reports = {
  getAccount360: endpoint({
    method: 'GET',
    path: '/reports/accounts/:accountId',
    may: 'billing.see',
    says: 'Everything an advisor needs of one account, in one round trip',
    input: z.strictObject({ accountId }),
    output: account360,
    errors: ['accounts.missing'],
  }),
  getTimeline: endpoint({
    method: 'GET',
    path: '/reports/accounts/:accountId/timeline',
    may: 'billing.see',
    says: 'What happened to an account, newest first, by group, as it was known on a date',
    input: z.strictObject({
      accountId,
      group: timelineGroup.optional(),
      asOf: localDateSchema.optional(),
    }),
    output: z.object({ asOf: localDateSchema, balanceCents: centsCodec, rows: z.array(timelineRow) }),
    errors: ['accounts.missing'],
  }),
}
