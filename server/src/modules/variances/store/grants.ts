/** Dated inputs of the budget that variances gave. Written once; what ends one early is a row of its own. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { NewGrant } from '../domain/outcome.ts'
import type { GrantInput, StartRule, VarianceKind } from '../domain/words.ts'
import type { VarianceId } from './variances.ts'

export type GrantRow = {
  accountId: AccountId
  grantId: bigint
  varianceId: VarianceId
  kind: VarianceKind
  input: GrantInput
  amount: number
  fromOn: LocalDate
  /** As granted, or as ended early. */
  untilOn: LocalDate | null
  grantedUntilOn: LocalDate | null
  starts: StartRule
}

const columns = sql`g.account_id as "accountId", g.grant_id as "grantId", g.variance_id as "varianceId", g.kind,
  g.input, g.amount::float8 as amount, g.from_on as "fromOn", least(g.until_on, c.ends_on) as "untilOn",
  g.until_on as "grantedUntilOn", g.starts`
const newest = sql`variances.budget_grant g left join lateral (
  select c.ends_on from variances.grant_change c where c.account_id = g.account_id and c.grant_id = g.grant_id
  order by c.change_id desc limit 1) c on true`

/** Of an account, oldest first; one that ended before it began is not there. */
export async function listGrants(tx: Tx, accountId: AccountId): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select ${columns} from ${newest} where g.account_id = ${accountId}
    order by g.from_on, g.grant_id`.execute(tx)
  return rows
}

export type GrantToInsert = NewGrant & {
  readonly accountId: AccountId
  readonly varianceId: VarianceId
  readonly kind: VarianceKind
  readonly ruleIds: readonly bigint[]
  readonly at: Instant
  readonly by: PersonId
}

export async function insertGrant(tx: Tx, grant: GrantToInsert): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`
    insert into variances.budget_grant (account_id, variance_id, input, kind, amount, from_on, until_on, starts,
      rule_ids, granted_at, granted_by)
    values (${grant.accountId}, ${grant.varianceId}, ${grant.input}, ${grant.kind}, ${grant.amount}, ${grant.fromOn},
      ${grant.untilOn}, ${grant.starts}, ${grant.ruleIds}::bigint[], ${grant.at}, ${grant.by})
    returning grant_id as id`.execute(tx)
  return rows[0]!.id
}

export type GrantChange = {
  readonly accountId: AccountId
  readonly grantId: bigint
  readonly endsOn: LocalDate | null
  readonly why: 'moved-out' | 'move-out-cancelled' | 'ended' | 'false-information'
  readonly reason: string | null
  readonly at: Instant
  readonly by: PersonId
}

export async function insertGrantChange(tx: Tx, change: GrantChange): Promise<void> {
  const { accountId, grantId, endsOn, why, reason, at, by } = change
  await sql`
    insert into variances.grant_change (account_id, grant_id, ends_on, why, reason, at, by_person)
    values (${accountId}, ${grantId}, ${endsOn}, ${why}, ${reason}, ${at}, ${by})`.execute(tx)
}

/** Grants of an account that a move-out ended and nothing has changed since. */
export async function listEndedByMove(tx: Tx, accountId: AccountId): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select ${columns} from variances.budget_grant g join lateral (
      select c.ends_on, c.why from variances.grant_change c
      where c.account_id = g.account_id and c.grant_id = g.grant_id order by c.change_id desc limit 1) c on true
    where g.account_id = ${accountId} and c.why = 'moved-out' order by g.grant_id`.execute(tx)
  return rows
}

/** The last pool fill that was granted to an address’s account (WB-032). */
export async function findLastPoolFill(tx: Tx, accountId: AccountId): Promise<LocalDate | null> {
  const { rows } = await sql<{ on: LocalDate | null }>`
    select max(from_on) as on from variances.budget_grant
    where account_id = ${accountId} and kind = 'pool-fill'`.execute(tx)
  return rows[0]?.on ?? null
}

/** Grants that end within the days of notice and whose customer was not told yet (WB-036). */
export async function listToRenew(
  tx: Tx,
  { from, by }: { from: LocalDate; by: LocalDate },
): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select ${columns} from ${newest}
    where g.until_on > ${from} and g.until_on <= ${by} and (c.ends_on is null or c.ends_on > g.until_on)
      and g.kind in ('household', 'medical', 'care', 'animals')
      and not exists (select from variances.variance_event e where e.account_id = g.account_id
        and e.variance_id = g.variance_id and e.kind = 'renewal-noticed')
      and not exists (select from variances.budget_grant later where later.account_id = g.account_id
        and later.kind = g.kind and later.from_on > g.from_on)
    order by g.until_on, g.grant_id limit 500`.execute(tx)
  return rows
}

export async function listCreditAccounts(tx: Tx, since: LocalDate): Promise<AccountId[]> {
  const { rows } = await sql<{ accountId: AccountId }>`
    select distinct account_id as "accountId" from variances.budget_grant
    where input in ('over-budget-gallons', 'courtesy-months') and from_on >= ${since} order by 1`.execute(tx)
  return rows.map(row => row.accountId)
}
