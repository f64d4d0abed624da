import type { AccountId } from '@curbstop/kernel/ids'
import type { Stay } from '../domain/occupancy.ts'
import type { OccupancyRow } from '../store/occupancy.ts'

/** Occupancies of single points as one time a customer spends at the address: from the first start to the last end. */
export function staysOf(rows: readonly OccupancyRow[]): Stay[] {
  const byAccount = new Map<AccountId, Stay>()
  for (const { accountId, customerId, from, to } of rows) {
    const seen = byAccount.get(accountId)
    byAccount.set(accountId, {
      accountId,
      customerId,
      from: seen && seen.from < from ? seen.from : from,
      to: seen && (seen.to === null || to === null) ? null : seen && seen.to! > to! ? seen.to : to,
    })
  }
  return [...byAccount.values()]
}
