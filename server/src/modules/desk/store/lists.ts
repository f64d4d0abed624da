import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, PersonId, TaskId } from '@curbstop/kernel/ids'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { type Queue, type TaskColumns, taskColumns, taskJoins } from './rows.ts'

export type Scope =
  | { of: 'owner'; personId: PersonId }
  | { of: 'queue'; queue: Queue }
  | { of: 'account'; accountId: AccountId }
  | { of: 'everybody' }

export type Page = {
  scope: Scope
  show: 'open' | 'overdue' | 'done'
  today: LocalDate
  after: { on: LocalDate; taskId: TaskId } | null
  limit: number
}

function scoped({ scope, show }: Page): RawBuilder<unknown> {
  if (scope.of === 'owner') {
    return show === 'done' ? sql`t.done_by = ${scope.personId}` : sql`t.owner_id = ${scope.personId}`
  }
  if (scope.of === 'queue') {
    return show === 'done'
      ? sql`t.queue = ${scope.queue}`
      : sql`t.queue = ${scope.queue} and t.owner_id is null`
  }
  if (scope.of === 'account') return sql`t.on_account = ${scope.accountId}`
  return sql`true`
}

/** Open work by due date, oldest first; closed work of the last year, newest first. */
export async function listTasks(tx: Tx, page: Page): Promise<TaskColumns[]> {
  const { show, today, after, limit } = page
  if (show === 'done') return listDone(tx, page)
  const { rows } = await sql<TaskColumns>`
    select ${taskColumns} from desk.task t ${taskJoins}
    where t.done_at is null and ${scoped(page)} and (${show === 'open'} or t.due_on < ${today})
      and (${after?.on ?? null}::date is null or (t.due_on, t.task_id) > (${after?.on ?? null}::date, ${after?.taskId ?? null}::bigint))
    order by t.due_on, t.task_id limit ${limit}`.execute(tx)
  return rows
}

async function listDone(tx: Tx, page: Page): Promise<TaskColumns[]> {
  const { after, limit } = page
  const { rows } = await sql<TaskColumns>`
    select ${taskColumns} from desk.task t ${taskJoins}
    where t.done_at > now() - interval '1 year' and ${scoped(page)}
      and (${after?.on ?? null}::date is null
        or (t.done_at::date, t.task_id) < (${after?.on ?? null}::date, ${after?.taskId ?? null}::bigint))
    order by t.done_at::date desc, t.task_id desc limit ${limit}`.execute(tx)
  return rows
}

type Counts = { open: number; overdue: number }

const counts = sql`count(t.task_id)::int as open, (count(t.task_id) filter (where t.due_on < d.today))::int as overdue`

export async function countMine(tx: Tx, personId: PersonId, today: LocalDate): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select ${counts} from (select ${today}::date as today) d
    left join desk.task t on t.owner_id = ${personId} and t.done_at is null group by d.today`.execute(tx)
  return rows[0]!
}

export async function countQueues(
  tx: Tx,
  today: LocalDate,
): Promise<(Counts & { queue: Queue; name: string })[]> {
  const { rows } = await sql<Counts & { queue: Queue; name: string }>`
    select q.queue, q.name, ${counts} from desk.queue q cross join (select ${today}::date as today) d
    left join desk.task t on t.queue = q.queue and t.owner_id is null and t.done_at is null
    group by q.queue, q.name, d.today order by q.name`.execute(tx)
  return rows
}

export type PersonCount = Counts & { personId: PersonId; name: string; oldestDueOn: LocalDate | null }

export async function countByPerson(tx: Tx, today: LocalDate): Promise<PersonCount[]> {
  const { rows } = await sql<PersonCount>`
    select p.person_id as "personId", p.name, ${counts}, min(t.due_on) as "oldestDueOn"
    from desk.task t join staff.person p on p.person_id = t.owner_id
    cross join (select ${today}::date as today) d
    where t.done_at is null group by p.person_id, p.name, d.today
    order by overdue desc, open desc, p.name`.execute(tx)
  return rows
}

export type Answered = {
  taskId: TaskId
  question: string
  detail: string | null
  answer: string
  answeredAt: Instant
  byId: PersonId
  byName: string
}

/** Answers that hold every word, newest first. */
export async function findAnswers(tx: Tx, words: readonly string[]): Promise<Answered[]> {
  const { rows } = await sql<Answered>`
    select t.task_id as "taskId", t.title as question, t.detail, e.body as answer, e.at as "answeredAt",
      e.person_id as "byId", p.name as "byName"
    from desk.task_event e join desk.task t on t.task_id = e.task_id
    join staff.person p on p.person_id = e.person_id
    where e.kind = 'answered' and not exists (
      select from unnest(${words}::text[]) as word
      where strpos(lower(concat_ws(' ', t.title, t.detail, e.body)), word) = 0)
    order by e.task_event_id desc limit 30`.execute(tx)
  return rows
}
