/** What events and the clock ask of accounts: keeping the search index true, telling on. Every job may run twice. */
import { asId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import type { JobHandler } from '../../platform/module.ts'
import {
  askSecondPerson,
  closeSecondPerson,
  type Deed,
  reviewCustomerChange,
} from './commands/customer-news.ts'
import { reindexCustomer, reindexPremise, tellServed } from './commands/reindex.ts'
import { markClosedDocuments } from './store/search-index.ts'

const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && /^[1-9]\d*$/.test(value)) || typeof value === 'number'

/** A customer's name, phones, e-mails or protection changed, or an address was corrected. */
const reindex: JobHandler = (hand, { customer, premise }) =>
  hand.inTransaction(async ctx => {
    if (isId(customer)) await reindexCustomer(ctx, asId<'customer'>(customer))
    if (isId(premise)) await reindexPremise(ctx, asId<'premise'>(premise))
  })

/** Something about a place changed: whoever is served there sees it at once. */
const tellPlace: JobHandler = (hand, { premise }) =>
  hand.inTransaction(async ctx => {
    if (isId(premise)) await tellServed(ctx, asId<'premise'>(premise))
  })

const onDeed =
  (work: (ctx: Ctx, deed: Deed) => Promise<void>): JobHandler =>
  (hand, { customer, by, at }) =>
    hand.inTransaction(async ctx => {
      if (!isId(customer) || !isId(by)) return
      await work(ctx, { customer: asId<'customer'>(customer), by: asId<'person'>(by), at: String(at) })
    })

const closeProtection: JobHandler = (hand, { customer, decision }) =>
  hand.inTransaction(async ctx => {
    if (isId(customer)) await closeSecondPerson(ctx, asId<'customer'>(customer), String(decision))
  })

const noteClosed: JobHandler = hand => hand.inTransaction(ctx => markClosedDocuments(ctx.tx, ctx.today))

export const jobs = {
  'accounts.reindex': reindex,
  'accounts.tell-place': tellPlace,
  'accounts.review-customer-change': onDeed(reviewCustomerChange),
  'accounts.ask-second-person': onDeed(askSecondPerson),
  'accounts.close-second-person': closeProtection,
  'accounts.note-closed': noteClosed,
} as const

const review = ['accounts.review-customer-change']
const place = ['accounts.tell-place']

export const listens = {
  'customers.customer-changed': ['accounts.reindex', ...review],
  'customers.mail-returned': review,
  'customers.contact-authorized': review,
  'customers.authorization-revoked': review,
  'customers.secret-set': review,
  'customers.protection-placed': ['accounts.reindex', 'accounts.ask-second-person'],
  'customers.protection-lift-asked': ['accounts.ask-second-person'],
  'customers.protection-decided': ['accounts.reindex', 'accounts.close-second-person'],
  'premises.premise-changed': ['accounts.reindex', ...place],
  'premises.point-turned': place,
  'premises.hazard-noted': place,
  'premises.hazard-ended': place,
}

export const schedule = [{ cron: '10 8 * * *', job: 'accounts.note-closed' }] as const
