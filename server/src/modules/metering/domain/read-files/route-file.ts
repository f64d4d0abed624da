/**
 * Handheld route files by layout: which preset a file follows, its tree of records, its trailers. What stands in a
 * single reading is decided in route-reading.ts.
 */
import { fatalError, quoted, rowError } from './damage.ts'
import { readRecord, recordOf } from './fixed-width.ts'
import type { Bytes, FileError, FileRecord, ReadFileFormat, ReadFileOptions } from './kinds.ts'
import { defaultZone } from './kinds.ts'
import type { Layout, LayoutRecord, RecordRole } from './layout-kinds.ts'
import { presets } from './layouts.ts'
import {
  type Counts,
  closeRoute,
  type Open,
  proveCustomer,
  proveRoute,
  type Sink,
  type State,
  type Taken,
} from './route-proofs.ts'
import { type Branch, readingOf } from './route-reading.ts'
import { prove, type Tally } from './tally.ts'
import { hasControlCharacter, linesOf } from './text.ts'
import { known, layoutOf } from './which-layout.ts'
import { zoneClock } from './zone-clock.ts'

const longestLine = 20_000

export async function* readRouteFile(
  bytes: Bytes,
  options: ReadFileOptions & { readonly format: ReadFileFormat },
  tally: Tally,
): AsyncGenerator<FileRecord[]> {
  const candidates = options.layout ? [options.layout] : presets[options.format]!
  let state: State | null = null
  for await (const { first, lines, ended, dirty } of linesOf(bytes, longestLine)) {
    const out: FileRecord[] = []
    for (let at = 0; at < lines.length; at++) {
      const text = lines[at]!
      if (text.trim() === '') continue
      state ??= begin(candidates, [text, ...lines.slice(at + 1, at + 200)], options)
      const line = first + at
      const isLast = !ended && at === lines.length - 1
      state.lastLine = line
      if (dirty && hasControlCharacter(text)) {
        tally.rows += 1
        out.push(
          rowError(line, 'line', `Line ${line} holds a control character: it is damaged and was left out.`),
        )
      } else readLine(state, { line, text, cut: isLast }, tally, out)
      if (text.length < state.layout.length) state.sawShort = true
    }
    yield out
  }
  if (state) yield finish(state, tally)
}

function begin(candidates: readonly Layout[], lines: readonly string[], options: ReadFileOptions): State {
  const layout = layoutOf(candidates, lines)
  const none = () => ({ customers: 0, meters: 0, reads: 0 })
  return {
    layout,
    setting: { layout, clock: zoneClock(options.zone ?? defaultZone), on: options.on ?? null },
    branch: { header: {}, route: {}, customer: {}, meter: {} },
    file: { ...none(), routes: 0 },
    route: null,
    customer: null,
    held: null,
    lateDate: undefined,
    begun: false,
    closed: false,
    sawShort: false,
    lastLine: 0,
    lastRole: null,
  }
}

type Line = { readonly line: number; readonly text: string; readonly cut: boolean }

function readLine(state: State, { line, text, cut }: Line, tally: Tally, out: FileRecord[]): void {
  const { layout } = state
  const record = recordOf(layout, text)
  if (cut && isCutShort(state, record, text)) {
    out.push(fatalError(line, 'line', `The file breaks off in line ${line}: it is cut.`))
    return
  }
  const hasHeader = layout.records.some(one => one.is === 'header')
  if (!state.begun) {
    state.begun = true
    if (cut) {
      const message = `Line ${line} is the only one and has no line end: the file may be cut.`
      out.push(rowError(line, 'line', message))
    }
    if (hasHeader && record?.is !== 'header') {
      const tag = layout.records.find(one => one.is === 'header')!.tag
      out.push(
        fatalError(
          line,
          'tag',
          `The file does not begin with a ${tag} record: it is no ${layout.name} file.`,
        ),
      )
    }
  }
  if (!record) {
    const message = `Line ${line} has a record ${quoted(text.slice(0, 5).trim())} that is not known; it was passed over.`
    out.push(rowError(line, 'tag', message))
    return
  }
  if (state.closed && record.is !== 'header') {
    out.push(fatalError(line, 'tag', `Line ${line} stands behind the end of the file.`))
    return
  }
  const { fields, faults } = readRecord(record, text)
  const tooLong = layout.length > 0 && text.trimEnd().length > layout.length
  if (record.is === 'reading') tally.rows += 1
  if (tooLong) {
    const message = `Line ${line} has ${text.trimEnd().length} characters where ${layout.length} are allowed.`
    out.push(rowError(line, 'line', message))
  } else if (isStub(record, text)) {
    const message = `Line ${line} has ${text.length} characters and ends before the place of the reading.`
    out.push(rowError(line, 'line', message))
  } else if (faults.length > 0)
    out.push(rowError(line, faults[0]!.field, `Line ${line}: ${faults[0]!.message}.`))
  const sound = !tooLong && faults.length === 0 && !isStub(record, text)
  take(state, record, { line, fields, sound }, { tally, out })
}

/** A last line without a line end that is shorter than it must be, in a file whose other lines are not trimmed. */
function isCutShort(state: State, record: LayoutRecord | null, text: string): boolean {
  if (!record) return true
  if (state.layout.length > 0) return text.length < state.layout.length && !state.sawShort
  return text.length < Math.max(0, ...Object.values(record.fields).map(place => place.to))
}

/** Trailing blanks may be cut off a record, but without tags only its length tells that it is one. */
function isStub(record: LayoutRecord, text: string): boolean {
  const { reading } = record.fields
  return record.tag === undefined && reading !== undefined && text.length < reading.from
}

