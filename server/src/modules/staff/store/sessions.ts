import type { Instant } from '@curbstop/kernel/dates'
import type { PersonId } from '@curbstop/kernel/ids'
import { type Kysely, sql } from 'kysely'
import type { Level, Tx } from '../../../platform/context.ts'
import type { Attempt } from '../domain/index.ts'

export type SessionHolder = {
  personId: PersonId
  name: string
  level: Level | null
  roles: string[]
  permissions: string[]
  session: string
  isStale: boolean
  mustChangePassword: boolean
}

/**
 * Who holds a session, with everything they may do, in one indexed statement: what was taken away counts from the
 * next request on. Sessions end after 12 h, or after 30 min without a request.
 */
export async function findHolder(db: Kysely<unknown>, tokenHash: Buffer): Promise<SessionHolder | null> {
  const { rows } = await sql<SessionHolder>`
    select p.person_id as "personId", p.name, p.level, held.roles, encode(substring(s.token_hash for 6), 'hex') as session,
      s.last_seen_at < now() - interval '1 minute' as "isStale",
      exists (select from staff.first_password f
        where f.person_id = p.person_id and f.ended_at is null) as "mustChangePassword",
      array(select distinct rp.permission from staff.role_permission rp
        where rp.role = p.level or rp.role = any(held.roles)) as permissions
    from staff.session s
    join staff.person p on p.person_id = s.person_id
    cross join lateral (select array(select r.role from staff.person_role r where r.person_id = p.person_id) as roles) held
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.expires_at > now()
      and s.last_seen_at > now() - interval '30 minutes'
      and not exists (select from staff.person_disabled d where d.person_id = p.person_id and d.enabled_at is null)`.execute(
    db,
  )
  return rows[0] ?? null
}

/** At most once a minute for a session, whoever asks at the same moment. */
export async function updateLastSeen(db: Kysely<unknown>, tokenHash: Buffer): Promise<void> {
  await sql`update staff.session set last_seen_at = now()
    where token_hash = ${tokenHash} and last_seen_at < now() - interval '1 minute'`.execute(db)
}

type NewSession = { personId: PersonId; withSecondFactor: boolean; ip: string | null }

export async function insertSession(tx: Tx, tokenHash: Buffer, session: NewSession): Promise<Instant> {
  const { rows } = await sql<{ expiresAt: Instant }>`
    insert into staff.session (token_hash, person_id, expires_at, second_factor_at, ip)
    values (${tokenHash}, ${session.personId}, now() + interval '12 hours',
      case when ${session.withSecondFactor} then now() end, ${session.ip}::inet)
    returning expires_at as "expiresAt"`.execute(tx)
  return rows[0]!.expiresAt
}

/** Ends the sessions of a person, but for the one whose hash begins with `except`. */
export async function endSessions(
  tx: Tx,
  personId: PersonId,
  { why, except = null }: { why: string; except?: string | null },
): Promise<number> {
  const { rows } = await sql`
    update staff.session set ended_at = now(), ended_why = ${why}
    where person_id = ${personId} and ended_at is null
      and (${except}::text is null or encode(substring(token_hash for 6), 'hex') <> ${except})
    returning token_hash`.execute(tx)
  return rows.length
}

export async function endSession(tx: Tx, personId: PersonId, session: string): Promise<void> {
  await sql`update staff.session set ended_at = now(), ended_why = 'signed out'
    where person_id = ${personId} and ended_at is null
      and encode(substring(token_hash for 6), 'hex') = ${session}`.execute(tx)
}

/** False while somebody else is trying this very login: guesses come one after the other. */
export async function lockLogin(tx: Tx, login: string): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('staff.sign-in ' || ${login}, 0)) as locked`.execute(tx)
  return rows[0]!.locked
}

export async function insertAttempt(
  tx: Tx,
  { login, ip, succeeded, at }: Attempt & { login: string },
): Promise<void> {
  await sql`insert into staff.sign_in_attempt (login, ip, succeeded, at)
    values (${login}, ${ip}::inet, ${succeeded}, ${at})`.execute(tx)
}

const columns = sql`succeeded, at, host(ip) as ip`

/** Newest first, of one day. */
export async function listAttemptsOfLogin(tx: Tx, login: string, now: Instant): Promise<Attempt[]> {
  const { rows } = await sql<Attempt>`
    select ${columns} from staff.sign_in_attempt
    where login = ${login} and at > ${now}::timestamptz - interval '1 day' order by at desc limit 40`.execute(
    tx,
  )
  return rows
}

/** Newest first, of one day; of IPv6 the whole /64, which is one subscriber. */
export async function listAttemptsOfAddress(tx: Tx, ip: string, now: Instant): Promise<Attempt[]> {
  const { rows } = await sql<Attempt>`
    select ${columns} from staff.sign_in_attempt
    where ip <<= network(set_masklen(${ip}::inet, case family(${ip}::inet) when 6 then 64 else 32 end))
      and at > ${now}::timestamptz - interval '1 day'
    order by at desc limit 40`.execute(tx)
  return rows
}

/** Has this login signed in from this address within a month? */
export async function hasSignedInFrom(tx: Tx, login: string, ip: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from staff.sign_in_attempt
    where login = ${login} and ip = ${ip}::inet and succeeded and at > now() - interval '30 days' limit 1`.execute(
    tx,
  )
  return rows.length === 1
}

/** What has aged out: 90 days after a session's end, and as long for attempts. */
export async function deleteAged(tx: Tx): Promise<void> {
  await sql`delete from staff.session where coalesce(ended_at, expires_at) < now() - interval '90 days'`.execute(
    tx,
  )
  await sql`delete from staff.sign_in_attempt where at < now() - interval '90 days'`.execute(tx)
}
