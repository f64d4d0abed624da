/** What happens to a task after it was made. Each step: read, decide, write under the version, note and tell. */
import { maxDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { type DomainError, refuse } from '@curbstop/kernel/errors'
import type { TaskId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { findPerson, refuseAfterReset } from '../../staff/index.ts'
import type { desk } from '../contract/index.ts'
import {
  errors,
  isJudged,
  type Task,
  type Worker,
  whyNotAnswer,
  whyNotFinish,
  whyNotTake,
  whyNotWork,
} from '../domain/index.ts'
import { readTask, showTask, type TaskRow, workerOf } from '../queries.ts'
import type { TaskWithQueue } from '../store/rows.ts'
import * as store from '../store/tasks.ts'
import { refuseFindableOn, refuseOwnAccount } from './on-accounts.ts'
import { note, placeFacts, settleDueOn, settlePlace } from './tasks.ts'

/** Reads the task and checks the rule; a version gone by is told before anything else. */
async function open(
  ctx: Ctx,
  { taskId, version }: store.Change,
  whyNot: (task: Task, worker: Worker) => DomainError | null,
): Promise<TaskWithQueue> {
  const task = await readTask(ctx, taskId)
  if (task.version !== version) throw await changed(ctx, taskId)
  const why = whyNot(task, workerOf(ctx))
  if (why) throw why
  return task
}

/**
 * The same for work on the account itself: not on one's own or a relative's (AUTH-023). Asking, referring, returning
 * and commenting stay open: they are how such work gets to somebody else.
 */
async function openForWork(
  ctx: Ctx,
  change: store.Change,
  whyNot: (task: Task, worker: Worker) => DomainError | null,
): Promise<TaskWithQueue> {
  const task = await open(ctx, change, whyNot)
  if (task.accountId !== null) await refuseOwnAccount(ctx, task.accountId)
  return task
}

async function changed(ctx: Ctx, taskId: TaskId): Promise<DomainError> {
  const last = (await store.listEvents(ctx.tx, taskId)).findLast(event => event.kind !== 'commented')
  return refuse(errors, 'desk.task-changed', {
    who: last?.byName ?? 'Somebody',
    what: last?.kind ?? 'changed',
  })
}

async function must(ctx: Ctx, taskId: TaskId, written: boolean): Promise<void> {
  if (!written) throw await changed(ctx, taskId)
}

export async function claimTask(ctx: Ctx, change: Input<typeof desk.claimTask>): Promise<TaskRow> {
  const task = await openForWork(ctx, change, whyNotTake)
  const { taskId, queue, dueOn } = task
  const { personId } = ctx.actor
  await must(ctx, taskId, await store.updatePlace(ctx.tx, change, { queue, ownerId: personId, dueOn }))
  await note(ctx, task, { kind: 'claimed', ...(queue ? { facts: { queue } } : {}) })
  return showTask(ctx, taskId)
}

export async function referTask(ctx: Ctx, input: Input<typeof desk.referTask>): Promise<TaskRow> {
  const task = await open(ctx, input, whyNotWork)
  await refuseFindableOn(ctx, task.accountId, { reason: input.reason })
  const place = await settlePlace(ctx, input.to)
  const isJudged = task.kind === 'review' || task.kind === 'approval'
  if (isJudged && place.ownerId === task.createdBy.personId) throw refuse(errors, 'desk.own-work')
  await must(ctx, task.taskId, await store.updatePlace(ctx.tx, input, { ...place, dueOn: task.dueOn }))
  await note(ctx, task, { kind: 'referred', body: input.reason, facts: placeFacts(place) })
  return showTask(ctx, task.taskId)
}

export async function returnTask(ctx: Ctx, input: Input<typeof desk.returnTask>): Promise<TaskRow> {
  const task = await open(ctx, input, whyNotWork)
  await refuseFindableOn(ctx, task.accountId, { reason: input.reason })
  const referrer = (await store.findReferrer(ctx.tx, task.taskId)) ?? task.createdBy
  const person = await findPerson(ctx, referrer.personId)
  if (!person || person.disabledAt || person.personId === ctx.actor.personId) {
    throw refuse(errors, 'desk.nobody-to-return-to')
  }
  const place = { queue: null, ownerId: person.personId }
  await must(ctx, task.taskId, await store.updatePlace(ctx.tx, input, { ...place, dueOn: task.dueOn }))
  await note(ctx, task, { kind: 'returned', body: input.reason, facts: placeFacts(place) })
  return showTask(ctx, task.taskId)
}

/** The answer goes back to the person who asked, or to the advisors when that person has left. */
export async function answerTask(ctx: Ctx, input: Input<typeof desk.answerTask>): Promise<TaskRow> {
  const task = await openForWork(ctx, input, whyNotAnswer)
  await refuseFindableOn(ctx, task.accountId, { answer: input.answer })
  const asker = await findPerson(ctx, task.createdBy.personId)
  const isHere = asker !== null && asker.disabledAt === null
  const place = isHere
    ? { queue: null, ownerId: asker.personId }
    : { queue: 'advisors' as const, ownerId: null }
  const dueOn = await settleDueOn(ctx, maxDate(task.dueOn, ctx.today))
  await must(ctx, task.taskId, await store.updatePlace(ctx.tx, input, { ...place, dueOn }))
  await note(ctx, task, { kind: 'answered', body: input.answer, facts: placeFacts(place) })
  return showTask(ctx, task.taskId)
}

export async function commentTask(ctx: Ctx, input: Input<typeof desk.commentTask>): Promise<TaskRow> {
  const task = await readTask(ctx, input.taskId)
  await refuseFindableOn(ctx, task.accountId, { text: input.text })
  await note(ctx, task, { kind: 'commented', body: input.text })
  return showTask(ctx, task.taskId)
}

export async function snoozeTask(ctx: Ctx, input: Input<typeof desk.snoozeTask>): Promise<TaskRow> {
  const task = await openForWork(ctx, input, whyNotWork)
  const dueOn = await settleDueOn(ctx, input.untilOn)
  const { queue, owner } = task
  const place = { queue, ownerId: owner?.personId ?? null, dueOn }
  await must(ctx, task.taskId, await store.updatePlace(ctx.tx, input, place))
  await note(ctx, task, { kind: 'snoozed', body: input.reason, facts: { from: task.dueOn, dueOn } })
  return showTask(ctx, task.taskId)
}

export async function finishTask(ctx: Ctx, input: Input<typeof desk.finishTask>): Promise<TaskRow> {
  const { outcome } = input
  const { createdBy } = await readTask(ctx, input.taskId)
  const makerLevel = (await findPerson(ctx, createdBy.personId))?.level ?? null
  const task = await openForWork(ctx, input, (found, worker) =>
    whyNotFinish(found, worker, { outcome, makerLevel }),
  )
  await refuseFindableOn(ctx, task.accountId, { note: input.note })
  if (isJudged(task) && outcome !== 'declined') await refuseAfterReset(ctx, createdBy.personId)
  if (await store.closesItself(ctx.tx, task.taskId)) throw refuse(errors, 'desk.closes-itself')
  await must(ctx, task.taskId, await store.updateDone(ctx.tx, input, { by: ctx.actor.personId, outcome }))
  await note(ctx, task, { kind: 'done', body: input.note ?? null, facts: { outcome } })
  return showTask(ctx, task.taskId)
}

export async function reopenTask(ctx: Ctx, input: Input<typeof desk.reopenTask>): Promise<TaskRow> {
  const task = await openForWork(ctx, input, found =>
    found.doneBy ? null : refuse(errors, 'desk.task-open'),
  )
  const dueOn = await settleDueOn(ctx, input.dueOn)
  const ownerId = ctx.actor.personId
  await must(ctx, task.taskId, await store.updateReopened(ctx.tx, input, { ownerId, dueOn }))
  await note(ctx, task, { kind: 'reopened', body: input.reason, facts: { dueOn } })
  return showTask(ctx, task.taskId)
}
