import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId, type MeterId, type ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { layPlace, makePremise, people } from '../../../../tools/testing/place.ts'
import type { JobHand } from '../../platform/module.ts'
import { acceptExceptions, decideException } from './commands/exceptions/decide.ts'
import { sendToLook } from './commands/exceptions/look.ts'
import { closeRound } from './commands/exceptions/rounds.ts'
import { cancelReadFile } from './commands/loading/cancel.ts'
import { type FileToLoad, loadFile } from './commands/loading/file.ts'
import { addMeter, exchangeMeter } from './commands/meters.ts'
import { getException, listExceptions } from './queries/exceptions.ts'
import { listReadFiles } from './queries/files.ts'
import { listBookDays, listMissing } from './queries/rounds.ts'
import { listUsagePeriods } from './queries.ts'

let database: TestDatabase
let houses = 0

beforeAll(async () => {
  database = await createTestDatabase()
  await layPlace(database)
  await sql`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
    values ('Test', 'Test', 'America/Los_Angeles', 'ccf', '-', '-', '-')`.execute(database.owner)
})
afterAll(() => database?.drop())

const on = localDate
const desk = () =>
  actingAs(database, { personId: people.ann, level: 'advisor', permissions: ['metering.judge'] })
const hand = (): JobHand => ({ inTransaction: work => actingAs(database).run(work) })
const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )
async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  for (let at = 0; at < text.length; at += 1000) yield Buffer.from(text.slice(at, at + 1000))
}
const load = (text: string, facts: Partial<FileToLoad> = {}) =>
  loadFile(hand(), {
    name: 'reads.csv',
    format: 'csv',
    options: {},
    open: () => bytesOf(text),
    by: people.ann,
    ...facts,
  })
const csv = (rows: readonly (readonly [string, string, number | string])[]): string =>
  ['meter,read_date,reading', ...rows.map(row => row.join(','))].join('\n').concat('\n')

type Hung = { serial: string; meterId: MeterId; servicePointId: ServicePointId }

/** A home with two years of monthly reads of about `monthly` gallons, the last on 1 November 2026. */
async function home(
  serial: string,
  facts: { monthly?: number; start?: number; dials?: number } = {},
): Promise<Hung> {
  const { monthly = 6_000, start = 100_000, dials = 6 } = facts
  houses += 1
  const { water: servicePointId } = await makePremise(database, { house: String(houses), street: 'Test St' })
  const registers = [{ registerNo: 1, unit: 'gal' as const, dials, multiplier: '1' }]
  const { meterId } = await desk().run(ctx =>
    addMeter(ctx, { serial, make: 'Neptune', size: '5/8"', kind: 'displacement', registers }),
  )
  await sql`insert into metering.installation (service_point_id, meter_id, installed, in_value, installed_by)
    values (${servicePointId}, ${meterId}, daterange('2024-11-01', null), ${[start]}::bigint[], 1)`.execute(
    database.owner,
  )
  await sql`insert into metering.read (meter_id, read_on, value, kind, source, passed_zero)
    select ${meterId}, (date '2024-11-01' + make_interval(months => n))::date,
      (${start} + n * ${monthly} + n % 3 * 200) % ${10 ** dials}, 'actual', 'handheld',
      (${start} + n * ${monthly}) / ${10 ** dials} > (${start} + (n - 1) * ${monthly}) / ${10 ** dials}
    from generate_series(1, 24) n`.execute(database.owner)
  await sql`insert into accounts.occupancy (service_point_id, account, period, started_by)
    values (${servicePointId}, ${7_000 + houses}, daterange('2024-11-01', null), 1)`.execute(database.owner)
  return { serial, meterId, servicePointId }
}
const lastValue = (monthly = 6_000, start = 100_000) => start + 24 * monthly

const openOf = async (servicePointId: ServicePointId) => {
  const { rows } = await sql<{ id: string; version: number; rule: string; blocks: boolean }>`
    select exception_id::text as id, version, main_rule as rule, blocks_billing as blocks from metering.exception
    where service_point_id = ${servicePointId} and decided_at is null order by exception_id`.execute(
    database.owner,
  )
  return rows.map(row => ({ ...row, exceptionId: asId<'exception'>(row.id) }))
}

test('a file is taken with counts that add up, and every row that is not taken is named', async () => {
  await home('A1')
  await home('A2')
  const text = csv([
    ['A1', '2026-12-01', lastValue() + 6_100],
    ['A2', '2026-11-20', lastValue() + 3_000],
    ['NOBODY', '2026-11-20', 5],
    ['A2', '2026-11-21', '12345678'],
  ])
  const { counts, problems } = await load(text)
  expect(counts.rows).toBe(4)
  expect(counts.reads + counts.refused + counts.repeated).toBe(counts.values)
  expect(problems.map(problem => problem.line)).toEqual([2, 4, 5])
  expect(problems.map(problem => problem.message).join(' ')).toMatch(/future.*not on record.*more digits/s)
})

