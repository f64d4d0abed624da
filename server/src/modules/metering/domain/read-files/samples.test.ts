/** The published samples, with the figures that stand beside them. */
import { expect, test } from 'vitest'
import { inspectText, recordsOf, sampleFile } from '../../../../../../tools/testing/meter-files.ts'
import type { ReadFileFormat } from './kinds.ts'

type Expected = Record<string, unknown>
const samples: readonly (readonly [ReadFileFormat, string, Expected])[] = [
  [
    'cmep',
    'cmep/HARBR_IntervalReport_202606030815.txt',
    { rows: 6, meters: 3, reads: 3, intervals: 30, sum: 521, unit: 'cf', skipped: { N32: 3 } },
  ],
  [
    'greenbutton',
    'greenbutton/water-hourly-spring-forward.xml',
    { rows: 95, meters: 1, intervals: 95, sum: 569.896, unit: 'gal', first: '2026-03-06T08:00:00Z' },
  ],
  ['greenbutton', 'greenbutton/gas-direct-abridged.xml', { rows: 5, intervals: 5, sum: 140, unit: 'therm' }],
  ['greenbutton', 'greenbutton/electric-containerized-abridged.xml', { intervals: 8, sum: 4086, unit: 'wh' }],
  ['greenbutton', 'greenbutton/hourly-nine-days.xml', { intervals: 216, sum: 199563, unit: 'wh' }],
  [
    'beacon',
    'vendor/beacon-360-report.csv',
    { rows: 2, meters: 1, reads: 2, intervals: 2, sum: 10, unit: 'gal' },
  ],
  ['aclara', 'vendor/aclara-hourly.csv', { rows: 72, meters: 3, reads: 72, intervals: 0, unit: 'cf' }],
  ['autoread', 'handheld/autoread-route-import.txt', { rows: 25, meters: 25, skipped: { 'to-be-read': 25 } }],
  [
    'mvrs',
    'handheld/mvrs-like-upload.txt',
    { rows: 10, meters: 10, reads: 9, skipped: { 'skip-code-12': 1 } },
  ],
  [
    'csv',
    'interval/ampds-house-hourly-2012-04_2013-03.csv',
    {
      rows: 8760,
      meters: 1,
      intervals: 8760,
      reads: 8754,
      sum: 255324.974,
      unit: 'l',
      skipped: { stale: 6 },
    },
  ],
  [
    'csv',
    'monthly/santa-monica-2014-2016-odd-customers.csv.gz',
    { rows: 113949, meters: 8934, intervals: 113949, sum: 6260577, unit: 'ccf' },
  ],
]

for (const [format, path, expected] of samples) {
  test(`${path} is taken in with the figures of its sender`, async () => {
    const bytes = sampleFile(path)
    if (!bytes) return
    const found = await inspectText(format, bytes)
    expect(found).toMatchObject({ format, verdict: 'accepted', errors: [], ...expected })
  })
}

test('the fleet with late rows: every hour counts once, and the one that changed is named', async () => {
  const bytes = sampleFile('interval/synthetic-ami-14-meters-21-days.csv.gz')
  if (!bytes) return
  const found = await inspectText('csv', bytes)
  expect(found).toMatchObject({
    verdict: 'accepted-with-exceptions',
    rows: 7044,
    meters: 14,
    intervals: 7032,
    skipped: { repeated: 11, replaced: 1 },
  })
  expect(found.errors).toEqual([
    { line: 6037, field: 'value', message: expect.stringContaining('A700011 at 2026-05-03T19:00:00Z') },
  ])
})

test('each reading of a handheld comes back as it was entered, also the rollover and the backward one', async () => {
  const bytes = sampleFile('handheld/mvrs-like-upload.txt')
  const expected = sampleFile('handheld/mvrs-like-upload.expected.json')
  if (!bytes || !expected) return
  const records = await recordsOf('mvrs', bytes)
  const seen = records.flatMap((record): Expected[] => {
    if (record.is === 'register') {
      const { account, meter, previous, value } = record
      return [{ account, meter, previous: Number(previous), current: Number(value), skip: null }]
    }
    return record.is === 'skip'
      ? [{ account: record.account, meter: record.meter, current: null, skip: '12' }]
      : []
  })
  const wanted = JSON.parse(new TextDecoder().decode(expected)) as Expected[]
  expect(seen).toEqual(wanted.map(({ previous, ...rest }) => (rest.skip ? rest : { ...rest, previous })))
})

test('a file given as another format is refused, and the right one is named', async () => {
  for (const [wrong, path, right] of [
    ['cmep', 'vendor/aclara-hourly.csv', 'aclara'],
    ['aclara', 'vendor/beacon-360-report.csv', 'beacon'],
    ['greenbutton', 'cmep/HARBR_IntervalReport_202606030815.txt', 'cmep'],
    ['mvrs', 'handheld/autoread-route-import.txt', 'autoread'],
    ['cmep', 'greenbutton/water-hourly-spring-forward.xml', 'greenbutton'],
    ['equinox', 'handheld/mvrs-like-upload.txt', 'mvrs'],
  ] as const) {
    const bytes = sampleFile(path)
    if (!bytes) return
    const found = await inspectText(wrong, bytes)
    expect(found.verdict, path).toBe('rejected')
    expect(found.errors.at(-1)?.message, path).toContain(`looks like the format ${right}`)
  }
})
