/** `curbstop verify`: invariants that no constraint can hold alone, each as one question. Read-only. */
import { report, withExistingDatabase } from './database.ts'

/** Each answers the first offenders; none is right. */
const invariants: readonly { name: string; sql: string }[] = [
  {
    name: 'a bill is the sum of its segments',
    sql: `select b.account_id, b.bill_id from billing.bill b join (
        select account_id, bill_id, sum(cents) cents from billing.bill_segment group by 1, 2) s using (account_id, bill_id)
      where s.cents <> b.total_cents limit 20`,
  },
  {
    name: 'a bill is what was posted for it',
    sql: `select b.account_id, b.bill_id from billing.bill b join (
        select p.account_id, p.journal_id,
          sum(case when d.service is not null then p.cents else 0 end) - sum(case when c.service is not null then p.cents else 0 end) cents
        from ledger.posting p join ledger.gl_account d on d.gl = p.debit join ledger.gl_account c on c.gl = p.credit
        group by 1, 2) j on j.account_id = b.account_id and j.journal_id = b.journal_id
      where j.cents <> b.total_cents limit 20`,
  },
  {
    name: 'a payment is what was posted for it',
    sql: `select y.account_id, y.payment_id from payments.payment y join (
        select account_id, journal_id, sum(cents) cents from ledger.posting group by 1, 2) j using (account_id, journal_id)
      where j.cents <> y.cents limit 20`,
  },
  {
    name: 'a journal has postings',
    sql: `select j.account_id, j.journal_id from ledger.journal j
      where not exists (select from ledger.posting p where p.account_id = j.account_id and p.journal_id = j.journal_id) limit 20`,
  },
  {
    name: 'a posting stays inside one fund',
    sql: `select p.account_id, p.journal_id from ledger.posting p join ledger.gl_account d on d.gl = p.debit
      join ledger.gl_account c on c.gl = p.credit where d.fund <> c.fund limit 20`,
  },
  {
    name: 'bills of an account do not overlap',
    sql: `select account_id, bill_id from (
        select account_id, bill_id, from_on, lag(to_on) over (partition by account_id order by from_on) before from billing.bill) b
      where before > from_on limit 20`,
  },
  {
    name: 'the read that the latest bill ended with still stands',
    sql: `select b.account_id, b.bill_id from (
        select distinct on (account_id) account_id, bill_id from billing.bill order by account_id, from_on desc) b
      join billing.bill_segment s using (account_id, bill_id)
      cross join lateral json_to_recordset(s.reads) r(serial text, "toOn" date, "toValue" text)
      join metering.meter m on m.serial = r.serial
      where s.service <> 'sewer' and coalesce(r."toOn", s.to_on) = s.to_on and not exists (
        select from metering.read x left join metering.read_void v using (meter_id, register_no, read_id)
        where x.meter_id = m.meter_id and x.read_on = s.to_on and x.value = r."toValue"::bigint and v.read_id is null)
      limit 20`,
  },
  {
    name: 'what counts on a water budget was approved',
    sql: `select g.account_id, g.grant_id from variances.budget_grant g
      join variances.variance v using (account_id, variance_id) where v.state <> 'approved' limit 20`,
  },
  {
    name: 'what a variance gave back is what was posted for it',
    sql: `select c.account_id, c.grant_id, c.bill_id from billing.variance_credit c left join (
        select account_id, journal_id, sum(cents) cents from ledger.posting group by 1, 2) j using (account_id, journal_id)
      where c.cents <> coalesce(j.cents, 0) limit 20`,
  },
  {
    name: 'what a meter test moved is what was posted for it',
    sql: `select c.account_id, c.correction_id from billing.meter_correction c left join (
        select p.account_id, p.journal_id,
          sum(case when d.service is not null then p.cents else 0 end) - sum(case when g.service is not null then p.cents else 0 end) cents
        from ledger.posting p join ledger.gl_account d on d.gl = p.debit join ledger.gl_account g on g.gl = p.credit
        group by 1, 2) j on j.account_id = c.account_id and j.journal_id = c.journal_id
      where c.cents <> coalesce(j.cents, 0) limit 20`,
  },
  {
    name: 'what a meter test moved is the sum of its bills rated again',
    sql: `select c.account_id, c.correction_id from billing.meter_correction c left join (
        select account_id, correction_id, sum(cents_after - cents_before) cents
        from billing.meter_corrected_segment group by 1, 2) s using (account_id, correction_id)
      where c.cents <> coalesce(s.cents, 0) limit 20`,
  },
  {
    name: 'a meter within its limits moved no money, and a void result keeps none',
    sql: `select c.account_id, c.correction_id from billing.meter_correction c
      join metering.meter_test_result r using (test_id, result_id)
      left join metering.meter_test_void v using (test_id, result_id)
      left join billing.meter_correction_reversal b using (account_id, correction_id)
      where (r.verdict = 'accurate' and c.cents <> 0) or (v.voided_at is not null and b.reversed_at is null) limit 20`,
  },
  {
    name: 'a read of a file belongs to a file that was loaded',
    sql: `select r.meter_id, r.read_id from metering.read r left join metering.read_file f using (file_id)
      where r.file_id is not null and f.state is distinct from 'loaded' limit 20`,
  },
  {
    name: 'a day of hours is the sum of its hours',
    sql: `select d.meter_id, d.day from metering.interval_day d
      cross join lateral (select coalesce(sum(v), 0) as total, count(v) as heard from unnest(d.values) v) h
      where h.heard <> d.heard or (d.channel = 'use' and h.total <> d.total) limit 20`,
  },
  {
    name: 'every account can be found',
    sql: `select a.account_id from accounts.account a left join accounts.search_document s using (account_id)
      where s.account_id is null limit 20`,
  },
]

export async function verifyCommand(args: string[]): Promise<number> {
  return withExistingDatabase(async client => {
    await client.query('begin transaction isolation level repeatable read read only')
    let wrong = 0
    for (const { name, sql } of invariants) {
      const { rows } = await client.query<Record<string, unknown>>(sql)
      const offenders = rows.map(row => Object.values(row).join('/'))
      wrong += offenders.length
      const says = offenders.length === 0 ? `holds   ${name}` : `BROKEN  ${name}: ${offenders.join(', ')}`
      report(args, { name, ok: offenders.length === 0, offenders }, says)
    }
    await client.query('rollback')
    return wrong === 0 ? 0 : 1
  })
}
