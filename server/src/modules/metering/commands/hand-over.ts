import type { LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, ServicePointId } from '@curbstop/kernel/ids'
import { asId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { type ChangeId, type ChangeRow, getOccupancyChange } from '../../accounts/index.ts'
import { readHistory } from '../queries.ts'
import type { InstallationRow } from '../store/meters.ts'
import { estimateReads } from './estimate.ts'
import { enterRead, pickInstallation, type ReadToEnter } from './reads.ts'

/**
 * Writes down the one read at which two occupancies meet. Doing it twice finds the read there. Nothing is done for a
 * change called off, nor when an order fetches the read.
 */
export async function takeHandOverRead(
  ctx: Ctx,
  { accountId, changeId }: { readonly accountId: AccountId; readonly changeId: ChangeId },
): Promise<void> {
  const change = await getOccupancyChange(ctx, accountId, changeId)
  if (!change || change.cancelledAt !== null) return
  const { handOver } = change
  if (handOver.how === 'estimate') return takeEstimates(ctx, change)
  const readOn = handOver.readOn
  if (handOver.how !== 'read' || !readOn) return
  const reads = handOver.reads ?? []
  for (const point of new Set(reads.map(read => read.servicePointId))) {
    const values = reads
      .filter(read => read.servicePointId === point)
      .map(({ registerNo, value }) => ({ registerNo, value: BigInt(value) }))
    const kind = handOver.by === 'customer' ? 'customer' : change.kind === 'start' ? 'actual' : 'final'
    const source = handOver.by === 'customer' ? 'customer' : 'office'
    await takeOnce(ctx, asId<'service-point'>(point), { readOn, values, kind, source, note: noteOf(change) })
  }
}

async function takeEstimates(ctx: Ctx, change: ChangeRow): Promise<void> {
  const points = change.handOver.servicePointIds.map(id => asId<'service-point'>(id))
  for (const point of points) {
    const installation = await findHanging(ctx, point, change.onDate)
    if (!installation) continue // sewer has no meter
    const values = await estimateReads(ctx, installation, change.onDate)
    const read = { readOn: change.onDate, kind: 'estimated', source: 'system', note: noteOf(change) } as const
    await takeOnce(ctx, point, { ...read, values })
  }
}

const noteOf = ({ kind, changeId }: ChangeRow): string => `hand-over, ${kind} ${changeId}`

async function findHanging(
  ctx: Ctx,
  servicePointId: ServicePointId,
  on: LocalDate,
): Promise<InstallationRow | null> {
  const { installations } = await readHistory(ctx, [servicePointId])
  return pickInstallation(installations, on)
}

/** The same value on the same day is the same read, whoever brought it. */
export async function takeOnce(
  ctx: Ctx,
  servicePointId: ServicePointId,
  read: Omit<ReadToEnter, 'meterId'>,
): Promise<void> {
  const { installations, reads } = await readHistory(ctx, [servicePointId])
  const installation = pickInstallation(installations, read.readOn)
  if (!installation) return
  const there = reads.filter(
    one => one.meterId === installation.meterId && one.readOn === read.readOn && one.voidedAt === null,
  )
  const known = read.values.every(({ registerNo, value }) =>
    there.some(one => one.registerNo === registerNo && (one.value === value || read.kind === 'estimated')),
  )
  if (!known) await enterRead(ctx, { ...read, meterId: installation.meterId })
}
