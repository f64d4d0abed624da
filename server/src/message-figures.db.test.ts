/** What a customer reads about their use and their bill are the bill's own figures, whoever sends the message. */
import type { Endpoint } from '@curbstop/kernel/endpoint'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endpoints, type House, openHouse } from '../../tools/testing/house.ts'

type Head = { fromOn: string; toOn: string; days: number; usageUnits: string; totalCents: string }
type Period = Head & { readKind: string | null; budgetUnits: string | null }
type Card = {
  latest: { dueOn: string }
  periods: Period[]
  versusLastBill: {
    against: string
    now: Head
    before: Head
    deltas: { code: string; cents: string; told: { values: Record<string, string> } }[]
  } | null
}

let house: House
let accountId: string
let card: Card

beforeAll(async () => {
  house = await openHouse({ accounts: 30 })
  const { rows } = await sql<{ id: string }>`
    select b.account_id::text as id from billing.bill b group by b.account_id having count(*) > 13
      and not exists (select from accounts.account a join customers.protection t using (customer_id)
        where a.account_id = b.account_id)
    order by 1 limit 1`.execute(house.database.owner)
  accountId = rows[0]!.id
  card = (await ask('billing.getCard', { accountId })).body as unknown as Card
})
afterAll(() => house.close())

const duty = (name: string): Endpoint => endpoints.find(e => e.duty === name)!.endpoint
const ask = (name: string, input: unknown) => house.ask('advisor', duty(name), input)
const send = (letter: unknown) =>
  ask('correspondence.send', {
    ...{ accountId, letter },
    to: {
      kind: 'mail-typed',
      lines: ['Ana Ruiz', 'PO Box 12', 'Las Palmas, CA 92000'],
      reason: 'asked for it',
    },
  })
const messages = async () => {
  const { rows } = await sql<{ n: bigint }>`select count(*) as n from correspondence.message`.execute(
    house.database.owner,
  )
  return Number(rows[0]!.n)
}

const graph = (change: (periods: Record<string, unknown>[]) => void = () => {}) => {
  const periods = card.periods
    .slice(0, 12)
    .map(({ fromOn, toOn, days, usageUnits, readKind }) => ({
      ...{ fromOn, toOn, days, usageUnits, isEstimated: readKind === 'estimated', lastYearUnits: null },
    }))
    .reverse()
  change(periods)
  return { template: 'usage-graph', data: { periods } }
}

const explanation = (
  change: (data: { now: Head; dueOn: string; changes: { cents: string }[] }) => void = () => {},
) => {
  const { against, now, before, deltas } = card.versusLastBill!
  const head = ({ fromOn, toOn, days, usageUnits, totalCents }: Head) => ({
    ...{ fromOn, toOn, days, usageUnits, totalCents },
  })
  const data = {
    ...{ against, now: head(now), before: head(before), dueOn: card.latest.dueOn },
    changes: deltas
      .filter(one => one.cents !== '0')
      .map(({ code, cents, told }) => ({ code, cents, values: told.values })),
  }
  change(data)
  return { template: 'bill-explanation', data }
}

test('the sheet of the bills as they stand is sent', async () => {
  for (const letter of [graph(), explanation()]) {
    const { status, text } = await send(letter)
    expect(status, text).toBe(200)
  }
})

test.each([
  ['another use', () => graph(periods => Object.assign(periods[3]!, { usageUnits: '999' }))],
  [
    'an estimate told as a read, or a read as an estimate',
    () => graph(periods => Object.assign(periods[2]!, { isEstimated: !periods[2]!.isEstimated })),
  ],
  [
    'last year’s use of nobody',
    () => graph(periods => Object.assign(periods[11]!, { lastYearUnits: '4321' })),
  ],
  [
    'a period that was never billed',
    () =>
      graph(periods => Object.assign(periods[0]!, { fromOn: '2019-01-01', toOn: '2019-01-31', days: 30 })),
  ],
  [
    'another date the bill is due on',
    () => explanation(data => Object.assign(data, { dueOn: '2027-01-31' })),
  ],
  [
    'reasons that add up but are not the bill’s',
    () =>
      explanation(data => {
        const [first, second] = data.changes
        const moved = { code: 'other', cents: '777', values: {} }
        if (first) first.cents = (BigInt(first.cents) - 777n).toString()
        data.changes = [...(first ? [first] : []), ...(second ? data.changes.slice(1) : []), moved]
      }),
  ],
  [
    'use and budget of nobody',
    () => ({
      template: 'conservation-tips',
      data: { tips: ['full-loads'], usageUnits: '987', budgetUnits: '3' },
    }),
  ],
])('%s is not sent, and no message is kept', async (_, letter) => {
  const before = await messages()
  const { status, body } = await send(letter())
  expect([status, body.code]).toEqual([422, 'billing.other-figures'])
  expect(body.message).toMatch(/^Nothing is sent: the figures of this message are not those of the bills/)
  expect(await messages()).toBe(before)
})
