/** SQL of search as you type. Every statement reads an index and stops after a bounded number of rows. */
import type { AccountId, CustomerId } from '@curbstop/kernel/ids'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { TermKind } from '../domain/search-rows.ts'

export type Found = {
  accountId: AccountId
  number: string
  name: string
  address: string
  isClosed: boolean
  isProtected: boolean
}
export type FoundByTerm = Found & { kind: TermKind; term: string }

const perKind = 24
const candidatesMax = 200
const documentColumns = sql`d.account_id as "accountId", d.number, d.name, d.address,
  d.is_closed as "isClosed", d.is_protected as "isProtected"`

/** A protected customer is found by nobody without the right, except by the whole account number (PRV-019). */
const visible = (seesProtected: boolean) => (seesProtected ? sql`true` : sql`not d.is_protected`)

/** The end of a prefix range in byte order: no term continues with this character. */
const endOf = (prefix: string): string => `${prefix}\u{10ffff}`

export type TermQuery = {
  readonly kinds: readonly TermKind[]
  readonly prefix: string
  readonly seesProtected: boolean
  readonly limit?: number
}

/** Accounts with a term that begins so; within a kind the exact term comes first. */
export async function findByPrefix(tx: Tx, query: TermQuery): Promise<FoundByTerm[]> {
  const { rows } = await sql<FoundByTerm>`
    with hit as (
      select t.account_id, k.kind, t.term
      from unnest(${query.kinds}::text[]) k(kind)
      cross join lateral (
        select account_id, term from accounts.search_term
        where kind = k.kind and term >= ${query.prefix} and term < ${endOf(query.prefix)}
        order by term, account_id limit ${query.limit ?? perKind}) t)
    select ${documentColumns}, hit.kind, hit.term
    from hit join accounts.search_document d using (account_id)
    where ${visible(query.seesProtected)} or (hit.kind = 'number' and hit.term = ${query.prefix})`.execute(tx)
  return rows
}

export type WordsQuery = {
  /** Each word with its alternatives; three letters or more. All words must be found, one alternative each. */
  readonly telling: readonly (readonly string[])[]
  /** Words of one or two letters; they narrow what the others found. */
  readonly narrowing: readonly string[]
  readonly seesProtected: boolean
  /** `begins`: at the beginning of a word; `inside`: anywhere. */
  readonly where: 'begins' | 'inside'
}

const pattern = (word: string, where: 'begins' | 'inside') =>
  where === 'begins' ? `% ${word}%` : `%${word}%`
const both = (parts: RawBuilder<unknown>[], how: 'and' | 'or') =>
  how === 'and' ? sql.join(parts, sql` and `) : sql`(${sql.join(parts, sql` or `)})`

/** A whole word weighs more than a beginning, what was typed more than what may have been meant. */
const weightOf = (word: string, choice: number) =>
  sql`(d.haystack like ${`% ${word} %`})::int * ${8 - choice}::int`

/**
 * Accounts that hold all words, whole words first, open before closed; thirteen at the most.
 * When words have other spellings, short words only help to order: they may be misspelt too.
 */
export async function findByWords(tx: Tx, query: WordsQuery): Promise<Found[]> {
  const telling = query.telling.map(choices =>
    both(
      choices.map(word => sql`d.haystack like ${pattern(word, query.where)}`),
      'or',
    ),
  )
  // `|| ''` keeps a one-letter pattern away from the trigram index, which would read half of it.
  const narrowing = query.narrowing.map(word => sql`(d.haystack || '') like ${`% ${word}%`}`)
  const isGuess = query.telling.some(choices => choices.length > 1)
  const score = [
    ...query.telling.map(choices => sql`greatest(${sql.join(choices.map(weightOf))})`),
    ...query.narrowing.map(word => weightOf(word, 0)),
    ...(isGuess ? narrowing.map(found => sql`(${found})::int`) : []),
  ]
  const filters = [...telling, ...(isGuess ? [] : narrowing), visible(query.seesProtected)]
  const { rows } = await sql<Found>`
    select "accountId", number, name, address, "isClosed", "isProtected" from (
      select ${documentColumns}, ${sql.join(score, sql` + `)} as score
      from accounts.search_document d
      where ${both(filters, 'and')}
      limit ${candidatesMax}) found
    order by "isClosed", score desc, name, address limit 13`.execute(tx)
  return rows
}

