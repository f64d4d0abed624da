/** What a variance would do to the coming bill and what it would have done to the last twelve: rated, never posted. */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { DomainError } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { BillUnit } from '@curbstop/kernel/quantity'
import type { Ctx } from '../../../platform/context.ts'
import { getDistrict } from '../../policy/index.ts'
import { readDecimal } from '../../rates/domain/index.ts'
import { tidyDraft } from '../../variances/domain/index.ts'
import { getBudgetFacts, judgeDraft } from '../../variances/index.ts'
import type { billing } from '../contract/index.ts'
import { courtesyCredit, poolCredit } from '../domain/variance-credit.ts'
import { billIn, type ClassOf, factsWith, showWater } from '../domain/variance-world.ts'
import {
  type BillToVary,
  mainSegment,
  nextPeriod,
  type RatedSegment,
  rateVariation,
  totalOf,
  type VersionsOf,
  variationOf,
} from '../domain/what-if.ts'
import { plain, trimmed, unitNames } from '../domain/words.ts'
import type { BillRow } from '../store.ts'
import * as store from '../store.ts'
import { lastYearsBill } from './cards.ts'
import { usageUnitsOf } from './loaded.ts'
import { versionsFor } from './what-if.ts'

type Effect = Output<typeof billing.varianceEffect>
const yearOfBills = 12

type Ground = {
  readonly bills: readonly BillRow[]
  readonly versionsOf: VersionsOf
  readonly unit: BillUnit
  readonly classOf: ClassOf
}

export async function varianceEffect(
  ctx: Ctx,
  { accountId, draft }: Input<typeof billing.varianceEffect>,
): Promise<Effect> {
  const { billUnit: unit } = await getDistrict(ctx)
  const empty = { billUnit: unitNames[unit], next: null, year: [], yearDifferenceCents: 0n, credits: [] }
  const judged = await judgeDraft(ctx, { accountId, draft: tidyDraft(draft), requestedOn: ctx.today })
  const { outcome, account, premise } = judged
  if (!outcome) return { ...empty, says: judged.rules.find(rule => rule.answer === 'missing')?.says ?? null }
  const ground = await readGround(ctx, accountId, unit)
  if (!ground) return { ...empty, says: 'No bill has been sent yet, so there is nothing to compare with.' }
  const facts = (await getBudgetFacts(ctx, { account, premises: [premise] })).get(premise.premiseId)!
  const once = outcome.grants.every(
    one => one.input === 'over-budget-gallons' || one.input === 'courtesy-months',
  )
  const homes = premise.dwellingUnits
  const now = { before: facts, after: factsWith(facts, outcome, false) }
  const ever = { before: facts, after: factsWith(facts, outcome, true) }
  try {
    const year = outcome.area || !once ? yearOf(ground, b => billIn(b, ever, homes, ground.classOf)) : []
    return {
      ...empty,
      next: nextOf(ground, b => billIn(b, now, homes, ground.classOf)),
      year,
      yearDifferenceCents: year.reduce((sum, one) => sum + one.afterCents - one.beforeCents, 0n),
      credits: outcome.grants.flatMap(grant => creditsOf(ground, grant).map(showCredit)),
      says: null,
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { ...empty, says: error.message }
  }
}

export async function readGround(ctx: Ctx, accountId: AccountId, unit: BillUnit): Promise<Ground | null> {
  const bills = await store.listBills(ctx.tx, accountId, { limit: 25 })
  if (!bills[0] || !mainSegment(bills[0])) return null
  const versionsOf = await versionsFor(ctx, bills, [])
  return { bills, versionsOf, unit, classOf: segment => versionsOf(segment).at(-1)?.rateClass ?? null }
}

type InWorld = (bill: BillToVary) => BillToVary

const rate = (bill: BillToVary, { versionsOf }: Ground): RatedSegment[] =>
  rateVariation(bill, variationOf(bill, { name: 'variance' }, 1), versionsOf)

function nextOf(ground: Ground, inWorld: InWorld): Effect['next'] {
  const [bill] = ground.bills as [BillRow]
  const same = lastYearsBill(ground.bills)
  const after = same ? ground.bills[ground.bills.indexOf(same) - 1] : undefined
  const coming = nextPeriod(bill, same && after && after !== bill ? { same, next: after } : null)
  const main = mainSegment(coming)!
  const [was, is] = [rate(coming, ground), rate(inWorld(coming), ground)]
  return {
    fromOn: coming.fromOn,
    toOn: coming.toOn,
    usageUnits: plain(readDecimal(main.usageUnits ?? '0')!),
    before: showWater(was, main, totalOf(was)),
    after: showWater(is, main, totalOf(is)),
  }
}

function yearOf(ground: Ground, inWorld: InWorld): Effect['year'] {
  return ground.bills.slice(0, yearOfBills).map(bill => {
    const main = mainSegment(bill)
    const is = rate(inWorld(bill), ground)
    const budget = (rated: RatedSegment[]) => (main ? showWater(rated, main, 0n).budgetUnits : null)
    return {
      billId: bill.billId,
      fromOn: bill.fromOn,
      toOn: bill.toOn,
      budgetBefore: budget(rate(bill, ground)),
      budgetAfter: budget(is),
      beforeCents: bill.totalCents,
      afterCents: totalOf(is),
    }
  })
}

type CreditGrant = {
  readonly input: string
  readonly amount: number
  readonly fromOn: string
  readonly untilOn: string | null
}

/** Bills a credit reaches, with what it gives there: the fill's own bill, or the last months of a courtesy. */
export function creditsOf(ground: Ground, grant: CreditGrant) {
  const { fromOn, untilOn } = grant
  if (grant.input !== 'over-budget-gallons' && grant.input !== 'courtesy-months') return []
  const isPool = grant.input === 'over-budget-gallons'
  const reached = ground.bills.filter(bill =>
    isPool
      ? bill.fromOn <= fromOn && fromOn < bill.toOn
      : bill.toOn > fromOn && (untilOn === null || bill.toOn <= untilOn),
  )
  return reached.slice(0, isPool ? 1 : grant.amount).flatMap(bill => {
    const main = mainSegment(bill)
    const water = rate(bill, ground).find(({ segment }) => segment === main)?.rated
    const credit = water
      ? isPool
        ? poolCredit(water, grant.amount, ground.unit)
        : courtesyCredit(water, ground.unit)
      : null
    const service = main?.service ?? ('water' as const)
    return [{ bill, service, credit, usageUnits: trimmed(Number(usageUnitsOf(bill))) }]
  })
}

const showCredit = ({ bill, credit }: ReturnType<typeof creditsOf>[number]): Effect['credits'][number] => ({
  fromOn: bill.fromOn,
  toOn: bill.toOn,
  units: credit?.units ?? '0',
  cents: credit?.cents ?? 0n,
  arithmetic: credit?.arithmetic ?? 'No use was over the budget: nothing to give back.',
})
