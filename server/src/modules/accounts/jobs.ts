/** What events and the clock ask of accounts: keeping the search index true. Every job may run twice. */
import { asId } from '@curbstop/kernel/ids'
import type { JobHandler } from '../../platform/module.ts'
import { reindexCustomer, reindexPremise } from './commands/reindex.ts'
import { markClosedDocuments } from './store/search-index.ts'

const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && /^[1-9]\d*$/.test(value)) || typeof value === 'number'

/** A customer's name, phones, e-mails or protection changed, or an address was corrected. */
const reindex: JobHandler = (hand, { customer, premise }) =>
  hand.inTransaction(async ctx => {
    if (isId(customer)) await reindexCustomer(ctx, asId<'customer'>(customer))
    if (isId(premise)) await reindexPremise(ctx, asId<'premise'>(premise))
  })

const noteClosed: JobHandler = hand => hand.inTransaction(ctx => markClosedDocuments(ctx.tx, ctx.today))

export const jobs = { 'accounts.reindex': reindex, 'accounts.note-closed': noteClosed } as const

export const schedule = [{ cron: '10 8 * * *', job: 'accounts.note-closed' }] as const
