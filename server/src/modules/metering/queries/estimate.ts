/** The value that would be written down if the read were estimated: shown before anybody decides (VEE-019). */
import { daysBetween } from '@curbstop/kernel/dates'
import type { Ctx } from '../../../platform/context.ts'
import { lastBefore } from '../domain/entry.ts'
import { type Expected, estimateValue, expectedUse } from '../domain/expectation.ts'
import { getUsageStory, standingReads } from '../queries.ts'
import type { ExceptionRow } from '../store/exceptions.ts'
import { listInstallationsOf } from '../store/meters.ts'
import { listReadsOf } from '../store/reads.ts'

export type Proposal = {
  readonly value: bigint
  readonly gallons: number
  readonly method: Expected['method']
}

/** Null where an estimate would be a guess: no earlier use, or more than one register. */
export async function proposeEstimate(
  ctx: Ctx,
  {
    meterId,
    readId,
    servicePointId,
    onDate,
  }: Pick<ExceptionRow, 'meterId' | 'readId' | 'servicePointId' | 'onDate'>,
): Promise<Proposal | null> {
  const [installation] = (await listInstallationsOf(ctx.tx, meterId)).toReversed()
  const [register, second] = installation?.registers ?? []
  if (!installation || !register || second) return null
  const reads = standingReads(await listReadsOf(ctx.tx, meterId)).filter(read => read.readId !== readId)
  const before = lastBefore(onDate, 0, { installation, reads })
  const { usage } = await getUsageStory(ctx, [servicePointId])
  const periods = (usage.get(servicePointId) ?? []).filter(period => period.toOn < onDate)
  const expected = expectedUse({ periods, fromOn: before.on, toOn: onDate })
  if (!expected) return null
  const gallons = expected.gallonsPerDay * Math.max(0, daysBetween(before.on, onDate))
  return {
    value: estimateValue(before.value, gallons, register).value,
    gallons: Math.round(gallons),
    method: expected.method,
  }
}
