import type { AccountId, CustomerId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'

export type HeadRow = {
  customerId: CustomerId
  accountId: AccountId
  number: string
  name: string
  address: string
  isProtected: boolean
}

/** From the search's own lines: one indexed statement, whatever the number of accounts. */
export async function listHeads(tx: Tx, accountIds: readonly AccountId[]): Promise<HeadRow[]> {
  const { rows } = await sql<HeadRow>`
    select d.account_id as "accountId", a.customer_id as "customerId", d.number, d.name, d.address,
      d.is_protected as "isProtected"
    from accounts.search_document d join accounts.account a on a.account_id = d.account_id
    where d.account_id = any(${accountIds}::bigint[])`.execute(tx)
  return rows
}
