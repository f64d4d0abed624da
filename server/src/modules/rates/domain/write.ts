/**
 * Prints a tariff as an OWRS file. What is read back evaluates identically: numbers keep their text, map keys keep
 * their kind (`1.50` the number, `"1.50"` the text), order is kept.
 */
import type { Tariff } from './tariff.ts'
import type { MapKey, Plain, Value } from './value.ts'

/** Text that every YAML version reads as the same text without quotes. */
const plainText = /^[A-Za-z_][A-Za-z0-9_ .*/+()-]*$/
const notText = /^(?:y|n|yes|no|true|false|on|off|null|~)$/i

function text(value: string): string {
  const bare = plainText.test(value) && !notText.test(value) && value === value.trim()
  return bare ? value : JSON.stringify(value)
}

function key(of: MapKey): string {
  return of.kind === 'text' ? text(of.text) : of.source
}

function plainOf(value: Value): Plain {
  switch (value.kind) {
    case 'number':
      return { kind: 'scalar', type: 'number', text: value.text }
    case 'text':
      return { kind: 'scalar', type: 'text', text: value.text }
    case 'empty':
      return { kind: 'scalar', type: 'null', text: '' }
    case 'list':
      return { kind: 'list', items: value.items.map(plainOf) }
    case 'odd':
      return value.source
    case 'map':
      if (value.source) return value.source
      return {
        kind: 'map',
        entries: [
          [named('depends_on'), { kind: 'list', items: value.dependsOn.map(textOf) }],
          [named('values'), { kind: 'map', entries: value.entries.map(e => [e.key, plainOf(e.value)]) }],
        ],
      }
  }
}

const named = (name: string): MapKey => ({ kind: 'text', text: name, source: name })
const textOf = (value: string): Plain => ({ kind: 'scalar', type: 'text', text: value })

/** Lines of a node that stands behind `lead` (a key with its colon, or a dash). */
function lines(lead: string, node: Plain, indent: string): string[] {
  if (node.kind === 'scalar') {
    const shown = node.type === 'text' ? text(node.text) : node.text
    return [`${indent}${lead} ${shown}`.trimEnd()]
  }
  const inner = `${indent}  `
  if (node.kind === 'list') {
    if (node.items.length === 0) return [`${indent}${lead} []`]
    return [`${indent}${lead}`, ...node.items.flatMap(item => lines('-', item, inner))]
  }
  if (node.entries.length === 0) return [`${indent}${lead} {}`]
  return [`${indent}${lead}`, ...node.entries.flatMap(([k, v]) => lines(`${key(k)}:`, v, inner))]
}

/** The tariff as OWRS text. */
export function writeTariff(tariff: Tariff): string {
  const metadata = [...tariff.metadata].map(([name, value]) => [named(name), textOf(value)] as const)
  const classes = [...tariff.classes.values()].map(
    ({ name, parts }) =>
      [
        named(name),
        { kind: 'map', entries: [...parts].map(([part, value]) => [named(part), plainOf(value)]) },
      ] as const satisfies readonly [MapKey, Plain],
  )
  const others = [...tariff.others].flatMap(([name, value]) => lines(`${text(name)}:`, value, ''))
  return `${[
    ...lines('metadata:', { kind: 'map', entries: metadata }, ''),
    ...others,
    ...lines('rate_structure:', { kind: 'map', entries: classes }, ''),
  ].join('\n')}\n`
}
