import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { type AccountId, asId, type CustomerId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Acting, actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import {
  layPlace,
  makePerson,
  makePremise,
  people,
  protect,
  type TestPremise,
} from '../../../../tools/testing/place.ts'
import { cancelOccupancyChange } from './commands/cancel.ts'
import { changeEnrolment, changeHousehold, recordOwner } from './commands/details.ts'
import { noteMeters } from './commands/reindex.ts'
import { changeOccupancy } from './commands/stop.ts'
import { accounts } from './contract/index.ts'
import { getAccountCard, getOccupancyChange } from './queries/card.ts'
import { getOccupancy } from './queries/occupancy.ts'
import { searchAccounts } from './queries/search.ts'

type Change = Parameters<typeof changeOccupancy>[1]
const day = localDate
const estimate = { how: 'estimate' as const }
const leaves = { evidence: 'called on Nov 20' }

let database: TestDatabase
let desk: Acting
let here: TestPremise
let house = 100

beforeAll(async () => {
  database = await createTestDatabase()
  await layPlace(database)
  desk = actingAs(database, { personId: people.ann, level: 'advisor', permissions: ['accounts.move'] })
})
afterAll(() => database.drop())
beforeEach(async () => {
  house += 1
  here = await makePremise(database, { house: String(house), street: 'Alder Ct' })
})

const change = (input: Change) => desk.run(ctx => changeOccupancy(ctx, input))
const card = (id: AccountId) => desk.run(ctx => getAccountCard(ctx, id))
const said = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )
const startAt = (customerId: CustomerId, onDate: string, more: object = {}): Change => ({
  kind: 'start',
  premiseId: here.premiseId,
  onDate: day(onDate),
  who: { customerId },
  handOver: estimate,
  note: 'lease seen',
  ...more,
})
const stopOf = async (accountId: AccountId, onDate: string, more: object = {}): Promise<Change> => ({
  kind: 'stop',
  accountId,
  version: (await card(accountId)).version,
  premiseId: here.premiseId,
  onDate: day(onDate),
  askedBy: 'customer',
  handOver: estimate,
  ...more,
})
const somebody = (name = 'Maria Garcia') => makePerson(database, { name })
const periods = async (): Promise<{ account: AccountId; from: LocalDate; to: LocalDate | null }[]> => {
  const { rows } = await sql<{ account: AccountId; from: LocalDate; to: LocalDate | null }>`
    select account, lower(period) as "from", upper(period) as "to" from accounts.occupancy
    where service_point_id = ${here.water} and cancelled_at is null order by lower(period)`.execute(
    database.db,
  )
  return rows
}

