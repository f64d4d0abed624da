import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { asId } from '@curbstop/kernel/ids'
import type { BillUnit } from '@curbstop/kernel/quantity'
import { type Ctx, may } from '../../../platform/context.ts'
import { priceUnits } from '../../billing/index.ts'
import type { investigations } from '../contract.ts'
import {
  causeOf,
  causes,
  errors,
  fits,
  fixtures,
  type GivenAnswer,
  leakCheck,
  missingToClose,
  type RequiredStep,
  requiredSteps,
  unitsOver,
} from '../domain/index.ts'
import type { CaseKey, CaseRow, EvidenceRow } from '../store.ts'
import * as store from '../store.ts'
import { answersIn, leakRateIn, sayEvidence, stepResultsIn } from './evidence.ts'
import { type Known, lookAtBills, lookFurther } from './facts.ts'
import { showRanking } from './ranking.ts'

export type InvestigationView = Output<typeof investigations.get>

export async function readCase(ctx: Ctx, key: CaseKey): Promise<CaseRow> {
  const row = await store.findCase(ctx.tx, key)
  if (!row) throw refuse(errors, 'investigations.unknown')
  return row
}

/** One case with everything on it: the ranking as it stands now, the steps, the evidence as it was found. */
export async function getInvestigation(ctx: Ctx, key: CaseKey): Promise<InvestigationView> {
  const row = await readCase(ctx, key)
  const evidence = await store.listEvidence(ctx.tx, key)
  const bills = await lookAtBills(ctx, key.accountId)
  const known = bills.facts.periods.length > 0 ? await lookFurther(ctx, key.accountId, bills) : bills
  const answers = answersIn(evidence)
  const required = requiredSteps(known.facts, known.pattern, answers)
  const { investigationId } = key
  return {
    ...key,
    version: row.version,
    openedAt: row.openedAt,
    openedBy: row.openedBy,
    billId: row.billId,
    ranking: showRanking(known, { investigationId, answers, steps: stepResultsIn(evidence) }),
    required,
    leakCheck: stepsWithResults(evidence),
    fixtures: await fixtureCosts(ctx, key, known, evidence),
    evidence: evidence.map(({ body, ...one }) => ({ ...one, says: sayEvidence({ ...one, body }) })),
    orders: ordersIn(evidence),
    cannotClose: row.closedAt ? null : whyNotClose(ctx, required),
    causeChoices: causes.map(({ code, name }) => ({ code, name })),
    closed: closedOf(row),
  }
}

export const get = (ctx: Ctx, key: Input<typeof investigations.get>): Promise<InvestigationView> =>
  getInvestigation(ctx, key)

/** The sentence of the disabled button: what is missing, or whom to refer to. */
export function whyNotClose(ctx: Ctx, required: readonly RequiredStep[]): string | null {
  const missing = missingToClose(required)
  if (missing) return `Not before its steps are done (LEAK-001). Missing: ${missing}.`
  return may(ctx, 'investigations.decide')
    ? null
    : 'Your level finds, others decide: refer it up with your finding.'
}

function closedOf({ closedAt, closedBy, finding, conclusion }: CaseRow): InvestigationView['closed'] {
  if (!closedAt) return null
  const name = causeOf(finding ?? '')?.name ?? finding ?? ''
  return { at: closedAt, by: closedBy ?? '', finding: name, conclusion: conclusion ?? '' }
}

function stepsWithResults(evidence: readonly EvidenceRow[]): InvestigationView['leakCheck'] {
  return leakCheck.map(step => {
    const row = evidence.findLast(one => one.kind === 'check-step' && one.body.step === step.code)
    return {
      ...step,
      answers: step.answers.map(({ code, label }) => ({ code, label })),
      result: row ? { says: sayEvidence(row), at: row.at, by: row.by } : null,
    }
  })
}

function ordersIn(evidence: readonly EvidenceRow[]): InvestigationView['orders'] {
  return evidence
    .filter(row => row.kind === 'order')
    .map(({ body }) => ({ orderId: asId<'order'>(String(body.orderId)), kind: String(body.kind) }))
}

/** What each fixture would lose over the bill's days, and what that water cost on this very bill. */
async function fixtureCosts(
  ctx: Ctx,
  { accountId }: CaseKey,
  { card, facts, pattern }: Known,
  evidence: readonly EvidenceRow[],
): Promise<InvestigationView['fixtures']> {
  const days = facts.periods[0]?.days ?? 30
  const unit = card.billUnit.toLowerCase() as BillUnit
  const wanted = fixtures.flatMap(({ lowGallonsPerDay: low, highGallonsPerDay: high }) => [
    Number(unitsOver(low, days, unit)),
    Number(unitsOver(high, days, unit)),
  ])
  const prices = await priceUnits(ctx, accountId, wanted)
  const unexplained = leakRateIn(evidence) ?? pattern.excessGallonsPerDay
  return fixtures.map((fixture, i) => {
    const [lowCents, highCents] = [prices[i * 2] ?? null, prices[i * 2 + 1] ?? null]
    return {
      ...fixture,
      lowUnitsPerMonth: unitsOver(fixture.lowGallonsPerDay, 30, unit),
      highUnitsPerMonth: unitsOver(fixture.highGallonsPerDay, 30, unit),
      cost: lowCents === null || highCents === null ? null : { lowCents, highCents },
      fits: fits(fixture, unexplained),
    }
  })
}

export async function list(
  ctx: Ctx,
  { accountId }: Input<typeof investigations.list>,
): Promise<Output<typeof investigations.list>> {
  const rows = await store.listCases(ctx.tx, accountId)
  return rows.map(row => ({
    investigationId: row.investigationId,
    openedAt: row.openedAt,
    openedBy: row.openedBy,
    closedAt: row.closedAt,
    finding: row.finding === null ? null : (causeOf(row.finding)?.name ?? row.finding),
    conclusion: row.conclusion,
  }))
}

/** What a new case keeps of the ranking it began with. */
export async function rankingNow(ctx: Ctx, key: CaseKey, answers: readonly GivenAnswer[] = []) {
  const bills = await lookAtBills(ctx, key.accountId)
  const known = bills.facts.periods.length > 0 ? await lookFurther(ctx, key.accountId, bills) : bills
  const ranking = showRanking(known, { investigationId: key.investigationId, answers })
  const [top] = ranking.causes
  return {
    library: ranking.library,
    headline: ranking.headline,
    top: top?.cause ?? '',
    share: top ? `${Math.round(top.likelihood * 100)} %` : '',
    causes: ranking.causes.map(({ cause, likelihood }) => ({ cause, likelihood })),
  }
}
