/** One record of a layout, read and written: positions, padding, implied decimals. */
import type { FieldPlace, Layout, LayoutField, LayoutRecord } from './layout-kinds.ts'

export type Fields = Readonly<Partial<Record<LayoutField, string>>>
export type Faults = readonly { readonly field: string; readonly message: string }[]

export const recordOf = (layout: Layout, line: string): LayoutRecord | null =>
  layout.records.find(record => record.tag === undefined || line.startsWith(record.tag)) ?? null

export function placeText(line: string, { from, to }: FieldPlace): string {
  return line.slice(from - 1, to)
}

/** Trimmed texts of all fields of a record, and what is wrong with them. Implied decimals are still implied. */
export function readRecord(
  record: LayoutRecord,
  line: string,
): { readonly fields: Fields; readonly faults: Faults } {
  const fields: Partial<Record<LayoutField, string>> = {}
  const faults: { field: string; message: string }[] = []
  for (const [name, place] of Object.entries(record.fields) as [LayoutField, FieldPlace][]) {
    const raw = placeText(line, place)
    const text = raw.trim()
    fields[name] = text
    const width = place.to - place.from + 1
    if (text === '') {
      if (record.required?.includes(name)) faults.push({ field: name, message: `the ${name} is missing` })
    } else if (
      place.fill === '0' &&
      place.pad === 'left' &&
      isCounted(name) &&
      (raw.length < width || !/^\d+$/.test(raw))
    ) {
      faults.push({ field: name, message: `‘${raw}’ is not ${width} digits` })
    }
    if (place.oneOf && !place.oneOf.includes(text) && text !== '') {
      faults.push({ field: name, message: `‘${text}’ is none of ${place.oneOf.filter(Boolean).join(', ')}` })
    }
  }
  return { fields, faults }
}

/** Numbers, in contrast to names that happen to be filled with zeros. */
function isCounted(name: LayoutField): boolean {
  return !['meter', 'meterId', 'radio', 'route', 'sequence', 'account'].includes(name)
}

/** `null`: the value does not fit or does not suit the field; words are cut, numbers and names never. */
export function writeField(value: string, place: FieldPlace, mayCut: boolean): string | null {
  const width = place.to - place.from + 1
  const fits = value.length > width && mayCut ? value.slice(0, width) : value
  if (fits.length > width) return null
  if (fits === '') return ' '.repeat(width)
  return place.pad === 'left' ? fits.padStart(width, place.fill ?? ' ') : fits.padEnd(width, ' ')
}

/** A whole record; positions without a field are blank. Gives the name of the first field that does not fit. */
export function writeRecord(
  layout: Layout,
  record: LayoutRecord,
  fields: Fields,
): { readonly text: string } | { readonly misfit: LayoutField } {
  const places = Object.entries(record.fields) as [LayoutField, FieldPlace][]
  const length = Math.max(layout.length, record.tag?.length ?? 0, ...places.map(([, place]) => place.to))
  const all = Array.from<string>({ length }).fill(' ')
  ;[...(record.tag ?? '')].forEach((letter, at) => {
    all[at] = letter
  })
  for (const [name, place] of places) {
    const written = writeField(fields[name] ?? '', place, words.has(name))
    if (written === null) return { misfit: name }
    for (let at = 0; at < written.length; at++) all[place.from - 1 + at] = written[at]!
  }
  return { text: all.join('') }
}

/** Fields that a person reads; a long address is cut, a long account number is refused. */
const words = new Set<LayoutField>(['address', 'address2', 'name', 'comment', 'companyName'])
