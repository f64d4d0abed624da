/** A small place for tests: a cycle, a book, tariffs, office hours, and addresses with people when asked for. */
import type { CustomerId, PersonId, PremiseId, ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { packs } from '../../server/src/modules/policy/packs/index.ts'
import type { TestDatabase } from './database.ts'
import { adoptOfficeWeek, adoptRules } from './policies.ts'

export const people = { ann: 11n, bob: 12n, sue: 13n, cal: 14n, cara: 15n } as unknown as Readonly<
  Record<'ann' | 'bob' | 'sue' | 'cal' | 'cara', PersonId>
>

/** Ann and Bob are advisors, Sue a senior, Cal and Cara field representatives. */
export async function layPlace(database: TestDatabase): Promise<void> {
  const { owner } = database
  await sql`insert into staff.person (person_id, login, name, level) overriding system value
    values (11, 'ann', 'Ann Advisor', 'advisor'), (12, 'bob', 'Bob Advisor', 'advisor'),
      (13, 'sue', 'Sue Senior', 'senior'), (14, 'cal', 'Cal Field', null), (15, 'cara', 'Cara Field', null)`.execute(
    owner,
  )
  await sql`insert into staff.person_role (person_id, role) values (14, 'csfr'), (15, 'csfr')`.execute(owner)
  await sql`insert into premises.book (code, name, cycle_day) values ('B07', 'Palm Hill', 9)`.execute(owner)
  await sql`insert into accounts.cycle (code, name, read_day) values ('C05', 'Fifth', 5), ('C09', 'Ninth', 9)`.execute(
    owner,
  )
  await sql`insert into rates.tariff (code, name) values ('water', 'Water'), ('sewer', 'Sewer')`.execute(
    owner,
  )
  await owner.transaction().execute(async tx => {
    await adoptOfficeWeek(tx)
    await adoptRules(tx, packs)
  })
}

export type TestPremise = {
  readonly premiseId: PremiseId
  readonly water: ServicePointId
  readonly sewer: ServicePointId
}

/** A house with water and sewer. */
export async function makePremise(
  database: TestDatabase,
  address: { house: string; street: string; class?: string },
): Promise<TestPremise> {
  const { rows } = await sql<TestPremise>`
    with made as (
      insert into premises.premise
        (house_number, street, city, state, zip, class, lot_sqft, irrigated_sqft, et_zone)
      values (${address.house}, ${address.street}, 'Las Palmas', 'CA', '92000', ${address.class ?? 'single-family'},
        6500, 2150, '9')
      returning premise_id),
    points as (
      insert into premises.service_point (premise_id, service, book_id, sequence)
      select premise_id, service, 1, 40 from made, unnest(array['water', 'sewer']) service
      returning service_point_id, premise_id, service)
    select premise_id as "premiseId", max(service_point_id) filter (where service = 'water') as water,
      max(service_point_id) filter (where service = 'sewer') as sewer
    from points group by premise_id`.execute(database.owner)
  return rows[0]!
}

export async function makePerson(
  database: TestDatabase,
  person: { name: string; e164?: string; email?: string },
): Promise<CustomerId> {
  const { rows } = await sql<{ customerId: CustomerId }>`
    insert into customers.customer (kind, name) values ('person', ${person.name})
    returning customer_id as "customerId"`.execute(database.owner)
  const { customerId } = rows[0]!
  if (person.e164)
    await sql`insert into customers.phone (customer_id, e164, kind, valid_from)
      values (${customerId}, ${person.e164}, 'mobile', '2020-01-01')`.execute(database.owner)
  if (person.email)
    await sql`insert into customers.email (customer_id, address, valid_from)
      values (${customerId}, ${person.email}, '2020-01-01')`.execute(database.owner)
  return customerId
}

/** Hidden from everybody without the right, from now on (PRV-019). */
export async function protect(database: TestDatabase, customerId: CustomerId): Promise<void> {
  await sql`insert into customers.protection (customer_id, kind, reason, placed_by)
    values (${customerId}, 'violence', 'asked in person', 13)`.execute(database.owner)
}
