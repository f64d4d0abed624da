/** PRV-019 at the meter: dials and use of a place and those of a masked account never meet in one reader's eyes. */
import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId, type CustomerId, type ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actingAs, person } from '../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../tools/testing/database.ts'
import { type Home, makeDistrict, makeHome } from '../../tools/testing/served-home.ts'
import { getOccupancy } from './modules/accounts/queries/occupancy.ts'
import { saveContact } from './modules/contacts/commands/close.ts'
import { startContact } from './modules/contacts/commands/hold.ts'
import { placeAlert } from './modules/desk/commands/on-accounts.ts'
import { askSenior, createTypedTask } from './modules/desk/commands/tasks.ts'
import { getUsageStory } from './modules/metering/index.ts'
import { getMeters, listReads, listUsagePeriods, showMeter } from './modules/metering/queries.ts'

let database: TestDatabase
let home: Home
let point: ServicePointId
const firstOn = localDate('2026-06-10')

beforeAll(async () => {
  database = await createTestDatabase()
  await makeDistrict(database)
  home = await makeHome(database, '410', { firstOn, use: [9, 9, 9, 9, 9] })
  await makeHome(database, '411', { firstOn, use: [4] })
  const { rows } = await sql<{ id: CustomerId }>`select customer_id as id from accounts.account
    where account_id = ${home.accountId}`.execute(database.owner)
  const points = await sql<{ id: bigint }>`select service_point_id as id from metering.installation
    where meter_id = ${home.meterId}`.execute(database.owner)
  point = asId<'service-point'>(points.rows[0]!.id)
  await sql`insert into staff.person (person_id, login, name, level) values (12, 'tim', 'Tim', 'advisor')`.execute(
    database.owner,
  )
  await sql`insert into customers.protection (customer_id, kind, reason, placed_by)
    values (${rows[0]!.id}, 'violence', 'order seen', 1)`.execute(database.owner)
})
afterAll(() => database.drop())

const as = (...permissions: string[]) => actingAs(database, { personId: person(12), permissions })

test('an advisor reads no dial and no use at a place where a protected customer is served', async () => {
  const desk = as('metering.see')
  const from = await startOf()
  const reads = await desk.run(ctx => listReads(ctx, [point]))
  expect(reads.filter(read => read.readOn > from)).toEqual([])
  const usage = await desk.run(ctx => listUsagePeriods(ctx, [point]))
  expect(usage.get(point)!.filter(period => period.toOn > from)).toEqual([])
  const [card] = await desk.run(ctx => getMeters(ctx, [point]))
  expect((card?.lastRead?.readOn ?? from) <= from).toBe(true)
  const meter = await desk.run(ctx => showMeter(ctx, { meterId: asId<'meter'>(home.meterId) }))
  expect(meter.reads.filter(read => read.readOn > from)).toEqual([])
  const story = await desk.run(ctx => getUsageStory(ctx, [point], { forReader: true }))
  expect(story.usage.get(point)!.filter(period => period.toOn > from)).toEqual([])
})

async function startOf(): Promise<LocalDate> {
  const { rows } = await sql<{ from: LocalDate }>`select lower(period) as "from" from accounts.occupancy
    where service_point_id = ${point}`.execute(database.owner)
  return rows[0]!.from
}

test('whoever may see the customer, and whoever must go to the place, reads the dials', async () => {
  for (const permission of ['customers.see-protected', 'fieldwork.complete', 'fieldwork.assign']) {
    const reads = await as(permission).run(ctx => listReads(ctx, [point]))
    expect(reads.length, permission).toBeGreaterThan(4)
  }
})

test('what a bill is made of is whole, whoever makes it', async () => {
  const story = await as('billing.bill').run(ctx => getUsageStory(ctx, [point]))
  expect(story.usage.get(point)!.length).toBeGreaterThan(4)
})

test('the day on which a protected customer came is not said at the address', async () => {
  const at = (...permissions: string[]) =>
    as(...permissions).run(ctx =>
      getOccupancy(ctx, { premiseId: asId<'premise'>(home.premiseId), onDate: ctx.today }),
    )
  expect((await at()).occupant).toMatchObject({ accountId: null, name: 'Somebody', fromOn: null })
  expect((await at('customers.see-protected')).occupant?.fromOn).toBe(await startOf())
})

describe('what is typed about a protected customer', () => {
  const refused = { code: 'premises.findable-text' }
  const asked = (work: Parameters<ReturnType<typeof as>['run']>[0]) => desk().run(work)
  const desk = () => actingAs(database, { personId: person(1), level: 'advisor', permissions: ['desk.work'] })
  const address = async (where: 'own' | 'other') => {
    const { rows } = await sql<{
      line: string
    }>`select house_number || ' ' || street as line from premises.premise
      where (premise_id = ${home.premiseId}) = ${where === 'own'} limit 1`.execute(database.owner)
    return rows[0]!.line
  }

  test.each(['own', 'other'] as const)(
    'holds no address, whosever it is, so that the no tells nothing: %s',
    async where => {
      const line = (await address(where)).toLowerCase()
      const { accountId } = home
      await expect(
        asked(ctx => placeAlert(ctx, { accountId, tone: 'info', text: `Gate code of ${line}` })),
      ).rejects.toMatchObject(refused)
      await expect(
        asked(ctx =>
          askSenior(ctx, { accountId, question: 'Where does the letter go?', detail: `To ${line}?` }),
        ),
      ).rejects.toMatchObject(refused)
      await expect(
        asked(ctx =>
          createTypedTask(ctx, {
            ...{ accountId, kind: 'follow-up', title: `Visit ${line}`, to: { queue: 'advisors' } },
            dueOn: ctx.today,
          }),
        ),
      ).rejects.toMatchObject(refused)
    },
  )

  test('holds no phone number; a plain note is saved', async () => {
    const { contactId } = await desk().run(ctx =>
      startContact(ctx, { channel: 'phone', direction: 'in', accountId: home.accountId }),
    )
    const save = (note: string) =>
      asked(ctx =>
        saveContact(ctx, {
          contactId,
          version: 1,
          reason: 'leak',
          outcome: 'resolved',
          note,
          isComplaint: false,
        }),
      )
    await expect(save('Call back at (619) 555-0134.')).rejects.toMatchObject({
      ...refused,
      field: 'note',
      message: expect.stringContaining('card, which opens with a reason'),
    })
    expect(await save('Asked about the bill of October, 23 CCF.')).toMatchObject({ outcome: 'resolved' })
  })
})
