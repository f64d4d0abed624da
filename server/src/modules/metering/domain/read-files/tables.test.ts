import { describe, expect, test } from 'vitest'
import { inspectText, recordsOf } from '../../../../../../tools/testing/meter-files.ts'
import { mappingFaults, suggestMapping } from './csv-mapping.ts'
import { parseMapping } from './settings.ts'

describe('columns told by their names', () => {
  test.each([
    [
      'meter_id,read_time_utc,register_gal,interval_gal,quality',
      {
        meter: 'meter_id',
        readAt: 'read_time_utc',
        register: 'register_gal',
        interval: 'interval_gal',
        quality: 'quality',
      },
    ],
    [
      'Meter Serial Number,Read Date,Reading,Previous Reading,Route',
      {
        meter: 'Meter Serial Number',
        readAt: 'Read Date',
        register: 'Reading',
        previous: 'Previous Reading',
        route: 'Route',
      },
    ],
    [
      'cust_id,bill_year,bill_month,usage_ccf',
      { account: 'cust_id', year: 'bill_year', month: 'bill_month', interval: 'usage_ccf' },
    ],
    [
      'MeterSN,EndpointSN,ReadTime,Consumption,Unit',
      { meter: 'MeterSN', endpoint: 'EndpointSN', readAt: 'ReadTime', interval: 'Consumption', unit: 'Unit' },
    ],
    [
      'AccountNumber,MeterNo,Timestamp,Usage (gallons)',
      { account: 'AccountNumber', meter: 'MeterNo', readAt: 'Timestamp', interval: 'Usage (gallons)' },
    ],
  ])('%s', (header, columns) => {
    const names = header.split(',')
    expect(suggestMapping(names).columns).toEqual(columns)
    expect(mappingFaults(suggestMapping(names), names)).toEqual([])
  })

  test('a header that tells nothing is refused with what is missing; a mapping mends it', async () => {
    const text = 'a,b,c\nM1,2026-03-04,17\n'
    const found = await inspectText('csv', text)
    expect(found.errors[0]?.message).toContain('no column names the meter')
    const mapping = parseMapping('{"columns":{"meter":"a","readAt":"b","register":"c"},"registerUnit":"ccf"}')
    expect(await inspectText('csv', text, { mapping: mapping as never })).toMatchObject({
      reads: 1,
      sum: 17,
      unit: 'ccf',
    })
    expect(parseMapping('{"columns":{"meter":5}}')).toMatch(/columns\.meter/)
    expect(parseMapping('no')).toMatch(/no JSON/)
  })
})

describe('plain CSV', () => {
  const hourly = (...rows: string[]) =>
    `${['meter_id,read_time,register_gal,interval_gal,flag', ...rows].join('\n')}\n`

  test.each([';', '\t', '|'])('columns parted by %j, quoted numbers with thousands', async separator => {
    const text = `meter,read_date,reading\nM1,2026-03-04,"1,234.50"\n`.replaceAll(/,(?!\d{3}\.)/g, separator)
    expect(await inspectText('csv', text)).toMatchObject({ verdict: 'accepted', sum: 1234.5 })
  })

  test('a blank hour and a stale register are no reads, and not zeros', async () => {
    const text = hourly('M1,2026-06-01 01:00,5,1,', 'M1,2026-06-01 02:00,,,', 'M1,2026-06-01 03:00,5,0,STALE')
    expect(await inspectText('csv', text)).toMatchObject({
      intervals: 2,
      reads: 1,
      skipped: { 'no-reading': 1, 'no-register': 1, stale: 1 },
    })
  })

  test.each([
    ['flag', 'M1,2026-06-01 02:00,5,1,WAT'],
    ['interval_gal', 'M1,2026-06-01 02:00,5,1e,'],
    ['read_time', 'M1,yesterday,5,1,'],
    ['read_time', 'M1,2026-03-08 02:30,5,1,'],
    ['meter_id', ',2026-06-01 02:00,5,1,'],
    ['line', 'M1,2026-06-01 02:00,5,1'],
    ['line', 'M1,2026-06-01 02:00,5,1,,'],
    ['line', 'M1,"2026-06-01 02:00"x,5,1,'],
    ['line', 'M1,2026-06-01\x07 02:00,5,1,'],
  ])('a wrong %s costs its own row and no other', async (field, bad) => {
    const found = await inspectText(
      'csv',
      hourly('M1,2026-06-01 01:00,5,1,', bad, 'M1,2026-06-01 03:00,7,1,'),
    )
    expect(found).toMatchObject({ verdict: 'accepted-with-exceptions', rows: 3 })
    expect(found.intervals).toBeGreaterThanOrEqual(2)
    expect(found.errors[0]).toMatchObject({ line: 3, field })
  })

  test('an open quote costs one row, not the rest of the file', async () => {
    const rows = Array.from({ length: 50 }, (_, no) => `M${no},2026-06-01 01:00,5,1,`)
    rows[10] = 'M10,"2026-06-01 01:00,5,1,'
    const found = await inspectText('csv', hourly(...rows))
    expect(found).toMatchObject({ verdict: 'accepted-with-exceptions', rows: 50, intervals: 49 })
  })

  test('a file that breaks off in a row is refused; a last number that may be short is mentioned', async () => {
    const whole = 'meter,read_date,reading\nM1,2026-03-04,1234\nM2,2026-03-04,5678\n'
    expect((await inspectText('csv', whole.slice(0, -8))).verdict).toBe('rejected')
    expect(await inspectText('csv', whole.slice(0, -3))).toMatchObject({
      verdict: 'accepted-with-exceptions',
      errors: [{ line: 3, field: 'reading' }],
    })
  })

  test('a local stamp beside the instant must agree with it', async () => {
    const text = (local: string) =>
      `meter,time_utc,time_local,usage_gal\nM1,2026-06-01T08:00:00Z,${local},5\nM2,2026-06-01T08:00:00Z,2026-06-01 01:00,5\n`
    expect((await inspectText('csv', text('2026-06-01 01:00'))).verdict).toBe('accepted')
    expect((await inspectText('csv', text('2026-06-01 02:00'))).errors).toMatchObject([
      { line: 2, field: 'time_local' },
    ])
  })

  test('stamps that label the start are told so', async () => {
    const text = 'meter,time_utc,usage_gal\nM1,2026-06-01T08:00:00Z,5\n'
    const [read] = await recordsOf('csv', text, { label: 'start' })
    expect(read).toMatchObject({ startsAt: 1_780_300_800, endsAt: 1_780_304_400 })
  })
})