describe('start', () => {
  test('a new customer gets a number, both services, a cycle of the book and a place in the search', async () => {
    const done = await change(startAt(await somebody(), '2026-11-23', { persons: 4 }))
    const shown = await card(done.accountId)
    expect(shown).toMatchObject({
      number: done.number,
      customerName: 'Maria Garcia',
      class: 'residential',
      status: 'open',
      cycle: { code: 'C09' },
      household: [{ persons: 4, fromOn: '2026-11-23' }],
      tenures: [{ holds: 'unknown', address: `${house} Alder Ct, Las Palmas, CA 92000` }],
    })
    expect(shown.services.map(s => [s.service, s.tariff, s.rateClass]).sort()).toEqual([
      ['sewer', 'sewer', 'RESIDENTIAL_SINGLE'],
      ['water', 'water', 'RESIDENTIAL_SINGLE'],
    ])
    const { hits } = await desk.run(ctx => searchAccounts(ctx, { q: `${house} alder` }))
    expect(hits.map(hit => hit.accountId)).toContain(done.accountId)
  })

  test('a rehearsal promises no number, because the account that is really opened gets another', async () => {
    const start = startAt(await somebody(), '2026-11-23')
    const tried = desk.run(async ctx => {
      const { steps } = await changeOccupancy({ ...ctx, rehearses: true }, start)
      throw new Error(steps.map(step => step.says).join(' ')) // rolled back, as the door does
    })
    await expect(tried).rejects.toThrow(/under a new account\.(?!.*\d{8})/)
    const done = await change(start)
    expect(done.steps[0]?.says).toContain(`under the new account ${done.number}.`)
  })

  test('the one before leaves at the same read: no day is billed twice or lost', async () => {
    const first = await change(startAt(await somebody(), '2026-09-01'))
    const newcomer = await somebody('Ben Wu')
    expect(await said(change(startAt(newcomer, '2026-12-01')))).toMatchObject({ code: 'accounts.overlap' })
    const handOver = {
      how: 'read' as const,
      by: 'customer' as const,
      readOn: day('2026-11-22'),
      reads: [{ servicePointId: here.water, registerNo: 1, value: 40_210n }],
    }
    const second = await change(startAt(newcomer, '2026-11-23', { priorStop: leaves, handOver }))
    expect(await periods()).toEqual([
      { account: first.accountId, from: '2026-09-01', to: '2026-11-23' },
      { account: second.accountId, from: '2026-11-23', to: null },
    ])
    expect((await card(first.accountId)).status).toBe('closed')
    const kept = await desk.run(ctx => getOccupancyChange(ctx, second.accountId, second.changeId))
    expect(kept).toMatchObject({
      otherAccountId: first.accountId,
      handOver: { how: 'read', by: 'customer', reads: [{ value: '40210' }], evidence: leaves.evidence },
    })
  })

  test('metering and fieldwork hear of one hand-over, with ids only', async () => {
    const first = await change(startAt(await somebody(), '2026-09-01'))
    const second = await change(
      startAt(await somebody(), '2026-12-01', {
        priorStop: leaves,
        handOver: { how: 'order', instructions: '' },
      }),
    )
    const handOvers = desk.told.filter(event => event.name === 'accounts.occupancy-changed')
    expect(handOvers).toEqual([
      {
        name: 'accounts.occupancy-changed',
        account: second.accountId,
        subject: { changeId: second.changeId },
      },
    ])
    expect(desk.told).toContainEqual({
      name: 'accounts.order-wanted',
      account: second.accountId,
      subject: { changeId: second.changeId, kind: 'XFER' },
    })
    expect(desk.told.map(event => event.name)).toContain('accounts.service-stopped')
    expect(desk.audited.map(fact => fact.account)).toEqual(
      expect.arrayContaining([first.accountId, second.accountId]),
    )
    expect(second.orders).toEqual(['XFER'])
  })

  test('a protected neighbour of the past is never named, not even in a refusal', async () => {
    const hidden = await somebody('Secret Sarah')
    await change(startAt(hidden, '2026-09-01'))
    await protect(database, hidden)
    const refusal = await said(change(startAt(await somebody(), '2026-12-01')))
    expect(refusal.message).not.toMatch(/Sarah/)
    const seen = await desk.run(ctx => getOccupancy(ctx, { premiseId: here.premiseId }))
    expect(seen.occupant).toMatchObject({ name: 'Somebody', accountId: null })
    expect(seen.decisions).toEqual(['prior-stop'])
    await sql`insert into accounts.premise_owner (premise_id, customer_id, owned, on_tenant_stop)
      values (${here.premiseId}, ${hidden}, '[2020-01-01,)', 'ask')`.execute(database.owner)
    const owned = await desk.run(ctx => getOccupancy(ctx, { premiseId: here.premiseId }))
    expect(owned.owner).toMatchObject({ name: 'Somebody', customerId: null }) // the card of the account shows it
  })

  test('ACC-048: the same name or phone is shown before a second customer is made', async () => {
    const known = await makePerson(database, { name: 'Ngozi Okafor', e164: '+19515550177' })
    await change(startAt(known, '2026-09-01'))
    const there = await makePremise(database, { house: String(house), street: 'Birch St' })
    const newCustomer = {
      kind: 'person' as const,
      name: 'Okafor, Ngozi',
      language: 'en' as const,
      phones: [{ number: '(951) 555-0177', kind: 'mobile' as const, mayText: false }],
      emails: [],
    }
    const input: Change = {
      kind: 'start',
      premiseId: there.premiseId,
      onDate: day('2026-11-23'),
      who: { newCustomer },
      handOver: estimate,
    }
    expect((await change(input)).warnings).toMatchObject([
      { code: 'accounts.same-name-and-phone', customerId: known },
    ])
  })

  test('two desks starting service at one address: the database lets one through', async () => {
    const input = startAt(await somebody(), '2026-12-01')
    const other = startAt(await somebody('Ben Wu'), '2026-12-01')
    const results = await Promise.allSettled([change(input), change(other)])
    expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
    const lost = results.find(result => result.status === 'rejected')
    expect(['accounts.overlap-race', 'accounts.next-occupant']).toContain(lost?.reason.code)
  })

  test('AUTH-023: nobody starts service for themselves or a relative', async () => {
    const sister = await somebody('Ann’s Sister')
    await sql`insert into staff.declared_interest (person_id, customer_id, relation)
      values (11, ${sister}, 'sister')`.execute(database.owner)
    expect(await said(change(startAt(sister, '2026-11-23')))).toMatchObject({ code: 'staff.own-account' })
  })

  test('forged ids find nothing', async () => {
    const ghost = asId<'premise'>(999_999)
    expect(
      await said(change({ ...startAt(await somebody(), '2026-11-23'), premiseId: ghost } as Change)),
    ).toMatchObject({
      code: 'premises.unknown',
    })
    expect(await said(change(startAt(asId<'customer'>(999_999), '2026-11-23')))).toMatchObject({
      code: 'accounts.no-customer',
    })
    expect(await said(card(asId<'account'>(999_999)))).toMatchObject({ code: 'accounts.missing' })
  })
})

