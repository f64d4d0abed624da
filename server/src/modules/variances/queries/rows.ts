import { addDays } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../../platform/context.ts'
import { findAccount, listAccountHeads } from '../../accounts/index.ts'
import { listMessages } from '../../correspondence/index.ts'
import { getRuleBook } from '../../policy/index.ts'
import { listAuthority, withinAuthority } from '../../staff/index.ts'
import type { variances } from '../contract/index.ts'
import {
  ageDays,
  asksText,
  clockFace,
  type Draft,
  errors,
  grantText,
  isWaiting,
  type Level,
  levels,
  type RuleAnswer,
  type Stage,
  variancePolicy,
  varianceRuleCodes,
  weightOf,
} from '../domain/index.ts'
import type { GrantRow } from '../store/grants.ts'
import * as grantStore from '../store/grants.ts'
import type { EventRow, VarianceId, VarianceRow } from '../store/variances.ts'
import * as store from '../store/variances.ts'
import { listStages } from './budget.ts'
import { judgeDraft, readHint, verdictOf } from './judging.ts'

type Row = Output<typeof variances.listForAccount>['requests'][number]
export type VarianceView = Output<typeof variances.getVariance>
type Grant = VarianceView['grants'][number]

const rowsShown = 100
/** Whose level decides is worked out from what is asked: this many that wait are looked through. */
const rowsSearched = 1_000

/** A medical request's facts are for those who take and decide them, and for whoever took it down. */
export const isPrivateTo = (ctx: Ctx, row: Pick<VarianceRow, 'kind' | 'requestedBy'>): boolean =>
  row.kind === 'medical' && !may(ctx, 'variances.see-medical') && row.requestedBy !== ctx.actor.personId

export const draftOf = (row: VarianceRow, evidence: Draft['evidence'] = []): Draft =>
  ({ ...row.facts, kind: row.kind, evidence }) as Draft

/** Rows with names and deciding levels: three statements, whatever the number of rows. */
export async function showRows(ctx: Ctx, rows: readonly VarianceRow[]): Promise<Row[]> {
  const heads = await listAccountHeads(
    ctx,
    rows.map(row => row.accountId),
  )
  const deciders = await readDeciders(ctx)
  return rows.map(row => {
    const isPrivate = isPrivateTo(ctx, row)
    const draft = draftOf(row)
    const head = heads.get(row.accountId)
    return {
      accountId: row.accountId,
      varianceId: row.varianceId,
      accountNumber: head?.number ?? '',
      customerName: head?.name ?? '',
      kind: isPrivate ? null : row.kind,
      isPrivate,
      state: row.state,
      channel: row.channel,
      requestedOn: row.requestedOn,
      dueOn: row.dueOn,
      ageDays: Math.max(0, ageDays(row.requestedOn, ctx.today)),
      clock: clockFace(row, ctx.today),
      decidedBy: deciders(draft),
      asks: isPrivate ? '' : asksText(draft, ctx.today),
      expiresOn: row.expiresOn,
      version: row.version,
    }
  })
}

async function readDeciders(ctx: Ctx): Promise<(draft: Draft) => Level> {
  const actions = ['variance-persons', 'variance-medical-animals-license', 'variance-landscape-pool'] as const
  const limits = new Map<string, Awaited<ReturnType<typeof listAuthority>>>()
  for (const action of actions) limits.set(action, await listAuthority(ctx, action))
  return draft => {
    const { action, amount } = weightOf(draft)
    const of = limits.get(action)
    return levels.find(level => withinAuthority(of?.get(level) ?? null, amount) === 'alone') ?? 'supervisor'
  }
}

export async function listVariances(
  ctx: Ctx,
  { show, kind: wanted }: Input<typeof variances.listVariances>,
): Promise<Output<typeof variances.listVariances>> {
  const kind = wanted ?? null
  const book = await getRuleBook(ctx, ctx.today, varianceRuleCodes)
  const expiringBy = addDays(ctx.today, variancePolicy(book).expiry.noticeDays)
  const isMine = show === 'mine-to-decide'
  const limit = isMine ? rowsSearched : rowsShown + 1
  const found = await store.listVariances(ctx.tx, { show, kind, today: ctx.today, expiringBy, limit })
  // asking for a kind tells who is in the answer: a private one is found by its state only
  const open = kind === null ? found : found.filter(row => !isPrivateTo(ctx, row))
  const rows = await showRows(ctx, isMine ? open : open.slice(0, rowsShown))
  const shown = isMine ? rows.filter(row => row.decidedBy === ctx.actor.level) : rows
  return { rows: shown.slice(0, rowsShown), more: shown.length > rowsShown || found.length > limit - 1 }
}

