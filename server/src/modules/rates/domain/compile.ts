/** A customer class of a tariff, made ready to be calculated millions of times. */
import { refuse } from '@curbstop/kernel/errors'
import type { Decimal } from './decimal.ts'
import { badFormula, badTiers, errors } from './errors.ts'
import { type Context, compileExpr } from './expression.ts'
import { type Expr, FormulaError, parseFormula } from './formula.ts'
import { inputText, keyTable, lookUp } from './maps.ts'
import {
  busy,
  type Code,
  given,
  inputNumber,
  missing,
  placeOf,
  type RateClass,
  type Run,
  type Slot,
  slotFor,
} from './model.ts'
import { cycleAt, followsDays } from './references.ts'
import type { Tariff } from './tariff.ts'
import { compileTiers, refuseList, type TierCompiler } from './tiers.ts'
import { keywordOf, single, type Value } from './value.ts'

/** Prepares a class. Throws `rates.unknown-class`; what is wrong inside shows when a bill needs it. */
export function compileClass(tariff: Tariff, className: string): RateClass {
  const found = tariff.classes.get(className)
  if (!found) {
    const known = [...tariff.classes.keys()].join(', ') || 'no class at all'
    throw refuse(errors, 'rates.unknown-class', { file: tariff.file, class: className, known }, 'class')
  }
  return {
    tariff,
    name: className,
    parts: found.parts,
    slots: [],
    byName: new Map(),
    kept: new Map(),
  }
}

/** The value of a name in this run: an input wins over a part of the same name; each part is calculated once. */
export function numberOf(run: Run, slot: Slot, user: string): Decimal {
  const known = run.memo[slot.index]
  if (known === busy) throw cycleAt(run, slot)
  if (known !== undefined) return known
  const input = given(run, slot)
  const value = input === undefined ? calculate(run, slot, user) : inputNumber(run, slot, input, user)
  run.memo[slot.index] = value
  return value
}

function calculate(run: Run, slot: Slot, user: string): Decimal {
  if (slot.part === null) throw missing(run, slot, user)
  if (slot.part !== slot.name) return numberOf(run, slotFor(run.rateClass, slot.part, slot.part), user)
  run.memo[slot.index] = busy
  slot.code ??= compilePart(run.rateClass, slot.part, slot.value!)
  const value = slot.code(run)
  if (!value.isFinite())
    throw badFormula(placeOf(run.rateClass, slot.part), 'its value is not a finite number')
  return value
}

/** What a name reads as in the key of a map. */
export function textOf(run: Run, slot: Slot, user: string): string {
  return inputText(run, slot, user) ?? numberOf(run, slot, user).toString()
}

/** A formula's tree, or a refusal with its place. */
export function formulaOf(rateClass: RateClass, part: string, text: string): Expr {
  try {
    return parseFormula(text)
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error
    const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text
    const reason = `${error.message} (at character ${error.at} of "${shown}")`
    throw badFormula(placeOf(rateClass, part), reason)
  }
}

const isBudget = (part: string): boolean => part.toLowerCase().includes('budget')

export function contextOf(rateClass: RateClass, part: string): Context {
  return {
    rateClass,
    part,
    numberOf,
    followsDays: slot => followsDays(rateClass, slot),
    scaledSlot: slot => scaledSlot(rateClass, slot, part),
  }
}

function tierCompiler(rateClass: RateClass): TierCompiler {
  return {
    rateClass,
    numberOf,
    itemCode: (part, item, scaled) => compileValue(rateClass, part, item, scaled),
    listOf: (part, value, convert) => compileList(rateClass, part, value, convert),
    scaledSlot: slot => scaledSlot(rateClass, slot, 'tier_starts'),
    slotCode: (slot, user) => run => numberOf(run, slot, user),
  }
}

function compilePart(rateClass: RateClass, part: string, value: Value): Code {
  const keyword = keywordOf(value)
  if (keyword) return compileTiers(tierCompiler(rateClass), part, keyword)
  return compileValue(rateClass, part, value, false)
}

