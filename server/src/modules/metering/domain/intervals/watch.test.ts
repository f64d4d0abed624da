import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  type FleetMeter,
  innocent,
  type Kind,
  makeMeter,
  shippedWatchLimits,
  timeZone,
} from '../../../../../../tools/testing/hour-fleet.ts'
import { compareChannels } from './channels.ts'
import { rollUpDays } from './days.ts'
import type { HourFindingCode, WatchedMeter } from './findings.ts'
import { type Hour, mergeHours } from './hours.ts'
import { hourSeries } from './series.ts'
import { watchHours } from './watch.ts'

const here = dirname(fileURLToPath(import.meta.url))
const shared = process.env.CURBSTOP_SHARED_DATA ?? join(here, '../../../../../../../shared/data')
const limits = shippedWatchLimits()
const accusing: readonly HourFindingCode[] = ['continuous-flow', 'night-flow', 'night-toilet', 'burst']

type Truth = { kind: string; eventStart: string | null; true_total_gal: number; rows: number }
const truth = JSON.parse(
  readFileSync(join(here, 'fixtures/synthetic-ami-14-meters-21-days.truth.json'), 'utf8'),
) as Record<string, Truth>
const delivered = new Map<string, Hour[]>()
for (const line of gunzipSync(readFileSync(join(here, 'fixtures/synthetic-ami-14-meters-21-days.csv.gz')))
  .toString()
  .trim()
  .split('\n')
  .slice(1)) {
  const [id, at, register, volume] = line.split(',')
  const hour: Hour = {
    at: Date.parse(at!) / 1000,
    quality: 'measured',
    volume: Number(volume),
    register: Number(register),
  }
  delivered.set(id!, [...(delivered.get(id!) ?? []), hour])
}
const gallonMeter: WatchedMeter = {
  gallonsPerStep: 1,
  registerGallonsPerStep: 1,
  capacity: 1_000_000,
  resolutionGallons: 1,
  continuousFlowExpected: false,
  account: 'occupied',
  service: 'potable',
}
const meterOf = (kind: string): WatchedMeter => ({
  ...gallonMeter,
  account: kind.startsWith('vacant') ? 'vacant' : 'occupied',
})
const watched = (rows: readonly Hour[], meter: WatchedMeter) => {
  const merged = mergeHours([], rows)
  const series = hourSeries(merged.hours, meter, timeZone)
  return { merged, series, findings: watchHours(series, meter, limits) }
}

/** Rows: what the meter is; columns: what was said of it. */
function confusion(rows: readonly { kind: string; codes: readonly string[] }[]): string {
  const codes = [...new Set(rows.flatMap(row => row.codes))].sort()
  const kinds = [...new Set(rows.map(row => row.kind))]
  const line = (name: string, n: string, cells: string[]) =>
    `${name.padEnd(24)}${n.padStart(7)}${cells.map((cell, at) => cell.padStart((codes[at]?.length ?? 7) + 2)).join('')}`
  const lines = kinds.map(kind => {
    const own = rows.filter(row => row.kind === kind)
    const count = (code: string) => own.filter(row => row.codes.includes(code)).length
    const silent = own.filter(row => row.codes.length === 0).length
    return line(kind, String(own.length), [
      ...codes.map(code => String(count(code) || '·')),
      String(silent || '·'),
    ])
  })
  return [line('', 'meters', [...codes, 'silent']), ...lines].join('\n')
}

