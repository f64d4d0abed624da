import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, BillId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'
import { errors } from './domain/errors.ts'
import type { BillKind } from './domain/facts.ts'
import { type KeptRow, type KeptSegment, readSegment } from './domain/kept.ts'
import type { StoredSegment } from './domain/stored.ts'

export type BillRow = {
  billId: BillId
  kind: BillKind
  fromOn: LocalDate
  toOn: LocalDate
  issuedOn: LocalDate
  dueOn: LocalDate
  totalCents: bigint
  segments: StoredSegment[]
}

/** Numbers of JSON would lose digits: every bigint and numeric travels as text and is read back. */
type RawSegment = Omit<
  KeptRow,
  'accountServiceId' | 'servicePointId' | 'usageGallons' | 'tariffVersionIds' | 'cents'
> & {
  accountServiceId: string
  servicePointId: string
  usageGallons: string | null
  tariffVersionIds: string[]
  cents: string
}
type RawBill = Omit<BillRow, 'segments'> & { segments: RawSegment[] }

const billColumns = sql`b.bill_id as "billId", b.kind, b.from_on as "fromOn", b.to_on as "toOn",
  b.issued_on as "issuedOn", b.due_on as "dueOn", b.total_cents as "totalCents"`

const segmentsOfBill = sql`
  (select coalesce(json_agg(json_build_object(
      'segmentNo', s.segment_no, 'service', s.service, 'accountServiceId', s.account_service_id::text,
      'servicePointId', s.service_point_id::text, 'fromOn', s.from_on, 'toOn', s.to_on,
      'usageUnits', trim_scale(s.usage_units)::text, 'usageGallons', s.usage_gallons::text, 'readKind', s.read_kind,
      'reads', s.reads, 'inputs', s.inputs, 'charges', s.charges,
      'tariffVersionIds', s.tariff_version_ids::text[], 'budgetUnits', trim_scale(s.budget_units)::text,
      'cents', s.cents::text) order by s.segment_no), '[]')
    from billing.bill_segment s where s.account_id = b.account_id and s.bill_id = b.bill_id) as segments`

function readBill(row: RawBill): BillRow {
  const segments = row.segments.map(segment =>
    readSegment({
      ...segment,
      accountServiceId: BigInt(segment.accountServiceId),
      servicePointId: BigInt(segment.servicePointId),
      usageGallons: segment.usageGallons === null ? null : BigInt(segment.usageGallons),
      tariffVersionIds: segment.tariffVersionIds.map(BigInt),
      cents: BigInt(segment.cents),
    }),
  )
  return { ...row, segments }
}

/** The last bills of an account with their segments, newest first: one statement. */
export async function listBills(
  tx: Tx,
  accountId: AccountId,
  { limit, upTo }: { limit: number; upTo?: BillId },
): Promise<BillRow[]> {
  const { rows } = await sql<RawBill>`
    select ${billColumns}, ${segmentsOfBill}
    from billing.bill b
    where b.account_id = ${accountId} and (${upTo ?? null}::bigint is null or b.from_on <= (
      select from_on from billing.bill where account_id = ${accountId} and bill_id = ${upTo ?? null}))
    order by b.from_on desc limit ${limit}`.execute(tx)
  return rows.map(readBill)
}

export async function findBill(tx: Tx, accountId: AccountId, billId: BillId): Promise<BillRow | null> {
  const { rows } = await sql<RawBill>`
    select ${billColumns}, ${segmentsOfBill}
    from billing.bill b where b.account_id = ${accountId} and b.bill_id = ${billId}`.execute(tx)
  return rows[0] ? readBill(rows[0]) : null
}

/** A read as bills keep it: the plate, the day, what each register showed. */
export type ReadOnDials = {
  readonly serial: string
  readonly readOn: LocalDate
  readonly values: readonly string[]
}
export type BillOfReadRow = {
  accountId: AccountId
  billId: BillId
  fromOn: LocalDate
  toOn: LocalDate
  totalCents: bigint
  place: 'begins' | 'inside' | 'ends'
}

