/** Meter tests, their results and what was voided: written once, never changed. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, Id, MeterId, OrderId, PersonId, ServicePointId } from '@curbstop/kernel/ids'
import type { Cents } from '@curbstop/kernel/money'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { PointResult, TestCause, TestRun } from '../domain/meter-tests/meter-test.ts'
import type { MeterKind } from './meters.ts'

export type TestId = Id<'meter-test'>
export type ResultId = Id<'meter-test-result'>

export type TestRow = {
  testId: TestId
  meterId: MeterId
  serial: string
  make: string
  size: string
  kind: MeterKind
  servicePointId: ServicePointId
  accountId: AccountId | null
  orderId: OrderId
  askedBy: 'customer' | 'district'
  attends: boolean
  feeCents: Cents
  feeJournalId: bigint | null
  testOn: LocalDate | null
  resultDueOn: LocalDate | null
  orderedAt: Instant
  orderedBy: string
}

const columns = sql`
  t.test_id as "testId", t.meter_id as "meterId", m.serial, m.make, m.size, m.kind,
  t.service_point_id as "servicePointId", t.on_account as "accountId", t.order_id as "orderId", t.asked_by as "askedBy",
  t.attends, t.fee_cents as "feeCents", t.fee_journal_id as "feeJournalId", t.test_on as "testOn",
  t.result_due_on as "resultDueOn", t.ordered_at as "orderedAt", p.name as "orderedBy"`
const tables = sql`metering.meter_test t
  join metering.meter m on m.meter_id = t.meter_id
  join staff.person p on p.person_id = t.ordered_by`

export async function findTest(tx: Tx, testId: TestId): Promise<TestRow | null> {
  const { rows } = await sql<TestRow>`select ${columns} from ${tables} where t.test_id = ${testId}`.execute(
    tx,
  )
  return rows[0] ?? null
}

export async function findTestOfOrder(tx: Tx, orderId: OrderId): Promise<TestRow | null> {
  const { rows } = await sql<TestRow>`select ${columns} from ${tables} where t.order_id = ${orderId}`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** Of every meter that hung at this point, newest first. */
export async function listTestsAt(tx: Tx, servicePointId: ServicePointId): Promise<TestRow[]> {
  const { rows } = await sql<TestRow>`
    select ${columns} from ${tables} where t.service_point_id = ${servicePointId}
    order by t.test_id desc limit 50`.execute(tx)
  return rows
}

export type NewTest = Omit<
  TestRow,
  'testId' | 'serial' | 'make' | 'size' | 'kind' | 'orderedAt' | 'orderedBy'
> & { readonly at: Instant; readonly by: PersonId }

/** Null when the order has its test already. */
export async function insertTest(tx: Tx, test: NewTest): Promise<TestId | null> {
  const { rows } = await sql<{ testId: TestId }>`
    insert into metering.meter_test (meter_id, service_point_id, on_account, order_id, asked_by, attends, fee_cents,
      fee_journal_id, test_on, result_due_on, ordered_at, ordered_by)
    values (${test.meterId}, ${test.servicePointId}, ${test.accountId}, ${test.orderId}, ${test.askedBy},
      ${test.attends}, ${test.feeCents}, ${test.feeJournalId}, ${test.testOn}, ${test.resultDueOn}, ${test.at}, ${test.by})
    on conflict (order_id) do nothing returning test_id as "testId"`.execute(tx)
  return rows[0]?.testId ?? null
}

export type StoredPoint = Omit<PointResult, 'most'> & { readonly most: number | null }

export type ResultRow = {
  testId: TestId
  resultId: ResultId
  testedOn: LocalDate
  place: 'field' | 'bench'
  isRepaired: boolean
  runs: TestRun[]
  points: StoredPoint[]
  accuracy: number
  passed: boolean
  verdict: 'accurate' | 'fast' | 'slow' | 'stopped'
  cause: TestCause
  provenFromOn: LocalDate | null
  note: string
  enteredAt: Instant
  enteredBy: string
  enteredById: PersonId
  voidedAt: Instant | null
  voidedBy: string | null
  voidReason: string | null
}

