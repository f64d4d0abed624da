/** Writes of a customer's card. What was so is ended on a date and stays. */
import type { LocalDate } from '@curbstop/kernel/dates'
import type { CustomerId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'
import type { PhoneEntry } from '../domain/card.ts'
import type { CustomerKind, Language, Scope, SecretKind } from '../domain/words.ts'

export type NamePart = { name: string; givenName: string | null; familyName: string | null }

export async function insertCustomer(
  tx: Tx,
  one: NamePart & { kind: CustomerKind; language: Language; since: LocalDate },
): Promise<CustomerId> {
  const { rows } = await sql<{ customerId: CustomerId }>`
    insert into customers.customer (kind, name, given_name, family_name, language, since)
    values (${one.kind}, ${one.name}, ${one.givenName}, ${one.familyName}, ${one.language}, ${one.since})
    returning customer_id as "customerId"`.execute(tx)
  return rows[0]!.customerId
}

export async function lockCustomer(tx: Tx, customerId: CustomerId): Promise<boolean> {
  const { rows } = await sql`
    select 1 from customers.customer where customer_id = ${customerId} for update`.execute(tx)
  return rows.length > 0
}

/** The card's version goes up with every change on it; false when somebody was faster. */
export async function updateVersion(
  tx: Tx,
  change: { customerId: CustomerId; version: number; personId: PersonId; what: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.customer set version = version + 1, changed_at = now(), changed_by = ${change.personId},
      changed_what = ${change.what}
    where customer_id = ${change.customerId} and version = ${change.version}`.execute(tx)
  return numAffectedRows === 1n
}

export async function updateName(tx: Tx, customerId: CustomerId, next: NamePart): Promise<void> {
  await sql`
    update customers.customer set name = ${next.name}, given_name = ${next.givenName},
      family_name = ${next.familyName}
    where customer_id = ${customerId}`.execute(tx)
}

export async function updateLanguage(tx: Tx, customerId: CustomerId, language: Language): Promise<void> {
  await sql`
    update customers.customer set language = ${language} where customer_id = ${customerId}`.execute(tx)
}

export async function insertFormerName(
  tx: Tx,
  former: NamePart & { customerId: CustomerId; until: LocalDate; personId: PersonId },
): Promise<void> {
  await sql`
    insert into customers.former_name (customer_id, name, given_name, family_name, until_on, replaced_by)
    values (${former.customerId}, ${former.name}, ${former.givenName}, ${former.familyName}, ${former.until},
      ${former.personId})`.execute(tx)
}

export async function updatePhonesEnded(
  tx: Tx,
  customerId: CustomerId,
  ended: { ids: readonly string[]; on: LocalDate },
): Promise<void> {
  await sql`
    update customers.phone set valid_to = ${ended.on}
    where customer_id = ${customerId} and phone_id = any(${ended.ids}::bigint[])`.execute(tx)
}

export async function insertPhone(
  tx: Tx,
  customerId: CustomerId,
  phone: PhoneEntry & { from: LocalDate },
): Promise<void> {
  await sql`
    insert into customers.phone (customer_id, e164, extension, kind, may_text, valid_from)
    values (${customerId}, ${phone.e164}, ${phone.extension}, ${phone.kind}, ${phone.mayText}, ${phone.from})`.execute(
    tx,
  )
}

export async function updateEmailsEnded(
  tx: Tx,
  customerId: CustomerId,
  ended: { ids: readonly string[]; on: LocalDate },
): Promise<void> {
  await sql`
    update customers.email set valid_to = ${ended.on}
    where customer_id = ${customerId} and email_id = any(${ended.ids}::bigint[])`.execute(tx)
}

export async function insertEmail(
  tx: Tx,
  customerId: CustomerId,
  email: { address: string; from: LocalDate },
): Promise<void> {
  await sql`
    insert into customers.email (customer_id, address, valid_from)
    values (${customerId}, ${email.address}, ${email.from})`.execute(tx)
}

export type Mailing = { line1: string; line2: string | null; city: string; state: string; zip: string }

export async function updateMailingEnded(tx: Tx, customerId: CustomerId, on: LocalDate): Promise<void> {
  await sql`
    update customers.mailing_address set valid_to = ${on}
    where customer_id = ${customerId} and valid_to is null`.execute(tx)
}

export async function insertMailing(
  tx: Tx,
  customerId: CustomerId,
  mailing: Mailing & { from: LocalDate },
): Promise<void> {
  await sql`
    insert into customers.mailing_address (customer_id, line1, line2, city, state, zip, valid_from)
    values (${customerId}, ${mailing.line1}, ${mailing.line2}, ${mailing.city}, ${mailing.state}, ${mailing.zip},
      ${mailing.from})`.execute(tx)
}

export async function updateMailReturned(tx: Tx, customerId: CustomerId, on: LocalDate): Promise<void> {
  await sql`
    update customers.mailing_address set returned_on = ${on}
    where customer_id = ${customerId} and valid_to is null`.execute(tx)
}

export async function insertAuthorized(
  tx: Tx,
  one: {
    customerId: CustomerId
    name: string
    relation: string
    e164: string | null
    scopes: readonly Scope[]
    proof: string
    validFrom: LocalDate
    validTo: LocalDate | null
  },
): Promise<bigint> {
  const { rows } = await sql<{ id: bigint }>`
    insert into customers.authorized_contact (customer_id, name, relation, e164, scopes, proof, valid_from, valid_to)
    values (${one.customerId}, ${one.name}, ${one.relation}, ${one.e164}, ${one.scopes}::text[], ${one.proof},
      ${one.validFrom}, ${one.validTo})
    returning authorized_id as id`.execute(tx)
  return rows[0]!.id
}

export async function updateAuthorizedRevoked(
  tx: Tx,
  one: { customerId: CustomerId; authorizedId: bigint; personId: PersonId; reason: string },
): Promise<void> {
  await sql`
    update customers.authorized_contact set revoked_at = now(), revoked_by = ${one.personId},
      revoked_reason = ${one.reason}
    where customer_id = ${one.customerId} and authorized_id = ${one.authorizedId} and revoked_at is null`.execute(
    tx,
  )
}

export async function insertSecret(
  tx: Tx,
  one: { customerId: CustomerId; kind: SecretKind; digest: Buffer; personId: PersonId },
): Promise<void> {
  await sql`
    insert into customers.secret (customer_id, kind, digest, set_by)
    values (${one.customerId}, ${one.kind}, ${one.digest}, ${one.personId})
    on conflict (customer_id, kind) do update set digest = excluded.digest, set_at = now(), set_by = excluded.set_by`.execute(
    tx,
  )
}

export async function listSecrets(tx: Tx, customerId: CustomerId) {
  const { rows } = await sql<{ kind: SecretKind; digest: Buffer }>`
    select kind, digest from customers.secret where customer_id = ${customerId}`.execute(tx)
  return rows
}
