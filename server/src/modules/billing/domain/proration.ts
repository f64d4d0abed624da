/** How a bill is cut over time: the district's policy, and its short form as kept with every segment. */

import { numberOf, type RuleBook, ruleOf } from '../../policy/domain.ts'
import type { ProrationPolicy, ServiceFacts } from '../../rates/domain/index.ts'
import type { BillKind } from './facts.ts'

/** What this module decides by. */
export type BillingPolicy = {
  readonly proration: ProrationPolicy
  /** A bill of these many days is a full one; others are cut or grown by days (ACC-046). */
  readonly cycleDays: { readonly least: number; readonly most: number }
  readonly defaultPersons: number
  readonly winter: WinterPolicy
}

export type WinterPolicy = {
  readonly months: readonly number[] // 12, 1, 2
  readonly resetMonth: number // 7
  readonly leastMonths: number
  readonly defaultUnits: number
  readonly capUnits: number
}

export function billingPolicy(book: RuleBook): BillingPolicy {
  const cut = ruleOf(book, 'BIL-001').value as Pick<ProrationPolicy, 'fixed' | 'volumetric' | 'tierWidths'>
  return {
    proration: {
      ...cut,
      standardDays: numberOf(book, 'ACC-046'),
      budgetRounding: ruleOf(book, 'WB-017').value as ProrationPolicy['budgetRounding'],
    },
    cycleDays: ruleOf(book, 'BIL-002').value as BillingPolicy['cycleDays'],
    defaultPersons: numberOf(book, 'WB-003'),
    winter: ruleOf(book, 'SWR-001').value as WinterPolicy,
  }
}

const written = new WeakMap<ProrationPolicy, string>()

/** `days/days/scale/30/none`: short, because it stands in every segment for ever. */
export function writeProration(policy: ProrationPolicy): string {
  const known = written.get(policy)
  if (known !== undefined) return known
  const { fixed, volumetric, tierWidths, standardDays, budgetRounding } = policy
  const text = [fixed, volumetric, tierWidths, standardDays, budgetRounding].join('/')
  written.set(policy, text)
  return text
}

export function readProration(text: string): ProrationPolicy {
  const [fixed, volumetric, tierWidths, standardDays, budgetRounding] = text.split('/')
  return {
    fixed: fixed as ProrationPolicy['fixed'],
    volumetric: volumetric as ProrationPolicy['volumetric'],
    tierWidths: tierWidths as ProrationPolicy['tierWidths'],
    standardDays: standardDays === 'cycle' ? 'cycle' : Number(standardDays),
    budgetRounding: budgetRounding as ProrationPolicy['budgetRounding'],
  }
}

/**
 * Whether a bill is cut by days: an opening or closing one that is shorter than a cycle, and any bill over more
 * than one (a catch-up after missed reads: two months have two months of budget and tiers, VEE-020).
 */
export function partOfCycle(
  kind: BillKind,
  days: number,
  { cycleDays, proration }: Pick<BillingPolicy, 'cycleDays' | 'proration'>,
): ServiceFacts['partOf'] {
  const isShort = days < cycleDays.least && (kind === 'first' || kind === 'final' || kind === 'off-cycle')
  if (!isShort && days <= cycleDays.most) return undefined
  return { cycleDays: proration.standardDays === 'cycle' ? 30 : proration.standardDays }
}
