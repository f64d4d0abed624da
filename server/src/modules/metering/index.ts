/**
 * Metering: meters, their registers, where they hung and what they said; use between reads, what was to be expected,
 * and what comparable users use. Owns schema `metering`. Reads are never edited; a wrong one is voided with a reason.
 */
import { defineModule } from '../../platform/module.ts'
import { metering as contract } from './contract/index.ts'
import { atStart, jobs, listens, schedule, witnesses } from './jobs.ts'
import { answers } from './routes.ts'

export { type FileToLoad, type LoadedFile, loadFile } from './commands/loading/file.ts'
export { aboutTest } from './commands/meter-test-orders.ts'
export { exchangeMeter } from './commands/meters.ts'
export { hasPrices, notePrices, type PlacePrice } from './commands/prices.ts'
export { enterRead, voidRead } from './commands/reads.ts'
export {
  dailyAverage,
  type Expected,
  estimateValue,
  expectedUse,
  isEvidence,
  sameMonthLastYear,
  seasonFactor,
} from './domain/expectation.ts'
export {
  type Installation,
  type Read,
  type ReadHistory,
  type ReadId,
  type ReadKind,
  type UsageFlag,
  type UsagePeriod,
  type UsageStretch,
  usagePeriods,
} from './domain/periods.ts'
export {
  isReadFileFormat,
  type ReadFileFormat,
  type ReadFileOptions,
  readFileFormats,
} from './domain/read-files/index.ts'
export {
  type Billing,
  calculateUsage,
  gallonsOf,
  type ReadRounding,
  type Register,
  unitsBetween,
  unitsText,
  volumeOf,
} from './domain/registers.ts'
export {
  type Band,
  median,
  medianAbsoluteDeviation,
  quantile,
  robustBand,
  shrunkBand,
} from './domain/statistics.ts'
export { listBlocking } from './queries/blocking.ts'
export { getMeterTestRules, getTested, type TestedMeter } from './queries/meter-tests.ts'
export {
  getBilling,
  getMeter,
  getMeters,
  getPeerUsage,
  getUsageStory,
  listReads,
  listUsagePeriods,
} from './queries.ts'

export const metering = defineModule({
  name: 'metering',
  contract,
  answers,
  atStart,
  jobs,
  listens,
  schedule,
  witnesses,
})
