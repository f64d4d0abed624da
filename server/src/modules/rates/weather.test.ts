/** Real weather files as they come, and the oddities their makers are known for: a wrong day is a wrong budget. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { localDate } from '@curbstop/kernel/dates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWeatherCsv, readWeatherDate, readWeatherJson, readWeatherNumber } from './domain/weather-file.ts'
import { fillWeather, sameDays } from './domain/weather-fill.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const shared = join(process.env.CURBSTOP_SHARED_DATA ?? join(here, '../../../../../shared/data'), 'weather')
const rule = { gapDays: 7, mostInches: 0.6 }
const linesOf = (text: string) => text.split(/\r?\n/)
const csv = (text: string, station: string | null = null) => readWeatherCsv(linesOf(text), station)
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    error => ({ code: error.code, ...error.facts }),
  )

if (!existsSync(shared)) console.warn(`weather files are not there (${shared}): their tests are left out`)

describe.runIf(existsSync(shared))('files of the stations', () => {
  type Expected = {
    rows: number
    first: string
    last: string
    missing_days: number
    eto_max: number
    eto_by_year: Record<string, number>
    july_eto: Record<string, number>
    precip_by_year: Record<string, number>
  }
  const expected = () =>
    JSON.parse(readFileSync(join(shared, 'expected.json'), 'utf8')) as Record<string, Expected>

  test('every file comes to the days, the years and the Julys its README states', async () => {
    for (const [name, want] of Object.entries(expected())) {
      const file = await csv(readFileSync(join(shared, name), 'utf8'))
      const { days, missing } = fillWeather(file.readings, rule, () => [])
      const sum = (of: (day: (typeof days)[number]) => number, begins: string) =>
        Math.round(
          days.filter(day => day.on.startsWith(begins)).reduce((all, day) => all + of(day), 0) * 100,
        ) / 100
      expect(file).toMatchObject({ rows: want.rows, station: '6' })
      expect([days[0]!.on, days.at(-1)!.on, missing.length]).toEqual([
        want.first,
        want.last,
        want.missing_days,
      ])
      expect(Math.max(...days.map(day => day.eto))).toBe(want.eto_max)
      for (const [year, inches] of Object.entries(want.eto_by_year))
        expect(sum(day => day.eto, year)).toBe(inches)
      for (const [month, inches] of Object.entries(want.july_eto))
        expect(sum(day => day.eto, month)).toBe(inches)
      for (const [year, inches] of Object.entries(want.precip_by_year))
        expect(sum(day => day.rain, year)).toBe(inches)
    }
  })

  test('the Web API’s strings and flags: a value flagged R is not used', () => {
    const file = readWeatherJson(readFileSync(join(shared, 'cimis-api-daily-sample.json'), 'utf8'), null)
    expect(file).toMatchObject({ station: '259', rows: 2 })
    expect(file.readings).toMatchObject([
      { on: '2020-04-01', rawEto: '0.11', eto: 0.11, problem: null, rain: 0.02 },
      { on: '2020-04-02', rawEto: '0.1', qc: 'R', problem: 'flagged R' },
    ])
  })

  test('AgriMet’s three columns of a date are read', async () => {
    const file = await csv(readFileSync(join(shared, 'agrimet-faln-daily-2015.csv'), 'utf8'))
    expect(file.readings[0]).toMatchObject({ on: '2015-01-01', eto: 0.02 })
    expect(file.readings).toHaveLength(365)
  })

  test('cut anywhere, or with a byte changed, a file is read or refused with its line, never a fault', async () => {
    const text = readFileSync(join(shared, 'cimis-006-davis-daily-2010_2014.csv'), 'utf8').slice(0, 4_000)
    const json = readFileSync(join(shared, 'cimis-api-daily-sample.json'), 'utf8')
    const asked = async (work: () => Promise<unknown>) => {
      try {
        await work()
      } catch (error) {
        expect((error as { code?: string }).code).toBe('rates.weather-file')
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(255), async (at, byte) => {
        await asked(() => csv(text.slice(0, at)))
        const changed = text.slice(0, at) + String.fromCharCode(byte) + text.slice(at + 1)
        await asked(() => csv(changed))
        await asked(async () => readWeatherJson(json.slice(0, at % json.length), null))
      }),
      { numRuns: 150, seed: 5 },
    )
  })
})

describe('oddities of real files', () => {
  test('blanks inside a number, M/D/YYYY, an empty value and two dashes', () => {
    expect([readWeatherNumber('- 0.0 1'), readWeatherNumber(' 0 .25 '), readWeatherNumber('--')]).toEqual([
      -0.01,
      0.25,
      null,
    ])
    expect([
      readWeatherDate('7/4/2014'),
      readWeatherDate(' 2014-07-04'),
      readWeatherDate('2014-13-01'),
    ]).toEqual(['2014-07-04', '2014-07-04', null])
  })

  test('the column qc under one name belongs to the value before it', async () => {
    const { readings } = await csv(
      'Stn Id,Date,ETo (in),qc,Precip (in),qc\n6,1/1/2014,0.05, ,0.00,R\n6,1/2/2014,0.04,M,0.00, \n',
    )
    expect(readings).toMatchObject([
      { on: '2014-01-01', problem: null },
      { on: '2014-01-02', problem: 'flagged M', rawEto: '0.04' },
    ])
  })

  test('hour 2400 is the last of its day; a day of 23 hours is no day', async () => {
    const hours = (count: number) =>
      Array.from({ length: count }, (_, i) => `6,1/1/2014,${(i + 1) * 100},0.01, `).join('\n')
    const head = 'Stn Id,Date,Hour (PST),ETo (in),qc\n'
    expect((await csv(head + hours(24))).readings).toMatchObject([
      { on: '2014-01-01', eto: 0.24, problem: null },
    ])
    expect((await csv(head + hours(23))).readings).toMatchObject([{ eto: null, problem: 'no value' }])
  })

  test('millimetres become inches', async () => {
    const { readings } = await csv('date,station,ETo (mm)\n2014-07-01,6,7.62\n')
    expect(readings[0]).toMatchObject({ eto: 0.3, rawEto: '7.62' })
  })

  test('two stations in one file are chosen from, not mixed', async () => {
    const text = 'date,station,eto_in\n2014-07-01,6,0.3\n2014-07-01,12,0.2\n'
    expect(await refusal(csv(text))).toMatchObject({ code: 'rates.weather-file', line: 3, field: 'station' })
    expect((await csv(text, '12')).readings).toMatchObject([{ eto: 0.2 }])
  })

  test('one day twice with two values, a word for a number, a short line: refused with line and field', async () => {
    const head = 'date,station,eto_in\n2014-07-01,6,0.3\n'
    expect(await refusal(csv(`${head}2014-07-01,6,0.4\n`))).toMatchObject({ line: 3, field: 'date' })
    expect(await refusal(csv(`${head}2014-07-02,6,abc\n`))).toMatchObject({ line: 3, field: 'eto' })
    expect(await refusal(csv(`${head}2014-07-02,6\n`))).toMatchObject({ line: 3, field: 'columns' })
    expect(await refusal(csv('a,b\n1,2\n'))).toMatchObject({ line: 1, field: 'eto' })
  })
})

describe('days that are not measured', () => {
  const days = (...values: (number | null)[]) =>
    values.map((eto, i) => ({
      on: localDate(`2014-07-${String(i + 1).padStart(2, '0')}`),
      rawEto: eto === null ? '' : String(eto),
      qc: '',
      rawRain: '',
      eto,
      rain: 0,
      problem: eto === null ? 'no value' : null,
    }))

  test('a gap is the mean of its neighbours and says so; an outlier is a gap', () => {
    const { days: filled } = fillWeather(days(0.2, null, 0.4, 0.9, 0.3), rule, () => [])
    expect(filled).toMatchObject([
      { eto: 0.2, how: null },
      { eto: 0.3, how: 'no value; mean of 2014-07-01 and 2014-07-03' },
      { eto: 0.4, how: null },
      { eto: 0.35, how: '0.9 inches, more than 0.6 a day; mean of 2014-07-03 and 2014-07-05' },
      { eto: 0.3, how: null },
    ])
  })

  test('a small negative counts as 0 and its own value is told; a large one is no value', () => {
    const { days: filled } = fillWeather(days(0.1, -0.01, 0.1, -0.4, 0.1), rule, () => [])
    expect(filled[1]).toMatchObject({ eto: 0, how: '-0.01 inches in the file, counted as 0' })
    expect(filled[3]!.how).toMatch(/far below nothing/)
  })

  test('a long gap takes the same day of other years, and stays open without any', () => {
    const gap = days(0.2, ...Array.from({ length: 9 }, () => null), 0.2)
    const years = sameDays([
      { on: localDate('2013-07-05'), eto: 0.31 },
      { on: localDate('2012-07-05'), eto: 0.29 },
    ])
    const { days: filled, missing } = fillWeather(gap, rule, years)
    expect(filled.find(day => day.on === '2014-07-05')).toMatchObject({
      eto: 0.3,
      how: 'no value; mean of the same day in 2 other years',
    })
    expect(missing).toHaveLength(8)
  })
})
