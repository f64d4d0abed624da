import { addMonths, type LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { MeterId, ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import { getDistrict, getRuleBook, ruleOf } from '../policy/index.ts'
import type { metering } from './contract/index.ts'
import { errors } from './domain/errors.ts'
import { type Read, type ReadId, type UsagePeriod, usagePeriods } from './domain/periods.ts'
import type { Billing } from './domain/registers.ts'
import { type Hidden, readHidden, seenInstallation, withoutHidden } from './queries/hidden.ts'
import type { InstallationRow } from './store/meters.ts'
import * as meterStore from './store/meters.ts'
import * as peerStore from './store/peers.ts'
import type { ReadRow } from './store/reads.ts'
import * as readStore from './store/reads.ts'

type MeterCard = Output<typeof metering.getMeters>[number]
type ReadView = Output<typeof metering.listReads>[number]
type Asked = { readonly from?: LocalDate | undefined; readonly asOf?: LocalDate | undefined }
/** `forReader`: what is asked is shown to the actor, so what they may not see of a place is left out. */
type AskedStory = Asked & { readonly forReader?: boolean }

/** What hangs at these service points today, with the last read and the meters before. */
export async function getMeters(ctx: Ctx, servicePointIds: readonly ServicePointId[]): Promise<MeterCard[]> {
  if (servicePointIds.length === 0) return []
  const hidden = await readHidden(ctx, servicePointIds)
  const history = withoutHidden(await readHistory(ctx, servicePointIds), hidden)
  return history.installations.filter(i => i.removedOn === null).map(current => cardOf(current, history))
}

type History = { readonly installations: readonly InstallationRow[]; readonly reads: readonly ReadRow[] }

/** Meters and reads of service points: two indexed statements, whatever is made of them. */
export async function readHistory(
  ctx: Ctx,
  servicePointIds: readonly ServicePointId[],
  on: LocalDate = ctx.today,
): Promise<History> {
  const installations = await meterStore.listInstallationsAt(ctx.tx, servicePointIds)
  const reads = await readStore.listReadsAt(ctx.tx, servicePointIds, { on, timeZone: ctx.timeZone })
  return { installations, reads }
}

/** Meter cards, use and reads of service points from one look, for pages that show all of them. */
export async function getUsageStory(
  ctx: Ctx,
  servicePointIds: readonly ServicePointId[],
  { from, asOf, forReader = false }: AskedStory = {},
): Promise<{
  meters: MeterCard[]
  usage: Map<ServicePointId, UsagePeriod[]>
  reads: ReadView[]
}> {
  const billing = await getBilling(ctx)
  const whole = await readHistory(ctx, servicePointIds, asOf)
  const hidden = forReader ? await readHidden(ctx, servicePointIds) : null
  const history = hidden ? withoutHidden(whole, hidden) : whole
  const usage = usageOf(servicePointIds, whole, { billing, from: from ?? twoYearsBefore(asOf ?? ctx.today) })
  return {
    meters: history.installations.filter(i => i.removedOn === null).map(i => cardOf(i, history)),
    usage: hidden ? seenUsage(usage, hidden) : usage,
    reads: history.reads.filter(read => !from || read.readOn >= from).map(viewOf),
  }
}

const seenUsage = (usage: Map<ServicePointId, UsagePeriod[]>, { isDay }: Hidden) =>
  new Map(
    [...usage].map(([point, periods]) => [point, periods.filter(one => !isDay(point, one.toOn))] as const),
  )

/** Use between reads by service point, oldest first, two years unless told; as the actor may see it. */
export async function listUsagePeriods(
  ctx: Ctx,
  servicePointIds: readonly ServicePointId[],
  { from, asOf }: Asked = {},
): Promise<Map<ServicePointId, UsagePeriod[]>> {
  const billing = await getBilling(ctx)
  const history = await readHistory(ctx, servicePointIds, asOf)
  const usage = usageOf(servicePointIds, history, {
    billing,
    from: from ?? twoYearsBefore(asOf ?? ctx.today),
  })
  return seenUsage(usage, await readHidden(ctx, servicePointIds))
}

const twoYearsBefore = (on: LocalDate): LocalDate => addMonths(on, -25)

/** The district's billing unit and how reads are cut to it (VEE-007). */
export async function getBilling(ctx: Ctx): Promise<Billing> {
  const { billUnit } = await getDistrict(ctx)
  const rounding = ruleOf(await getRuleBook(ctx, ctx.today, ['VEE-007']), 'VEE-007').value
  return { billUnit, rounding: rounding === 'exact' ? 'exact' : 'truncate-reads' }
}

/** Periods are always made from the whole history, so that a page's window changes no number in it. */
export function usageOf(
  servicePointIds: readonly ServicePointId[],
  { installations, reads }: History,
  { billing, from }: { readonly billing: Billing; readonly from?: LocalDate },
): Map<ServicePointId, UsagePeriod[]> {
  return new Map(
    servicePointIds.map(servicePointId => {
      const here = {
        installations: installations.filter(i => i.servicePointId === servicePointId),
        reads: reads.filter(read => read.servicePointId === servicePointId),
      }
      const voided = new Set<ReadId>(
        here.reads.filter(read => read.voidedAt !== null).map(read => read.readId),
      )
      const periods = usagePeriods({ ...here, voided }, billing)
      return [servicePointId, from ? periods.filter(period => period.toOn > from) : periods]
    }),
  )
}

function cardOf(current: InstallationRow, { installations, reads }: History): MeterCard {
  const { meterId, servicePointId, serial, make, size, kind, madeOn, registers, installedOn } = current
  const own = reads.filter(
    read => read.meterId === meterId && read.servicePointId === servicePointId && read.voidedAt === null,
  )
  const [last] = own
  const values = registers.flatMap(({ registerNo }) => {
    const read = own.find(one => one.registerNo === registerNo && one.readOn === last?.readOn)
    return read ? [{ registerNo, value: read.value }] : []
  })
  return {
    ...{ meterId, servicePointId, serial, make, size, kind, madeOn, installedOn },
    registers: [...registers],
    lastRead: last ? { readOn: last.readOn, kind: last.kind, values } : null,
    earlier: installations
      .filter(i => i.servicePointId === servicePointId && i.removedOn !== null)
      .map(installationOf)
      .reverse(),
  }
}

function installationOf(row: InstallationRow): MeterCard['earlier'][number] {
  const { servicePointId, meterId, serial, installedOn, removedOn, inValues, outValues } = row
  return {
    ...{ servicePointId, meterId, serial, installedOn, removedOn },
    inValues: [...inValues],
    outValues: outValues ? [...outValues] : null,
  }
}

/** Reads of whatever hung at these service points, newest first, for the timeline. */
export async function listReads(
  ctx: Ctx,
  servicePointIds: readonly ServicePointId[],
  { from, asOf = ctx.today }: Asked = {},
): Promise<ReadView[]> {
  const asked = { on: asOf, timeZone: ctx.timeZone }
  const reads = await readStore.listReadsAt(ctx.tx, servicePointIds, asked)
  const { isDay } = await readHidden(ctx, servicePointIds)
  return reads
    .filter(read => (!from || read.readOn >= from) && !isDay(read.servicePointId, read.readOn))
    .map(viewOf)
}

function viewOf({ servicePointId: _, voidedAt, voidReason, ...read }: ReadRow): ReadView {
  return { ...read, voided: voidedAt ? { at: voidedAt, reason: voidReason ?? '' } : null }
}

export function standingReads(reads: readonly ReadRow[]): Read[] {
  return reads.filter(read => read.voidedAt === null)
}

export async function findMeters(
  ctx: Ctx,
  { serial }: Input<typeof metering.findMeters>,
): Promise<Output<typeof metering.findMeters>> {
  return meterStore.findMeters(ctx.tx, serial)
}

export async function getMeter(
  ctx: Ctx,
  { meterId }: { readonly meterId: MeterId },
): Promise<Output<typeof metering.getMeter>> {
  const meter = await meterStore.findMeter(ctx.tx, meterId)
  if (!meter) throw refuse(errors, 'metering.no-meter')
  const installations = await meterStore.listInstallationsOf(ctx.tx, meterId)
  const reads = await readStore.listReadsOf(ctx.tx, meterId)
  return {
    ...meter,
    registers: [...meter.registers],
    installations: installations.map(installationOf).reverse(),
    reads: reads.map(viewOf),
  }
}

/** One meter as the actor may see it: dials of a protected customer's time at a place are left out (PRV-019). */
export async function showMeter(
  ctx: Ctx,
  asked: Input<typeof metering.getMeter>,
): Promise<Output<typeof metering.getMeter>> {
  const { installations, reads, ...meter } = await getMeter(ctx, asked)
  const hidden = await readHidden(
    ctx,
    installations.map(one => one.servicePointId),
  )
  return {
    ...meter,
    installations: installations.map(one => seenInstallation(one, hidden)),
    reads: reads.filter(
      read =>
        !installations.some(one => hungOn(one, read.readOn) && hidden.isDay(one.servicePointId, read.readOn)),
    ),
  }
}

type Installation = MeterCard['earlier'][number]
const hungOn = ({ installedOn, removedOn }: Installation, on: LocalDate): boolean =>
  installedOn <= on && (removedOn === null || on <= removedOn)

/** Median use of comparable homes or firms, one row a month; of any meter size where this size has too few. */
export async function getPeerUsage(
  ctx: Ctx,
  { class: className, size, from, to = ctx.today }: Input<typeof metering.getPeerUsage>,
): Promise<Output<typeof metering.getPeerUsage>> {
  const rows = await peerStore.listPeerUsage(ctx.tx, { class: className, size, from, to })
  return rows.filter((row, at) => row.month !== rows[at - 1]?.month) // the size itself stands before 'any'
}
