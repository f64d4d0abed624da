/** Reads of a customer's card. Ids inside JSON travel as text: JSON knows no bigint. */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { CustomerId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { CustomerKind, Language, PhoneKind, ProtectionKind, Scope, SecretKind } from '../domain/words.ts'

export type CardRow = {
  customerId: CustomerId
  kind: CustomerKind
  name: string
  givenName: string | null
  familyName: string | null
  language: Language
  since: LocalDate | null
  version: number
  changedAt: Instant | null
  changedBy: string | null
  changedWhat: string | null
  phones: {
    phoneId: string
    e164: string
    extension: string | null
    kind: PhoneKind
    mayText: boolean
    validFrom: LocalDate
  }[]
  emails: { emailId: string; address: string; validFrom: LocalDate }[]
  mailing: {
    addressId: string
    line1: string
    line2: string | null
    city: string
    state: string
    zip: string
    validFrom: LocalDate
    returnedOn: LocalDate | null
  } | null
  authorized: {
    authorizedId: string
    name: string
    relation: string
    e164: string | null
    scopes: Scope[]
    proof: string
    validFrom: LocalDate
    validTo: LocalDate | null
    isRevoked: boolean
  }[]
  formerNames: { name: string; until: LocalDate }[]
  secrets: SecretKind[]
  protection: {
    protectionId: string
    kind: ProtectionKind
    reason: string
    substituteAddress: string | null
    placedAt: Instant
    placedById: string
    placedBy: string
    approvedBy: string | null
    liftAskedAt: Instant | null
    liftAskedById: string | null
    liftAskedBy: string | null
    liftReason: string | null
  } | null
}

/** The whole card in one indexed statement. */
export async function findCard(tx: Tx, customerId: CustomerId): Promise<CardRow | null> {
  const { rows } = await sql<CardRow>`
    select c.customer_id as "customerId", c.kind, c.name, c.given_name as "givenName", c.family_name as "familyName",
      c.language, c.since, c.version, c.changed_at as "changedAt", c.changed_what as "changedWhat",
      (select p.name from staff.person p where p.person_id = c.changed_by) as "changedBy",
      (select coalesce(json_agg(json_build_object('phoneId', phone_id::text, 'e164', e164, 'extension', extension,
          'kind', kind, 'mayText', may_text, 'validFrom', valid_from) order by phone_id), '[]')
        from customers.phone where customer_id = c.customer_id and valid_to is null) as phones,
      (select coalesce(json_agg(json_build_object('emailId', email_id::text, 'address', address,
          'validFrom', valid_from) order by email_id), '[]')
        from customers.email where customer_id = c.customer_id and valid_to is null) as emails,
      (select json_build_object('addressId', address_id::text, 'line1', line1, 'line2', line2, 'city', city,
          'state', state, 'zip', zip, 'validFrom', valid_from, 'returnedOn', returned_on)
        from customers.mailing_address where customer_id = c.customer_id and valid_to is null) as mailing,
      (select coalesce(json_agg(json_build_object('authorizedId', authorized_id::text, 'name', name,
          'relation', relation, 'e164', e164, 'scopes', scopes, 'proof', proof, 'validFrom', valid_from,
          'validTo', valid_to, 'isRevoked', revoked_at is not null) order by authorized_id), '[]')
        from customers.authorized_contact where customer_id = c.customer_id) as authorized,
      (select coalesce(json_agg(json_build_object('name', name, 'until', until_on) order by former_id desc), '[]')
        from customers.former_name where customer_id = c.customer_id) as "formerNames",
      (select coalesce(json_agg(kind order by kind), '[]')
        from customers.secret where customer_id = c.customer_id) as secrets,
      (select json_build_object('protectionId', t.protection_id::text, 'kind', t.kind, 'reason', t.reason,
          'substituteAddress', t.substitute_address, 'placedAt', t.placed_at, 'placedById', t.placed_by::text,
          'placedBy', placer.name, 'approvedBy', approver.name, 'liftAskedAt', t.lift_asked_at,
          'liftAskedById', t.lift_asked_by::text, 'liftAskedBy', asker.name, 'liftReason', t.lift_reason)
        from customers.protection t
        join staff.person placer on placer.person_id = t.placed_by
        left join staff.person approver on approver.person_id = t.approved_by
        left join staff.person asker on asker.person_id = t.lift_asked_by
        where t.customer_id = c.customer_id and t.lifted_at is null) as protection
    from customers.customer c where c.customer_id = ${customerId}`.execute(tx)
  return rows[0] ?? null
}

export type NameRow = { customerId: CustomerId; name: string; isProtected: boolean }

export async function listNames(tx: Tx, customerIds: readonly CustomerId[]): Promise<NameRow[]> {
  const { rows } = await sql<NameRow>`
    select c.customer_id as "customerId", c.name,
      exists (select 1 from customers.protection t
        where t.customer_id = c.customer_id and t.lifted_at is null) as "isProtected"
    from customers.customer c where c.customer_id = any(${customerIds}::bigint[])`.execute(tx)
  return rows
}

export type PhoneMatch = NameRow & {
  how: 'phone' | 'authorized-phone'
  authorizedId: bigint | null
  authorizedName: string | null
}

/** Whose phone this is, or who may speak for whom from it. */
export async function findByPhone(tx: Tx, e164: string, today: LocalDate): Promise<PhoneMatch[]> {
  const { rows } = await sql<PhoneMatch>`
    select c.customer_id as "customerId", c.name, m.how, m.authorized_id as "authorizedId", m.name as "authorizedName",
      exists (select 1 from customers.protection t
        where t.customer_id = c.customer_id and t.lifted_at is null) as "isProtected"
    from (
      select customer_id, 'phone' as how, null::bigint as authorized_id, null::text as name
      from customers.phone where e164 = ${e164} and valid_to is null
      union all
      select customer_id, 'authorized-phone', authorized_id, name from customers.authorized_contact
      where e164 = ${e164} and revoked_at is null and valid_from <= ${today}::date
        and (valid_to is null or valid_to > ${today}::date)
    ) m join customers.customer c on c.customer_id = m.customer_id
    order by m.how desc, c.customer_id limit 20`.execute(tx)
  return rows
}

/** Everything that was on the card once, newest end first. */
export async function listFormer(tx: Tx, customerId: CustomerId) {
  const { rows } = await sql<{
    what: 'phone' | 'email' | 'mailing'
    text: string
    from: LocalDate
    until: LocalDate
  }>`
    select what, text, valid_from as "from", valid_to as "until" from (
      select 'phone' as what, concat_ws(' x', e164, extension) as text, valid_from, valid_to, phone_id as id
      from customers.phone where customer_id = ${customerId} and valid_to is not null
      union all
      select 'email', address, valid_from, valid_to, email_id
      from customers.email where customer_id = ${customerId} and valid_to is not null
      union all
      select 'mailing', concat_ws(', ', line1, nullif(line2, ''), city || ', ' || state || ' ' || zip), valid_from, valid_to,
        address_id
      from customers.mailing_address where customer_id = ${customerId} and valid_to is not null
    ) former order by valid_to desc, id desc limit 200`.execute(tx)
  return rows
}

export async function hasOpened(
  tx: Tx,
  look: { customerId: CustomerId; personId: PersonId; since: Instant },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from customers.access
    where customer_id = ${look.customerId} and person_id = ${look.personId} and what = 'card' and at > ${look.since}
    limit 1`.execute(tx)
  return rows.length > 0
}

export async function countOpened(tx: Tx, personId: PersonId, since: Instant): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct customer_id)::int as count from customers.access
    where person_id = ${personId} and what = 'card' and at > ${since}`.execute(tx)
  return rows[0]!.count
}
