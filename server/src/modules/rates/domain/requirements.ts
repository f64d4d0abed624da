/** What a class wants to know about a customer before it can bill. */

import { oneSpelling } from './maps.ts'
import { isPart, type RateClass, slotFor } from './model.ts'
import { reachableFrom, referencesOf } from './references.ts'

export type RequiredInput = {
  readonly name: string
  /** `number` in a formula, `key` where it chooses from a map (or both: then `key`). */
  readonly use: 'number' | 'key'
  /** The values a map knows, in file order; empty when any number will do or the keys cannot be told apart. */
  readonly options: readonly string[]
  /** A part that asks for it. */
  readonly part: string
}

/** The inputs that `bill` reaches, in the order they are met. Inputs may also replace parts; those are not listed. */
export function requiredInputs(rateClass: RateClass): RequiredInput[] {
  const found: RequiredInput[] = []
  for (const [name, part] of reachableFrom(rateClass, 'bill')) {
    if (isPart(rateClass, name) || slotFor(rateClass, name, part).part !== null) continue
    const options = new Set<string>()
    let use: RequiredInput['use'] = 'number'
    for (const user of reachableFrom(rateClass, 'bill').keys()) {
      if (!referencesOf(rateClass, user).asKey.has(name)) continue
      use = 'key'
      for (const option of optionsOf(rateClass, user, name)) options.add(option)
    }
    found.push({ name, use, options: [...options], part })
  }
  return found
}

function optionsOf(rateClass: RateClass, part: string, name: string): string[] {
  const value = rateClass.parts.get(part)
  if (value?.kind !== 'map') return []
  const at = value.dependsOn.indexOf(name)
  if (at < 0) return []
  const many = value.dependsOn.length > 1
  const pieces = value.entries.map(({ key }) => (many ? oneSpelling(key.text).split('|') : [key.text]))
  return pieces.flatMap(keys => (keys.length === value.dependsOn.length ? [keys[at]!] : []))
}
