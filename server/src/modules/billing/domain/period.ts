/** From when to when the next bill of an account goes, decided from its reads. */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { errors } from './errors.ts'
import type { BillKind, ReadKind, SegmentRead } from './facts.ts'
import type { BillingPolicy } from './proration.ts'
import { dateText, trimmed } from './words.ts'

/** Use between two reads, as metering gives it. */
export type ReadPeriod = {
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  readonly units: string | null // null: not known or negative, never billed (VEE-009)
  readonly gallons: number | null
  readonly readKind: ReadKind
  readonly reads: readonly SegmentRead[]
}

/** A measured service with its periods that reach beyond the last bill, oldest first. */
export type MeasuredService = {
  readonly point: string
  readonly periods: readonly ReadPeriod[]
  readonly servedFrom: LocalDate
  /** What the last bill took from the dials; empty when none did. */
  readonly billed: readonly SegmentRead[]
}

export type PeriodFacts = {
  readonly fromOn: LocalDate
  readonly throughOn: LocalDate
  readonly measured: readonly MeasuredService[]
  readonly isFirst: boolean
  /** Day on which the service ends, when it does. */
  readonly endsOn: LocalDate | null
}

/**
 * The last day up to which every meter has been read. Throws `billing.no-read`, `reads-apart`, `read-in-review`,
 * `opening-read`, `too-soon`. Without a meter the bill goes to `throughOn`.
 */
export function decidePeriod(facts: PeriodFacts, policy: BillingPolicy): { toOn: LocalDate; kind: BillKind } {
  const { fromOn, throughOn, measured, endsOn } = facts
  for (const service of measured) checkOpening(service, fromOn)
  const ends = measured.map(service => endsOf(service, facts))
  const common = ends.reduce<LocalDate[] | null>(
    (shared, own) => (shared === null ? own : shared.filter(on => own.includes(on))),
    null,
  )
  const toOn = common === null ? unmeteredEnd(throughOn, endsOn) : common.at(-1)
  if (!toOn) {
    const days = ends.map(own => dateText(own.at(-1)!))
    const first = ends.map(own => own.at(-1)!).sort()[0]!
    throw refuse(errors, 'billing.reads-apart', {
      days: [...new Set(days)].join(', '),
      first: dateText(first),
    })
  }
  for (const service of measured) checkReads(service, fromOn, toOn)
  const kind = endsOn !== null && toOn >= endsOn ? 'final' : facts.isFirst ? 'first' : 'regular'
  const days = daysBetween(fromOn, toOn)
  if (days <= 0)
    throw refuse(errors, 'billing.no-read', {
      from: dateText(fromOn),
      point: measured[0]?.point ?? 'the service',
    })
  if (kind === 'regular' && days < policy.cycleDays.least) {
    const least = policy.cycleDays.least
    throw refuse(errors, 'billing.too-soon', { days, from: dateText(fromOn), least })
  }
  return { toOn, kind }
}

const unmeteredEnd = (throughOn: LocalDate, endsOn: LocalDate | null): LocalDate =>
  endsOn !== null && endsOn < throughOn ? endsOn : throughOn

function endsOf({ point, periods }: MeasuredService, { fromOn, throughOn }: PeriodFacts): LocalDate[] {
  const ends = periods.filter(p => p.fromOn >= fromOn && p.toOn <= throughOn).map(p => p.toOn)
  if (ends.length === 0) throw refuse(errors, 'billing.no-read', { from: dateText(fromOn), point })
  return ends
}

/**
 * A bill begins with the very read the last one ended with. When that read was voided or another stands in its place,
 * the water between the two would be billed twice or never, so nothing is billed before somebody has corrected it.
 */
function checkOpening({ point, periods, servedFrom, billed }: MeasuredService, billFrom: LocalDate): void {
  const fromOn = servedFrom > billFrom ? servedFrom : billFrom
  const on = dateText(fromOn)
  if (periods.some(p => p.fromOn < fromOn && p.toOn > fromOn))
    throw refuse(errors, 'billing.opening-read', {
      on,
      point,
      problem: 'no read of that day stands any more',
    })
  const opening = periods.flatMap(p => p.reads).filter(read => read.fromOn === fromOn)
  for (const serial of new Set(opening.map(read => read.serial))) {
    const closed = billed.filter(read => read.serial === serial && read.toOn === fromOn)
    const [was, is] = [
      closed.map(read => read.toValue),
      opening.filter(read => read.serial === serial).map(read => read.fromValue),
    ]
    if (was.length === 0 || was.sort().join() === is.sort().join()) continue
    const problem = `the last bill took ${was.join(' and ')}, the record now says ${is.join(' and ')}`
    throw refuse(errors, 'billing.opening-read', { on, point, problem })
  }
}

function checkReads({ point, periods }: MeasuredService, fromOn: LocalDate, toOn: LocalDate): void {
  const wrong = periods.find(p => p.fromOn >= fromOn && p.toOn <= toOn && p.units === null)
  if (!wrong) return
  const problem = 'the use since the read before it is negative or not known'
  throw refuse(errors, 'billing.read-in-review', { on: dateText(wrong.toOn), point, problem })
}

export type MeasuredUse = {
  readonly usageUnits: string
  readonly usageGallons: number
  readonly readKind: ReadKind
  readonly reads: readonly SegmentRead[]
}

/** The use of the bill's days: the periods between the reads, added up. */
export function useOf(periods: readonly ReadPeriod[], fromOn: LocalDate, toOn: LocalDate): MeasuredUse {
  const inside = periods.filter(period => period.fromOn >= fromOn && period.toOn <= toOn)
  return {
    usageUnits: trimmed(inside.reduce((sum, period) => sum + Number(period.units), 0)),
    usageGallons: inside.reduce((sum, period) => sum + (period.gallons ?? 0), 0),
    readKind: inside.at(-1)!.readKind,
    reads: inside.flatMap(period => period.reads),
  }
}
