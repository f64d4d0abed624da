import type { Answers } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../platform/context.ts'
import { clearAlert, liftHold, placeAlert, placeHold } from './commands/on-accounts.ts'
import {
  answerTask,
  claimTask,
  commentTask,
  finishTask,
  referTask,
  reopenTask,
  returnTask,
  snoozeTask,
} from './commands/steps.ts'
import { askSenior, createTypedTask } from './commands/tasks.ts'
import type { desk } from './contract/index.ts'
import { countByPerson, countWork, findAnswers, getTask, getWorkCard, listTasks } from './queries.ts'

export const answers: Answers<typeof desk, Ctx> = {
  createTask: createTypedTask,
  askSenior,
  claimTask,
  referTask,
  returnTask,
  answerTask,
  commentTask,
  snoozeTask,
  finishTask,
  reopenTask,
  getTask,
  listTasks,
  countWork,
  countByPerson,
  findAnswers,
  getWorkCard: (ctx, { accountId, on }) => getWorkCard(ctx, accountId, on),
  placeAlert,
  clearAlert,
  placeHold,
  liftHold,
}
