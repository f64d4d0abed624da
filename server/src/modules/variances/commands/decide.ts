/** Decisions by level, and the appeal of a denial. */
import { addDays, localDateAt } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { finishTasksAbout, requestReview } from '../../desk/index.ts'
import { getRuleBook, numberOf, ruleOf } from '../../policy/index.ts'
import { changeArea } from '../../premises/index.ts'
import { canApprove, findPerson, refuseAfterReset } from '../../staff/index.ts'
import type { variances } from '../contract/index.ts'
import { errors, isEligible, levels, type Outcome } from '../domain/index.ts'
import { readAuthority } from '../queries/judging.ts'
import { getVariance, type VarianceView } from '../queries/rows.ts'
import { insertGrant } from '../store/grants.ts'
import type { VarianceRow } from '../store/variances.ts'
import * as store from '../store/variances.ts'
import { about, letterFact, lockRequest, takeStep, writeLetter } from './guard.ts'
import { judge, letterHead } from './request.ts'

type Judged = Awaited<ReturnType<typeof judge>>
type Decision = 'approve' | 'deny'

export async function decideVariance(
  ctx: Ctx,
  input: Input<typeof variances.decideVariance>,
): Promise<VarianceView> {
  const { decision, reason } = input
  const from = ['requested', 'proposed', 'evidence-asked'] as const
  const row = await lockRequest(ctx, input, { from, wanted: 'decided', reads: true })
  const judged = await judge(ctx, row)
  if (judged.may !== 'alone') throw refuse(errors, 'variances.above-level', { says: judged.says })
  await refuseOwnProposal(ctx, row)
  if (decision === 'approve') checkRules(judged)
  await settle(ctx, row, { judged, decision, reason, kind: decision === 'approve' ? 'approved' : 'denied' })
  await requestReview(ctx, { title: 'Water budget request decided', accountId: row.accountId })
  return getVariance(ctx, row)
}

/** AUTH-025: the approver is somebody else than the proposer, and no junior of theirs. */
async function refuseOwnProposal(ctx: Ctx, row: VarianceRow): Promise<void> {
  const events = await store.listEvents(ctx.tx, row.accountId, row.varianceId)
  const proposed = events.findLast(event => event.kind === 'proposed')
  if (!proposed || row.state !== 'proposed') return
  const rank = (level: string | null) => levels.indexOf(level as never) + 1
  const proposer = await findPerson(ctx, proposed.byId)
  const approver = { personId: ctx.actor.personId, rank: rank(ctx.actor.level) }
  if (!canApprove({ personId: proposed.byId, rank: rank(proposer?.level ?? null) }, approver))
    throw refuse(errors, 'variances.own-proposal', { who: proposed.by })
  await refuseAfterReset(ctx, proposed.byId)
}

function checkRules({ rules }: Pick<Judged, 'rules'>): void {
  if (isEligible(rules)) return
  const wrong = rules.find(rule => rule.answer === 'refused')
  if (wrong) throw refuse(errors, 'variances.not-eligible', { code: wrong.code, says: wrong.says })
  const missing = rules.find(rule => rule.answer === 'missing')!
  throw refuse(errors, 'variances.evidence-missing', { code: missing.code, says: missing.says })
}

type Settling = {
  readonly judged: Judged
  readonly decision: Decision
  readonly reason: string
  readonly kind: 'approved' | 'denied' | 'appeal-granted' | 'appeal-denied'
}

/** The decision, what it gives, the letter and the closed task: one transaction. */
async function settle(ctx: Ctx, row: VarianceRow, settling: Settling): Promise<void> {
  const { judged, decision, reason, kind } = settling
  const outcome = decision === 'approve' ? judged.outcome : null
  if (outcome) await grantOutcome(ctx, row, { outcome, judged, reason })
  const appealDays = numberOf(judged.book, 'WB-040')
  const letter = await writeLetter(ctx, row, {
    ...letterHead(row, kind),
    reason,
    gives: outcome ? givesOf(outcome) : [],
    fromOn: outcome?.area?.fromOn ?? outcome?.grants[0]?.fromOn ?? null,
    untilOn: outcome?.area || isOnce(outcome) ? null : (outcome?.grants[0]?.untilOn ?? null),
    appealBy: kind === 'denied' ? addDays(ctx.today, appealDays) : null,
  })
  const state = decision === 'approve' ? ('approved' as const) : ('denied' as const)
  const facts = { rules: judged.rules, ...letterFact(letter) }
  await takeStep(ctx, row, { kind, state, reason, facts })
  await finishTasksAbout(ctx, about(row.varianceId), decision === 'approve' ? 'approved' : 'declined')
}

