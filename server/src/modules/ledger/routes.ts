import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import type { ledger } from './contract.ts'
import { getJournal, getMoneyCard, listLedgerRows } from './queries.ts'

export const answers: Answers<typeof ledger, Ctx> = {
  getMoneyCard: (ctx, { accountId, asOf }) => getMoneyCard(ctx, accountId, asOf),
  listLedgerRows: (ctx, { accountId, asOf }) => listLedgerRows(ctx, accountId, asOf),
  getJournal,
}
