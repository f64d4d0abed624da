import { instantSchema, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { centsCodec } from '@curbstop/kernel/money'
import { z } from 'zod'

const accountId = idCodec<'account'>()
const journalId = idCodec<'journal'>()

export const serviceName = z.enum(['water', 'sewer', 'fees'])
export const agingBucket = z.enum(['current', '1-30', '31-60', '61-90', '91+'])
export const journalKind = z.enum([
  'bill',
  'payment',
  'return',
  'adjustment',
  'fee',
  'credit',
  'transfer',
  'reversal',
])

/**
 * What an account owes on a day. `balanceCents` = the services' sum less `creditCents`; the aging buckets add up to
 * the balance, or to nothing when the district owes the customer.
 */
export const moneyCard = z.object({
  asOf: localDateSchema,
  balanceCents: centsCodec, // negative: the customer is ahead
  byService: z.array(z.object({ service: serviceName, cents: centsCodec })), // water, sewer, fees
  creditCents: centsCodec, // paid ahead, held in trust
  aging: z.array(z.object({ bucket: agingBucket, cents: centsCodec })), // the five buckets, youngest first
  pastDueCents: centsCodec,
  oldestDueOn: localDateSchema.nullable(), // due date of the oldest debt still open
  nextDueOn: localDateSchema.nullable(), // of the debt that is not past due yet
  nextDueCents: centsCodec,
})

/** One journal as it moved what the customer owes, with the balance after it. */
export const ledgerRow = z.object({
  journalId,
  kind: journalKind,
  effectiveOn: localDateSchema,
  businessOn: localDateSchema,
  dueOn: localDateSchema.nullable(),
  postedAt: instantSchema,
  source: z.string(), // 'bill:4711', 'payment:12'
  memo: z.string().nullable(),
  reversesJournalId: journalId.nullable(),
  reversedByJournalId: journalId.nullable(),
  cents: centsCodec, // positive: owes more
  byService: z.array(z.object({ service: serviceName, cents: centsCodec })), // only services that moved
  balanceCents: centsCodec,
})

const glSide = z.object({ gl: z.int(), name: z.string(), fund: z.string() })
export const journalDetail = z.object({
  journalId,
  kind: journalKind,
  effectiveOn: localDateSchema,
  businessOn: localDateSchema,
  dueOn: localDateSchema.nullable(),
  postedAt: instantSchema,
  postedBy: idCodec<'person'>(),
  source: z.string(),
  memo: z.string().nullable(),
  reversesJournalId: journalId.nullable(),
  postings: z.array(z.object({ lineNo: z.int(), debit: glSide, credit: glSide, cents: centsCodec })),
})

export const ledger = {
  getMoneyCard: endpoint({
    method: 'GET',
    path: '/ledger/accounts/:accountId/money',
    may: 'ledger.see',
    says: 'Balance, balance by service, aging and due dates of an account, as known at the end of a day',
    input: z.strictObject({ accountId, asOf: localDateSchema.optional() }),
    output: moneyCard,
  }),
  listLedgerRows: endpoint({
    method: 'GET',
    path: '/ledger/accounts/:accountId/rows',
    may: 'ledger.see',
    says: 'Everything that moved what the account owes, oldest first, with the running balance',
    input: z.strictObject({ accountId, asOf: localDateSchema.optional() }),
    output: z.array(ledgerRow),
  }),
  getJournal: endpoint({
    method: 'GET',
    path: '/ledger/accounts/:accountId/journals/:journalId',
    may: 'ledger.see',
    says: 'One journal with both sides of every posting',
    input: z.strictObject({ accountId, journalId }),
    output: journalDetail,
    errors: ['ledger.no-journal'],
  }),
}
