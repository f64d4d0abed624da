import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import { type AccountId, asId, type TaskId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../platform/context.ts'
import type { desk } from './contract/index.ts'
import { errors, type Task, type Worker } from './domain/index.ts'
import * as lists from './store/lists.ts'
import * as onAccounts from './store/on-accounts.ts'
import { type TaskColumns, type TaskWithQueue, taskOf } from './store/rows.ts'
import { findTask, listEvents } from './store/tasks.ts'

export type TaskRow = Output<typeof desk.createTask>

const pageSize = 100

export const workerOf = (ctx: Pick<Ctx, 'actor'>): Worker => ({
  personId: ctx.actor.personId,
  level: ctx.actor.level,
  supervises: may(ctx, 'desk.supervise'),
})

export async function readTask(ctx: Ctx, taskId: TaskId): Promise<TaskWithQueue & Task> {
  const row = await findTask(ctx.tx, taskId)
  if (!row) throw refuse(errors, 'desk.no-task')
  return taskOf(row, ctx.today)
}

const shown =
  (today: LocalDate) =>
  (row: TaskColumns): TaskRow => {
    const { queueLevel: _, ...task } = taskOf(row, today)
    return task
  }

export async function showTask(ctx: Ctx, taskId: TaskId): Promise<TaskRow> {
  const { queueLevel: _, ...task } = await readTask(ctx, taskId)
  return task
}

export async function getTask(
  ctx: Ctx,
  { taskId }: Input<typeof desk.getTask>,
): Promise<Output<typeof desk.getTask>> {
  const task = await showTask(ctx, taskId)
  const events = await listEvents(ctx.tx, taskId)
  return {
    task,
    events: events.map(({ byId, byName, ...event }) => ({
      ...event,
      by: { personId: byId, name: byName },
    })),
  }
}

export async function listTasks(
  ctx: Ctx,
  input: Input<typeof desk.listTasks>,
): Promise<Output<typeof desk.listTasks>> {
  const [on, id] = input.after?.split('~') ?? []
  const after = on && id ? { on: localDate(on), taskId: asId<'task'>(id) } : null
  const rows = await lists.listTasks(ctx.tx, {
    scope: scopeOf(ctx, input),
    show: input.show,
    today: ctx.today,
    after,
    limit: pageSize + 1,
  })
  const tasks = rows.slice(0, pageSize).map(shown(ctx.today))
  const last = rows.length > pageSize ? tasks.at(-1) : undefined
  return { tasks, next: last ? `${last.doneAt?.slice(0, 10) ?? last.dueOn}~${last.taskId}` : null }
}

function scopeOf(ctx: Ctx, input: Input<typeof desk.listTasks>): lists.Scope {
  const { of, queue, accountId, personId } = input
  const me = ctx.actor.personId
  refuseUnused(input)
  if (of === 'me') return { of: 'owner', personId: me }
  if (of === 'queue') return { of, queue: queue ?? askWhich('queue', 'queue') }
  if (of === 'account') return { of, accountId: accountId ?? askWhich('account', 'accountId') }
  if (of === 'person' && !personId) askWhich('person', 'personId')
  if (personId !== me && !may(ctx, 'desk.supervise')) throw refuse(errors, 'desk.supervisors-only')
  return of === 'person' ? { of: 'owner', personId: personId! } : { of: 'everybody' }
}

const fieldOf = { queue: 'queue', account: 'accountId', person: 'personId' } as const

/** Whoever names an account and leaves out `of` would be shown their own tasks and take them for the account's. */
function refuseUnused(input: Input<typeof desk.listTasks>): void {
  for (const [of, field] of Object.entries(fieldOf)) {
    if (of !== input.of && input[field] !== undefined)
      throw refuse(errors, 'desk.other-list', { field, of, asked: input.of }, field)
  }
}

function askWhich(what: string, field: string): never {
  throw refuse(errors, 'desk.which', { what }, field)
}

export async function countWork(ctx: Ctx): Promise<Output<typeof desk.countWork>> {
  const mine = await lists.countMine(ctx.tx, ctx.actor.personId, ctx.today)
  const queues = await lists.countQueues(ctx.tx, ctx.today)
  return { mine: mine.open, mineOverdue: mine.overdue, queues }
}

export async function countByPerson(ctx: Ctx): Promise<Output<typeof desk.countByPerson>> {
  const rows = await lists.countByPerson(ctx.tx, ctx.today)
  return rows.map(({ personId, name, ...counts }) => ({ person: { personId, name }, ...counts }))
}

export async function findAnswers(
  ctx: Ctx,
  { words }: Input<typeof desk.findAnswers>,
): Promise<Output<typeof desk.findAnswers>> {
  const rows = await lists.findAnswers(ctx.tx, words.toLowerCase().split(/\s+/).slice(0, 8))
  return rows.map(({ byId, byName, ...row }) => ({ ...row, answeredBy: { personId: byId, name: byName } }))
}

/** Alerts and holds in force and tasks open on a date (today unless told), for the account 360. */
export async function getWorkCard(
  ctx: Ctx,
  accountId: AccountId,
  on: LocalDate = ctx.today,
): Promise<Output<typeof desk.getWorkCard>> {
  const asOf = { on, timeZone: ctx.timeZone }
  const [alerts, holds, tasks] = await Promise.all([
    onAccounts.listAlerts(ctx.tx, accountId, asOf),
    onAccounts.listHolds(ctx.tx, accountId, asOf),
    onAccounts.listOpenTasks(ctx.tx, accountId, asOf),
  ])
  return { alerts, holds, tasks: tasks.map(shown(ctx.today)) }
}

/** Holds in force on a date: what shut-off, late fees, bills and refunds ask before they act. */
export function listHolds(
  ctx: Ctx,
  accountId: AccountId,
  on: LocalDate = ctx.today,
): Promise<onAccounts.Hold[]> {
  return onAccounts.listHolds(ctx.tx, accountId, { on, timeZone: ctx.timeZone })
}
