/**
 * Guessing is slowed down, never locked: a lock is a weapon in the guesser's hand. The pause is computed from the
 * attempts on record and nothing else.
 */
import type { Instant } from '@curbstop/kernel/dates'

export type Attempt = { succeeded: boolean; at: Instant; ip: string | null }

const freeFailures = 5
const longestPauseSeconds = 300

/** 0 for the first five failures in a row, then 1, 2, 4 … seconds, five minutes at the most. */
export function calculatePause(failuresInARow: number): number {
  if (failuresInARow < freeFailures) return 0
  return Math.min(2 ** Math.min(failuresInARow - freeFailures, 16), longestPauseSeconds)
}

/** Seconds still to wait before the next try counts; `attempts` newest first. */
export function calculateWait(attempts: readonly Attempt[], now: Instant): number {
  const firstSuccess = attempts.findIndex(attempt => attempt.succeeded)
  const failures = firstSuccess === -1 ? attempts : attempts.slice(0, firstSuccess)
  const newest = failures[0]
  if (!newest) return 0
  const passed = (Date.parse(now) - Date.parse(newest.at)) / 1000
  return Math.max(0, Math.ceil(calculatePause(failures.length) - passed))
}

export type Tries = {
  readonly ofLogin: readonly Attempt[]
  readonly ofAddress: readonly Attempt[]
  /** This login has signed in from this address before: then strangers' guesses elsewhere do not hold it up. */
  readonly isKnownHere: boolean
  readonly ip: string | null
}

/** Per login and per address, whichever is longer. */
export function decideWait(tries: Tries, now: Instant): number {
  const { ofLogin, ofAddress, isKnownHere, ip } = tries
  const counted = isKnownHere ? ofLogin.filter(attempt => attempt.ip === ip) : ofLogin
  return Math.max(calculateWait(counted, now), calculateWait(ofAddress, now))
}