test('the same content is loaded once, whatever it is called, and the first is named', async () => {
  await home('B1')
  const text = csv([['B1', '2026-11-20', lastValue() + 3_000]])
  await load(text, { name: 'first.csv' })
  const again = await refusal(load(text, { name: 'second.csv' }))
  expect(again).toMatchObject({ code: 'metering.file-twice' })
  expect(again.message).toContain('first.csv')
})

test('the same content brought twice at once is read once', async () => {
  const { meterId } = await home('C1')
  const text = csv([['C1', '2026-11-20', lastValue() + 3_000]])
  const outcomes = await Promise.all([refusal(load(text)), refusal(load(text)), refusal(load(text))])
  expect(outcomes.filter(one => one.code === undefined)).toHaveLength(1)
  const { rows } =
    await sql`select from metering.read where meter_id = ${meterId} and read_on = '2026-11-20'`.execute(
      database.owner,
    )
  expect(rows).toHaveLength(1)
})

test('a file that breaks in its middle leaves nothing behind and may be brought again', async () => {
  const { meterId } = await home('D1')
  const text = csv([['D1', '2026-11-20', lastValue() + 3_000]])
  let cut = true
  async function* cutOff() {
    yield Buffer.from(text)
    if (cut) throw new Error('the cable')
  }
  await refusal(load(text, { open: () => (cut ? cutOff() : bytesOf(text)) }))
  const count = async () =>
    (
      await sql`select from metering.read where meter_id = ${meterId} and file_id is not null`.execute(
        database.owner,
      )
    ).rows.length
  expect(await count()).toBe(0)
  cut = false
  await load(text)
  expect(await count()).toBe(1)
})

test('a loading whose process died does not lock its content for ever', async () => {
  await home('E1')
  const text = csv([['E1', '2026-11-20', lastValue() + 3_000]])
  const { createHash } = await import('node:crypto')
  const hash = createHash('sha256').update(text).digest()
  await sql`insert into metering.read_file (content_hash, format, name, bytes, state, received_by)
    values (${hash}, 'csv', 'dead.csv', 1, 'loading', 1)`.execute(database.owner)
  const { counts } = await load(text)
  expect(counts.reads).toBe(1)
  const files = await desk().run(ctx => listReadFiles(ctx))
  expect(files.find(file => file.name === 'dead.csv')).toMatchObject({ state: 'cancelled' })
})

test('a strict file with one wrong row is refused as a whole', async () => {
  const { meterId } = await home('F1')
  const text = csv([
    ['F1', '2026-11-20', lastValue() + 3_000],
    ['F9', '2026-11-20', 1],
  ])
  expect(await refusal(load(text, { strict: true }))).toMatchObject({ code: 'metering.file-refused' })
  const { rows } =
    await sql`select from metering.read where meter_id = ${meterId} and file_id is not null`.execute(
      database.owner,
    )
  expect(rows).toHaveLength(0)
})

test('a file that breaks while its first part is being written leaves nothing of that part either', async () => {
  const { meterId } = await home('F2')
  const strangers = Array.from({ length: 4_500 }, (_, no) => [`X${no}`, '2026-11-20', 1] as const)
  const text = csv([['F2', '2026-11-20', lastValue() + 3_000], ...strangers])
  expect(await refusal(load(`${text}X9999,2026`))).toMatchObject({ code: 'metering.file-refused' })
  await new Promise(resolve => setTimeout(resolve, 200))
  const { rows } =
    await sql`select from metering.read where meter_id = ${meterId} and file_id is not null`.execute(
      database.owner,
    )
  expect(rows).toHaveLength(0)
})

test('a cut archive is refused in a sentence, not begun again and again, and the list says so', async () => {
  const open = async function* () {
    yield Buffer.from('meter,read_date,reading\n')
    throw Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR' })
  }
  const said = await refusal(load('', { name: 'cut.csv.gz', open }))
  expect(said).toMatchObject({ code: 'metering.file-refused', facts: { line: 0, in: 'file' } })
  expect(said.message).toContain('The gzip archive is cut or damaged')
  const files = await desk().run(ctx => listReadFiles(ctx))
  expect(files.find(file => file.name === 'cut.csv.gz')).toMatchObject({ state: 'refused' })
})

test('a file of meters that nobody knows is refused, and may be brought again when they are on record', async () => {
  const text = csv([['LATER', '2026-11-20', lastValue() + 3_000]])
  expect(await refusal(load(text))).toMatchObject({ code: 'metering.file-refused' })
  await home('LATER')
  const { counts } = await load(text)
  expect(counts).toMatchObject({ reads: 1, refused: 0 })
})

