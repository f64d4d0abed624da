import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { completeOrder, reportUnable } from './commands/finish.ts'
import { makeOrderAtDesk } from './commands/make.ts'
import { assignOrder, cancelOrder, moveOrder } from './commands/work.ts'
import type { fieldwork } from './contract.ts'
import {
  getBoard,
  getOrder,
  listAccountOrders,
  listMyOrders,
  listOrderKinds,
  listPremiseOrders,
} from './queries.ts'

export const answers: Answers<typeof fieldwork, Ctx> = {
  listOrderKinds,
  getOrder,
  listAccountOrders: (ctx, { accountId }) => listAccountOrders(ctx, accountId),
  listPremiseOrders,
  getBoard,
  listMyOrders,
  makeOrder: makeOrderAtDesk,
  assignOrder,
  moveOrder,
  cancelOrder,
  completeOrder,
  reportUnable,
}
