/** The tariff engine: pure functions from a tariff's text to the lines of a bill. */

export { compileClass } from './compile.ts'
export {
  type Decimal,
  type Num,
  readDecimal,
  roundWhole,
  toCents,
  toNumber,
} from './decimal.ts'
export {
  type CliErrorCode,
  cliErrorCode,
  errors,
  isRatesError,
  malformed,
  type RatesErrorCode,
} from './errors.ts'
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate.ts'
export type { Finding } from './finding.ts'
export type { BudgetRounding, Input, Inputs, RateClass, TierLine } from './model.ts'
export type { RatingNote } from './notes.ts'
export type { Piece, ProrationPolicy, ServiceFacts, TariffVersion, Volume } from './periods.ts'
export {
  type LineKind,
  type RatedLine,
  type RatedPiece,
  type RatedService,
  type RateServiceOptions,
  rateService,
} from './rateService.ts'
export { type RequiredInput, requiredInputs } from './requirements.ts'
export { type BillFrequency, parseTariff, type Tariff, type TariffClass } from './tariff.ts'
export type { Figure, TraceStep } from './trace.ts'
export { validateTariff } from './validate.ts'
export { writeTariff } from './write.ts'
export { maxFileBytes } from './yaml.ts'
