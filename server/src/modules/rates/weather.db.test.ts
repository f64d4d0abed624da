import { createHash } from 'node:crypto'
import { localDate } from '@curbstop/kernel/dates'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { adoptRules } from '../../../../tools/testing/policies.ts'
import { variancesRules } from '../policy/packs/variances.ts'
import { importWeather } from './commands.ts'
import { readWeatherCsv } from './domain/weather-file.ts'
import { getDailyEt } from './queries.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await actingAs(database).run(ctx => adoptRules(ctx.tx, variancesRules))
})
afterAll(() => database?.drop())

const bring = async (text: string, fileName: string, zone: string | null = 'A') => {
  const file = await readWeatherCsv(text.split('\n'), null)
  const sha256 = createHash('sha256').update(text).digest()
  return actingAs(database).run(ctx => importWeather(ctx, { file, fileName, sha256, zone }))
}
const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )
const head = 'date,station,eto_in,qc,precip_in\n'
const july = { from: localDate('2026-07-01'), to: localDate('2026-07-04') }

test('a file is kept as it came; a budget gets its days and is told which was filled and how', async () => {
  const text = `${head}2026-07-01,6,0.30,,0\n2026-07-02,6,0.31,R,0\n2026-07-03,6,0.32,,0\n`
  const made = await bring(text, 'davis.csv')
  expect(made).toMatchObject({ written: 3, etoInches: 0.93, missing: [] })
  const days = await actingAs(database).run(ctx => getDailyEt(ctx, 'A', july))
  expect(days).toMatchObject({ etByDay: ['0.3', '0.31', '0.32'], filledDays: 1 })
  expect(days.filled).toEqual([{ on: '2026-07-02', how: 'flagged R; mean of 2026-07-01 and 2026-07-03' }])
  const { rows } = await sql`select raw_eto, qc, problem from rates.weather_reading order by on_date`.execute(
    database.owner,
  )
  expect(rows[1]).toEqual({ raw_eto: '0.31', qc: 'R', problem: 'flagged R' })
})

test('the same file twice, also under another name and at once, is refused naming the first', async () => {
  const text = `${head}2026-07-01,6,0.30,,0\n2026-07-02,6,0.31,R,0\n2026-07-03,6,0.32,,0\n`
  const again = await refusal(bring(text, 'copy.csv'))
  expect(again).toMatchObject({ code: 'rates.weather-twice' })
  expect(again.message).toMatch(/imported before, as davis\.csv on/)
  const other = `${head}2026-08-01,6,0.30,,0\n`
  const both = await Promise.allSettled([bring(other, 'a.csv'), bring(other, 'b.csv')])
  expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('what was measured later takes the place of what was filled; what was measured stays', async () => {
  const text = `${head}2026-07-01,6,0.50,,0\n2026-07-02,6,0.29,,0\n`
  expect(await bring(text, 'second.csv', null)).toMatchObject({ zone: 'A', written: 1 })
  const days = await actingAs(database).run(ctx => getDailyEt(ctx, 'A', july))
  expect(days).toMatchObject({ etByDay: ['0.3', '0.29', '0.32'], filledDays: 0 })
})

test('a station nobody knows asks for its zone', async () => {
  const text = 'date,station,eto_in\n2026-07-01,77,0.30\n'
  expect((await refusal(bring(text, 'new.csv', null))).message).toMatch(
    /Which zone is station 77\? .*Known zones: A/,
  )
})