/** Parents in the order of the tree; a record opens its own level and closes everything below it. */
const levels = ['header', 'route', 'customer', 'meter'] as const
type Level = (typeof levels)[number]

function take(state: State, record: LayoutRecord, taken: Taken, sink: Sink): void {
  if (record.is === 'ignored') return
  state.lastRole = record.is
  if (record.is === 'date') {
    if (state.held) state.held = { ...state.held, fields: { ...state.held.fields, date: taken.fields.date } }
    else state.lateDate = taken.fields.date
    return
  }
  release(state, sink)
  const parent = parentOf(state.layout, record.is)
  if (parent && !isOpen(state, parent)) {
    const tag = state.layout.records.find(one => one.is === parent)!.tag
    const message = `Line ${taken.line}: a record ${record.tag} stands here without a record ${tag} above it.`
    sink.out.push(fatalError(taken.line, 'tag', message))
    return
  }
  if (record.is === 'reading') takeReading(state, taken, sink)
  else if (record.is === 'trailer') takeTrailer(state, taken, sink)
  else if (record.is === 'route-end') closeRoute(state, taken, sink)
  else openLevel(state, record.is as Level, taken, sink)
}

function parentOf(layout: Layout, role: RecordRole): Level | null {
  const depth = role === 'reading' ? levels.length : levels.indexOf(role as Level)
  if (role === 'route-end') return 'route'
  const above = levels
    .slice(0, Math.max(0, depth))
    .filter(level => layout.records.some(one => one.is === level))
  return above.at(-1) ?? null
}

function isOpen(state: State, level: Level): boolean {
  if (level === 'route') return state.route !== null
  if (level === 'customer') return state.customer !== null
  return level === 'header' ? !state.closed : Object.keys(state.branch.meter).length > 0
}

function openLevel(state: State, level: Level, taken: Taken, sink: Sink): void {
  const none = (name: string): Open => ({
    line: taken.line,
    name,
    said: taken.fields,
    found: { customers: 0, meters: 0, reads: 0 },
  })
  for (const lower of levels.slice(levels.indexOf(level))) state.branch[lower] = {}
  state.branch[level] = taken.fields
  state.lateDate = undefined
  if (level === 'header') {
    state.closed = false
    Object.assign(state.file, { routes: 0, customers: 0, meters: 0, reads: 0 })
  }
  if (level === 'meter') {
    bump(state, 'meters')
    return
  }
  proveCustomer(state, sink)
  if (level === 'customer') {
    bump(state, 'customers')
    state.customer = none(taken.fields.account ?? '')
    return
  }
  proveRoute(state, sink, true)
  if (level === 'route') {
    state.file.routes += 1
    state.route = none(taken.fields.route ?? '')
  }
}

function bump(state: State, what: keyof Counts): void {
  state.file[what] += 1
  if (state.route) state.route.found[what] += 1
  if (state.customer && what !== 'customers') state.customer.found[what] += 1
}

function takeReading(state: State, taken: Taken, sink: Sink): void {
  bump(state, 'reads')
  if (!taken.sound) return
  const { route, customer, meter } = state.branch
  const above: Branch = { ...route, ...customer, ...meter }
  for (const field of ['route', 'account', 'meter'] as const) {
    const [here, there] = [taken.fields[field], above[field]]
    if (here && there && here !== there) {
      const message = `Line ${taken.line}: the reading names the ${field} ${quoted(here)}, the record above it ${quoted(there)}.`
      sink.out.push(rowError(taken.line, field, message))
      return
    }
  }
  const date = taken.fields.date || state.lateDate || route.date
  state.held = {
    line: taken.line,
    fields: { ...known(above), ...known(taken.fields), ...(date ? { date } : {}) },
  }
  if (!state.layout.records.some(one => one.is === 'date')) release(state, sink)
}

/** A reading is given out when nothing can follow any more that belongs to it. */
function release(state: State, { out }: Sink): void {
  if (!state.held) return
  out.push(readingOf(state.setting, state.held))
  state.held = null
}

function takeTrailer(state: State, taken: Taken, sink: Sink): void {
  proveCustomer(state, sink)
  proveRoute(state, sink, true)
  state.closed = true
  if (!taken.sound) {
    sink.out.push(
      fatalError(taken.line, 'trailer', `Line ${taken.line}: the totals of the file cannot be read.`),
    )
    return
  }
  const { tally, out } = sink
  for (const name of ['routes', 'customers', 'meters', 'reads'] as const) {
    const said = taken.fields[name]
    if (!said) continue
    out.push(
      ...prove(
        tally,
        { name, said: Number(said), found: state.file[name] },
        { line: taken.line, field: name },
      ),
    )
  }
}

function finish(state: State, tally: Tally): FileError[] | FileRecord[] {
  const out: FileRecord[] = []
  const sink = { tally, out }
  release(state, sink)
  proveCustomer(state, sink)
  proveRoute(state, sink, true)
  const trailer = state.layout.records.find(one => one.is === 'trailer')
  const { lastRole, lastLine } = state
  if (!trailer && levels.includes(lastRole as Level)) {
    const message = `The file ends in line ${lastLine} behind a record that has nothing below it: it may be cut.`
    out.push(rowError(lastLine, 'line', message))
  }
  if (trailer && !state.closed) {
    const message = `The file ends without its ${trailer.tag} record: it is cut behind line ${state.lastLine}.`
    out.push(fatalError(state.lastLine, 'trailer', message))
  }
  return out
}
