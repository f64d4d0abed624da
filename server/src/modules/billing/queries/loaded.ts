/** Stored bills with the tariff versions that priced them, ready to be shown, proved, explained and varied. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { AccountId } from '@curbstop/kernel/ids'
import type { BillUnit } from '@curbstop/kernel/quantity'
import { type Ctx, may } from '../../../platform/context.ts'
import { listProtectedAccounts } from '../../accounts/index.ts'
import { getDistrict } from '../../policy/index.ts'
import type { TariffVersion } from '../../rates/domain/index.ts'
import { asEngineVersion, getTariffVersionsById, type LoadedVersion } from '../../rates/index.ts'
import type { BillSide, Telling } from '../domain/explain/index.ts'
import { daysOf, readFacts, type StoredSegment } from '../domain/stored.ts'
import { plain, trimmed } from '../domain/words.ts'
import type { BillRow } from '../store.ts'

export type Library = {
  readonly unit: BillUnit
  readonly telling: Telling
  versionsOf(segment: StoredSegment): TariffVersion[]
}

/** The versions of these bills, two statements at the most, none parsed twice in the process. */
export async function loadLibrary(ctx: Ctx, bills: readonly BillRow[]): Promise<Library> {
  const ids = new Set(bills.flatMap(bill => bill.segments.flatMap(segment => segment.tariffVersionIds)))
  const [{ billUnit: unit }, versions] = [await getDistrict(ctx), await getTariffVersionsById(ctx, [...ids])]
  const byId = new Map<string, LoadedVersion>(versions.map(v => [String(v.tariffVersionId), v]))
  const cite = (id: string) => {
    const found = byId.get(id)
    return found ?? { citation: 'a tariff that is not on file', effectiveFrom: '1900-01-01' as LocalDate }
  }
  return {
    unit,
    telling: { unit, cite },
    versionsOf: segment =>
      segment.tariffVersionIds.flatMap(id => {
        const found = byId.get(String(id))
        return found ? [asEngineVersion(found, segment.inputs.class)] : []
      }),
  }
}

/** Whether a meter's number must stay hidden: it finds the house of a protected customer as well as an address (PRV-019). */
export async function hidesMeters(ctx: Ctx, accountId: AccountId): Promise<boolean> {
  if (may(ctx, 'customers.see-protected')) return false
  return (await listProtectedAccounts(ctx, [accountId])).has(accountId)
}

/** Use of a bill in billing units: what was measured once, so not the sewer's copy of it. */
export const measured = (bill: BillRow): StoredSegment[] =>
  bill.segments.filter(segment => segment.service !== 'sewer' && segment.usageUnits !== null)

export function usageUnitsOf(bill: BillRow): string {
  return trimmed(measured(bill).reduce((sum, segment) => sum + Number(segment.usageUnits), 0))
}

export const usageGallonsOf = (bill: BillRow): number =>
  measured(bill).reduce((sum, segment) => sum + Number(segment.usageGallons ?? 0n), 0)

export function sideOf(bill: BillRow, library: Library): BillSide {
  return {
    billId: bill.billId,
    fromOn: bill.fromOn,
    toOn: bill.toOn,
    days: daysOf(bill),
    usageUnits: plain(usageUnitsOf(bill)),
    usageGallons: usageGallonsOf(bill),
    totalCents: bill.totalCents,
    kind: bill.kind,
    readKind: measured(bill)[0]?.readKind ?? null,
    segments: bill.segments.map(segment => ({
      service: segment.service,
      servicePointId: segment.servicePointId,
      ...readFacts(segment),
      versions: library.versionsOf(segment),
      cents: segment.cents,
    })),
  }
}
