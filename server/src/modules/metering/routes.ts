import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { addMeter, exchangeMeter } from './commands/meters.ts'
import { enterRead, voidRead } from './commands/reads.ts'
import type { metering } from './contract/index.ts'
import { findMeters, getMeter, getMeters, getPeerUsage, listReads, listUsagePeriods } from './queries.ts'

export const answers: Answers<typeof metering, Ctx> = {
  findMeters,
  getMeter,
  getMeters: (ctx, { servicePointId }) => getMeters(ctx, [servicePointId]),
  listReads: (ctx, { servicePointId, ...asked }) => listReads(ctx, [servicePointId], asked),
  listUsagePeriods: async (ctx, { servicePointId, ...asked }) =>
    (await listUsagePeriods(ctx, [servicePointId], asked)).get(servicePointId) ?? [],
  getPeerUsage,
  enterRead,
  voidRead,
  addMeter,
  exchangeMeter,
}
