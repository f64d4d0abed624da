/**
 * YAML 1.2 to plain data that keeps every scalar as it was written: prices become decimals from their own text and
 * never pass through a double. Anything the YAML reader reports refuses the file; nothing is repaired silently.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
} from 'yaml'
import { D, decimalText } from './decimal.ts'
import { malformed } from './errors.ts'
import type { MapKey, Plain } from './value.ts'

/** Published tariffs hold a few dozen kilobytes; the limits leave room for ten times that and stop an attack early. */
export const maxFileBytes = 500_000
const maxNodes = 100_000
const maxDepth = 40
/** Finding the target of an alias takes a walk through the file. No published tariff has any. */
const maxAliases = 100

type Reading = {
  readonly file: string
  readonly document: Document.Parsed
  readonly counter: LineCounter
  nodes: number
  aliases: number
}

/** Reads one YAML document. Throws `rates.malformed-file` with the line. */
export function readYaml(text: string, file: string): Plain {
  if (text.length > maxFileBytes) throw malformed(file, `it is larger than ${maxFileBytes / 1000} kB`)
  if (/(?:[[{]\s*){50}/.test(text)) throw malformed(file, 'it is nested too deeply')
  const counter = new LineCounter()
  try {
    const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
      version: '1.2',
      // Checked below: the library's own check takes the square of the number of keys.
      uniqueKeys: false,
      lineCounter: counter,
      prettyErrors: true,
      logLevel: 'error',
    })
    if (!Array.isArray(documents) || documents.length === 0) throw malformed(file, 'it is empty')
    if (documents.length > 1) throw malformed(file, 'it holds more than one YAML document')
    const document = documents[0]!
    const error = document.errors[0]
    if (error) throw malformed(file, sentenceOf(error.message), error.linePos?.[0].line)
    return plain({ file, document, counter, nodes: 0, aliases: 0 }, document.contents as Node | null, 0)
  } catch (error) {
    if (error instanceof RangeError) throw malformed(file, 'it is nested too deeply')
    throw error
  }
}

/** The first line of a YAML error, without the picture of the place. */
function sentenceOf(message: string): string {
  return message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')
}

function plain(reading: Reading, node: Node | null, depth: number): Plain {
  reading.nodes += 1
  if (reading.nodes > maxNodes) throw malformed(reading.file, `it holds more than ${maxNodes} entries`)
  if (depth > maxDepth) throw malformed(reading.file, `it is nested more than ${maxDepth} deep`)
  if (node === null) return { kind: 'scalar', type: 'null', text: '' }
  if (isAlias(node)) {
    reading.aliases += 1
    if (reading.aliases > maxAliases)
      throw malformed(reading.file, `it holds more than ${maxAliases} aliases`)
    const target = node.resolve(reading.document)
    if (!target) throw malformed(reading.file, `the alias *${node.source} names nothing`)
    return plain(reading, target, depth + 1)
  }
  if (isScalar(node)) return scalar(node)
  if (isSeq(node)) {
    return { kind: 'list', items: node.items.map(item => plain(reading, item as Node, depth + 1)) }
  }
  if (isMap(node)) {
    refuseTwins(reading, node.items)
    const entries = node.items.map(
      pair =>
        [
          keyOf(reading, pair.key as Node | null),
          plain(reading, pair.value as Node | null, depth + 1),
        ] as const,
    )
    return { kind: 'map', entries }
  }
  throw malformed(reading.file, 'it holds YAML that is neither text, list nor mapping')
}

/** Of two keys of one name a reader would take the last in silence; the author meant something by both. */
function refuseTwins(reading: Reading, pairs: readonly { readonly key: unknown }[]): void {
  const seen = new Set<unknown>()
  for (const { key } of pairs) {
    if (!isScalar(key)) continue
    if (seen.has(key.value)) {
      const line = key.range ? reading.counter.linePos(key.range[0]).line : undefined
      throw malformed(reading.file, `the key "${String(key.value)}" stands twice in one mapping`, line)
    }
    seen.add(key.value)
  }
}

function scalar(node: Scalar): Extract<Plain, { kind: 'scalar' }> {
  const source = node.source ?? String(node.value ?? '')
  const { value } = node
  if (value === null || value === undefined) return { kind: 'scalar', type: 'null', text: '' }
  if (typeof value === 'boolean') return { kind: 'scalar', type: 'boolean', text: source }
  if (typeof value === 'number' || typeof value === 'bigint') {
    // Hexadecimal and octal numbers are read by the YAML library; what is infinite stays text and fails as a formula.
    if (decimalText.test(source)) return { kind: 'scalar', type: 'number', text: source }
    const finite = Number.isFinite(Number(value))
    return { kind: 'scalar', type: finite ? 'number' : 'text', text: finite ? String(value) : source }
  }
  return { kind: 'scalar', type: 'text', text: String(value) }
}

function keyOf(reading: Reading, node: Node | null): MapKey {
  const read = plain(reading, node, 0)
  if (read.kind !== 'scalar') throw malformed(reading.file, 'a mapping key is a list or a mapping')
  if (read.type === 'number') {
    return { kind: 'number', text: new D(read.text).toString(), source: read.text }
  }
  return { kind: read.type === 'boolean' ? 'boolean' : 'text', text: read.text, source: read.text }
}
