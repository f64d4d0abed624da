/** Other limits tried on the reads of a month before anybody sets them: nothing is changed. */
import { addMonths, dayNumber, type LocalDate, localDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../../platform/context.ts'
import { listOccupantsAt, type OccupantRow } from '../../accounts/index.ts'
import { getRuleBook, type RuleBook, ruleOf } from '../../policy/index.ts'
import { listPointFacts } from '../../premises/index.ts'
import type { metering } from '../contract/index.ts'
import { countBefore, type HistoryBook, historyOf } from '../domain/loading/history.ts'
import { knownRegister, profileOf } from '../domain/loading/known-register.ts'
import type { PeersAt, RegisterRow } from '../domain/loading/place.ts'
import type { Finding, FindingCode } from '../domain/validation/findings.ts'
import { limitsOf } from '../domain/validation/limits.ts'
import { type PastRead, tryLimits as tryOn } from '../domain/validation/try-limits.ts'
import { withValue } from '../domain/validation/tuning.ts'
import { listRegisters } from '../store/places.ts'
import { listReadsOfMonth, type MonthRead } from '../store/profiles.ts'
import { peersOf } from './peers.ts'

type Trial = Output<typeof metering.tryLimits>

/** Registers judged for a trial: enough to see what a limit does, few enough to wait for. */
const sampleMost = 20_000
const chunk = 4_000

export async function tryLimits(
  ctx: Ctx,
  { month, rule, value }: Input<typeof metering.tryLimits>,
): Promise<Trial> {
  const book = await getRuleBook(ctx)
  const tried = withRule(book, rule, withValue(rule, ruleOf(book, rule).value, value))
  const from = localDate(`${month}-01`)
  const reads = await pastReads(ctx, from, addMonths(from, 1))
  const trial = tryOn(reads, limitsOf(book), limitsOf(tried))
  const ofRule = trial.rules.filter(one => kindsOf[rule].includes(one.code))
  const caught = (side: 'before' | 'after') => ofRule.reduce((sum, one) => sum + one[side].reads, 0)
  const samples = (side: 'newlySamples' | 'noLongerSamples') =>
    ofRule.flatMap(one => one[side].map(sampleOf)).slice(0, samplesMost)
  return {
    reads: trial.reads,
    before: caught('before'),
    after: caught('after'),
    doubtBefore: trial.shownBefore,
    doubtAfter: trial.shownAfter,
    stopBefore: trial.stoppedBefore,
    stopAfter: trial.stoppedAfter,
    gained: samples('newlySamples'),
    lost: samples('noLongerSamples'),
  }
}

const samplesMost = 20
/** What each rule that can be tried says of a read. */
const kindsOf: Readonly<Record<Input<typeof metering.tryLimits>['rule'], readonly FindingCode[]>> = {
  'VEE-011': ['high'],
  'VEE-012': ['low'],
  'VEE-013': ['unusual'],
  'VEE-016': ['closed-use', 'vacant-use'],
}

function withRule(book: RuleBook, code: string, value: unknown): RuleBook {
  const byCode = new Map(book.byCode)
  byCode.set(code, { ...ruleOf(book, code), value: value as never })
  return { ...book, byCode }
}

const sampleOf = ({ key, finding }: { key: MonthRead; finding: Finding }): Trial['gained'][number] => ({
  serial: key.serial,
  onDate: key.readOn,
  gallons: finding.unit === 'gallons' ? finding.measured : null,
  expectedGallons: typeof finding.facts.expectedGallons === 'number' ? finding.facts.expectedGallons : null,
})

async function pastReads(ctx: Ctx, from: LocalDate, to: LocalDate): Promise<PastRead<MonthRead>[]> {
  const peersAt = await peersOf(ctx)
  const all: PastRead<MonthRead>[] = []
  const reads = await listReadsOfMonth(ctx.tx, { from, to, limit: sampleMost })
  for (let at = 0; at < reads.length; at += chunk)
    all.push(...(await profilesBefore(ctx, reads.slice(at, at + chunk), peersAt)))
  return all
}

/** Each read with what was known before it: the history up to then, and the value it stood on. */
async function profilesBefore(
  ctx: Ctx,
  reads: readonly MonthRead[],
  peersAt: PeersAt,
): Promise<PastRead<MonthRead>[]> {
  const rows = await listRegisters(ctx.tx, [...new Set(reads.map(read => read.serial))])
  const points = rows.flatMap(row => row.servicePointId ?? [])
  const facts = new Map((await listPointFacts(ctx, points)).map(fact => [fact.servicePointId, fact]))
  const occupants = Map.groupBy(await listOccupantsAt(ctx, points), row => row.servicePointId)
  const book = historyOf(rows)
  const stretchOf = new Map(rows.map((row, at) => [`${row.serial}|${row.registerNo}`, at]))
  return reads.flatMap(read => {
    const stretch = stretchOf.get(`${read.serial}|${read.registerNo}`)
    const row = stretch === undefined ? undefined : rows[stretch]
    const place = row?.servicePointId ? facts.get(row.servicePointId) : undefined
    if (stretch === undefined || !row || !place) return []
    const around = { row, stretch, facts: place, occupants: occupants.get(place.servicePointId) ?? noOne }
    return [pastOf(read, around, { book, peersAt })]
  })
}

const noOne: readonly OccupantRow[] = []

type Around = {
  readonly row: RegisterRow
  readonly stretch: number
  readonly facts: Awaited<ReturnType<typeof listPointFacts>>[number]
  readonly occupants: readonly OccupantRow[]
}

function pastOf(
  read: MonthRead,
  around: Around,
  { book, peersAt }: { readonly book: HistoryBook; readonly peersAt: PeersAt },
): PastRead<MonthRead> {
  const day = dayNumber(read.readOn)
  const last = { day: dayNumber(read.beforeOn), value: Number(read.beforeValue), kind: read.beforeKind }
  const known = {
    ...knownRegister({ ...around, carried: null }),
    last,
    lastActual: last.kind === 'estimated' ? null : last,
  }
  const profile = profileOf(known, { day, reader: read.reader }, { book, peersAt })
  return {
    key: read,
    read: { day, value: Number(read.value), kind: read.kind },
    profile: { ...profile, historyCount: countBefore(book, around.stretch, day) },
    outcome: read.outcome,
  }
}
