/**
 * Green Button (NAESB ESPI): an Atom feed of entries, or bare ESPI elements. Names count without their prefixes,
 * content may be nested, and a block is read as soon as its reading type is known.
 */
import { damage, quoted, rowError } from './damage.ts'
import { type Directory, directory, type Links, plainHref, type ReadingType } from './green-button-links.ts'
import { type Block, type RawReading, readingOf } from './green-button-reading.ts'
import { channelOf, dstRuleOf, qualityOf, unitsOfMeasure } from './green-button-types.ts'
import type { Bytes, FileRecord, ReadFileOptions } from './kinds.ts'
import type { Tally } from './tally.ts'
import { readXml, type XmlHandler } from './xml.ts'

type State = {
  readonly directory: Directory
  readonly tally: Tally
  out: FileRecord[]
  /** Blocks whose reading type has not come yet. */
  waiting: Block[]
  waitingReadings: number
  path: string[]
  entry: Links
  /** Elements of the resource in hand: name → text. */
  fields: Record<string, string>
  nestedType: ReadingType | null
  block: Block | null
  reading: RawReading | null
  place: string | null
}

const mostWaiting = 200_000

export async function* readGreenButton(
  bytes: Bytes,
  _: ReadFileOptions,
  tally: Tally,
): AsyncGenerator<FileRecord[]> {
  const state: State = {
    directory: directory(() => damage(0, 'link', 'The feed names too many meters for one file; split it.')),
    tally,
    out: [],
    waiting: [],
    waitingReadings: 0,
    path: [],
    entry: noLinks(),
    fields: {},
    nestedType: null,
    block: null,
    reading: null,
    place: null,
  }
  for await (const _piece of readXml(bytes, handlerOf(state))) {
    if (state.out.length > 0) yield state.out.splice(0)
  }
  for (const block of state.waiting) {
    give(state, block, true)
    yield state.out.splice(0)
  }
}

const noLinks = (): Links => ({ self: '', up: '', related: [] })

function handlerOf(state: State): XmlHandler {
  return {
    open(name, attributes, line) {
      state.path.push(name)
      if (name === 'entry') {
        state.entry = noLinks()
        state.place = null
      } else if (name === 'link') addLink(state.entry, attributes)
      else if (name === 'IntervalBlock') openBlock(state)
      else if (name === 'IntervalReading') {
        state.reading = { line, start: '', duration: '', value: '', quality: '', cost: '', follows: null }
      } else if (name === 'ReadingType' || name === 'LocalTimeParameters') state.fields = {}
    },
    close(name, text, line) {
      state.path.pop()
      closeElement(state, name, text, line)
    },
  }
}

function addLink(links: Links, attributes: Readonly<Record<string, string>>): void {
  const href = plainHref(attributes.href ?? '')
  if (href === '') return
  if (attributes.rel === 'self') links.self = href
  else if (attributes.rel === 'up') links.up = href
  else links.related.push(href)
}

function closeElement(state: State, name: string, text: string, line: number): void {
  const { path } = state
  const parent = path.at(-1)
  if (state.reading) closeInReading(state, state.reading, name, text)
  else if (state.block && name === 'start' && parent === 'interval') state.block.start = text
  else if (parent === 'ReadingType' || parent === 'LocalTimeParameters') state.fields[name] = text
  else if (name === 'ReadingType') closeType(state, line)
  else if (name === 'LocalTimeParameters') checkLocalTime(state, line)
  else if (name === 'IntervalBlock') closeBlock(state)
  else if (name === 'MeterReading') {
    if (!path.includes('UsagePoint')) state.directory.addMeterReading({ ...state.entry })
    state.nestedType = null
  } else if (name === 'UsagePoint') state.directory.addUsagePoint(state.entry.self)
  else if (name === 'entry') state.entry = noLinks()
}

function closeInReading(state: State, reading: RawReading, name: string, text: string): void {
  const parent = state.path.at(-1)
  if (parent === 'timePeriod' && (name === 'start' || name === 'duration')) reading[name] = text
  else if (parent === 'IntervalReading' && (name === 'value' || name === 'cost')) reading[name] = text
  else if (parent === 'ReadingQuality' && name === 'quality') reading.quality = worse(reading.quality, text)
  else if (name === 'IntervalReading') {
    state.reading = null
    state.tally.rows += 1
    if (state.block) addReading(state, state.block, reading)
    else
      state.out.push(
        rowError(reading.line, 'IntervalReading', `Line ${reading.line}: a reading outside a block.`),
      )
  }
}

/** A reading may have several qualities; the one that says less for it counts. */
function worse(one: string, other: string): string {
  return qualityOf(other) === 'measured' && one !== '' ? one : other
}

