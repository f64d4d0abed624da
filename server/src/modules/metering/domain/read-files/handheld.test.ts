import type { LocalDate } from '@curbstop/kernel/dates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inspectText, recordsOf } from '../../../../../../tools/testing/meter-files.ts'
import { readRecord, recordOf } from './fixed-width.ts'
import type { ReadFileFormat, RegisterRead } from './kinds.ts'
import type { Layout } from './layout-kinds.ts'
import {
  autoreadReturn,
  autoreadRoute,
  equinox,
  ezRoute,
  mvrsOwn,
  radixTypeA,
  sensusNotesBack,
} from './layouts.ts'
import type { RouteStop } from './route-stops.ts'
import { writeRoutes, writeRoutesCsv } from './write-route.ts'

/** A record with texts at 1-based places. */
function record(length: number, ...parts: readonly (readonly [number, string])[]): string {
  const all = Array.from<string>({ length }).fill(' ')
  for (const [at, text] of parts)
    [...text].forEach((letter, index) => {
      all[at - 1 + index] = letter
    })
  return all.join('')
}

async function readsOf(format: ReadFileFormat, text: string, on = '2026-11-23'): Promise<RegisterRead[]> {
  const records = await recordsOf(format, text, { on: on as LocalDate })
  expect(records.filter(one => one.is === 'error')).toEqual([])
  return records.filter((one): one is RegisterRead => one.is === 'register')
}

describe('the layouts of the vendors', () => {
  test('Radix type A', async () => {
    const text = `${record(36, [4, '012'], [7, 'ACC001'], [14, '0001234'], [21, '032626'], [27, 'M1'])}\r\n`
    expect(await readsOf('radix', text)).toMatchObject([
      { route: '012', account: 'ACC001', value: '1234', readOn: '2026-03-26', meter: 'M1' },
    ])
  })

  test('Sensus with notes: a December read handed over in January is of last year', async () => {
    const text = (day: string) =>
      `${record(91, [1, 'ACC1'], [13, 'M1'], [43, 'M'], [44, '000001234'], [53, day], [57, '07'], [59, 'R1'])}\n`
    const years = async (day: string, on: string) => (await readsOf('sensus-notes', text(day), on))[0]?.readOn
    expect(await years('1228', '2026-01-03')).toBe('2025-12-28')
    expect(await years('0103', '2026-01-03')).toBe('2026-01-03')
    expect(await years('0229', '2026-01-03')).toBe('2024-02-29')
    const [read] = await readsOf('sensus-notes', text('1228'), '2026-01-03')
    expect(read).toMatchObject({ note: '07', registerId: 'R1', value: '1234' })
  })

  test('EZRoute', async () => {
    const parts = [
      [1, 'R1'],
      [15, '000010'],
      [29, 'M77'],
      [69, '      4321'],
      [136, '030426'],
      [468, 'A1'],
    ] as const
    expect(await readsOf('ezroute', `${record(508, ...parts)}\n`)).toMatchObject([
      { route: 'R1', sequence: '000010', meter: 'M77', value: '4321', readOn: '2026-03-04', account: 'A1' },
    ])
  })

  test('AutoRead hands back readings by its own field list', async () => {
    const parts = [
      [1, '001000-00'],
      [16, '55000000'],
      [24, '0000070000'],
      [34, '0000014095'],
      [44, '03042026'],
    ] as const
    const text = `${record(111, ...parts, [52, '091500'], [59, '  '])}\n`
    expect(await readsOf('autoread', text)).toMatchObject([
      { account: '001000-00', meter: '0000070000', value: '14095', readAt: '2026-03-04T17:15:00Z' },
    ])
  })

  test('Smart Earth leaves gas and electricity out', async () => {
    const text =
      'Meter ID,Premise ID,Commodity,Reading,Read Date\nM1,P1,W,123,03/04/2026\nM2,P2,G,5,03/04/2026\n'
    expect(await inspectText('smart-earth', text)).toMatchObject({
      reads: 1,
      sum: 123,
      skipped: { 'not-water': 1 },
    })
  })
})

