import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Level, Tx } from '../../../platform/context.ts'
import { errors } from '../domain/index.ts'

export type Person = {
  personId: PersonId
  login: string
  name: string
  level: Level | null
  levelName: string | null
  levelSince: LocalDate
  roles: string[]
  secondFactor: 'off' | 'waiting' | 'on'
  disabledAt: Instant | null
  disabledReason: string | null
  firstPasswordUntil: Instant | null
  waits: boolean
}

export type SignInFacts = {
  personId: PersonId
  login: string
  name: string
  passwordHash: string | null
  totpSecret: string | null
  secondFactor: Person['secondFactor']
  isDisabled: boolean
  /** Set while the password in force is one that somebody else gave. */
  firstPasswordUntil: Instant | null
}

const secondFactor = sql`case when p.totp_secret is null then 'off' when p.totp_since is null then 'waiting' else 'on' end`

const personColumns = sql`p.person_id as "personId", p.login, p.name, p.level, l.name as "levelName",
  p.level_since as "levelSince", ${secondFactor} as "secondFactor",
  array(select r.role from staff.person_role r where r.person_id = p.person_id order by r.role) as roles,
  d.disabled_at as "disabledAt", d.reason as "disabledReason", f.expires_at as "firstPasswordUntil",
  exists (select from staff.proposal w where w.person_id = p.person_id and w.decided_at is null) as waits`
const personTables = sql`staff.person p left join staff.role l on l.role = p.level
  left join staff.person_disabled d on d.person_id = p.person_id and d.enabled_at is null
  left join staff.first_password f on f.person_id = p.person_id and f.ended_at is null`

export async function findPerson(tx: Tx, personId: PersonId): Promise<Person | null> {
  const { rows } = await sql<Person>`
    select ${personColumns} from ${personTables}
    where p.person_id = ${personId} and p.person_id > 1`.execute(tx)
  return rows[0] ?? null
}

export async function listPeople(tx: Tx, words: string, all: boolean): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select ${personColumns} from ${personTables}
    where p.person_id > 1 and (${all} or d.person_id is null)
      and (${words} = '' or strpos(lower(p.name || ' ' || p.login), lower(${words})) > 0)
    order by p.name, p.person_id limit 500`.execute(tx)
  return rows
}

export async function listPermissions(tx: Tx, personId: PersonId): Promise<string[]> {
  const { rows } = await sql<{ permission: string }>`
    select distinct rp.permission from staff.role_permission rp
    where rp.role = (select level from staff.person where person_id = ${personId})
      or rp.role in (select role from staff.person_role where person_id = ${personId})
    order by 1`.execute(tx)
  return rows.map(row => row.permission)
}

/** What a level with roles beside it may do, whoever holds them. */
export async function listPermissionsOf(
  tx: Tx,
  { level, roles }: { level: Level | null; roles: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ permission: string }>`
    select distinct permission from staff.role_permission
    where role = ${level} or role = any(${roles}::text[])`.execute(tx)
  return rows.map(row => row.permission)
}

/** Does anybody beside this person hold the permission, disabled or not? */
export async function isHeldBeside(tx: Tx, personId: PersonId, permission: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from staff.person p join staff.role_permission rp on rp.permission = ${permission}
      and (rp.role = p.level or rp.role in (select r.role from staff.person_role r where r.person_id = p.person_id))
    where p.person_id not in (1, ${personId}) limit 1`.execute(tx)
  return rows.length === 1
}

const signInColumns = sql`p.person_id as "personId", p.login, p.name, p.password_hash as "passwordHash",
  p.totp_secret as "totpSecret", ${secondFactor} as "secondFactor",
  exists (select from staff.person_disabled d where d.person_id = p.person_id and d.enabled_at is null) as "isDisabled",
  (select f.expires_at from staff.first_password f
    where f.person_id = p.person_id and f.ended_at is null) as "firstPasswordUntil"`

