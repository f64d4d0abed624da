/** Files cut anywhere and changed anywhere: never a throw, never silence where the file could have told. */
import type { LocalDate } from '@curbstop/kernel/dates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inPieces } from '../../../../../../tools/testing/meter-files.ts'
import { writeRecord } from './fixed-width.ts'
import { type Inspection, inspectReadFile } from './inspect.ts'
import type { ReadFileFormat } from './kinds.ts'
import type { Layout, LayoutField } from './layout-kinds.ts'
import { autoreadReturn, autoreadRoute, equinox, mvrsOwn } from './layouts.ts'
import { writeGreenButton } from './write-green-button.ts'

const rows = <T>(count: number, make: (no: number) => T): T[] =>
  Array.from({ length: count }, (_, no) => make(no))
const hour = (no: number) => String(no + 1).padStart(2, '0')

const cmep = rows(
  4,
  no =>
    `MEPMD01,20080501,S,H:1,130${no},B700${no},202606031515,B700${no},OK,W,CF,1.0,00000100,5,` +
    `${rows(5, at => `2026060${no + 1}${hour(at)}00,R0,${no * 31 + at * 7}`).join(',')}\n`,
).join('')
const csv = `meter_id,read_time_utc,register_gal,interval_gal,quality\n${rows(
  12,
  no => `A1,2026-06-01T${hour(no)}:00:00Z,${1000 + no * 3},3,R\n`,
).join('')}`
const aclara = `AccountNumber,MeterSN,MTUID,Port,RawRead,ScaledRead,ReadingTime,LocalTime,Scalar,Description\n${rows(
  8,
  no =>
    `1,70000,440,1,${19034 + no},${((19034 + no) / 10).toFixed(1)},2026-06-01 ${hour(no + 7)}:00:00.000,2026-06-01 ${hour(no)}:00:00.000,0.1,M25 0.1CuFt\n`,
).join('')}`
const beacon = `"Endpoint_SN","Flow","Flow_Time","Flow_Unit","Meter_ID","Raw_Read","Read","Read_Time","Read_Unit","Signal"\n${rows(
  6,
  no =>
    `"E1","5.${no}","2026-06-01 ${hour(no)}:00","Gallons","M1","02276${no + 1}","227.6${no + 1}","2026-06-01 ${hour(no)}:00","CCF","good"\n`,
).join('')}`
const green = [
  ...writeGreenButton({
    customer: '1',
    usagePoint: '5',
    title: 'Water',
    unit: 'gal',
    seconds: 3600,
    zone: 'America/Los_Angeles',
    madeAt: 1_775_000_000,
    uses: rows(8, no => ({
      startsAt: 1_772_784_000 + no * 3600,
      seconds: 3600,
      value: `${no}.5`,
      quality: 'measured' as const,
    })),
  }),
].join('')

function lines(
  layout: Layout,
  all: readonly (readonly [string | null, Partial<Record<LayoutField, string>>])[],
): string {
  return all
    .map(([tag, fields]) => {
      const record = layout.records.find(one => (one.tag ?? null) === tag)!
      const written = writeRecord(layout, record, fields)
      return 'text' in written ? `${written.text}\r\n` : ''
    })
    .join('')
}

const read = (no: number) =>
  ({
    account: `A${no}`,
    meter: `M${no}`,
    route: '12',
    reading: String(1700 + no),
    dials: '5',
    date: '260304',
    time: '0915',
  }) as const
const mvrs = lines(mvrsOwn, [
  ['FHD', {}],
  ['RHD', { route: '12', customers: '3', meters: '3' }],
  ...rows(3, no => [
    ['CUS', { ...read(no), meters: '1' }] as const,
    ['MTR', read(no)] as const,
    ['RDG', read(no)] as const,
  ]).flat(),
  ['RTR', { route: '12', customers: '3', meters: '3' }],
  ['FTR', { routes: '1', customers: '3', meters: '3', reads: '3' }],
])
const autoread = lines(
  autoreadReturn,
  rows(5, no => [null, { ...read(no), meterId: `5500${no}`, date: '03042026', time: '091500' }] as const),
)
const route = lines(
  autoreadRoute,
  rows(
    5,
    no =>
      [
        null,
        { account: `A${no}`, address: '1 A ST', meterId: `55${no}`, meterType: 'W', meter: `7${no}` },
      ] as const,
  ),
)
const neptune = lines(equinox, [
  ['COMHD', { company: '1', date: '20260304' }],
  ['RTEHD', { date: '20260305' }],
  ...rows(3, no => [
    ['PRMDT', read(no)] as const,
    ['MTRDT', read(no)] as const,
    ['RDGDT', read(no)] as const,
  ]).flat(),
])

