/** How each part of a calculation came about, read from the memo after the fact: asking for it costs nothing before. */

import { textOf } from './compile.ts'
import type { Decimal } from './decimal.ts'
import { namesIn } from './formula.ts'
import { busy, given, type Run, type Slot, slotFor, type TierLine } from './model.ts'
import { formulaOrNull, referencesOf } from './references.ts'
import { keywordOf, single, type Value } from './value.ts'

export type Figure = {
  readonly name: string
  readonly value: Decimal | string
  readonly source: 'input' | 'tariff'
}

export type TraceStep = {
  readonly part: string
  readonly how: 'number' | 'formula' | 'map' | 'Tiered' | 'Budget' | 'input'
  /** The formula as written in the tariff, or the keyword. */
  readonly formula: string | null
  /** The figures put into it, in order of appearance. */
  readonly figures: readonly Figure[]
  /** The key a map was asked for (`3/4"|inside_city`), with the names it is made of. */
  readonly key: string | null
  readonly keyNames: readonly string[]
  readonly value: Decimal
  readonly tiers: readonly TierLine[] | null
}

/** The steps below `part`, each after what it rests on. */
export function traceOf(run: Run, part: string): TraceStep[] {
  const steps: TraceStep[] = []
  const seen = new Set<string>()

  function visit(slot: Slot): void {
    const name = slot.part ?? slot.name
    if (seen.has(name)) return
    seen.add(name)
    const own = slot.part === null ? slot : slotFor(run.rateClass, slot.part, slot.part)
    if (slot.part === null || given(run, slot) !== undefined || given(run, own) !== undefined) return
    const { asNumber, asKey } = referencesOf(run.rateClass, slot.part)
    for (const next of [...asKey, ...asNumber]) {
      const below = slotFor(run.rateClass, next, slot.part)
      if (run.memo[below.index] !== undefined || isList(below)) visit(below)
    }
    const value = run.memo[own.index]
    if (value === undefined || value === busy) return
    steps.push(stepOf(run, own, value))
  }

  visit(slotFor(run.rateClass, part, part))
  return steps
}

const isList = (slot: Slot): boolean =>
  slot.value !== null && /^(?:sewer_)?tier_(?:starts|prices)/.test(slot.name)

function stepOf(run: Run, slot: Slot, value: Decimal): TraceStep {
  const source = slot.value!
  const tiers = run.tiers[slot.index] ?? null
  const step = { part: slot.name, value, tiers, key: null, keyNames: [], formula: null, figures: [] }
  const keyword = keywordOf(source)
  if (keyword) return { ...step, how: keyword, formula: keyword, figures: tierFigures(run, slot) }
  const found = single(source)
  if (found.kind === 'number') return { ...step, how: 'number', formula: found.text }
  if (found.kind === 'text') {
    return { ...step, how: 'formula', formula: found.text, figures: figuresOf(run, slot.name, found.text) }
  }
  if (found.kind !== 'map') return { ...step, how: 'number' }
  const names = found.dependsOn.map(name => slotFor(run.rateClass, name, slot.name))
  const key = names.map(name => textOf(run, name, slot.name)).join('|')
  const chosen = chosenText(found, key)
  const figures = names.map(name => figure(run, name, textOf(run, name, slot.name)))
  const inner = chosen === null ? [] : figuresOf(run, slot.name, chosen)
  return {
    ...step,
    how: 'map',
    formula: chosen,
    figures: [...figures, ...inner],
    key,
    keyNames: found.dependsOn,
  }
}

function chosenText(map: Extract<Value, { kind: 'map' }>, key: string): string | null {
  const entry = map.entries.find(e => e.key.text === key)
  const value = entry && single(entry.value)
  return value?.kind === 'text' ? value.text : null
}

function figuresOf(run: Run, part: string, text: string): Figure[] {
  const expr = formulaOrNull(text)
  if (!expr) return []
  const slots = [...namesIn(expr)].map(name => slotFor(run.rateClass, name, part))
  return slots.flatMap(slot => {
    const value = run.memo[slot.index]
    return value === undefined || value === busy ? [] : [figure(run, slot, value)]
  })
}

/** Use, budget and allocations that set the tiers. */
function tierFigures(run: Run, slot: Slot): Figure[] {
  const { slots } = run.rateClass
  const names = new Set([
    'usage_ccf',
    'indoor',
    'outdoor',
    slot.name === 'sewer_charge' ? 'sewer_budget' : 'budget',
  ])
  return slots.flatMap(found => {
    const value = run.memo[found.index]
    const wanted =
      names.has(found.name) || (found.part === found.name && names.has(found.name.replace(/_commodity$/, '')))
    return wanted && value !== undefined && value !== busy ? [figure(run, found, value)] : []
  })
}

function figure(run: Run, slot: Slot, value: Decimal | string): Figure {
  return { name: slot.name, value, source: given(run, slot) === undefined ? 'tariff' : 'input' }
}
