/**
 * A tariff as a file of the Open Water Rate Specification (OWRS) gives it: who, from when, in which unit, and for
 * each customer class its named parts. Reading checks only what makes the file readable; `validateTariff` says what
 * is doubtful, and evaluation refuses what a bill would need and cannot have.
 */
import { isLocalDate, type LocalDate } from '@curbstop/kernel/dates'
import type { BillUnit } from '@curbstop/kernel/quantity'
import { D } from './decimal.ts'
import { malformed } from './errors.ts'
import type { MapEntry, Plain, Value } from './value.ts'
import { readYaml } from './yaml.ts'

export type BillFrequency = 'monthly' | 'bimonthly' | 'quarterly' | 'annually'

export type TariffClass = {
  readonly name: string
  readonly parts: ReadonlyMap<string, Value>
}

export type Tariff = {
  /** What messages call it: a path or the name it was uploaded under. */
  readonly file: string
  readonly utility: string | null
  /** Null when `effective_date` is absent or unreadable; the validator says so. */
  readonly effectiveOn: LocalDate | null
  /** `usage_ccf` is the use in this unit, whatever its name says. */
  readonly billUnit: BillUnit
  /** "Bi-monthly" is every two months. */
  readonly billFrequency: BillFrequency | null
  readonly classes: ReadonlyMap<string, TariffClass>
  /** Everything else at the top level and the metadata as written, for the validator and the writer. */
  readonly metadata: ReadonlyMap<string, string>
  readonly others: ReadonlyMap<string, Plain>
}

/** Reads a tariff. Throws `rates.malformed-file`. */
export function parseTariff(text: string, file: string): Tariff {
  const top = readYaml(text, file)
  if (top.kind !== 'map') throw malformed(file, 'it holds no mapping with rate_structure')
  const sections = new Map(top.entries.map(([key, value]) => [key.text, value]))
  const structure = sections.get('rate_structure')
  if (!structure) throw malformed(file, 'rate_structure is missing')
  if (structure.kind !== 'map') throw malformed(file, 'rate_structure is not a mapping of customer classes')
  const metadata = readMetadata(sections.get('metadata'))
  sections.delete('rate_structure')
  sections.delete('metadata')
  return {
    file,
    utility: metadata.get('utility_name') || null,
    effectiveOn: readDate(metadata.get('effective_date') ?? ''),
    billUnit: readUnit(metadata.get('bill_unit') ?? '') ?? 'ccf',
    billFrequency: readFrequency(metadata.get('bill_frequency') ?? ''),
    classes: new Map(structure.entries.map(([key, value]) => [key.text, readClass(file, key.text, value)])),
    metadata,
    others: sections,
  }
}

function readMetadata(section: Plain | undefined): Map<string, string> {
  const found = new Map<string, string>()
  if (section?.kind !== 'map') return found
  for (const [key, value] of section.entries) if (value.kind === 'scalar') found.set(key.text, value.text)
  return found
}

function readClass(file: string, name: string, section: Plain): TariffClass {
  if (section.kind === 'scalar' && section.type === 'null') return { name, parts: new Map() }
  if (section.kind !== 'map') throw malformed(file, `the class ${name} is not a mapping of parts`)
  return { name, parts: new Map(section.entries.map(([key, value]) => [key.text, readValue(value)])) }
}

function readValue(source: Plain): Value {
  if (source.kind === 'scalar') {
    if (source.type === 'null') return { kind: 'empty' }
    if (source.type === 'number') return { kind: 'number', value: new D(source.text), text: source.text }
    if (source.type === 'text') return { kind: 'text', text: source.text.trim() }
    return { kind: 'odd', reason: `"${source.text}" is neither a number nor a formula`, source }
  }
  if (source.kind === 'list') return { kind: 'list', items: source.items.map(readValue) }
  return readMap(source)
}

function readMap(source: Extract<Plain, { kind: 'map' }>): Value {
  const field = (name: string) => source.entries.find(([key]) => key.text === name)?.[1]
  const names = field('depends_on')
  const values = field('values')
  if (!names || !values) {
    return { kind: 'odd', reason: 'a mapping needs both depends_on and values', source }
  }
  const dependsOn = namesOf(names)
  if (dependsOn === null)
    return { kind: 'odd', reason: 'depends_on must be a name or a list of names', source }
  // Two districts write `area_starts` with a list of values: their own invention, which no evaluator knows. It
  // stays a map without keys, so that a bill needing it is refused; an input may still take its place.
  if (values.kind !== 'map') return { kind: 'map', dependsOn, entries: [], source }
  const entries: MapEntry[] = values.entries.map(([key, value]) => ({ key, value: readValue(value) }))
  return source.entries.length > 2
    ? { kind: 'map', dependsOn, entries, source }
    : { kind: 'map', dependsOn, entries }
}

function namesOf(source: Plain): string[] | null {
  const items = source.kind === 'list' ? source.items : [source]
  const names = items.map(item => (item.kind === 'scalar' && item.type === 'text' ? item.text.trim() : ''))
  return names.length > 0 && names.every(name => name !== '') ? names : null
}

/** `07/01/2017`, `7/1/2017`, `07-01-2017`, `2017-07-01` and `2016-07-1` are all found in real files. */
export function readDate(text: string): LocalDate | null {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(text.trim())
  const american = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(text.trim())
  const [year, month, day] = iso ? iso.slice(1) : american ? [american[3], american[1], american[2]] : []
  if (!year) return null
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  return isLocalDate(date) ? date : null
}

export function readUnit(text: string): BillUnit | null {
  const units: Readonly<Record<string, BillUnit>> = {
    '': 'ccf',
    ccf: 'ccf',
    hcf: 'ccf',
    kgal: 'kgal',
    kl: 'kl',
    kilolitre: 'kl',
    kiloliter: 'kl',
  }
  const name = text.trim().toLowerCase()
  return Object.hasOwn(units, name) ? units[name]! : null
}

export function readFrequency(text: string): BillFrequency | null {
  const name = text.toLowerCase().replace(/[^a-z]/g, '')
  if (name === 'monthly' || name === 'bimonthly' || name === 'quarterly') return name
  return name === 'annually' || name === 'annual' || name === 'yearly' ? 'annually' : null
}
