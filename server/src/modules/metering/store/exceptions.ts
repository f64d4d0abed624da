/** Doubtful reads, ranked by what is at stake, and what people made of them. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, Id, MeterId, OrderId, PersonId, ServicePointId } from '@curbstop/kernel/ids'
import type { Cents } from '@curbstop/kernel/money'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import { errors } from '../domain/errors.ts'
import type { ReadId } from '../domain/periods.ts'
import type { FindingCode, Severity } from '../domain/validation/findings.ts'

export type ExceptionId = Id<'exception'>
export type DecisionName =
  | 'accepted'
  | 'corrected'
  | 'estimated'
  | 're-read'
  | 'exchanged'
  | 'rollover'
  | 'void'
  | 'customer-contacted'

export type FindingRow = {
  rule: string
  ruleName: string | null
  citation: string | null
  kind: FindingCode
  severity: Severity
  atStakeCents: string // text: JSON knows no bigint
  measured: number | null
  limit: number | null
  suggestion: string
  facts: Record<string, unknown>
}

export type ExceptionRow = {
  exceptionId: ExceptionId
  version: number
  onDate: LocalDate
  source: 'read' | 'interval' | 'missing'
  rule: string
  blocksBilling: boolean
  atStakeCents: Cents
  gallons: number | null
  expectedGallons: number | null
  meterId: MeterId
  serial: string
  registerNo: number
  servicePointId: ServicePointId
  readId: ReadId | null
  onAccount: AccountId | null
  reader: string | null
  waitingOrderId: OrderId | null
  findings: FindingRow[]
  decision: DecisionName | null
  decidedAt: Instant | null
  decidedBy: string | null
  decisionReason: string | null
}

const columns = sql`
  e.exception_id as "exceptionId", e.version, e.on_date as "onDate", e.source, e.main_rule as rule,
  e.blocks_billing as "blocksBilling", e.at_stake_cents as "atStakeCents", e.gallons, e.expected_gallons as "expectedGallons",
  e.meter_id as "meterId", m.serial, e.register_no as "registerNo", e.service_point_id as "servicePointId",
  e.read_id as "readId", e.on_account as "onAccount", e.reader, e.waiting_order_id as "waitingOrderId",
  (select coalesce(json_agg(json_build_object('rule', f.rule, 'ruleName', r.name, 'citation', r.citation,
      'kind', f.kind, 'severity', f.severity, 'atStakeCents', f.at_stake_cents::text, 'measured', f.measured,
      'limit', f.limit_value, 'suggestion', f.suggestion, 'facts', f.facts) order by f.finding_no), '[]')
    from metering.finding f left join policy.rule r on r.rule_id = coalesce(f.rule_id,
      (select n.rule_id from policy.rule n where n.code = f.rule and n.effective @> e.on_date))
    where f.exception_id = e.exception_id) as findings,
  e.decision, e.decided_at as "decidedAt", p.name as "decidedBy", e.decision_reason as "decisionReason"`
const tables = sql`metering.exception e
  join metering.meter m on m.meter_id = e.meter_id
  left join staff.person p on p.person_id = e.decided_by`

export type ExceptionQuery = {
  readonly bookId?: number | undefined
  readonly rule?: string | undefined
  readonly waiting?: 'hide' | 'only' | undefined
  readonly after?: { readonly cents: Cents; readonly exceptionId: ExceptionId } | undefined
  readonly limit: number
}

/** The dearest first; a page begins after the last line of the one before. */
export async function listOpen(
  tx: Tx,
  { bookId, rule, waiting, after, limit }: ExceptionQuery,
): Promise<ExceptionRow[]> {
  const { rows } = await sql<ExceptionRow>`
    select ${columns} from ${tables}
    where e.decided_at is null
      ${bookId === undefined ? sql`` : sql`and e.book_id = ${bookId}`}
      ${rule === undefined ? sql`` : sql`and e.main_rule = ${rule}`}
      ${waiting === undefined ? sql`` : waiting === 'only' ? sql`and e.waiting_order_id is not null` : sql`and e.waiting_order_id is null`}
      ${after ? sql`and (e.at_stake_cents < ${after.cents} or (e.at_stake_cents = ${after.cents} and e.exception_id > ${after.exceptionId}))` : sql``}
    order by e.at_stake_cents desc, e.exception_id limit ${limit}`.execute(tx)
  return rows
}

