/** Occupancies and the changes that made them. What was cancelled is kept and takes no place. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, CustomerId, Id, PersonId, PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { HandOver } from '../domain/hand-over.ts'
import type { OnTenantStop } from '../domain/occupancy.ts'
import { translated } from './constraints.ts'

export type ChangeId = Id<'occupancy-change'>

export type OccupancyRow = {
  servicePointId: ServicePointId
  accountId: AccountId
  customerId: CustomerId
  from: LocalDate
  to: LocalDate | null
  startedByChange: ChangeId | null
}

const columns = sql`o.service_point_id as "servicePointId", o.account as "accountId",
  a.customer_id as "customerId", lower(o.period) as "from", upper(o.period) as "to",
  o.started_by_change as "startedByChange"`

export async function listOccupancies(tx: Tx, points: readonly ServicePointId[]): Promise<OccupancyRow[]> {
  const { rows } = await sql<OccupancyRow>`
    select ${columns} from accounts.occupancy o join accounts.account a on a.account_id = o.account
    where o.service_point_id = any(${points}::bigint[]) and o.cancelled_at is null
    order by lower(o.period)`.execute(tx)
  return rows
}

/** Accounts served at these points on `from` or at any time after it. */
export async function listServedSince(
  tx: Tx,
  points: readonly ServicePointId[],
  from: LocalDate,
): Promise<{ accountId: AccountId; customerId: CustomerId }[]> {
  const { rows } = await sql<{ accountId: AccountId; customerId: CustomerId }>`
    select distinct o.account as "accountId", a.customer_id as "customerId"
    from accounts.occupancy o join accounts.account a on a.account_id = o.account
    where o.service_point_id = any(${points}::bigint[]) and o.cancelled_at is null
      and o.period && daterange(${from}::date, null)
    order by 1`.execute(tx)
  return rows
}

export type HiddenStay = Pick<OccupancyRow, 'servicePointId' | 'from' | 'to'>

/** When customers who are protected today were and are served at these points. */
export async function listProtectedStays(tx: Tx, points: readonly ServicePointId[]): Promise<HiddenStay[]> {
  const { rows } = await sql<HiddenStay>`
    select o.service_point_id as "servicePointId", lower(o.period) as "from", upper(o.period) as "to"
    from accounts.occupancy o join accounts.account a on a.account_id = o.account
    join customers.protection t on t.customer_id = a.customer_id and t.lifted_at is null
    where o.service_point_id = any(${points}::bigint[]) and o.cancelled_at is null`.execute(tx)
  return rows
}

/** The same as `listOccupancies`, held against another change until this one commits. */
export async function lockOccupancies(tx: Tx, points: readonly ServicePointId[]): Promise<OccupancyRow[]> {
  const { rows } = await sql<OccupancyRow>`
    select ${columns} from accounts.occupancy o join accounts.account a on a.account_id = o.account
    where o.service_point_id = any(${points}::bigint[]) and o.cancelled_at is null
    order by o.service_point_id, lower(o.period) for update of o`.execute(tx)
  return rows
}

export type NewOccupancy = {
  readonly accountId: AccountId
  readonly points: readonly ServicePointId[]
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly changeId: ChangeId
  readonly personId: PersonId
  readonly at: Instant
}

export async function insertOccupancies(tx: Tx, occupancy: NewOccupancy): Promise<void> {
  const { accountId, points, from, to, changeId, personId, at } = occupancy
  await translated(
    sql`insert into accounts.occupancy
        (service_point_id, account, period, started_by, started_at, started_by_change, ended_by, ended_at)
      select point, ${accountId}, daterange(${from}::date, ${to}::date), ${personId}, ${at}, ${changeId},
        case when ${to}::date is null then null else ${personId}::bigint end,
        case when ${to}::date is null then null else ${at}::timestamptz end
      from unnest(${points}::bigint[]) point`.execute(tx),
  )
}

export type Ending = {
  readonly accountId: AccountId
  readonly points: readonly ServicePointId[]
  readonly on: LocalDate
  readonly changeId: ChangeId
  readonly personId: PersonId
  readonly at: Instant
}