/** Newest first, void ones too. */
export async function listResults(tx: Tx, testIds: readonly TestId[]): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select r.test_id as "testId", r.result_id as "resultId", r.tested_on as "testedOn", r.place,
      r.is_repaired as "isRepaired", r.runs, r.points, r.accuracy::float8 as accuracy, r.passed, r.verdict, r.cause,
      r.proven_from_on as "provenFromOn", r.note, r.entered_at as "enteredAt", p.name as "enteredBy",
      r.entered_by as "enteredById", v.voided_at as "voidedAt", q.name as "voidedBy", v.reason as "voidReason"
    from metering.meter_test_result r
    join staff.person p on p.person_id = r.entered_by
    left join metering.meter_test_void v using (test_id, result_id)
    left join staff.person q on q.person_id = v.voided_by
    where r.test_id = any(${testIds}::bigint[])
    order by r.result_id desc`.execute(tx)
  return rows
}

export type NewResult = Omit<
  ResultRow,
  'resultId' | 'enteredAt' | 'enteredBy' | 'enteredById' | 'voidedAt' | 'voidedBy' | 'voidReason'
> & { readonly ruleIds: readonly bigint[]; readonly at: Instant; readonly by: PersonId }

export async function insertResult(tx: Tx, result: NewResult): Promise<ResultId> {
  const { rows } = await sql<{ resultId: ResultId }>`
    insert into metering.meter_test_result (test_id, tested_on, place, is_repaired, runs, points, accuracy, passed,
      verdict, cause, proven_from_on, rule_ids, note, entered_at, entered_by)
    values (${result.testId}, ${result.testedOn}, ${result.place}, ${result.isRepaired},
      ${JSON.stringify(result.runs)}::jsonb, ${JSON.stringify(result.points)}::jsonb, ${result.accuracy},
      ${result.passed}, ${result.verdict}, ${result.cause}, ${result.provenFromOn}, ${result.ruleIds}::bigint[],
      ${result.note}, ${result.at}, ${result.by})
    returning result_id as "resultId"`.execute(tx)
  return rows[0]!.resultId
}

export type VoidedResult = {
  readonly testId: TestId
  readonly resultId: ResultId
  readonly reason: string
  readonly at: Instant
  readonly by: PersonId
}

export async function insertVoid(tx: Tx, { testId, resultId, reason, at, by }: VoidedResult): Promise<void> {
  await sql`
    insert into metering.meter_test_void (test_id, result_id, voided_at, voided_by, reason)
    values (${testId}, ${resultId}, ${at}, ${by}, ${reason})`.execute(tx)
}

export type PlaceException = {
  onDate: LocalDate
  rule: string
  ruleName: string | null
  serial: string
  atStakeCents: Cents
  decision: string | null
  decidedBy: string | null
  decisionReason: string | null
  orderId: OrderId | null
}

/** What validation found at a place, newest first. */
export async function listExceptionsAt(tx: Tx, servicePointId: ServicePointId): Promise<PlaceException[]> {
  const { rows } = await sql<PlaceException>`
    select e.on_date as "onDate", e.main_rule as rule,
      (select f.name from metering.finding x join policy.rule f on f.rule_id = x.rule_id
        where x.exception_id = e.exception_id and x.rule = e.main_rule limit 1) as "ruleName",
      m.serial, e.at_stake_cents as "atStakeCents", e.decision, p.name as "decidedBy",
      e.decision_reason as "decisionReason", e.waiting_order_id as "orderId"
    from metering.exception e
    join metering.meter m on m.meter_id = e.meter_id
    left join staff.person p on p.person_id = e.decided_by
    where e.service_point_id = ${servicePointId}
    order by e.on_date desc, e.exception_id desc limit 40`.execute(tx)
  return rows
}

export type PlaceSkip = {
  meterId: MeterId
  on: LocalDate
  code: string
  note: string | null
  reader: string | null
}

/** Reads that were not taken while a meter hung at a place, newest first. */
export async function listSkipsAt(tx: Tx, servicePointId: ServicePointId): Promise<PlaceSkip[]> {
  const { rows } = await sql<PlaceSkip>`
    select s.meter_id as "meterId", s.on_date as "on", s.code, s.note, s.reader
    from metering.installation i join metering.skip s on s.meter_id = i.meter_id and i.installed @> s.on_date
    where i.service_point_id = ${servicePointId}
    order by s.on_date desc, s.skip_id desc limit 40`.execute(tx)
  return rows
}
