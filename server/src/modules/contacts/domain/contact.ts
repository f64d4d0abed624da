/** Who may change a contact and when, and the clock of a complaint. */
import { addDays, formatInstant, type Instant, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { addBusinessDays, type Calendar, isOpen } from '../../policy/domain.ts'
import { errors } from './errors.ts'
import type { Outcome } from './words.ts'

export type ContactState = {
  personId: bigint
  personName: string
  savedAt: Instant | null
  discardedAt: Instant | null
  version: number
  changedAt: Instant | null
  changedBy: string | null
}
export type Asker = { personId: bigint; isSupervisor: boolean }

/** A draft is nobody's business but its writer's and the supervisor's; a saved contact is everybody's. */
export function maySee(contact: ContactState, asker: Asker): boolean {
  return contact.savedAt !== null || contact.personId === asker.personId || asker.isSupervisor
}

export function checkIsTheirs(contact: ContactState, asker: Asker): void {
  if (!maySee(contact, asker)) throw refuse(errors, 'contacts.unknown')
  if (contact.personId !== asker.personId && !asker.isSupervisor)
    throw refuse(errors, 'contacts.not-yours', { who: contact.personName })
}

/** A draft is written by one hand: a supervisor reads it, and takes it over before changing a word of it. */
export function checkIsDraft(contact: ContactState, asker: Asker): void {
  checkIsTheirs(contact, asker)
  checkIsOpen(contact)
  if (contact.personId !== asker.personId)
    throw refuse(errors, 'contacts.take-over-first', { who: contact.personName })
}

/** The writer hands it to whom they like; a supervisor takes it for themselves. */
export function checkHandOver(contact: ContactState, asker: Asker, to: bigint): void {
  if (!maySee(contact, asker)) throw refuse(errors, 'contacts.unknown')
  const isWriter = contact.personId === asker.personId
  const takes = asker.isSupervisor && to === asker.personId
  if (!isWriter && !takes) throw refuse(errors, 'contacts.not-yours', { who: contact.personName })
  if (contact.personId === to) throw refuse(errors, 'contacts.held-already', { who: contact.personName })
}

export function checkIsOpen(contact: ContactState): void {
  if (contact.savedAt !== null) throw refuse(errors, 'contacts.closed', { state: 'saved' })
  if (contact.discardedAt !== null) throw refuse(errors, 'contacts.closed', { state: 'thrown away' })
}

export function checkVersion(
  contact: ContactState,
  version: number,
  { timeZone, today }: { timeZone: string; today: LocalDate },
): void {
  if (contact.version === version) return
  throw refuse(errors, 'contacts.changed-meanwhile', {
    who: contact.changedBy ?? 'Somebody',
    when: contact.changedAt ? formatInstant(contact.changedAt, timeZone, today) : 'just now',
  })
}

/** The promise of a follow-up is a task with a date, or it is forgotten (A15). */
export function checkFollowUp(
  outcome: Outcome,
  followUp: { dueOn: LocalDate } | null | undefined,
  today: LocalDate,
): void {
  if (outcome === 'follow-up' && !followUp) throw refuse(errors, 'contacts.follow-up-missing', {}, 'followUp')
  if (followUp && followUp.dueOn < today)
    throw refuse(errors, 'contacts.follow-up-past', {}, 'followUp.dueOn')
}

/** CON-001: so many open days after the day it was made; solved on the spot, the clock never runs. */
export function complaintDue(calendar: Calendar, madeOn: LocalDate, days: number): LocalDate {
  return addBusinessDays(calendar, madeOn, days)
}

/** Open days from today to the due day: 0 on the day itself, negative when it is late. */
export function daysLeft(calendar: Calendar, today: LocalDate, dueOn: LocalDate): number {
  return today <= dueOn ? openDays(calendar, today, dueOn) : -openDays(calendar, dueOn, today)
}

function openDays(calendar: Calendar, after: LocalDate, until: LocalDate): number {
  let count = 0
  for (let day = addDays(after, 1); day <= until; day = addDays(day, 1)) if (isOpen(calendar, day)) count += 1
  return count
}