/** Ends the open occupancies and services of an account at these points. */
export async function endService(tx: Tx, ending: Ending): Promise<void> {
  const { accountId, points, on, changeId, personId, at } = ending
  await sql`update accounts.occupancy set period = daterange(lower(period), ${on}::date), ended_by = ${personId},
      ended_at = ${at}, ended_by_change = ${changeId}
    where account = ${accountId} and service_point_id = any(${points}::bigint[]) and upper_inf(period)
      and cancelled_at is null`.execute(tx)
  await sql`update accounts.account_service set to_on = ${on}, ended_by_change = ${changeId}
    where account_id = ${accountId} and service_point_id = any(${points}::bigint[]) and to_on is null`.execute(
    tx,
  )
}

/** What a cancelled change had ended goes on; what it had started never was. Returns the accounts it touched. */
export async function restoreService(
  tx: Tx,
  undo: { changeId: ChangeId; personId: PersonId; at: Instant },
): Promise<{ restored: AccountId[]; cancelled: AccountId[] }> {
  const { changeId, personId, at } = undo
  const { rows: cancelled } = await sql<{ account: AccountId }>`
    update accounts.occupancy set cancelled_at = ${at}, cancelled_by = ${personId}
    where started_by_change = ${changeId} and cancelled_at is null returning account`.execute(tx)
  const gone = [...new Set(cancelled.map(row => row.account))]
  await sql`update accounts.account_service set to_on = from_on, ended_by_change = ${changeId}
    where account_id = any(${gone}::bigint[])`.execute(tx)
  const { rows: ended } = await translated(
    sql<{ account: AccountId }>`
      update accounts.occupancy set period = daterange(lower(period), null), ended_by = null, ended_at = null,
        ended_by_change = null
      where ended_by_change = ${changeId} and cancelled_at is null returning account`.execute(tx),
  )
  const back = [...new Set(ended.map(row => row.account))]
  await sql`update accounts.account_service set to_on = null, ended_by_change = null
    where account_id = any(${back}::bigint[]) and ended_by_change = ${changeId}`.execute(tx)
  await sql`update accounts.enrolment set to_on = null, ended_by_change = null
    where account_id = any(${back}::bigint[]) and ended_by_change = ${changeId}`.execute(tx)
  return { restored: back, cancelled: gone }
}

export type ChangeRow = {
  changeId: ChangeId
  accountId: AccountId
  kind: 'start' | 'stop' | 'transfer'
  premiseId: PremiseId
  onDate: LocalDate
  otherAccountId: AccountId | null
  partOf: ChangeId | null
  handOver: StoredHandOver
  note: string | null
  madeById: PersonId
  cancelledAt: Instant | null
}

/** As it lies in the record: register values as text, because JSON knows no bigint. */
export type StoredHandOver = {
  how: HandOver['how']
  by?: 'actual' | 'customer'
  readOn?: LocalDate
  reads?: { servicePointId: string; registerNo: number; value: string }[]
  instructions?: string
  order?: 'TON' | 'TOFF' | 'XFER' | null
  servicePointIds: string[]
  evidence?: string
}

const changeColumns = sql`change_id as "changeId", account_id as "accountId", kind, premise_id as "premiseId",
  on_date as "onDate", other_account as "otherAccountId", part_of as "partOf", hand_over as "handOver", note,
  made_by as "madeById", cancelled_at as "cancelledAt"`

export async function nextChangeId(tx: Tx): Promise<ChangeId> {
  const { rows } = await sql<{ id: ChangeId }>`
    select nextval(pg_get_serial_sequence('accounts.occupancy_change', 'change_id')) as id`.execute(tx)
  return rows[0]!.id
}

export type NewChange = Omit<ChangeRow, 'cancelledAt'> & { readonly at: Instant }

export async function insertChange(tx: Tx, change: NewChange): Promise<void> {
  await sql`insert into accounts.occupancy_change
      (account_id, change_id, kind, premise_id, on_date, other_account, part_of, hand_over, note, made_at, made_by)
    values (${change.accountId}, ${change.changeId}, ${change.kind}, ${change.premiseId}, ${change.onDate},
      ${change.otherAccountId}, ${change.partOf}, ${JSON.stringify(change.handOver)}::jsonb, ${change.note},
      ${change.at}, ${change.madeById})`.execute(tx)
}

