export { type AuthorityAction, aboveLevelText, type Level, levels, queueOf, weightOf } from './authority.ts'
export { ageDays, type ClockFace, clockFace, clockOf } from './clock.ts'
export {
  type AreaChange,
  type BudgetFacts,
  type BudgetInputs,
  composeBudget,
  composeByDay,
  countsFrom,
  type Days,
  type Grant,
  type HouseholdOn,
  type Stage,
} from './compose.ts'
export { asksText, type Draft, missingFigures, tidyDraft } from './draft.ts'
export { driftHint, type WinterUse } from './drift.ts'
export { errors } from './errors.ts'
export { isEligible, judge } from './judge.ts'
export type { JudgeFacts, RuleAnswer } from './judge-facts.ts'
export { grantText, type NewGrant, type Outcome, outcomeOf, outcomeText } from './outcome.ts'
export { type VariancePolicy, variancePolicy, varianceRuleCodes } from './policy.ts'
export {
  type EvidenceKind,
  type GrantInput,
  isPersonBased,
  isWaiting,
  kindNames,
  type StartRule,
  type VarianceKind,
  type VarianceState,
} from './words.ts'
