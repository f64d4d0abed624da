/** What the sample district is before anybody lives in it: facts, calendar, staff, books, tariffs, weather. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { addDays, addMonths, type LocalDate, localDate } from '@curbstop/kernel/dates'
import type pg from 'pg'
import { packs } from '../../server/src/modules/policy/packs/index.ts'
import { hashPassword } from '../../server/src/platform/auth/passwords.ts'
import { copyRows, json } from '../../server/src/platform/db/copy.ts'
import { closedDays, week } from './calendar.ts'
import { books } from './place.ts'
import { samplePassword, samplePeople } from './staff.ts'
import type { WeatherDay } from './weather.ts'

const system = 1n

export async function writeDistrict(client: pg.ClientBase, timeZone: string): Promise<void> {
  await client.query(
    `insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website, is_sample)
     values ('Cedar Flat Water and Sewer District', 'Cedar Flat', $1, 'ccf', '(530) 555-0100',
       '200 Depot St, Cedar Flat, CA 95990', 'https://cedarflat.example', true)`,
    [timeZone],
  )
  await copyRows(
    client,
    'policy.office_hours',
    ['weekday', 'opens_at', 'closes_at'],
    week.map((hours, weekday) => [weekday, hours?.opensAt ?? null, hours?.closesAt ?? null]),
  )
  await copyRows(
    client,
    'policy.rule',
    ['code', 'name', 'text', 'value', 'unit', 'authority', 'citation', 'effective', 'created_by'],
    packs.map(rule => [
      rule.code,
      rule.name,
      rule.text,
      json(rule.value),
      rule.unit,
      rule.authority,
      rule.citation,
      `[${rule.effectiveFrom},)`,
      system,
    ]),
  )
}

/** The district closes on its own days, by resolution; they are neither the bank's nor the state's. */
export async function writeCalendar(client: pg.ClientBase, today: LocalDate): Promise<void> {
  const year = Number(today.slice(0, 4))
  const days = [year - 3, year - 2, year - 1, year, year + 1, year + 2].flatMap(closedDays)
  await copyRows(
    client,
    'policy.calendar_day',
    ['on_date', 'name', 'citation'],
    days.map(([on, name]) => [on, name, 'Resolution 2023-14']),
  )
}

export async function writeStaff(client: pg.ClientBase): Promise<void> {
  const hash = await hashPassword(samplePassword)
  await copyRows(
    client,
    'staff.person',
    ['person_id', 'login', 'name', 'level', 'password_hash', 'created_at'],
    samplePeople.map(p => [
      p.personId,
      p.login,
      p.name,
      p.level,
      hash,
      p.level === 'assistant' ? new Date(Date.now() - 45 * 86_400_000).toISOString() : '2019-03-04T16:00:00Z',
    ]),
  )
  await copyRows(
    client,
    'staff.person_role',
    ['person_id', 'role'],
    samplePeople.flatMap(p => p.roles.map(role => [p.personId, role])),
  )
}

export async function writeBooks(client: pg.ClientBase): Promise<void> {
  const numbers = Array.from({ length: books }, (_, i) => i + 1)
  const code = (n: number) => String(n).padStart(2, '0')
  await copyRows(
    client,
    'premises.book',
    ['book_id', 'code', 'name', 'cycle_day'],
    numbers.map(n => [n, `B${code(n)}`, `Book ${n}`, n]),
  )
  await copyRows(
    client,
    'accounts.cycle',
    ['cycle_id', 'code', 'name', 'read_day'],
    numbers.map(n => [n, `C${code(n)}`, `Cycle ${n}`, n]),
  )
}

const tariffFolder = new URL('../../server/src/modules/rates/tariffs/', import.meta.url)

/**
 * The district's own tariffs, from the files beside the rates module: one version a July. `firstFrom` lets the first
 * version reach back, for imports of years before the first schedule on file.
 */
export async function writeTariffs(client: pg.ClientBase, firstFrom?: LocalDate): Promise<void> {
  await copyRows(
    client,
    'rates.tariff',
    ['tariff_id', 'code', 'name'],
    [
      [1, 'water', 'Water'],
      [2, 'sewer', 'Sewer'],
    ],
  )
  const files = readdirSync(tariffFolder)
    .filter(name => name.endsWith('.owrs'))
    .sort()
  const rows = files.map((name, at) => {
    const [, code, on] = /^(water|sewer)-(\d{4}-\d{2}-\d{2})\.owrs$/.exec(name)!
    const next = files.filter(other => other.startsWith(code!) && other > name)[0]
    const until = next ? /\d{4}-\d{2}-\d{2}/.exec(next)![0] : ''
    const isFirst = files.find(other => other.startsWith(code!)) === name
    const owrs = readFileSync(new URL(name, tariffFolder), 'utf8')
    const sha = createHash('sha256').update(owrs).digest('hex')
    const citation = `Schedule ${code === 'water' ? 'W' : 'S'}-1, Resolution ${on!.slice(0, 4)}-09`
    return [
      BigInt(at + 1),
      code === 'water' ? 1 : 2,
      `[${isFirst && firstFrom ? firstFrom : on},${until})`,
      owrs,
      `\\x${sha}`,
      citation,
      system,
    ]
  })
  await copyRows(
    client,
    'rates.tariff_version',
    ['tariff_version_id', 'tariff_id', 'effective', 'owrs', 'sha256', 'citation', 'published_by'],
    rows,
  )
}

export async function writeWeather(client: pg.ClientBase, days: readonly WeatherDay[]): Promise<void> {
  await copyRows(
    client,
    'rates.weather_day',
    ['et_zone', 'on_date', 'eto_inches', 'rain_inches', 'source', 'filled_how'],
    days.map(day => [
      day.zone,
      day.on,
      String(day.etoInches),
      String(day.rainInches),
      'sample station',
      day.filledHow,
    ]),
  )
}

/** Days of the books up to today; every day before this month is closed. */
export async function writeBusinessDays(
  client: pg.ClientBase,
  from: LocalDate,
  today: LocalDate,
): Promise<void> {
  const firstOpen = addMonths(localDate(`${today.slice(0, 7)}-01`), 0)
  const days: unknown[][] = []
  for (let on = from; on <= today; on = addDays(on, 1)) {
    days.push([on, on < firstOpen ? `${addDays(on, 1)}T02:00:00Z` : null, on < firstOpen ? 15n : null])
  }
  await copyRows(client, 'ledger.business_day', ['on_date', 'closed_at', 'closed_by'], days)
}
