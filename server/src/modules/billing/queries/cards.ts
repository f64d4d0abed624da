import { dayNumber } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import type { AccountId, BillId } from '@curbstop/kernel/ids'
import { gallonsPerUnit } from '@curbstop/kernel/quantity'
import type { Ctx } from '../../../platform/context.ts'
import type { billing } from '../contract/index.ts'
import { errors } from '../domain/errors.ts'
import { type Explained, explainChange, sayBill } from '../domain/explain/index.ts'
import { proveBill, proveSegment, rateAgain, showInputs, showLines } from '../domain/show.ts'
import { daysOf, etInchesOf } from '../domain/stored.ts'
import { trimmed, unitNames } from '../domain/words.ts'
import type { BillRow } from '../store.ts'
import * as store from '../store.ts'
import {
  hidesMeters,
  type Library,
  loadLibrary,
  measured,
  sideOf,
  usageGallonsOf,
  usageUnitsOf,
} from './loaded.ts'

export type BillingCard = Output<typeof billing.getCard>
export type BillCard = Output<typeof billing.getBill>
export type UsageBillPeriod = BillingCard['periods'][number]

/** The middle of a period may lie this far from the middle a year before and still be "the same time last year". */
const yearTolerance = 20

/** Latest bill, 25 periods, and why the bill changed: one statement for the bills, the tariffs from the cache. */
export async function getBillingCard(ctx: Ctx, accountId: AccountId): Promise<BillingCard> {
  const bills = await store.listBills(ctx.tx, accountId, { limit: 25 })
  const library = await loadLibrary(ctx, comparedBills(bills))
  const [latest] = bills
  const versusLastBill = explain(bills, library, 'last-bill')
  return {
    billUnit: unitNames[library.unit],
    latest: latest ? showBill(latest, library, await hidesMeters(ctx, accountId)) : null,
    periods: bills.map(bill => periodOf(bill, library)),
    versusLastBill,
    versusLastYear: explain(bills, library, 'last-year'),
    says: versusLastBill
      ? { en: versusLastBill.summary, es: versusLastBill.summaryEs }
      : latest
        ? sayBill(sideOf(latest, library), library.telling)
        : null,
  }
}

export const getCard = (ctx: Ctx, { accountId }: Input<typeof billing.getCard>): Promise<BillingCard> =>
  getBillingCard(ctx, accountId)

export async function getBill(
  ctx: Ctx,
  { accountId, billId }: Input<typeof billing.getBill>,
): Promise<BillCard> {
  const bill = await store.findBill(ctx.tx, accountId, billId)
  if (!bill) throw refuse(errors, 'billing.unknown-bill')
  return showBill(bill, await loadLibrary(ctx, [bill]), await hidesMeters(ctx, accountId))
}

/** Why a bill differs from the one before it and from the same time last year. */
export async function getBillExplanation(
  ctx: Ctx,
  accountId: AccountId,
  billId: BillId,
): Promise<{ lastBill: Explained | null; lastYear: Explained | null }> {
  const bills = await store.listBills(ctx.tx, accountId, { limit: 15, upTo: billId })
  if (bills[0]?.billId !== billId) throw refuse(errors, 'billing.unknown-bill')
  const library = await loadLibrary(ctx, comparedBills(bills))
  return { lastBill: explain(bills, library, 'last-bill'), lastYear: explain(bills, library, 'last-year') }
}

export const getExplanation = (ctx: Ctx, { accountId, billId }: Input<typeof billing.getExplanation>) =>
  getBillExplanation(ctx, accountId, billId)

const middleOf = (bill: BillRow): number => dayNumber(bill.fromOn) + daysOf(bill) / 2

/** The bill of the same weeks a year before the newest one. */
export function lastYearsBill(bills: readonly BillRow[]): BillRow | null {
  const [now, ...earlier] = bills
  if (!now) return null
  const wanted = middleOf(now) - 365.25
  const near = earlier.filter(bill => Math.abs(middleOf(bill) - wanted) <= yearTolerance)
  return near.sort((a, b) => Math.abs(middleOf(a) - wanted) - Math.abs(middleOf(b) - wanted))[0] ?? null
}

function comparedBills(bills: readonly BillRow[]): BillRow[] {
  const lastYear = lastYearsBill(bills)
  return [...bills.slice(0, 2), ...(lastYear ? [lastYear] : [])]
}

/** Null when there is nothing to compare with, or a stored bill can no longer be rated (its card says so). */
function explain(
  bills: readonly BillRow[],
  library: Library,
  against: Explained['against'],
): Explained | null {
  const [now] = bills
  const before = against === 'last-bill' ? bills[1] : lastYearsBill(bills)
  if (!now || !before) return null
  try {
    return explainChange(sideOf(before, library), sideOf(now, library), against, library.telling)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

export function periodOf(bill: BillRow, { unit }: Pick<Library, 'unit'>): UsageBillPeriod {
  const days = daysOf(bill)
  const segments = measured(bill)
  const gallons = usageGallonsOf(bill)
  const budgets = segments.filter(segment => segment.budgetUnits !== null)
  const budget = budgets.reduce((sum, segment) => sum + Number(segment.budgetUnits), 0)
  const water = segments.find(segment => segment.inputs.et) ?? segments[0]
  const persons = water?.inputs.with.hhsize
  const { billId, fromOn, toOn, issuedOn, dueOn, totalCents } = bill
  return {
    billId,
    fromOn,
    toOn,
    days,
    issuedOn,
    dueOn,
    totalCents,
    usageUnits: usageUnitsOf(bill),
    usageGallons: gallons,
    gallonsPerDay: Math.round(gallons / days),
    budgetUnits: budgets.length > 0 ? trimmed(budget) : null,
    budgetGallonsPerDay: budgets.length > 0 ? Math.round((budget * gallonsPerUnit[unit]) / days) : null,
    etInches: water ? etInchesOf(water) : null,
    persons: persons === undefined ? null : Number(persons),
    readKind: water?.readKind ?? null,
  }
}

export function showBill(bill: BillRow, library: Library, isMasked: boolean): BillCard {
  const shown = bill.segments.map(segment => {
    const rated = rateAgain(segment, library.versionsOf(segment))
    return {
      segmentNo: segment.segmentNo,
      service: segment.service,
      fromOn: segment.fromOn,
      toOn: segment.toOn,
      days: daysOf(segment),
      usageUnits: segment.usageUnits,
      usageGallons: segment.usageGallons === null ? null : Number(segment.usageGallons),
      readKind: segment.readKind,
      cents: segment.cents,
      lines: showLines(segment, rated, library.telling),
      reads: segment.reads.map(read =>
        isMasked ? { ...read, serial: 'hidden', fromValue: 'hidden', toValue: 'hidden' } : read,
      ),
      inputs: showInputs(segment, library.unit),
      proof: proveSegment(segment, rated),
    }
  })
  const segmentCents = bill.segments.reduce((sum, segment) => sum + segment.cents, 0n)
  const { segments: _, ...head } = bill
  return {
    ...head,
    days: daysOf(bill),
    segments: shown,
    proof: proveBill(
      shown.map(segment => segment.proof),
      bill.totalCents,
      segmentCents,
    ),
  }
}
