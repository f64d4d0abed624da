import type { Answers, Input } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { appealVariance, decideAppeal, decideVariance } from './commands/decide.ts'
import { endVariance } from './commands/life.ts'
import {
  askEvidence,
  changeVariance,
  proposeVariance,
  requestVariance,
  withdrawVariance,
} from './commands/request.ts'
import type { variances } from './contract/index.ts'
import { tidyDraft } from './domain/index.ts'
import { getBudget } from './queries/budget.ts'
import { judgeDraft, readHint, verdictOf } from './queries/judging.ts'
import { getVariance, listForAccount, listVariances } from './queries/rows.ts'

async function checkVariance(ctx: Ctx, input: Input<typeof variances.checkVariance>) {
  const draft = tidyDraft(input.draft)
  const { accountId } = input
  const judged = await judgeDraft(ctx, { accountId, draft, requestedOn: ctx.today })
  return verdictOf(judged, await readHint(ctx, accountId, draft))
}

export const answers: Answers<typeof variances, Ctx> = {
  listVariances,
  listForAccount,
  getBudget,
  getVariance,
  checkVariance,
  requestVariance,
  changeVariance,
  proposeVariance,
  decideVariance,
  askEvidence,
  withdrawVariance,
  appealVariance,
  decideAppeal,
  endVariance,
}
