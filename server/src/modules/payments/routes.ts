import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import type { payments } from './contract.ts'
import { getPaymentTiming, listPayments } from './queries.ts'

export const answers: Answers<typeof payments, Ctx> = {
  listPayments: (ctx, { accountId, asOf }) => listPayments(ctx, accountId, asOf),
  getPaymentTiming,
}
