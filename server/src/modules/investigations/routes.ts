import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { close, open, refer } from './commands/case.ts'
import { addNote, answer, recordCheckStep } from './commands/evidence.ts'
import { makeOrder } from './commands/order.ts'
import type { investigations } from './contract.ts'
import { rank } from './queries/ranking.ts'
import { get, list } from './queries/view.ts'

export const answers: Answers<typeof investigations, Ctx> = {
  rank,
  get,
  list,
  open,
  answer,
  recordCheckStep,
  addNote,
  makeOrder,
  refer,
  close,
}