export type OpenSum = { rule: string; name: string; open: number; cents: Cents }

export async function sumOpen(tx: Tx, bookId: number | undefined, today: LocalDate): Promise<OpenSum[]> {
  const { rows } = await sql<OpenSum>`
    select e.main_rule as rule, coalesce(max(r.name), e.main_rule) as name, count(*)::integer as open,
      sum(e.at_stake_cents)::bigint as cents
    from metering.exception e left join policy.rule r on r.code = e.main_rule and r.effective @> ${today}::date
    where e.decided_at is null ${bookId === undefined ? sql`` : sql`and e.book_id = ${bookId}`}
    group by e.main_rule order by cents desc`.execute(tx)
  return rows
}

export async function findException(tx: Tx, exceptionId: ExceptionId): Promise<ExceptionRow | null> {
  const { rows } = await sql<ExceptionRow>`
    select ${columns} from ${tables} where e.exception_id = ${exceptionId}`.execute(tx)
  return rows[0] ?? null
}

/** Held until the end of the transaction; refused when somebody was faster. */
export async function lockException(
  tx: Tx,
  exceptionId: ExceptionId,
  version: number,
): Promise<ExceptionRow> {
  await sql`select from metering.exception where exception_id = ${exceptionId} for update`.execute(tx)
  const row = await findException(tx, exceptionId)
  if (!row) throw refuse(errors, 'metering.no-exception')
  if (row.decision !== null)
    throw refuse(errors, 'metering.exception-decided', { decision: row.decision, by: row.decidedBy ?? '' })
  if (row.version !== version) throw refuse(errors, 'metering.exception-changed')
  return row
}

export type Decision = {
  readonly exceptionId: ExceptionId
  readonly decision: DecisionName
  readonly by: PersonId
  readonly reason: string
  readonly facts: Readonly<Record<string, unknown>> | null
}

export async function writeDecision(
  tx: Tx,
  { exceptionId, decision, by, reason, facts }: Decision,
): Promise<void> {
  await sql`update metering.exception set decision = ${decision}, decided_at = now(), decided_by = ${by},
      decision_reason = ${reason}, decision_facts = ${facts === null ? null : JSON.stringify(facts)}::jsonb,
      version = version + 1
    where exception_id = ${exceptionId} and decided_at is null`.execute(tx)
}

