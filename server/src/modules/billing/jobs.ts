/** What billing must agree to before it is so, and what it does on others' news. */
import { addDays, addMonths } from '@curbstop/kernel/dates'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { atPace } from '../../platform/jobs/pace.ts'
import type { JobHandler } from '../../platform/module.ts'
import { hasPrices } from '../metering/index.ts'
import { listCreditAccounts } from '../variances/index.ts'
import { witnessMessage } from './commands/message-figures.ts'
import { witnessVoidedTest } from './commands/meter-error.ts'
import { noteSomePrices } from './commands/note-prices.ts'
import { witnessVoidedRead } from './commands/read-voided.ts'
import { giveVarianceCredits } from './commands/variance-credit.ts'

export const witnesses = {
  'metering.read-voided': witnessVoidedRead,
  'metering.test-voided': witnessVoidedTest,
  'correspondence.message-written': witnessMessage,
}

/** Twice the same news gives nothing more. */
const giveCredits: JobHandler = (hand, { account }) =>
  hand.inTransaction(async ctx => {
    if (account !== null && account !== undefined)
      await giveVarianceCredits(ctx, asId<'account'>(String(account)))
  })

/** A fill whose bill was not sent yet when it was granted: looked at once a day until it was. */
const giveLateCredits: JobHandler = async hand => {
  const accounts = await hand.inTransaction(ctx => listCreditAccounts(ctx, addMonths(ctx.today, -4)))
  for (const account of accounts) await hand.inTransaction(ctx => giveVarianceCredits(ctx, account))
}

/** The last bills' prices go to metering; the first time those of two months, so that every place has one. */
const tellPrices: JobHandler = async hand => {
  const since = await hand.inTransaction(async ctx => addDays(ctx.today, (await hasPrices(ctx)) ? -3 : -70))
  let after: AccountId | null = null
  await atPace(9, async () => {
    after = await hand.inTransaction(ctx => noteSomePrices(ctx, since, after))
    return after !== null
  })
}

export const jobs = {
  'billing.tell-prices': tellPrices,
  'billing.give-variance-credits': giveCredits,
  'billing.give-late-credits': giveLateCredits,
} as const
export const listens = { 'variances.credit-granted': ['billing.give-variance-credits'] }
export const schedule = [
  { cron: '40 13 * * *', job: 'billing.give-late-credits' },
  { cron: '30 9 * * *', job: 'billing.tell-prices' },
] as const
/** A district just made has bills and no prices yet; with prices the job finds little to do. */
export const atStart = ['billing.tell-prices'] as const
