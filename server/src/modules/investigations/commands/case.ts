import { addDays, formatDay, localDateAt } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { InvestigationId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { findAccount, refuseOwnAccount } from '../../accounts/index.ts'
import { getBillingCard } from '../../billing/index.ts'
import { createTask } from '../../desk/index.ts'
import type { investigations } from '../contract.ts'
import { causeOf, checkMayClose, errors } from '../domain/index.ts'
import { getInvestigation, type InvestigationView, rankingNow } from '../queries/view.ts'
import type { CaseKey, CaseRow, EvidenceKind } from '../store.ts'
import * as store from '../store.ts'

/** The case, held until the end of the transaction, still open, and not about one's own account (AUTH-023). */
export async function lockOpenCase(ctx: Ctx, key: CaseKey): Promise<CaseRow> {
  const row = await store.lockCase(ctx.tx, key)
  if (!row) throw refuse(errors, 'investigations.unknown')
  if (row.closedAt !== null) {
    const on = formatDay(localDateAt(new Date(row.closedAt), ctx.timeZone), ctx.today)
    const finding = causeOf(row.finding ?? '')?.name ?? row.finding ?? ''
    throw refuse(errors, 'investigations.already-closed', { who: row.closedBy, on, finding })
  }
  await refuseOwnAccount(ctx, key.accountId)
  return row
}

/** Keeps what was found; evidence is never changed. */
export async function keepEvidence(
  ctx: Ctx,
  key: CaseKey,
  found: { kind: EvidenceKind; body: Record<string, unknown> },
): Promise<void> {
  await store.insertEvidence(ctx.tx, key, { ...found, by: ctx.actor.personId, at: ctx.now })
}

const subjectOf = (id: InvestigationId): string => `investigation:${id}`

/** Opens the research of the latest bill, or finds the case that is open already. */
export async function open(
  ctx: Ctx,
  { accountId, contactId }: Input<typeof investigations.open>,
): Promise<InvestigationView> {
  if (!(await findAccount(ctx, accountId))) throw refuse(errors, 'investigations.unknown-account')
  await refuseOwnAccount(ctx, accountId)
  const running = await store.findOpenCase(ctx.tx, accountId)
  if (running) return getInvestigation(ctx, { accountId, investigationId: running })
  const { latest } = await getBillingCard(ctx, accountId)
  if (!latest) throw refuse(errors, 'investigations.no-bill')

  const { billId } = latest
  const opened = {
    accountId,
    billId,
    contactId: contactId ?? null,
    openedBy: ctx.actor.personId,
    at: ctx.now,
  }
  const made = await store.insertCase(ctx.tx, opened)
  const investigationId = made ?? (await store.findOpenCase(ctx.tx, accountId))!
  const key = { accountId, investigationId }
  if (made) {
    await keepEvidence(ctx, key, { kind: 'ranking', body: await rankingNow(ctx, key) })
    ctx.audit({
      subject: subjectOf(made),
      account: accountId,
      after: { kind: 'high-bill', billId: String(billId) },
    })
    ctx.tell({
      name: 'investigations.case-opened',
      account: accountId,
      subject: { investigationId: made, billId },
    })
  }
  return getInvestigation(ctx, key)
}

/** Refers the finding up with its reason; the case stays open and its owner visible (A13). */
export async function refer(
  ctx: Ctx,
  { finding, conclusion, ...key }: Input<typeof investigations.refer>,
): Promise<InvestigationView> {
  await lockOpenCase(ctx, key)
  const cause = causeOf(finding)
  if (!cause) throw refuse(errors, 'investigations.unknown-cause', { cause: finding }, 'finding')
  const note = `Referred up with the finding “${cause.name}”: ${conclusion}`
  await keepEvidence(ctx, key, { kind: 'note', body: { note, finding } })
  const { accountId, investigationId } = key
  await createTask(ctx, {
    kind: 'referral',
    title: `High bill to decide: ${cause.name}`,
    detail: conclusion,
    accountId,
    investigationId,
    to: { queue: ctx.actor.level === 'assistant' ? 'advisors' : 'seniors' },
    dueOn: addDays(ctx.today, 2),
  })
  ctx.audit({
    subject: subjectOf(investigationId),
    account: accountId,
    reason: conclusion,
    after: { referred: finding },
  })
  ctx.tell({ name: 'investigations.case-referred', account: accountId, subject: { investigationId } })
  return getInvestigation(ctx, key)
}

/** Closes with a finding from the library. Assistants do not hold the permission: they refer up. */
export async function close(
  ctx: Ctx,
  { version, finding, conclusion, ...key }: Input<typeof investigations.close>,
): Promise<InvestigationView> {
  await lockOpenCase(ctx, key)
  const view = await getInvestigation(ctx, key)
  checkMayClose(view.required, finding)
  await keepRanking(ctx, key, view)
  const by = ctx.actor.personId
  // The ranking kept a moment ago counts as one change of our own.
  const closing = { version: version + 1, finding, conclusion, by, at: ctx.now }
  if (!(await store.closeCase(ctx.tx, key, closing))) throw changed(view)
  const { accountId, investigationId } = key
  ctx.audit({
    subject: subjectOf(investigationId),
    account: accountId,
    reason: conclusion,
    after: { finding },
  })
  ctx.tell({ name: 'investigations.case-closed', account: accountId, subject: { investigationId, finding } })
  return getInvestigation(ctx, key)
}

/** What the desk believed when it decided, so that closed cases can be counted against the library (INV-002). */
async function keepRanking(ctx: Ctx, key: CaseKey, { ranking }: InvestigationView): Promise<void> {
  const [top] = ranking.causes
  const body = {
    library: ranking.library,
    headline: ranking.headline,
    top: top?.cause ?? '',
    share: top ? `${Math.round(top.likelihood * 100)} %` : '',
    causes: ranking.causes.map(({ cause, likelihood }) => ({ cause, likelihood })),
  }
  await keepEvidence(ctx, key, { kind: 'ranking', body })
}

function changed({ evidence }: InvestigationView) {
  const last = evidence.at(-1)
  return refuse(errors, 'investigations.changed', { last: last ? `${last.by}: ${last.says}` : 'something' })
}
