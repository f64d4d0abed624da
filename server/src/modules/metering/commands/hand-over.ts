import type { LocalDate } from '@curbstop/kernel/dates'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import type { AccountId, ServicePointId } from '@curbstop/kernel/ids'
import { asId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import type { Witness } from '../../../platform/module.ts'
import { type ChangeId, type ChangeRow, getOccupancyChange } from '../../accounts/index.ts'
import { errors } from '../domain/errors.ts'
import { readHistory } from '../queries.ts'
import type { InstallationRow } from '../store/meters.ts'
import { estimateReads } from './estimate.ts'
import { enterRead, pickInstallation, type ReadToEnter } from './reads.ts'

type Asked = { readonly accountId: AccountId; readonly changeId: ChangeId }

/**
 * The hand-over read is written with the start, stop or transfer itself: a read that the register cannot hold refuses
 * the whole change while the person who brought it is still there, and the final bill finds its read.
 */
export const witnessHandOver: Witness = async (ctx, { account, subject }) => {
  const asked = { accountId: account!, changeId: asId<'occupancy-change'>(String(subject!.changeId)) }
  const change = await getOccupancyChange(ctx, asked.accountId, asked.changeId)
  try {
    await takeHandOverRead(ctx, asked)
  } catch (error) {
    throw error instanceof DomainError ? atItsField(error, change) : error
  }
}

/** The sentence is metering's, the field is one of the change: `handOver.readOn`. */
function atItsField(error: DomainError, change: ChangeRow | null): DomainError {
  const { code, kind, message, facts, field } = error
  if (!field) return error
  const handOver = change?.kind === 'transfer' && change.partOf !== null ? 'newHandOver' : 'handOver'
  const place = field === 'readOn' ? 'readOn' : 'reads'
  return new DomainError(code, { kind, says: message }, facts, `${handOver}.${place}`)
}

/**
 * Writes down the one read at which two occupancies meet. Doing it twice finds the read there. Nothing is done for a
 * change called off, nor when an order fetches the read; an estimate of a day to come is made on that day.
 */
export async function takeHandOverRead(ctx: Ctx, { accountId, changeId }: Asked): Promise<void> {
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
    const note = noteOf(change)
    await takeGiven(ctx, asId<'service-point'>(point), { readOn, values, kind, source, note })
  }
}

async function takeGiven(ctx: Ctx, point: ServicePointId, read: Omit<ReadToEnter, 'meterId'>): Promise<void> {
  const { installations } = await readHistory(ctx, [point])
  if (installations.length === 0)
    throw refuse(errors, 'metering.no-meter-here', { on: read.readOn }, 'values')
  await takeOnce(ctx, point, read)
}

async function takeEstimates(ctx: Ctx, change: ChangeRow): Promise<void> {
  if (change.onDate > ctx.today) return
  const points = change.handOver.servicePointIds.map(id => asId<'service-point'>(id))
  for (const point of points) {
    const installation = await findHanging(ctx, point, change.onDate)
    if (!installation) continue // sewer has no meter, and an empty place nothing to estimate
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
  const installation = pickInstallation(installations, on)
  return installation?.removedOn && installation.removedOn < on ? null : installation
}

/** The same value on the same day is the same read, whoever brought it; an estimate that was voided is not made again. */
export async function takeOnce(
  ctx: Ctx,
  servicePointId: ServicePointId,
  read: Omit<ReadToEnter, 'meterId'>,
): Promise<void> {
  const { installations, reads } = await readHistory(ctx, [servicePointId])
  const installation = pickInstallation(installations, read.readOn)
  if (!installation) return
  const isEstimate = read.kind === 'estimated'
  const there = reads.filter(
    one =>
      one.meterId === installation.meterId &&
      one.readOn === read.readOn &&
      (one.voidedAt === null || isEstimate),
  )
  const known = read.values.every(({ registerNo, value }) =>
    there.some(one => one.registerNo === registerNo && (one.value === value || isEstimate)),
  )
  if (!known)
    await enterRead(ctx, { ...read, meterId: installation.meterId, knowsUnusual: true, isPart: true })
}