export async function setWaiting(tx: Tx, exceptionId: ExceptionId, orderId: OrderId): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    update metering.exception set waiting_order_id = ${orderId}, version = version + 1
    where exception_id = ${exceptionId} returning version`.execute(tx)
  return rows[0]!.version
}

/** The order came home: what waited for it is back in the list. */
export async function endWaiting(tx: Tx, orderId: OrderId): Promise<ExceptionId[]> {
  const { rows } = await sql<{ exceptionId: ExceptionId }>`
    update metering.exception set waiting_order_id = null, version = version + 1
    where waiting_order_id = ${orderId} and decided_at is null returning exception_id as "exceptionId"`.execute(
    tx,
  )
  return rows.map(row => row.exceptionId)
}

export async function listEarlier(
  tx: Tx,
  servicePointId: ServicePointId,
  but: ExceptionId,
): Promise<ExceptionRow[]> {
  const { rows } = await sql<ExceptionRow>`
    select ${columns} from ${tables}
    where e.service_point_id = ${servicePointId} and e.exception_id <> ${but}
    order by e.on_date desc limit 10`.execute(tx)
  return rows
}

/** Reads at these places that nobody has judged and that may not be billed. */
export async function listBlocking(
  tx: Tx,
  points: readonly ServicePointId[],
): Promise<{ servicePointId: ServicePointId; exceptionId: ExceptionId; onDate: LocalDate; rule: string }[]> {
  const { rows } = await sql<{
    servicePointId: ServicePointId
    exceptionId: ExceptionId
    onDate: LocalDate
    rule: string
  }>`
    select service_point_id as "servicePointId", exception_id as "exceptionId", on_date as "onDate", main_rule as rule
    from metering.exception
    where service_point_id = any(${points}::bigint[]) and blocks_billing and decided_at is null
    order by on_date`.execute(tx)
  return rows
}

export type Outcome = {
  rule: string
  found: number
  open: number
  overruled: number
  upheld: number
  cents: Cents
}

/** By rule: what was found in a stretch of days, and what people made of it. A read that stood overruled the rule. */
export async function sumOutcomes(tx: Tx, from: LocalDate, to: LocalDate): Promise<Outcome[]> {
  const { rows } = await sql<Outcome>`
    select f.rule, count(*)::integer as found, count(*) filter (where e.decision is null)::integer as open,
      count(*) filter (where e.decision in ('accepted', 'customer-contacted'))::integer as overruled,
      count(*) filter (where e.decision is not null and e.decision not in ('accepted', 'customer-contacted'))::integer as upheld,
      sum(f.at_stake_cents)::bigint as cents
    from metering.exception e join metering.finding f on f.exception_id = e.exception_id
    where e.on_date between ${from} and ${to} and f.severity <> 'note'
    group by f.rule order by f.rule`.execute(tx)
  return rows
}

export type ReaderSum = {
  reader: string
  reads: number
  exceptions: number
  corrected: number
  accepted: number
  skips: number
  lastDigits: number[]
}

export async function sumReaders(tx: Tx, from: LocalDate, to: LocalDate): Promise<ReaderSum[]> {
  const { rows } = await sql<ReaderSum>`
    select r.reader, count(*)::integer as reads,
      count(e.exception_id)::integer as exceptions,
      count(*) filter (where e.decision in ('corrected', 'void', 'estimated'))::integer as corrected,
      count(*) filter (where e.decision in ('accepted', 'customer-contacted'))::integer as accepted,
      (select count(*)::integer from metering.skip s where s.reader = r.reader and s.on_date between ${from} and ${to}) as skips,
      (select array_agg(coalesce(n.times, 0)::integer order by d)
        from generate_series(0, 9) d left join (
          select o.value % 10 as digit, count(*) as times from metering.read o
          where o.reader = r.reader and o.read_on between ${from} and ${to} and o.file_id is not null group by 1) n
        on n.digit = d) as "lastDigits"
    from metering.read r
    left join metering.exception e on e.meter_id = r.meter_id and e.register_no = r.register_no and e.read_id = r.read_id
    where r.reader is not null and r.read_on between ${from} and ${to} and r.file_id is not null
    group by r.reader order by count(e.exception_id) desc, r.reader`.execute(tx)
  return rows
}

/** Reads far above the usual since a day, judged or not: whoever lives there wants to hear of it before the bill. */
export async function listHighUse(tx: Tx, from: LocalDate): Promise<ExceptionRow[]> {
  const { rows } = await sql<ExceptionRow>`
    select ${columns} from ${tables}
    where e.on_date >= ${from} and e.gallons > e.expected_gallons
      and exists (select from metering.finding f where f.exception_id = e.exception_id
        and f.kind in ('high', 'unusual', 'continuous-flow', 'night-flow', 'night-toilet', 'burst'))
    order by e.at_stake_cents desc, e.exception_id limit 200`.execute(tx)
  return rows
}

/** Meters of these whose water does not stop at this moment. */
export async function listFlowing(tx: Tx, meterIds: readonly MeterId[]): Promise<Set<MeterId>> {
  const { rows } = await sql<{ meterId: MeterId }>`
    select distinct meter_id as "meterId" from metering.flow_alert
    where meter_id = any(${meterIds}::bigint[]) and until is null`.execute(tx)
  return new Set(rows.map(row => row.meterId))
}
