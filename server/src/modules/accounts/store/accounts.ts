/** Making accounts, their services, households and enrolments. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, CustomerId, Id, PersonId, PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { accountNumber } from '../domain/account-number.ts'
import type { AccountClass, EnrolmentKind, Service } from './cards.ts'
import { translated } from './constraints.ts'
import type { ChangeId } from './occupancy.ts'

export type NewAccount = {
  readonly customerId: CustomerId
  readonly class: AccountClass
  readonly cycleId: number
  readonly openedOn: LocalDate
  readonly closedOn: LocalDate | null
  readonly personId: PersonId
}

/** A new account with a number that no account ever had, here or in an older system. */
export async function insertAccount(
  tx: Tx,
  account: NewAccount,
): Promise<{ accountId: AccountId; number: string }> {
  const { rows } = await sql<{ id: AccountId }>`
    select nextval(pg_get_serial_sequence('accounts.account', 'account_id')) as id`.execute(tx)
  const accountId = rows[0]!.id
  const number = await claimNumber(tx, accountId)
  await translated(
    sql`insert into accounts.account
        (account_id, number, customer_id, class, cycle_id, opened_on, closed_on, opened_by)
      values (${accountId}, ${number}, ${account.customerId}, ${account.class}, ${account.cycleId},
        ${account.openedOn}, ${account.closedOn}, ${account.personId})`.execute(tx),
  )
  return { accountId, number }
}

async function claimNumber(tx: Tx, accountId: AccountId): Promise<string> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const number = accountNumber(accountId, attempt)
    const { rows } = await sql`
      insert into accounts.account_number (number, account, is_current, source)
      values (${number}, ${accountId}, true, 'curbstop') on conflict do nothing returning number`.execute(tx)
    if (rows.length === 1) return number
  }
  throw new Error(`no free number for account ${accountId}`)
}

/** The cycle of the account before, or the one whose read day is nearest to the book's. */
export async function findCycle(
  tx: Tx,
  wish: { likeAccount: AccountId | null; readDay: number },
): Promise<number | null> {
  const { rows } = await sql<{ cycleId: number }>`
    select c.cycle_id as "cycleId" from accounts.cycle c
    order by c.cycle_id = (select a.cycle_id from accounts.account a where a.account_id = ${wish.likeAccount})
        desc nulls last,
      abs(c.read_day - ${wish.readDay}::int), c.cycle_id limit 1`.execute(tx)
  return rows[0]?.cycleId ?? null
}

export type NewService = {
  readonly service: Service
  readonly servicePointId: ServicePointId
  readonly premiseId: PremiseId
  readonly tariff: string
  readonly rateClass: string
  readonly fromOn: LocalDate
  readonly toOn: LocalDate | null
}

export async function insertService(tx: Tx, accountId: AccountId, service: NewService): Promise<void> {
  await sql`insert into accounts.account_service
      (account_id, service, service_point_id, premise_id, tariff, rate_class, from_on, to_on)
    values (${accountId}, ${service.service}, ${service.servicePointId}, ${service.premiseId}, ${service.tariff},
      ${service.rateClass}, ${service.fromOn}, ${service.toOn})`.execute(tx)
}

export type LastTerms = {
  servicePointId: ServicePointId
  accountId: AccountId
  tariff: string
  rateClass: string
}

/** Tariff and class that each point had last, with the account that had it. */
export async function listLastTerms(tx: Tx, points: readonly ServicePointId[]): Promise<LastTerms[]> {
  const { rows } = await sql<LastTerms>`
    select p.point as "servicePointId", s.account_id as "accountId", s.tariff, s.rate_class as "rateClass"
    from unnest(${points}::bigint[]) p(point)
    cross join lateral (
      select account_id, tariff, rate_class from accounts.account_service
      where service_point_id = p.point order by from_on desc, account_service_id desc limit 1) s`.execute(tx)
  return rows
}

export async function closeAccount(tx: Tx, accountId: AccountId, on: LocalDate): Promise<void> {
  await sql`update accounts.account set closed_on = ${on} where account_id = ${accountId}`.execute(tx)
}

export async function reopenAccount(tx: Tx, accountId: AccountId): Promise<void> {
  await sql`update accounts.account set closed_on = null where account_id = ${accountId}`.execute(tx)
}

/** An account that never was: closed on the day it would have opened. */
export async function voidAccount(tx: Tx, accountId: AccountId): Promise<void> {
  await sql`update accounts.account set closed_on = opened_on where account_id = ${accountId}`.execute(tx)
}

export type NewHousehold = {
  readonly accountId: AccountId
  readonly fromOn: LocalDate
  readonly persons: number
  readonly evidence: string
  readonly personId: PersonId
}

/** The newest note of who lives there, though no bill may know it yet. */
export async function findPersons(tx: Tx, accountId: AccountId): Promise<number | null> {
  const { rows } = await sql<{ persons: number }>`
    select persons from accounts.household where account_id = ${accountId}
    order by from_on desc, noted_at desc limit 1`.execute(tx)
  return rows[0]?.persons ?? null
}

export async function insertHousehold(tx: Tx, household: NewHousehold): Promise<void> {
  await sql`insert into accounts.household (account_id, from_on, persons, evidence, noted_by)
    values (${household.accountId}, ${household.fromOn}, ${household.persons}, ${household.evidence},
      ${household.personId})`.execute(tx)
}

export type EnrolmentRow = {
  enrolmentId: Id<'enrolment'>
  kind: EnrolmentKind
  fromOn: LocalDate
  toOn: LocalDate | null
}

export async function listEnrolments(tx: Tx, accountId: AccountId): Promise<EnrolmentRow[]> {
  const { rows } = await sql<EnrolmentRow>`
    select enrolment_id as "enrolmentId", kind, from_on as "fromOn", to_on as "toOn" from accounts.enrolment
    where account_id = ${accountId} order by to_on nulls first, from_on desc`.execute(tx)
  return rows
}

export async function insertEnrolment(
  tx: Tx,
  enrolment: { accountId: AccountId; kind: EnrolmentKind; fromOn: LocalDate },
): Promise<void> {
  await sql`insert into accounts.enrolment (account_id, kind, from_on)
    values (${enrolment.accountId}, ${enrolment.kind}, ${enrolment.fromOn})`.execute(tx)
}

export async function endEnrolment(
  tx: Tx,
  end: { accountId: AccountId; kind: EnrolmentKind | null; on: LocalDate; changeId: ChangeId | null },
): Promise<void> {
  await sql`update accounts.enrolment set to_on = greatest(from_on, ${end.on}::date), ended_by_change = ${end.changeId}
    where account_id = ${end.accountId} and to_on is null and (${end.kind}::text is null or kind = ${end.kind})`.execute(
    tx,
  )
}
