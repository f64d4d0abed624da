/**
 * What the compiler and the evaluator share. A class becomes slots (one per name that is asked for) with a memo
 * slot each; formulas become closures on their first use, so that a class compiles in no time and a part that no
 * bill reaches is never judged.
 */
import { type Decimal, readDecimal } from './decimal.ts'
import { badFormula, type Place, refuseAt } from './errors.ts'
import type { Tariff } from './tariff.ts'
import type { Value } from './value.ts'

/** A customer's data by name. Null and empty text count as not given. */
export type Input = string | number | bigint | boolean | Decimal | null | undefined
export type Inputs = Readonly<Record<string, Input>>

export type BudgetRounding = 'whole' | 'none'

/** One tier of one calculation. A tier holds what lies above `from` up to and including `to`. */
export type TierLine = {
  readonly tier: number
  readonly from: Decimal
  /** Null in the last tier. */
  readonly to: Decimal | null
  readonly quantity: Decimal
  readonly price: Decimal
  readonly charge: Decimal
}

export type Code = (run: Run) => Decimal

export type Slot = {
  readonly index: number
  /** As referred to, and as an input would be called. */
  readonly name: string
  /** The part of the class behind the name (`gpcd` may stand for `gpcd_commodity`), or null for a pure input. */
  readonly part: string | null
  readonly value: Value | null
  /** False for names like `constructor`, which every JavaScript object answers to. */
  readonly plainName: boolean
  code: Code | null
}

export type RateClass = {
  readonly tariff: Tariff
  readonly name: string
  readonly parts: ReadonlyMap<string, Value>
  readonly slots: Slot[]
  readonly byName: Map<string, Slot>
  /** Anything derived from the class alone and worth keeping with it. */
  readonly kept: Map<string, unknown>
}

/** Marks a slot whose calculation has begun; meeting it again is a cycle. */
export const busy: unique symbol = Symbol('busy')

export type Run = {
  readonly rateClass: RateClass
  readonly inputs: Inputs
  /** By slot index. */
  readonly memo: (Decimal | typeof busy | undefined)[]
  /** By slot index: values cut to a share of the period, where `scale` is set and a budget was asked for them. */
  readonly scaled: (Decimal | undefined)[]
  /** By slot index, for `Tiered` and `Budget` parts. */
  readonly tiers: (readonly TierLine[] | undefined)[]
  readonly whole: boolean
  /** Share of a full billing period by which tier widths are cut, or null. */
  readonly scale: Decimal | null
}

export function placeOf(rateClass: RateClass, part: string): Place {
  return { file: rateClass.tariff.file, className: rateClass.name, part }
}

const suffixes = ['_commodity', '_drought'] as const

/**
 * The slot behind a name used inside `part`. Lookup order of the suffixed dialect: input, exact part, part with
 * `_commodity`; inside a `_drought` part the plain name means its `_drought` sister first.
 */
export function slotFor(rateClass: RateClass, name: string, part: string): Slot {
  const drought = part.endsWith('_drought') && isPart(rateClass, `${name}_drought`)
  const key = drought ? `${name} in drought` : name
  const known = rateClass.byName.get(key)
  if (known) return known
  const candidates = [name, ...(drought ? [`${name}_drought`] : []), `${name}${suffixes[0]}`]
  const found = candidates.find(candidate => isPart(rateClass, candidate)) ?? null
  const slot: Slot = {
    index: rateClass.slots.length,
    name,
    part: found,
    value: found === null ? null : rateClass.parts.get(found)!,
    plainName: !(name in Object.prototype),
    code: null,
  }
  rateClass.slots.push(slot)
  rateClass.byName.set(key, slot)
  return slot
}

/** A part that is defined and not left empty. */
export function isPart(rateClass: RateClass, name: string): boolean {
  const value = rateClass.parts.get(name)
  return value !== undefined && value.kind !== 'empty'
}

/** What the customer's data say for a name, or undefined. */
export function given(run: Run, slot: Slot): Exclude<Input, null> {
  if (!slot.plainName && !Object.hasOwn(run.inputs, slot.name)) return undefined
  const value = run.inputs[slot.name]
  return value === null || value === '' ? undefined : value
}

/** An input as a number, or a refusal that names it. `user` is the part that asks. */
export function inputNumber(run: Run, slot: Slot, input: Input, user: string): Decimal {
  const read = readDecimal(input)
  if (read) return read
  const place = placeOf(run.rateClass, user)
  if (typeof input === 'string' || typeof input === 'boolean') {
    throw badFormula(place, `"${slot.name}" is ${JSON.stringify(input)}, which is not a number`)
  }
  throw missing(run, slot, user, ' (what was given is neither a number nor text)')
}

export function missing(run: Run, slot: Slot, user: string, reason = ''): Error {
  const place = placeOf(run.rateClass, user)
  return refuseAt('rates.missing-input', place, { input: slot.name, reason }, slot.name)
}
