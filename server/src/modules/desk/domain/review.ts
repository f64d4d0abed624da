/** AUTH-027: an Assistant's work is reviewed wholly for the first days in the level, then a share of it. */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'

export type ReviewRules = {
  /** 90 days. */
  readonly firstDays: number
  /** Percent during those days, and after them: 100 and 20. */
  readonly firstShare: number
  readonly laterShare: number
}

export type ReviewCase = {
  readonly since: LocalDate
  readonly on: LocalDate
  /** This piece's number among all the person's pieces, from 1. */
  readonly number: bigint
}

/** Exactly the share is picked, evenly spread: of 20 percent the 5th, 10th, 15th … piece. Day 90 is the first of the lesser share. */
export function decideReview(rules: ReviewRules, { since, on, number }: ReviewCase): boolean {
  const share = BigInt(daysBetween(since, on) < rules.firstDays ? rules.firstShare : rules.laterShare)
  return (number * share) / 100n > ((number - 1n) * share) / 100n
}
