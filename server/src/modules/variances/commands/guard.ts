/** What every change of a request asks first, and what every change leaves behind. */
import { type DomainError, refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import { asId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { refuseOwnAccount } from '../../accounts/index.ts'
import type { Letter } from '../../correspondence/index.ts'
import { mailOrTask } from '../../desk/index.ts'
import { errors, type VarianceState } from '../domain/index.ts'
import { isPrivateTo } from '../queries/rows.ts'
import type { EventKind, VarianceId, VarianceRow } from '../store/variances.ts'
import * as store from '../store/variances.ts'

export type OnVariance = {
  readonly accountId: AccountId
  readonly varianceId: VarianceId
  readonly version: number
}

const done: Readonly<Record<EventKind, string>> = {
  requested: 'took this request',
  changed: 'added to this request',
  proposed: 'proposed a decision',
  'evidence-asked': 'asked the customer for more',
  approved: 'approved this request',
  denied: 'denied this request',
  withdrawn: 'withdrew this request',
  appealed: 'took an appeal',
  'appeal-granted': 'granted the appeal',
  'appeal-denied': 'denied the appeal',
  ended: 'ended this variance',
  resumed: 'resumed this variance',
  'renewal-noticed': 'told the customer that it ends',
  'late-noticed': 'reminded the desk',
}

const stateNames: Readonly<Record<VarianceState, string>> = {
  requested: 'waiting for a decision',
  proposed: 'proposed for a decision',
  'evidence-asked': 'waiting for the customer',
  approved: 'approved',
  denied: 'denied',
  withdrawn: 'withdrawn',
  appealed: 'under appeal',
}

type Wanted = { readonly from: readonly VarianceState[]; readonly wanted: string; readonly reads?: boolean }

/** The request, held, as the reader saw it and in a state for this. Throws missing, changed, not-now, private. */
export async function lockRequest(
  ctx: Ctx,
  on: OnVariance,
  { from, wanted, reads }: Wanted,
): Promise<VarianceRow> {
  const row = await store.lockVariance(ctx.tx, on.accountId, on.varianceId)
  if (!row) throw refuse(errors, 'variances.missing')
  await refuseOwnAccount(ctx, on.accountId)
  if (row.version !== on.version) throw await changedMeanwhile(ctx, row)
  if (!from.includes(row.state))
    throw refuse(errors, 'variances.not-now', { state: stateNames[row.state], wanted })
  if (reads && isPrivateTo(ctx, row)) throw refuse(errors, 'variances.private')
  return row
}

async function changedMeanwhile(ctx: Ctx, row: VarianceRow): Promise<DomainError> {
  const last = (await store.listEvents(ctx.tx, row.accountId, row.varianceId)).at(-1)
  return refuse(errors, 'variances.changed', {
    who: last?.by ?? 'Somebody',
    what: last ? done[last.kind] : 'changed this request',
  })
}

type Step = {
  readonly kind: EventKind
  readonly state: VarianceState
  readonly reason?: string | null
  readonly facts?: Record<string, unknown>
  /** What is asked now, when that changed. */
  readonly next?: Record<string, unknown>
}

/** Writes the step, notes it in the audit trail (kinds and states only: what is asked may be private) and tells it. */
export async function takeStep(ctx: Ctx, row: VarianceRow, step: Step): Promise<void> {
  const { accountId, varianceId } = row
  const { kind, state, reason = null, facts = {}, next } = step
  if (!(await store.updateVariance(ctx.tx, row, { state, ...(next ? { facts: next } : {}) })))
    throw await changedMeanwhile(ctx, row)
  await noteEvent(ctx, row, { kind, reason, facts })
  ctx.audit({
    subject: `variance:${varianceId}`,
    account: accountId,
    before: { state: row.state },
    after: { state, did: kind },
  })
  ctx.tell({ name: 'variances.changed', account: accountId, subject: { variance: varianceId, did: kind } })
}

/** Something happened to a request that leaves its state as it is. */
export function noteEvent(
  ctx: Ctx,
  { accountId, varianceId }: Pick<VarianceRow, 'accountId' | 'varianceId'>,
  event: { kind: EventKind; reason?: string | null; facts?: Record<string, unknown> },
): Promise<void> {
  const by = ctx.actor.personId
  return store.insertEvent(ctx.tx, { accountId, varianceId, at: ctx.now, by, ...event })
}

export const about = (varianceId: VarianceId): string => `variance:${varianceId}`

type VarianceLetter = Extract<Letter, { template: 'variance' }>['data']

/** By mail to the address on file; where there is none somebody at the desk tells the customer. */
export function writeLetter(
  ctx: Ctx,
  { accountId }: VarianceRow,
  data: VarianceLetter,
): Promise<bigint | null> {
  const letter = { template: 'variance' as const, data }
  return mailOrTask(ctx, { accountId, letter, otherwise: 'Tell the customer about the water budget request' })
}

/** Where an event names the letter it sent. */
export const letterFact = (messageId: bigint | null): Record<string, unknown> =>
  messageId === null ? {} : { letter: String(asId<'message'>(messageId)) }
