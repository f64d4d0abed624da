/** SQL of service orders. Every list is one indexed statement; addresses and hazards are premises' to tell. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type {
  AccountId,
  ContactId,
  InvestigationId,
  OrderId,
  PersonId,
  PremiseId,
  ServicePointId,
} from '@curbstop/kernel/ids'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import type { LeftStatus, OrderKind } from './domain/results.ts'
import { type OrderState, openStates } from './domain/states.ts'

export type UnableCode =
  | 'no-access'
  | 'dog'
  | 'buried'
  | 'locked-gate'
  | 'wrong-meter'
  | 'valve-broken'
  | 'customer-refused'
  | 'unsafe'

export type OrderRow = {
  orderId: OrderId
  kind: OrderKind
  name: string
  needsRead: boolean
  accountId: AccountId | null
  premiseId: PremiseId
  servicePointId: ServicePointId | null
  priority: number
  state: OrderState
  instructions: string
  wantedOn: LocalDate | null
  wantedFrom: string | null
  wantedTo: string | null
  dueAt: Instant
  assignedToId: PersonId | null
  assignedTo: string | null
  contactId: ContactId | null
  investigationId: InvestigationId | null
  parentOrderId: OrderId | null
  createdAt: Instant
  createdById: PersonId
  createdBy: string
  version: number
  result: {
    completedAt: Instant
    completedById: string
    completedBy: string
    outcome: string
    unableCode: UnableCode | null
    leftStatus: LeftStatus | null
    meterSerialSeen: string | null
    readValue: string | null
    staticPsi: number | null
    note: string
  } | null
}

const columns = sql`o.order_id as "orderId", o.kind, k.name, k.needs_read as "needsRead",
  o.on_account as "accountId", o.premise_id as "premiseId", o.service_point_id as "servicePointId", o.priority,
  o.state, o.instructions, o.wanted_on as "wantedOn", to_char(o.wanted_from, 'HH24:MI') as "wantedFrom",
  to_char(o.wanted_to, 'HH24:MI') as "wantedTo", o.due_at as "dueAt", o.assigned_to as "assignedToId",
  (select p.name from staff.person p where p.person_id = o.assigned_to) as "assignedTo",
  o.contact_id as "contactId", o.investigation_id as "investigationId", o.parent_order_id as "parentOrderId",
  o.created_at as "createdAt", o.created_by as "createdById",
  (select p.name from staff.person p where p.person_id = o.created_by) as "createdBy", o.version,
  (select json_build_object('completedAt', r.completed_at, 'completedById', r.completed_by::text,
      'completedBy', (select p.name from staff.person p where p.person_id = r.completed_by),
      'outcome', r.outcome, 'unableCode', r.unable_code, 'leftStatus', r.left_status,
      'meterSerialSeen', r.meter_serial_seen, 'readValue', r.read_value::text, 'staticPsi', r.static_psi,
      'note', r.note)
    from fieldwork.order_result r where r.order_id = o.order_id) as result`

const openList = sql.join(openStates.map(state => sql.lit(state)))
const isOpenSql = sql`o.state in (${openList})`

async function list(
  tx: Tx,
  where: RawBuilder<unknown>,
  tail: RawBuilder<unknown> = sql``,
): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select ${columns} from fieldwork.service_order o join fieldwork.order_kind k using (kind)
    where ${where} ${tail}`.execute(tx)
  return rows
}

const openFirst = sql`order by ${isOpenSql} desc, o.created_at desc limit 50`

export const listByAccount = (tx: Tx, accountId: AccountId) =>
  list(tx, sql`o.on_account = ${accountId}`, openFirst)

export const listByPremise = (tx: Tx, premiseId: PremiseId) =>
  list(tx, sql`o.premise_id = ${premiseId}`, openFirst)

export const listByAssignee = (tx: Tx, personId: PersonId) =>
  list(tx, sql`o.assigned_to = ${personId} and ${isOpenSql}`, sql`order by o.due_at, o.order_id limit 200`)

export type BoardFilter = {
  readonly state: OrderState | null
  readonly assignedTo: PersonId | 'nobody' | null
  readonly dueBefore: Instant | null
  readonly kind: OrderKind | null
}

/** Open orders by due time; one more than shown tells that there are more. */
export function listBoard(tx: Tx, filter: BoardFilter, limit: number): Promise<OrderRow[]> {
  const { state, assignedTo, dueBefore, kind } = filter
  const parts = [
    state ? sql`o.state = ${state}` : isOpenSql,
    assignedTo === 'nobody' ? sql`o.assigned_to is null` : null,
    typeof assignedTo === 'bigint' ? sql`o.assigned_to = ${assignedTo}` : null,
    dueBefore ? sql`o.due_at < ${dueBefore}` : null,
    kind ? sql`o.kind = ${kind}` : null,
  ].filter(part => part !== null)
  return list(tx, sql.join(parts, sql` and `), sql`order by o.due_at, o.order_id limit ${limit + 1}`)
}

export async function countBoard(
  tx: Tx,
  now: Instant,
): Promise<{ state: OrderState; count: number; late: number }[]> {
  const { rows } = await sql<{ state: OrderState; count: number; late: number }>`
    select o.state, count(*)::int as count, (count(*) filter (where o.due_at < ${now}))::int as late
    from fieldwork.service_order o where ${isOpenSql} group by o.state`.execute(tx)
  return rows
}

