/**
 * Who is served at an address from when to when, and what a start or a stop makes of it. Periods are half-open: the
 * day of the hand-over read is the last one's first day without and the next one's first day with service, so the
 * two meet on one date and one read.
 */
import { addDays, daysBetween, formatDay, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, CustomerId } from '@curbstop/kernel/ids'
import { errors } from './errors.ts'

/** One account's time at an address, over all of its service points there. */
export type Stay = {
  readonly accountId: AccountId
  readonly customerId: CustomerId
  readonly from: LocalDate
  readonly to: LocalDate | null
}

export type Owner = { readonly customerId: CustomerId; readonly onTenantStop: OnTenantStop }
export type OnTenantStop = 'revert' | 'turn-off' | 'ask'
export type AfterStop = 'owner' | 'turn-off' | 'vacant'
export type GapChoice = 'vacant' | 'owner' | 'back-date'

/** ACC-101, ACC-102: how far back and ahead a date may lie, in days. */
export type DateLimits = { readonly today: LocalDate; readonly back: number; readonly ahead: number }

export function checkDate(on: LocalDate, limits: DateLimits, note: string | undefined, field: string): void {
  const { today, back, ahead } = limits
  const earliest = addDays(today, -back)
  if (on < earliest)
    throw refuse(
      errors,
      'accounts.date-too-far-back',
      { days: back, earliest: formatDay(earliest, today) },
      field,
    )
  const latest = addDays(today, ahead)
  if (on > latest)
    throw refuse(
      errors,
      'accounts.date-too-far-ahead',
      { days: ahead, latest: formatDay(latest, today) },
      field,
    )
  if (on < today && !note) throw refuse(errors, 'accounts.back-date-note', {}, 'note')
}

/** How an address stands on a date: who is in, who was last, who comes. */
export type Standing = {
  readonly prior: Stay | null
  readonly previous: Stay | null
  readonly next: Stay | null
}

export function standingOn(stays: readonly Stay[], on: LocalDate): Standing {
  const latest = (list: readonly Stay[]) =>
    list.reduce<Stay | null>((best, stay) => (!best || stay.from > best.from ? stay : best), null)
  const earliest = (list: readonly Stay[]) =>
    list.reduce<Stay | null>((best, stay) => (!best || stay.from < best.from ? stay : best), null)
  return {
    prior: latest(stays.filter(stay => stay.from < on && (stay.to === null || stay.to > on))),
    previous: stays
      .filter(stay => stay.to !== null && stay.to <= on)
      .reduce<Stay | null>((best, stay) => (!best || stay.to! > best.to! ? stay : best), null),
    next: earliest(stays.filter(stay => stay.from >= on)),
  }
}

export type StartWish = {
  readonly onDate: LocalDate
  readonly customerId: CustomerId | null // null: a new customer
  readonly priorStops: boolean
  readonly gap?: GapChoice | undefined
  readonly note?: string | undefined
}
export type StartPlan = {
  readonly startOn: LocalDate
  /** Whose service stops on the same day. */
  readonly stops: Stay | null
  /** The owner takes the time nobody had: from … startOn. */
  readonly ownerGap: { readonly customerId: CustomerId; readonly from: LocalDate } | null
  /** Days nobody pays for, on purpose. */
  readonly vacantFrom: LocalDate | null
}

