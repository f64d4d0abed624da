/**
 * Maps: `depends_on` names whose values, as text joined by `|`, are looked up among the keys of `values`. Match is
 * exact and case-sensitive. Three spellings of the 1½-inch meter (`1|1/2"`, `1 1/2"`, `1_1/2"`) occur in real files,
 * even side by side, and the first holds the separator; so keys are also compared with the fraction written one way.
 */
import { D, decimalText } from './decimal.ts'
import { refuseAt } from './errors.ts'
import { given, type Input, missing, placeOf, type Run, type Slot } from './model.ts'
import type { MapEntry, MapKey } from './value.ts'

/** `1|1/2"`, `1_1/2"` → `1 1/2"`. */
export function oneSpelling(text: string): string {
  return text.replace(/(\d)[ _|]+(\d+\/\d+)/g, '$1 $2')
}

export type KeyTable<T> = {
  readonly exact: ReadonlyMap<string, T>
  readonly loose: ReadonlyMap<string, T>
}

/** Case-sensitive text on one side; on the other what YAML 1.1 calls a boolean. */
const truths: Readonly<Record<string, string>> = {
  true: 'true', True: 'true', TRUE: 'true', Yes: 'true', yes: 'true', YES: 'true',
  false: 'false', False: 'false', FALSE: 'false', No: 'false', no: 'false', NO: 'false',
} // biome-ignore format: one line a side

const looseKey = (text: string): string => {
  const spelled = oneSpelling(text)
  if (decimalText.test(spelled)) return new D(spelled).toString()
  return Object.hasOwn(truths, spelled) && /^true$|^false$/i.test(spelled) ? `is ${truths[spelled]}` : spelled
}

function looseKeys(key: MapKey): string[] {
  const keys = [looseKey(key.text), looseKey(key.source)]
  if (Object.hasOwn(truths, key.text)) keys.push(`is ${truths[key.text]}`)
  return keys
}

export function keyTable<T>(entries: readonly MapEntry[], convert: (entry: MapEntry) => T): KeyTable<T> {
  const exact = new Map<string, T>()
  const loose = new Map<string, T>()
  for (const entry of entries) {
    const value = convert(entry)
    exact.set(entry.key.text, value)
    for (const key of looseKeys(entry.key)) if (!loose.has(key)) loose.set(key, value)
  }
  return { exact, loose }
}

/** What an input or a part reads as in a key. */
export function keyText(input: Exclude<Input, null | undefined>): string {
  if (typeof input === 'string') return input.trim()
  return String(input)
}

/** Finds the value for the names' present values, or refuses naming what was asked and what is known. */
export function lookUp<T>(
  run: Run,
  part: string,
  names: readonly Slot[],
  table: KeyTable<T>,
  textOf: TextOf,
): T {
  const key =
    names.length === 1 ? textOf(run, names[0]!, part) : names.map(name => textOf(run, name, part)).join('|')
  const found = table.exact.get(key)
  if (found !== undefined) return found
  const similar = table.loose.get(looseKey(key)) ?? table.loose.get(oneSpelling(key))
  if (similar !== undefined) return similar
  throw unknownKey(run, part, names, key, [...table.exact.keys()])
}

type TextOf = (run: Run, slot: Slot, part: string) => string

function unknownKey(run: Run, part: string, names: readonly Slot[], key: string, known: readonly string[]) {
  const shown =
    known.length === 0 ? 'nothing' : known.slice(0, 12).join(', ') + (known.length > 12 ? ', …' : '')
  const facts = { key, names: names.map(name => name.name).join(' and '), known: shown }
  return refuseAt('rates.unknown-map-key', placeOf(run.rateClass, part), facts, blamed(names, key, known))
}

/** The first name whose value appears in no key at its place; all of them when only the combination is unknown. */
function blamed(names: readonly Slot[], key: string, known: readonly string[]): string {
  const asked = oneSpelling(key).split('|')
  const keys = known.map(text => oneSpelling(text).split('|'))
  const stranger = names.find((_, i) => !keys.some(pieces => pieces[i] === asked[i]))
  return stranger && asked.length === names.length ? stranger.name : names.map(name => name.name).join('|')
}

/** The text of an input, or undefined when it is not given. Objects and lists are refused as not given. */
export function inputText(run: Run, slot: Slot, part: string): string | undefined {
  const input = given(run, slot)
  if (input === undefined) return undefined
  if (typeof input === 'object' && !(input instanceof D)) {
    throw missing(run, slot, part, ' (what was given is neither a number nor text)')
  }
  return keyText(input)
}
