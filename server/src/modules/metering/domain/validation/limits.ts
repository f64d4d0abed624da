/** The limits of validation as plain numbers, from the dated rules in force (VEE-008 … VEE-039). */
import { type RuleBook, ruleOf } from '../../../policy/domain.ts'

export type ValidationLimits = {
  readonly rolloverFactor: number // VEE-008, times expected
  readonly highPercent: number // VEE-011
  readonly highOverGallons: number
  readonly lowPercent: number // VEE-012
  readonly lowUnderGallons: number
  readonly sigmas: number // VEE-013
  readonly leastReads: number
  /** Days on each side of the middle of the period that are the same season. */
  readonly seasonDays: number
  readonly unusualGallons: number
  readonly zeroFieldCheckAt: number // VEE-015, reads in a row
  readonly closedFieldGallons: number // VEE-016
  readonly multiplierTolerance: number // VEE-017, share
  readonly estimatesLookAt: number // VEE-018
  readonly estimatesOrderAt: number
  readonly fireGallons: number // VEE-031, a period
  readonly misreadGallons: number // VEE-038: what must be at stake before neighbours are tried
  readonly periodShortShare: number // VEE-039, of the usual days
  readonly periodLongShare: number
  /** The version of each rule used, for whoever keeps the decision. */
  readonly versions: ReadonlyMap<string, bigint>
}

type Codes = Readonly<Record<string, Readonly<Record<string, number>>>>

const codes = [
  'VEE-008',
  'VEE-011',
  'VEE-012',
  'VEE-013',
  'VEE-015',
  'VEE-016',
  'VEE-017',
  'VEE-018',
  'VEE-031',
  'VEE-038',
  'VEE-039',
] as const
export const validationRuleCodes: readonly string[] = codes

const ccf = 748

export function limitsOf(book: RuleBook): ValidationLimits {
  const at = Object.fromEntries(codes.map(code => [code, numbersOf(code, ruleOf(book, code).value)])) as Codes
  const of = (code: (typeof codes)[number], key: string): number => {
    const value = at[code]?.[key]
    if (value === undefined) throw new Error(`policy ${code} has no number '${key}'`)
    return value
  }
  return {
    rolloverFactor: of('VEE-008', 'value'),
    highPercent: of('VEE-011', 'percent'),
    highOverGallons: of('VEE-011', 'overCcf') * ccf,
    lowPercent: of('VEE-012', 'value'),
    lowUnderGallons: of('VEE-013', 'overCcf') * ccf,
    sigmas: of('VEE-013', 'sigmas'),
    leastReads: of('VEE-013', 'leastReads'),
    seasonDays: of('VEE-013', 'seasonDays'),
    unusualGallons: of('VEE-013', 'overCcf') * ccf,
    zeroFieldCheckAt: of('VEE-015', 'value'),
    closedFieldGallons: of('VEE-016', 'fieldOverCcf') * ccf,
    multiplierTolerance: of('VEE-017', 'tolerance'),
    estimatesLookAt: of('VEE-018', 'lookAt'),
    estimatesOrderAt: of('VEE-018', 'orderAt'),
    fireGallons: of('VEE-031', 'value'),
    misreadGallons: of('VEE-038', 'overCcf') * ccf,
    periodShortShare: of('VEE-039', 'shortShare'),
    periodLongShare: of('VEE-039', 'longShare'),
    versions: new Map(codes.map(code => [code, ruleOf(book, code).ruleId])),
  }
}

/** A rule's value is a number or an object of numbers; other entries are words for people. */
function numbersOf(code: string, value: unknown): Readonly<Record<string, number>> {
  if (typeof value === 'number') return { value }
  if (typeof value !== 'object' || value === null) throw new Error(`policy ${code} holds no numbers`)
  return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'number'))
}
