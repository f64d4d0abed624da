import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { acceptExceptions, decideException } from './commands/exceptions/decide.ts'
import { sendToLook } from './commands/exceptions/look.ts'
import { closeRound } from './commands/exceptions/rounds.ts'
import { setLimits } from './commands/limits.ts'
import { cancelReadFile } from './commands/loading/cancel.ts'
import { takeReadFile } from './commands/loading/take.ts'
import { orderMeterTest } from './commands/meter-test-orders.ts'
import { enterMeterTest, voidMeterTest } from './commands/meter-test-results.ts'
import { addMeter, exchangeMeter } from './commands/meters.ts'
import { enterRead, voidRead } from './commands/reads.ts'
import type { metering } from './contract/index.ts'
import { getException, listExceptions } from './queries/exceptions.ts'
import { getReadFile, listReadFiles } from './queries/files.ts'
import { getGreenButton } from './queries/green-button-out.ts'
import { getMeterTest, getMeterTestOfOrder, getPlaceHistory } from './queries/meter-tests.ts'
import { listHighUse, listReaders, listRuleOutcomes } from './queries/outcomes.ts'
import { listBookDays, listMissing } from './queries/rounds.ts'
import { getRouteFile } from './queries/route-out.ts'
import { tryLimits } from './queries/try-limits.ts'
import { findMeters, getMeters, getPeerUsage, listReads, listUsagePeriods, showMeter } from './queries.ts'

export const answers: Answers<typeof metering, Ctx> = {
  findMeters,
  getMeter: showMeter,
  getMeters: (ctx, { servicePointId }) => getMeters(ctx, [servicePointId]),
  listReads: (ctx, { servicePointId, ...asked }) => listReads(ctx, [servicePointId], asked),
  listUsagePeriods: async (ctx, { servicePointId, ...asked }) =>
    (await listUsagePeriods(ctx, [servicePointId], asked)).get(servicePointId) ?? [],
  getPeerUsage,
  enterRead,
  voidRead,
  addMeter,
  exchangeMeter,
  orderMeterTest,
  getMeterTest,
  getMeterTestOfOrder,
  getPlaceHistory,
  enterMeterTest,
  voidMeterTest,
  listBookDays,
  listMissing,
  listExceptions,
  getException,
  decideException,
  sendToLook,
  acceptExceptions,
  closeRound,
  listHighUse,
  listRuleOutcomes,
  listReaders,
  tryLimits,
  setLimits,
  listReadFiles,
  getReadFile,
  takeReadFile,
  getRouteFile,
  getGreenButton,
  cancelReadFile,
}
