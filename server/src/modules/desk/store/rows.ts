/** The columns of a task with its people, and the way from a row to what the contract shows. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, ContactId, InvestigationId, OrderId, PersonId, TaskId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Level } from '../../../platform/context.ts'
import type { queueCode, taskRow } from '../contract/index.ts'
import type { Kind, Outcome, Person } from '../domain/index.ts'

export type Queue = z.output<typeof queueCode>
/** What the contract shows, and the level its queue asks for. */
export type TaskWithQueue = z.output<typeof taskRow> & { queueLevel: Level | null }

export type TaskColumns = {
  taskId: TaskId
  kind: Kind
  title: string
  detail: string | null
  accountId: AccountId | null
  contactId: ContactId | null
  orderId: OrderId | null
  investigationId: InvestigationId | null
  queue: Queue | null
  queueName: string | null
  queueLevel: Level | null
  ownerId: PersonId | null
  ownerName: string | null
  dueOn: LocalDate
  createdAt: Instant
  createdById: PersonId
  createdByName: string
  doneAt: Instant | null
  doneById: PersonId | null
  doneByName: string | null
  outcome: Outcome | null
  version: number
}

export const taskColumns = sql`t.task_id as "taskId", t.kind, t.title, t.detail, t.on_account as "accountId",
  t.contact_id as "contactId", t.order_id as "orderId", t.investigation_id as "investigationId",
  t.queue, q.name as "queueName", q.level as "queueLevel", t.owner_id as "ownerId", o.name as "ownerName",
  t.due_on as "dueOn", t.created_at as "createdAt", t.created_by as "createdById", c.name as "createdByName",
  t.done_at as "doneAt", t.done_by as "doneById", d.name as "doneByName", t.outcome, t.version`

export const taskJoins = sql`join staff.person c on c.person_id = t.created_by
  left join desk.queue q on q.queue = t.queue
  left join staff.person o on o.person_id = t.owner_id
  left join staff.person d on d.person_id = t.done_by`

export const someone = (personId: PersonId | null, name: string | null): Person | null =>
  personId === null ? null : { personId, name: name ?? '' }

export function taskOf(row: TaskColumns, today: LocalDate): TaskWithQueue {
  const { ownerId, ownerName, createdById, createdByName, doneById, doneByName, ...rest } = row
  return {
    ...rest,
    owner: someone(ownerId, ownerName),
    createdBy: { personId: createdById, name: createdByName },
    doneBy: someone(doneById, doneByName),
    isOverdue: row.doneAt === null && row.dueOn < today,
  }
}