function openBlock(state: State): void {
  state.block = {
    // The links of an entry may still come behind its content: the object is shared until the entry ends.
    links: state.entry,
    nested: state.nestedType,
    place: state.place,
    start: '',
    readings: [],
    lastEnd: null,
  }
}

/** Blocks whose links and type are known are given out as they come; the others wait for the end of their entry. */
function addReading(state: State, block: Block, reading: RawReading): void {
  block.readings.push(reading)
  if (block.readings.length < 2000) return
  if (state.directory.typeOf(block.links, block.nested, false) !== 'later') give(state, block, false)
  else if (state.waitingReadings + block.readings.length > mostWaiting) {
    throw damage(
      reading.line,
      'ReadingType',
      `More than ${mostWaiting} readings come before the type that says what they are.`,
    )
  }
}

function closeBlock(state: State): void {
  const { block } = state
  state.block = null
  if (!block) return
  state.waiting.push(block)
  state.waitingReadings += block.readings.length
  settle(state)
}

/** Gives out what waits, as far as its type has come. */
function settle(state: State): void {
  const still: Block[] = []
  for (const block of state.waiting) {
    if (block.links.self === '' && block.links.up === '' && !block.nested) still.push(block)
    else if (state.directory.typeOf(block.links, block.nested, false) === 'later') still.push(block)
    else give(state, block, false)
  }
  state.waiting = still
  state.waitingReadings = still.reduce((sum, block) => sum + block.readings.length, 0)
  if (state.waitingReadings > mostWaiting) {
    throw damage(
      0,
      'ReadingType',
      `More than ${mostWaiting} readings come before the type that says what they are.`,
    )
  }
}

function closeType(state: State, line: number): void {
  const type = typeOf(state.fields, line)
  if (type.fault) state.out.push(rowError(line, type.fault.field, type.fault.message))
  const isNested = state.path.includes('MeterReading')
  if (isNested) state.nestedType = type
  state.directory.addReadingType(state.entry.self, type)
  settle(state)
}

function typeOf(fields: Readonly<Record<string, string>>, line: number): ReadingType {
  const of = (name: string) => fields[name] ?? ''
  const power = of('powerOfTenMultiplier')
  const length = of('intervalLength')
  const uom = of('uom')
  const fault = (field: string, message: string) => ({ field, message: `Line ${line}: ${message}` })
  const powerFault = /^-?\d{1,2}$|^$/.test(power)
    ? null
    : fault('powerOfTenMultiplier', `${quoted(power)} is no power of ten.`)
  const uomFault = unitsOfMeasure[uom]
    ? null
    : fault('uom', `the unit of measure ${quoted(uom)} is not known.`)
  return {
    line,
    unit: unitsOfMeasure[uom] ?? `uom ${uom}`,
    power: powerFault ? Number.NaN : Number(power || 0),
    channel: channelOf(of('accumulationBehaviour')),
    seconds: /^\d{1,8}$/.test(length) && Number(length) > 0 ? Number(length) : null,
    flow: of('flowDirection') === '19' ? 'reverse' : 'forward',
    quality: of('defaultQuality'),
    fault: powerFault ?? uomFault,
  }
}

function checkLocalTime(state: State, line: number): void {
  const { fields } = state
  const wrong = (field: string) =>
    state.out.push(
      rowError(line, field, `Line ${line}: ${quoted(fields[field] ?? '')} cannot be a ${field}.`),
    )
  for (const rule of ['dstStartRule', 'dstEndRule']) if (fields[rule] && !dstRuleOf(fields[rule])) wrong(rule)
  for (const offset of ['tzOffset', 'dstOffset']) {
    if (fields[offset] && !(/^-?\d{1,5}$/.test(fields[offset]) && Math.abs(Number(fields[offset])) <= 50_400))
      wrong(offset)
  }
}

function give(state: State, block: Block, isEnd: boolean): void {
  const { directory, out } = state
  const readings = block.readings
  block.readings = []
  const type = directory.typeOf(block.links, block.nested, isEnd)
  const line = readings[0]?.line ?? 0
  if (typeof type === 'string') {
    const message = `Line ${line}: nothing tells which reading type these ${readings.length} readings have.`
    if (readings.length > 0) out.push(rowError(line, 'ReadingType', message))
    return
  }
  const endpoint = directory.usagePointOf(block.links)
  if (endpoint === null && readings.length > 0) {
    out.push(
      rowError(line, 'UsagePoint', `Line ${line}: nothing tells which usage point these readings are of.`),
    )
  }
  for (const reading of readings) out.push(readingOf(block, type, reading, endpoint))
}
