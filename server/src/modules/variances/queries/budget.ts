/** What a bill asks of this department: everything the water budget rests on, by day and with its source. */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, PremiseId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { type AccountCard, getAccountCard, listAccountServices } from '../../accounts/index.ts'
import { getRuleBook, getRuleVersions, numberOf } from '../../policy/index.ts'
import { listAreaChanges, listPremiseCards, type PremiseCard } from '../../premises/index.ts'
import { getDailyEt, type WeatherDays } from '../../rates/index.ts'
import type { variances } from '../contract/index.ts'
import {
  type BudgetFacts,
  type BudgetInputs,
  composeBudget,
  type Days,
  errors,
  type Grant,
  type HouseholdOn,
  type Stage,
  type VarianceKind,
} from '../domain/index.ts'
import * as grantStore from '../store/grants.ts'

type Asked = {
  readonly account: Pick<AccountCard, 'accountId' | 'household'>
  readonly premises: readonly PremiseCard[]
}

/** The budget's facts of each address of an account: persons and grants are the account's, the area is the place's. */
export async function getBudgetFacts(
  ctx: Ctx,
  { account, premises }: Asked,
): Promise<Map<PremiseId, BudgetFacts>> {
  const book = await getRuleBook(ctx, ctx.today, ['WB-003', 'WB-004'])
  const stages = await listStages(ctx)
  const grants = await listBudgetGrants(ctx, account.accountId)
  const changes = await listAreaChanges(
    ctx,
    premises.map(one => one.premiseId),
  )
  const household = householdRows(account.household)
  return new Map(
    premises.map(({ premiseId, dwellingUnits, irrigatedSqft }) => [
      premiseId,
      {
        household,
        defaultPersons:
          dwellingUnits > 1 ? dwellingUnits * numberOf(book, 'WB-004') : numberOf(book, 'WB-003'),
        irrigatedSqft,
        areaChanges: changes.filter(change => change.premiseId === premiseId),
        grants,
        stages,
      },
    ]),
  )
}

export async function listBudgetGrants(ctx: Ctx, accountId: AccountId): Promise<Grant[]> {
  return grantStore.listGrants(ctx.tx, accountId)
}

/** Accounts with a credit granted since a day: pool fills and corrected areas reach bills that may come later. */
export const listCreditAccounts = (ctx: Ctx, since: LocalDate): Promise<AccountId[]> =>
  grantStore.listCreditAccounts(ctx.tx, since)

const ever = { from: '1900-01-01' as LocalDate, to: '2999-12-31' as LocalDate }

/** Every declared stage with its days: a change in the middle of a bill is counted by day (WB-019, WB-039). */
export async function listStages(ctx: Ctx): Promise<Stage[]> {
  const declared = await getRuleVersions(ctx, 'WB-019', ever)
  const suspending = await getRuleVersions(ctx, 'WB-039', ever)
  return declared.map(({ ruleId, value, effectiveFrom, effectiveTo }) => {
    const { stage, indoor, outdoor } = value as { stage: number; indoor: number; outdoor: number }
    const rule = suspending.findLast(one => one.effectiveFrom <= effectiveFrom) ?? suspending[0]
    const { fromStage, suspends } = (rule?.value ?? {
      fromStage: Number.POSITIVE_INFINITY,
      suspends: [],
    }) as {
      fromStage: number
      suspends: VarianceKind[]
    }
    const stopped = stage >= fromStage ? suspends : []
    return { ruleId, fromOn: effectiveFrom, untilOn: effectiveTo, stage, indoor, outdoor, suspends: stopped }
  })
}

/** Oldest first; of several rows for one day the last noted counts, which stands first in the card. */
export function householdRows(rows: AccountCard['household']): HouseholdOn[] {
  const byDay = new Map<LocalDate, AccountCard['household'][number]>()
  for (const row of rows) {
    const known = byDay.get(row.fromOn)
    if (!known || row.notedAt > known.notedAt) byDay.set(row.fromOn, row)
  }
  return [...byDay.values()].sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1))
}

/** The composed inputs of an account's budget over `[from, to)` at the address it is served. */
export async function budgetInputsOf(
  ctx: Ctx,
  accountId: AccountId,
  days: Days,
): Promise<BudgetInputs & Pick<WeatherDays, 'etInches' | 'filled'>> {
  const account = await getAccountCard(ctx, accountId)
  const served = await listAccountServices(ctx, accountId)
  const here = served.filter(
    one => one.service !== 'sewer' && one.fromOn < days.to && (one.toOn === null || one.toOn > days.from),
  )
  const [premise] = await listPremiseCards(
    ctx,
    here.slice(0, 1).map(one => one.premiseId),
  )
  if (!premise) throw refuse(errors, 'variances.no-place')
  const facts = (await getBudgetFacts(ctx, { account, premises: [premise] })).get(premise.premiseId)!
  const { etByDay, etInches, filled } = await getDailyEt(ctx, premise.etZone, days)
  return { ...composeBudget(facts, days, etByDay), etInches, filled }
}

export async function getBudget(
  ctx: Ctx,
  { accountId, fromOn, toOn }: Input<typeof variances.getBudget>,
): Promise<Output<typeof variances.getBudget>> {
  const days = daysBetween(fromOn, toOn)
  if (days < 1 || days > 366) throw refuse(errors, 'variances.bad-days', {}, 'toOn')
  const {
    grantedPersons: _,
    sources,
    filled,
    ...inputs
  } = await budgetInputsOf(ctx, accountId, {
    from: fromOn,
    to: toOn,
  })
  return { ...inputs, sources: [...sources], filled: [...filled] }
}
