/** High-bill research as pure questions: is use high, what may be behind it, what settles it, may the case close. */
export { type Cause, type CauseCode, causeOf, causes, libraryVersion } from './causes.ts'
export { checkMayClose, missingToClose, type RequiredStep, requiredSteps } from './closing.ts'
export { errors } from './errors.ts'
export { gatherLowSights, gatherSights, type Sight } from './evidence/index.ts'
export type { Baseline, PeerFacts, PeriodFacts, RankFacts, ReadFacts } from './facts.ts'
export { leakCheck, type Step, type StepCode, type StepResult, stepOf, stepSights } from './leak-check.ts'
export {
  calculateLeakRate,
  type Fixture,
  fits,
  fixtures,
  type LeakRate,
  type TwoReads,
  unitsOver,
} from './leak-rate.ts'
export { exchangedDigits, findMirror, type UseStretch } from './mix-up.ts'
export { baselineOf, findPattern, type Pattern, sameTimeLastYear } from './pattern.ts'
export { type Question, questionOf, questions } from './questions.ts'
export {
  type GivenAnswer,
  type RankedCause,
  type RankedQuestion,
  rankCauses,
  rankLowCauses,
  rankQuestions,
} from './rank.ts'
