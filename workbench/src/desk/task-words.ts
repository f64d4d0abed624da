/** Small judgements about a task that several parts of the page share. */
import type { Output } from '@curbstop/kernel/endpoint'
import type { desk } from '@curbstop/server/contract/staff'

export type Task = Output<typeof desk.getTask>['task']
export type TaskEvent = Output<typeof desk.getTask>['events'][number]
export type Act = 'answer' | 'finish' | 'refer' | 'giveBack' | 'snooze' | 'comment' | 'reopen'
export type Opened = Act | 'make' | 'ask'

export type Worker = { readonly personId: bigint; readonly supervises: boolean; readonly works: boolean }

/** A reason of the catalogue why an act is closed to this person, or null. The server asks again. */
export type Why = {
  key: 'done' | 'open' | 'other' | 'yours' | 'notQuestion' | 'ownQuestion' | 'ownWork' | 'mayNot'
  name: string
}

export function whyNot(task: Task, act: Act | 'claim', worker: Worker): Why | null {
  const why = (key: Why['key'], name = ''): Why => ({ key, name })
  if (!worker.works) return why('mayNot')
  if (act === 'comment') return null
  if (act === 'reopen') return task.doneAt ? null : why('open')
  if (task.doneAt) return why('done', task.doneBy?.name ?? '')
  const isMine = task.owner?.personId === worker.personId
  const isOwnWork = task.createdBy.personId === worker.personId
  const isJudged = task.kind === 'review' || task.kind === 'approval'
  if (act === 'claim' && isMine) return why('yours')
  if (task.owner && !isMine && !worker.supervises) return why('other', task.owner.name)
  if (act === 'answer' && task.kind !== 'question') return why('notQuestion')
  if (act === 'answer' && isOwnWork) return why('ownQuestion')
  if ((act === 'finish' || act === 'claim' || act === 'refer') && isJudged && isOwnWork) return why('ownWork')
  return null
}

type Outcome = NonNullable<Task['outcome']>

/** How a task of this kind may end (the server keeps the same list). */
export function outcomesFor(task: Task): readonly Outcome[] {
  if (task.kind === 'approval') return ['approved', 'declined', 'not-needed']
  if (task.kind === 'review') return ['approved', 'corrected', 'declined']
  if (task.kind === 'callback') return ['done', 'no-answer', 'not-needed']
  return ['done', 'not-needed', 'answered', 'no-answer', 'corrected']
}
