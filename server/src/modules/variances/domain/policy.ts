/** The dated rules this department decides by, read from the book once. */
import { numberOf, type RuleBook, ruleOf } from '../../policy/domain.ts'
import type { StartRule, VarianceKind } from './words.ts'

export type VariancePolicy = {
  readonly kinds: readonly VarianceKind[] // WB-021
  readonly defaultPersons: number // WB-003
  readonly personsPerHome: number // WB-004
  readonly householdEvidence: 'light' | 'strict' // WB-022
  readonly extraWithoutDocuments: number // WB-023
  readonly noticeDays: number // WB-024
  readonly careGallons: number // WB-026
  readonly leastPounds: number // WB-027
  readonly animalGallons: number // WB-028
  readonly areaCredit: { overPercent: number; months: number; monthsIfSlow: number; fiscalYearMonth: number }
  readonly newLandscape: { percent: number; months: number } // WB-031
  readonly poolYears: number // WB-032
  readonly starts: StartRule // WB-033
  readonly reachBack: readonly VarianceKind[] // WB-034
  readonly clock: { days: number; alertDays: number } // WB-035
  readonly expiry: { months: number; noticeDays: number } // WB-036
  readonly drought: { fromStage: number; suspends: readonly VarianceKind[] } // WB-039
  readonly appealDays: number // WB-040
  readonly stage: number // WB-019
}

export const varianceRuleCodes = [
  'WB-003',
  'WB-004',
  'WB-019',
  ...Array.from({ length: 23 }, (_, i) => `WB-0${i + 21}`),
] as const

export function variancePolicy(book: RuleBook): VariancePolicy {
  const value = <T>(code: string): T => ruleOf(book, code).value as T
  return {
    kinds: value('WB-021'),
    defaultPersons: numberOf(book, 'WB-003'),
    personsPerHome: numberOf(book, 'WB-004'),
    householdEvidence: value('WB-022'),
    extraWithoutDocuments: numberOf(book, 'WB-023'),
    noticeDays: numberOf(book, 'WB-024'),
    careGallons: numberOf(book, 'WB-026'),
    leastPounds: numberOf(book, 'WB-027'),
    animalGallons: numberOf(book, 'WB-028'),
    areaCredit: value('WB-030'),
    newLandscape: value('WB-031'),
    poolYears: numberOf(book, 'WB-032'),
    starts: value('WB-033'),
    reachBack: value('WB-034'),
    clock: value('WB-035'),
    expiry: value('WB-036'),
    drought: value('WB-039'),
    appealDays: numberOf(book, 'WB-040'),
    stage: value<{ stage: number }>('WB-019').stage,
  }
}