/** Bills of these accounts that were computed with a read, oldest first. */
export async function listBillsOfRead(
  tx: Tx,
  accountIds: readonly AccountId[],
  { serial, readOn, values }: ReadOnDials,
): Promise<BillOfReadRow[]> {
  const { rows } = await sql<BillOfReadRow>`
    select b.account_id as "accountId", b.bill_id as "billId", b.from_on as "fromOn", b.to_on as "toOn",
      b.total_cents as "totalCents",
      case ${readOn}::date when b.to_on then 'ends' when b.from_on then 'begins' else 'inside' end as place
    from billing.bill b
    where b.account_id = any(${accountIds}::bigint[]) and ${readOn}::date between b.from_on and b.to_on
      and exists (
        select from billing.bill_segment s, json_to_recordset(s.reads) as r(
          serial text, "fromOn" date, "fromValue" text, "toOn" date, "toValue" text)
        where s.account_id = b.account_id and s.bill_id = b.bill_id and r.serial = ${serial}
          and ((coalesce(r."fromOn", s.from_on) = ${readOn} and r."fromValue" = any(${values}::text[]))
            or (coalesce(r."toOn", s.to_on) = ${readOn} and r."toValue" = any(${values}::text[]))))
    order by b.account_id, b.from_on`.execute(tx)
  return rows
}

export type BillToInsert = {
  accountId: AccountId
  billId: BillId
  kind: BillKind
  fromOn: LocalDate
  toOn: LocalDate
  issuedOn: LocalDate
  dueOn: LocalDate
  totalCents: bigint
  journalId: bigint
  issuedBy: PersonId
}

/** The journal names the bill and the bill its journal, so the number comes first. */
export async function takeBillId(tx: Tx): Promise<BillId> {
  const { rows } = await sql<{ billId: BillId }>`
    select nextval(pg_get_serial_sequence('billing.bill', 'bill_id')) as "billId"`.execute(tx)
  return rows[0]!.billId
}

export async function insertBill(tx: Tx, bill: BillToInsert): Promise<void> {
  const { accountId, billId, kind, fromOn, toOn, issuedOn, dueOn, totalCents, journalId, issuedBy } = bill
  try {
    await sql`
      insert into billing.bill (account_id, bill_id, kind, from_on, to_on, issued_on, due_on, total_cents, journal_id, issued_by)
      values (${accountId}, ${billId}, ${kind}, ${fromOn}, ${toOn}, ${issuedOn}, ${dueOn}, ${totalCents}, ${journalId},
        ${issuedBy})`.execute(tx)
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'bill_once_per_period')
      throw refuse(errors, 'billing.already-billed', { from: fromOn })
    throw error
  }
}

export async function insertSegments(
  tx: Tx,
  accountId: AccountId,
  billId: BillId,
  segments: readonly KeptSegment[],
): Promise<void> {
  const rows = segments.map(
    s => sql`(${accountId}, ${billId}, ${s.segmentNo}, ${s.service}, ${s.accountServiceId}, ${s.servicePointId},
      ${s.fromOn}, ${s.toOn}, ${s.usageUnits}, ${s.usageGallons}, ${s.readKind}, ${s.reads}::json,
      ${s.inputs}::json, ${s.charges}::json, ${s.tariffVersionIds}::bigint[],
      ${s.budgetUnits}, ${s.cents})`,
  )
  await sql`
    insert into billing.bill_segment (account_id, bill_id, segment_no, service, account_service_id, service_point_id,
      from_on, to_on, usage_units, usage_gallons, read_kind, reads, inputs, charges, tariff_version_ids, budget_units, cents)
    values ${sql.join(rows)}`.execute(tx)
}

export type CreditRow = { readonly grantId: bigint; readonly billId: BillId }

/** What variances gave back on an account's bills so far. */
export async function listCredits(tx: Tx, accountId: AccountId): Promise<CreditRow[]> {
  const { rows } = await sql<CreditRow>`
    select grant_id as "grantId", bill_id as "billId" from billing.variance_credit
    where account_id = ${accountId}`.execute(tx)
  return rows
}

export type NewCredit = CreditRow & {
  readonly accountId: AccountId
  readonly units: string
  readonly cents: bigint
  readonly arithmetic: string
  readonly journalId: bigint | null
  readonly at: Instant
}

export async function insertCredit(tx: Tx, credit: NewCredit): Promise<void> {
  const { accountId, grantId, billId, units, cents, arithmetic, journalId, at } = credit
  await sql`
    insert into billing.variance_credit
      (account_id, grant_id, bill_id, units, cents, arithmetic, journal_id, posted_at)
    values (${accountId}, ${grantId}, ${billId}, ${units}, ${cents}, ${arithmetic}, ${journalId}, ${at})`.execute(
    tx,
  )
}

/** Accounts with a bill issued since a day, by number, after one of them. */
export async function listAccountsBilled(
  tx: Tx,
  { since, after, limit }: { since: LocalDate; after: AccountId | null; limit: number },
): Promise<AccountId[]> {
  const { rows } = await sql<{ accountId: AccountId }>`
    select distinct account_id as "accountId" from billing.bill
    where issued_on >= ${since} and account_id > ${after ?? 0n} order by 1 limit ${limit}`.execute(tx)
  return rows.map(row => row.accountId)
}
