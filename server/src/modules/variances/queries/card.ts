/** The variances of one account in a glance: one statement for the many accounts that never asked for any. */
import { addDays } from '@curbstop/kernel/dates'
import type { AccountId } from '@curbstop/kernel/ids'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/context.ts'
import { getRuleBook } from '../../policy/index.ts'
import type { varianceCard } from '../contract/words.ts'
import { grantText, isWaiting, variancePolicy, varianceRuleCodes } from '../domain/index.ts'
import { listGrants } from '../store/grants.ts'
import { listOfAccount } from '../store/variances.ts'
import { isPrivateTo } from './rows.ts'

export type VarianceCard = z.output<typeof varianceCard>

export async function getVarianceCard(ctx: Ctx, accountId: AccountId): Promise<VarianceCard> {
  const rows = await listOfAccount(ctx.tx, accountId)
  if (rows.length === 0) return { active: [], waiting: [] }
  const book = await getRuleBook(ctx, ctx.today, varianceRuleCodes)
  const endingBy = addDays(ctx.today, variancePolicy(book).expiry.noticeDays)
  const hidden = new Set(rows.filter(row => isPrivateTo(ctx, row)).map(row => row.varianceId))
  const grants = (await listGrants(ctx.tx, accountId)).filter(
    ({ input, untilOn }) =>
      input !== 'over-budget-gallons' &&
      input !== 'courtesy-months' &&
      (untilOn === null || untilOn > ctx.today),
  )
  return {
    active: grants.map(({ varianceId, input, amount, untilOn }) => ({
      varianceId,
      says: hidden.has(varianceId) ? '' : grantText(input, amount),
      untilOn,
      isEnding: untilOn !== null && untilOn <= endingBy,
    })),
    waiting: rows
      .filter(row => isWaiting(row.state))
      .map(row => ({
        varianceId: row.varianceId,
        kind: hidden.has(row.varianceId) ? null : row.kind,
        state: row.state,
        dueOn: row.dueOn,
      })),
  }
}
