/** A request is taken down, corrected, handed on, asked about, withdrawn. */
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import { refuseOwnAccount } from '../../accounts/index.ts'
import { createTaskAbout, finishTasksAbout, requestReview } from '../../desk/index.ts'
import { getRuleBook } from '../../policy/index.ts'
import type { variances } from '../contract/index.ts'
import {
  clockOf,
  type Draft,
  errors,
  isWaiting,
  kindNames,
  missingFigures,
  queueOf,
  tidyDraft,
  variancePolicy,
  varianceRuleCodes,
} from '../domain/index.ts'
import { judgeDraft } from '../queries/judging.ts'
import { draftOf, getVariance, type VarianceView } from '../queries/rows.ts'
import type { VarianceRow } from '../store/variances.ts'
import * as store from '../store/variances.ts'
import { about, letterFact, lockRequest, noteEvent, takeStep, writeLetter } from './guard.ts'

const factsOf = ({ kind: _, evidence: __, ...facts }: Draft): Record<string, unknown> => facts

/** Throws figures-missing: a request without its figures could never be decided. */
function checkDraft(draft: Draft): Draft {
  const tidy = tidyDraft(draft)
  const missing = missingFigures(tidy)
  if (missing) throw refuse(errors, 'variances.figures-missing', { says: missing }, 'draft')
  return tidy
}

export async function requestVariance(
  ctx: Ctx,
  input: Input<typeof variances.requestVariance>,
): Promise<VarianceView> {
  const { accountId, channel, note, requestedOn = ctx.today } = input
  if (requestedOn > ctx.today) throw refuse(errors, 'variances.requested-in-future', {}, 'requestedOn')
  await refuseOwnAccount(ctx, accountId)
  const draft = checkDraft(input.draft)
  const { account, premise } = await judgeDraft(ctx, { accountId, draft, requestedOn })
  if (account.status === 'closed') throw refuse(errors, 'variances.closed-account')
  const known = await store.listOfAccount(ctx.tx, accountId)
  const same = known.find(one => one.kind === draft.kind && isWaiting(one.state))
  if (same) throw refuse(errors, 'variances.already-asked', { on: same.requestedOn })
  const policy = variancePolicy(await getRuleBook(ctx, ctx.today, varianceRuleCodes))
  const by = ctx.actor.personId
  const varianceId = await store.insertVariance(ctx.tx, {
    ...{ accountId, premiseId: premise.premiseId, kind: draft.kind, channel, facts: factsOf(draft) },
    ...{ requestedOn, requestedAt: ctx.now, requestedBy: by, ...clockOf(requestedOn, policy) },
  })
  const row = { accountId, varianceId }
  await store.insertEvidence(ctx.tx, { ...row, seenOn: ctx.today, seenBy: by }, draft.evidence)
  await noteEvent(ctx, row, { kind: 'requested', reason: note || null })
  ctx.audit({ subject: about(varianceId), account: accountId, after: { state: 'requested', channel } })
  ctx.tell({ name: 'variances.requested', account: accountId, subject: { variance: varianceId } })
  await requestReview(ctx, { title: 'Water budget request taken', accountId })
  return getVariance(ctx, row)
}

const open = ['requested', 'proposed', 'evidence-asked', 'appealed'] as const

export async function changeVariance(
  ctx: Ctx,
  input: Input<typeof variances.changeVariance>,
): Promise<VarianceView> {
  const row = await lockRequest(ctx, input, { from: open, wanted: 'changed', reads: true })
  if (row.kind !== input.draft.kind) throw refuse(errors, 'variances.same-kind', {}, 'draft')
  const draft = checkDraft(input.draft)
  const seen = await store.listEvidence(ctx.tx, row.accountId, row.varianceId)
  const fresh = draft.evidence.filter(
    one => !seen.some(known => known.kind === one.kind && known.count === one.count),
  )
  const { accountId, varianceId } = row
  const seenBy = ctx.actor.personId
  await store.insertEvidence(ctx.tx, { accountId, varianceId, seenOn: ctx.today, seenBy }, fresh)
  const state = row.state === 'appealed' ? 'appealed' : 'requested'
  await takeStep(ctx, row, { kind: 'changed', state, next: factsOf(draft), reason: input.note || null })
  return getVariance(ctx, row)
}

/** Hands it on with the reason: an approval waits in the queue of the level that decides (AUTH-015, AUTH-025). */
export async function proposeVariance(
  ctx: Ctx,
  input: Input<typeof variances.proposeVariance>,
): Promise<VarianceView> {
  const { decision, reason } = input
  const from = ['requested', 'evidence-asked', 'proposed'] as const
  const row = await lockRequest(ctx, input, { from, wanted: 'proposed', reads: true })
  const { decider } = await judge(ctx, row)
  await takeStep(ctx, row, { kind: 'proposed', state: 'proposed', reason, facts: { decision } })
  await createTaskAbout(ctx, {
    kind: 'approval',
    title: `${decision === 'approve' ? 'Approve' : 'Deny'} a water budget request?`,
    detail: `${row.kind === 'medical' ? '' : `${kindNames[row.kind]}: `}proposed by ${ctx.actor.name}. Decide it on the request’s page.`,
    accountId: row.accountId,
    to: { queue: queueOf[decider] },
    dueOn: row.dueOn > ctx.today ? row.dueOn : ctx.today,
    about: about(row.varianceId),
  })
  await requestReview(ctx, { title: 'Water budget request proposed', accountId: row.accountId })
  return getVariance(ctx, row)
}

export async function judge(ctx: Ctx, row: VarianceRow) {
  const evidence = await store.listEvidence(ctx.tx, row.accountId, row.varianceId)
  const draft = draftOf(
    row,
    evidence.map(({ kind, count }) => ({ kind, count })),
  )
  const { accountId, requestedOn } = row
  return { draft, ...(await judgeDraft(ctx, { accountId, draft, requestedOn })) }
}

export async function askEvidence(
  ctx: Ctx,
  input: Input<typeof variances.askEvidence>,
): Promise<VarianceView> {
  const from = ['requested', 'proposed', 'evidence-asked'] as const
  const row = await lockRequest(ctx, input, { from, wanted: 'asked about', reads: true })
  const letter = await writeLetter(ctx, row, {
    ...letterHead(row, 'evidence-asked'),
    reason: input.wanted,
  })
  const facts = letterFact(letter)
  await takeStep(ctx, row, { kind: 'evidence-asked', state: 'evidence-asked', reason: input.wanted, facts })
  return getVariance(ctx, row)
}

export async function withdrawVariance(
  ctx: Ctx,
  input: Input<typeof variances.withdrawVariance>,
): Promise<VarianceView> {
  const row = await lockRequest(ctx, input, { from: open, wanted: 'withdrawn' })
  const letter = await writeLetter(ctx, row, letterHead(row, 'withdrawn'))
  const facts = letterFact(letter)
  await takeStep(ctx, row, { kind: 'withdrawn', state: 'withdrawn', reason: input.reason, facts })
  await finishTasksAbout(ctx, about(row.varianceId), 'declined')
  return getVariance(ctx, row)
}

type News = Parameters<typeof writeLetter>[2]['news']

/** A letter with nothing in it yet but what it is about. */
export const letterHead = ({ kind, requestedOn }: VarianceRow, news: News) => ({
  news,
  kind,
  requestedOn,
  gives: [],
  fromOn: null,
  untilOn: null,
  reason: null,
  appealBy: null,
})