const isOnce = (outcome: Outcome | null): boolean =>
  outcome?.grants.some(one => one.input === 'over-budget-gallons') ?? false

const givesOf = ({ grants, area }: Outcome) => [
  ...(area ? [{ what: 'area' as const, amount: area.sqft }] : []),
  ...grants.map(one => ({ what: one.input, amount: one.amount })),
]

type Granting = { readonly outcome: Outcome; readonly judged: Judged; readonly reason: string }

async function grantOutcome(
  ctx: Ctx,
  row: VarianceRow,
  { outcome, judged, reason }: Granting,
): Promise<void> {
  const { accountId, varianceId, premiseId } = row
  const ruleIds = [...new Set(judged.rules.map(rule => rule.code))].map(
    code => ruleOf(judged.book, code).ruleId,
  )
  if (outcome.area)
    await changeArea(ctx, { premiseId, ...outcome.area, source: `variance ${varianceId}: ${reason}` })
  for (const grant of outcome.grants)
    await insertGrant(ctx.tx, {
      ...grant,
      ...{ accountId, varianceId, kind: row.kind, ruleIds, at: ctx.now, by: ctx.actor.personId },
    })
  const credited = outcome.grants.some(
    one => one.input === 'over-budget-gallons' || one.input === 'courtesy-months',
  )
  if (credited)
    ctx.tell({ name: 'variances.credit-granted', account: accountId, subject: { variance: varianceId } })
}

export async function appealVariance(
  ctx: Ctx,
  input: Input<typeof variances.appealVariance>,
): Promise<VarianceView> {
  const row = await lockRequest(ctx, input, { from: ['denied'], wanted: 'appealed' })
  const denied = await lastDenial(ctx, row)
  const days = numberOf(await getRuleBook(ctx, ctx.today, ['WB-040']), 'WB-040')
  if (denied && ctx.today > addDays(denied.on, days))
    throw refuse(errors, 'variances.appeal-late', { days, on: denied.on })
  await takeStep(ctx, row, { kind: 'appealed', state: 'appealed', reason: input.reason })
  return getVariance(ctx, row)
}

async function lastDenial(ctx: Ctx, row: VarianceRow) {
  const events = await store.listEvents(ctx.tx, row.accountId, row.varianceId)
  const event = events.findLast(one => one.kind === 'denied')
  return event ? { on: localDateAt(new Date(event.at), ctx.timeZone), byId: event.byId as PersonId } : null
}

/** What the committee decided, kept by a Supervisor who did not deny the request. */
export async function decideAppeal(
  ctx: Ctx,
  input: Input<typeof variances.decideAppeal>,
): Promise<VarianceView> {
  const { decision, reason } = input
  const row = await lockRequest(ctx, input, { from: ['appealed'], wanted: 'decided on appeal', reads: true })
  const judged = await judge(ctx, row)
  const committee = await readAuthority(ctx, { kind: 'other', evidence: [] })
  if (committee.may !== 'alone') {
    const says =
      'Appeals go to the variance committee; a Supervisor keeps what it decided (AUTH-015, WB-040).'
    throw refuse(errors, 'variances.above-level', { says })
  }
  if ((await lastDenial(ctx, row))?.byId === ctx.actor.personId) throw refuse(errors, 'variances.own-denial')
  if (decision === 'approve' && judged.outcome === null) checkRules(judged)
  const kind = decision === 'approve' ? 'appeal-granted' : 'appeal-denied'
  await settle(ctx, row, { judged, decision, reason, kind })
  return getVariance(ctx, row)
}
