/** Writing the search index: one account again, or the dictionary of spellings after a bulk load. */
import type { AccountId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { SearchAddress, SearchRows } from '../domain/search-rows.ts'
import { searchWordsSql } from '../domain/search-words.ts'

export type IndexFacts = {
  number: string
  oldNumbers: string[]
  name: string
  phones: string[]
  emails: string[]
  addresses: SearchAddress[]
  meterTerms: string[]
  isProtected: boolean
  isClosed: boolean
}

/**
 * Everything one account is found by, in one statement across the departments that own it: an index is rebuilt from
 * the records. Meters belong to metering, above us; their terms are kept as metering told them (noteMeters).
 */
export async function findIndexFacts(
  tx: Tx,
  accountId: AccountId,
  today: string,
): Promise<IndexFacts | null> {
  const { rows } = await sql<IndexFacts>`
    select a.number, c.name,
      a.closed_on is not null and a.closed_on <= ${today} as "isClosed",
      exists (select from customers.protection p
        where p.customer_id = a.customer_id and p.lifted_at is null) as "isProtected",
      array(select n.number from accounts.account_number n
        where n.account = a.account_id and n.number <> a.number) as "oldNumbers",
      array(select p.e164 from customers.phone p
        where p.customer_id = a.customer_id and p.valid_to is null order by p.phone_id) as phones,
      array(select e.address from customers.email e
        where e.customer_id = a.customer_id and e.valid_to is null order by e.email_id) as emails,
      array(select t.term from accounts.search_term t
        where t.account_id = a.account_id and t.kind = 'meter' order by t.term) as "meterTerms",
      (select coalesce(json_agg(json_build_object('houseNumber', p.house_number, 'street', p.street,
          'unit', p.unit, 'city', p.city, 'zip', p.zip) order by s.latest desc, p.premise_id), '[]')
        from (select premise_id, max(from_on) as latest from accounts.account_service
          where account_id = a.account_id group by premise_id) s
        join premises.premise p using (premise_id)) as addresses
    from accounts.account a join customers.customer c using (customer_id)
    where a.account_id = ${accountId}`.execute(tx)
  return rows[0] ?? null
}

type Flags = { readonly isProtected: boolean; readonly isClosed: boolean }

export async function replaceIndex(
  tx: Tx,
  accountId: AccountId,
  rows: SearchRows,
  flags: Flags,
): Promise<void> {
  await sql`insert into accounts.search_document
      (account_id, number, name, address, haystack, is_protected, is_closed)
    values (${accountId}, ${rows.number}, ${rows.name}, ${rows.address}, ${rows.haystack}, ${flags.isProtected},
      ${flags.isClosed})
    on conflict (account_id) do update set number = excluded.number, name = excluded.name,
      address = excluded.address, haystack = excluded.haystack, is_protected = excluded.is_protected,
      is_closed = excluded.is_closed`.execute(tx)
  const kinds = rows.terms.map(term => term.kind)
  const terms = rows.terms.map(term => term.term)
  await sql`delete from accounts.search_term t where t.account_id = ${accountId}
    and not exists (select from unnest(${kinds}::text[], ${terms}::text[]) n(kind, term)
      where n.kind = t.kind and n.term = t.term)`.execute(tx)
  await sql`insert into accounts.search_term (account_id, kind, term)
    select ${accountId}, n.kind, n.term from unnest(${kinds}::text[], ${terms}::text[]) n(kind, term)
    on conflict do nothing`.execute(tx)
  await insertWords(
    tx,
    rows.terms.filter(term => term.kind === 'name' || term.kind === 'street').map(term => term.term),
  )
}

/** Words a person may misspell: three letters or more, no digits. In order, so that two writers cannot deadlock. */
async function insertWords(tx: Tx, terms: readonly string[]): Promise<void> {
  await sql`insert into accounts.search_word (word)
    select distinct term collate "C" from unnest(${terms}::text[]) term
    where length(term) >= 3 and term !~ '[0-9]' order by 1 on conflict do nothing`.execute(tx)
}

export async function fillSearchWords(tx: Tx): Promise<void> {
  await sql.raw(searchWordsSql).execute(tx)
}

/** Accounts whose stop date has come: results show them as closed from today on. */
export async function markClosedDocuments(tx: Tx, today: string): Promise<void> {
  await sql`update accounts.search_document d set is_closed = true from accounts.account a
    where a.account_id = d.account_id and not d.is_closed and a.closed_on <= ${today}`.execute(tx)
}

/** Meter terms of the account that was served at these points last: the meters stay when people move. */
export async function listMeterTermsAt(tx: Tx, points: readonly ServicePointId[]): Promise<string[]> {
  const { rows } = await sql<{ term: string }>`
    select distinct t.term
    from unnest(${points}::bigint[]) p(point)
    cross join lateral (
      select account_id from accounts.account_service where service_point_id = p.point
      order by from_on desc, account_service_id desc limit 1) s
    join accounts.search_term t on t.account_id = s.account_id and t.kind = 'meter'`.execute(tx)
  return rows.map(row => row.term)
}

export async function listAccountsAt(tx: Tx, points: readonly ServicePointId[]): Promise<AccountId[]> {
  const { rows } = await sql<{ accountId: AccountId }>`
    select distinct account as "accountId" from accounts.occupancy
    where service_point_id = any(${points}::bigint[]) and cancelled_at is null and upper_inf(period)`.execute(
    tx,
  )
  return rows.map(row => row.accountId)
}

export async function listAccountIdsAtPremise(tx: Tx, premiseId: bigint): Promise<AccountId[]> {
  const { rows } = await sql<{ accountId: AccountId }>`
    select distinct s.account_id as "accountId" from premises.service_point p
    join accounts.account_service s using (service_point_id) where p.premise_id = ${premiseId}`.execute(tx)
  return rows.map(row => row.accountId)
}