test('the fourteen meters with known faults: each fault is found, nobody else is accused, and the table says so', () => {
  const rows: { kind: string; codes: string[] }[] = []
  for (const [id, { kind, eventStart, true_total_gal: total, rows: count }] of Object.entries(truth)) {
    expect(delivered.get(id)).toHaveLength(count)
    const { findings, merged, series } = watched(delivered.get(id)!, meterOf(kind))
    rows.push({ kind, codes: [...new Set(findings.map(one => one.code))] })
    const spoiled = ['unit spike x100', 'late duplicate rows', 'missing day'].includes(kind)
    const sum = merged.hours.reduce((all, hour) => all + hour.volume!, 0)
    if (!spoiled) expect(sum, kind).toBe(total)
    const check = compareChannels(series, 0, series.length - 1, 1)
    const verdicts: Record<string, string> = { 'unit spike x100': 'differ', 'missing day': 'incomplete' }
    if (kind !== 'late duplicate rows') expect(check.verdict, kind).toBe(verdicts[kind] ?? 'agree')
    // before the first register lies its own hour
    expect(check.registerGallons! + delivered.get(id)![0]!.volume!, kind).toBe(total)
    if (kind === 'continuous leak') {
      const found = findings.find(one => one.code === 'continuous-flow')!
      expect(found.foundHour - Date.parse(eventStart!) / 3_600_000).toBeLessThanOrEqual(48)
      expect(found).toMatchObject({ gallonsPerHour: 4, clearedHour: null })
    }
  }
  console.log(confusion(rows))
  const codesOf = (kind: string) => rows.filter(row => row.kind === kind).flatMap(row => row.codes)
  expect(codesOf('normal')).toEqual([])
  expect(codesOf('irrigator')).toEqual([])
  expect(codesOf('vacant')).toEqual([])
  expect(codesOf('register rollover')).toEqual([])
  expect(codesOf('continuous leak')).toEqual(['continuous-flow'])
  expect(codesOf('toilet leak at night')).toEqual(['night-toilet'])
  expect(codesOf('burst 6 hours')).toEqual(['burst'])
  expect(codesOf('stuck register')).toEqual(['stuck'])
  expect(codesOf('backward flow')).toEqual(['backward-flow'])
  expect(codesOf('missing day')).toEqual(['missing'])
  expect(codesOf('unit spike x100')).toEqual(['spike', 'channels-differ'])
})

test('every hour that was delivered twice is stored once; of two values the newest counts, and both are said', () => {
  const rows = delivered.get('A700011')!
  const { hours, added, repeated, changed } = mergeHours([], rows)
  expect([rows.length, hours.length, added, repeated, changed.length]).toEqual([516, 504, 504, 11, 1])
  expect(changed[0]).toMatchObject({ why: 'newest', kept: { volume: 15 } })
  expect(mergeHours(hours, rows.slice(0, 504)).changed).toHaveLength(1) // the old file again: the newest delivery counts
  const again = mergeHours(hours, hours)
  expect(again).toMatchObject({ added: 0, repeated: 504, changed: [] })
})

test('a measured hour is not displaced by an estimate or a silence, and two channels of an hour are one', () => {
  const at = 3600 * 490_000
  const measured: Hour = { at, quality: 'measured', volume: 7, register: null }
  const estimated: Hour = { at, quality: 'estimated', volume: 9, register: null }
  const silent: Hour = { at, quality: 'none', volume: 0, register: null }
  const register: Hour = { at, quality: 'measured', volume: null, register: 500 }
  expect(mergeHours([measured], [estimated, silent])).toMatchObject({ hours: [measured], repeated: 0 })
  expect(mergeHours([measured], [estimated]).changed).toMatchObject([{ why: 'better', dropped: estimated }])
  expect(mergeHours([silent, estimated], [measured]).hours).toEqual([measured])
  expect(mergeHours([register], [measured])).toMatchObject({
    hours: [{ volume: 7, register: 500 }],
    changed: [],
  })
  expect(mergeHours([], [silent])).toMatchObject({ unheard: 1 })
})

