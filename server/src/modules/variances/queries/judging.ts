/** The facts a request is judged by, and what comes of it: read once, decided by the pure domain. */
import { addMonths, type LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import {
  type AccountCard,
  getAccountCard,
  listAccountServices,
  type ServedRow,
} from '../../accounts/index.ts'
import { getUsageStory } from '../../metering/index.ts'
import { getRuleBook, type RuleBook } from '../../policy/index.ts'
import { getPremiseCard, type PremiseCard } from '../../premises/index.ts'
import type { RateClass } from '../../rates/domain/index.ts'
import { requiredInputs } from '../../rates/domain/index.ts'
import { asEngineVersion, getTariffVersions } from '../../rates/index.ts'
import { getLimit, listAuthority, withinAuthority } from '../../staff/index.ts'
import {
  aboveLevelText,
  composeBudget,
  type Draft,
  driftHint,
  errors,
  isEligible,
  type JudgeFacts,
  judge,
  type Level,
  levels,
  missingFigures,
  type Outcome,
  outcomeOf,
  outcomeText,
  type RuleAnswer,
  variancePolicy,
  weightOf,
} from '../domain/index.ts'
import { findLastPoolFill } from '../store/grants.ts'
import { getBudgetFacts } from './budget.ts'

export type Judged = {
  readonly account: AccountCard
  readonly premise: PremiseCard
  readonly book: RuleBook
  readonly rules: readonly RuleAnswer[]
  readonly outcome: Outcome | null
  readonly may: 'alone' | 'propose' | 'not'
  readonly decider: Level
  readonly says: string | null
}

type ToJudge = { readonly accountId: AccountId; readonly draft: Draft; readonly requestedOn: LocalDate }

/** Throws accounts.missing, variances.no-place. */
export async function judgeDraft(ctx: Ctx, { accountId, draft, requestedOn }: ToJudge): Promise<Judged> {
  const account = await getAccountCard(ctx, accountId)
  const served = await readPlace(ctx, accountId)
  const premise = await getPremiseCard(ctx, served.premiseId)
  const book = await getRuleBook(ctx)
  const budget = (await getBudgetFacts(ctx, { account, premises: [premise] })).get(premise.premiseId)!
  const tomorrow = { from: ctx.today, to: addMonths(ctx.today, 1) }
  const active = budget.grants.filter(
    grant => grant.kind === draft.kind && grant.untilOn !== null && grant.untilOn > ctx.today,
  )
  const reach = await readAuthority(ctx, draft)
  const facts: JudgeFacts = {
    draft,
    today: ctx.today,
    requestedOn,
    account: {
      isOpen: account.status === 'open' || account.status === 'pending' || account.status === 'closing',
      openedOn: account.openedOn,
      isBusiness: account.class === 'commercial' || account.class === 'institutional',
    },
    place: premise,
    takes: await readTakes(ctx, served),
    personsNow: Math.round(Number(composeBudget(budget, tomorrow, null).persons)),
    activeUntil:
      active
        .map(grant => grant.untilOn!)
        .sort()
        .at(-1) ?? null,
    lastPoolFillOn: await findLastPoolFill(ctx.tx, accountId),
    mayBackdate: reach.mayBackdate,
  }
  const deciding = {
    decidedOn: ctx.today,
    requestedOn,
    irrigatedSqft: premise.irrigatedSqft,
    policy: variancePolicy(book),
  }
  const outcome = missingFigures(draft) ? null : outcomeOf(draft, deciding)
  return { account, premise, book, rules: judge(facts, book), outcome, ...reach }
}

/** The address with the budget: water first, then landscape. */
async function readPlace(ctx: Ctx, accountId: AccountId): Promise<ServedRow> {
  const served = (await listAccountServices(ctx, accountId)).filter(
    one => one.service === 'water' || one.service === 'irrigation',
  )
  const open = served.filter(one => one.toOn === null || one.toOn > ctx.today)
  const place = [...open, ...served].sort(
    (a, b) => Number(b.service === 'water') - Number(a.service === 'water'),
  )
  const found = open.find(one => one.service === 'water') ?? open[0] ?? place[0]
  if (!found) throw refuse(errors, 'variances.no-place')
  return found
}

async function readTakes(ctx: Ctx, { tariff, rateClass }: ServedRow): Promise<JudgeFacts['takes']> {
  const versions = await getTariffVersions(ctx, [tariff], { from: ctx.today, to: addMonths(ctx.today, 1) })
  const version = versions.at(-1)
  if (!version?.parsed.tariff.classes.has(rateClass)) return new Set()
  return takesOf(asEngineVersion(version, rateClass).rateClass)
}

/** What of the budget a class of a tariff leaves to the customer's own figures. */
export function takesOf(rateClass: RateClass): JudgeFacts['takes'] {
  const asks = new Set(requiredInputs(rateClass).map(input => input.name))
  const has = (name: string) => asks.has(name) || rateClass.parts.has(name)
  const takes = [
    has('hhsize') || has('persons_per_unit') ? ['persons' as const] : [],
    has('indoor_extra_gpd') ? ['indoor-gpd' as const] : [],
    has('outdoor_extra_gpd') ? ['outdoor-gpd' as const] : [],
    has('outdoor_factor') ? ['outdoor-factor' as const] : [],
    has('irr_area') || has('irrigated_area') ? ['area' as const] : [],
    has('budget') ? (['over-budget-gallons', 'courtesy-months'] as const) : [],
  ]
  return new Set(takes.flat())
}

/** How far the reader's word goes, and who decides otherwise (AUTH-015). */
export async function readAuthority(
  ctx: Ctx,
  draft: Draft,
): Promise<Pick<Judged, 'may' | 'decider' | 'says'> & { readonly mayBackdate: boolean }> {
  const { action, amount } = weightOf(draft)
  const limits = await listAuthority(ctx, action)
  const decider =
    levels.find(level => withinAuthority(limits.get(level) ?? null, amount) === 'alone') ?? 'supervisor'
  const may = withinAuthority(await getLimit(ctx, action), amount)
  const supervises = withinAuthority(await getLimit(ctx, 'variance-landscape-pool'), 1n) === 'alone'
  const says = may === 'alone' ? null : aboveLevelText(ctx.actor.level, decider, draft)
  return { may, decider, says, mayBackdate: supervises }
}

/** Winter months of the last two years against the people that are claimed. */
export async function readHint(ctx: Ctx, accountId: AccountId, draft: Draft): Promise<string | null> {
  if (draft.kind !== 'household' || draft.persons === undefined) return null
  const services = (await listAccountServices(ctx, accountId)).filter(one => one.service === 'water')
  const { usage } = await getUsageStory(
    ctx,
    services.map(one => one.servicePointId),
    { from: addMonths(ctx.today, -14) },
  )
  const winter = [...usage.values()]
    .flat()
    .filter(({ fromOn, gallons }) => gallons !== null && ['12', '01', '02'].includes(fromOn.slice(5, 7)))
    .map(({ days, gallons }) => ({ days, gallons: gallons! }))
  return driftHint(draft.persons, winter)
}

export function verdictOf({ rules, may, says, outcome }: Judged, hint: string | null) {
  const first = outcome?.grants[0]
  return {
    rules: [...rules],
    isEligible: isEligible(rules),
    may,
    says,
    grants: outcome ? outcomeText(outcome) : null,
    fromOn: outcome ? (outcome.area?.fromOn ?? first?.fromOn ?? null) : null,
    untilOn: outcome?.area ? null : (first?.untilOn ?? null),
    hint,
  }
}
