import { localDate } from '@curbstop/kernel/dates'
import { asId, type PremiseId, type ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Acting, actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { adoptRules } from '../../../../tools/testing/policies.ts'
import { premisesRules } from '../policy/packs/premises.ts'
import { addHazard, changePremise, changeServicePoint, endHazard, turnServicePoint } from './commands.ts'
import { findPremises, getPremiseCard, listPremiseLines } from './queries.ts'

let database: TestDatabase
let desk: Acting
let other: Acting
let premiseId: PremiseId
let servicePointId: ServicePointId
let house = 100
const reason = 'measured on site'

beforeAll(async () => {
  database = await createTestDatabase()
  await sql`insert into staff.person (person_id, login, name, level) overriding system value
    values (11, 'ann', 'Ann Advisor', 'advisor'), (12, 'bob', 'Bob Advisor', 'advisor')`.execute(
    database.owner,
  )
  await sql`insert into premises.book (code, name, cycle_day) values ('B07', 'Palm Hill', 9)`.execute(
    database.owner,
  )
  desk = actingAs(database, { personId: person(11) })
  other = actingAs(database, { personId: person(12) })
  await desk.run(ctx => adoptRules(ctx.tx, premisesRules))
})
afterAll(() => database.drop())

beforeEach(async () => {
  house += 1
  const made = await sql<{ premiseId: PremiseId; servicePointId: ServicePointId }>`
    with made as (
      insert into premises.premise (house_number, street, city, state, zip, class, lot_sqft, irrigated_sqft, et_zone)
      values (${String(house)}, 'Alder Ct', 'Las Palmas', 'CA', '92000', 'single-family', 6500, 2150, '9')
      returning premise_id)
    insert into premises.service_point (premise_id, service, book_id, sequence)
    select premise_id, 'water', 1, 40 from made
    returning premise_id as "premiseId", service_point_id as "servicePointId"`.execute(database.owner)
  ;({ premiseId, servicePointId } = made.rows[0]!)
})

const said = async (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

test('the card shows the address, the areas and where the water can be turned off', async () => {
  const card = await desk.run(ctx => getPremiseCard(ctx, premiseId))
  expect(card).toMatchObject({
    line: `${house} Alder Ct`,
    cityLine: 'Las Palmas, CA 92000',
    irrigatedSqft: 2150,
    hazards: [],
    servicePoints: [
      {
        servicePointId,
        book: { code: 'B07', name: 'Palm Hill', cycleDay: 9 },
        turnOffPoints: ['meter', 'curb', 'source'],
        state: 'on',
      },
    ],
  })
  const unknown = asId<'premise'>(999_999)
  expect((await said(desk.run(ctx => getPremiseCard(ctx, unknown)))).code).toBe('premises.unknown')
  expect((await desk.run(ctx => listPremiseLines(ctx, [premiseId, unknown]))).size).toBe(1)
})

test('an area is corrected with before and after; a second hand is told who was faster', async () => {
  const change = (who: Acting, irrigatedSqft: number) =>
    who.run(ctx => changePremise(ctx, { premiseId, version: 1, reason, irrigatedSqft }))
  expect(await change(other, 2500)).toMatchObject({ irrigatedSqft: 2500, version: 2 })
  expect(other.audited[0]).toMatchObject({
    before: { irrigatedSqft: 2150 },
    after: { irrigatedSqft: 2500 },
    reason,
  })
  const late = await said(change(desk, 2600))
  expect(late.code).toBe('premises.changed-meanwhile')
  expect(late.message).toMatch(/^Bob Advisor changed the irrigated area \(/)
})

test('the field turns the water, and what is off cannot lose its valve', async () => {
  const turn = (to: 'on' | 'off-at-curb') =>
    desk.run(ctx => turnServicePoint(ctx, { servicePointId, to, reason }))
  await turn('off-at-curb')
  expect((await said(turn('off-at-curb'))).code).toBe('premises.already-so')
  const change = (version: number, turnOffPoints: ('meter' | 'curb')[]) =>
    desk.run(ctx =>
      changeServicePoint(ctx, {
        premiseId,
        servicePointId,
        version,
        reason,
        turnOffPoints,
        locationNote: 'left of gate',
      }),
    )
  expect((await said(change(1, ['meter', 'curb']))).message).toMatch(
    /^Ann Advisor changed whether the water is on/,
  )
  expect((await said(change(2, ['meter']))).code).toBe('premises.off-there-now')
  const card = await change(2, ['meter', 'curb'])
  expect(card.servicePoints[0]).toMatchObject({
    locationNote: 'left of gate',
    state: 'off-at-curb',
    version: 3,
  })
  await turn('on')
})

test('a point of another address is not changed through this one', async () => {
  const foreign = asId<'service-point'>(999_999)
  const change = { premiseId, servicePointId: foreign, version: 1, reason, locationNote: 'x' }
  expect((await said(desk.run(ctx => changeServicePoint(ctx, change)))).code).toBe('premises.point-unknown')
})

test('a dog is warned of until it is gone or a year is over', async () => {
  const add = () => desk.run(ctx => addHazard(ctx, { premiseId, kind: 'dog', note: 'large dog, unchained' }))
  const one = (await add()).hazards[0]!
  expect(one).toMatchObject({ kind: 'dog', notedBy: 'Ann Advisor', expiresOn: '2027-11-23' })
  const nextYear = actingAs(database, { personId: person(11), now: '2027-11-24T18:00:00Z' })
  expect((await nextYear.run(ctx => getPremiseCard(ctx, premiseId))).hazards).toEqual([])
  const end = () =>
    desk.run(ctx => endHazard(ctx, { premiseId, hazardId: one.hazardId, reason: 'they moved' }))
  expect((await end()).hazards).toEqual([])
  expect((await said(end())).code).toBe('premises.hazard-ended')
  const tooLong = { premiseId, kind: 'gate' as const, note: 'locked', expiresOn: localDate('2028-01-01') }
  expect((await said(desk.run(ctx => addHazard(ctx, tooLong)))).code).toBe('premises.hazard-too-long')
})

test('an address is found by its beginning, wildcards and all', async () => {
  const find = (words: string) => desk.run(ctx => findPremises(ctx, { words }))
  expect((await find(`${house} ald`)).map(one => one.premiseId)).toEqual([premiseId])
  expect((await find(`${house}`)).map(one => one.premiseId)).toEqual([premiseId])
  expect((await find('alder ct')).length).toBeGreaterThan(1)
  expect(await find(`${house} %`)).toEqual([])
})
