/** What billing must agree to before it is so, and what it does on others' news. */
import { addMonths } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import type { JobHandler } from '../../platform/module.ts'
import { listCreditAccounts } from '../variances/index.ts'
import { witnessVoidedRead } from './commands/read-voided.ts'
import { giveVarianceCredits } from './commands/variance-credit.ts'

export const witnesses = { 'metering.read-voided': witnessVoidedRead }

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

export const jobs = {
  'billing.give-variance-credits': giveCredits,
  'billing.give-late-credits': giveLateCredits,
} as const
export const listens = { 'variances.credit-granted': ['billing.give-variance-credits'] }
export const schedule = [{ cron: '40 13 * * *', job: 'billing.give-late-credits' }] as const
