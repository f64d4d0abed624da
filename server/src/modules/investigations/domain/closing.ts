/** What must stand before a case closes (LEAK-001): three steps from the records, one from the customer. */
import { refuse } from '@curbstop/kernel/errors'
import { causeOf } from './causes.ts'
import { errors } from './errors.ts'
import type { PeerFacts, RankFacts } from './facts.ts'
import type { Pattern } from './pattern.ts'
import type { GivenAnswer } from './rank.ts'

export type RequiredStep = {
  readonly code: 'verify-read' | 'compare' | 'check-records' | 'ask'
  readonly title: string
  readonly state: 'done' | 'open' | 'attention'
  readonly says: string
}

/** Questions of which at least one must have been asked: guests, pool, irrigation, visitors. */
const mustAsk = ['guests', 'pool', 'timer', 'toilet-refill', 'wet-spot', 'away']

export function requiredSteps(
  facts: RankFacts,
  pattern: Pattern,
  asked: readonly GivenAnswer[],
): RequiredStep[] {
  return [readStep(facts, pattern), compareStep(facts, pattern), recordsStep(facts), askStep(asked)]
}

function readStep({ periods, reads }: RankFacts, pattern: Pattern): RequiredStep {
  const step = { code: 'verify-read' as const, title: 'Read and the read before it' }
  const now = periods[0]
  if (!now) return { ...step, state: 'open', says: 'There is no billed read yet.' }
  if (reads.isConfirmed) return { ...step, state: 'done', says: 'A second read agrees with the billed one.' }
  if (now.readKind === 'estimated')
    return { ...step, state: 'attention', says: 'The billed read is an estimate: send somebody to read it.' }
  if (reads.digitSlipUnits !== null)
    return { ...step, state: 'attention', says: 'One wrong digit would explain the excess: order a re-read.' }
  const agree =
    pattern.periodsUp >= 2 ? `${pattern.periodsUp} reads in a row agree.` : 'Both reads are actual.'
  return { ...step, state: 'done', says: agree }
}

function compareStep({ periods, peers }: RankFacts, pattern: Pattern): RequiredStep {
  const step = { code: 'compare' as const, title: 'Days, last year, neighbours' }
  const [now, before] = periods
  if (!now || !before) return { ...step, state: 'attention', says: 'There is nothing yet to compare with.' }
  const days = `${now.days} days against ${before.days}`
  const year = pattern.lastYear
    ? `last year ${Math.round(pattern.lastYear.gallonsPerDay)} gal a day, now ${Math.round(now.gallonsPerDay)}`
    : 'no bill of the same weeks last year'
  return { ...step, state: 'done', says: `${days}; ${year}; ${peersSay(peers)}.` }
}

function peersSay(peers: PeerFacts | null): string {
  if (!peers || peers.changeFromLast === null) return 'too few like it to compare'
  const change = Math.round(peers.changeFromLast * 100)
  return `${peers.accounts} like it ${change >= 0 ? 'up' : 'down'} ${Math.abs(change)} %`
}

function recordsStep({ periods, reads, change }: RankFacts): RequiredStep {
  const found = [
    periods[0]?.readKind === 'estimated' || periods[1]?.readKind === 'estimated' ? 'an estimate' : null,
    reads.hasExchange ? 'a meter exchange' : null,
    reads.hasRollover ? 'a rollover' : null,
    change && change.ratesAndBudget !== 0n ? 'a change of rates or budget' : null,
  ].filter(one => one !== null)
  const title = 'Estimate, exchange, rollover, tariff'
  const says = found.length ? `Found: ${found.join(', ')}.` : 'None of these in the period.'
  return { code: 'check-records', title, state: 'done', says }
}

function askStep(asked: readonly GivenAnswer[]): RequiredStep {
  const known = new Set(asked.map(one => one.question))
  const done = mustAsk.filter(code => known.has(code)).length
  const title = 'Ask about guests, pool, irrigation'
  return done > 0
    ? { code: 'ask', title, state: 'done', says: `${done} of these questions answered.` }
    : { code: 'ask', title, state: 'open', says: 'Ask the customer at least one of these questions.' }
}

/** What is missing, as a sentence, or null. `attention` has been seen and does not block. */
export function missingToClose(steps: readonly RequiredStep[]): string | null {
  const open = steps.filter(step => step.state === 'open').map(step => step.title.toLowerCase())
  return open.length ? open.join('; ') : null
}

export function checkMayClose(steps: readonly RequiredStep[], finding: string): void {
  if (!causeOf(finding))
    throw refuse(errors, 'investigations.unknown-cause', { cause: finding.slice(0, 40) }, 'finding')
  const missing = missingToClose(steps)
  if (missing) throw refuse(errors, 'investigations.steps-open', { missing })
}
