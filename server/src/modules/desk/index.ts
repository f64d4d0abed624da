/**
 * Desk: work with an owner and a due date, questions to the seniors, alerts and holds on accounts, and the review of
 * Assistants' work. Owns schema `desk`. A task is never deleted and never without a hand or a queue.
 */
import { defineModule } from '../../platform/module.ts'
import { desk as contract } from './contract/index.ts'
import { jobs, listens } from './jobs.ts'
import { answers } from './routes.ts'

export { createTaskAbout, finishTasksAbout } from './commands/about.ts'
export { mailOrTask } from './commands/letter.ts'
export { placeAlert, placeHold } from './commands/on-accounts.ts'
export { requestReview, type WorkDone } from './commands/review.ts'
export { createTask, type TaskToCreate } from './commands/tasks.ts'
export { getWorkCard, listHolds, type TaskRow } from './queries.ts'

export const desk = defineModule({ name: 'desk', contract, answers, jobs, listens })
