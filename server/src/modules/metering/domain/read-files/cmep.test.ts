import { describe, expect, test } from 'vitest'
import { inspectText, recordsOf } from '../../../../../../tools/testing/meter-files.ts'
import type { IntervalRead } from './kinds.ts'
import { isoInstant } from './stamps.ts'

const head = (meter = 'B1') =>
  `MEPMD01,20080501,SENSUS,HARBR:133000,1300,${meter},202606031515,${meter},OK,W,`
const hourly = (count: number, triplets: string, meter?: string) =>
  `${head(meter)}CF,1.0,00000100,${count},${triplets}\n`

async function hours(text: string): Promise<[string, string][]> {
  const records = await recordsOf('cmep', text)
  return records
    .filter((record): record is IntervalRead => record.is === 'interval')
    .map(({ endsAt, value }) => [isoInstant(endsAt), value])
}

describe('the clock of the wall', () => {
  test('a day of 23 hours loses none, and a stamp that never was is named', async () => {
    const found = await inspectText('cmep', hourly(3, '202603080100,,1,202603080300,,2,202603080200,,3'))
    expect(found).toMatchObject({ verdict: 'accepted-with-exceptions', intervals: 2 })
    expect(found.errors[0]).toMatchObject({ line: 1, field: 'stamp 3' })
    expect(await hours(hourly(2, '202603080100,,1,202603080300,,2'))).toEqual([
      ['2026-03-08T09:00:00Z', '1'],
      ['2026-03-08T10:00:00Z', '2'],
    ])
  })

  test('a day of 25 hours keeps both hours that read one o’clock', async () => {
    const twice = '202611010000,,1,202611010100,,2,202611010100,,3,202611010200,,4'
    expect((await hours(hourly(4, twice))).map(([at]) => at.slice(11, 13))).toEqual(['07', '08', '09', '10'])
  })

  test('a line that begins inside the repeated hour is told by what follows', async () => {
    expect(await hours(hourly(2, '202611010100,,1,202611010200,,2'))).toEqual([
      ['2026-11-01T09:00:00Z', '1'],
      ['2026-11-01T10:00:00Z', '2'],
    ])
    expect((await hours(hourly(2, '202611010100,,1,202611010100,,2')))[0]![0]).toBe('2026-11-01T08:00:00Z')
  })

  test('the line before tells it, too; nothing at all makes an exception, not a guess', async () => {
    const lines = hourly(1, '202611010000,,1') + hourly(1, '202611010100,,2')
    expect((await hours(lines)).map(([at]) => at)).toEqual(['2026-11-01T07:00:00Z', '2026-11-01T08:00:00Z'])
    const alone = await inspectText('cmep', hourly(1, '202611010100,,2') + hourly(1, '202606010100,,2'))
    expect(alone.errors[0]?.message).toContain('came twice that day')
  })

  test('another district has another wall', async () => {
    const found = await inspectText('cmep', hourly(1, '202606010000,,2'), { zone: 'America/New_York' })
    expect(found.first).toBe('2026-06-01T04:00:00Z')
  })
})

describe('what a triplet may say', () => {
  test('an empty stamp is the one before and an interval, also over a night of 23 hours', async () => {
    const stamps = (await hours(hourly(4, '202603080000,R0,1,,R0,2,,,3,,R0,4'))).map(([at]) => at)
    expect(stamps).toEqual(['08', '09', '10', '11'].map(hour => `2026-03-08T${hour}:00:00Z`))
    const daily = `${head()}GAL,10,00010000,2,202603080000,R0,2,,R0,3\n`
    expect((await hours(daily)).map(([at]) => at)).toEqual(['2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z'])
  })

  test('an empty stamp at the beginning of a line has nothing to count from', async () => {
    const found = await inspectText('cmep', hourly(1, '202606010000,,1') + hourly(1, ',,2'))
    expect(found.errors[0]).toMatchObject({ line: 2, field: 'stamp 1' })
  })

  test('hours that were not heard are no zeros', async () => {
    const found = await inspectText(
      'cmep',
      hourly(3, '202606010100,N32,0,202606010200,R0,,202606010300,R0,5'),
    )
    expect(found).toMatchObject({ intervals: 1, sum: 5, skipped: { N32: 1, empty: 1 } })
  })

  test('estimated and adjusted hours stay marked', async () => {
    const records = await recordsOf('cmep', hourly(4, '202606010100,E0,1,,A32,2,,R1,3,,,4'))
    expect(records.flatMap(record => (record.is === 'interval' ? [record.quality] : []))).toEqual([
      'estimated',
      'adjusted',
      'measured',
      'measured',
    ])
  })

  test('an unknown code and a value that is no number are left out and named', async () => {
    const found = await inspectText('cmep', hourly(4, '202606010100,Q7,1,,R0,1.5,,R0,1x,,R0,2'))
    expect(found).toMatchObject({ verdict: 'accepted-with-exceptions', intervals: 2, sum: 3.5 })
    expect(found.errors.map(error => error.field)).toEqual(['code 1', 'value 3'])
  })

  test('the constant multiplies exactly, and the register of a channel is no use', async () => {
    const text = `${head()}GAL,0.1,00000100,3,202606010100,,1,,,1,,,1\n${head()}GALREG,0.1,00000100,1,202606010100,,77\n`
    expect(await inspectText('cmep', text)).toMatchObject({ intervals: 3, reads: 1, sum: 0.3, unit: 'gal' })
  })
})

