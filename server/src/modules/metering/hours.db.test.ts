import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { localDate } from '@curbstop/kernel/dates'
import { asId, type MeterId, type ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { layPlace, makePremise, people } from '../../../../tools/testing/place.ts'
import { loadFile } from './commands/loading/file.ts'
import { addMeter } from './commands/meters.ts'
import { watchSome } from './commands/watch.ts'
import { dayOf } from './domain/intervals/day-hours.ts'
import { inspectReadFile } from './domain/read-files/index.ts'
import { getException } from './queries/exceptions.ts'
import { getGreenButton } from './queries/green-button-out.ts'
import { getRouteFile } from './queries/route-out.ts'

const fixture = (name: string) => readFileSync(new URL(`domain/intervals/fixtures/${name}`, import.meta.url))
const fleet = gunzipSync(fixture('synthetic-ami-14-meters-21-days.csv.gz')).toString()
const truth = JSON.parse(fixture('synthetic-ami-14-meters-21-days.truth.json').toString()) as Record<
  string,
  { kind: string; rows: number }
>
let database: TestDatabase
const meters = new Map<string, { meterId: MeterId; servicePointId: ServicePointId }>()

beforeAll(async () => {
  database = await createTestDatabase()
  await layPlace(database)
  await sql`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
    values ('Test', 'Test', 'America/Los_Angeles', 'ccf', '-', '-', '-')`.execute(database.owner)
  for (const [serial, { kind }] of Object.entries(truth)) await hang(serial, kind)
})
afterAll(() => database?.drop())

async function hang(serial: string, kind: string): Promise<void> {
  const place = {
    house: serial,
    street: 'Hour St',
    class: kind === 'irrigator' ? 'irrigation' : 'single-family',
  }
  const { water: servicePointId } = await makePremise(database, place)
  const registers = [{ registerNo: 1, unit: 'gal' as const, dials: 6, multiplier: '1' }]
  const { meterId } = await actingAs(database).run(ctx =>
    addMeter(ctx, { serial, make: 'Badger', size: '5/8"', kind: 'ultrasonic', registers }),
  )
  await sql`insert into metering.installation (service_point_id, meter_id, installed, in_value, installed_by)
    values (${servicePointId}, ${meterId}, daterange('2025-01-01', null), '{0}', 1)`.execute(database.owner)
  if (kind !== 'vacant')
    await sql`insert into accounts.occupancy (service_point_id, account, period, started_by)
      values (${servicePointId}, ${meters.size + 500}, daterange('2025-01-01', null), 1)`.execute(
      database.owner,
    )
  meters.set(serial, { meterId, servicePointId })
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  for (let at = 0; at < text.length; at += 65_536) yield Buffer.from(text.slice(at, at + 65_536))
}
const load = (text: string, name = 'hours.csv') =>
  loadFile(
    { inTransaction: work => actingAs(database).run(work) },
    { name, format: 'csv', options: {}, open: () => bytesOf(text), by: people.ann },
  )
const watch = async () => {
  while ((await actingAs(database, { now: '2026-05-23T18:00:00Z' }).run(ctx => watchSome(ctx, 5))) > 0);
}
const daysOf = async (serial: string, channel = 'use') => {
  const { rows } = await sql<{
    on: string
    values: string
    marks: string
    total: bigint
    heard: number
    scale: number
  }>`
    select day::text as on, values::text as values, marks, total, heard, scale from metering.interval_day
    where meter_id = ${meters.get(serial)!.meterId} and channel = ${channel} order by day`.execute(
    database.owner,
  )
  return rows
}

test('every hour of a fleet is stored once, in days of the district, and the faults that are there are found', async () => {
  const { counts } = await load(fleet)
  const rows = fleet.trim().split('\n').length - 1
  expect(counts.rows).toBe(rows)
  for (const [serial, { kind, rows: hours }] of Object.entries(truth)) {
    const heard = (await daysOf(serial)).reduce((sum, day) => sum + day.heard, 0)
    if (kind.includes('missing')) expect(heard).toBeLessThan(hours + 1)
    else expect(heard, `${serial} ${kind}`).toBe(504)
  }
  await watch()
  const { rows: alerts } = await sql<{ serial: string; kind: string }>`
    select m.serial, a.kind from metering.flow_alert a join metering.meter m using (meter_id) order by 1, 2`.execute(
    database.owner,
  )
  const found = Object.groupBy(alerts, alert => truth[alert.serial]!.kind)
  const kinds = (kind: string) => (found[kind] ?? []).map(alert => alert.kind)
  expect(kinds('continuous leak')).toContain('continuous-flow')
  expect(kinds('toilet leak at night').length).toBeGreaterThan(0)
  expect(kinds('burst 6 hours')).toContain('burst')
  expect(kinds('stuck register')).toContain('stuck')
  expect(kinds('backward flow')).toContain('backward-flow')
  expect(kinds('normal')).toEqual([])
  expect(kinds('irrigator')).toEqual([])
})

test('watching again tells nothing twice', async () => {
  const before = await sql`select from metering.exception`.execute(database.owner)
  await sql`insert into metering.watch_due (meter_id) select meter_id from metering.meter`.execute(
    database.owner,
  )
  await watch()
  expect((await sql`select from metering.exception`.execute(database.owner)).rows).toHaveLength(
    before.rows.length,
  )
})

test('a leak is an exception that opens with its rate and its graph', async () => {
  const { rows } = await sql<{ id: string }>`
    select exception_id::text as id from metering.exception where main_rule = 'VEE-024' limit 1`.execute(
    database.owner,
  )
  const view = await actingAs(database).run(ctx =>
    getException(ctx, { exceptionId: asId<'exception'>(rows[0]!.id) }),
  )
  expect(view.findings[0]!.says).toMatch(/^Water never stops: at least \d+\.\d gallons an hour$/)
})

test('an hour delivered again with another value: the newest stands, the older is kept, the total follows', async () => {
  const serial = 'A700000'
  const before = (await daysOf(serial))[3]!
  const line = fleet.split('\n').find(one => one.startsWith(`${serial},${before.on}T20:00`))!
  const [meter, at, register, interval] = line.split(',')
  const later = `meter_id,read_time_utc,register_gal,interval_gal,quality\n${meter},${at},${register},${Number(interval) + 7},R\n`
  const { counts } = await load(later, 'later.csv')
  expect(counts).toMatchObject({ replaced: 1, repeated: 1, intervals: 0 })
  const after = (await daysOf(serial))[3]!
  expect(after.total - before.total).toBe(7n)
  const kept = await sql<{
    values: string
  }>`select values::text as values from metering.interval_day_before`.execute(database.owner)
  expect(kept.rows).toEqual([{ values: before.values }])
})

test('a late file adds the hours that were missing and touches no other', async () => {
  const serial = 'A700001'
  const day = (await daysOf(serial)).at(-1)!
  const next = `meter_id,read_time_utc,register_gal,interval_gal,quality\n${serial},2026-05-22T20:00:00Z,999,3,R\n`
  const { counts } = await load(next, 'next.csv')
  expect(counts.intervals).toBe(2)
  const days = await daysOf(serial)
  expect(days.find(one => one.on === day.on)).toEqual(day)
  expect(days.at(-1)).toMatchObject({ on: '2026-05-22', heard: 1, total: 3n })
})

test('days on which the clock changes have 23 and 25 hours, and none is lost or doubled', async () => {
  const serial = 'A700002'
  const hours = ['2025-11-02', '2026-03-08'].flatMap(date =>
    Array.from({ length: 30 }, (_, hour) =>
      new Date(Date.parse(`${date}T06:00:00Z`) + hour * 3_600_000).toISOString(),
    ),
  )
  const lines = hours.map(at => `${serial},${at.replace('.000', '')},,1,R`)
  await load(['meter_id,read_time_utc,register_gal,interval_gal,quality', ...lines, ''].join('\n'), 'dst.csv')
  const days = new Map((await daysOf(serial)).map(day => [day.on, day]))
  expect(dayOf(0, 0, days.get('2025-11-02')!.values, days.get('2025-11-02')!.marks).values).toHaveLength(25)
  expect(dayOf(0, 0, days.get('2026-03-08')!.values, days.get('2026-03-08')!.marks).values).toHaveLength(23)
  const heard = [...days.values()]
    .filter(day => day.on < '2026-04-01')
    .reduce((sum, day) => sum + day.heard, 0)
  expect(heard).toBe(60)
})

const cmep = (serial: string, unit: string, interval: string, triplets: readonly string[]) =>
  `MEPMD01,20080501,ACME,N:1,,,202606051500,${serial},OK,W,${unit},1,${interval},${triplets.length},${triplets.join(',')}\n`
const loadCmep = (text: string, now = '2026-11-23T18:00:00Z') =>
  loadFile(
    { inTransaction: work => actingAs(database, { now }).run(work) },
    { name: 'late.txt', format: 'cmep', options: {}, open: () => bytesOf(text), by: people.ann },
  )
const sumOf = ({ reads, intervals, repeated, replaced, refused }: Record<string, unknown>) =>
  [reads, intervals, repeated, replaced, refused].reduce((sum: number, one) => sum + Number(one), 0)

test('a day that comes again in other units or lengths is refused by name, and what stands stands', async () => {
  const serial = 'A700003'
  const hours = ['202606010100,,5', '202606010200,,5']
  await loadCmep(cmep(serial, 'GAL', '00000100', hours))
  const before = (await daysOf(serial)).find(day => day.on === '2026-06-01')
  for (const text of [
    cmep(serial, 'CF', '00000100', hours),
    cmep(serial, 'GAL', '00000015', ['202606010115,,1', ',,1']),
  ]) {
    const { counts, problems } = await loadCmep(text)
    expect(counts).toMatchObject({ intervals: 0, refused: 2 })
    expect(problems[0]!.message).toContain('Nothing of that day was taken')
  }
  expect((await daysOf(serial)).find(day => day.on === '2026-06-01')).toEqual(before)
})

test('one meter in two units in one file: nobody guesses which, and no hour vanishes', async () => {
  const serial = 'A700004'
  const hours = ['202606010100,,5', '202606010200,,5']
  const { counts, problems } = await loadCmep(
    cmep(serial, 'GAL', '00000100', hours) + cmep(serial, 'CF', '00000100', hours),
  )
  expect(counts).toMatchObject({ intervals: 2, refused: 2 })
  expect(problems[0]).toMatchObject({ line: 2, field: 'unit' })
  expect((await daysOf(serial)).find(day => day.on === '2026-06-01')).toMatchObject({ total: 10n })
})

test('hours of the future, and of days before the meter was hung, are not taken', async () => {
  const odd = ['202801010100,,1', '202801010200,,1', '202401010100,,1', '202606020100,,1']
  const { counts, problems } = await loadCmep(cmep('A700005', 'GAL', '00000100', odd))
  expect(counts).toMatchObject({ intervals: 1, refused: 3 })
  expect(sumOf(counts)).toBe(4)
  expect(problems[0]!.message).toContain('lies in the future')
})

test('days of use over both changes of the clock are one value each; months are refused in a sentence', async () => {
  const serial = 'A700006'
  const spring = ['202603070000,,10', ',,11', ',,12', ',,13']
  const autumn = ['202511010000,,20', ',,21', ',,22', ',,23']
  await loadCmep(cmep(serial, 'GAL', '00010000', spring) + cmep(serial, 'GAL', '00010000', autumn))
  const days = (await daysOf(serial)).filter(day => day.on < '2026-05-01')
  expect(days.map(({ on, total }) => `${on} ${total}`)).toEqual([
    ...['2025-10-31 20', '2025-11-01 21', '2025-11-02 22', '2025-11-03 23'],
    ...['2026-03-06 10', '2026-03-07 11', '2026-03-08 12', '2026-03-09 13'],
  ])
  const month = ['202602010000,,10', ',,10']
  const { counts, problems } = await loadCmep(cmep('A700007', 'GAL', '01000000', month))
  expect(counts).toMatchObject({ intervals: 0, refused: 2 })
  expect(problems[0]!.field).toBe('interval')
})

test('registers and uses of every quarter of an hour lie in quarters, side by side', async () => {
  const serial = 'A700008'
  const registers = ['202606010115,,101', ',,102', ',,103', ',,104']
  const uses = ['202606010115,,1', ',,1', ',,1', ',,1']
  const { counts } = await loadCmep(
    cmep(serial, 'GALREG', '00000015', registers) + cmep(serial, 'GAL', '00000015', uses),
  )
  expect(counts).toMatchObject({ intervals: 8, replaced: 0, refused: 0 })
  for (const channel of ['use', 'register']) {
    const day = (await daysOf(serial, channel)).find(one => one.on === '2026-06-01')!
    expect(day.values.split(',').slice(4, 8).join(), channel).not.toContain('NULL')
    expect(day.heard).toBe(4)
  }
})

test('the walk of a book leaves for the handheld and comes back, and the use of a home leaves as Green Button', async () => {
  const desk = actingAs(database, { now: '2026-05-23T18:00:00Z' })
  const dueOn = localDate('2026-05-20')
  for (const format of ['autoread', 'mvrs', 'equinox', 'csv'] as const) {
    const { text } = await desk.run(ctx => getRouteFile(ctx, { bookId: 1, dueOn, format }))
    for (const serial of meters.keys()) expect(text, format).toContain(serial)
  }
  const { servicePointId } = meters.get('A700000')!
  const asked = { servicePointId, from: localDate('2026-05-01'), to: localDate('2026-05-21') }
  const { xml } = await desk.run(ctx => getGreenButton(ctx, asked))
  const found = await inspectReadFile('greenbutton', bytesOf(xml))
  expect(found).toMatchObject({ verdict: 'accepted', unit: 'gal' })
  expect(found.intervals).toBeGreaterThan(480)
})
