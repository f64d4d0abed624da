/** Gives back what a granted pool fill or corrected area is worth on sent bills: once a bill, with its arithmetic. */
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { decideBillPostings, postJournal } from '../../ledger/index.ts'
import { getDistrict } from '../../policy/index.ts'
import { listBudgetGrants } from '../../variances/index.ts'
import { creditsOf, readGround } from '../queries/variance-effect.ts'
import * as store from '../store.ts'

export async function giveVarianceCredits(ctx: Ctx, accountId: AccountId): Promise<void> {
  const grants = await listBudgetGrants(ctx, accountId)
  const { billUnit } = await getDistrict(ctx)
  const ground = grants.length > 0 ? await readGround(ctx, accountId, billUnit) : null
  if (!ground) return
  const given = await store.listCredits(ctx.tx, accountId)
  for (const grant of grants)
    for (const { bill, service, credit } of creditsOf(ground, grant)) {
      if (given.some(one => one.grantId === grant.grantId && one.billId === bill.billId)) continue
      const cents = credit?.cents ?? 0n
      const arithmetic = credit?.arithmetic ?? 'No use was over the budget: nothing to give back.'
      const journalId =
        cents === 0n
          ? null
          : await postJournal(ctx, {
              accountId,
              kind: 'adjustment',
              effectiveOn: ctx.today,
              source: `variance-grant:${grant.grantId}`,
              memo: arithmetic,
              postings: decideBillPostings([{ service, fixedCents: 0n, useCents: -cents }]),
            })
      const units = credit?.units ?? '0'
      const { billId } = bill
      const { grantId } = grant
      await store.insertCredit(ctx.tx, {
        accountId,
        grantId,
        billId,
        units,
        cents,
        arithmetic,
        journalId,
        at: ctx.now,
      })
      ctx.tell({ name: 'billing.variance-credited', account: accountId, subject: { billId, grant: grantId } })
    }
}
