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
  /** What the entry in hand holds, to be filed under its links when it ends. */
  resources: ((entry: Links) => void)[]
  sawType: boolean
  isAssumed: boolean
  /** Elements of the resource in hand: name → text. */
  fields: Record<string, string>
  nestedType: ReadingType | null
  block: Block | null
  reading: RawReading | null
  place: string | null
}

const mostWaiting = 100_000

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
    resources: [],
    sawType: false,
    isAssumed: false,
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
    if (!path.includes('UsagePoint')) atEntryEnd(state, entry => state.directory.addMeterReading(entry))
    state.nestedType = null
  } else if (name === 'UsagePoint') atEntryEnd(state, entry => state.directory.addUsagePoint(entry.self))
  else if (name === 'entry') {
    const { entry, resources } = state
    state.resources = []
    for (const add of resources) add(entry)
    // Looking at all that wait for every entry of a long feed would take its square in time.
    if (state.sawType || state.waiting.length < 50) settle(state)
    state.sawType = false
    state.entry = noLinks()
  }
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
  if (block.readings.length % 2000 !== 0) return
  if (state.isAssumed || isTold(state, block)) give(state, block, state.isAssumed)
  else if (state.waitingReadings + block.readings.length > mostWaiting) {
    assumeSoleType(state, reading.line)
    give(state, block, true)
  }
}

/** So many readings and no link to a type: when the feed has one type only, it is theirs; no second may come. */
function assumeSoleType(state: State, line: number): void {
  if (state.directory.typeCount() !== 1) {
    const message = `More than ${mostWaiting} readings come before the type that says what they are.`
    throw damage(line, 'ReadingType', message)
  }
  state.isAssumed = true
  settle(state)
}

function closeBlock(state: State): void {
  const { block } = state
  state.block = null
  if (!block) return
  if (state.isAssumed || isTold(state, block)) {
    give(state, block, state.isAssumed)
    return
  }
  state.waiting.push(block)
  state.waitingReadings += block.readings.length
  if (state.waitingReadings > mostWaiting) assumeSoleType(state, 0)
}

/** Whether links and type of a block are known by now. */
function isTold({ directory: known }: State, { links, nested }: Block): boolean {
  if (links.self === '' && links.up === '' && !nested) return false
  return known.typeOf(links, nested, false) !== 'later'
}

/** Gives out what waits, as far as its type has come. */
function settle(state: State): void {
  const still: Block[] = []
  for (const block of state.waiting) {
    if (state.isAssumed || isTold(state, block)) give(state, block, state.isAssumed)
    else still.push(block)
  }
  state.waiting = still
  state.waitingReadings = still.reduce((sum, block) => sum + block.readings.length, 0)
}

function closeType(state: State, line: number): void {
  const type = typeOf(state.fields, line)
  if (state.isAssumed) {
    throw damage(
      line,
      'ReadingType',
      `Line ${line}: a second reading type comes behind readings that name none.`,
    )
  }
  if (type.fault) state.out.push(rowError(line, type.fault.field, type.fault.message))
  const isNested = state.path.includes('MeterReading')
  if (isNested) state.nestedType = type
  atEntryEnd(state, entry => state.directory.addReadingType(entry.self, type))
  if (state.path.includes('entry')) state.sawType = true
  else settle(state)
}

/** The links of an entry may stand behind its content; what has no entry around it is known at once. */
function atEntryEnd(state: State, add: (entry: Links) => void): void {
  if (state.path.includes('entry')) state.resources.push(add)
  else add(noLinks())
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
  const unit = Object.hasOwn(unitsOfMeasure, uom) ? unitsOfMeasure[uom] : undefined
  const uomFault = unit ? null : fault('uom', `the unit of measure ${quoted(uom)} is not known.`)
  return {
    line,
    unit: unit ?? `uom ${uom}`,
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
