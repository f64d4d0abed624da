import { addDays, type Instant, type LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, Id } from '@curbstop/kernel/ids'
import type { Cents } from '@curbstop/kernel/money'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'

export type PaymentRow = {
  paymentId: Id<'payment'>
  receivedOn: LocalDate
  cents: Cents
  tender: 'cash' | 'check' | 'card' | 'ach' | 'money-order'
  channel: 'counter' | 'mail' | 'portal' | 'ivr' | 'lockbox' | 'autopay' | 'night-drop' | 'import'
  reference: string | null
  journalId: Id<'journal'>
  postedAt: Instant
  returnedOn: LocalDate | null
  reasonCode: string | null
}

export type PaymentsAsked = {
  readonly accountId: AccountId
  /** What was known at the end of this day on the district's clock. */
  readonly asOf: LocalDate
  readonly timeZone: string
  readonly limit: number
}

/** Newest first, with what the bank had sent back by then. */
export async function listPayments(tx: Tx, asked: PaymentsAsked): Promise<PaymentRow[]> {
  const { accountId, asOf, timeZone, limit } = asked
  const { rows } = await sql<PaymentRow>`
    select p.payment_id as "paymentId", p.received_on as "receivedOn", p.cents, p.tender, p.channel, p.reference,
      p.journal_id as "journalId", p.posted_at as "postedAt", r.returned_on as "returnedOn",
      r.reason_code as "reasonCode"
    from payments.payment p
    left join payments.payment_return r
      on r.account_id = p.account_id and r.payment_id = p.payment_id and r.returned_on <= ${asOf}
    where p.account_id = ${accountId} and p.received_on <= ${asOf}
      and p.posted_at < (${addDays(asOf, 1)}::date::timestamp at time zone ${timeZone})
    order by p.received_on desc, p.payment_id desc limit ${limit}`.execute(tx)
  return rows
}
