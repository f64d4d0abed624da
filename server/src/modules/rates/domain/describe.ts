/** A class's parts as text, for people who compare a published version with the paper it came from. */
import type { RateClass } from './model.ts'
import { single, type Value } from './value.ts'

export function describeParts(rateClass: RateClass): { name: string; source: string }[] {
  return [...rateClass.parts].map(([name, value]) => ({ name, source: describeValue(value) }))
}

function describeValue(source: Value): string {
  const value = single(source)
  switch (value.kind) {
    case 'number':
    case 'text':
      return value.text
    case 'empty':
      return ''
    case 'odd':
      return value.reason
    case 'list':
      return value.items.map(describeValue).join(', ')
    case 'map': {
      const entries = value.entries.map(({ key, value: entry }) => `${key.text}: ${describeValue(entry)}`)
      return `by ${value.dependsOn.join(', ')} { ${entries.join('; ')} }`
    }
  }
}
