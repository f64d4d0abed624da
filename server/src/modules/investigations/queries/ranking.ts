import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import type { BillingCard } from '../../billing/index.ts'
import type { investigations } from '../contract.ts'
import {
  type GivenAnswer,
  gatherLowSights,
  gatherSights,
  libraryVersion,
  rankCauses as rankByBayes,
  rankLowCauses,
  rankQuestions,
  type StepResult,
  stepSights,
} from '../domain/index.ts'
import * as store from '../store.ts'
import { answersIn, stepResultsIn } from './evidence.ts'
import { type Known, lookAtBills, lookFurther } from './facts.ts'

export type CauseRanking = Output<typeof investigations.rank>

/**
 * Likely causes for the account 360. Nothing beyond the bills is read while use is usual and no case is open; pass
 * the billing card when it is at hand.
 */
export async function rankCauses(ctx: Ctx, accountId: AccountId, card?: BillingCard): Promise<CauseRanking> {
  const known = await lookAtBills(ctx, accountId, card)
  const investigationId = await store.findOpenCase(ctx.tx, accountId)
  const { isHigh, isLow } = known.pattern
  if (!isHigh && !isLow && investigationId === null) return showRanking(known, { investigationId })
  const further = known.facts.periods.length > 0 ? await lookFurther(ctx, accountId, known) : known
  const evidence = investigationId ? await store.listEvidence(ctx.tx, { accountId, investigationId }) : []
  return showRanking(further, {
    investigationId,
    answers: answersIn(evidence),
    steps: stepResultsIn(evidence),
  })
}

export const rank = (ctx: Ctx, { accountId }: Input<typeof investigations.rank>): Promise<CauseRanking> =>
  rankCauses(ctx, accountId)

type Heard = {
  readonly investigationId: CauseRanking['investigationId']
  readonly answers?: readonly GivenAnswer[]
  readonly steps?: readonly StepResult[]
}

export function showRanking({ card, facts, pattern }: Known, heard: Heard): CauseRanking {
  const { answers = [], steps = [], investigationId } = heard
  const isLow = pattern.isLow && !pattern.isHigh
  const isWanted = pattern.isHigh || investigationId !== null || facts.mirroredNeighbour !== null
  const isRanked = facts.periods.length > 0 && isWanted
  const ranked = !isRanked
    ? []
    : isLow
      ? rankLowCauses(gatherLowSights(facts), answers)
      : rankByBayes([...gatherSights(facts, pattern), ...stepSights(steps)], answers)
  const asked = isRanked && !isLow ? rankQuestions(ranked, answers, facts.irrigatedSqft > 0) : []
  const questions = asked.map(({ question, gainBits }) => ({
    code: question.code,
    ask: question.ask,
    why: question.why,
    answers: question.answers.map(({ code, label, says }) => ({ code, label, says })),
    gainBits: Math.round(gainBits * 1000) / 1000,
  }))
  return {
    isHigh: pattern.isHigh,
    headline: headlineOf({ facts, pattern }),
    billId: card.latest?.billId ?? null,
    expectedGallonsPerDay: pattern.baseline ? Math.round(pattern.baseline.gallonsPerDay) : null,
    actualGallonsPerDay: facts.periods[0]?.gallonsPerDay ?? null,
    steppedUpOn: pattern.steppedUpOn,
    pattern: pattern.shape,
    causes: ranked.map(({ cause, likelihood, evidence }) => ({
      cause: cause.code,
      name: cause.name,
      likelihood: Math.round(likelihood * 10_000) / 10_000,
      evidence,
      nextStep: cause.nextStep,
      citation: cause.citation,
    })),
    nextQuestion: questions[0] ?? null,
    questions,
    library: libraryVersion,
    investigationId,
  }
}

const comparedWith = {
  'last-year': 'the same weeks last year',
  'last-period': 'the period before',
  peers: 'accounts like it',
} as const

function headlineOf({ facts, pattern }: Pick<Known, 'facts' | 'pattern'>): string {
  const now = facts.periods[0]
  if (!now) return 'There is no bill yet.'
  if (pattern.shape === 'zero')
    return 'No use at all in two periods: check whether the meter is stopped (VEE-015).'
  if (!pattern.baseline) return 'There is nothing yet to compare this use with.'
  const { gallonsPerDay, how } = pattern.baseline
  const share = Math.round((now.gallonsPerDay / gallonsPerDay - 1) * 100)
  const figures = `${now.gallonsPerDay} gallons a day against ${Math.round(gallonsPerDay)} in ${comparedWith[how]}`
  if (share === 0) return `Use is as expected: ${figures}.`
  return `Use is ${share > 0 ? 'up' : 'down'} ${Math.abs(share)} %: ${figures}.`
}
