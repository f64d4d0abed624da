/** Two mix-ups the figures give away: meters changed for each other, and digits exchanged in a read. */
import { middleOf, type Stretch, sameTimeLastYear } from './pattern.ts'

export type UseStretch = Stretch & { readonly gallonsPerDay: number }
export type Neighbour = { readonly line: string; readonly periods: readonly UseStretch[] } // newest first

const notable = 1.8
const near = (a: number, b: number): boolean => a > 0 && b > 0 && a / b < 1.35 && b / a < 1.35
const sameReadDays = 8

/** What the period is like, and what was used in the same weeks last year, or else before. */
function nowAndBefore(periods: readonly UseStretch[], at: number): readonly [number, number] | null {
  const now = periods[at]
  const before = now && (sameTimeLastYear(periods, now) ?? periods[at + 1])
  return now && before ? [now.gallonsPerDay, before.gallonsPerDay] : null
}

/**
 * The neighbour who uses now what we used, while we use what they used: their meter is billed to us and ours to them.
 * Use must have changed notably on both sides, in opposite directions and in the same period.
 */
export function findMirror(own: readonly UseStretch[], neighbours: readonly Neighbour[]): string | null {
  const ours = nowAndBefore(own, 0)
  if (!ours || !isNotable(ours)) return null
  const mirror = neighbours.find(({ periods }) => {
    const at = periods.findIndex(one => Math.abs(middleOf(one) - middleOf(own[0]!)) <= sameReadDays)
    const theirs = at < 0 ? null : nowAndBefore(periods, at)
    return theirs !== null && isNotable(theirs) && near(ours[0], theirs[1]) && near(theirs[0], ours[1])
  })
  return mirror?.line ?? null
}

function isNotable([now, before]: readonly [number, number]): boolean {
  return now > 0 && before > 0 && (now / before >= notable || before / now >= notable)
}

/**
 * A read that would be usual if two digits side by side stood the other way round. `from` is the read before,
 * `expected` the usual use, both in the units of the register.
 */
export function exchangedDigits(read: bigint, from: bigint, expected: number): string | null {
  const digits = read.toString()
  for (let i = 0; i + 1 < digits.length; i += 1) {
    const meant = digits.slice(0, i) + digits[i + 1] + digits[i] + digits.slice(i + 2)
    const use = Number(BigInt(meant) - from)
    if (meant !== digits && use >= 0 && Math.abs(use - expected) <= expected * 0.3) return meant
  }
  return null
}