describe('what is wrong with a line', () => {
  test.each([
    ['count', hourly(3, '202606010100,,1,,,2')],
    ['count', hourly(1, '202606010100,,1,,,2')],
    ['units', `${head()}FURLONG,1,00000100,1,202606010100,,1\n`],
    ['constant', `${head()}CF,-1,00000100,1,202606010100,,1\n`],
    ['commodity', hourly(1, '202606010100,,1').replace(',W,', ',E,')],
    ['purpose', hourly(1, '202606010100,,1').replace(',OK,', ',REJECT,')],
    ['meter id', hourly(1, '202606010100,,1', 'é')],
    ['interval', `${head()}CF,1,00000000,1,202606010100,,1\n`],
    ['record type', hourly(1, '202606010100,,1').replace('MEPMD01', 'MEPMD02')],
    ['line', 'MEPMD01,20080501\n'],
    ['line', hourly(1, '202606010100,,1').replace('HARBR', 'HA\0BR')],
  ])('the %s of a line is at fault: the line is left out and named', async (field, bad) => {
    const found = await inspectText('cmep', hourly(1, '202606010000,,5', 'B9') + bad)
    expect(found).toMatchObject({ verdict: 'accepted-with-exceptions', rows: 2, intervals: 1, sum: 5 })
    expect(found.errors[0]).toMatchObject({ line: 2, field })
  })

  test('the same hour again counts once; with another value the later one counts and is named', async () => {
    const text = hourly(2, '202606010100,,1,,,2') + hourly(2, '202606010100,,1,,,7')
    const found = await inspectText('cmep', text)
    expect(found).toMatchObject({ intervals: 2, sum: 8, skipped: { repeated: 1, replaced: 1 } })
    expect(found.errors[0]).toMatchObject({ line: 2, field: 'value' })
  })

  test('a radio that reports for two meters is named; a serial without its letter is the same meter', async () => {
    const two = await inspectText(
      'cmep',
      hourly(1, '202606010100,,1', 'B1') + hourly(1, '202606010200,,1', 'B2'),
    )
    expect(two.errors[0]?.message).toContain('radio 1300')
    const bare = await inspectText(
      'cmep',
      hourly(1, '202606010100,,1', 'B1') + hourly(1, '202606010200,,1', '1'),
    )
    expect(bare.verdict).toBe('accepted')
  })

  test('a last line without its end is read, and the digits it may have lost are mentioned', async () => {
    const found = await inspectText('cmep', hourly(1, '202606010100,,17').trimEnd())
    expect(found).toMatchObject({ verdict: 'accepted-with-exceptions', sum: 17 })
    expect(found.errors[0]?.message).toContain('has no line end')
  })
})

test('sums beyond what a machine number holds stay exact', async () => {
  const text = hourly(2, '202606010100,,9007199254740993,,,0.000001')
  expect((await inspectText('cmep', text)).sum).toBe('9007199254740993.000001')
})

test('ten thousand wrong lines name a hundred and count the rest', async () => {
  const good = Array.from({ length: 600 }, (_, no) =>
    hourly(1, '202606010100,,1', `M${no}`).replace(',1300,', ',,'),
  )
  const bad = Array.from({ length: 500 }, () => hourly(1, '202606010100,Q,1'))
  const found = await inspectText('cmep', [...good, ...bad].join(''))
  expect(found.errors).toHaveLength(101)
  expect(found.errors.at(-1)).toEqual({ line: 0, field: 'file', message: '400 more errors are not listed.' })
})
