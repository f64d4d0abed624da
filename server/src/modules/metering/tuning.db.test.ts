import { localDate } from '@curbstop/kernel/dates'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { layPlace, makePremise, people } from '../../../../tools/testing/place.ts'
import type { JobHand } from '../../platform/module.ts'
import { loadFile } from './commands/loading/file.ts'
import { addMeter } from './commands/meters.ts'
import { getException, listExceptions } from './queries/exceptions.ts'
import { listReaders, listRuleOutcomes } from './queries/outcomes.ts'
import { tryLimits } from './queries/try-limits.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await layPlace(database)
  await sql`insert into policy.district (name, short_name, time_zone, bill_unit, phone, address, website)
    values ('Test', 'Test', 'America/Los_Angeles', 'ccf', '-', '-', '-')`.execute(database.owner)
  const { water } = await makePremise(database, { house: '1', street: 'Tuning St' })
  const registers = [{ registerNo: 1, unit: 'gal' as const, dials: 6, multiplier: '1' }]
  const { meterId } = await desk().run(ctx =>
    addMeter(ctx, { serial: 'T1', make: 'Neptune', size: '5/8"', kind: 'displacement', registers }),
  )
  await sql`insert into metering.installation (service_point_id, meter_id, installed, in_value, installed_by)
    values (${water}, ${meterId}, daterange('2024-11-01', null), ${[100_000]}::bigint[], 1)`.execute(
    database.owner,
  )
  await sql`insert into metering.read (meter_id, read_on, value, kind, source)
    select ${meterId}, (date '2024-11-01' + make_interval(months => n))::date, 100000 + n * 6000, 'actual', 'handheld'
    from generate_series(1, 23) n`.execute(database.owner)
  await sql`insert into accounts.occupancy (service_point_id, account, period, started_by)
    values (${water}, 7001, daterange('2024-11-01', null), 1)`.execute(database.owner)
  const text = `meter,read_date,reading,reader\nT1,2026-11-20,${100_000 + 23 * 6_000 + 46_000},JM\n`
  const hand: JobHand = { inTransaction: work => actingAs(database).run(work) }
  await loadFile(hand, {
    ...{ name: 'tuning.csv', format: 'csv', options: {}, by: people.ann },
    open: async function* () {
      yield Buffer.from(text)
    },
  })
})
afterAll(() => database?.drop())

const desk = () =>
  actingAs(database, { personId: people.ann, level: 'advisor', permissions: ['metering.judge'] })

test('other limits can be tried on the reads of a month before anybody sets them', async () => {
  const trial = (percent: number, overCcf: number) =>
    desk().run(ctx => tryLimits(ctx, { month: '2026-11', rule: 'VEE-011', value: { percent, overCcf } }))
  const asNow = await trial(200, 10)
  expect(asNow.reads).toBe(1)
  expect(asNow).toMatchObject({ before: 1, after: 1, stopBefore: 1, gained: [], lost: [] })
  expect(await trial(5_000, 500)).toMatchObject({
    before: 1,
    after: 0,
    stopAfter: 0,
    lost: [{ serial: 'T1' }],
  })
})

test('a rule and a reader are shown with what they caught and brought', async () => {
  const span = { from: localDate('2026-11-01'), to: localDate('2026-11-30') }
  const rules = await desk().run(ctx => listRuleOutcomes(ctx, span))
  expect(rules.find(one => one.rule === 'VEE-011')).toMatchObject({ found: 1, open: 1, overruled: 0 })
  expect(await desk().run(ctx => listReaders(ctx, span))).toMatchObject([
    { reader: 'JM', reads: 1, exceptions: 1 },
  ])
})

test('the graph of a doubtful read shows what was usual before it, and the rule its citation', async () => {
  const { lines } = await desk().run(ctx => listExceptions(ctx, {}))
  const view = await desk().run(ctx => getException(ctx, { exceptionId: lines[0]!.exceptionId }))
  const last = view.periods.at(-1)!
  expect(last.toOn).toBe('2026-11-20')
  expect(last.gallonsPerDay!).toBeGreaterThan(last.usualHigh!)
  expect(view.periods[12]!.gallonsPerDay!).toBeLessThan(view.periods[12]!.usualHigh!)
  expect(view.findings[0]!.citation).not.toBe('')
})