const files: readonly (readonly [ReadFileFormat, string])[] = [
  ['cmep', cmep],
  ['csv', csv],
  ['aclara', aclara],
  ['beacon', beacon],
  ['greenbutton', green],
  ['mvrs', mvrs],
  ['autoread', autoread],
  ['autoread', route],
  ['equinox', neptune],
]

const look = (format: ReadFileFormat, bytes: Uint8Array) =>
  inspectReadFile(format, inPieces(bytes, 8192), { on: '2026-11-23' as LocalDate })

/** All that a person would compare with the sender's figures. */
const figures = ({ rows: count, meters, reads, intervals, first, last, sum, unit, skipped }: Inspection) =>
  JSON.stringify([count, meters, reads, intervals, first, last, sum, unit, skipped])

function isSpoken(found: Inspection): void {
  if (found.verdict === 'rejected') expect(found.errors.length).toBeGreaterThan(0)
  if (found.verdict === 'accepted') expect(found.errors).toEqual([])
  for (const error of found.errors) expect(error.message).toMatch(/^[A-Z‘0-9].*[.]$/)
}

describe.each(files)('%s', (format, text) => {
  const bytes = new TextEncoder().encode(text)

  test('a file cut at any length is refused, mentioned, or cut between two rows', async () => {
    const whole = await look(format, bytes)
    expect(whole.verdict, JSON.stringify(whole.errors)).toBe('accepted')
    // Long files are cut at every length near their end and at some lengths before.
    const step = Math.ceil(bytes.length / 700)
    for (let length = 0; length < bytes.length; length += length > bytes.length - 150 ? 1 : step) {
      const found = await look(format, bytes.subarray(0, length))
      isSpoken(found)
      if (found.verdict !== 'accepted' || figures(found) === figures(whole)) continue
      // Without a trailer nobody can tell that whole rows are missing at the end; anything else must be seen.
      const rest = text.slice(length)
      expect(text[length - 1] === '\n' || /^\r?\n/.test(rest), `cut at ${length}`).toBe(true)
      expect(['mvrs', 'greenbutton'], `cut at ${length}`).not.toContain(format)
    }
  })

  test('any bytes changed: an answer in words, and totals that prove themselves keep proving', async () => {
    const whole = await look(format, bytes)
    // A header that names another column is another file, not a damaged one.
    const body = format === 'csv' ? text.indexOf('\n') + 1 : 0
    const change = fc.record({
      at: fc.integer({ min: body, max: bytes.length - 1 }),
      to: fc.integer({ min: 0, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async changes => {
        const spoilt = bytes.slice()
        for (const { at, to } of changes) spoilt[at] = to
        const found = await look(format, spoilt)
        isSpoken(found)
        if (found.verdict !== 'accepted') return
        // A digit may have become another digit; a reading may not have come or gone.
        expect([found.rows, found.reads, found.intervals]).toEqual([whole.rows, whole.reads, whole.intervals])
      }),
      { seed: 20_261_123, numRuns: 250 },
    )
  })

  test('pieces torn out, doubled or filled with noise never stop the reader', async () => {
    const place = fc.nat(bytes.length)
    await fc.assert(
      fc.asyncProperty(place, place, fc.uint8Array({ maxLength: 80 }), async (one, two, noise) => {
        const [from, to] = one < two ? [one, two] : [two, one]
        const torn = [...bytes.subarray(0, from), ...noise, ...bytes.subarray(to)]
        const doubled = [...bytes.subarray(0, to), ...noise, ...bytes.subarray(from)]
        isSpoken(await look(format, Uint8Array.from(torn)))
        isSpoken(await look(format, Uint8Array.from(doubled)))
      }),
      { seed: 4711, numRuns: 120 },
    )
  })
})
