import { asId } from '@curbstop/kernel/ids'
import type { JobHandler } from '../../platform/module.ts'
import { releaseTasks } from './commands/review.ts'

/** When somebody is disabled, their open tasks find another hand. Doing it twice finds nothing left to do. */
const releaseTasksOf: JobHandler = async (hand, payload) => {
  const person = asId<'person'>(String(payload.person))
  await hand.inTransaction(ctx => releaseTasks(ctx, person))
}

export const jobs = { 'desk.release-tasks': releaseTasksOf }
export const listens = { 'staff.person-disabled': ['desk.release-tasks'] }
