/** Number, name and address of many accounts, for lists of other departments. */
import type { AccountId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../../platform/context.ts'
import { listHeads } from '../store/heads.ts'

export type AccountHead = { readonly number: string; readonly name: string; readonly address: string }

/** A protected customer's name and address are empty for those who may not see them (PRV-019). */
export async function listAccountHeads(
  ctx: Ctx,
  accountIds: readonly AccountId[],
): Promise<Map<AccountId, AccountHead>> {
  if (accountIds.length === 0) return new Map()
  const rows = await listHeads(ctx.tx, [...new Set(accountIds)])
  const opens = may(ctx, 'customers.see-protected')
  return new Map(
    rows.map(({ accountId, number, name, address, isProtected }) => [
      accountId,
      isProtected && !opens ? { number, name: '', address: '' } : { number, name, address },
    ]),
  )
}
