/** What a single read means for bills: which rest on it, and what a use would cost. */
import { localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'

const accountId = idCodec<'account'>()
const billId = idCodec<'bill'>()

export const ofRead = {
  listBillsOfRead: endpoint({
    method: 'GET',
    path: '/billing/meters/:meterId/reads/:readId/bills',
    may: 'billing.see',
    says: 'The bills that were computed with a read, oldest first: what would have to be corrected without it',
    input: z.strictObject({ meterId: idCodec<'meter'>(), readId: idCodec<'read'>() }),
    output: z.array(
      z.object({
        accountId,
        billId,
        fromOn: localDateSchema,
        toOn: localDateSchema,
        totalCents: centsCodec,
        place: z.enum(['begins', 'inside', 'ends']),
      }),
    ),
    errors: ['metering.no-meter', 'billing.no-read-like-this'],
  }),
  priceOfUse: endpoint({
    method: 'GET',
    path: '/billing/accounts/:accountId/price-of-use',
    may: 'billing.see',
    says: 'What the latest bill would come to with another use; null without a bill to go by',
    input: z.strictObject({
      accountId,
      units: z.string().regex(/^\d{1,9}(\.\d{1,4})?$/, 'a number of units like 18.5'),
    }),
    output: z.object({ totalCents: centsCodec.nullable() }),
  }),
}
