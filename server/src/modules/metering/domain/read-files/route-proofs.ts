/** Counts that a route file states about itself: of a customer, of a route at both its ends, of the file. */
import { fatalError, quoted } from './damage.ts'
import type { FileRecord } from './kinds.ts'
import type { Layout, RecordRole } from './layout-kinds.ts'
import type { Branch, ReadingSetting } from './route-reading.ts'
import { prove, type Tally } from './tally.ts'

export type Counts = { customers: number; meters: number; reads: number }
export type Open = {
  readonly line: number
  readonly name: string
  readonly said: Branch
  readonly found: Counts
}

/** Where the reading of the tree stands. Everything here is of one route at most. */
export type State = {
  readonly layout: Layout
  readonly setting: ReadingSetting
  readonly branch: { header: Branch; route: Branch; customer: Branch; meter: Branch }
  readonly file: Counts & { routes: number }
  route: Open | null
  customer: Open | null
  /** A reading whose date may still follow in a record of its own. */
  held: { readonly line: number; readonly fields: Branch } | null
  lateDate: string | undefined
  begun: boolean
  closed: boolean
  sawShort: boolean
  lastLine: number
  lastRole: RecordRole | null
}

export type Taken = { readonly line: number; readonly fields: Branch; readonly sound: boolean }
export type Sink = { readonly tally: Tally; readonly out: FileRecord[] }

/** The end of a route repeats what its beginning said. */
export function closeRoute(state: State, taken: Taken, sink: Sink): void {
  proveCustomer(state, sink)
  const { route } = state
  const named = taken.fields.route ?? ''
  if (route && named !== route.name) {
    const message = `Line ${taken.line} ends route ${quoted(named)}, but route ${quoted(route.name)} is open.`
    sink.out.push(fatalError(taken.line, 'route', message))
  }
  if (route) proveCounts(taken.fields, route.found, `route ${named}`, { line: taken.line, sink })
  proveRoute(state, sink, false)
}

export function proveRoute(state: State, sink: Sink, open: boolean): void {
  const { route } = state
  if (!route) return
  state.route = null
  state.branch.meter = {}
  proveCounts(route.said, route.found, `route ${route.name}`, { line: route.line, sink })
  if (open && state.layout.records.some(one => one.is === 'route-end')) {
    sink.out.push(
      fatalError(route.line, 'route', `Route ${quoted(route.name)} of line ${route.line} has no end record.`),
    )
  }
}

export function proveCustomer(state: State, sink: Sink): void {
  const { customer } = state
  if (!customer) return
  state.customer = null
  proveCounts(customer.said, customer.found, `customer ${customer.name}`, { line: customer.line, sink })
}

function proveCounts(
  said: Branch,
  found: Counts,
  of: string,
  { line, sink }: { readonly line: number; readonly sink: Sink },
): void {
  for (const name of ['customers', 'meters'] as const) {
    const number = said[name]
    if (!number || !/^\d+$/.test(number)) continue
    const control = { name: `${name} of ${of}`, said: Number(number), found: found[name] }
    // Proved pairs of every customer would fill the memory of a long file; only those that differ are kept.
    if (control.said !== control.found) sink.out.push(...prove(sink.tally, control, { line, field: name }))
  }
}