/** For queries of short words only: the first word by its first letters, the others narrow. */
export async function findByShortWords(
  tx: Tx,
  words: readonly [string, ...string[]],
  seesProtected: boolean,
): Promise<Found[]> {
  const [first, ...others] = words
  const narrowing = others.map(word => sql`d.haystack like ${`% ${word}%`}`)
  const { rows } = await sql<Found>`
    with hit as (
      select distinct t.account_id, t.term = ${first} as whole
      from unnest(array['name', 'street', 'house']) k(kind)
      cross join lateral (
        select account_id, term from accounts.search_term
        where kind = k.kind and term >= ${first} and term < ${endOf(first)}
        order by term, account_id limit 400) t)
    select ${documentColumns} from hit join accounts.search_document d using (account_id)
    where ${both([...narrowing, visible(seesProtected)], 'and')}
    order by d.is_closed, hit.whole desc, d.name, d.address limit 13`.execute(tx)
  return rows
}

export type Evidence = {
  accountId: AccountId
  customerId: CustomerId
  /** At this very moment, whatever the index says yet. */
  isProtected: boolean
  terms: { kind: TermKind; term: string }[]
  /** As written: `A-301-22`. */
  numbers: string[]
}

/** Of the accounts to be shown: whether the customer is protected, and the numbers they can be found by. */
export async function listEvidence(tx: Tx, accountIds: readonly AccountId[]): Promise<Evidence[]> {
  const { rows } = await sql<Evidence>`
    select a.account_id as "accountId", a.customer_id as "customerId", exists (
        select from customers.protection p
        where p.customer_id = a.customer_id and p.lifted_at is null) as "isProtected",
      (select coalesce(json_agg(json_build_object('kind', t.kind, 'term', t.term)), '[]')
        from accounts.search_term t
        where t.account_id = a.account_id and t.kind in ('number', 'phone', 'meter', 'email')) as terms,
      array(select n.number from accounts.account_number n where n.account = a.account_id) as numbers
    from accounts.account a where a.account_id = any(${accountIds}::bigint[])`.execute(tx)
  return rows
}

/** Words on file near a typed one, by one slip or by trigrams; the caller chooses. */
export async function listNearWords(
  tx: Tx,
  words: readonly { typed: string; slips: readonly string[] }[],
): Promise<{ typed: string; word: string }[]> {
  const { rows } = await sql<{ typed: string; word: string }>`
    select q.typed, near.word
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) q(typed text, slips text[])
    cross join lateral (
      (select word from accounts.search_word where slips && q.slips limit 40)
      union
      (select word from accounts.search_word where word % q.typed order by similarity(word, q.typed) desc limit 20)
    ) near`.execute(tx)
  return rows
}

/** Trigram search only through its index, spelling with a threshold that finds `garsia` (0.4 to `garcia`). */
export async function prepareSearch(tx: Tx): Promise<void> {
  await sql`select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
    set_config('pg_trgm.similarity_threshold', '0.35', true)`.execute(tx)
}

/** Whose accounts these are. */
export async function listHolders(
  tx: Tx,
  accountIds: readonly AccountId[],
): Promise<{ accountId: AccountId; customerId: CustomerId }[]> {
  if (accountIds.length === 0) return []
  const { rows } = await sql<{ accountId: AccountId; customerId: CustomerId }>`
    select account_id as "accountId", customer_id as "customerId" from accounts.account
    where account_id = any(${accountIds}::bigint[])`.execute(tx)
  return rows
}

/** Those of the accounts whose customer is protected now. */
export async function listProtected(tx: Tx, accountIds: readonly AccountId[]): Promise<Set<AccountId>> {
  const { rows } = await sql<{ accountId: AccountId }>`
    select a.account_id as "accountId" from accounts.account a
    where a.account_id = any(${accountIds}::bigint[]) and exists (
      select from customers.protection p where p.customer_id = a.customer_id and p.lifted_at is null)`.execute(
    tx,
  )
  return new Set(rows.map(row => row.accountId))
}
