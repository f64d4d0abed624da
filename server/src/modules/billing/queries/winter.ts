import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../../platform/context.ts'
import { getAccountCard } from '../../accounts/index.ts'
import { getRuleBook } from '../../policy/index.ts'
import type { billing } from '../contract/index.ts'
import { billingPolicy } from '../domain/proration.ts'
import { winterAverageOn } from '../domain/winter-average.ts'
import * as store from '../store.ts'
import { winterFacts } from './gather.ts'

/** The winter average in force, and what it would be without one of its months (3.17). */
export async function getWinterAverage(
  ctx: Ctx,
  { accountId, exceptFromOn }: Input<typeof billing.getWinterAverage>,
): Promise<Output<typeof billing.getWinterAverage>> {
  const account = await getAccountCard(ctx, accountId)
  if (!account.services.some(one => one.service === 'sewer')) return { inForce: null, without: null }
  const bills = await store.listBills(ctx.tx, accountId, { limit: 25 })
  const facts = winterFacts({ account, bills })
  const { winter } = billingPolicy(await getRuleBook(ctx))
  const shown = (without: NonNullable<typeof facts.without>) => {
    const average = winterAverageOn(ctx.today, { ...facts, without }, winter)
    return { ...average, months: [...average.months] }
  }
  return { inForce: shown([]), without: exceptFromOn ? shown([exceptFromOn]) : null }
}