/** Twenty-four hours at a time, from one in the afternoon on the wall. */
const flowing = (gallons: readonly number[], changes: Readonly<Record<number, Partial<Hour>>> = {}) => {
  const firstHour = 494_092
  const rows = gallons.map<Hour>((volume, at) => ({
    at: (firstHour + at) * 3600,
    quality: 'measured',
    volume,
    register: null,
    ...changes[at],
  }))
  const leaks = watched(rows, gallonMeter).findings.filter(one => one.code === 'continuous-flow')
  return leaks.map(one => ({ ...one, found: one.foundHour - firstHour, cleared: one.clearedHour }))
}

test('VEE-024, VEE-025: twenty-four hours with flow are a leak at the rate of the lowest, twenty-three are none', () => {
  const hours = [5, 7, 3, ...new Array<number>(21).fill(6)]
  expect(flowing(hours)).toMatchObject([{ found: 23, gallonsPerHour: 3, cleared: null }])
  expect(flowing([...hours.slice(0, 23), 0])).toEqual([])
})

test('TV-20, VEE-026: an estimated hour neither starts an alert nor clears it', () => {
  const day = new Array<number>(24).fill(4)
  expect(flowing(day, { 9: { quality: 'estimated' } })).toEqual([])
  expect(flowing([...day, 4], { 9: { quality: 'estimated' } })).toMatchObject([{ found: 24 }])
  expect(flowing([...day, 0, 4], { 24: { quality: 'estimated' } })).toMatchObject([{ cleared: null }])
  expect(flowing([...day, 0, 4], { 24: { quality: 'none' } })).toMatchObject([{ cleared: null }])
})

test('VEE-027: one measured hour below the threshold clears the alert, and a day of flow opens it anew', () => {
  const day = new Array<number>(24).fill(4)
  const leaks = flowing([...day, 0, ...day])
  expect(leaks.map(leak => leak.cleared === null)).toEqual([false, true])
})

test('VEE-028, VEE-029: a cooling tower and a meter in hundreds of cubic feet raise no alert', () => {
  const rows = Array.from(
    { length: 72 },
    (_, at): Hour => ({
      at: (494_092 + at) * 3600,
      quality: 'measured',
      volume: 748,
      register: null,
    }),
  )
  const codes = (changes: Partial<WatchedMeter>) =>
    watched(rows, { ...gallonMeter, ...changes }).findings.map(one => one.code)
  expect(codes({})).toContain('continuous-flow')
  expect(codes({ continuousFlowExpected: true })).not.toContain('continuous-flow')
  expect(codes({ resolutionGallons: 748 })).not.toContain('continuous-flow')
})

test('days of 23 and 25 hours are whole days, and an hour belongs to the day on which it starts', () => {
  const rowsOf = (from: string, hours: number): Hour[] =>
    Array.from({ length: hours }, (_, at) => ({
      at: Date.parse(from) / 1000 + (at + 1) * 3600,
      quality: 'measured',
      volume: 1,
      register: null,
    }))
  const daysOf = (rows: Hour[]) =>
    rollUpDays(hourSeries(rows, gallonMeter, timeZone)).map(day => [
      day.on,
      day.hoursExpected,
      day.measured,
      day.missing,
    ])
  expect(daysOf(rowsOf('2026-03-07T08:00:00Z', 24 + 23 + 24))).toEqual([
    ['2026-03-07', 24, 24, 0],
    ['2026-03-08', 23, 23, 0],
    ['2026-03-09', 24, 24, 0],
  ])
  expect(daysOf(rowsOf('2026-11-01T07:00:00Z', 25))).toEqual([['2026-11-01', 25, 25, 0]])
  expect(daysOf(rowsOf('2026-11-01T07:00:00Z', 24))).toEqual([['2026-11-01', 25, 24, 1]])
})