describe('Equinox', () => {
  const file = [
    record(58, [1, 'COMHD'], [6, '0001'], [10, '20260304'], [18, 'HARBR'], [58, '2']),
    record(31, [1, 'RTEHD'], [24, '20260305']),
    record(123, [1, 'PRMDT'], [104, 'ACC1']),
    record(57, [1, 'MTRDT'], [6, '000010'], [38, 'M1']),
    record(98, [1, 'RDGDT'], [50, ' 6'], [89, '0000001234']),
    record(13, [1, 'ORDST'], [6, '20260306']),
    record(123, [1, 'PRMDT'], [104, 'ACC2']),
    record(57, [1, 'MTRDT'], [6, '000020'], [38, 'M2']),
    record(98, [1, 'RDGDT'], [50, ' 6'], [89, '0000009999']),
  ].map(line => `${line.trimEnd()}\r\n`)

  test('a reading has the account, the meter and the date of the records around it', async () => {
    expect(await readsOf('equinox', file.join(''))).toMatchObject([
      { account: 'ACC1', meter: 'M1', sequence: '000010', value: '1234', dials: 6, readOn: '2026-03-06' },
      { account: 'ACC2', meter: 'M2', sequence: '000020', value: '9999', dials: 6, readOn: '2026-03-05' },
    ])
  })

  test('a reading under no meter of its premise refuses the file', async () => {
    const found = await inspectText('equinox', file.filter((_, at) => at !== 7).join(''))
    expect(found).toMatchObject({ verdict: 'rejected', errors: [{ line: 8, field: 'tag' }] })
  })
})

describe('MV-RS', () => {
  const line = (...parts: Parameters<typeof record>[1][]) => `${record(126, ...parts)}\r\n`
  const reading = (no: number, value: string) => [
    line([1, 'CUS00000012'], [12, '01'], [14, `A${no}`]),
    line([1, 'MTR00000012'], [46, `M${no}`]),
    line(
      [1, 'RDG00000012W'],
      [13, value],
      [23, '05'],
      [25, '260304'],
      [31, '0915'],
      [41, `A${no}`],
      [61, `M${no}`],
    ),
  ]
  const route = (lines: readonly string[], counts = '0000000200 02'.replace(' ', '')) => [
    line([1, 'FHD']),
    line([1, 'RHD00000012'], [14, counts]),
    ...lines,
    line([1, 'RTR00000012'], [14, counts]),
    line([1, 'FTR'], [8, '001000002000002000002']),
  ]
  const sound = route([...reading(1, '0000000017'), ...reading(2, '0000000018')])

  test('a sound file is taken in', async () => {
    expect(await inspectText('mvrs', sound.join(''))).toMatchObject({
      verdict: 'accepted',
      reads: 2,
      sum: 35,
    })
  })

  test('every record that is lost or comes twice is seen by the counts', async () => {
    for (let at = 0; at < sound.length; at++) {
      const lost = await inspectText('mvrs', sound.filter((_, no) => no !== at).join(''))
      expect(lost.verdict, `without line ${at + 1}`).toBe('rejected')
      if (at === 0) continue
      const twice = await inspectText(
        'mvrs',
        sound.flatMap((text, no) => (no === at ? [text, text] : [text])).join(''),
      )
      expect(twice.verdict, `line ${at + 1} twice`).toBe('rejected')
    }
  })

  test('an unknown record is passed over and named, never fatal', async () => {
    const found = await inspectText(
      'mvrs',
      [...sound.slice(0, 3), line([1, 'XYZ']), ...sound.slice(3)].join(''),
    )
    expect(found).toMatchObject({ verdict: 'accepted-with-exceptions', reads: 2 })
    expect(found.errors).toMatchObject([{ line: 4, field: 'tag' }])
  })

  test('more digits than dials, another meter than the record above, a date that is none: left out and named', async () => {
    const spoil = (from: string, to: string) => inspectText('mvrs', sound.join('').replace(from, to))
    expect((await spoil('0000000017', '0000170000')).errors).toMatchObject([{ line: 5, field: 'reading' }])
    expect((await spoil('M1      ', 'M7      ')).errors).toMatchObject([{ line: 5, field: 'meter' }])
    expect((await spoil('260304', '261304')).errors).toMatchObject([{ line: 5, field: 'date' }])
  })

  test('the positions of the published converter are told from ours', async () => {
    const own = (no: number) => [
      line([1, 'CUS']),
      line([1, 'MTR'], [46, `M${no}`]),
      line([1, 'RDG00000012'], [34, '0000001234'], [48, '03042026'], [56, '091500']),
    ]
    const text = [
      line([1, 'FHD']),
      line([1, 'RHD00000012']),
      ...own(1),
      ...own(2),
      line([1, 'RTR00000012']),
      line([1, 'FTR'], [8, '001000002000002000002'], [120, '000000']),
    ]
    expect(await readsOf('mvrs', text.join(''))).toMatchObject([
      { meter: 'M1', value: '1234', readOn: '2026-03-04', readAt: '2026-03-04T17:15:00Z' },
      { meter: 'M2' },
    ])
  })
})