test('a register that passed zero is billed as the water that flowed, without anybody being asked', async () => {
  // 900,000 + 24 × 4,000 = 996,000; then 000,020 of six dials
  const { servicePointId } = await home('G1', { start: 900_000, monthly: 4_000 })
  await load(csv([['G1', '2026-11-20', 20]]))
  const usage = await desk().run(ctx => listUsagePeriods(ctx, [servicePointId]))
  expect(usage.get(servicePointId)?.at(-1)).toMatchObject({ gallons: 4_020, toOn: '2026-11-20' })
  expect(await openOf(servicePointId)).toEqual([])
})

test('a read below the last one blocks the bill and comes with what it could be', async () => {
  const { servicePointId } = await home('H1')
  await load(csv([['H1', '2026-11-21', lastValue() - 500]]))
  const [open] = await openOf(servicePointId)
  expect(open).toMatchObject({ rule: 'VEE-009', blocks: true })
  const view = await desk().run(ctx => getException(ctx, { exceptionId: open!.exceptionId }))
  expect(view.findings[0]!.candidates.length).toBeGreaterThan(1)
  expect(view.findings[0]!.says).toContain('Below the last read')
  expect(view.previous).toMatchObject({ value: BigInt(lastValue()) })
  const accept = desk().run(ctx =>
    decideException(ctx, { ...open!, decision: 'accepted', reason: 'let it be' } as never),
  )
  expect(await refusal(accept)).toMatchObject({ code: 'metering.negative-stands' })
})

test('a corrected read takes the place of the wrong one, which stays on record with person and reason', async () => {
  const { servicePointId, meterId } = await home('I1')
  await load(csv([['I1', '2026-11-21', lastValue() + 94_000]]))
  const [open] = await openOf(servicePointId)
  const value = BigInt(lastValue() + 4_000)
  await desk().run(ctx =>
    decideException(ctx, { ...open!, decision: 'corrected', value, reason: 'Photo shows 4,000' } as never),
  )
  const usage = await desk().run(ctx => listUsagePeriods(ctx, [servicePointId]))
  expect(usage.get(servicePointId)?.at(-1)).toMatchObject({ gallons: 4_000 })
  const { rows } = await sql<{
    reason: string
  }>`select reason from metering.read_void where meter_id = ${meterId}`.execute(database.owner)
  expect(rows).toEqual([{ reason: 'Photo shows 4,000' }])
  expect(await openOf(servicePointId)).toEqual([])
})

test('an estimate takes the place of an impossible read and names its method', async () => {
  const { servicePointId } = await home('J1')
  await load(csv([['J1', '2026-11-21', lastValue() - 40_000]]))
  const [open] = await openOf(servicePointId)
  const view = await desk().run(ctx => getException(ctx, { exceptionId: open!.exceptionId }))
  const senior = actingAs(database, { personId: people.sue, level: 'senior' })
  await senior.run(ctx =>
    decideException(ctx, { ...open!, decision: 'estimated', reason: 'Nobody can see the dial' } as never),
  )
  const usage = await desk().run(ctx => listUsagePeriods(ctx, [servicePointId]))
  const last = usage.get(servicePointId)!.at(-1)!
  expect(last.flags).toContain('estimated')
  expect(last.gallons).toBe(view.estimate!.gallons)
})

test('two people who decide the same exception: the second hears who was faster', async () => {
  const { servicePointId } = await home('K1')
  await load(csv([['K1', '2026-11-21', lastValue() + 60_000]]))
  const [open] = await openOf(servicePointId)
  const accept = (personId: bigint) =>
    actingAs(database, { personId: personId as never, level: 'advisor' }).run(ctx =>
      decideException(ctx, { ...open!, decision: 'accepted', reason: 'Pool was filled' } as never),
    )
  await accept(people.ann)
  const second = await refusal(accept(people.bob))
  expect(second).toMatchObject({ code: 'metering.exception-decided' })
  expect(second.message).toContain('Ann')
})

test('what blocks a bill is never accepted in a heap', async () => {
  const { servicePointId } = await home('L1')
  await load(csv([['L1', '2026-11-21', lastValue() - 300]]))
  const [open] = await openOf(servicePointId)
  const { exceptionId, version } = open!
  const done = await desk().run(ctx =>
    acceptExceptions(ctx, { exceptions: [{ exceptionId, version }], reason: 'all fine' }),
  )
  expect(done).toMatchObject({ accepted: 0, left: [{ exceptionId }] })
})