describe('BEACON', () => {
  const columns =
    'Endpoint_SN,Estimated_Flag,Flow,Flow_Time,Flow_Unit,Meter_ID,Raw_Read,Read,Read_Time,Read_Unit'
  const file = (...rows: string[]) => `${columns}\n${rows.join('\n')}\n`
  const row = (...cells: string[]) => cells.map(cell => `"${cell}"`).join(',')
  const first = row(
    'E1',
    '0',
    '5.0',
    '2026-06-01 00:59',
    'Gallons',
    'M1',
    '022760',
    '227.6',
    '2026-06-01 00:59',
    'CCF',
  )

  test('flow and read have units of their own in one row', async () => {
    const records = await recordsOf('beacon', file(first))
    expect(records).toMatchObject([
      { channel: 'interval', value: '5', unit: 'gal', seconds: 3600 },
      { channel: 'register', value: '227.6', unit: 'ccf' },
      { is: 'end', rows: 1 },
    ])
  })

  test('dials and read that do not agree are named', async () => {
    const bad = first.replaceAll('00:59', '01:59').replace('227.6', '257.6')
    expect((await inspectText('beacon', file(first, bad))).errors).toMatchObject([
      { line: 3, field: 'Raw_Read' },
    ])
  })

  test('the billing export: both sides of a compound meter, and no read where there is none', async () => {
    const header =
      'Account_ID,Meter_ID,Register_Number,Endpoint_SN,Read_Method,Read,Read_Unit,Billing_Read,Read_Time'
    const rows = [
      '1,M1,L,E1,Fixed,123.45,CCF,123,2026-03-04 10:00',
      '1,M1,2,E1,Fixed,7.2,CCF,7,2026-03-04 10:00',
      '2,M2,,E2,n/a,,CCF,,',
      '3,M3,,E3,Manual,5,CCF,6,2026-03-04 10:00',
    ]
    const text = `${[header, ...rows].join('\n')}\n`
    const found = await inspectText('beacon', text)
    expect(found).toMatchObject({ reads: 2, unit: 'ccf', skipped: { 'no-reading': 1 } })
    expect(found.errors).toMatchObject([{ line: 5, field: 'Billing_Read' }])
    expect((await recordsOf('beacon', text)).slice(0, 2)).toMatchObject([
      { registerId: 'L' },
      { registerId: 'H' },
    ])
  })
})

describe('Aclara', () => {
  const header =
    'AccountNumber,MeterSN,MTUID,Port,RawRead,ScaledRead,ReadingTime,LocalTime,Scalar,Description'
  const row = (change: Record<string, string> = {}) => {
    const cells = {
      RawRead: '19034063',
      ScaledRead: '019034.063',
      ReadingTime: '2026-06-01 08:00:00.000',
      LocalTime: '2026-06-01 01:00:00.000',
      Scalar: '0.001',
      ...change,
    }
    return `1,70000,440,1,${cells.RawRead},${cells.ScaledRead},${cells.ReadingTime},${cells.LocalTime},${cells.Scalar},M25 9D 0.001CuFt`
  }
  test('the product of dials and multiplier is proved in every row', async () => {
    expect(await inspectText('aclara', `${header}\n${row()}\n`)).toMatchObject({
      verdict: 'accepted',
      sum: 19034.063,
    })
  })

  test.each([
    ['ScaledRead', { ScaledRead: '019034.064' }],
    ['ScaledRead', { RawRead: '19034064' }],
    ['ScaledRead', { Scalar: '0.01' }],
    ['LocalTime', { LocalTime: '2026-06-01 02:00:00.000' }],
    ['ReadingTime', { ReadingTime: 'soon' }],
  ])('%s that does not prove is named', async (field, change) => {
    const good = row({ ReadingTime: '2026-06-01 09:00:00.000', LocalTime: '2026-06-01 02:00:00.000' })
    const found = await inspectText('aclara', `${header}\n${good}\n${row(change)}\n`)
    expect(found).toMatchObject({
      verdict: 'accepted-with-exceptions',
      reads: 1,
      errors: [{ line: 3, field }],
    })
  })
})
