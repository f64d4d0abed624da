import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import { refuseFindableOn } from '../../accounts/index.ts'
import type { investigations } from '../contract.ts'
import { calculateLeakRate, errors, fixtures, questionOf, stepOf } from '../domain/index.ts'
import { getInvestigation, type InvestigationView } from '../queries/view.ts'
import type { CaseKey } from '../store.ts'
import { keepEvidence, lockOpenCase } from './case.ts'

async function kept(ctx: Ctx, key: CaseKey, after: Record<string, unknown>): Promise<InvestigationView> {
  const { accountId, investigationId } = key
  ctx.audit({ subject: `investigation:${investigationId}`, account: accountId, after })
  ctx.tell({ name: 'investigations.evidence-kept', account: accountId, subject: { investigationId } })
  return getInvestigation(ctx, key)
}

/** What the customer answered; the causes are ranked again with it. */
export async function answer(
  ctx: Ctx,
  { question, answer: given, note, ...key }: Input<typeof investigations.answer>,
): Promise<InvestigationView> {
  await lockOpenCase(ctx, key)
  const known = questionOf(question)
  if (!known) throw refuse(errors, 'investigations.unknown-question', { question }, 'question')
  checkAnswer(known.answers, given, 'answer')
  await keepEvidence(ctx, key, {
    kind: 'answer',
    body: { question, answer: given, ...(note ? { note } : {}) },
  })
  return kept(ctx, key, { question, answer: given })
}

/** One step of the guided leak check. Two reads without use in between give the leak in gallons a day (LEAK-005). */
export async function recordCheckStep(
  ctx: Ctx,
  { step, result, fixture, reads, note, ...key }: Input<typeof investigations.recordCheckStep>,
): Promise<InvestigationView> {
  await lockOpenCase(ctx, key)
  const known = stepOf(step)!
  checkAnswer(known.answers, result, 'result')
  if (fixture !== undefined)
    checkAnswer(
      fixtures.map(one => ({ code: one.code })),
      fixture,
      'fixture',
    )
  if (known.asksReads && result === 'read' && !reads)
    throw refuse(
      errors,
      'investigations.reads',
      { problem: 'both reads and their times are missing' },
      'reads',
    )
  const rate = known.asksReads && reads ? calculateLeakRate(reads) : null
  // Less than a gallon in the time of the test is the play of the dial, not a leak (VEE-029).
  const settles = rate ? (rate.gallons >= 1 ? 'flow' : 'no-flow') : result
  const body = {
    ...{ step, result, settles },
    ...(fixture ? { fixture } : {}),
    ...(rate ? { ...rate, reads } : {}),
    ...(note ? { note } : {}),
  }
  await keepEvidence(ctx, key, { kind: 'check-step', body })
  return kept(ctx, key, { step, result, ...(rate ? { gallonsPerDay: rate.gallonsPerDay } : {}) })
}

export async function addNote(
  ctx: Ctx,
  { note, ...key }: Input<typeof investigations.addNote>,
): Promise<InvestigationView> {
  await lockOpenCase(ctx, key)
  await refuseFindableOn(ctx, key.accountId, { note })
  await keepEvidence(ctx, key, { kind: 'note', body: { note } })
  return kept(ctx, key, { note: 'added' })
}

function checkAnswer(known: readonly { code: string }[], given: string, field: string): void {
  if (known.some(one => one.code === given)) return
  const codes = known.map(one => one.code).join(', ')
  throw refuse(errors, 'investigations.unknown-answer', { answer: given, known: codes }, field)
}
