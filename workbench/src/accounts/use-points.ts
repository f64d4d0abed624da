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

/** The period a year before: the one whose middle day lies within three weeks of the middle day 365 days earlier. */
export function yearBefore(period: Period, periods: readonly Period[]): Period | undefined {
  const middle = (one: Period) => addDays(one.fromOn, Math.floor(one.days / 2))
  const wanted = addDays(middle(period), -365)
  const distance = (one: Period) => Math.abs(daysBetween(wanted, middle(one)))
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
      const last = addDays(period.toOn, -1)
      const month = words.months[Number(last.slice(5, 7)) - 1] ?? ''
      return {
        id: String(period.billId),
        label: month.slice(0, 1),
        title: `${month} ${last.slice(0, 4)}`,
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
  if (row.kind === 'message') return 'message'
  if (/^(move|start|stop|transfer|occupancy)/.test(row.kind)) return 'move'
  if (/exchange|meter/.test(row.kind)) return 'meter'
  return null
}

/** Where the use stepped up, and what happened around it: at most `most` pins, the newest first. */
export function chartEvents(
  view: Pick<View, 'billing' | 'causes' | 'timeline'>,
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
  for (const row of view.timeline) {
    const kind = pinOf(row)
    const where = kind && place(row.on)
    if (!kind || !where || events.length > most) continue
    if (events.some(event => event.at === where.at && event.label === words.pins[kind])) continue
    events.push({ id: `${row.kind}-${row.knownAt}`, ...where, label: words.pins[kind], tone: 'quiet' })
  }
  return events
}
