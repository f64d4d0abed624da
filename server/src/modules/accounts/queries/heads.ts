/** Number, name and address of many accounts, for lists of other departments. */
import type { AccountId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../../platform/context.ts'
import { noteShown } from '../../customers/index.ts'
import { listHeads } from '../store/heads.ts'

export type AccountHead = { readonly number: string; readonly name: string; readonly address: string }

/** Of a protected customer the address is empty, and the name too for those who may not see it (PRV-019). */
export async function listAccountHeads(
  ctx: Ctx,
  accountIds: readonly AccountId[],
): Promise<Map<AccountId, AccountHead>> {
  if (accountIds.length === 0) return new Map()
  const rows = await listHeads(ctx.tx, [...new Set(accountIds)])
  const opens = may(ctx, 'customers.see-protected')
  const guarded = rows.flatMap(row => (row.isProtected ? [row.customerId] : []))
  await noteShown(ctx, guarded, 'The name was shown in a list.')
  return new Map(
    rows.map(({ accountId, number, name, address, isProtected }) => [
      accountId,
      isProtected ? { number, name: opens ? name : '', address: '' } : { number, name, address },
    ]),
  )
}
