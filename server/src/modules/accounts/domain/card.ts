/** What an account's card says beyond its records: status, the next dates, who answers for the address. */
import { addDays, addMonths, formatDay, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { CustomerId } from '@curbstop/kernel/ids'
import { errors } from './errors.ts'

export type AccountStatus = 'pending' | 'open' | 'closing' | 'closed'

type Dates = { readonly openedOn: LocalDate; readonly closedOn: LocalDate | null }

export function statusOf({ openedOn, closedOn }: Dates, today: LocalDate): AccountStatus {
  if (closedOn !== null && closedOn <= today) return 'closed'
  if (openedOn > today) return 'pending'
  return closedOn === null ? 'open' : 'closing'
}

export type Cycle = {
  readonly readDay: number
  readonly billAfterDays: number
  readonly dueAfterDays: number
}

/** The next scheduled read, or the last one when the account stops before; the bill and its due date follow. */
export function nextDates(cycle: Cycle, dates: Dates, today: LocalDate) {
  if (statusOf(dates, today) === 'closed') return null
  const from = dates.openedOn > today ? dates.openedOn : today
  const inMonth = `${from.slice(0, 8)}${String(cycle.readDay).padStart(2, '0')}` as LocalDate
  const scheduled = inMonth > from ? inMonth : addMonths(inMonth, 1)
  const readOn = dates.closedOn !== null && dates.closedOn < scheduled ? dates.closedOn : scheduled
  const billOn = addDays(readOn, cycle.billAfterDays)
  return { readOn, billOn, dueOn: addDays(billOn, cycle.dueAfterDays) }
}

export function holdsAs(owner: CustomerId | null, customer: CustomerId): 'owner' | 'tenant' | 'unknown' {
  if (owner === null) return 'unknown'
  return owner === customer ? 'owner' : 'tenant'
}

/**
 * WB-022, WB-023: names and ages are enough for up to `extra` persons more than the class default; beyond that one
 * document a person. A hint, not a refusal: the advisor may have seen the documents at the counter.
 */
export function householdHint(change: {
  readonly persons: number
  readonly usual: number
  readonly extra: number
  readonly evidenceKind: 'stated' | 'documents'
}): string | null {
  const { persons, usual, extra, evidenceKind } = change
  if (evidenceKind === 'documents' || persons <= usual + extra) return null
  return `More than ${usual + extra} persons: ask for a document with this address for each one over ${usual} (WB-022, WB-023).`
}

/** A household changes while the account is served: from its first day to a month ahead, never after its last. */
export function checkHouseholdDate(fromOn: LocalDate, dates: Dates, today: LocalDate): void {
  const ahead = addMonths(today, 1)
  const last = dates.closedOn !== null && dates.closedOn < ahead ? dates.closedOn : ahead
  if (fromOn < dates.openedOn || fromOn > last)
    throw refuse(
      errors,
      'accounts.household-date',
      { earliest: formatDay(dates.openedOn, today), latest: formatDay(last, today) },
      'fromOn',
    )
}

export const enrolmentNames = {
  autopay: 'Autopay',
  ebill: 'E-bill',
  'budget-billing': 'Budget billing',
} as const
