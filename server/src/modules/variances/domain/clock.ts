/** WB-035: how long a request has waited and what the desk owes the customer. */
import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { VariancePolicy } from './policy.ts'
import { isWaiting, type VarianceState } from './words.ts'

export function clockOf(requestedOn: LocalDate, { clock }: Pick<VariancePolicy, 'clock'>) {
  return { alertOn: addDays(requestedOn, clock.alertDays), dueOn: addDays(requestedOn, clock.days) }
}

export type ClockFace = 'in-time' | 'alert' | 'late' | 'stopped'

/** It does not stop while the customer is asked for more: the customer sees one date. */
export function clockFace(
  one: { state: VarianceState; alertOn: LocalDate; dueOn: LocalDate },
  today: LocalDate,
): ClockFace {
  if (!isWaiting(one.state)) return 'stopped'
  if (today > one.dueOn) return 'late'
  return today >= one.alertOn ? 'alert' : 'in-time'
}

export const ageDays = (requestedOn: LocalDate, today: LocalDate): number => daysBetween(requestedOn, today)
