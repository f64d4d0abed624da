/**
 * Limits tried on reads of the past before they are set: what each rule would catch and would no longer catch, what
 * that was worth, and how people had decided then.
 */
import type { Cents } from '@curbstop/kernel/money'
import type { Finding, FindingCode } from './findings.ts'
import { judgeRead } from './judge-read.ts'
import type { ValidationLimits } from './limits.ts'
import type { NewRead, ReadProfile } from './profile.ts'

/** `wrong`: the read was corrected, estimated or re-read otherwise. `right`: a person took it as it stood. */
export type PastOutcome = 'wrong' | 'right' | null
export type PastRead<Key = unknown> = {
  readonly key: Key
  readonly read: NewRead
  readonly profile: ReadProfile
  readonly outcome: PastOutcome
}

export type Tally = {
  readonly reads: number
  readonly dollarsAtStake: Cents // cents
  readonly wrong: number
  readonly right: number
}
export type RuleTrial<Key = unknown> = {
  readonly code: FindingCode
  readonly before: Tally
  readonly after: Tally
  readonly newly: Tally
  readonly noLonger: Tally
  /** The dearest of each, for looking at. */
  readonly newlySamples: readonly { readonly key: Key; readonly finding: Finding }[]
  readonly noLongerSamples: readonly { readonly key: Key; readonly finding: Finding }[]
}
export type LimitsTrial<Key = unknown> = {
  readonly reads: number
  /** Reads with a finding that is looked at or stops the bill. */
  readonly shownBefore: number
  readonly shownAfter: number
  readonly stoppedBefore: number
  readonly stoppedAfter: number
  readonly rules: readonly RuleTrial<Key>[]
}

type Count = { reads: number; dollarsAtStake: Cents; wrong: number; right: number }
type Sample<Key> = { key: Key; finding: Finding }
type Work<Key> = {
  before: Count
  after: Count
  newly: Count
  noLonger: Count
  newlySamples: Sample<Key>[]
  noLongerSamples: Sample<Key>[]
}
const samplesMost = 20

/** Streams: `reads` may be a generator over a month of the district. */
export function tryLimits<Key>(
  reads: Iterable<PastRead<Key>>,
  old: ValidationLimits,
  next: ValidationLimits,
): LimitsTrial<Key> {
  const works = new Map<FindingCode, Work<Key>>()
  const totals = { reads: 0, shownBefore: 0, shownAfter: 0, stoppedBefore: 0, stoppedAfter: 0 }
  for (const past of reads) {
    const before = judgeRead(past.read, past.profile, old).findings
    const after = judgeRead(past.read, past.profile, next).findings
    totals.reads += 1
    if (before.some(isShown)) totals.shownBefore += 1
    if (after.some(isShown)) totals.shownAfter += 1
    if (before.some(finding => finding.blocksBilling)) totals.stoppedBefore += 1
    if (after.some(finding => finding.blocksBilling)) totals.stoppedAfter += 1
    for (const finding of before) countIn(works, past, finding, 'before', after)
    for (const finding of after) countIn(works, past, finding, 'after', before)
  }
  const rules = [...works].map(([code, work]) => ({ code, ...work }))
  return { ...totals, rules: rules.sort((a, b) => (a.code < b.code ? -1 : 1)) }
}

const isShown = (finding: Finding): boolean => finding.severity !== 'note'

function countIn<Key>(
  works: Map<FindingCode, Work<Key>>,
  { key, outcome }: PastRead<Key>,
  finding: Finding,
  side: 'before' | 'after',
  others: readonly Finding[],
): void {
  const work = works.get(finding.code) ?? emptyWork<Key>()
  works.set(finding.code, work)
  add(work[side], finding, outcome)
  if (others.some(other => other.code === finding.code)) return
  add(side === 'after' ? work.newly : work.noLonger, finding, outcome)
  keep(side === 'after' ? work.newlySamples : work.noLongerSamples, { key, finding })
}

const emptyCount = (): Count => ({ reads: 0, dollarsAtStake: 0n, wrong: 0, right: 0 })
function emptyWork<Key>(): Work<Key> {
  return {
    before: emptyCount(),
    after: emptyCount(),
    newly: emptyCount(),
    noLonger: emptyCount(),
    newlySamples: [],
    noLongerSamples: [],
  }
}

function add(count: Count, { dollarsAtStake }: Finding, outcome: PastOutcome): void {
  count.reads += 1
  count.dollarsAtStake += dollarsAtStake
  if (outcome === 'wrong') count.wrong += 1
  if (outcome === 'right') count.right += 1
}

/** The dearest few, in order; a month of a district does not stay in memory. */
function keep<Key>(samples: Sample<Key>[], sample: Sample<Key>): void {
  const at = samples.findIndex(one => one.finding.dollarsAtStake < sample.finding.dollarsAtStake)
  if (at === -1 && samples.length >= samplesMost) return
  samples.splice(at === -1 ? samples.length : at, 0, sample)
  if (samples.length > samplesMost) samples.pop()
}
