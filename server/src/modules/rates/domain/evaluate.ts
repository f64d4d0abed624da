/** One customer's charges under one class: the total unrounded, every part on the way, every tier. */

import { numberOf } from './compile.ts'
import type { Decimal } from './decimal.ts'
import { badFormula } from './errors.ts'
import {
  type BudgetRounding,
  busy,
  type Inputs,
  placeOf,
  type RateClass,
  type Run,
  slotFor,
  type TierLine,
} from './model.ts'
import { type TraceStep, traceOf } from './trace.ts'

export type EvaluateOptions = {
  /** `whole` is the format's rule and the default; `none` keeps budgets as they come (policy WB-017). */
  readonly budgetRounding?: BudgetRounding
  /** Tell how each part came about. */
  readonly trace?: boolean
}

export type Evaluation = {
  readonly total: Decimal
  /** Every part that `bill` reached and that is a number, by its name in the file. */
  readonly components: Readonly<Record<string, Decimal>>
  readonly tiers: Readonly<Record<string, readonly TierLine[]>>
  readonly trace?: readonly TraceStep[]
}

export type RunOptions = { readonly budgetRounding?: BudgetRounding; readonly scale?: Decimal | null }

export function startRun(rateClass: RateClass, inputs: Inputs, options: RunOptions = {}): Run {
  const whole = options.budgetRounding !== 'none'
  return { rateClass, inputs, memo: [], scaled: [], tiers: [], whole, scale: options.scale ?? null }
}

/** Calculates `bill`. Throws the refusals of this module; the class is not changed by a refusal. */
export function evaluate(rateClass: RateClass, inputs: Inputs, options: EvaluateOptions = {}): Evaluation {
  const run = startRun(rateClass, inputs, options)
  const total = guarded(run, () => numberOf(run, slotFor(rateClass, 'bill', 'bill'), 'bill'))
  const found = { total, components: componentsOf(run), tiers: tiersOf(run) }
  return options.trace ? { ...found, trace: traceOf(run, 'bill') } : found
}

/** A chain of parts longer than the machine's stack is a wrong tariff, not a fault of ours. */
export function guarded<T>(run: Run, calculate: () => T): T {
  try {
    return calculate()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw badFormula(placeOf(run.rateClass, 'bill'), 'its parts refer to each other too deeply')
  }
}

/** The numbers of all parts reached so far; `bill` itself is the total. */
export function componentsOf(run: Run): Record<string, Decimal> {
  const components: Record<string, Decimal> = Object.create(null)
  for (const slot of run.rateClass.slots) {
    const value = run.scaled[slot.index] ?? run.memo[slot.index]
    if (value === undefined || value === busy || slot.part !== slot.name || slot.name === 'bill') continue
    components[slot.name] = value
  }
  return components
}

export function tiersOf(run: Run): Record<string, readonly TierLine[]> {
  const tiers: Record<string, readonly TierLine[]> = Object.create(null)
  for (const slot of run.rateClass.slots) {
    const lines = run.tiers[slot.index]
    if (lines) tiers[slot.name] = lines
  }
  return tiers
}