test('a fleet of a thousand: leaks within two days, no irrigator, guest or night shift accused', () => {
  const kinds: Kind[] = [...innocent, ...faulty]
  const rows: { kind: Kind; codes: HourFindingCode[]; meter: FleetMeter; found: number | null }[] = []
  for (const kind of kinds)
    for (let seed = 0; seed < (kind === 'home' ? 120 : 30); seed += 1) {
      const meter = makeMeter(kind, seed * 31 + kinds.indexOf(kind))
      const { findings } = watched(meter.rows, meter.meter)
      const leak = findings.find(one => one.code === 'continuous-flow')
      const codes = [...new Set(findings.map(one => one.code))]
      rows.push({ kind, codes, meter, found: leak?.foundHour ?? null })
    }
  console.log(confusion(rows))
  const share = (kind: Kind, codes: readonly HourFindingCode[]) => {
    const own = rows.filter(row => row.kind === kind)
    return own.filter(row => row.codes.some(code => codes.includes(code))).length / own.length
  }
  for (const kind of innocent) expect(share(kind, accusing), `${kind} accused`).toBe(0)
  for (const row of rows.filter(
    ({ kind }) => kind === 'continuous leak' || kind === 'leak under irrigation',
  )) {
    expect(row.codes).toContain('continuous-flow')
    expect(row.found! - row.meter.faultHour!).toBeLessThanOrEqual(48)
  }
  expect(share('toilet', ['night-toilet', 'night-flow', 'continuous-flow'])).toBeGreaterThanOrEqual(0.9)
  for (const [kind, code] of alwaysFound) expect(share(kind, [code]), kind).toBe(1)
})

const faulty: readonly Kind[] = [
  'continuous leak',
  'leak under irrigation',
  'toilet',
  'burst',
  'stuck',
  'backward flow',
  'missing day',
  'spike',
  'vacant with use',
  'missing channel steps',
]
const alwaysFound: readonly (readonly [Kind, HourFindingCode])[] = [
  ['burst', 'burst'],
  ['stuck', 'stuck'],
  ['backward flow', 'backward-flow'],
  ['missing day', 'missing'],
  ['spike', 'spike'],
  ['vacant with use', 'vacant-use'],
  ['missing channel steps', 'channels-differ'],
]

/** AMPds2 (Makonin 2016, CC BY 4.0): a year of a real home, read in place where it is at hand. */
const house = join(shared, 'meter/interval/ampds-house-hourly-2012-04_2013-03.csv')
if (!existsSync(house)) console.log(`intervals: no real home at ${house}; set CURBSTOP_SHARED_DATA`)
else
  test('a real home is not accused in a year, and its hours add up to its register', () => {
    const rows = readFileSync(house, 'utf8').trim().split('\n').slice(1)
    const hours = rows.map<Hour>(line => {
      const [, at, , register, volume, flag] = line.trim().split(',')
      const stale = flag === 'STALE'
      return {
        at: Date.parse(at!) / 1000,
        quality: stale ? 'none' : 'measured',
        volume: Math.round(Number(volume) * 1000),
        register: stale ? null : Math.round(Number(register) * 1000),
      }
    })
    const litre = 0.000_264_172
    const scale = { gallonsPerStep: litre, registerGallonsPerStep: litre, capacity: null }
    const meter: WatchedMeter = { ...gallonMeter, ...scale, resolutionGallons: 1 }
    const { findings, series, merged } = watched(hours, meter)
    console.log(
      findings
        .map(
          one =>
            `${one.code} ${new Date(one.fromHour * 3_600_000).toISOString()} ${JSON.stringify(one.facts)}`,
        )
        .join('\n'),
    )
    expect(findings.filter(one => accusing.includes(one.code))).toEqual([])
    const days = rollUpDays(series)
    expect(days.filter(day => day.hoursExpected !== 24).map(day => [day.on, day.hoursExpected])).toEqual([
      ['2012-11-04', 25],
      ['2013-03-10', 23],
    ])
    expect(merged.unheard).toBe(6)
    const check = compareChannels(series, 0, series.length - 1, 1)
    expect([check.verdict, check.missingHours]).toEqual(['incomplete', 6])
    expect(Math.abs(check.differenceGallons!)).toBeLessThan(0.01) // the silent hours held nothing
  })