describe('stop', () => {
  test('the last stop closes the account; autopay stays for the final bill', async () => {
    const { accountId } = await change(startAt(await somebody(), '2026-09-01'))
    await desk.run(ctx =>
      changeEnrolment(ctx, { accountId, kind: 'autopay', begin: true, onDate: day('2026-11-23') }),
    )
    const done = await change(
      await stopOf(accountId, '2026-12-01', {
        afterStop: 'turn-off',
        handOver: { how: 'order', instructions: '' },
      }),
    )
    expect(done.orders).toEqual(['TOFF'])
    const shown = await card(accountId)
    expect(shown).toMatchObject({ status: 'closing', closedOn: '2026-12-01' })
    expect(shown.enrolments[0]).toMatchObject({ kind: 'autopay', toOn: '2026-12-25' })
  })

  test('cancelling a pending stop gives back everything, autopay too', async () => {
    const { accountId } = await change(startAt(await somebody(), '2026-09-01'))
    const enrol = { accountId, kind: 'ebill' as const, begin: true, onDate: day('2026-11-23') }
    await desk.run(ctx => changeEnrolment(ctx, enrol))
    const before = await card(accountId)
    const { changeId } = await change(await stopOf(accountId, '2026-12-01', { afterStop: 'vacant' }))
    await desk.run(ctx => cancelOccupancyChange(ctx, { accountId, changeId, reason: 'stays after all' }))
    const after = await card(accountId)
    expect(after).toMatchObject({
      status: 'open',
      closedOn: null,
      services: before.services,
      enrolments: before.enrolments,
    })
    expect(after.changes[0]?.cancelledAt).not.toBeNull()
    expect(await periods()).toEqual([{ account: accountId, from: '2026-09-01', to: null }])
    const again = said(desk.run(ctx => cancelOccupancyChange(ctx, { accountId, changeId, reason: 'again' })))
    expect(await again).toMatchObject({ code: 'accounts.change-cancelled' })
  })

  test('the owner takes over by agreement; cancelling takes that back too', async () => {
    const tenant = await change(startAt(await somebody(), '2026-09-01'))
    const landlord = await somebody('Owen Owner')
    await desk.run(ctx =>
      recordOwner(ctx, {
        premiseId: here.premiseId,
        customerId: landlord,
        fromOn: day('2026-01-01'),
        onTenantStop: 'revert',
        evidence: 'deed of 2026',
      }),
    )
    expect((await card(tenant.accountId)).tenures[0]).toMatchObject({
      holds: 'tenant',
      onTenantStop: 'revert',
    })
    const { changeId } = await change(await stopOf(tenant.accountId, '2026-12-01'))
    expect(await periods()).toMatchObject([{ to: '2026-12-01' }, { from: '2026-12-01', to: null }])
    await desk.run(ctx =>
      cancelOccupancyChange(ctx, { accountId: tenant.accountId, changeId, reason: 'stays after all' }),
    )
    expect(await periods()).toEqual([{ account: tenant.accountId, from: '2026-09-01', to: null }])
  })

  test('a stop is not cancelled over the head of the next customer', async () => {
    const { accountId } = await change(startAt(await somebody(), '2026-09-01'))
    const { changeId } = await change(await stopOf(accountId, '2026-12-01', { afterStop: 'vacant' }))
    await change(startAt(await somebody('Ben Wu'), '2026-12-01'))
    const cancel = said(
      desk.run(ctx => cancelOccupancyChange(ctx, { accountId, changeId, reason: 'stays after all' })),
    )
    expect(await cancel).toMatchObject({ code: 'accounts.follower' })
  })

  test('ACC-045: a landlord does not get a tenant’s water turned off', async () => {
    const { accountId } = await change(startAt(await somebody(), '2026-09-01'))
    const asks = await stopOf(accountId, '2026-12-01', { askedBy: 'owner', afterStop: 'turn-off' })
    expect(await said(change(asks))).toMatchObject({ code: 'accounts.occupied-by-tenant' })
  })

  test('AUTH-015: an Assistant does not raise a budget by the household; it takes a variance', async () => {
    const { accountId } = await change(startAt(await somebody(), '2026-09-01'))
    const assistant = actingAs(database, { personId: people.ann, level: 'assistant' })
    const told = (persons: number) =>
      assistant.run(ctx =>
        changeHousehold(ctx, {
          accountId,
          fromOn: day('2026-11-01'),
          persons,
          evidenceKind: 'stated',
          evidence: 'names given',
        }),
      )
    const refusal = await said(told(6))
    expect(refusal).toMatchObject({ code: 'accounts.household-variance' })
    expect(refusal.message).toMatch(/Take a water budget variance/)
    expect((await told(2)).household.persons).toBe(2)
  })

  test('a second hand is told who was faster, and a closed account that it is closed', async () => {
    const { accountId } = await change(startAt(await somebody(), '2026-09-01'))
    const stale = await stopOf(accountId, '2026-12-01', { afterStop: 'vacant' })
    await desk.run(ctx =>
      changeHousehold(ctx, {
        accountId,
        fromOn: day('2026-11-01'),
        persons: 5,
        evidenceKind: 'stated',
        evidence: 'names given',
      }),
    )
    const refusal = await said(change(stale))
    expect(refusal).toMatchObject({ code: 'accounts.changed' })
    expect(refusal.message).toMatch(/Ann Advisor changed the household/)
    await change(await stopOf(accountId, '2026-11-23', { afterStop: 'vacant' }))
    expect(await said(change(await stopOf(accountId, '2026-12-01', { afterStop: 'vacant' })))).toMatchObject({
      code: 'accounts.closed',
    })
  })
})

