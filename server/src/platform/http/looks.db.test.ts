/** Whoever is shown a protected name leaves a line, also by a search and a page that change nothing (PRV-019). */
import type { Endpoint } from '@curbstop/kernel/endpoint'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { endpoints, type House, openHouse, type Who } from '../../../../tools/testing/house.ts'

let house: House
let account: { id: string; number: string; customer: string; name: string }

beforeAll(async () => {
  house = await openHouse({ accounts: 30 })
  const { rows } = await sql<typeof account>`
    select a.account_id::text as id, a.number, a.customer_id::text as customer, c.name
    from accounts.account a join customers.customer c using (customer_id)
    where a.closed_on is null and not exists (select from customers.protection t where t.customer_id = a.customer_id)
    order by a.account_id limit 1`.execute(house.database.owner)
  account = rows[0]!
  await sql`insert into customers.protection (customer_id, kind, reason, placed_by)
    values (${account.customer}, 'violence', 'order seen', 1)`.execute(house.database.owner)
})
afterAll(() => house.close())
beforeEach(async () => {
  await sql`alter table customers.access disable trigger append_only`.execute(house.database.owner)
  await sql`delete from customers.access`.execute(house.database.owner)
  await sql`alter table customers.access enable trigger append_only`.execute(house.database.owner)
})

const duty = (name: string): Endpoint => endpoints.find(e => e.duty === name)!.endpoint
const ask = (who: Who, name: string, input: unknown) => house.ask(who, duty(name), input)
async function lines() {
  const { rows } = await sql<{ who: bigint; what: string; reason: string }>`
    select person_id as who, what, reason from customers.access order by access_id`.execute(
    house.database.owner,
  )
  return rows
}

test('a supervisor’s search hit and opened page are on record, each look once', async () => {
  const who = house.personOf('supervisor')
  const found = await ask('supervisor', 'accounts.searchAccounts', { q: account.number })
  expect(found.text).toContain(account.name)
  expect(await lines()).toEqual([{ who, what: 'name', reason: 'The name was shown in a search.' }])
  await ask('supervisor', 'accounts.searchAccounts', { q: account.number })
  const page = await ask('supervisor', 'reports.getAccount360', { accountId: account.id })
  expect(page.text).toContain(account.name)
  expect(await lines()).toHaveLength(1)
})

test('a page opened by its address is on record too', async () => {
  await ask('senior', 'customers.getCustomer', { customerId: account.customer })
  expect(await lines()).toEqual([
    { who: house.personOf('senior'), what: 'name', reason: 'The name was shown on a page.' },
  ])
})

test('whoever is shown no name leaves no line', async () => {
  const found = await ask('advisor', 'accounts.searchAccounts', { q: account.number })
  expect(found.text).not.toContain(account.name)
  await ask('advisor', 'reports.getAccount360', { accountId: account.id })
  expect(await lines()).toEqual([])
})

test('when the line cannot be written, nothing is shown', async () => {
  await sql`alter table customers.access add constraint nobody_writes check (person_id < 0)`.execute(
    house.database.owner,
  )
  try {
    const found = await ask('supervisor', 'accounts.searchAccounts', { q: account.number })
    expect(found.status).toBe(500)
    expect(found.text).not.toContain(account.name)
  } finally {
    await sql`alter table customers.access drop constraint nobody_writes`.execute(house.database.owner)
  }
})
