import { type LocalDate, maxDate } from '@curbstop/kernel/dates'
import type { Input } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, ContactId, InvestigationId, OrderId, PersonId, TaskId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { getCalendar } from '../../policy/index.ts'
import { holdsPermission } from '../../staff/index.ts'
import type { desk } from '../contract/index.ts'
import { decideDueOn, errors, type Kind } from '../domain/index.ts'
import { showTask, type TaskRow } from '../queries.ts'
import type { Queue } from '../store/rows.ts'
import * as store from '../store/tasks.ts'
import { refuseFindableOn } from './on-accounts.ts'

export type Destination = { queue: Queue } | { personId: PersonId }
export type Place = { queue: Queue | null; ownerId: PersonId | null }

/** What other departments may hand the desk; ids of contact, order and investigation are theirs to vouch for. */
export type TaskToCreate = {
  kind: Kind
  title: string
  detail?: string | undefined
  accountId?: AccountId | undefined
  contactId?: ContactId | undefined
  orderId?: OrderId | undefined
  investigationId?: InvestigationId | undefined
  to: Destination
  dueOn: LocalDate
  /** What it is about, when a machine makes it and will close it: `protection:17`. */
  about?: string | undefined
  /** For whom a job acts; the actor unless told. */
  createdById?: PersonId | undefined
}

/** The next open day on or after the date wanted. */
export async function settleDueOn(ctx: Ctx, wanted: LocalDate): Promise<LocalDate> {
  return decideDueOn(wanted, ctx.today, await getCalendar(ctx, maxDate(wanted, ctx.today), 400))
}

/** A queue, or a person who works at the desk now. */
export async function settlePlace(ctx: Ctx, to: Destination): Promise<Place> {
  if ('queue' in to) return { queue: to.queue, ownerId: null }
  if (!(await holdsPermission(ctx, to.personId, 'desk.work'))) {
    throw refuse(errors, 'desk.no-person', {}, 'to.personId')
  }
  return { queue: null, ownerId: to.personId }
}

export const placeFacts = ({ queue, ownerId }: Place): Record<string, string> => ({
  ...(queue ? { queue } : {}),
  ...(ownerId ? { person: ownerId.toString() } : {}),
})

export async function createTask(ctx: Ctx, task: TaskToCreate): Promise<TaskRow> {
  const { accountId = null, detail = null } = task
  if (accountId !== null && !(await store.accountExists(ctx.tx, accountId))) {
    throw refuse(errors, 'desk.no-account', {}, 'accountId')
  }
  if (task.kind === 'referral' && !detail) throw refuse(errors, 'desk.reason-missing', {}, 'detail')
  const dueOn = await settleDueOn(ctx, task.dueOn)
  const place = await settlePlace(ctx, task.to)
  const taskId = await store.insertTask(ctx.tx, {
    kind: task.kind,
    title: task.title,
    detail,
    accountId,
    contactId: task.contactId ?? null,
    orderId: task.orderId ?? null,
    investigationId: task.investigationId ?? null,
    ...place,
    dueOn,
    createdBy: task.createdById ?? ctx.actor.personId,
    about: task.about ?? null,
  })
  await note(ctx, { taskId, accountId }, { kind: 'created', facts: { ...placeFacts(place), dueOn } })
  return showTask(ctx, taskId)
}

/** A task that somebody typed; what departments make of their own accord goes through `createTask`. */
export async function createTypedTask(ctx: Ctx, input: Input<typeof desk.createTask>): Promise<TaskRow> {
  const { title, detail } = input
  await refuseFindableOn(ctx, input.accountId, { title, detail })
  return createTask(ctx, input)
}

export async function askSenior(ctx: Ctx, input: Input<typeof desk.askSenior>): Promise<TaskRow> {
  const { question, dueOn = ctx.today, ...rest } = input
  await refuseFindableOn(ctx, input.accountId, { question, detail: input.detail })
  return createTask(ctx, { ...rest, kind: 'question', title: question, to: { queue: 'seniors' }, dueOn })
}

type Noted = Omit<store.NewEvent, 'taskId' | 'by'>
const told: Readonly<Record<store.EventKind, `desk.task-${string}`>> = {
  created: 'desk.task-created',
  claimed: 'desk.task-claimed',
  referred: 'desk.task-referred',
  returned: 'desk.task-returned',
  answered: 'desk.task-answered',
  commented: 'desk.task-commented',
  snoozed: 'desk.task-snoozed',
  done: 'desk.task-done',
  reopened: 'desk.task-reopened',
}

/** What happened to a task: kept with it, in the audit trail, and told. */
export async function note(
  ctx: Ctx,
  task: { taskId: TaskId; accountId: AccountId | null },
  event: Noted,
): Promise<void> {
  const { taskId, accountId } = task
  await store.insertEvent(ctx.tx, { taskId, by: ctx.actor.personId, ...event })
  ctx.audit({
    subject: `task:${taskId}`,
    account: accountId,
    ...(event.body ? { reason: event.body } : {}),
    after: { ...event.facts, happened: event.kind },
  })
  ctx.tell({ name: told[event.kind], account: accountId, subject: { task: taskId } })
}