test('a move is one change: old address ends, new one begins, one cancel undoes both', async () => {
  const { accountId } = await change(startAt(await somebody(), '2026-09-01'))
  const there = await makePremise(database, { house: String(house), street: 'Cedar Ln' })
  const moved = await change({
    kind: 'transfer',
    accountId,
    version: (await card(accountId)).version,
    stopOn: day('2026-12-01'),
    afterStop: 'vacant',
    handOver: estimate,
    toPremiseId: there.premiseId,
    startOn: day('2026-11-28'),
    newHandOver: { how: 'order', instructions: 'meter behind the gate' },
  })
  expect(moved.orders).toEqual(['XFER'])
  expect((await card(accountId)).status).toBe('closing')
  expect(await card(moved.accountId)).toMatchObject({ status: 'pending', openedOn: '2026-11-28' })
  const half = { accountId: moved.accountId, changeId: moved.changeId, reason: 'stays after all' }
  expect(await said(desk.run(ctx => cancelOccupancyChange(ctx, half)))).toMatchObject({
    code: 'accounts.change-part',
  })
  const root = (await card(accountId)).changes[0]!
  await desk.run(ctx =>
    cancelOccupancyChange(ctx, { accountId, changeId: root.changeId, reason: 'stays after all' }),
  )
  expect((await card(accountId)).status).toBe('open')
  expect((await card(moved.accountId)).status).not.toBe('open')
})

test('meters stay with the house: the next customer is found by the meter the last one had', async () => {
  const first = await change(startAt(await somebody(), '2026-09-01'))
  await desk.run(ctx => noteMeters(ctx, [here.water], [`M-88${house}`]))
  const second = await change(startAt(await somebody('Ben Wu'), '2026-11-23', { priorStop: leaves }))
  const { hits } = await desk.run(ctx => searchAccounts(ctx, { q: `m88${house}` }))
  expect(hits.map(hit => hit.accountId)).toEqual([second.accountId, first.accountId])
  expect(hits[0]?.matched).toEqual([{ field: 'meter', text: `M88${house}` }])
})

test('every answer fits its contract, so that the page can read it', async () => {
  const done = await change(startAt(await somebody(), '2026-11-28', { persons: 3 }))
  const { accountId } = done
  const enrol = { accountId, kind: 'ebill' as const, begin: true, onDate: day('2026-12-01') }
  const fits = (schema: z.ZodType, answer: unknown) => JSON.stringify(z.encode(schema, answer as never))
  expect(fits(accounts.changeOccupancy.output, done)).toContain(done.number)
  const enrolled = await desk.run(ctx => changeEnrolment(ctx, enrol))
  expect(fits(accounts.changeEnrolment.output, enrolled)).toContain('ebill')
  expect(fits(accounts.getAccountCard.output, await card(accountId))).toContain('"status":"pending"')
  const situation = await desk.run(ctx => getOccupancy(ctx, { premiseId: here.premiseId }))
  expect(fits(accounts.getOccupancy.output, situation)).toContain('Maria Garcia')
  const hits = await desk.run(ctx => searchAccounts(ctx, { q: done.number }))
  expect(fits(accounts.searchAccounts.output, hits)).toContain(`"${accountId}"`)
  const back = { accountId, changeId: done.changeId, reason: 'never came' }
  const cancelled = await desk.run(ctx => cancelOccupancyChange(ctx, back))
  expect(fits(accounts.cancelOccupancyChange.output, cancelled)).toContain('never-was')
  expect(await periods()).toEqual([])
})
