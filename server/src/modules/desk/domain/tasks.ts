/** Who may do what with a task, and when it is due. A button that is greyed out shows the same sentence. */
import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import { type DomainError, refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'
import type { Level } from '../../../platform/context.ts'
import { type Calendar, nextOpenDay } from '../../policy/domain.ts'
import { errors } from './errors.ts'

const ranks: Readonly<Record<Level, number>> = { assistant: 1, advisor: 2, senior: 3, supervisor: 4 }
export const rankOf = (level: Level | null): number => (level ? ranks[level] : 0)

export type Person = { readonly personId: PersonId; readonly name: string }
export type Kind =
  | 'follow-up'
  | 'question'
  | 'referral'
  | 'review'
  | 'approval'
  | 'order-result'
  | 'exception'
  | 'callback'
export type Outcome = 'done' | 'not-needed' | 'answered' | 'approved' | 'declined' | 'corrected' | 'no-answer'

export type Task = {
  readonly kind: Kind
  readonly owner: Person | null
  readonly createdBy: Person
  readonly doneBy: Person | null
  readonly queueName: string | null
  readonly queueLevel: Level | null
}
/** Who asks: `supervises` opens everybody's tasks. */
export type Worker = {
  readonly personId: PersonId
  readonly level: Level | null
  readonly supervises: boolean
}

type Refusal = DomainError | null

const levelNames: Readonly<Record<Level, string>> = {
  assistant: 'Assistants',
  advisor: 'Advisors',
  senior: 'Seniors',
  supervisor: 'Supervisors',
}

/** An owner works on the task, the people of its queue while it has no owner, and a supervisor always. */
export function whyNotWork(task: Task, worker: Worker): Refusal {
  if (task.doneBy) return refuse(errors, 'desk.task-done', { who: task.doneBy.name })
  if (worker.supervises || task.owner?.personId === worker.personId) return null
  if (task.owner) return refuse(errors, 'desk.not-yours', { owner: task.owner.name })
  if (task.queueLevel === null || rankOf(worker.level) >= rankOf(task.queueLevel)) return null
  const facts = { queue: task.queueName, level: levelNames[task.queueLevel] }
  return refuse(errors, 'desk.queue-above-you', facts)
}

const judged: readonly Kind[] = ['review', 'approval']

/** Reviews and approvals take a second person. */
export const isJudged = ({ kind }: Pick<Task, 'kind'>): boolean => judged.includes(kind)

/** Nobody reviews or approves their own work (AUTH-025). */
export function whyNotTake(task: Task, worker: Worker): Refusal {
  const why = whyNotWork(task, worker)
  if (why) return why
  const isOwnWork = isJudged(task) && task.createdBy.personId === worker.personId
  return isOwnWork ? refuse(errors, 'desk.own-work') : null
}

export function whyNotAnswer(task: Task, worker: Worker): Refusal {
  if (task.kind !== 'question') return refuse(errors, 'desk.not-a-question')
  const why = whyNotWork(task, worker)
  if (why) return why
  return task.createdBy.personId === worker.personId ? refuse(errors, 'desk.own-question') : null
}

const outcomesOf: Readonly<Partial<Record<Kind, readonly Outcome[]>>> = {
  approval: ['approved', 'declined', 'not-needed'],
  review: ['approved', 'corrected', 'declined'],
}

export function whyNotFinish(
  task: Task,
  worker: Worker,
  end: { outcome: Outcome; makerLevel: Level | null },
): Refusal {
  const why = whyNotTake(task, worker)
  if (why) return why
  const outcomes = outcomesOf[task.kind]
  if (!outcomes) return null
  if (!outcomes.includes(end.outcome))
    return refuse(errors, 'desk.wrong-outcome', { outcomes: outcomes.join(', ') })
  return rankOf(worker.level) < rankOf(end.makerLevel) ? refuse(errors, 'desk.junior') : null
}

/** A task is due on an open day, not in the past and within a year. */
export function decideDueOn(wanted: LocalDate, today: LocalDate, calendar: Calendar): LocalDate {
  if (wanted < today) throw refuse(errors, 'desk.due-in-past', { on: wanted }, 'dueOn')
  if (wanted > addDays(today, 366)) throw refuse(errors, 'desk.due-too-far', { on: wanted }, 'dueOn')
  return nextOpenDay(calendar, wanted)
}

/** Half-open dates in order, or the refusal. `until` null: until it is taken away. */
export function checkPeriod(from: LocalDate, until: LocalDate | null): void {
  if (until !== null && until <= from)
    throw refuse(errors, 'desk.dates-out-of-order', { from, until }, 'untilOn')
}
