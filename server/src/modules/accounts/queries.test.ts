import { localDate } from '@curbstop/kernel/dates'
import type { AccountId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Acting, actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { layPlace, makePerson, makePremise, people, protect } from '../../../../tools/testing/place.ts'
import { noteMeters, reindexAccount } from './commands/reindex.ts'
import { changeOccupancy } from './commands/stop.ts'
import { getAccountCard } from './queries/card.ts'
import { searchAccounts } from './queries/search.ts'

let database: TestDatabase
let desk: Acting
let senior: Acting
const of: Record<string, { accountId: AccountId; number: string }> = {}

async function settle(
  key: string,
  who: { name: string; e164?: string; email?: string },
  at: [house: string, street: string],
) {
  const customerId = await makePerson(database, who)
  const premise = await makePremise(database, { house: at[0], street: at[1] })
  of[key] = await desk.run(ctx =>
    changeOccupancy(ctx, {
      kind: 'start',
      premiseId: premise.premiseId,
      onDate: localDate('2026-11-23'),
      who: { customerId },
      handOver: { how: 'estimate' },
    }),
  )
  await desk.run(ctx => noteMeters(ctx, [premise.water], [`B-70045${at[0]}`]))
  return customerId
}

beforeAll(async () => {
  database = await createTestDatabase()
  await layPlace(database)
  desk = actingAs(database, { personId: people.ann, level: 'advisor' })
  senior = actingAs(database, { personId: people.sue, permissions: ['customers.see-protected'] })
  await settle('maria', { name: 'María García', e164: '+19515550142', email: 'maria.g@mail.example' }, [
    '118',
    'Alder Ct',
  ])
  await settle('john', { name: 'John Goldstein', e164: '+19515550199' }, ['2204', 'N Quail Ridge Rd'])
  await settle('dela', { name: "Rosa De la Cruz O'Neill" }, ['77', 'Mill St'])
  await settle('ana', { name: 'Ana Ruiz' }, ['6', 'Fir Pl'])
  await settle('joan', { name: 'Joan Lee' }, ['8', 'Oak St'])
  const hidden = await settle('hidden', { name: 'Sarah Secret', e164: '+19515550111' }, ['9', 'Plover Way'])
  await protect(database, hidden)
  await sql`insert into accounts.account_number (number, account, is_current, source)
    values ('A-301-22', ${of.maria!.accountId}, false, 'before 2019')`.execute(database.owner)
  for (const { accountId } of Object.values(of)) await desk.run(ctx => reindexAccount(ctx, accountId))
})
afterAll(() => database.drop())

const search = (q: string, who = desk) => who.run(ctx => searchAccounts(ctx, { q }))
const first = async (q: string, who = desk) => (await search(q, who)).hits[0]

describe('an advisor finds the caller by', () => {
  const cases: [string, string, string][] = [
    ['name', 'maria garcia', 'maria'],
    ['name turned round, half typed', 'garcia mar', 'maria'],
    ['name with accents', 'GARCÍA', 'maria'],
    ['family name in one piece', 'delacruz', 'dela'],
    ['apostrophe or not', 'oneill', 'dela'],
    ['address', '118 alder', 'maria'],
    ['address with city, state and ZIP', '118 alder ct las palmas ca 92000', 'maria'],
    ['written-out address', '2204 north quail ridge road', 'john'],
    ['phone', '(951) 555-0142', 'maria'],
    ['phone without area code', '555-0142', 'maria'],
    ['last four of the phone', '0199', 'john'],
    ['e-mail half typed', 'maria.g@', 'maria'],
    ['meter', 'b-70045118', 'maria'],
    ['meter without its letter', '70045118', 'maria'],
    ['old number', 'a-301-22', 'maria'],
    ['old number half typed', 'a30122'.slice(0, 5), 'maria'],
    ['a slip in the name', 'garsia', 'maria'],
    ['swapped letters', 'jhon', 'john'],
    ['slips in both words', 'mria garcai', 'maria'],
    ['a slip in the street', 'qauil rigde', 'john'],
    ['a letter too many in a short name', 'anna ruiz', 'ana'],
    ['a letter too few in a short name', 'jon lee', 'joan'],
    ['a short name alone, misspelt', 'anna', 'ana'],
    ['the inside of a name', 'stein', 'john'],
    ['two short words', '77 mi', 'dela'],
    ['name and street', 'goldstein quail', 'john'],
  ]
  test.each(cases)('%s', async (_, q, who) => {
    expect((await first(q))?.accountId).toBe(of[who]!.accountId)
  })

  test('account number, with the reason', async () => {
    const hit = await first(of.john!.number)
    expect(hit).toMatchObject({
      accountId: of.john!.accountId,
      how: 'exact',
      name: 'John Goldstein',
      address: '2204 N Quail Ridge Rd, Las Palmas',
      matched: [{ field: 'number', text: of.john!.number }],
    })
    expect((await first('a30122'))?.matched).toEqual([{ field: 'old-number', text: 'A-301-22' }])
    expect((await first('0142'))?.matched).toEqual([{ field: 'phone', text: '(951) 555-0142' }])
  })
})

describe('a protected customer (PRV-019)', () => {
  test.each(['sarah', 'sarah secret', 'secert', '9 plover', '5550111', 'b700459', 'ecre'])(
    'is found by nobody without the right: %s',
    async q => {
      const { hits } = await search(q)
      expect(hits.map(hit => hit.accountId)).not.toContain(of.hidden!.accountId)
    },
  )

  test('is found by the whole account number, without name and address', async () => {
    expect(await first(of.hidden!.number)).toMatchObject({
      accountId: of.hidden!.accountId,
      isMasked: true,
      name: 'Protected customer',
      address: 'Protected address',
    })
    expect((await search(of.hidden!.number.slice(0, -1))).hits.map(hit => hit.accountId)).not.toContain(
      of.hidden!.accountId,
    )
  })

  test('is hidden from the first moment, before the index knows', async () => {
    const customerId = await settle('fresh', { name: 'Freda Fresh' }, ['31', 'Plover Way'])
    expect((await first('freda'))?.accountId).toBe(of.fresh!.accountId)
    await protect(database, customerId)
    expect((await search('freda')).hits).toEqual([])
  })

  test('shows the name, never the address, to those with the right', async () => {
    expect(await first('sarah secret', senior)).toMatchObject({
      name: 'Sarah Secret',
      address: 'Protected address',
      isMasked: true,
    })
  })

  test('gives nothing away on the card, not even the id of the address', async () => {
    const card = await desk.run(ctx => getAccountCard(ctx, of.hidden!.accountId))
    expect(card).toMatchObject({ isMasked: true, customerName: 'Protected customer', tenures: [] })
    expect(JSON.stringify(card, (_, v) => (typeof v === 'bigint' ? `${v}` : v))).not.toMatch(/Plover|Sarah/)
    expect(card.services.every(service => service.premiseId === null)).toBe(true)
    expect(card.changes.every(change => change.premiseId === null)).toBe(true)
  })
})

test('nothing typed breaks the search', async () => {
  const odd = [
    "'; drop table",
    '%',
    '_',
    '\\',
    '🙂🙂',
    'a'.repeat(200),
    '0'.repeat(200),
    '@',
    '@@',
    '% %',
    "o'",
    '()',
  ]
  for (const q of odd) expect((await search(q)).hits.length).toBeLessThanOrEqual(12)
})
