/** Reads of one account: everything its card needs in one indexed statement. Ids inside JSON travel as text. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, CustomerId, PersonId, PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { HandOver } from '../domain/hand-over.ts'
import type { OnTenantStop } from '../domain/occupancy.ts'

export type AccountClass =
  | 'residential'
  | 'multi-family'
  | 'commercial'
  | 'irrigation'
  | 'institutional'
  | 'fire'
export type Service = 'water' | 'irrigation' | 'fire' | 'sewer'
export type EnrolmentKind = 'autopay' | 'ebill' | 'budget-billing'

export type AccountRow = {
  accountId: AccountId
  number: string
  customerId: CustomerId
  class: AccountClass
  cycleId: number
  openedOn: LocalDate
  closedOn: LocalDate | null
  version: number
  changedAt: Instant | null
  changedBy: string | null
  changedWhat: string | null
}

export type CardRow = AccountRow & {
  oldNumbers: { number: string; source: string }[]
  cycle: { code: string; name: string; readDay: number; billAfterDays: number; dueAfterDays: number }
  services: {
    accountServiceId: string
    service: Service
    servicePointId: string
    premiseId: string
    tariff: string
    rateClass: string
    fromOn: LocalDate
    toOn: LocalDate | null
  }[]
  household: { fromOn: LocalDate; persons: number; evidence: string; notedAt: Instant; notedById: string }[]
  enrolments: { enrolmentId: string; kind: EnrolmentKind; fromOn: LocalDate; toOn: LocalDate | null }[]
  changes: {
    changeId: string
    kind: 'start' | 'stop' | 'transfer'
    premiseId: string
    onDate: LocalDate
    otherAccountId: string | null
    isPart: boolean
    how: HandOver['how']
    note: string | null
    madeAt: Instant
    madeById: string
    cancelledAt: Instant | null
  }[]
  owners: { premiseId: string; customerId: string; onTenantStop: OnTenantStop }[]
}

const accountColumns = sql`a.account_id as "accountId", a.number, a.customer_id as "customerId", a.class,
  a.cycle_id as "cycleId", a.opened_on as "openedOn", a.closed_on as "closedOn", a.version,
  a.changed_at as "changedAt", a.changed_what as "changedWhat",
  (select p.name from staff.person p where p.person_id = a.changed_by) as "changedBy"`

/** The household in force today stands first. */
export async function findCard(tx: Tx, accountId: AccountId, today: LocalDate): Promise<CardRow | null> {
  const { rows } = await sql<CardRow>`
    select ${accountColumns},
      (select json_build_object('code', c.code, 'name', c.name, 'readDay', c.read_day,
          'billAfterDays', c.bill_after_days, 'dueAfterDays', c.due_after_days)
        from accounts.cycle c where c.cycle_id = a.cycle_id) as cycle,
      (select coalesce(json_agg(json_build_object('number', n.number, 'source', n.source) order by n.number), '[]')
        from accounts.account_number n where n.account = a.account_id and not n.is_current) as "oldNumbers",
      (select coalesce(json_agg(json_build_object('accountServiceId', s.account_service_id::text,
          'service', s.service, 'servicePointId', s.service_point_id::text, 'premiseId', s.premise_id::text,
          'tariff', s.tariff, 'rateClass', s.rate_class, 'fromOn', s.from_on, 'toOn', s.to_on)
          order by s.to_on nulls first, s.account_service_id), '[]')
        from accounts.account_service s where s.account_id = a.account_id) as services,
      (select coalesce(json_agg(json_build_object('fromOn', h.from_on, 'persons', h.persons,
          'evidence', h.evidence, 'notedAt', h.noted_at, 'notedById', h.noted_by::text)
          order by h.from_on <= ${today} desc, h.from_on desc, h.noted_at desc), '[]')
        from accounts.household h where h.account_id = a.account_id) as household,
      (select coalesce(json_agg(json_build_object('enrolmentId', e.enrolment_id::text, 'kind', e.kind,
          'fromOn', e.from_on, 'toOn', e.to_on) order by e.to_on nulls first, e.from_on desc), '[]')
        from accounts.enrolment e where e.account_id = a.account_id) as enrolments,
      (select coalesce(json_agg(json_build_object('changeId', o.change_id::text, 'kind', o.kind,
          'premiseId', o.premise_id::text, 'onDate', o.on_date, 'otherAccountId', o.other_account::text,
          'isPart', o.part_of is not null, 'how', o.hand_over->>'how', 'note', o.note, 'madeAt', o.made_at,
          'madeById', o.made_by::text, 'cancelledAt', o.cancelled_at) order by o.change_id desc), '[]')
        from accounts.occupancy_change o where o.account_id = a.account_id) as changes,
      (select coalesce(json_agg(json_build_object('premiseId', w.premise_id::text,
          'customerId', w.customer_id::text, 'onTenantStop', w.on_tenant_stop)), '[]')
        from accounts.premise_owner w
        where w.owned @> ${today}::date and w.premise_id in (
          select s.premise_id from accounts.account_service s where s.account_id = a.account_id)) as owners
    from accounts.account a where a.account_id = ${accountId}`.execute(tx)
  return rows[0] ?? null
}

export async function findAccount(tx: Tx, accountId: AccountId): Promise<AccountRow | null> {
  const { rows } = await sql<AccountRow>`
    select ${accountColumns} from accounts.account a where a.account_id = ${accountId}`.execute(tx)
  return rows[0] ?? null
}

export async function lockAccount(tx: Tx, accountId: AccountId): Promise<AccountRow | null> {
  const { rows } = await sql<AccountRow>`
    select ${accountColumns} from accounts.account a where a.account_id = ${accountId} for update of a`.execute(
    tx,
  )
  return rows[0] ?? null
}

export async function listAccountsOfCustomer(tx: Tx, customerId: CustomerId): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select ${accountColumns} from accounts.account a where a.customer_id = ${customerId}
    order by a.closed_on nulls first, a.account_id desc limit 500`.execute(tx)
  return rows
}

export type ServedRow = {
  accountId: AccountId
  accountServiceId: bigint
  servicePointId: ServicePointId
  premiseId: PremiseId
  service: Service
  tariff: string
  rateClass: string
  fromOn: LocalDate
  toOn: LocalDate | null
}

/** Every service of an account, ended ones too. */
export async function listServices(tx: Tx, accountId: AccountId): Promise<ServedRow[]> {
  const { rows } = await sql<ServedRow>`
    select account_id as "accountId", account_service_id as "accountServiceId",
      service_point_id as "servicePointId", premise_id as "premiseId", service, tariff, rate_class as "rateClass", from_on as "fromOn", to_on as "toOn"
    from accounts.account_service where account_id = ${accountId} order by account_service_id`.execute(tx)
  return rows
}

/** Counts the version up and keeps who changed what, for whoever meets the change. */
export async function stepVersion(
  tx: Tx,
  step: { accountId: AccountId; personId: PersonId; at: Instant; what: string },
): Promise<void> {
  await sql`update accounts.account set version = version + 1, changed_at = ${step.at}, changed_by = ${step.personId},
      changed_what = ${step.what} where account_id = ${step.accountId}`.execute(tx)
}
