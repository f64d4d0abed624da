import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, CustomerId, Id, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '../../../platform/context.ts'
import type { alertRow, holdRow } from '../contract/index.ts'
import { errors } from '../domain/index.ts'
import { someone, type TaskColumns, taskColumns, taskJoins } from './rows.ts'

export type Alert = z.output<typeof alertRow>
export type Hold = z.output<typeof holdRow>
/** A date as of which the account is looked at, on the district's wall. */
export type AsOf = { on: LocalDate; timeZone: string }

type People = {
  placedById: PersonId
  placedByName: string
  endedById: PersonId | null
  endedByName: string | null
}
type AlertColumns = Omit<Alert, 'placedBy' | 'clearedBy'> & People
type HoldColumns = Omit<Hold, 'placedBy' | 'liftedBy'> & People

const alertColumns = sql`a.account_id as "accountId", a.alert_id as "alertId", a.tone, a.text, a.from_on as "fromOn",
  a.until_on as "untilOn", a.placed_at as "placedAt", a.cleared_at as "clearedAt", a.cleared_reason as "clearedReason",
  a.placed_by as "placedById", p.name as "placedByName", a.cleared_by as "endedById", e.name as "endedByName"`
const alertJoins = sql`join staff.person p on p.person_id = a.placed_by
  left join staff.person e on e.person_id = a.cleared_by`

const holdColumns = sql`h.account_id as "accountId", h.hold_id as "holdId", h.what, h.reason_code as "reasonCode",
  h.reason, h.from_on as "fromOn", h.until_on as "untilOn", h.placed_at as "placedAt", h.lifted_at as "liftedAt",
  h.lifted_reason as "liftedReason", h.placed_by as "placedById", p.name as "placedByName",
  h.lifted_by as "endedById", e.name as "endedByName"`
const holdJoins = sql`join staff.person p on p.person_id = h.placed_by
  left join staff.person e on e.person_id = h.lifted_by`

function alertOf({ placedById, placedByName, endedById, endedByName, ...row }: AlertColumns): Alert {
  const placedBy = { personId: placedById, name: placedByName }
  return { ...row, placedBy, clearedBy: someone(endedById, endedByName) }
}

function holdOf({ placedById, placedByName, endedById, endedByName, ...row }: HoldColumns): Hold {
  const placedBy = { personId: placedById, name: placedByName }
  return { ...row, placedBy, liftedBy: someone(endedById, endedByName) }
}

export async function listAlerts(tx: Tx, accountId: AccountId, { on, timeZone }: AsOf): Promise<Alert[]> {
  const { rows } = await sql<AlertColumns>`
    select ${alertColumns} from desk.alert a ${alertJoins}
    where a.account_id = ${accountId} and a.from_on <= ${on} and (a.until_on is null or a.until_on > ${on})
      and (a.cleared_at is null or (a.cleared_at at time zone ${timeZone})::date > ${on})
    order by array_position(array['danger', 'attention', 'info'], a.tone), a.placed_at desc`.execute(tx)
  return rows.map(alertOf)
}

export async function listHolds(tx: Tx, accountId: AccountId, { on, timeZone }: AsOf): Promise<Hold[]> {
  const { rows } = await sql<HoldColumns>`
    select ${holdColumns} from desk.hold h ${holdJoins}
    where h.account_id = ${accountId} and h.from_on <= ${on} and (h.until_on is null or h.until_on > ${on})
      and (h.lifted_at is null or (h.lifted_at at time zone ${timeZone})::date > ${on})
    order by h.placed_at`.execute(tx)
  return rows.map(holdOf)
}

export async function listOpenTasks(
  tx: Tx,
  accountId: AccountId,
  { on, timeZone }: AsOf,
): Promise<TaskColumns[]> {
  const { rows } = await sql<TaskColumns>`
    select ${taskColumns} from desk.task t ${taskJoins}
    where t.on_account = ${accountId} and (t.created_at at time zone ${timeZone})::date <= ${on}
      and (t.done_at is null or (t.done_at at time zone ${timeZone})::date > ${on})
    order by t.due_on, t.task_id limit 100`.execute(tx)
  return rows
}

