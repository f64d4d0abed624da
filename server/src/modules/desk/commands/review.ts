import type { AccountId, ContactId, InvestigationId, OrderId, PersonId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { addBusinessDays, getCalendar } from '../../policy/index.ts'
import { findPerson, getLimit } from '../../staff/index.ts'
import { decideReview, type ReviewRules } from '../domain/index.ts'
import type { TaskRow } from '../queries.ts'
import * as store from '../store/tasks.ts'
import { createTask, note } from './tasks.ts'

const reviewWithinOpenDays = 2

export type WorkDone = {
  /** What was done, as the reviewer's list shows it: 'Started service at 12 Alder Way'. */
  title: string
  detail?: string
  accountId?: AccountId
  contactId?: ContactId
  orderId?: OrderId
  investigationId?: InvestigationId
  /** Whose work it is, when a job asks; the actor unless told. With `about`, asked twice is asked once. */
  doneById?: PersonId
  about?: string
}

/**
 * Called by other departments in the transaction of a piece of work: when an Assistant did it and it is picked
 * (AUTH-027), a review task comes to the seniors. Null when nobody needs to look.
 */
export async function requestReview(ctx: Ctx, work: WorkDone): Promise<TaskRow | null> {
  const { doneById, ...task } = work
  if (!doneById && ctx.actor.level !== 'assistant') return null
  const person = await findPerson(ctx, doneById ?? ctx.actor.personId)
  if (person?.level !== 'assistant') return null
  if (task.about && (await store.listAbout(ctx.tx, task.about)).length > 0) return null
  const number = await store.countReviewable(ctx.tx, person.personId)
  const rules = await getReviewRules(ctx)
  if (!decideReview(rules, { since: person.levelSince, on: ctx.today, number })) return null
  await store.countPicked(ctx.tx, person.personId)
  const dueOn = addBusinessDays(await getCalendar(ctx), ctx.today, reviewWithinOpenDays)
  return createTask(ctx, {
    ...task,
    kind: 'review',
    to: { queue: 'review' },
    dueOn,
    createdById: person.personId,
  })
}

async function getReviewRules(ctx: Ctx): Promise<ReviewRules> {
  const [firstDays, firstShare, laterShare] = await Promise.all(
    ['review-first-days', 'review-first-share', 'review-later-share'].map(action => getLimit(ctx, action)),
  )
  return {
    firstDays: Number(firstDays?.value ?? 0n),
    firstShare: Number(firstShare?.value ?? 100n),
    laterShare: Number(laterShare?.value ?? 100n),
  }
}

/** Open work of a person who was disabled goes back to its queue, or to the supervisor. */
export async function releaseTasks(ctx: Ctx, personId: PersonId): Promise<number> {
  const taskIds = await store.updateOrphans(ctx.tx, personId)
  for (const taskId of taskIds) {
    const task = await store.findTask(ctx.tx, taskId)
    const facts: Record<string, string> = task?.queue ? { queue: task.queue } : {}
    await note(
      ctx,
      { taskId, accountId: task?.accountId ?? null },
      {
        kind: 'returned',
        body: 'Its owner no longer works here.',
        facts,
      },
    )
  }
  return taskIds.length
}
