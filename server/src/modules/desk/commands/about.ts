/** Tasks that other departments' news makes and closes. News may be told twice; the task is made once. */
import type { Ctx } from '../../../platform/context.ts'
import type { Outcome } from '../domain/index.ts'
import * as store from '../store/tasks.ts'
import { createTask, note, type TaskToCreate } from './tasks.ts'

/** Makes the task unless one about the same thing is open. */
export async function createTaskAbout(ctx: Ctx, task: TaskToCreate & { about: string }): Promise<void> {
  const [first] = await store.listAbout(ctx.tx, task.about)
  if (!first?.isOpen) await createTask(ctx, task)
}

/** What they were about is settled: every open one is done. */
export async function finishTasksAbout(ctx: Ctx, about: string, outcome: Outcome): Promise<void> {
  for (const task of await store.listAbout(ctx.tx, about)) {
    if (!task.isOpen || !(await store.updateDone(ctx.tx, task, { by: ctx.actor.personId, outcome }))) continue
    await note(ctx, task, { kind: 'done', facts: { outcome } })
  }
}
