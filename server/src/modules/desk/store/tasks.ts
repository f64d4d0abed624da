import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, ContactId, InvestigationId, OrderId, PersonId, TaskId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { Kind, Outcome, Person } from '../domain/index.ts'
import { type Queue, type TaskColumns, taskColumns, taskJoins } from './rows.ts'

export type EventKind =
  | 'created'
  | 'claimed'
  | 'referred'
  | 'returned'
  | 'answered'
  | 'commented'
  | 'snoozed'
  | 'done'
  | 'reopened'

export async function findTask(tx: Tx, taskId: TaskId): Promise<TaskColumns | null> {
  const { rows } = await sql<TaskColumns>`
    select ${taskColumns} from desk.task t ${taskJoins} where t.task_id = ${taskId}`.execute(tx)
  return rows[0] ?? null
}

export type NewTask = {
  kind: Kind
  title: string
  detail: string | null
  accountId: AccountId | null
  contactId: ContactId | null
  orderId: OrderId | null
  investigationId: InvestigationId | null
  queue: Queue | null
  ownerId: PersonId | null
  dueOn: LocalDate
  createdBy: PersonId
  about: string | null
}

export async function insertTask(tx: Tx, task: NewTask): Promise<TaskId> {
  const { rows } = await sql<{ taskId: TaskId }>`
    insert into desk.task (kind, title, detail, on_account, contact_id, order_id, investigation_id, queue, owner_id,
      due_on, created_by, about)
    values (${task.kind}, ${task.title}, ${task.detail}, ${task.accountId}, ${task.contactId}, ${task.orderId},
      ${task.investigationId}, ${task.queue}, ${task.ownerId}, ${task.dueOn}, ${task.createdBy}, ${task.about})
    returning task_id as "taskId"`.execute(tx)
  return rows[0]!.taskId
}

export type AboutTask = { taskId: TaskId; accountId: AccountId | null; version: number; isOpen: boolean }

/** Tasks a machine made about something, open ones first. */
export async function listAbout(tx: Tx, about: string): Promise<AboutTask[]> {
  const { rows } = await sql<AboutTask>`
    select task_id as "taskId", on_account as "accountId", version, done_at is null as "isOpen"
    from desk.task where about = ${about} order by done_at nulls first, task_id`.execute(tx)
  return rows
}

/** Made by a machine, which closes it when what it is about is settled; nobody but a person settles a reset. */
export async function closesItself(tx: Tx, taskId: TaskId): Promise<boolean> {
  const { rows } = await sql`select 1 from desk.task
    where task_id = ${taskId} and kind = 'approval' and about not like 'sign-in-reset:%'`.execute(tx)
  return rows.length === 1
}

export type Change = { taskId: TaskId; version: number }

/** Each update answers false when the task changed since `version` was read. */
export async function updatePlace(
  tx: Tx,
  { taskId, version }: Change,
  place: { queue: Queue | null; ownerId: PersonId | null; dueOn: LocalDate },
): Promise<boolean> {
  const { rows } = await sql`
    update desk.task set queue = ${place.queue}, owner_id = ${place.ownerId}, due_on = ${place.dueOn},
      version = version + 1
    where task_id = ${taskId} and version = ${version} and done_at is null returning task_id`.execute(tx)
  return rows.length === 1
}

export async function updateDone(
  tx: Tx,
  { taskId, version }: Change,
  done: { by: PersonId; outcome: Outcome },
): Promise<boolean> {
  const { rows } = await sql`
    update desk.task set done_at = now(), done_by = ${done.by}, outcome = ${done.outcome}, version = version + 1
    where task_id = ${taskId} and version = ${version} and done_at is null returning task_id`.execute(tx)
  return rows.length === 1
}

export async function updateReopened(
  tx: Tx,
  { taskId, version }: Change,
  open: { ownerId: PersonId; dueOn: LocalDate },
): Promise<boolean> {
  const { rows } = await sql`
    update desk.task set done_at = null, done_by = null, outcome = null, owner_id = ${open.ownerId},
      due_on = ${open.dueOn}, version = version + 1
    where task_id = ${taskId} and version = ${version} and done_at is not null returning task_id`.execute(tx)
  return rows.length === 1
}

export type NewEvent = {
  taskId: TaskId
  by: PersonId
  kind: EventKind
  body?: string | null
  facts?: Readonly<Record<string, string>>
}

export async function insertEvent(tx: Tx, event: NewEvent): Promise<void> {
  await sql`insert into desk.task_event (task_id, person_id, kind, body, facts)
    values (${event.taskId}, ${event.by}, ${event.kind}, ${event.body ?? null},
      ${JSON.stringify(event.facts ?? {})}::jsonb)`.execute(tx)
}

export type TaskEvent = {
  at: Instant
  byId: PersonId
  byName: string
  kind: EventKind
  body: string | null
  facts: Record<string, string>
}

export async function listEvents(tx: Tx, taskId: TaskId): Promise<TaskEvent[]> {
  const { rows } = await sql<TaskEvent>`
    select e.at, e.person_id as "byId", p.name as "byName", e.kind, e.body, e.facts
    from desk.task_event e join staff.person p on p.person_id = e.person_id
    where e.task_id = ${taskId} order by e.task_event_id limit 1000`.execute(tx)
  return rows
}

/** Who handed the task over last; null when nobody did. */
export async function findReferrer(tx: Tx, taskId: TaskId): Promise<Person | null> {
  const { rows } = await sql<Person>`
    select e.person_id as "personId", p.name
    from desk.task_event e join staff.person p on p.person_id = e.person_id
    where e.task_id = ${taskId} and e.kind = 'referred' order by e.task_event_id desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Tasks of somebody who left go to their queue, or to the supervisor: never lost. */
export async function updateOrphans(tx: Tx, ownerId: PersonId): Promise<TaskId[]> {
  const { rows } = await sql<{ taskId: TaskId }>`
    update desk.task set owner_id = null, queue = coalesce(queue, 'supervisor'), version = version + 1
    where owner_id = ${ownerId} and done_at is null returning task_id as "taskId"`.execute(tx)
  return rows.map(row => row.taskId)
}

export async function accountExists(tx: Tx, accountId: AccountId): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select desk.account_exists(${accountId}) as there`.execute(
    tx,
  )
  return rows[0]!.there
}

/** The number of this piece of work among all the person's. */
export async function countReviewable(tx: Tx, personId: PersonId): Promise<bigint> {
  const { rows } = await sql<{ done: bigint }>`
    insert into desk.review_tally (person_id, done) values (${personId}, 1)
    on conflict (person_id) do update set done = review_tally.done + 1 returning done`.execute(tx)
  return rows[0]!.done
}

export async function countPicked(tx: Tx, personId: PersonId): Promise<void> {
  await sql`update desk.review_tally set picked = picked + 1 where person_id = ${personId}`.execute(tx)
}
