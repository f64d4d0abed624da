import { addMonths, type Instant, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId, type MeterId, type ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { packs } from '../policy/packs/index.ts'
import { addMeter, exchangeMeter } from './commands/meters.ts'
import { type OrderRead, takeOrderRead } from './commands/order-read.ts'
import { enterRead, type ReadToEnter, voidRead } from './commands/reads.ts'
import { getMeter, getMeters, getPeerUsage, listReads, listUsagePeriods } from './queries.ts'
import { replacePeerUsage } from './store/peers.ts'

const on = localDate
const gallons = { registerNo: 1, unit: 'gal' as const, dials: 6, multiplier: '1' }
let database: TestDatabase
let points = 0

beforeAll(async () => {
  database = await createTestDatabase()
  await sql`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
    values ('Test', 'Test', 'America/Los_Angeles', 'ccf', '-', '-', '-')`.execute(database.owner)
  await sql`insert into policy.office_hours select d, '08:00', '17:00' from generate_series(0, 6) d`.execute(
    database.owner,
  )
  for (const rule of packs) {
    await sql`insert into policy.rule (code, name, text, value, unit, authority, citation, effective, created_by)
      values (${rule.code}, ${rule.name}, ${rule.text}, ${JSON.stringify(rule.value)}::jsonb, ${rule.unit},
        ${rule.authority}, ${rule.citation}, daterange(${rule.effectiveFrom}::date, null), 1)
      on conflict do nothing`.execute(database.owner)
  }
})
afterAll(() => database?.drop())

const desk = () => actingAs(database, { level: 'advisor' })
const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

/** A service point where a meter has hung since the given day. */
async function hang(
  serial: string,
  facts: { since?: string; inValue?: number; kind?: 'displacement' | 'compound' } = {},
): Promise<{ meterId: MeterId; servicePointId: ServicePointId }> {
  const { since = '2025-01-01', inValue = 0, kind = 'displacement' } = facts
  points += 1
  const premise = await sql<{ id: bigint }>`
    insert into premises.premise (house_number, street, city, state, zip, class, et_zone)
    values (${String(points)}, 'Test St', 'Town', 'CA', '90000', 'single-family', 'z') returning premise_id as id`.execute(
    database.db,
  )
  const point = await sql<{ id: ServicePointId }>`
    insert into premises.service_point (premise_id, service) values (${premise.rows[0]!.id}, 'water')
    returning service_point_id as id`.execute(database.db)
  const servicePointId = point.rows[0]!.id
  const registers = kind === 'compound' ? [gallons, { ...gallons, registerNo: 2 }] : [gallons]
  const { meterId } = await desk().run(ctx =>
    addMeter(ctx, { serial, make: 'Neptune', size: '5/8"', kind, registers }),
  )
  await sql`insert into metering.installation (service_point_id, meter_id, installed, in_value, installed_by)
    values (${servicePointId}, ${meterId}, daterange(${since}::date, null),
      ${registers.map(() => inValue)}::bigint[], 1)`.execute(database.db)
  return { meterId, servicePointId }
}

const enter = (meterId: MeterId, readOn: string, value: number | bigint, facts: Partial<ReadToEnter> = {}) =>
  desk().run(ctx =>
    enterRead(ctx, {
      meterId,
      readOn: on(readOn),
      values: [{ registerNo: 1, value: BigInt(value) }],
      kind: 'actual',
      source: 'office',
      ...facts,
    }),
  )

describe('entering a read', () => {
  test('the answer shows the use it makes, and the meter card shows the read', async () => {
    const { meterId, servicePointId } = await hang('E-1')
    await enter(meterId, '2026-09-01', 3000)
    const entered = await enter(meterId, '2026-10-01', 6000)
    expect(entered).toMatchObject({
      period: { fromOn: '2026-09-01', days: 30, gallons: 3000, units: '4' },
      expectedGallons: 148, // 3,000 over 608 days so far
      expectedFrom: 'twelve-month-average',
    })
    expect(entered.checks.map(c => c.check)).toEqual([])
    const [card] = await desk().run(ctx => getMeters(ctx, [servicePointId]))
    expect(card).toMatchObject({ serial: 'E-1', lastRead: { readOn: '2026-10-01', kind: 'actual' } })
    expect(card?.lastRead?.values).toEqual([{ registerNo: 1, value: 6000n }])
  })

  test('a read below the last one is refused with the three causes and the water each would mean', async () => {
    const { meterId } = await hang('E-2')
    await enter(meterId, '2026-09-01', 5000)
    const refused = await refusal(enter(meterId, '2026-10-01', 4990))
    expect(refused.code).toBe('metering.read-below-last')
    expect(refused.message).toContain('999,990 gallons')
    expect(refused.message).toContain('misread')
    expect(refused.message).toContain('4,990 gallons')
    expect((await desk().run(ctx => getMeter(ctx, { meterId }))).reads).toHaveLength(1)
  })

  test('TV-15: a believable turn over zero is taken, and marked so that the bill can prove it', async () => {
    const { meterId, servicePointId } = await hang('E-3', { inValue: 999_000 })
    await enter(meterId, '2026-01-01', 999_450)
    await enter(meterId, '2026-06-01', 999_950)
    const { period, checks } = await enter(meterId, '2026-07-01', 20)
    expect(period).toMatchObject({ gallons: 70, flags: ['rollover'] })
    expect(checks.map(c => c.check)).toContain('rollover')
    const [read] = await desk().run(ctx => listReads(ctx, [servicePointId]))
    expect(read).toMatchObject({ value: 20n, passedZero: true })
  })

  test.each([
    ['2026-11-24', 100n, 'metering.read-in-future'],
    ['2024-12-31', 100n, 'metering.read-before-installation'],
    ['2026-10-01', 1_000_000n, 'metering.read-too-long'],
    ['2026-09-01', 3000n, 'metering.read-twice'],
    ['2026-08-01', 3001n, 'metering.read-above-next'],
  ])('dated %s with %s it is refused: %s', async (readOn, value, code) => {
    const { meterId } = await hang(`E-4-${code}`)
    await enter(meterId, '2026-09-01', 3000)
    const refused = await refusal(enter(meterId, readOn, value))
    expect(refused.code).toBe(code)
    expect(refused.message).not.toMatch(/[{}]/) // every place in the sentence is filled
  })

  test('a forged meter id is “no such meter”, not a fault', async () => {
    expect((await refusal(enter(asId<'meter'>(999_999), '2026-09-01', 1))).code).toBe('metering.no-meter')
  })

  test('half a reading of a compound meter is refused', async () => {
    const { meterId } = await hang('E-5', { kind: 'compound' })
    const refused = await refusal(enter(meterId, '2026-09-01', 100))
    expect(refused).toMatchObject({
      code: 'metering.registers-incomplete',
      message: expect.stringContaining('1 and 2'),
    })
    const values = [
      { registerNo: 2, value: 40n },
      { registerNo: 1, value: 100n },
    ]
    expect((await enter(meterId, '2026-09-01', 0, { values })).period?.gallons).toBe(140)
  })

  test('AUTH-016: an Assistant may read a meter but not invent a read', async () => {
    const { meterId } = await hang('E-6')
    const assistant = actingAs(database, { level: 'assistant', personId: person(2) })
    const entry = { meterId, readOn: on('2026-09-01'), source: 'office' as const }
    const values = [{ registerNo: 1, value: 100n }]
    const refused = refusal(assistant.run(ctx => enterRead(ctx, { ...entry, values, kind: 'estimated' })))
    expect((await refused).code).toBe('metering.estimate-not-allowed')
  })

  test('use far above the usual stands, but somebody is told to look (VEE-011)', async () => {
    const { meterId } = await hang('E-7')
    for (let month = 1; month <= 12; month += 1)
      await enter(meterId, addMonths(on('2025-01-01'), month), month * 6000)
    const { checks, expectedFrom } = await enter(meterId, '2026-02-01', 72_000 + 30_000)
    expect(checks).toMatchObject([{ check: 'high', rule: 'VEE-011' }])
    expect(expectedFrom).toBe('same-period-last-year')
  })

  test('two people entering the same read make one read', async () => {
    const { meterId } = await hang('E-8')
    const both = await Promise.allSettled([
      enter(meterId, '2026-09-01', 100),
      enter(meterId, '2026-09-01', 100),
    ])
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('voiding a read', () => {
  test('it leaves every calculation but stays on record with the reason', async () => {
    const { meterId, servicePointId } = await hang('V-1')
    const wrong = await enter(meterId, '2026-09-01', 90_000)
    const { readId } = wrong.reads[0]!
    await desk().run(ctx => voidRead(ctx, { meterId, readId, reason: 'Two digits exchanged' }))
    await enter(meterId, '2026-09-01', 9000)
    const reads = await desk().run(ctx => listReads(ctx, [servicePointId]))
    expect(reads.map(r => [r.value, r.voided?.reason ?? null])).toEqual([
      [9000n, null],
      [90_000n, 'Two digits exchanged'],
    ])
    const usage = await desk().run(ctx => listUsagePeriods(ctx, [servicePointId]))
    expect(usage.get(servicePointId)?.map(p => p.gallons)).toEqual([9000])
    const again = desk().run(ctx => voidRead(ctx, { meterId, readId, reason: 'Second click' }))
    expect((await refusal(again)).code).toBe('metering.read-voided')
  })

  test('a read of another meter cannot be voided by its number', async () => {
    const [one, two] = [await hang('V-2'), await hang('V-3')]
    const { readId } = (await enter(one.meterId, '2026-09-01', 10)).reads[0]!
    const forged = desk().run(ctx => voidRead(ctx, { meterId: two.meterId, readId, reason: 'not mine' }))
    expect((await refusal(forged)).code).toBe('metering.no-read')
  })

  test('a read is never changed, not by the program and not by the owner of the table', async () => {
    const { meterId } = await hang('V-4')
    await enter(meterId, '2026-09-01', 10)
    const change = sql`update metering.read set value = 11 where meter_id = ${meterId}`
    expect((await refusal(change.execute(database.db))).code).toBe('42501')
    expect(await refusal(change.execute(database.owner))).toMatchObject({ constraint: 'append_only' })
  })
})

describe('exchanging a meter', () => {
  const exchange = (
    servicePointId: ServicePointId,
    facts: Partial<Parameters<typeof exchangeMeter>[1]> & { newSerial: string },
  ) =>
    desk().run(ctx =>
      exchangeMeter(ctx, {
        servicePointId,
        exchangedOn: on('2026-09-15'),
        outValues: [{ registerNo: 1, value: 4200n }],
        inValues: [{ registerNo: 1, value: 17n }],
        reason: 'Stopped register',
        ...facts,
      }),
    )
  const spare = (serial: string) =>
    desk().run(ctx =>
      addMeter(ctx, { serial, make: 'Badger', size: '5/8"', kind: 'ultrasonic', registers: [gallons] }),
    )

  test('VEE-010: the period over the exchange adds both meters, and the card shows the one that hangs there', async () => {
    const { meterId, servicePointId } = await hang('X-1')
    await enter(meterId, '2026-09-01', 3000)
    const { meterId: fresh } = await spare('X-1-new')
    await exchange(servicePointId, { newSerial: 'X-1-new' })
    const { period } = await enter(fresh, '2026-10-01', 1517)
    expect(period).toMatchObject({ fromOn: '2026-09-01', gallons: 2700, flags: ['exchange'] })
    const [card] = await desk().run(ctx => getMeters(ctx, [servicePointId]))
    expect(card).toMatchObject({ serial: 'X-1-new', installedOn: '2026-09-15' })
    expect(card?.earlier).toMatchObject([{ serial: 'X-1', removedOn: '2026-09-15', outValues: [4200n] }])
    const late = await refusal(enter(meterId, '2026-10-01', 5000))
    expect(late.code).toBe('metering.read-after-removal')
  })

  test('an unknown serial, a meter that hangs elsewhere, and the same meter are refused by name', async () => {
    const { servicePointId } = await hang('X-2')
    await hang('X-2-elsewhere')
    const code = async (newSerial: string) => (await refusal(exchange(servicePointId, { newSerial }))).code
    expect(await code('X-unheard-of')).toBe('metering.meter-unknown')
    expect(await code('X-2-elsewhere')).toBe('metering.meter-elsewhere')
    expect(await code('X-2')).toBe('metering.same-meter')
    const [card] = await desk().run(ctx => getMeters(ctx, [servicePointId]))
    expect(card?.serial).toBe('X-2')
  })

  test('a dead dial is estimated from what was used before, and marked', async () => {
    const { meterId, servicePointId } = await hang('X-3')
    await enter(meterId, '2026-08-01', 57_700) // 100 a day since the beginning of 2025
    await spare('X-3-new')
    const done = await exchange(servicePointId, { newSerial: 'X-3-new', outValues: null })
    expect(done).toMatchObject({ outEstimated: true, outValues: [{ registerNo: 1, value: 62_200n }] })
    const reads = await desk().run(ctx => listReads(ctx, [servicePointId]))
    expect(reads.find(r => r.kind === 'exchange-out')?.note).toContain('estimated')
  })

  test('without any use before, somebody has to say what it showed', async () => {
    const { servicePointId } = await hang('X-4', { since: '2026-09-10' })
    await spare('X-4-new')
    const refused = await refusal(exchange(servicePointId, { newSerial: 'X-4-new', outValues: null }))
    expect(refused.code).toBe('metering.out-read-needed')
  })

  test.each([
    ['2026-11-24', 'metering.exchange-in-future'],
    ['2025-01-01', 'metering.exchange-too-early'],
    ['2026-08-15', 'metering.exchange-before-reads'],
  ])('dated %s it is refused: %s', async (exchangedOn, code) => {
    const { meterId, servicePointId } = await hang(`X-5-${code}`)
    await enter(meterId, '2026-09-01', 3000)
    await spare(`X-5-new-${code}`)
    const refused = exchange(servicePointId, {
      newSerial: `X-5-new-${code}`,
      exchangedOn: on(exchangedOn) as LocalDate,
    })
    expect((await refusal(refused)).code).toBe(code)
  })

  test('the same serial number is never on record twice', async () => {
    await spare('X-6')
    expect(await refusal(spare('X-6'))).toMatchObject({
      code: 'metering.serial-taken',
      message: expect.stringContaining('X-6'),
    })
  })
})

describe('the read of a completed order', () => {
  const order = (servicePointId: ServicePointId | null, facts: Partial<OrderRead> = {}): OrderRead => ({
    orderId: asId<'order'>(7),
    orderKind: 'RRD',
    servicePointId,
    completedAt: '2026-10-02T03:00:00Z' as Instant, // still the first of October at the district
    readValue: 4000n,
    meterSerialSeen: null,
    ...facts,
  })
  const take = (facts: OrderRead) => desk().run(ctx => takeOrderRead(ctx, facts))

  test('it is on the account, dated by the district’s wall, and taken once however often it is told', async () => {
    const { servicePointId } = await hang('O-1')
    const seen = order(servicePointId, { meterSerialSeen: 'o 1', orderKind: 'TOFF' })
    expect(await take(seen)).toBeNull()
    expect(await take(seen)).toBeNull()
    const reads = await desk().run(ctx => listReads(ctx, [servicePointId]))
    expect(reads).toMatchObject([
      { readOn: '2026-10-01', value: 4000n, kind: 'final', source: 'field-order' },
    ])
  })

  test('another meter’s read is not taken, and the desk is told which was seen', async () => {
    const { servicePointId } = await hang('O-2')
    const why = await take(order(servicePointId, { meterSerialSeen: 'B-99' }))
    expect(why).toContain('B-99')
    expect(await desk().run(ctx => listReads(ctx, [servicePointId]))).toEqual([])
  })

  test('a read that cannot be true comes back as a sentence, not as a job that fails for ever', async () => {
    const { meterId, servicePointId } = await hang('O-3')
    await enter(meterId, '2026-09-01', 5000)
    expect(await take(order(servicePointId))).toContain('below the last read')
    expect(await take(order(null))).toContain('names no service point')
  })
})

describe('peers', () => {
  test('a month of fifteen homes has a median, of fourteen none, and estimates do not count', async () => {
    for (let home = 1; home <= 15; home += 1) {
      const { meterId } = await hang(`P-${home}`, { since: '2023-01-01' })
      await enter(meterId, '2024-06-01', 1000)
      await enter(meterId, '2024-07-01', 1000 + home * 300)
      if (home < 15) await enter(meterId, '2024-08-01', 9000)
      else await enter(meterId, '2024-08-01', 9000, { kind: 'estimated' })
    }
    await desk().run(ctx => replacePeerUsage(ctx.tx, on('2024-06-01'), on('2024-07-31')))
    const rows = await desk().run(ctx =>
      getPeerUsage(ctx, { class: 'single-family', size: '5/8"', from: on('2024-01-01') }),
    )
    expect(rows).toMatchObject([
      { month: '2024-06-01', size: '5/8"', medianGallonsPerDay: 80, p25GallonsPerDay: 45, count: 15 },
    ])
  })

  test('the table itself refuses a figure made of fewer than fifteen', async () => {
    const few = sql`insert into metering.peer_usage values ('firm', '2"', '2024-06-01', 1, 1, 1, 14)`
    expect(await refusal(few.execute(database.owner))).toMatchObject({ constraint: 'peer_usage_of_many' })
  })
})
