import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'

export type EditRow = {
  entryId: bigint
  at: Instant
  personName: string
  duty: string
  reason: string | null
  before: unknown
  after: unknown
}

/**
 * Record edits of an account, newest first, as known at the end of a day. What departments tell of themselves
 * (contacts, orders, messages) stands in the timeline already.
 */
export async function listEdits(
  tx: Tx,
  accountId: AccountId,
  { asOf, timeZone, limit }: { asOf: LocalDate; timeZone: string; limit: number },
): Promise<EditRow[]> {
  const { rows } = await sql<EditRow>`
    select e.entry_id as "entryId", e.at, coalesce(p.name, 'a visitor') as "personName", e.duty, e.reason, e.before, e.after
    from audit.entry e left join staff.person p on p.person_id = e.actor_id
    where e.on_account = ${accountId} and e.duty !~ '^(contacts|fieldwork|correspondence|investigations)\.' and e.at < (${asOf}::date + 1)::timestamp at time zone ${timeZone}
    order by e.at desc limit ${limit}`.execute(tx)
  return rows
}

/** The n-th of the youngest accounts that anybody may find, as search shows it. */
export async function findNthFound(
  tx: Tx,
  n: number,
): Promise<{ accountId: AccountId; number: string; name: string; address: string } | null> {
  const { rows } = await sql<{ accountId: AccountId; number: string; name: string; address: string }>`
    select account_id as "accountId", number, name, address from accounts.search_document
    where not is_protected order by account_id desc limit 1 offset ${n}`.execute(tx)
  return rows[0] ?? null
}
