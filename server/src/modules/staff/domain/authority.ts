/** How far a person's own word goes (AUTH-001 to AUTH-027), and on whose account it counts for nothing (AUTH-023). */
import type { CustomerId } from '@curbstop/kernel/ids'

/** A level's authority over one action. `value` is in `unit`; null = without limit, 0 = may propose. */
export type Limit = {
  readonly action: string
  readonly value: bigint | null
  readonly unit: string
  readonly citation: string
}

export type Authority = 'alone' | 'propose' | 'not'

/**
 * May a person with this limit decide `amount` alone, propose it to somebody higher, or not even that (no limit on
 * record)? Amounts of the same kind within 30 days are added up by the caller first (AUTH-024).
 */
export function withinAuthority(limit: Limit | null, amount: bigint): Authority {
  if (limit === null) return 'not'
  if (limit.value === null) return 'alone'
  const size = amount < 0n ? -amount : amount
  return limit.value > 0n && size <= limit.value ? 'alone' : 'propose'
}

/** An approver is somebody else and of no lower level (AUTH-025); ranks as in `staff.role`. */
export function canApprove(
  proposer: { personId: bigint; rank: number },
  approver: { personId: bigint; rank: number },
): boolean {
  return proposer.personId !== approver.personId && approver.rank >= proposer.rank && approver.rank > 0
}

/** The own or a relative's account: AUTH-023. */
export function isSelfDealing(declared: ReadonlySet<CustomerId>, customer: CustomerId): boolean {
  return declared.has(customer)
}
