import type { AccountId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'

export type AccountLine = { accountId: AccountId; number: string; name: string; isProtected: boolean }

/** One line each, as the search shows them. */
export async function listLines(tx: Tx, accountIds: readonly AccountId[]): Promise<AccountLine[]> {
  const { rows } = await sql<AccountLine>`
    select account_id as "accountId", number, name, is_protected as "isProtected"
    from accounts.search_document where account_id = any(${accountIds}::bigint[])`.execute(tx)
  return rows
}
