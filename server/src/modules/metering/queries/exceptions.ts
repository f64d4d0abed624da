/** The list of doubtful reads and one of them in full: what the person who judges needs, and nothing of others. */
import { addDays, dayNumber, type LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { listAccountLines, listOccupantsAt } from '../../accounts/index.ts'
import { getRuleBook } from '../../policy/index.ts'
import { getPremiseCard, listPointFacts, listPremiseLines, type PointFacts } from '../../premises/index.ts'
import type { metering } from '../contract/index.ts'
import { lastBefore } from '../domain/entry.ts'
import { errors } from '../domain/errors.ts'
import { countBefore, historyOf } from '../domain/loading/history.ts'
import { knownRegister, profileOf } from '../domain/loading/known-register.ts'
import { type UseBand, usualUse } from '../domain/validation/band.ts'
import { limitsOf } from '../domain/validation/limits.ts'
import { sayFinding } from '../domain/validation/sentences.ts'
import { getUsageStory, standingReads } from '../queries.ts'
import * as store from '../store/exceptions.ts'
import { listInstallationsOf } from '../store/meters.ts'
import { listRegisters } from '../store/places.ts'
import { listReadsOf } from '../store/reads.ts'
import { proposeEstimate } from './estimate.ts'
import { peersOf } from './peers.ts'

type Line = Output<typeof metering.listExceptions>['lines'][number]
type View = Output<typeof metering.getException>

const pageLength = 50
/** Below this nothing is worth a person's minute: VEE-041. */
const safeCents = 2_500n

export async function listExceptions(
  ctx: Ctx,
  { bookId, rule, waiting, afterCents, afterId }: Input<typeof metering.listExceptions>,
): Promise<Output<typeof metering.listExceptions>> {
  const after =
    afterCents !== undefined && afterId !== undefined
      ? { cents: BigInt(afterCents), exceptionId: afterId }
      : undefined
  const rows = await store.listOpen(ctx.tx, { bookId, rule, waiting, after, limit: pageLength + 1 })
  const sums = await store.sumOpen(ctx.tx, bookId, ctx.today)
  return {
    lines: await linesOf(ctx, rows.slice(0, pageLength)),
    open: sums.reduce((total, sum) => total + sum.open, 0),
    openCents: sums.reduce((total, sum) => total + sum.cents, 0n),
    byRule: sums,
    hasMore: rows.length > pageLength,
  }
}

/** Addresses and accounts of many lines in three statements. */
export async function linesOf(ctx: Ctx, rows: readonly store.ExceptionRow[]): Promise<Line[]> {
  const facts = new Map(
    (await listPointFacts(ctx, [...new Set(rows.map(row => row.servicePointId))])).map(row => [
      row.servicePointId,
      row,
    ]),
  )
  const places = await listPremiseLines(
    ctx,
    [...facts.values()].map(row => row.premiseId),
  )
  const accounts = await listAccountLines(
    ctx,
    rows.flatMap(row => row.onAccount ?? []),
  )
  return rows.map(row => lineOf(row, { place: facts.get(row.servicePointId), places, accounts }))
}

type Known = {
  readonly place: PointFacts | undefined
  readonly places: Awaited<ReturnType<typeof listPremiseLines>>
  readonly accounts: Awaited<ReturnType<typeof listAccountLines>>
}

function lineOf(row: store.ExceptionRow, { place, places, accounts }: Known): Line {
  const account = row.onAccount === null ? undefined : accounts.get(row.onAccount)
  const [main] = row.findings
  return {
    exceptionId: row.exceptionId,
    version: row.version,
    onDate: row.onDate,
    source: row.source,
    rule: row.rule,
    says: main ? sayFinding({ ...main, facts: factsOf(row, main.facts) }) : 'Not read',
    blocksBilling: row.blocksBilling,
    atStakeCents: row.atStakeCents,
    gallons: row.gallons,
    expectedGallons: row.expectedGallons,
    serial: row.serial,
    book: place?.bookCode ?? null,
    sequence: place?.sequence ?? null,
    address: (place && places.get(place.premiseId)?.line) ?? '',
    accountId: account?.accountId ?? null,
    accountNumber: account?.number ?? null,
    reader: row.reader,
    waitingOrderId: row.waitingOrderId,
    isSafe: isSafe(row),
  }
}

const factsOf = (row: store.ExceptionRow, facts: Record<string, unknown>) => ({
  gallons: row.gallons,
  expectedGallons: row.expectedGallons,
  ...facts,
})

/** May be accepted with others: nothing blocks billing, nobody is on the way, and little is at stake. */
export const isSafe = (row: store.ExceptionRow): boolean =>
  !row.blocksBilling && row.waitingOrderId === null && row.atStakeCents <= safeCents

export async function getException(
  ctx: Ctx,
  { exceptionId }: Input<typeof metering.getException>,
): Promise<View> {
  const row = await store.findException(ctx.tx, exceptionId)
  if (!row) throw refuse(errors, 'metering.no-exception')
  const [line] = await linesOf(ctx, [row])
  const [place] = await listPointFacts(ctx, [row.servicePointId])
  const premise = await getPremiseCard(ctx, place!.premiseId)
  const point = premise.servicePoints.find(one => one.servicePointId === row.servicePointId)
  const dial = await dialOf(ctx, row)
  const usual = await usualAt(ctx, row)
  return {
    ...line!,
    meterId: row.meterId,
    servicePointId: row.servicePointId,
    premiseId: place!.premiseId,
    registerNo: row.registerNo,
    readId: row.readId,
    ...dial,
    ...bandOf(row, usual),
    findings: row.findings.map(finding => findingOf(row, finding)),
    periods: await periodsOf(ctx, row.servicePointId, usual),
    estimate: row.source === 'read' ? await proposeEstimate(ctx, row) : null,
    earlier: (await store.listEarlier(ctx.tx, row.servicePointId, exceptionId)).map(earlierOf),
    hazards: premise.hazards.map(({ kind, note }) => ({ kind, note })),
    locationNote: point?.locationNote ?? null,
    decided: row.decision
      ? {
          decision: row.decision,
          at: row.decidedAt!,
          by: row.decidedBy ?? '',
          reason: row.decisionReason ?? '',
        }
      : null,
  }
}

const earlierOf = ({
  exceptionId,
  onDate,
  rule,
  decision,
  decisionReason,
  decidedBy,
}: store.ExceptionRow) => ({
  ...{ exceptionId, onDate, rule, decision },
  reason: decisionReason,
  by: decidedBy,
})

/** What the dial showed, and the value before it. */
async function dialOf(ctx: Ctx, row: store.ExceptionRow) {
  const [installation] = (await listInstallationsOf(ctx.tx, row.meterId)).toReversed()
  const at = installation?.registers.findIndex(one => one.registerNo === row.registerNo) ?? -1
  const register = installation?.registers[at]
  const reads = await listReadsOf(ctx.tx, row.meterId)
  const read = reads.find(one => one.readId === row.readId)
  const before =
    installation && read ? lastBefore(read.readOn, at, { installation, reads: standingReads(reads) }) : null
  return {
    unit: register?.unit ?? ('gal' as const),
    dials: register?.dials ?? 6,
    multiplier: register?.multiplier ?? '1',
    value: read?.value ?? null,
    previous: before ? { readOn: before.on, value: before.value, kind: before.kind } : null,
  }
}

/** The usual of a place: how each stretch of days would be judged by what was known before it. */
type Usual = (fromOn: LocalDate, toOn: LocalDate) => { band: UseBand | null; peers: View['peers'] }

const nothingUsual: Usual = () => ({ band: null, peers: null })

async function usualAt(ctx: Ctx, row: store.ExceptionRow): Promise<Usual> {
  const rows = (await listRegisters(ctx.tx, [row.serial])).filter(one => one.registerNo === row.registerNo)
  const [register] = rows
  const [facts] = await listPointFacts(ctx, [row.servicePointId])
  if (!register || !facts) return nothingUsual
  const book = historyOf(rows)
  const occupants = await listOccupantsAt(ctx, [row.servicePointId])
  const known = knownRegister({ row: register, facts, occupants, stretch: 0, carried: null })
  const peersAt = await peersOf(ctx)
  const limits = limitsOf(await getRuleBook(ctx))
  return (fromOn, toOn) => {
    const [fromDay, toDay] = [dayNumber(fromOn), dayNumber(toOn)]
    const profile = profileOf(known, { day: toDay, reader: row.reader }, { book, peersAt })
    const asThen = { ...profile, historyCount: countBefore(book, 0, toDay) }
    return {
      band: usualUse(asThen, { fromDay, toDay, resolution: 1 }, limits),
      peers: profile.peers,
    }
  }
}

/** The band and the peers that the read was judged by, as they are today. */
function bandOf(row: store.ExceptionRow, usual: Usual): Pick<View, 'bandLow' | 'bandHigh' | 'peers'> {
  const { band, peers } = usual(addDays(row.onDate, -30), row.onDate)
  return { bandLow: band?.low ?? null, bandHigh: band?.high ?? null, peers }
}

async function periodsOf(ctx: Ctx, servicePointId: ServicePointId, usual: Usual): Promise<View['periods']> {
  const { usage } = await getUsageStory(ctx, [servicePointId])
  return (usage.get(servicePointId) ?? []).map(({ fromOn, toOn, gallons, gallonsPerDay, flags }) => {
    const { band, peers } = usual(fromOn, toOn)
    return {
      ...{ fromOn, toOn, gallons, gallonsPerDay },
      estimated: flags.includes('estimated'),
      usualLow: band?.low ?? null,
      usualHigh: band?.high ?? null,
      peerMedian: peers?.median ?? null,
    }
  })
}

function findingOf(row: store.ExceptionRow, finding: store.FindingRow): View['findings'][number] {
  const { rule, kind, severity, measured, limit, suggestion, facts } = finding
  const suggested = (facts.suggestion as { value?: number } | undefined)?.value ?? null
  const candidates = Array.isArray(facts.candidates) ? (facts.candidates as Record<string, unknown>[]) : []
  return {
    ...{ rule, kind, severity, measured, limit, suggestion },
    says: sayFinding({ kind, measured, limit, facts: factsOf(row, facts) }),
    ruleName: finding.ruleName ?? rule,
    citation: finding.citation ?? '',
    atStakeCents: BigInt(finding.atStakeCents),
    unit: typeof facts.unit === 'string' ? facts.unit : null,
    suggestedValue: suggested,
    candidates: candidates.map(one => ({
      cause: one.cause as View['findings'][number]['candidates'][number]['cause'],
      gallons: one.gallons as number | null,
      plausibility: one.plausibility as number,
      cents: one.cents === null || one.cents === undefined ? null : BigInt(String(one.cents)),
      value: one.value as number | null,
    })),
  }
}
