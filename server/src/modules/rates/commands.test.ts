import { readFileSync } from 'node:fs'
import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { publishVersion } from './commands.ts'
import { rates } from './contract.ts'
import {
  asEngineVersion,
  checkTariff,
  evaluateTariff,
  getDailyEt,
  getTariffVersions,
  getVersion,
  listTariffs,
} from './queries.ts'

const textOf = (year: number) =>
  readFileSync(new URL(`./tariffs/water-${year}-07-01.owrs`, import.meta.url), 'utf8')
const on = localDate
let database: TestDatabase
const desk = () => actingAs(database, { now: '2026-11-23T18:00:00Z' })
const publish = (effectiveFrom: LocalDate, owrs: string, tariff = 'water') =>
  desk().run(ctx =>
    publishVersion(ctx, { tariff, name: 'Water', effectiveFrom, citation: 'Resolution 2026-14', owrs }),
  )
const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

beforeAll(async () => {
  database = await createTestDatabase()
  await sql`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
    values ('Test', 'Test', 'America/Los_Angeles', 'ccf', '-', '-', '-')`.execute(database.owner)
})
afterAll(() => database?.drop())

test('a version is adopted from a date, and the open one before it ends there', async () => {
  const first = await publish(on('2025-07-01'), textOf(2025)) // the first may begin in the past: an import
  const next = await publish(on('2027-07-01'), textOf(2026))
  expect(next.endedVersionId).toBe(first.tariffVersionId)
  const [tariff] = await desk().run(ctx => listTariffs(ctx))
  expect(tariff!.versions.map(v => [v.effectiveFrom, v.effectiveTo, v.isInForce])).toEqual([
    ['2027-07-01', null, false],
    ['2025-07-01', '2027-07-01', true],
  ])
  const shown = await desk().run(ctx => getVersion(ctx, { tariffVersionId: next.tariffVersionId }))
  z.encode(rates.getVersion.output, shown)
  expect(shown.owrs).toBe(textOf(2026))
  expect(shown.classes.find(one => one.name === 'RESIDENTIAL_SINGLE')!.needs).toContain('hhsize')
})

test('what priced bills stays: no version begins today or inside another, and the same text is not adopted twice', async () => {
  expect(await refusal(publish(on('2026-11-23'), textOf(2026)))).toMatchObject({ code: 'rates.overlap' })
  expect(await refusal(publish(on('2027-01-01'), textOf(2026)))).toMatchObject({ code: 'rates.overlap' })
  expect(await refusal(publish(on('2028-07-01'), textOf(2026)))).toMatchObject({ code: 'rates.same-text' })
  await publish(on('2025-07-01'), textOf(2025), 'sewer')
  expect(await refusal(publish(on('2026-11-20'), textOf(2026), 'sewer'))).toMatchObject({
    code: 'rates.past-version',
  })
  const rewrite = sql`update rates.tariff_version set owrs = 'x'`.execute(database.db)
  await expect(rewrite).rejects.toThrow(/permission denied/)
})

test('a wrong tariff is refused with its first finding, and the check names all of them', async () => {
  const wrong = textOf(2026).replace(
    'bill: service_charge+commodity_charge',
    'bill: service_charge+comodity_charge(',
  )
  expect((await refusal(publish(on('2029-07-01'), wrong))).message).toMatch(
    /cannot be adopted: RESIDENTIAL_SINGLE/,
  )
  const other = await desk().run(ctx =>
    checkTariff(ctx, { owrs: textOf(2026).replace('bill_unit: ccf', 'bill_unit: kgal') }),
  )
  expect(other).toMatchObject({ isPublishable: false })
  expect(other.findings[0]!.message).toBe('The tariff bills in kgal, the district in ccf.')
  const broken = await desk().run(ctx => checkTariff(ctx, { owrs: 'metadata: [not, closed\nrate: x' }))
  expect(broken).toMatchObject({ isPublishable: false, classes: [], findings: [{ code: 'malformed-file' }] })
})

test('staff can try a class of a text or of a version, and are told what is missing', async () => {
  const inputs = {
    usage_ccf: 21.6,
    hhsize: 3,
    days_in_period: 30,
    et_amount: 4,
    irr_area: 2150,
    meter_size: '3/4"',
  }
  const asked = { className: 'RESIDENTIAL_SINGLE', inputs }
  const answer = await desk().run(ctx => evaluateTariff(ctx, { ...asked, owrs: textOf(2026) }))
  z.encode(rates.evaluateTariff.output, answer)
  expect(Number(answer.total)).toBeGreaterThan(80)
  expect(answer.tiers[0]!.tiers).toHaveLength(5)
  const { meter_size: _, ...less } = inputs
  const missing = desk().run(ctx => evaluateTariff(ctx, { ...asked, inputs: less, owrs: textOf(2026) }))
  expect(await refusal(missing)).toMatchObject({ code: 'rates.missing-input' })
  expect(await refusal(desk().run(ctx => evaluateTariff(ctx, asked)))).toMatchObject({
    code: 'rates.nothing-to-evaluate',
  })
  const gone = { ...asked, tariffVersionId: asId<'tariff-version'>(9999) }
  expect(await refusal(desk().run(ctx => evaluateTariff(ctx, gone)))).toMatchObject({
    code: 'rates.unknown-version',
  })
})

test('versions are read and compiled once in a process', async () => {
  const load = () =>
    desk().run(ctx => getTariffVersions(ctx, ['water'], { from: on('2026-01-01'), to: on('2026-02-01') }))
  const [one] = await load()
  const [two] = await load()
  expect(two!.parsed).toBe(one!.parsed)
  expect(asEngineVersion(two!, 'COMMERCIAL').rateClass).toBe(asEngineVersion(one!, 'COMMERCIAL').rateClass)
})

test('a day without weather is named instead of guessed', async () => {
  await sql`insert into rates.weather_day (et_zone, on_date, eto_inches, rain_inches, source)
    select 'valley', day, 0.212, 0.1, 'test' from generate_series(date '2026-10-01', date '2026-10-30', interval '1 day') day
    where day <> date '2026-10-17'`.execute(database.owner)
  const ask = (from: string, to: string) =>
    desk().run(ctx => getDailyEt(ctx, 'valley', { from: on(from), to: on(to) }))
  expect(await ask('2026-10-01', '2026-10-11')).toMatchObject({ etInches: 2.12, rainInches: 1 })
  expect((await refusal(ask('2026-10-10', '2026-10-20'))).message).toMatch(/valley on 2026-10-17 is missing/)
})