/** A value that must come out as one number. */
function compileValue(rateClass: RateClass, part: string, source: Value, scaled: boolean): Code {
  const value = single(source)
  switch (value.kind) {
    case 'number': {
      const { value: number } = value
      return scaled ? run => (run.scale === null ? number : number.times(run.scale)) : () => number
    }
    case 'text': {
      if (keywordOf(value))
        throw badTiers(placeOf(rateClass, part), `the keyword ${value.text} stands in a wrong place`)
      const expr = formulaOf(rateClass, part, value.text)
      return compileExpr(contextOf(rateClass, part), expr, { budget: isBudget(part), scaled })
    }
    case 'map': {
      const table = keyTable(value.entries, entry =>
        lazily(() => compileValue(rateClass, part, entry.value, false)),
      )
      const names = value.dependsOn.map(name => slotFor(rateClass, name, part))
      const code: Code = run => lookUp(run, part, names, table, textOf)(run)
      return scaled ? run => (run.scale === null ? code(run) : code(run).times(run.scale)) : code
    }
    case 'list':
      throw refuseList(rateClass, part, value.items.length)
    case 'empty':
      throw badFormula(placeOf(rateClass, part), 'it is empty')
    case 'odd':
      throw badFormula(placeOf(rateClass, part), value.reason)
  }
}

/** A wrong entry of a map hurts only the customers it applies to. */
function lazily(compile: () => Code): Code {
  let code: Code | null = null
  return run => {
    code ??= compile()
    return code(run)
  }
}

function compileList<T>(
  rateClass: RateClass,
  part: string,
  value: Value,
  convert: (items: readonly Value[]) => T,
): (run: Run) => T {
  const listed = value.kind === 'list' && value.items.length === 1 && value.items[0]!.kind === 'map'
  const found = listed ? value.items[0]! : value
  if (found.kind === 'map') {
    const table = keyTable(found.entries, entry => {
      let list: ((run: Run) => T) | null = null
      return (run: Run): T => {
        list ??= compileList(rateClass, part, entry.value, convert)
        return list(run)
      }
    })
    const names = found.dependsOn.map(name => slotFor(rateClass, name, part))
    return run => lookUp(run, part, names, table, textOf)(run)
  }
  if (found.kind === 'odd') throw badTiers(placeOf(rateClass, part), found.reason)
  const list = convert(found.kind === 'list' ? found.items : [found])
  return () => list
}

/**
 * The value of a name for a share of the billing period: what follows real days stays, the rest is cut. A budget
 * `indoor+outdoor` with a fixed indoor allowance and an outdoor part by daily weather is cut only in the first.
 */
function scaledSlot(rateClass: RateClass, slot: Slot, user: string): Code {
  let compiled: Code | null = null
  const compile = (): Code => {
    if (!followsDays(rateClass, slot)) return run => numberOf(run, slot, user).times(run.scale!)
    const value = slot.value && single(slot.value)
    const expr =
      slot.part !== null && value?.kind === 'text' ? formulaOf(rateClass, slot.part, value.text) : null
    // Unless it is a sum, all of it follows the days.
    if (slot.part === null || (expr?.op !== '+' && expr?.op !== '-' && expr?.op !== 'name')) {
      return run => numberOf(run, slot, user)
    }
    const reading = { budget: isBudget(slot.part), scaled: true }
    return compileExpr(contextOf(rateClass, slot.part), expr, reading)
  }
  return run => {
    if (run.scale === null) return numberOf(run, slot, user)
    const known = run.scaled[slot.index]
    if (known) return known
    const own = run.memo[slot.index]
    if (own === busy) throw cycleAt(run, slot)
    compiled ??= compile()
    const replaced = slot.part !== null && followsDays(rateClass, slot) && given(run, slot) !== undefined
    const value = replaced ? numberOf(run, slot, user) : compiled(run)
    if (slot.part !== null) {
      run.scaled[slot.index] = value
      const target = slot.part === slot.name ? slot : slotFor(rateClass, slot.part, slot.part)
      run.scaled[target.index] = value
    }
    return value
  }
}
