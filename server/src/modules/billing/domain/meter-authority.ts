/** Whose word the money of a meter test takes: AUTH-001 for a refund, AUTH-017 for a back-bill, two people above it. */
import { formatDollars } from '@curbstop/kernel/money'
import type { Level } from '../../../platform/context.ts'
import { type Limit, withinAuthority } from '../../staff/domain/index.ts'
import { levelNames, levels } from '../../variances/domain/authority.ts'

export const actionOf = (cents: bigint): 'adjustment' | 'meter-error-back-bill' =>
  cents > 0n ? 'meter-error-back-bill' : 'adjustment'

export type Asking = {
  readonly cents: bigint
  /** Of this account and this direction, decided by the same person within thirty days (AUTH-024). */
  readonly recentCents: bigint
  readonly level: Level | null
  readonly limits: ReadonlyMap<string, Limit>
  /** Somebody else's proposal of the same amount, and their level. */
  readonly proposedBy: { readonly level: string | null } | null
}
export type Word = {
  readonly may: 'alone' | 'propose' | 'not'
  /** Who can decide it. */
  readonly decider: Level
  readonly says: string | null
}

const size = (cents: bigint): bigint => (cents < 0n ? -cents : cents)

export function wordOf({ cents, recentCents, level, limits, proposedBy }: Asking): Word {
  const top = levels.at(-1)!
  const amount = size(cents) + size(recentCents)
  if (cents === 0n) return { may: 'alone', decider: level ?? top, says: null }
  const decider = levels.find(one => withinAuthority(limits.get(one) ?? null, amount) === 'alone')
  const own = withinAuthority((level && limits.get(level)) || null, amount)
  if (own === 'alone') return { may: 'alone', decider: decider ?? top, says: null }
  // above every level's figure two of the highest sign, with the manager's decision in the reason
  const isSecond = !decider && level === top && proposedBy?.level === top
  if (isSecond) return { may: 'alone', decider: top, says: null }
  const may = own === 'not' ? 'not' : 'propose'
  return {
    may,
    decider: decider ?? top,
    says: sentence({ cents, recentCents, may, decider: decider ?? null }),
  }
}

type Said = {
  cents: bigint
  recentCents: bigint
  may: Word['may']
  decider: Level | null
}

function sentence({ cents, recentCents, may, decider }: Said): string {
  const what = cents > 0n ? 'A back-bill' : 'A refund'
  const rule = cents > 0n ? 'AUTH-017' : 'AUTH-001'
  const added =
    recentCents === 0n
      ? ''
      : ` with ${formatDollars(size(recentCents))} decided within thirty days (AUTH-024)`
  const who = decider
    ? `${levelNames[decider]} decides`
    : 'two Supervisors sign, one proposes and another posts, with the manager’s decision in the reason'
  const you = may === 'propose' ? ' Propose it, and it waits in their queue.' : ''
  return `${what} of ${formatDollars(size(cents))}${added} is above your word: ${who} (${rule}).${you}`
}
