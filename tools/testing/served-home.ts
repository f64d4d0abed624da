/** A home with a meter, sewer and the district's own tariffs, for tests that bill it and ask why the bill is high. */
import { readFileSync } from 'node:fs'
import { addDays, type LocalDate, localDate } from '@curbstop/kernel/dates'
import type { AccountId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { packs } from '../../server/src/modules/policy/packs/index.ts'
import { insertTariff, insertVersion } from '../../server/src/modules/rates/index.ts'
import { actingAs, person } from './acting.ts'
import type { TestDatabase } from './database.ts'
import { adoptOfficeWeek, adoptRules } from './policies.ts'

const years = [2024, 2025, 2026]

/** District, rules, calendar, tariffs of three years and daily weather: everything a bill rests on. */
export async function makeDistrict(database: TestDatabase): Promise<void> {
  await actingAs(database).run(async ctx => {
    const { tx } = ctx
    await sql`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
      values ('Cedar Flat', 'Cedar', 'America/Los_Angeles', 'ccf', '-', '-', '-')`.execute(tx)
    await adoptRules(tx, packs)
    await adoptOfficeWeek(tx)
    for (const code of ['water', 'sewer']) {
      await insertTariff(tx, code, code)
      for (const [i, year] of years.entries()) {
        const file = new URL(
          `../../server/src/modules/rates/tariffs/${code}-${year}-07-01.owrs`,
          import.meta.url,
        )
        const next = years[i + 1]
        await insertVersion(tx, {
          tariff: code,
          effectiveFrom: localDate(`${year}-07-01`),
          effectiveTo: next ? localDate(`${next}-07-01`) : null,
          owrs: readFileSync(file, 'utf8'),
          citation: `Schedule ${code === 'water' ? 'W' : 'S'}-1`,
          publishedBy: person(1),
        })
      }
    }
    await sql`insert into rates.weather_day (et_zone, on_date, eto_inches, rain_inches, source)
      select 'valley', day, 0.16 + 0.1 * sin((extract(doy from day) - 105) / 58.1), 0, 'test'
      from generate_series(date '2024-07-01', date '2026-12-31', interval '1 day') day`.execute(tx)
    await sql`insert into premises.book (code, name, cycle_day) values ('14', 'Book 14', 10)`.execute(tx)
    await sql`insert into accounts.cycle (code, name, read_day) values ('A', 'Cycle A', 10)`.execute(tx)
  })
}

export type Home = { readonly accountId: AccountId; readonly meterId: bigint; readonly premiseId: bigint }

/** Read on the 10th of each month from `firstOn`; `use` is in whole CCF, one entry a period. */
export async function makeHome(
  database: TestDatabase,
  serial: string,
  { firstOn, use, persons = 3 }: { firstOn: LocalDate; use: readonly number[]; persons?: number },
): Promise<Home> {
  return actingAs(database).run(async ({ tx }) => {
    const one = async (query: ReturnType<typeof sql<{ id: bigint }>>): Promise<bigint> =>
      (await query.execute(tx)).rows[0]!.id
    const customer = await one(sql`insert into customers.customer (kind, name) values ('person', 'Ana Ruiz')
      returning customer_id as id`)
    const premiseId = await one(sql`
      insert into premises.premise (house_number, street, city, state, zip, class, irrigated_sqft, et_zone)
      values (${serial}, 'Alder Ct', 'Cedar Flat', 'CA', '90001', 'single-family', 2150, 'valley')
      returning premise_id as id`)
    const accountId = await one(sql`
      insert into accounts.account (number, customer_id, class, cycle_id, opened_on, opened_by)
      select ${serial}, ${customer}, 'residential', cycle_id, ${firstOn}, 1 from accounts.cycle
      returning account_id as id`)
    const meterId = await one(sql`insert into metering.meter (serial, make, size, kind)
      values (${serial}, 'Neptune', '3/4"', 'displacement') returning meter_id as id`)
    await sql`insert into metering.register (meter_id, unit, dials) values (${meterId}, 'ccf', 6)`.execute(tx)
    for (const service of ['water', 'sewer']) {
      const point = await one(sql`insert into premises.service_point (premise_id, service)
        values (${premiseId}, ${service}) returning service_point_id as id`)
      await sql`insert into accounts.account_service
        (account_id, service, service_point_id, premise_id, tariff, rate_class, from_on)
        values (${accountId}, ${service}, ${point}, ${premiseId}, ${service}, 'RESIDENTIAL_SINGLE', ${firstOn})`.execute(
        tx,
      )
      await sql`insert into accounts.occupancy (service_point_id, account, period, started_by)
        values (${point}, ${accountId}, daterange(${firstOn}, null), 1)`.execute(tx)
      if (service === 'water')
        await sql`insert into metering.installation (service_point_id, meter_id, installed, in_value, installed_by)
          values (${point}, ${meterId}, daterange(${addDays(firstOn, -100)}, null), '{100}', 1)`.execute(tx)
    }
    await sql`insert into accounts.household (account_id, from_on, persons, evidence, noted_by)
      values (${accountId}, ${firstOn}, ${persons}, 'told at start', 1)`.execute(tx)
    let value = 1000
    const readings = [0, ...use].map((units, i) => {
      value += units
      return sql`(${meterId}, (${firstOn}::date + ${i} * interval '1 month')::date, ${value}, 'actual', 'handheld')`
    })
    await sql`insert into metering.read (meter_id, read_on, value, kind, source) values ${sql.join(readings)}`.execute(
      tx,
    )
    return { accountId: accountId as AccountId, meterId, premiseId }
  })
}
