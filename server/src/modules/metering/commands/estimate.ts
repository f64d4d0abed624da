import { addDays, daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import { type DecidedRead, lastBefore } from '../domain/entry.ts'
import { errors } from '../domain/errors.ts'
import { estimateValue, expectedUse } from '../domain/expectation.ts'
import type { UsagePeriod } from '../domain/periods.ts'
import { getBilling, readHistory, standingReads, usageOf } from '../queries.ts'
import type { InstallationRow } from '../store/meters.ts'
import { listReadsOf } from '../store/reads.ts'

export async function listPeriodsAt(ctx: Ctx, { servicePointId }: InstallationRow): Promise<UsagePeriod[]> {
  const billing = await getBilling(ctx)
  const history = await readHistory(ctx, [servicePointId])
  return usageOf([servicePointId], history, { billing }).get(servicePointId) ?? []
}

/** What a meter would show on a day by what was used before (VEE-019); refused where that would be a guess. */
export async function estimateReads(
  ctx: Ctx,
  installation: InstallationRow,
  on: LocalDate,
): Promise<DecidedRead[]> {
  const refuseFor = (why: string) => refuse(errors, 'metering.out-read-needed', { why }, 'outValues')
  const [register, second] = installation.registers
  if (!register || second) throw refuseFor('it has more than one register')
  const reads = standingReads(await listReadsOf(ctx.tx, installation.meterId))
  const before = lastBefore(addDays(on, 1), 0, { installation, reads })
  const periods = await listPeriodsAt(ctx, installation)
  const expected = expectedUse({ periods, fromOn: before.on, toOn: on })
  if (!expected) throw refuseFor('there is no earlier use to go by')
  const gallons = expected.gallonsPerDay * daysBetween(before.on, on)
  return [{ registerNo: register.registerNo, ...estimateValue(before.value, gallons, register) }]
}
