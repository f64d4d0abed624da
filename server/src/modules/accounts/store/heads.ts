import type { AccountId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'

export type HeadRow = {
  accountId: AccountId
  number: string
  name: string
  address: string
  isProtected: boolean
}

/** From the search's own lines: one indexed statement, whatever the number of accounts. */
export async function listHeads(tx: Tx, accountIds: readonly AccountId[]): Promise<HeadRow[]> {
  const { rows } = await sql<HeadRow>`
    select account_id as "accountId", number, name, address, is_protected as "isProtected"
    from accounts.search_document where account_id = any(${accountIds}::bigint[])`.execute(tx)
  return rows
}
