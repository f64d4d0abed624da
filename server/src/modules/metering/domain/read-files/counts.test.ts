import { expect, test } from 'vitest'
import { inspectText, recordsOf } from '../../../../../../tools/testing/meter-files.ts'
import { isoInstant } from './stamps.ts'

const spansOf = async (text: string, own = {}) =>
  (await recordsOf('csv', text, own)).flatMap(record =>
    record.is === 'interval' && record.channel === 'interval'
      ? [`${isoInstant(record.startsAt).slice(5, 16)} ${record.seconds}`]
      : [],
  )
const csv = (stamps: readonly string[]) =>
  `meter,timestamp,usage_gal\n${stamps.map(stamp => `Q1,${stamp},1\n`).join('')}`

test('quarters of an hour in a CSV are quarters, not four hours on top of each other', async () => {
  const stamps = ['01:15', '01:30', '01:45', '02:00'].map(time => `2026-01-01T${time}:00Z`)
  expect(await spansOf(csv(stamps))).toEqual([
    ...['01-01T01:00 900', '01-01T01:15 900', '01-01T01:30 900', '01-01T01:45 900'],
  ])
  expect((await spansOf(csv(stamps), { label: 'start' }))[0]).toBe('01-01T01:15 900')
})

test('hours with a gap, a repeat or a drifting clock stay hours', async () => {
  const hours = ['01:00:00', '02:00:02', '02:59:58', '02:59:58', '06:00:00'].map(
    time => `2026-01-01T${time}Z`,
  )
  expect((await spansOf(csv(hours))).every(span => span.endsWith(' 3600'))).toBe(true)
  expect(await spansOf(csv(['2026-01-01T01:00:00Z', '2026-01-01T03:00:00Z']))).toEqual([
    '01-01T00:00 3600',
    '01-01T02:00 3600',
  ])
})

test('a date names its day, also the one of twenty-three hours', async () => {
  const daily = 'meter,date,usage_gal\nD1,2026-03-07,1\nD1,2026-03-08,2\nD1,2026-03-09,3\n'
  expect(await spansOf(daily)).toEqual(['03-07T08:00 86400', '03-08T08:00 82800', '03-09T07:00 86400'])
  expect(await inspectText('csv', daily)).toMatchObject({
    first: '2026-03-07T08:00:00Z',
    last: '2026-03-09T07:00:00Z',
  })
})

test('every register value that came before is counted, not one for its line', async () => {
  const line =
    'MEPMD01,20080501,ACME,N:1,9,,202606051500,B1,OK,W,CFREG,1,00000100,3,202606010100,,1,,,2,,,3\n'
  const found = await inspectText('cmep', line + line)
  expect(found).toMatchObject({ reads: 3, skipped: { repeated: 3 } })
})

test('a row with use and register that came before is one row', async () => {
  const row = 'Q1,2026-01-01T01:00:00Z,1,100\n'
  const found = await inspectText('csv', `meter,timestamp,usage_gal,register_gal\n${row}${row}`)
  expect(found).toMatchObject({ rows: 2, reads: 1, intervals: 1, skipped: { repeated: 1 } })
})

test('a file that makes up a reason for every row is counted, not remembered', async () => {
  const rows = Array.from({ length: 1_000 }, (_, no) => `M${no},2026-01-02,,S${no}\n`)
  const found = await inspectText('csv', `serial,read date,reading,skip code\n${rows.join('')}`)
  expect(Object.keys(found.skipped)).toHaveLength(201)
  expect(Object.values(found.skipped).reduce((sum, count) => sum + count, 0)).toBe(1_000)
})

test.each(['constructor', 'toString', '__proto__'])('the unit of measure %s is nobody’s', async uom => {
  const type = `<ReadingType><uom>${uom}</uom></ReadingType>`
  const reading =
    '<IntervalReading><timePeriod><duration>3600</duration><start>1772784000</start></timePeriod><value>1</value></IntervalReading>'
  const found = await inspectText(
    'greenbutton',
    `<UsagePoint><MeterReading>${type}<IntervalBlock>${reading}</IntervalBlock></MeterReading></UsagePoint>`,
  )
  expect(found.errors[0]).toMatchObject({ field: 'uom' })
  expect(Object.keys(JSON.parse(JSON.stringify(found)))).toHaveLength(12)
})
