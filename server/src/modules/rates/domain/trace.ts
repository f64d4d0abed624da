/** How each part of a calculation came about, read from the memo after the fact: asking for it costs nothing before. */

import { textOf } from './compile.ts'
import type { Decimal } from './decimal.ts'
import { namesIn } from './formula.ts'
import { busy, given, type Run, type Slot, slotFor, type TierLine } from './model.ts'
import { formulaOrNull, referencesOf } from './references.ts'
import { tierNames } from './tiers.ts'
import { keywordOf, single, type Value } from './value.ts'

export type Figure = {
  readonly name: string
  readonly value: Decimal | string
  readonly source: 'input' | 'tariff'
}

export type TraceStep = {
  readonly part: string
  readonly how: 'number' | 'formula' | 'map' | 'Tiered' | 'Budget'
  /** The formula as written in the tariff, or the keyword. */
  readonly formula: string | null
  /** The figures put into it, in order of appearance. */
  readonly figures: readonly Figure[]
  /**
   * The key a map was asked for (`3/4"|inside_city`), with the names it is made of; on a tiered charge the key that
   * chose its prices.
   */
  readonly key: string | null
  readonly keyNames: readonly string[]
  readonly value: Decimal
  /** Set when the value was cut to this share of a full billing period. */
  readonly share: Decimal | null
  readonly tiers: readonly TierLine[] | null
}

/** The steps below `part`, each after what it rests on; parts in `seen` are told already, and new ones added. */
export function traceOf(run: Run, part: string, seen: Set<string> = new Set()): TraceStep[] {
  const steps: TraceStep[] = []

  function visit(slot: Slot): void {
    const name = slot.part ?? slot.name
    if (seen.has(name)) return
    seen.add(name)
    const own = ownSlot(run, slot)
    if (slot.part === null || given(run, slot) !== undefined || given(run, own) !== undefined) return
    const { asNumber, asKey } = referencesOf(run.rateClass, slot.part)
    for (const next of [...asKey, ...asNumber]) {
      const below = slotFor(run.rateClass, next, slot.part)
      if (told(run, below) !== undefined || isList(below)) visit(below)
    }
    const value = told(run, own)
    if (value !== undefined) steps.push(stepOf(run, own, value))
  }

  visit(slotFor(run.rateClass, part, part))
  return steps
}

const isList = (slot: Slot): boolean =>
  slot.value !== null && /^(?:sewer_)?tier_(?:starts|prices)/.test(slot.name)

/** What was calculated for a name in this run: for the share of the period, where it was cut. */
function told(run: Run, slot: Slot): Decimal | undefined {
  const value = run.scaled[slot.index] ?? run.memo[slot.index]
  if (value !== undefined) return value === busy ? undefined : value
  return slot.part === null || slot.part === slot.name ? undefined : told(run, ownSlot(run, slot))
}

/** `gpcd` may stand for `gpcd_commodity`. */
const ownSlot = (run: Run, slot: Slot): Slot =>
  slot.part === null ? slot : slotFor(run.rateClass, slot.part, slot.part)

function stepOf(run: Run, slot: Slot, value: Decimal): TraceStep {
  const source = slot.value!
  const tiers = run.tiers[slot.index] ?? null
  const share = run.scaled[slot.index] ? run.scale : null
  const step = { part: slot.name, value, share, tiers, key: null, keyNames: [], formula: null, figures: [] }
  const keyword = keywordOf(source)
  if (keyword) {
    const prices = run.rateClass.parts.get(tierNames(run.rateClass, slot.name)!.prices)!
    const figures = tierFigures(run, slot)
    return { ...step, how: keyword, formula: keyword, figures, ...keyOf(run, slot, prices) }
  }
  const found = single(source)
  if (found.kind === 'number') return { ...step, how: 'number', formula: found.text }
  if (found.kind === 'text') {
    return { ...step, how: 'formula', formula: found.text, figures: figuresOf(run, slot.name, found.text) }
  }
  if (found.kind !== 'map') return { ...step, how: 'number' }
  const { key, keyNames } = keyOf(run, slot, found)
  const chosen = chosenText(found, key!)
  const names = found.dependsOn.map(name => slotFor(run.rateClass, name, slot.name))
  const figures = names.map(name => figure(run, name, textOf(run, name, slot.name)))
  const inner = chosen === null ? [] : figuresOf(run, slot.name, chosen)
  return { ...step, how: 'map', formula: chosen, figures: [...figures, ...inner], key, keyNames }
}

function keyOf(run: Run, slot: Slot, value: Value): { key: string | null; keyNames: readonly string[] } {
  if (value.kind !== 'map') return { key: null, keyNames: [] }
  const names = value.dependsOn.map(name => slotFor(run.rateClass, name, slot.name))
  return { key: names.map(name => textOf(run, name, slot.name)).join('|'), keyNames: value.dependsOn }
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
    const value = told(run, slot)
    return value === undefined ? [] : [figure(run, slot, value)]
  })
}

/** Use, budget and allocations that set the tiers. */
function tierFigures(run: Run, slot: Slot): Figure[] {
  const budget = slot.name === 'sewer_charge' ? 'sewer_budget' : 'budget'
  return ['usage_ccf', 'indoor', 'outdoor', budget].flatMap(name => {
    const named = slotFor(run.rateClass, name, slot.name)
    const value = told(run, named)
    return value === undefined ? [] : [figure(run, named, value)]
  })
}

function figure(run: Run, slot: Slot, value: Decimal | string): Figure {
  return { name: slot.name, value, source: given(run, slot) === undefined ? 'tariff' : 'input' }
}
