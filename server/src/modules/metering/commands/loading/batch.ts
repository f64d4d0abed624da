/** Some thousand reads of a file at once: found, judged one after another as they were taken, written as sets. */
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../../platform/context.ts'
import { listOccupantsAt, type OccupantRow } from '../../../accounts/index.ts'
import { listPointFacts, type PointFacts } from '../../../premises/index.ts'
import { historyOf } from '../../domain/loading/history.ts'
import {
  type KnownRegister,
  knownRegister,
  moveOn,
  profileOf,
  standingOn,
} from '../../domain/loading/known-register.ts'
import { matchRead } from '../../domain/loading/match.ts'
import type { Occupant, PeersAt, PlaceFacts, RegisterRow } from '../../domain/loading/place.ts'
import { addProblem, count, type Tally } from '../../domain/loading/tally.ts'
import type { RegisterRead } from '../../domain/read-files/index.ts'
import type { Judged } from '../../domain/validation/findings.ts'
import { judgeRead } from '../../domain/validation/judge-read.ts'
import type { ValidationLimits } from '../../domain/validation/limits.ts'
import * as loadingStore from '../../store/loading.ts'
import { listRegisters } from '../../store/places.ts'
import { rebuildProfiles } from '../../store/profiles.ts'
import type { ReadFileId } from '../../store/read-files.ts'
import type { ReadSource } from '../../store/reads.ts'
import { writeJudged } from './write.ts'

export type Load = {
  readonly ctx: Ctx
  readonly fileId: ReadFileId
  readonly source: ReadSource
  readonly limits: ValidationLimits
  readonly peersAt: PeersAt
  readonly tally: Tally
}

export type JudgedRead = {
  readonly read: RegisterRead
  readonly known: KnownRegister
  readonly value: number
  readonly judged: Judged
  readonly onAccount: OccupantRow['accountId'] | null
}

export async function loadReads(load: Load, reads: readonly RegisterRead[]): Promise<void> {
  if (reads.length === 0) return
  const found = await lookUp(load, reads)
  const taken = judgeAll(load, found, reads)
  await writeJudged(load, taken)
}

type Found = {
  readonly bySerial: ReadonlyMap<string, readonly RegisterRow[]>
  readonly knownOf: (row: RegisterRow) => KnownRegister
  readonly book: ReturnType<typeof historyOf>
}

async function lookUp({ ctx }: Load, reads: readonly RegisterRead[]): Promise<Found> {
  const serials = [...new Set(reads.map(read => read.meter))]
  let rows = await listRegisters(ctx.tx, serials)
  const bare = pointsOf(rows.filter(row => row.ends === null && (row.lastReads?.includes(' ') ?? false)))
  if (bare.length > 0) {
    await rebuildProfiles(ctx.tx, bare)
    rows = await listRegisters(ctx.tx, serials)
  }
  const points = pointsOf(rows)
  const facts = new Map((await listPointFacts(ctx, points)).map(row => [row.servicePointId, row]))
  const occupants = grouped(await listOccupantsAt(ctx, points))
  const fresh = pointsOf(rows.filter(row => row.lastReads === null))
  const carried = new Map(
    (fresh.length > 0 ? await loadingStore.listCarried(ctx.tx, fresh) : []).map(row => [row.meterId, row]),
  )
  const book = historyOf(rows)
  const known = new Map<RegisterRow, KnownRegister>()
  for (const [stretch, row] of rows.entries()) {
    const place = row.servicePointId === null ? undefined : facts.get(row.servicePointId)
    if (!place) continue
    const around = {
      ...{ row, stretch },
      facts: place satisfies PointFacts as PlaceFacts,
      occupants: occupants.get(place.servicePointId) ?? nobody,
      carried: row.registerNo === 1 ? (carried.get(row.meterId) ?? null) : null,
    }
    known.set(row, knownRegister(around))
  }
  return { bySerial: Map.groupBy(rows, row => row.serial), knownOf: row => known.get(row)!, book }
}

const nobody: readonly Occupant[] = []

function pointsOf(rows: readonly RegisterRow[]): ServicePointId[] {
  const points = new Set<ServicePointId>()
  for (const { servicePointId } of rows) if (servicePointId !== null) points.add(servicePointId)
  return [...points]
}

function grouped(rows: readonly OccupantRow[]): Map<ServicePointId, OccupantRow[]> {
  return Map.groupBy(rows, row => row.servicePointId)
}

/** In the order of time for each register, so that a file with a whole year stands on itself. */
function judgeAll(
  load: Load,
  { bySerial, knownOf, book }: Found,
  reads: readonly RegisterRead[],
): JudgedRead[] {
  const { tally, limits, peersAt, ctx } = load
  const inOrder = isInOrder(reads)
    ? reads
    : [...reads].sort((a, b) => (a.readOn < b.readOn ? -1 : a.readOn > b.readOn ? 1 : a.line - b.line))
  const taken: JudgedRead[] = []
  for (const read of inOrder) {
    const matched = matchRead(read, bySerial.get(read.meter), ctx.today)
    if ('problem' in matched) {
      addProblem(tally, matched.problem)
      continue
    }
    const { row, value, day } = matched
    const known = knownOf(row)
    if (known.last && day <= known.last.day) {
      if (day === known.last.day && value === known.last.value) tally.repeated += 1
      else addProblem(tally, notAfter(read, known.last.value, day === known.last.day))
      continue
    }
    const arrived = { day, value, kind: read.kind }
    const judged = judgeRead(
      arrived,
      profileOf(known, { day, reader: read.reader }, { book, peersAt }),
      limits,
    )
    moveOn(known, arrived, judged, book)
    tally.reads += 1
    for (const finding of judged.findings) count(tally.byRule, finding.rule)
    taken.push({ read, known, value, judged, onAccount: standingOn(known.occupants, day).accountId })
  }
  return taken
}

function notAfter(read: RegisterRead, lastValue: number, sameDay: boolean) {
  const message = sameDay
    ? `Meter ${read.meter} already has a read of ${read.readOn} with the value ${lastValue}; the file says ${read.value}. Void the wrong one.`
    : `Meter ${read.meter} was read after ${read.readOn} already: an older read is entered at the meter, with a reason.`
  return { line: read.line, field: 'date', message }
}

const isInOrder = (reads: readonly RegisterRead[]): boolean =>
  reads.every((read, at) => at === 0 || reads[at - 1]!.readOn <= read.readOn)
