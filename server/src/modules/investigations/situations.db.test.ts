/** The named situations of the sample district, looked at as the desk looks: what an advisor would say must come first. */
import { localDate } from '@curbstop/kernel/dates'
import type { AccountId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedDistrict } from '../../../../tools/sample-district/seed.ts'
import { situations } from '../../../../tools/sample-district/situations.ts'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { getBillingCard } from '../billing/index.ts'
import { type CauseRanking, rankCauses } from './queries/ranking.ts'

const today = localDate('2026-11-23')
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  const keys = { secrets: Buffer.alloc(32, 7) }
  const timeZone = 'America/Los_Angeles'
  await seedDistrict({ target: database.target, accounts: 130, seed: 11, today, timeZone, keys })
})
afterAll(() => database?.drop())

const advisor = () => actingAs(database, { level: 'advisor', now: `${today}T18:00:00Z` })

async function accountOf(key: string): Promise<AccountId> {
  const { person } = situations.find(situation => situation.key === key)!
  const { rows } = await sql<{ accountId: AccountId }>`
    select a.account_id as "accountId" from accounts.account a join customers.customer c using (customer_id)
    where c.name = ${person!.name!} and a.closed_on is null`.execute(database.owner)
  return rows[0]!.accountId
}

async function rank(key: string): Promise<CauseRanking> {
  const accountId = await accountOf(key)
  return advisor().run(ctx => rankCauses(ctx, accountId))
}

test.each([
  ['toilet-leak', 'toilet', 'spike'],
  ['irrigation-jump', 'irrigation-season', 'step'],
  ['swapped-a', 'swapped-meter', 'step'],
  ['misread', 'misread', 'spike'],
  ['catch-up', 'catch-up', 'catch-up'],
  ['pool-fill', 'pool', 'spike'],
  ['more-people', 'household', 'step'],
])('%s: an advisor would say %s first', async (key, cause, pattern) => {
  const ranking = await rank(key)
  expect(ranking).toMatchObject({ isHigh: true, pattern })
  expect(ranking.causes[0]).toMatchObject({ cause })
  const [first, second] = ranking.causes
  expect(first!.likelihood).toBeGreaterThan(second!.likelihood * 1.15)
})

test('the quiet half of swapped meters is found too, and each names the other’s address', async () => {
  const [loud, quiet] = [await rank('swapped-a'), await rank('swapped-b')]
  const saysOf = ({ causes }: CauseRanking) =>
    causes[0]?.evidence.find(line => line.code === 'neighbour')?.says
  expect(quiet).toMatchObject({ isHigh: false, causes: [{ cause: 'swapped-meter' }, {}, {}, {}] })
  expect(quiet.questions).toEqual([])
  expect(saysOf(loud)).toContain('53 Fir Pl')
  expect(saysOf(quiet)).toContain('51 Fir Pl')
})

test('a stopped meter is said to be one, and nothing else is guessed', async () => {
  expect(await rank('stopped-meter')).toMatchObject({
    isHigh: false,
    pattern: 'zero',
    headline: expect.stringContaining('check whether the meter is stopped'),
    causes: [],
  })
})

test('a misread names the digits that were exchanged', async () => {
  const { causes } = await rank('misread')
  const read = causes[0]!.evidence.find(line => line.code === 'read')
  expect(read?.says).toMatch(/^The read is \d+; with two digits exchanged, \d+, the use would be usual\.$/)
})

test('a new tenant is not compared with the people before', async () => {
  expect(await rank('new-tenant')).toMatchObject({
    isHigh: false,
    headline: expect.stringContaining('in the period before'),
  })
})

test('dials that passed zero and a meter exchanged on the way are no high use', async () => {
  for (const key of ['rollover', 'meter-exchange'])
    expect(await rank(key)).toMatchObject({ isHigh: false, causes: [] })
})

test('the same use at new rates is explained by the rates and nothing else', async () => {
  const accountId = await accountOf('rates-only')
  expect(await rank('rates-only')).toMatchObject({ isHigh: false })
  const card = await advisor().run(ctx => getBillingCard(ctx, accountId))
  const { deltas, changeCents } = card.versusLastYear!
  const rates = deltas.find(delta => delta.code === 'rates')!
  expect(changeCents).toBeGreaterThan(0n)
  expect(rates.cents).toBeGreaterThan((changeCents * 2n) / 3n)
})