export async function findOrder(tx: Tx, orderId: OrderId): Promise<OrderRow | null> {
  return (await list(tx, sql`o.order_id = ${orderId}`))[0] ?? null
}

export async function lockOrder(tx: Tx, orderId: OrderId): Promise<OrderRow | null> {
  return (await list(tx, sql`o.order_id = ${orderId}`, sql`for update of o`))[0] ?? null
}

export async function lockOrderAskedBy(tx: Tx, askedBy: string): Promise<OrderRow | null> {
  return (await list(tx, sql`o.asked_by = ${askedBy}`, sql`for update of o`))[0] ?? null
}

export async function listFollowUps(
  tx: Tx,
  orderId: OrderId,
): Promise<{ orderId: OrderId; kind: OrderKind; state: OrderState }[]> {
  const { rows } = await sql<{ orderId: OrderId; kind: OrderKind; state: OrderState }>`
    select order_id as "orderId", kind, state from fieldwork.service_order
    where parent_order_id = ${orderId} order by order_id`.execute(tx)
  return rows
}

export type EventRow = {
  at: Instant
  by: string
  fromState: OrderState | null
  toState: OrderState
  note: string | null
}

export async function listEvents(tx: Tx, orderId: OrderId): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.at, p.name as by, e.from_state as "fromState", e.to_state as "toState", e.note
    from fieldwork.order_event e join staff.person p using (person_id)
    where e.order_id = ${orderId} order by e.order_event_id`.execute(tx)
  return rows
}

export type KindRow = {
  kind: OrderKind
  name: string
  defaultPriority: number
  needsRead: boolean
  citation: string
}

export async function listKinds(tx: Tx): Promise<KindRow[]> {
  const { rows } = await sql<KindRow>`
    select kind, name, default_priority as "defaultPriority", needs_read as "needsRead", citation
    from fieldwork.order_kind order by name`.execute(tx)
  return rows
}

export type NewOrder = {
  readonly kind: OrderKind
  readonly accountId: AccountId | null
  readonly premiseId: PremiseId
  readonly servicePointId: ServicePointId | null
  readonly priority: number
  readonly instructions: string
  readonly wantedOn: LocalDate | null
  readonly wantedFrom: string | null
  readonly wantedTo: string | null
  readonly dueAt: Instant
  readonly contactId: ContactId | null
  readonly investigationId: InvestigationId | null
  readonly parentOrderId: OrderId | null
  readonly askedBy: string | null
  readonly createdById: PersonId
  readonly at: Instant
}

/** Null when the same cause (`askedBy`) has made its order already. */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<OrderId | null> {
  const { rows } = await sql<{ orderId: OrderId }>`
    insert into fieldwork.service_order (kind, on_account, premise_id, service_point_id, priority, instructions,
      wanted_on, wanted_from, wanted_to, due_at, contact_id, investigation_id, parent_order_id, asked_by, created_at,
      created_by)
    values (${order.kind}, ${order.accountId}, ${order.premiseId}, ${order.servicePointId}, ${order.priority},
      ${order.instructions}, ${order.wantedOn}, ${order.wantedFrom}::time, ${order.wantedTo}::time, ${order.dueAt},
      ${order.contactId}, ${order.investigationId}, ${order.parentOrderId}, ${order.askedBy}, ${order.at},
      ${order.createdById})
    on conflict (asked_by) where asked_by is not null do nothing
    returning order_id as "orderId"`.execute(tx)
  return rows[0]?.orderId ?? null
}

export type Move = {
  readonly orderId: OrderId
  readonly from: OrderState
  readonly to: OrderState
  readonly assignedToId: PersonId | null
  readonly note: string | null
  readonly personId: PersonId
  readonly at: Instant
}

/** Moves the order and writes the line of its history. */
export async function updateState(tx: Tx, move: Move): Promise<void> {
  await sql`update fieldwork.service_order set state = ${move.to}, assigned_to = ${move.assignedToId},
      version = version + 1 where order_id = ${move.orderId}`.execute(tx)
  await insertEvent(tx, move)
}

export async function insertEvent(
  tx: Tx,
  event: Omit<Move, 'from' | 'assignedToId'> & { readonly from: OrderState | null },
): Promise<void> {
  await sql`insert into fieldwork.order_event (order_id, at, person_id, from_state, to_state, note)
    values (${event.orderId}, ${event.at}, ${event.personId}, ${event.from}, ${event.to}, ${event.note})`.execute(
    tx,
  )
}

export type NewResult = {
  readonly orderId: OrderId
  readonly outcome: string
  readonly unableCode: UnableCode | null
  readonly leftStatus: LeftStatus | null
  readonly meterSerialSeen: string | null
  readonly readValue: bigint | null
  readonly staticPsi: number | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly note: string
  readonly personId: PersonId
  readonly at: Instant
}

export async function insertResult(tx: Tx, result: NewResult): Promise<void> {
  await sql`insert into fieldwork.order_result (order_id, completed_at, completed_by, outcome, unable_code,
      left_status, meter_serial_seen, read_value, static_psi, facts, note)
    values (${result.orderId}, ${result.at}, ${result.personId}, ${result.outcome}, ${result.unableCode},
      ${result.leftStatus}, ${result.meterSerialSeen}, ${result.readValue}, ${result.staticPsi},
      ${JSON.stringify(result.facts)}::jsonb, ${result.note})`.execute(tx)
}
