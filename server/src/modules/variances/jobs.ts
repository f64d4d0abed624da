/** What comes in from the accounts, and what the clock asks. Every job may run twice. */
import { asId } from '@curbstop/kernel/ids'
import type { JobHandler } from '../../platform/module.ts'
import { followService, tellAlerts, tellRenewals } from './commands/life.ts'

const follow: JobHandler = (hand, { account }) =>
  hand.inTransaction(async ctx => {
    if (account !== null && account !== undefined) await followService(ctx, asId<'account'>(String(account)))
  })

const clock: JobHandler = async hand => {
  await hand.inTransaction(tellRenewals)
  await hand.inTransaction(tellAlerts)
}

export const jobs = {
  'variances.follow-service': follow,
  'variances.tell-the-clock': clock,
} as const

export const listens = {
  'accounts.occupancy-changed': ['variances.follow-service'],
  'accounts.service-stopped': ['variances.follow-service'],
  'accounts.occupancy-change-cancelled': ['variances.follow-service'],
}

export const schedule = [{ cron: '30 13 * * *', job: 'variances.tell-the-clock' }] as const
