/**
 * What a reader may not see of a place: use and dials while a protected customer was served there. The account shows
 * its use by the bills; both together would say who lives where (PRV-019).
 */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { type HiddenStay, listHiddenStays } from '../../accounts/index.ts'
import type { InstallationRow } from '../store/meters.ts'
import type { ReadRow } from '../store/reads.ts'

type History = { readonly installations: readonly InstallationRow[]; readonly reads: readonly ReadRow[] }

/** A day within: the read on the day of the start is the end of whoever was there before. */
const isWithin = (stay: HiddenStay, point: ServicePointId | null, on: LocalDate): boolean =>
  stay.servicePointId === point && on > stay.from && (stay.to === null || on <= stay.to)

export type Hidden = {
  /** Does this day, or a period that ends on it, belong to a protected customer's time at the place? */
  isDay(point: ServicePointId | null, on: LocalDate): boolean
}

export async function readHidden(ctx: Ctx, points: readonly ServicePointId[]): Promise<Hidden> {
  const stays = await listHiddenStays(ctx, points)
  return { isDay: (point, on) => stays.some(stay => isWithin(stay, point, on)) }
}

type Hung<V> = {
  readonly servicePointId: ServicePointId
  readonly installedOn: LocalDate
  readonly removedOn: LocalDate | null
  readonly inValues: V
  readonly outValues: V | null
}

/** When it hung stays; what the dials showed then goes. */
export function seenInstallation<V extends readonly bigint[], T extends Hung<V>>(
  row: T,
  { isDay }: Hidden,
): T {
  const { servicePointId, installedOn, removedOn } = row
  return {
    ...row,
    inValues: isDay(servicePointId, installedOn) ? [] : row.inValues,
    outValues: removedOn !== null && isDay(servicePointId, removedOn) ? null : row.outValues,
  }
}

export function withoutHidden({ installations, reads }: History, hidden: Hidden): History {
  return {
    installations: installations.map(row => seenInstallation(row, hidden)),
    reads: reads.filter(read => !hidden.isDay(read.servicePointId, read.readOn)),
  }
}
