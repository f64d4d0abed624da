/** Who refers to whom inside a class, without calculating: for requirements, kinds of charge and checks. */
import { refuseAt } from './errors.ts'
import { type Expr, namesIn, parseFormula } from './formula.ts'
import { busy, isPart, placeOf, type RateClass, type Run, type Slot, slotFor } from './model.ts'
import { tierNames } from './tiers.ts'
import { keywordOf, type Value } from './value.ts'

/** What follows the real days of a period by itself, because the biller puts it in for that period. */
const dailyNames: ReadonlySet<string> = new Set(['days_in_period', 'et_amount'])
const usageNames: ReadonlySet<string> = new Set(['usage_ccf'])

/** A text that is a formula, or null. */
export function formulaOrNull(text: string): Expr | null {
  try {
    return parseFormula(text)
  } catch {
    return null
  }
}

/** The names a part uses directly: `asNumber` in formulas and tiers, `asKey` in `depends_on`. */
export type References = { readonly asNumber: ReadonlySet<string>; readonly asKey: ReadonlySet<string> }

export function referencesOf(rateClass: RateClass, part: string): References {
  const asNumber = new Set<string>()
  const asKey = new Set<string>()
  const value = rateClass.parts.get(part)
  if (!value) return { asNumber, asKey }
  const keyword = keywordOf(value)
  const names = keyword && tierNames(rateClass, part)
  if (names) {
    asNumber.add('usage_ccf').add(names.starts).add(names.prices)
  } else {
    collect(
      value,
      name => asNumber.add(name),
      name => asKey.add(name),
    )
    if (asNumber.delete('%')) asNumber.add(part.startsWith('sewer_') ? 'sewer_budget' : 'budget')
  }
  return { asNumber, asKey }
}

function collect(value: Value, number: (name: string) => void, key: (name: string) => void): void {
  switch (value.kind) {
    case 'text': {
      if (/^[\d.]+%$/.test(value.text)) number('%')
      else if (/^(indoor|outdoor)$/i.test(value.text)) number(value.text.toLowerCase())
      else if (!keywordOf(value)) {
        const expr = formulaOrNull(value.text)
        if (expr) for (const name of namesIn(expr)) number(name)
      }
      return
    }
    case 'list':
      for (const item of value.items) collect(item, number, key)
      return
    case 'map':
      for (const name of value.dependsOn) key(name)
      for (const entry of value.entries) collect(entry.value, number, key)
      return
    default:
  }
}

/** Every name that `start` (a part) reaches, parts and inputs, itself included; each with the part that first asks. */
export function reachableFrom(rateClass: RateClass, start: string): ReadonlyMap<string, string> {
  const kept = rateClass.kept.get(`reach ${start}`) as ReadonlyMap<string, string> | undefined
  if (kept) return kept
  const found = new Map<string, string>([[start, start]])
  const todo = [start]
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    const slot = isPart(rateClass, name) ? null : slotFor(rateClass, name, found.get(name)!)
    const part = slot ? slot.part : name
    if (part === null) continue
    if (part !== name && !found.has(part)) {
      found.set(part, found.get(name)!)
      todo.push(part)
      continue
    }
    const { asNumber, asKey } = referencesOf(rateClass, part)
    for (const next of [...asNumber, ...asKey]) {
      if (found.has(next)) continue
      found.set(next, part)
      todo.push(next)
    }
  }
  rateClass.kept.set(`reach ${start}`, found)
  return found
}

function reachesAny(rateClass: RateClass, slot: Slot, names: ReadonlySet<string>): boolean {
  if (names.has(slot.name)) return true
  if (slot.part === null) return false
  for (const name of reachableFrom(rateClass, slot.part).keys()) if (names.has(name)) return true
  return false
}

/** Whether a name grows with the days of the period by itself (real days, daily weather). */
export const followsDays = (rateClass: RateClass, slot: Slot): boolean =>
  reachesAny(rateClass, slot, dailyNames)

/** Whether a name depends on what was used; what does not is a fixed charge. */
export const followsUsage = (rateClass: RateClass, slot: Slot): boolean =>
  reachesAny(rateClass, slot, usageNames)

/**
 * The first way from a part back to itself, that part at both ends, or null. Every part is looked at once, and without
 * recursion: a tariff of thousands of chained parts is read as quickly as it is long.
 */
export function findCycle(rateClass: RateClass, starts: Iterable<string>): string[] | null {
  const done = new Set<string>()
  const path: { part: string; left: Iterator<string> }[] = []
  const onPath = new Set<string>()
  const enter = (part: string) => {
    path.push({ part, left: partsUsedBy(rateClass, part) })
    onPath.add(part)
  }
  for (const start of starts) {
    if (!done.has(start)) enter(start)
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const next = here.left.next()
      if (next.done) {
        path.pop()
        onPath.delete(here.part)
        done.add(here.part)
      } else if (onPath.has(next.value)) {
        const parts = path.map(step => step.part)
        return [...parts.slice(parts.indexOf(next.value)), next.value]
      } else if (!done.has(next.value)) enter(next.value)
    }
  }
  return null
}

function* partsUsedBy(rateClass: RateClass, part: string): Generator<string, undefined> {
  const { asNumber, asKey } = referencesOf(rateClass, part)
  for (const name of [...asNumber, ...asKey]) {
    const used = slotFor(rateClass, name, part).part
    if (used !== null) yield used
  }
}

/** The refusal for a part met again while it is being calculated, with the way round. */
export function cycleAt(run: Run, slot: Slot): Error {
  const { rateClass } = run
  const path = [slot.part ?? slot.name]
  const walking = (name: string) => rateClass.slots.some(s => s.part === name && run.memo[s.index] === busy)
  for (let part = path[0]!; path.length <= rateClass.parts.size; ) {
    const { asNumber, asKey } = referencesOf(rateClass, part)
    const next = [...asNumber, ...asKey]
      .map(name => slotFor(rateClass, name, part).part)
      .find(name => name !== null && walking(name) && (name === path[0] || !path.includes(name)))
    if (!next) break
    path.push(next)
    if (next === path[0]) break
    part = next
  }
  const facts = { path: path.join(' → ') }
  return refuseAt('rates.cycle', placeOf(rateClass, slot.part ?? slot.name), facts)
}
