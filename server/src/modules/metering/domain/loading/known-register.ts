/** One register of a batch: what stands now, and the profile its next read is judged by. */

import type { Judged } from '../validation/findings.ts'
import type { LastValue, NewRead, PriceOfUse, ReadProfile, ServiceKind } from '../validation/profile.ts'
import { addPeriod, type HistoryBook, periodsKept } from './history.ts'
import type { Occupant, PeersAt, PlaceFacts, RegisterRow } from './place.ts'
import { priceOf } from './price.ts'

export type KnownRegister = {
  readonly row: RegisterRow
  readonly facts: PlaceFacts
  readonly occupants: readonly Occupant[]
  readonly stretch: number
  readonly price: PriceOfUse
  last: LastValue | null
  lastActual: LastValue | null
  estimatesInRow: number
  carried: ReadProfile['carried']
}

export type Surroundings = {
  readonly row: RegisterRow
  readonly facts: PlaceFacts
  readonly occupants: readonly Occupant[]
  readonly stretch: number
  readonly carried: ReadProfile['carried']
}

export function knownRegister({ row, facts, occupants, stretch, carried }: Surroundings): KnownRegister {
  const reads = lastReadsOf(row.lastReads)
  const seenAt = reads.findIndex(read => read.kind !== 'estimated')
  const [last = null] = reads
  return {
    ...{ row, facts, occupants, stretch },
    price: priceOf(row.priceUpTo, row.priceCents, row.priceDays),
    last,
    lastActual: seenAt >= 0 ? reads[seenAt]! : null,
    estimatesInRow: seenAt >= 0 ? seenAt : reads.length,
    carried: last === null ? carried : null,
  }
}

function lastReadsOf(text: string | null): LastValue[] {
  if (text === null) return []
  return text.split(' ').map(one => {
    const [day, value, kind] = one.split(':')
    return { day: Number(day), value: Number(value), kind: kind as LastValue['kind'] }
  })
}

const services: Readonly<Record<PlaceFacts['service'], ServiceKind>> = {
  water: 'potable',
  sewer: 'potable',
  irrigation: 'irrigation',
  fire: 'fire',
}

export const serviceOf = (service: PlaceFacts['service']): ServiceKind => services[service]

/** Who is served on a day; nobody: since when. */
export function standingOn(occupants: readonly Occupant[], day: number) {
  for (const { accountId, fromDay, toDay } of occupants) {
    if (fromDay > day) continue
    if (toDay === null || toDay >= day) return { accountId, state: 'occupied' as const, sinceDay: fromDay }
    return { accountId: null, state: 'closed' as const, sinceDay: toDay }
  }
  return { accountId: null, state: 'vacant' as const, sinceDay: null }
}

export type ToJudge = { readonly day: number; readonly reader: string | null }

export function profileOf(
  known: KnownRegister,
  { day, reader }: ToJudge,
  { book, peersAt }: { readonly book: HistoryBook; readonly peersAt: PeersAt },
): ReadProfile {
  const { row, facts, stretch } = known
  const standing = standingOn(known.occupants, day)
  const peers = peersAt(facts.class, row.size, day)
  const ofCompound = row.registerCount > 1
  return {
    register: {
      registerNo: row.registerNo,
      unit: row.unit,
      dials: row.dials,
      multiplier: trimmed(row.multiplier),
    },
    droppedDigits: 0,
    ofCompound,
    service: serviceOf(facts.service),
    account: standing.state,
    accountSinceDay: standing.state === 'occupied' ? null : standing.sinceDay,
    installedDay: row.installedDay ?? 0,
    inValue: Number(row.inValue ?? 0n),
    last: known.last,
    lastActual: known.lastActual,
    estimatesInRow: known.estimatesInRow,
    carried: known.carried,
    history: book.columns,
    historyFrom: stretch * periodsKept,
    historyCount: book.counts[stretch]!,
    peers: ofCompound ? null : peers.use,
    seasonFactor: peers.seasonFactor,
    price: known.price,
    book: facts.bookCode ?? '',
    sequence: facts.sequence ?? 0,
    reader,
    continuousFlowExpected: row.flowExpected,
  }
}

/** numeric(9,4) writes `1.0000`; the register's arithmetic knows `1`. */
const trimmed = (multiplier: string): string => (multiplier === '1.0000' ? '1' : multiplier)

/** The read was taken: the next one of the same register in this batch stands on it. */
export function moveOn(known: KnownRegister, read: NewRead, judged: Judged, book: HistoryBook): void {
  const before = known.last?.day ?? known.row.installedDay ?? read.day
  const days = read.day - before
  const estimated = read.kind === 'estimated'
  if (days > 0)
    addPeriod(book, known.stretch, {
      toDay: read.day,
      days: Math.min(days, 65_000),
      gallons: judged.gallons,
      estimated: estimated || known.last?.kind === 'estimated',
    })
  known.last = { day: read.day, value: read.value, kind: read.kind }
  if (estimated) known.estimatesInRow += 1
  else {
    known.lastActual = known.last
    known.estimatesInRow = 0
  }
  known.carried = null
}