export async function findChange(
  tx: Tx,
  accountId: AccountId,
  changeId: ChangeId,
): Promise<ChangeRow | null> {
  const { rows } = await sql<ChangeRow>`
    select ${changeColumns} from accounts.occupancy_change
    where account_id = ${accountId} and change_id = ${changeId}`.execute(tx)
  return rows[0] ?? null
}

/** Changes of these days whose hand-over is an estimate; what follows of them has its read from them. */
export async function listEstimated(
  tx: Tx,
  from: LocalDate,
  to: LocalDate,
): Promise<{ accountId: AccountId; changeId: ChangeId }[]> {
  const { rows } = await sql<{ accountId: AccountId; changeId: ChangeId }>`
    select account_id as "accountId", change_id as "changeId" from accounts.occupancy_change
    where on_date between ${from} and ${to} and hand_over->>'how' = 'estimate' and cancelled_at is null
      and (part_of is null or kind = 'transfer') -- a transfer's second half is another address
    order by change_id`.execute(tx)
  return rows
}

/** The change and its parts on other accounts, held until the end of the transaction. */
export async function lockChangeWithParts(tx: Tx, changeId: ChangeId): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select ${changeColumns} from accounts.occupancy_change
    where change_id = ${changeId} or part_of = ${changeId} order by change_id for update`.execute(tx)
  return rows
}

export async function markCancelled(
  tx: Tx,
  cancel: { changeId: ChangeId; reason: string; personId: PersonId; at: Instant },
): Promise<void> {
  await sql`update accounts.occupancy_change set cancelled_at = ${cancel.at}, cancelled_by = ${cancel.personId},
      cancelled_reason = ${cancel.reason}
    where change_id = ${cancel.changeId} or part_of = ${cancel.changeId}`.execute(tx)
}

export type OwnerRow = { customerId: CustomerId; from: LocalDate; onTenantStop: OnTenantStop }

export async function findOwner(tx: Tx, premiseId: PremiseId, on: LocalDate): Promise<OwnerRow | null> {
  const { rows } = await sql<OwnerRow>`
    select customer_id as "customerId", lower(owned) as "from", on_tenant_stop as "onTenantStop"
    from accounts.premise_owner where premise_id = ${premiseId} and owned @> ${on}::date`.execute(tx)
  return rows[0] ?? null
}

export type NewOwner = OwnerRow & { readonly premiseId: PremiseId }

/** Ends the present ownership on the new one's first day and writes the new one. */
export async function replaceOwner(tx: Tx, owner: NewOwner): Promise<void> {
  await sql`update accounts.premise_owner set owned = daterange(lower(owned), ${owner.from}::date)
    where premise_id = ${owner.premiseId} and upper_inf(owned) and lower(owned) < ${owner.from}`.execute(tx)
  await translated(
    sql`insert into accounts.premise_owner (premise_id, customer_id, owned, on_tenant_stop)
      values (${owner.premiseId}, ${owner.customerId}, daterange(${owner.from}::date, null), ${owner.onTenantStop})`.execute(
      tx,
    ),
  )
}

export type OccupantRow = {
  servicePointId: ServicePointId
  accountId: AccountId
  fromDay: number
  /** The day from which nobody of this account is there; null while it goes on. */
  toDay: number | null
}

/** Day numbers, the latest first: thousands of places in one statement. */
export async function listOccupants(tx: Tx, points: readonly ServicePointId[]): Promise<OccupantRow[]> {
  const { rows } = await sql<OccupantRow>`
    select service_point_id as "servicePointId", account as "accountId",
      lower(period) - date '1970-01-01' as "fromDay", upper(period) - date '1970-01-01' as "toDay"
    from accounts.occupancy
    where service_point_id = any(${points}::bigint[]) and cancelled_at is null
    order by service_point_id, lower(period) desc`.execute(tx)
  return rows
}