export async function findAlert(tx: Tx, accountId: AccountId, alertId: Id<'alert'>): Promise<Alert | null> {
  const { rows } = await sql<AlertColumns>`
    select ${alertColumns} from desk.alert a ${alertJoins}
    where a.account_id = ${accountId} and a.alert_id = ${alertId}`.execute(tx)
  return rows[0] ? alertOf(rows[0]) : null
}

export async function findHold(tx: Tx, accountId: AccountId, holdId: Id<'hold'>): Promise<Hold | null> {
  const { rows } = await sql<HoldColumns>`
    select ${holdColumns} from desk.hold h ${holdJoins}
    where h.account_id = ${accountId} and h.hold_id = ${holdId}`.execute(tx)
  return rows[0] ? holdOf(rows[0]) : null
}

function noAccount(error: unknown): unknown {
  const { constraint } = error as { constraint?: string }
  const isForged = constraint === 'alert_account_fkey' || constraint === 'hold_account_fkey'
  return isForged ? refuse(errors, 'desk.no-account') : error
}

/** Whose account it is; null when there is no such account. */
export async function findCustomer(tx: Tx, accountId: AccountId): Promise<CustomerId | null> {
  const { rows } = await sql<{ customerId: CustomerId | null }>`
    select desk.find_customer(${accountId}) as "customerId"`.execute(tx)
  return rows[0]?.customerId ?? null
}

type Placing = { by: PersonId; fromOn: LocalDate; untilOn: LocalDate | null }

export async function insertAlert(
  tx: Tx,
  alert: Pick<Alert, 'accountId' | 'tone' | 'text'> & Placing,
): Promise<Id<'alert'>> {
  try {
    const { rows } = await sql<{ alertId: Id<'alert'> }>`
      insert into desk.alert (account_id, tone, text, from_on, until_on, placed_by)
      values (${alert.accountId}, ${alert.tone}, ${alert.text}, ${alert.fromOn}, ${alert.untilOn}, ${alert.by})
      returning alert_id as "alertId"`.execute(tx)
    return rows[0]!.alertId
  } catch (error) {
    throw noAccount(error)
  }
}

export async function insertHold(
  tx: Tx,
  hold: Pick<Hold, 'accountId' | 'what' | 'reasonCode' | 'reason'> & Placing,
): Promise<Id<'hold'>> {
  try {
    const { rows } = await sql<{ holdId: Id<'hold'> }>`
      insert into desk.hold (account_id, what, reason_code, reason, from_on, until_on, placed_by)
      values (${hold.accountId}, ${hold.what}, ${hold.reasonCode}, ${hold.reason}, ${hold.fromOn}, ${hold.untilOn},
        ${hold.by})
      returning hold_id as "holdId"`.execute(tx)
    return rows[0]!.holdId
  } catch (error) {
    throw noAccount(error)
  }
}

type Ending = { by: PersonId; at: Instant; reason: string }

/** False when somebody cleared it in the meantime. */
export async function updateCleared(tx: Tx, alert: Alert, { by, at, reason }: Ending): Promise<boolean> {
  const { rows } = await sql`
    update desk.alert set cleared_at = ${at}, cleared_by = ${by}, cleared_reason = ${reason}
    where account_id = ${alert.accountId} and alert_id = ${alert.alertId} and cleared_at is null
    returning alert_id`.execute(tx)
  return rows.length === 1
}

/** False when somebody lifted it in the meantime. */
export async function updateLifted(tx: Tx, hold: Hold, { by, at, reason }: Ending): Promise<boolean> {
  const { rows } = await sql`
    update desk.hold set lifted_at = ${at}, lifted_by = ${by}, lifted_reason = ${reason}
    where account_id = ${hold.accountId} and hold_id = ${hold.holdId} and lifted_at is null
    returning hold_id`.execute(tx)
  return rows.length === 1
}
