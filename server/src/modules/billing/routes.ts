import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { billAccount } from './commands/bill.ts'
import { proposeMeterMoney, settleMeterTest } from './commands/meter-error.ts'
import type { billing } from './contract/index.ts'
import { getBill, getCard, getExplanation } from './queries/cards.ts'
import { getMeterProposal } from './queries/meter-proposal.ts'
import { listBillsOfRead } from './queries/of-read.ts'
import { priceOfUse } from './queries/price.ts'
import { varianceEffect } from './queries/variance-effect.ts'
import { whatIf } from './queries/what-if.ts'
import { getWinterAverage } from './queries/winter.ts'

export const answers: Answers<typeof billing, Ctx> = {
  getCard,
  getBill,
  getExplanation,
  getWinterAverage,
  listBillsOfRead,
  priceOfUse,
  billAccount,
  whatIf,
  varianceEffect,
  getMeterProposal,
  proposeMeterMoney,
  settleMeterTest,
}
