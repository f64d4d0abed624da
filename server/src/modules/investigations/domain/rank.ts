/**
 * Bayes over the cause library, in log-odds: each sight adds ln P(sight | cause). Sights of one kind overlap (a
 * season shows in the months, the peers and the ET alike), so a rule's weight is damped; the arithmetic stays
 * visible: every evidence line says how many times likelier it makes its cause.
 */
import { type Cause, type CauseCode, causes } from './causes.ts'
import type { Sight } from './evidence/index.ts'
import { likelihoodOf, type Question, questionOf, questions } from './questions.ts'

export type GivenAnswer = { readonly question: string; readonly answer: string }

export type EvidenceLine = {
  readonly code: string
  readonly says: string
  readonly side: 'for' | 'against'
  readonly strength: 'strong' | 'moderate' | 'slight'
  readonly times: number
}

export type RankedCause = {
  readonly cause: Cause
  readonly likelihood: number
  readonly evidence: EvidenceLine[]
}

export type RankedQuestion = { readonly question: Question; readonly gainBits: number }

/** Overlapping sights count less than independent ones would. */
const damping = 0.8
const smallest = 0.005

/** Ranks every cause; likelihoods add up to 1. Answers are sights of their own, undamped. */
export function rankCauses(
  sights: readonly Sight[],
  answers: readonly GivenAnswer[],
  among: readonly Cause[] = causes,
): RankedCause[] {
  const weighed = [...sights.map(asWeighed), ...latestAnswers(answers)]
  const scores = among.map(cause =>
    weighed.reduce(
      (score, sight) => score + sight.weight * Math.log(sight.under(cause.code)),
      Math.log(cause.prior),
    ),
  )
  const likelihoods = normalise(scores)
  return among
    .map((cause, i) => ({ cause, likelihood: likelihoods[i]!, evidence: linesFor(cause, weighed) }))
    .sort((a, b) => b.likelihood - a.likelihood || a.cause.name.localeCompare(b.cause.name))
}

const lowers: readonly CauseCode[] = ['swapped-meter', 'misread', 'meter-exchange', 'catch-up']

/** The same for use that fell: only what makes a meter show too little. */
export function rankLowCauses(sights: readonly Sight[], answers: readonly GivenAnswer[]): RankedCause[] {
  const among = causes.filter(cause => lowers.includes(cause.code))
  return rankCauses(sights, answers, among)
}

type Weighed = {
  readonly code: string
  readonly weight: number
  says(cause: CauseCode): string
  under(cause: CauseCode): number
}

function asWeighed(sight: Sight): Weighed {
  return {
    code: sight.code,
    weight: sight.isRecord ? 1 : damping,
    says: cause => sight.saysFor?.[cause] ?? sight.says,
    under: cause => Math.max(smallest, sight.under[cause] ?? sight.otherwise ?? 1),
  }
}

/** The newest answer to a question replaces an older one. */
function latestAnswers(given: readonly GivenAnswer[]): Weighed[] {
  const byQuestion = new Map(given.map(one => [one.question, one.answer]))
  return [...byQuestion].flatMap(([code, answerCode]) => {
    const question = questionOf(code)
    const answer = question?.answers.find(option => option.code === answerCode)
    if (!question || !answer) return []
    return [
      {
        code: `asked-${code}`,
        weight: 1,
        says: () => `Asked “${question.ask}” Answer: ${answer.label.toLowerCase()}.`,
        under: cause => Math.max(smallest, likelihoodOf(answer, cause)),
      } satisfies Weighed,
    ]
  })
}

function normalise(scores: readonly number[]): number[] {
  const top = Math.max(...scores)
  const powers = scores.map(score => Math.exp(score - top))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map(power => power / total)
}

/** Against the prior-weighted average of all causes: above 1 speaks for, below 1 against. */
function linesFor(cause: Cause, weighed: readonly Weighed[]): EvidenceLine[] {
  const priorTotal = causes.reduce((sum, { prior }) => sum + prior, 0)
  const lines = weighed.flatMap(sight => {
    const average = causes.reduce((sum, { code, prior }) => sum + prior * sight.under(code), 0) / priorTotal
    const times = (sight.under(cause.code) / average) ** sight.weight
    const strength = strengthOf(times)
    if (!strength) return []
    const side = times > 1 ? ('for' as const) : ('against' as const)
    return [
      {
        code: sight.code,
        says: sight.says(cause.code),
        side,
        strength,
        times: Math.round(times * 100) / 100,
      },
    ]
  })
  return lines.sort(
    (a, b) => Math.abs(Math.log(b.times || smallest)) - Math.abs(Math.log(a.times || smallest)),
  )
}

function strengthOf(times: number): EvidenceLine['strength'] | null {
  const size = Math.abs(Math.log(Math.max(times, smallest)))
  if (size >= Math.log(3)) return 'strong'
  if (size >= Math.log(1.7)) return 'moderate'
  return size >= Math.log(1.2) ? 'slight' : null
}

const bits = (likelihoods: readonly number[]): number =>
  -likelihoods.reduce((sum, p) => (p > 0 ? sum + p * Math.log2(p) : sum), 0)

/** Questions not yet answered, the one that settles most first (expected fall of entropy over its answers). */
export function rankQuestions(
  ranked: readonly RankedCause[],
  answers: readonly GivenAnswer[],
  isIrrigated: boolean,
): RankedQuestion[] {
  const asked = new Set(answers.map(answer => answer.question))
  return questions
    .filter(question => !asked.has(question.code) && (question.onlyIf !== 'irrigated' || isIrrigated))
    .map(question => ({ question, gainBits: expectedGain(ranked, question) }))
    .sort((a, b) => b.gainBits - a.gainBits)
}

export function expectedGain(ranked: readonly RankedCause[], question: Question): number {
  const before = bits(ranked.map(({ likelihood }) => likelihood))
  let after = 0
  for (const answer of question.answers) {
    const joint = ranked.map(({ cause, likelihood }) => likelihood * likelihoodOf(answer, cause.code))
    const chance = joint.reduce((sum, p) => sum + p, 0)
    if (chance > 0) after += chance * bits(joint.map(p => p / chance))
  }
  return Math.max(0, before - after)
}