export async function findSignIn(tx: Tx, login: string): Promise<SignInFacts | null> {
  const { rows } = await sql<SignInFacts>`
    select ${signInColumns} from staff.person p where p.login = ${login}`.execute(tx)
  return rows[0] ?? null
}

/** Locked, so that a code or a password changes once. */
export async function lockSignIn(tx: Tx, personId: PersonId): Promise<SignInFacts> {
  const { rows } = await sql<SignInFacts>`
    select ${signInColumns} from staff.person p where p.person_id = ${personId} for update`.execute(tx)
  return rows[0]!
}

type NewPerson = {
  personId: PersonId | null
  login: string
  name: string
  level: Level | null
  levelSince: LocalDate
  passwordHash: string | null
}

export async function insertPerson(tx: Tx, person: NewPerson): Promise<PersonId> {
  try {
    const { rows } = await sql<{ personId: PersonId }>`
      insert into staff.person (person_id, login, name, level, level_since, password_hash)
      values (coalesce(${person.personId}::bigint, nextval(pg_get_serial_sequence('staff.person', 'person_id'))),
        ${person.login}, ${person.name}, ${person.level}, ${person.levelSince}, ${person.passwordHash})
      returning person_id as "personId"`.execute(tx)
    return rows[0]!.personId
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'person_login_key') {
      throw refuse(errors, 'staff.login-taken', { login: person.login }, 'login')
    }
    throw error
  }
}

export async function updateLevel(
  tx: Tx,
  personId: PersonId,
  change: { level: Level | null; since: LocalDate },
): Promise<void> {
  await sql`
    update staff.person set level_since = case when level is distinct from ${change.level} then ${change.since}::date
        else level_since end, level = ${change.level}
    where person_id = ${personId}`.execute(tx)
}

export async function setRoles(tx: Tx, personId: PersonId, roles: readonly string[]): Promise<void> {
  await sql`delete from staff.person_role where person_id = ${personId} and role <> all(${roles}::text[])`.execute(
    tx,
  )
  await sql`insert into staff.person_role (person_id, role)
    select ${personId}, unnest(${roles}::text[]) on conflict do nothing`.execute(tx)
}

export async function updatePassword(tx: Tx, personId: PersonId, passwordHash: string): Promise<void> {
  await sql`update staff.person set password_hash = ${passwordHash} where person_id = ${personId}`.execute(tx)
}

export async function updateSecondFactor(tx: Tx, personId: PersonId, sealed: string | null): Promise<void> {
  await sql`update staff.person set totp_secret = ${sealed}, totp_since = null, totp_last_step = null
    where person_id = ${personId}`.execute(tx)
}

export async function updateSecondFactorOn(tx: Tx, personId: PersonId): Promise<void> {
  await sql`update staff.person set totp_since = now() where person_id = ${personId} and totp_since is null`.execute(
    tx,
  )
}

/** False when this step, or a later one, was used before. */
export async function updateLastStep(tx: Tx, personId: PersonId, step: bigint): Promise<boolean> {
  const { rows } = await sql`
    update staff.person set totp_last_step = ${step}
    where person_id = ${personId} and (totp_last_step is null or totp_last_step < ${step})
    returning person_id`.execute(tx)
  return rows.length === 1
}

type Disabling = { personId: PersonId; by: PersonId; reason: string }

/** False when the person is disabled already. */
export async function insertDisabled(tx: Tx, { personId, by, reason }: Disabling): Promise<boolean> {
  const { rows } = await sql`
    insert into staff.person_disabled (person_id, disabled_by, reason) values (${personId}, ${by}, ${reason})
    on conflict do nothing returning person_id`.execute(tx)
  return rows.length === 1
}

/** False when the person is not disabled. */
export async function updateEnabled(tx: Tx, personId: PersonId, by: PersonId): Promise<boolean> {
  const { rows } = await sql`
    update staff.person_disabled set enabled_at = now(), enabled_by = ${by}
    where person_id = ${personId} and enabled_at is null returning person_id`.execute(tx)
  return rows.length === 1
}
