/**
 * A letter about use or about a bill names the bills' own figures, or it is not sent: what a page computed a while
 * ago, or somebody typed into a request, is no bill. Billing agrees before the message is committed.
 */
import { dayNumber } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import { type AccountId, asId } from '@curbstop/kernel/ids'
import type { Ctx, Event } from '../../../platform/context.ts'
import { getLetter, type Letter } from '../../correspondence/index.ts'
import { errors } from '../domain/errors.ts'
import { getBillExplanation, periodOf, type UsageBillPeriod } from '../queries/cards.ts'
import { loadLibrary } from '../queries/loaded.ts'
import { isCorrectionMessage } from '../store/meter-errors.ts'
import * as store from '../store.ts'

type Data<T extends Letter['template']> = Extract<Letter, { template: T }>['data']
type Written = { fromOn: string; toOn: string; days: number; usageUnits: string }

/** Throws billing.other-figures with what differs. */
export async function witnessMessage(ctx: Ctx, { account, subject }: Event): Promise<void> {
  if (!account || !subject?.message) return
  const letter = await getLetter(ctx, asId<'message'>(subject.message))
  const other =
    letter?.template === 'meter-test'
      ? await otherTest(ctx, account, asId<'message'>(subject.message))
      : await otherFigures(ctx, account, letter)
  if (other) throw refuse(errors, 'billing.other-figures', { what: other }, 'letter')
}

function otherFigures(ctx: Ctx, accountId: AccountId, letter: Letter | null): Promise<string | null> {
  if (letter?.template === 'usage-graph') return otherUse(ctx, accountId, letter.data)
  if (letter?.template === 'bill-explanation') return otherExplanation(ctx, accountId, letter.data)
  if (letter?.template === 'conservation-tips') return otherTips(ctx, accountId, letter.data)
  return Promise.resolve(null)
}

/** The result of a meter test is told by whoever settles it, with its own figures. */
async function otherTest(ctx: Ctx, accountId: AccountId, messageId: bigint): Promise<string | null> {
  return (await isCorrectionMessage(ctx.tx, accountId, messageId)) ? null : 'the result of a meter test'
}

async function listPeriods(ctx: Ctx, accountId: AccountId): Promise<UsageBillPeriod[]> {
  const bills = await store.listBills(ctx.tx, accountId, { limit: 60 })
  const library = await loadLibrary(ctx, [])
  return bills.map(bill => periodOf(bill, library))
}

const isSame = (written: Written, billed: Written): boolean =>
  written.days === billed.days && Number(written.usageUnits) === Number(billed.usageUnits)
const spanOf = ({ fromOn, toOn }: Written): string => `${fromOn} to ${toOn}`

async function otherUse(ctx: Ctx, accountId: AccountId, data: Data<'usage-graph'>): Promise<string | null> {
  const billed = await listPeriods(ctx, accountId)
  for (const written of data.periods) {
    const same = billed.find(one => one.fromOn === written.fromOn && one.toOn === written.toOn)
    const isRight =
      same !== undefined &&
      isSame(written, same) &&
      written.isEstimated === (same.readKind === 'estimated') &&
      (written.lastYearUnits === null || isLastYears(written.lastYearUnits, same, billed))
    if (!isRight) return `the period ${spanOf(written)}`
  }
  return null
}

/** The middle of the period lies a year before, give or take a month: a page may pair them more strictly. */
function isLastYears(units: string, now: UsageBillPeriod, billed: readonly UsageBillPeriod[]): boolean {
  const middle = ({ fromOn, days }: UsageBillPeriod) => dayNumber(fromOn) + days / 2
  const near = billed.filter(one => Math.abs(middle(one) - middle(now) + 365.25) <= 31)
  return near.some(one => Number(one.usageUnits) === Number(units))
}

async function otherExplanation(
  ctx: Ctx,
  accountId: AccountId,
  data: Data<'bill-explanation'>,
): Promise<string | null> {
  const { now, before, changes, dueOn } = data
  const billed = (await listPeriods(ctx, accountId)).find(
    one => one.fromOn === now.fromOn && one.toOn === now.toOn,
  )
  if (!billed || billed.dueOn !== dueOn) return `the bill ${spanOf(now)}`
  const { lastBill, lastYear } = await getBillExplanation(ctx, accountId, billed.billId)
  const told = data.against === 'last-bill' ? lastBill : lastYear
  if (!told) return 'there is no bill to compare with'
  for (const [written, bill] of [
    [now, told.now],
    [before, told.before],
  ] as const) {
    const isRight =
      written.fromOn === bill.fromOn && isSame(written, bill) && written.totalCents === bill.totalCents
    if (!isRight) return `the bill ${spanOf(written)}`
  }
  const reasons = told.deltas.filter(one => one.cents !== 0n)
  const isToldSo = (one: (typeof changes)[number], at: number): boolean => {
    const reason = reasons[at]
    return (
      reason !== undefined && reason.code === one.code && reason.cents === one.cents && isSaid(one, reason)
    )
  }
  return changes.length === reasons.length && changes.every(isToldSo) ? null : 'why the bill changed'
}

type Said = { readonly values: Readonly<Record<string, string>> }

/** Fewer values may be said than are known, never other ones. */
const isSaid = ({ values }: Said, { told }: { readonly told: Said }): boolean =>
  Object.entries(values).every(([name, value]) => told.values[name]?.trim() === value)

async function otherTips(
  ctx: Ctx,
  accountId: AccountId,
  { usageUnits, budgetUnits }: Data<'conservation-tips'>,
): Promise<string | null> {
  if (usageUnits === null && budgetUnits === null) return null
  const billed = await listPeriods(ctx, accountId)
  const isRight = billed.some(
    one =>
      (usageUnits === null || Number(one.usageUnits) === Number(usageUnits)) &&
      (budgetUnits === null || (one.budgetUnits !== null && Number(one.budgetUnits) === Number(budgetUnits))),
  )
  return isRight ? null : 'use and budget'
}
