/** The use chart of the account page: billing periods, payments and events as the chart wants them. Pure. */
import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { PaymentMark, UsageEvent, UsagePoint } from '@curbstop/ui'
import type { TimelineRow, View } from './view.ts'

export type Period = View['billing']['periods'][number]
type Timing = View['timing']['bills'][number]
export type UseUnit = 'gal' | 'bill'

export type UseWords = {
  months: readonly string[]
  note: (period: Period) => string
  paid: (timing: Timing) => string
  pins: Readonly<Record<PinKind, string>>
  stepUp: (on: LocalDate) => string
}
type PinKind = 'order' | 'message' | 'move' | 'meter'

const marks: Readonly<Record<Timing['state'], PaymentMark>> = {
  'on-time': 'on-time',
  late: 'late',
  partly: 'late',
  returned: 'returned',
  unpaid: 'missed',
  'not-due': 'open',
}

/** A period is named after the month of its middle day, so that no month is missing and none stands twice. */
const middleOf = (period: Period): LocalDate => addDays(period.fromOn, Math.floor(period.days / 2))

/** The period a year before: the one whose middle day lies within three weeks of the middle day 365 days earlier. */
export function yearBefore(period: Period, periods: readonly Period[]): Period | undefined {
  const wanted = addDays(middleOf(period), -365)
  const distance = (one: Period) => Math.abs(daysBetween(wanted, middleOf(one)))
  const nearest = [...periods].sort((a, b) => distance(a) - distance(b))[0]
  return nearest && nearest !== period && distance(nearest) <= 21 ? nearest : undefined
}

const thousandths = (value: number): number => Math.round(value * 1000) / 1000

/** Gallons a day as they are, or billing units a day. */
export function perDay(period: Period, unit: UseUnit): number {
  if (unit === 'gal') return Math.round(period.gallonsPerDay)
  return thousandths(Number(period.usageUnits) / Math.max(1, period.days))
}

export function chartPoints(
  { billing, timing, causes }: Pick<View, 'billing' | 'timing' | 'causes'>,
  words: UseWords,
  unit: UseUnit = 'gal',
): UsagePoint[] {
  const shown = billing.periods.slice(0, 24)
  const payments = new Map(timing.bills.map(bill => [bill.billId, bill]))
  const steppedUpOn = causes?.isHigh ? causes.steppedUpOn : null
  return shown
    .map(period => {
      const before = yearBefore(period, billing.periods)
      const paid = payments.get(period.billId)
      const month = words.months[Number(middleOf(period).slice(5, 7)) - 1] ?? ''
      return {
        id: String(period.billId),
        label: month.slice(0, 1),
        title: `${month} ${middleOf(period).slice(0, 4)}`,
        value: perDay(period, unit),
        lastYear: before ? perDay(before, unit) : null,
        budget: budgetPerDay(period, unit),
        secondary: period.etInches,
        estimated: period.readKind === 'estimated',
        highlighted: steppedUpOn !== null && steppedUpOn < period.toOn,
        payment: paid ? { mark: marks[paid.state], text: words.paid(paid) } : null,
        note: words.note(period),
      }
    })
    .reverse()
}

function budgetPerDay(period: Period, unit: UseUnit): number | null {
  if (unit === 'gal')
    return period.budgetGallonsPerDay === null ? null : Math.round(period.budgetGallonsPerDay)
  if (period.budgetUnits === null) return null
  return thousandths(Number(period.budgetUnits) / Math.max(1, period.days))
}

const pinOf = (row: TimelineRow): PinKind | null => {
  if (row.group === 'orders') return 'order'
  return row.kind === 'message' ? 'message' : null
}

type Pin = { kind: PinKind; on: LocalDate }

/** Meters exchanged and the day this account began are on the cards; orders and letters are in the timeline. */
function pinsOf({ timeline, meters, account }: Pick<View, 'timeline' | 'meters' | 'account'>): Pin[] {
  const exchanges = meters.flatMap(meter => meter.earlier.flatMap(one => one.removedOn ?? []))
  const told = timeline.flatMap(row => {
    const kind = pinOf(row)
    return kind ? [{ kind, on: row.on }] : []
  })
  return [
    ...exchanges.map(on => ({ kind: 'meter' as const, on })),
    { kind: 'move' as const, on: account.openedOn },
    ...told,
  ]
}

/** Where the use stepped up, and what happened around it: at most `most` pins, the newest first. */
export function chartEvents(
  view: Pick<View, 'billing' | 'causes' | 'timeline' | 'meters' | 'account'>,
  words: UseWords,
  most = 6,
): UsageEvent[] {
  const shown = view.billing.periods.slice(0, 24)
  const place = (on: LocalDate) => {
    const period = shown.find(one => one.fromOn <= on && on < one.toOn)
    if (!period) return null
    return {
      at: String(period.billId),
      within: daysBetween(period.fromOn, on) / Math.max(1, period.days),
    }
  }
  const events: UsageEvent[] = []
  const steppedUpOn = view.causes?.isHigh ? view.causes.steppedUpOn : null
  const step = steppedUpOn && place(steppedUpOn)
  if (step) events.push({ id: 'step', ...step, label: words.stepUp(steppedUpOn), tone: 'amber' })
  for (const { kind, on } of pinsOf(view)) {
    const where = place(on)
    if (!where || events.length > most) continue
    if (events.some(event => event.at === where.at && event.label === words.pins[kind])) continue
    events.push({ id: `${kind}-${on}`, ...where, label: words.pins[kind], tone: 'quiet' })
  }
  return events
}
