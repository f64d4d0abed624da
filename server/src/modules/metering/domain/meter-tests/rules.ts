/** The bounds, flows, shares and windows of meter tests, from the dated rules in force (MTR-001 … MTR-018). */
import { type RuleBook, ruleOf } from '../../../policy/domain.ts'

export type Bounds = { readonly least: number; readonly most?: number }
export type BySize<Value> = Readonly<Record<string, Value>>
export type MeterTestRules = {
  readonly normal: Bounds // MTR-001
  readonly lowDisplacement: Bounds // MTR-002
  readonly lowUltrasonic: Bounds // MTR-003
  readonly lowRepaired: Bounds // MTR-004
  readonly leastFlow: BySize<number> // MTR-005, gallons a minute
  readonly mostFlow: BySize<number> // MTR-006
  readonly testFlows: BySize<readonly number[]> // MTR-007: low, intermediate, high
  readonly weighting: {
    readonly method: 'weighted' | 'mean'
    readonly low: number
    readonly intermediate: number
    readonly high: number
  } // MTR-008
  readonly fastPercent: number // MTR-010
  readonly refund: { readonly months: number } // MTR-011
  readonly backBillHome: { readonly overPercent: number; readonly months: number } // MTR-012
  readonly backBillOther: { readonly overPercent: number; readonly months: number } // MTR-013
  readonly stopped: {
    readonly months: number
    readonly otherMonths: number
    readonly deadBelowPercent: number
  } // MTR-014
  readonly tamperingMonths: number // MTR-016
  readonly clerical: { readonly refundMonths: number; readonly backBillMonths: number } // MTR-017
}

export const meterTestRuleCodes: readonly string[] = Array.from(
  { length: 18 },
  (_, at) => `MTR-${String(at + 1).padStart(3, '0')}`,
)

export function meterTestRulesOf(book: RuleBook): MeterTestRules {
  const value = <Value>(code: string): Value => ruleOf(book, code).value as Value
  return {
    normal: value('MTR-001'),
    lowDisplacement: value('MTR-002'),
    lowUltrasonic: value('MTR-003'),
    lowRepaired: value('MTR-004'),
    leastFlow: value('MTR-005'),
    mostFlow: value('MTR-006'),
    testFlows: value('MTR-007'),
    weighting: value('MTR-008'),
    fastPercent: value('MTR-010'),
    refund: value('MTR-011'),
    backBillHome: value('MTR-012'),
    backBillOther: value('MTR-013'),
    stopped: value('MTR-014'),
    tamperingMonths: value('MTR-016'),
    clerical: value('MTR-017'),
  }
}

/** `5/8" x 3/4"`, `1.5"`, `1-1/2 in` → the key of the tables: `5/8`, `1 1/2`. */
export function sizeKey(size: string): string {
  const [first] = size.toLowerCase().split('x')
  const plain = first!
    .replace(/["”]|in(ch(es)?)?\.?/g, '')
    .replace('-', ' ')
    .trim()
    .replace(/\s+/g, ' ')
  return decimals[plain] ?? plain
}
const decimals: BySize<string> = { '0.625': '5/8', '0.75': '3/4', '1.0': '1', '1.5': '1 1/2', '2.0': '2' }

/** Low, intermediate and high test flow of a size, gallons a minute (MTR-007, the low one also MTR-005); null where the table has none. */
export function testFlowsOf(
  size: string,
  { testFlows, leastFlow }: Pick<MeterTestRules, 'testFlows' | 'leastFlow'>,
): readonly (number | null)[] {
  const key = sizeKey(size)
  return testFlows[key] ?? [leastFlow[key] ?? null, null, null]
}