export async function listForAccount(
  ctx: Ctx,
  { accountId }: Input<typeof variances.listForAccount>,
): Promise<Output<typeof variances.listForAccount>> {
  if (!(await findAccount(ctx, accountId))) throw refuse(errors, 'variances.missing')
  const requests = await showRows(ctx, await store.listOfAccount(ctx.tx, accountId))
  const hidden = new Set(requests.filter(row => row.isPrivate).map(row => row.varianceId))
  const grants = await showGrants(ctx, await grantStore.listGrants(ctx.tx, accountId))
  return { requests, grants: grants.filter(grant => !hidden.has(grant.varianceId)) }
}

async function showGrants(ctx: Ctx, rows: readonly GrantRow[]): Promise<Grant[]> {
  const stages = rows.length === 0 ? [] : await listStages(ctx)
  const stage = stages.find(
    one => one.fromOn <= ctx.today && (one.untilOn === null || ctx.today < one.untilOn),
  )
  return rows.map(row => ({
    grantId: asId<'budget-grant'>(row.grantId),
    varianceId: row.varianceId,
    kind: row.kind,
    input: row.input,
    amount: row.amount,
    fromOn: row.fromOn,
    untilOn: row.untilOn,
    starts: row.starts,
    standing: standingOf(row, ctx, stage),
    says: grantText(row.input, row.amount),
  }))
}

function standingOf(row: GrantRow, ctx: Ctx, stage: Stage | undefined): Grant['standing'] {
  if (row.untilOn !== null && row.untilOn <= ctx.today) return 'ended'
  if (stage?.suspends.includes(row.kind)) return 'suspended'
  return row.fromOn > ctx.today ? 'coming' : 'active'
}

export async function getVariance(
  ctx: Ctx,
  { accountId, varianceId }: Input<typeof variances.getVariance>,
): Promise<VarianceView> {
  const row = await store.findVariance(ctx.tx, accountId, varianceId)
  if (!row) throw refuse(errors, 'variances.missing')
  const [shown] = await showRows(ctx, [row])
  const events = await store.listEvents(ctx.tx, accountId, varianceId)
  const isPrivate = isPrivateTo(ctx, row)
  const evidence = await store.listEvidence(ctx.tx, accountId, varianceId)
  const draft = draftOf(
    row,
    evidence.map(({ kind, count }) => ({ kind, count })),
  )
  const grants = await showGrants(ctx, await grantStore.listGrants(ctx.tx, accountId))
  return {
    row: shown!,
    draft: isPrivate ? null : draft,
    evidence: isPrivate ? [] : evidence,
    events: events.map(({ byId: _, facts: __, ...event }) => ({
      ...event,
      reason: isPrivate ? null : event.reason,
    })),
    grants: isPrivate ? [] : grants.filter(grant => grant.varianceId === varianceId),
    verdict: await readVerdict(ctx, row, { draft, events, isPrivate }),
    letters: await listLetters(ctx, accountId, varianceId),
  }
}

type OfRow = { draft: Draft; events: readonly EventRow[]; isPrivate: boolean }

/** While it waits, as the rules stand today; once decided, as they stood then. */
async function readVerdict(ctx: Ctx, row: VarianceRow, of: OfRow): Promise<VarianceView['verdict']> {
  const { accountId, requestedOn } = row
  const judged = await judgeDraft(ctx, { accountId, draft: of.draft, requestedOn })
  const verdict = verdictOf(judged, isWaiting(row.state) ? await readHint(ctx, accountId, of.draft) : null)
  if (of.isPrivate) {
    const says = 'The facts of this request are private: an Advisor or above takes it on.'
    const hidden = { grants: null, hint: null, fromOn: null, untilOn: null }
    return { ...verdict, ...hidden, rules: [], may: 'not', says }
  }
  const then = of.events.findLast(event => Array.isArray(event.facts.rules))
  if (isWaiting(row.state) || !then) return verdict
  const rules = then.facts.rules as RuleAnswer[]
  return { ...verdict, rules }
}

/** The letters that name this request, newest first. */
async function listLetters(
  ctx: Ctx,
  accountId: AccountId,
  varianceId: VarianceId,
): Promise<VarianceView['letters']> {
  const messages = await listMessages(ctx, { accountId })
  const own = await store.listLetterIds(ctx.tx, accountId, varianceId)
  return messages
    .filter(message => own.has(message.messageId))
    .map(({ messageId, subject, state }) => ({ messageId, subject, state }))
}
