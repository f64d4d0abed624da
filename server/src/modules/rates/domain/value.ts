/** What a part of a tariff can be, as read from the file and before anybody calculates with it. */
import type { Decimal } from './decimal.ts'

/** A key of a map: matched by `text`; `1.50` written without quotes is the number 1.5. */
export type MapKey = {
  readonly text: string
  readonly source: string
  readonly kind: 'text' | 'number' | 'boolean'
}

export type MapEntry = { readonly key: MapKey; readonly value: Value }

export type Value =
  | { readonly kind: 'number'; readonly value: Decimal; readonly text: string }
  /** A formula, a keyword or a tier start (`indoor`, `133%`). */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | {
      readonly kind: 'map'
      readonly dependsOn: readonly string[]
      readonly entries: readonly MapEntry[]
      /** As written, when it holds more than the format knows. */
      readonly source?: Plain
    }
  /** Readable YAML that the format gives no meaning to; refused when a bill needs it. */
  | { readonly kind: 'odd'; readonly reason: string; readonly source: Plain }

/** YAML as plain data: scalars keep their text, so that numbers lose no digit and odd corners can be written again. */
export type Plain =
  | { readonly kind: 'scalar'; readonly type: 'text' | 'number' | 'boolean' | 'null'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Plain[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [key: MapKey, value: Plain])[] }

/** A list with one element counts as that element. */
export function single(value: Value): Value {
  let found = value
  while (found.kind === 'list' && found.items.length === 1) found = found.items[0]!
  return found
}

export type Keyword = 'Tiered' | 'Budget'

export function keywordOf(value: Value): Keyword | null {
  const found = single(value)
  return found.kind === 'text' && (found.text === 'Tiered' || found.text === 'Budget') ? found.text : null
}
