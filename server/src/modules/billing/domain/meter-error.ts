/**
 * What a meter's error is worth: every bill it measured, rated again by the very function and inputs that made it, with
 * the water that truly ran (MTR-015). Nothing released is edited; the difference is posted beside the bills.
 */
import type { LocalDate } from '@curbstop/kernel/dates'
import { DomainError } from '@curbstop/kernel/errors'
import type { BillId } from '@curbstop/kernel/ids'
import { sum } from '@curbstop/kernel/money'
import { type BillUnit, gallonsPerUnit } from '@curbstop/kernel/quantity'
import type { SegmentCharge } from '../../ledger/domain/postings.ts'
import type { BilledPeriod, CorrectedPeriod } from '../../metering/domain/meter-tests/meter-test.ts'
import { type RatedService, rateService, readDecimal } from '../../rates/domain/index.ts'
import { daysOf, readFacts, type StoredSegment } from './stored.ts'
import type { VersionsOf } from './what-if.ts'
import { plain } from './words.ts'

/** One bill that the meter measured. */
export type MeasuredBill = {
  readonly billId: BillId
  readonly fromOn: LocalDate
  readonly toOn: LocalDate
  /** The part of the bill in which this meter hung there, and what it registered in it. */
  readonly measured: { readonly fromOn: LocalDate; readonly toOn: LocalDate; readonly gallons: number }
  /** The segments priced by its water: its own and the sewer's of the same place. */
  readonly segments: readonly StoredSegment[]
}

export type RatedAgain = {
  readonly segment: StoredSegment
  readonly unitsBefore: string
  readonly unitsAfter: string
  readonly before: RatedService
  readonly after: RatedService
}
/** Why a bill in the window is not in the sum. */
export type LeftOut = 'corrected-before' | 'not-proved'
export type CorrectedBill = {
  readonly bill: MeasuredBill
  readonly period: CorrectedPeriod
  readonly segments: readonly RatedAgain[]
  readonly cents: bigint
  readonly leftOut: LeftOut | null
}

export type Correcting = {
  readonly unit: BillUnit
  readonly versionsOf: VersionsOf
  /** Bills that another test corrected: nothing is given twice. */
  readonly corrected: ReadonlySet<BillId>
}

const keyOf = ({ fromOn, toOn }: { readonly fromOn: LocalDate; readonly toOn: LocalDate }) =>
  `${fromOn} ${toOn}`

/** One entry a corrected period, oldest first. */
export function correctBills(
  bills: readonly MeasuredBill[],
  periods: readonly CorrectedPeriod[],
  how: Correcting,
): CorrectedBill[] {
  const byPeriod = new Map(bills.map(bill => [keyOf(bill.measured), bill]))
  return periods.flatMap(period => {
    const bill = byPeriod.get(keyOf(period))
    return bill ? [correctBill(bill, period, how)] : []
  })
}

function correctBill(bill: MeasuredBill, period: CorrectedPeriod, how: Correcting): CorrectedBill {
  const none = { bill, period, segments: [], cents: 0n }
  if (how.corrected.has(bill.billId)) return { ...none, leftOut: 'corrected-before' }
  const units = readDecimal(period.differenceGallons)!.div(gallonsPerUnit[how.unit])
  const segments = bill.segments.flatMap(segment => {
    const again = rateAgain(segment, plain(units), how)
    return again ? [again] : []
  })
  if (segments.length < bill.segments.length) return { ...none, leftOut: 'not-proved' }
  const cents = sum(segments.map(one => one.after.totalCents - one.before.totalCents))
  return { bill, period, segments, cents, leftOut: null }
}

/** Null when the stored inputs do not give the stored sum any more: nothing is built on such a bill. */
function rateAgain(
  segment: StoredSegment,
  differenceUnits: string,
  { versionsOf }: Correcting,
): RatedAgain | null {
  const { facts, policy } = readFacts(segment)
  const versions = versionsOf(segment)
  const unitsBefore = plain(facts.usage)
  const corrected = readDecimal(unitsBefore)!.plus(readDecimal(differenceUnits)!)
  const unitsAfter = corrected.lt(0) ? '0' : plain(corrected)
  try {
    const before = rateService(facts, versions, policy)
    if (before.totalCents !== segment.cents) return null
    return {
      segment,
      unitsBefore,
      unitsAfter,
      before,
      after: rateService({ ...facts, usage: unitsAfter }, versions, policy),
    }
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

export const totalCents = (bills: readonly CorrectedBill[]): bigint => sum(bills.map(one => one.cents))

/** The difference as the books see it: what is charged for being served does not move with the water, mostly. */
export function chargesOfCorrection(bills: readonly CorrectedBill[]): SegmentCharge[] {
  return bills.flatMap(({ segments }) =>
    segments.map(({ segment, before, after }) => {
      const fixedCents = fixedOf(after) - fixedOf(before)
      return {
        service: segment.service,
        fixedCents,
        useCents: after.totalCents - before.totalCents - fixedCents,
      }
    }),
  )
}

const fixedOf = ({ lines }: RatedService): bigint =>
  sum(lines.filter(line => line.kind === 'fixed').map(line => line.cents))

type Used = Pick<StoredSegment, 'fromOn' | 'toOn' | 'usageGallons'>

const yearDays = 365.25
const near = 31

/**
 * Of a stopped meter, what was usual (MTR-014): the same season a year before, else the mean day of the bills before
 * `before`, both only where water was registered. Null when nothing is known.
 */
export function usualGallons(period: Used, others: readonly Used[], before: LocalDate): number | null {
  const known = others.filter(one => one.toOn <= before && (one.usageGallons ?? 0n) > 0n)
  const middle = (one: Used) => (dayOf(one.fromOn) + dayOf(one.toOn)) / 2
  const lastYear = known.find(one => Math.abs(middle(period) - middle(one) - yearDays) <= near)
  const from = lastYear ? [lastYear] : known.slice(-12)
  const days = from.reduce((all, one) => all + daysOf(one), 0)
  if (days === 0) return null
  const gallons = from.reduce((all, one) => all + Number(one.usageGallons), 0)
  return Math.round((gallons / days) * daysOf(period))
}

const dayOf = (on: LocalDate): number => Date.parse(on) / 86_400_000

/** What the pure decision of a test is given of a bill. */
export const periodOfBill = (bill: MeasuredBill, usual: number | null): BilledPeriod => ({
  ...bill.measured,
  usualGallons: usual,
})