const word = (max: number) =>
  fc
    .string({ unit: fc.constantFrom(...'ABCDEFGHKLMN0123456789 -'), maxLength: max })
    .map(text => text.trim().replace(/^-+/, ''))
const id = (max: number) => fc.stringMatching(new RegExp(`^[A-Z1-9][A-Z0-9]{0,${max - 1}}$`))
const count = fc.integer({ min: 0, max: 99_999 }).map(String)
const stopOf: fc.Arbitrary<RouteStop> = fc.record({
  route: fc.constantFrom('12', '7', 'R9'),
  sequence: id(6),
  account: id(6),
  name: word(20),
  address: id(18),
  comment: word(14),
  meter: id(8),
  dials: fc.integer({ min: 4, max: 9 }),
  previous: count,
  low: count,
  high: count,
})
const heading = { company: '0001', companyName: 'Harbor Water', on: '2026-03-04' }

describe('routes out to the handheld', () => {
  test.each([
    ['AutoRead', autoreadRoute],
    ['AutoRead return', autoreadReturn],
    ['MV-RS', mvrsOwn],
    ['Equinox', equinox],
    ['Sensus', sensusNotesBack],
    ['EZRoute', ezRoute],
    ['Radix', radixTypeA],
  ] as const)('what %s writes it reads back field by field', (_, layout: Layout) => {
    const texts = ['route', 'account', 'sequence', 'meter', 'address', 'name', 'comment'] as const
    fc.assert(
      fc.property(
        fc.uniqueArray(stopOf, { minLength: 1, maxLength: 8, selector: stop => stop.meter }),
        stops => {
          const seen = new Set<string>()
          for (const text of writeRoutes(layout, stops, heading)) {
            if (text === '') continue
            expect(text.endsWith('\r\n')).toBe(true)
            const kind = recordOf(layout, text)!
            const { fields, faults } = readRecord(kind, text.slice(0, -2))
            expect(faults).toEqual([])
            const serial = fields.meter?.replace(/^0+/, '')
            const stop = stops.find(one => one.meter === serial)
            if (!stop) continue
            seen.add(stop.meter)
            for (const field of texts)
              if (fields[field])
                expect([fields[field], fields[field].replace(/^0+/, '')]).toContain(stop[field])
            for (const field of ['previous', 'low', 'high'] as const) {
              if (fields[field]) expect(String(Number(fields[field]))).toBe(stop[field])
            }
          }
          expect(seen.size).toBe(stops.length)
        },
      ),
      { seed: 11, numRuns: 60 },
    )
  })

  test.each([
    ['autoread', autoreadRoute, 'to-be-read'],
    ['mvrs', mvrsOwn, 'no-reading'],
    ['equinox', equinox, 'no-reading'],
  ] as const)('the %s route of a day proves its own counts', async (format, layout, reason) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(stopOf, { minLength: 1, maxLength: 12, selector: stop => stop.meter }),
        async stops => {
          const text = [...writeRoutes(layout, stops, heading)].join('')
          const found = await inspectText(format, text)
          expect(found).toMatchObject({
            verdict: 'accepted',
            meters: stops.length,
            skipped: { [reason]: stops.length },
          })
        },
      ),
      { seed: 12, numRuns: 40 },
    )
  })

  test('a long address is cut to its place; an account that does not fit is refused, never cut', () => {
    const stop = fc.sample(stopOf, { seed: 5, numRuns: 1 })[0]!
    const long = { ...stop, address: '1234567890123456789012345', name: 'Peña–O’Hara' }
    const [line] = [...writeRoutes(autoreadRoute, [long], heading)].filter(Boolean)
    expect(line).toMatch(/^12345678901234567890(?!1)/)
    expect(line).toContain("Pena-O'Hara")
    expect(() => [...writeRoutes(autoreadRoute, [{ ...stop, account: 'X'.repeat(16) }], heading)]).toThrow(
      /does not fit/,
    )
    expect(() => [...writeRoutes(autoreadRoute, [{ ...stop, address: '' }], heading)]).toThrow(
      /has no address/,
    )
  })

  test('the CSV of a route reads back once the readings are filled in', async () => {
    const stops = fc
      .sample(stopOf, { seed: 6, numRuns: 5 })
      .map((stop, no) => ({ ...stop, meter: `M${no}`, comment: 'dog, "gate"' }))
    const [header, ...rows] = [...writeRoutesCsv(stops)]
    const filled = rows.map(row => row.replace(/,,\r\n$/, ',2026-03-04,123\r\n'))
    expect(await inspectText('csv', [header, ...filled].join(''))).toMatchObject({
      verdict: 'accepted',
      reads: 5,
      sum: 615,
    })
  })
})