test('an exception that waits for a re-read is out of the way and has its order', async () => {
  const { servicePointId } = await home('M1')
  await sql`update accounts.occupancy set cancelled_at = now() where service_point_id = ${servicePointId}`.execute(
    database.owner,
  )
  await load(csv([['M1', '2026-11-21', lastValue() + 70_000]]))
  const [open] = await openOf(servicePointId)
  const { exceptionId, version } = open!
  const sent = await desk().run(ctx => sendToLook(ctx, { exceptionId, version, order: 'RRD' }))
  const list = await desk().run(ctx => listExceptions(ctx, { waiting: 'only' }))
  expect(list.lines.find(line => line.exceptionId === exceptionId)?.waitingOrderId).toBe(sent.orderId)
  const others = await desk().run(ctx => listExceptions(ctx, { waiting: 'hide' }))
  expect(others.lines.some(line => line.exceptionId === exceptionId)).toBe(false)
})

test('a year of one meter in one file is judged read after read', async () => {
  const { servicePointId } = await home('N1')
  const text = csv([
    ['N1', '2026-11-10', lastValue() + 2_000],
    ['N1', '2026-11-15', lastValue() + 3_000],
    ['N1', '2026-11-20', lastValue() + 4_000],
    ['N1', '2026-11-20', lastValue() + 4_000],
  ])
  const { counts } = await load(text)
  expect(counts).toMatchObject({ reads: 3, repeated: 1, refused: 0 })
  const usage = await desk().run(ctx => listUsagePeriods(ctx, [servicePointId]))
  expect(
    usage
      .get(servicePointId)!
      .slice(-3)
      .map(period => period.gallons),
  ).toEqual([2_000, 1_000, 1_000])
})

test('an exchange between two reads loses no water when the next read comes from a file', async () => {
  const { servicePointId } = await home('O1')
  const registers = [{ registerNo: 1, unit: 'gal' as const, dials: 6, multiplier: '1' }]
  await desk().run(ctx =>
    addMeter(ctx, { serial: 'O2', make: 'Neptune', size: '5/8"', kind: 'displacement', registers }),
  )
  await actingAs(database, { level: 'senior', personId: people.sue }).run(ctx =>
    exchangeMeter(ctx, {
      servicePointId,
      exchangedOn: on('2026-11-08'),
      outValues: [{ registerNo: 1, value: BigInt(lastValue() + 1_500) }],
      newSerial: 'O2',
      inValues: [{ registerNo: 1, value: 0n }],
      reason: 'worn out',
    } as never),
  )
  await load(csv([['O2', '2026-11-20', 2_500]]))
  const usage = await desk().run(ctx => listUsagePeriods(ctx, [servicePointId]))
  expect(usage.get(servicePointId)?.at(-1)).toMatchObject({ gallons: 4_000 })
  expect((await openOf(servicePointId)).filter(one => one.blocks)).toEqual([])
})

test('a book is closed by a person who saw what is missing, and not while a bill is blocked', async () => {
  const day = (await desk().run(ctx => listBookDays(ctx, { on: on('2026-11-12') })))[0]!
  expect(day.read + day.skipped + day.missing).toBe(day.expected)
  const { bookId, dueOn } = day
  const missing = await desk().run(ctx => listMissing(ctx, { bookId, dueOn }))
  expect(missing).toHaveLength(day.missing + day.skipped)
  const close = (count: number) =>
    desk().run(ctx => closeRound(ctx, { bookId, dueOn: dueOn as LocalDate, missing: count }))
  if (day.blocking > 0)
    expect(await refusal(close(missing.length))).toMatchObject({ code: 'metering.round-open' })
  await sql`update metering.exception set blocks_billing = false where decided_at is null`.execute(
    database.owner,
  )
  expect(await refusal(close(missing.length + 1))).toMatchObject({ code: 'metering.missing-changed' })
  expect(await close(missing.length)).toMatchObject({ closedBy: 'Ann Advisor' })
  expect(await refusal(close(missing.length))).toMatchObject({ code: 'metering.round-closed' })
})

test('a loading that somebody stops keeps nothing', async () => {
  await home('P1')
  const text = csv([['P1', '2026-11-20', lastValue() + 3_000]])
  let opened = 0
  async function* slow() {
    opened += 1
    if (opened > 1) {
      const [file] = await desk().run(ctx => listReadFiles(ctx))
      await desk().run(ctx => cancelReadFile(ctx, { readFileId: file!.readFileId }))
      yield Buffer.from(text)
      await new Promise(resolve => setTimeout(resolve, 1_100))
      yield Buffer.from('\n')
      return
    }
    yield Buffer.from(`${text}\n`)
  }
  const stopped = await refusal(load(text, { open: slow }))
  expect(stopped).toMatchObject({ code: 'metering.file-cancelled' })
})