/** Decides what a start does, or says which decision is missing. Never names who is there. */
export function decideStart(
  wish: StartWish,
  stays: readonly Stay[],
  place: { readonly owner: Owner | null; readonly limits: DateLimits },
): StartPlan {
  const { limits, owner } = place
  const day = (date: LocalDate) => formatDay(date, limits.today)
  checkDate(wish.onDate, limits, wish.note, 'onDate')
  const { prior, previous, next } = standingOn(stays, wish.onDate)
  if (next) throw refuse(errors, 'accounts.next-occupant', { from: day(next.from) }, 'onDate')
  if (prior) {
    if (wish.customerId !== null && prior.customerId === wish.customerId)
      throw refuse(errors, 'accounts.same-customer', { from: day(prior.from) }, 'who')
    if (prior.to !== null) throw refuse(errors, 'accounts.overlap-until', { until: day(prior.to) }, 'onDate')
    if (!wish.priorStops) throw refuse(errors, 'accounts.overlap', { from: day(prior.from) }, 'priorStop')
    return { startOn: wish.onDate, stops: prior, ownerGap: null, vacantFrom: null }
  }
  const nothing = { startOn: wish.onDate, stops: null, ownerGap: null, vacantFrom: null }
  const gapFrom = previous?.to ?? null
  if (gapFrom === null || gapFrom === wish.onDate) {
    if (wish.gap) throw refuse(errors, 'accounts.no-gap', { to: day(wish.onDate) }, 'gap')
    return nothing
  }
  if (!wish.gap)
    throw refuse(
      errors,
      'accounts.gap',
      { from: day(gapFrom), to: day(wish.onDate), days: daysBetween(gapFrom, wish.onDate) },
      'gap',
    )
  if (wish.gap === 'vacant') return { ...nothing, vacantFrom: gapFrom }
  if (wish.gap === 'owner') {
    if (!owner) throw refuse(errors, 'accounts.no-owner', {}, 'gap')
    return { ...nothing, ownerGap: { customerId: owner.customerId, from: gapFrom } }
  }
  checkDate(gapFrom, limits, wish.note, 'onDate')
  return { ...nothing, startOn: gapFrom }
}

export type StopWish = {
  readonly onDate: LocalDate
  readonly askedBy: 'customer' | 'owner' | 'estate'
  readonly vacancyProof?: string | undefined
  readonly afterStop?: AfterStop | undefined
  readonly note?: string | undefined
}
export type StopPlan = { readonly stopOn: LocalDate; readonly follows: AfterStop }

/** Decides what a stop does (ACC-015, ACC-045). `stay` is the account's own time at the address. */
export function decideStop(
  wish: StopWish,
  stay: Stay,
  place: { readonly owner: Owner | null; readonly limits: DateLimits },
): StopPlan {
  const { owner, limits } = place
  const day = (date: LocalDate) => formatDay(date, limits.today)
  if (stay.to !== null) throw refuse(errors, 'accounts.already-stopping', { on: day(stay.to) }, 'onDate')
  if (wish.onDate <= stay.from)
    throw refuse(
      errors,
      'accounts.date-order',
      { from: day(stay.from), earliest: day(addDays(stay.from, 1)) },
      'onDate',
    )
  checkDate(wish.onDate, limits, wish.note, 'onDate')
  const isTenant = owner !== null && owner.customerId !== stay.customerId
  const isOwner = owner !== null && owner.customerId === stay.customerId
  if (wish.askedBy === 'owner' && !isOwner && !wish.vacancyProof)
    throw refuse(errors, 'accounts.occupied-by-tenant', {}, 'vacancyProof')
  const agreed: Readonly<Record<OnTenantStop, AfterStop | null>> = {
    revert: 'owner',
    'turn-off': 'turn-off',
    ask: null,
  }
  const follows = wish.afterStop ?? (isTenant ? agreed[owner.onTenantStop] : null)
  if (!follows) throw refuse(errors, 'accounts.say-what-follows', {}, 'afterStop')
  if (follows === 'owner' && !isTenant) throw refuse(errors, 'accounts.no-owner', {}, 'afterStop')
  return { stopOn: wish.onDate, follows }
}

/** Why a change cannot be taken back any more, or null. The button and the command say the same. */
export function whyNotCancel(
  change: { readonly onDate: LocalDate; readonly isCancelled: boolean; readonly isPart: boolean },
  today: LocalDate,
): {
  code: 'accounts.change-cancelled' | 'accounts.change-part' | 'accounts.change-done'
  on: string
} | null {
  const on = formatDay(change.onDate, today)
  if (change.isCancelled) return { code: 'accounts.change-cancelled', on }
  if (change.isPart) return { code: 'accounts.change-part', on }
  return change.onDate < today ? { code: 'accounts.change-done', on } : null
}
