import { addMonths, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { type Home, makeDistrict, makeHome } from '../../../../tools/testing/served-home.ts'
import { getMoneyCard } from '../ledger/index.ts'
import { billAccount } from './commands/bill.ts'
import { billing } from './contract/index.ts'
import { getBill, getBillExplanation, getBillingCard } from './queries/cards.ts'
import { priceUnits } from './queries/price.ts'
import { whatIf } from './queries/what-if.ts'
import { getWinterAverage } from './queries/winter.ts'

const first = localDate('2025-09-10')
const use = [14, 11, 9, 8, 8, 9, 11, 14, 18, 21, 22, 20, 16, 24]
const today = '2026-11-23T18:00:00Z'
let database: TestDatabase
let home: Home

const desk = () =>
  actingAs(database, { level: 'senior', permissions: ['customers.see-protected'], now: today })
const bill = (accountId: Home['accountId'], throughOn?: LocalDate) =>
  desk().run(ctx => billAccount(ctx, { accountId, throughOn }))
const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

beforeAll(async () => {
  database = await createTestDatabase()
  await makeDistrict(database)
  home = await makeHome(database, '118', { firstOn: first, use })
  for (let i = 1; i <= use.length; i += 1) await bill(home.accountId, addMonths(first, i))
})
afterAll(() => database?.drop())

test('fourteen months are billed one after the other, each proved, and the ledger owes their sum', async () => {
  const card = await desk().run(ctx => getBillingCard(ctx, home.accountId))
  expect(card.periods.map(period => period.usageUnits)).toEqual([...use].reverse().map(String))
  expect(card.periods.at(-1)).toMatchObject({
    fromOn: '2025-09-10',
    toOn: '2025-10-10',
    days: 30,
    persons: 3,
  })
  expect(card.latest!.proof).toMatchObject({ state: 'proved', ratedCents: card.latest!.totalCents })
  const total = card.periods.reduce((sum, period) => sum + period.totalCents, 0n)
  const money = await desk().run(ctx => getMoneyCard(ctx, home.accountId))
  expect(money.balanceCents).toBe(total)
  for (const period of card.periods) {
    const one = await desk().run(ctx => getBill(ctx, { accountId: home.accountId, billId: period.billId }))
    expect(one.proof.state).toBe('proved')
  }
  z.encode(billing.getCard.output, card)
})

test('why is it more? against the last bill and last year, to the cent', async () => {
  const { versusLastBill, versusLastYear, latest } = await desk().run(ctx =>
    getBillingCard(ctx, home.accountId),
  )
  for (const explained of [versusLastBill!, versusLastYear!]) {
    expect(explained.isProved).toBe(true)
    expect(explained.deltas.reduce((sum, delta) => sum + delta.cents, 0n)).toBe(explained.changeCents)
  }
  expect(versusLastBill!.summary).toMatch(/more than the last one\. More water was used, about/)
  expect(versusLastYear!.deltas.map(delta => delta.code)).toContain('rates')
  const { accountId } = home
  const again = await desk().run(ctx => getBillExplanation(ctx, accountId, latest!.billId))
  expect(again.lastBill!.changeCents).toBe(versusLastBill!.changeCents)
})

test('the winter average is in the sewer bill since July, with its months and a preview without one', async () => {
  const { inForce, without } = await desk().run(ctx =>
    getWinterAverage(ctx, { accountId: home.accountId, exceptFromOn: localDate('2026-02-10') }),
  )
  expect(inForce).toMatchObject({ units: '8.3', source: 'own', arithmetic: '(8 + 8 + 9) ÷ 3 = 8.3' })
  expect(without).toMatchObject({ units: '8' })
})

test('what if: less use, more people, a repaired leak, last year’s rates, side by side and nothing posted', async () => {
  const { accountId } = home
  const before = await desk().run(ctx => getMoneyCard(ctx, accountId))
  const answer = await desk().run(ctx =>
    whatIf(ctx, {
      accountId,
      scenarios: [
        { name: 'use 16', usageUnits: '16' },
        { name: 'five people', persons: 5 },
        { name: 'leak repaired', isLeakFixed: true },
        { name: 'old rates', ratesOn: localDate('2025-08-01') },
      ],
    }),
  )
  z.encode(billing.whatIf.output, answer)
  const lines = answer.actual.lines.reduce((sum, line) => sum + line.cents, 0n)
  expect(lines).toBe(answer.actual.totalCents)
  for (const one of answer.scenarios) {
    expect(one.refusal).toBeNull()
    expect(one.differenceCents).toBeLessThan(0n)
    expect(one.differenceCents).toBe(one.totalCents - answer.actual.totalCents)
    expect(one.nextBillCents).toBeGreaterThan(0n)
    expect(one.yearDifferenceCents).toBeLessThan(0n)
  }
  expect(answer.scenarios[2]!.usageUnits).not.toBe('24')
  expect(await desk().run(ctx => getMoneyCard(ctx, accountId))).toEqual(before)
})

test('a date without a tariff and a period that ends before it begins are told, not thrown at the screen', async () => {
  const { accountId } = home
  const ask = (scenario: object) =>
    desk().run(ctx => whatIf(ctx, { accountId, scenarios: [{ name: 'x', ...scenario }] }))
  const answer = await ask({ ratesOn: localDate('2019-01-01') })
  expect(answer.scenarios[0]!.refusal).toMatch(/No tariff is in force/)
  expect(await refusal(ask({ toOn: localDate('2026-01-01') }))).toMatchObject({ code: 'billing.scenario' })
  const foreign = { accountId, billId: asId<'bill'>(999_999), scenarios: [{ name: 'x' }] }
  expect(await refusal(desk().run(ctx => whatIf(ctx, foreign)))).toMatchObject({
    code: 'billing.unknown-bill',
  })
})

test('the first units of a leak cost what the highest tiers ask', async () => {
  const [small, large, all] = await desk().run(ctx => priceUnits(ctx, home.accountId, [1, 4, 1000]))
  expect(small!).toBeGreaterThan(0n)
  expect(large!).toBeGreaterThan(small! * 3n)
  expect(all!).toBeGreaterThan(large!)
})

test('a second click, no new read, and a read in the future bill nothing and say why', async () => {
  const { accountId } = home
  const again = await refusal(bill(accountId))
  expect(again).toMatchObject({ code: 'billing.no-read' })
  expect(again.message).toMatch(/no read after Nov 10 2026 at 118 Alder C/)
  expect(await refusal(bill(accountId, localDate('2027-01-01')))).toMatchObject({ code: 'billing.in-future' })
  expect(await refusal(bill(asId<'account'>(777_777)))).toMatchObject({ code: 'accounts.missing' })
})

test('water is billed once: when the read that ended the last bill was changed, the next bill waits', async () => {
  const until = localDate('2025-10-10')
  const change = async (serial: string, value: number | null) => {
    const home = await makeHome(database, serial, { firstOn: first, use: [10, 12] })
    await bill(home.accountId, until)
    await sql`insert into metering.read_void (meter_id, register_no, read_id, voided_by, reason)
      select meter_id, register_no, read_id, 1, 'misread' from metering.read
      where meter_id = ${home.meterId} and read_on = ${until}`.execute(database.owner)
    if (value !== null)
      await sql`insert into metering.read (meter_id, read_on, value, kind, source)
        values (${home.meterId}, ${until}, ${value}, 'actual', 'office')`.execute(database.owner)
    return refusal(bill(home.accountId))
  }
  const lower = await change('9124', 1004) // six units would be billed again
  expect(lower).toMatchObject({ code: 'billing.opening-read' })
  expect(lower.message).toMatch(/the last bill took 1010, the record now says 1004/)
  expect(await change('9126', null)).toMatchObject({ code: 'billing.opening-read' }) // and here never
  expect(await change('9128', 1010)).toEqual({}) // entered again as it was
})

test('a negative read is never billed, and a hold stops the bill with its reason', async () => {
  const wrong = await makeHome(database, '120', { firstOn: first, use: [10, -5] })
  await bill(wrong.accountId, localDate('2025-10-10'))
  expect(await refusal(bill(wrong.accountId))).toMatchObject({ code: 'billing.read-in-review' })
  const held = await makeHome(database, '122', { firstOn: first, use: [10] })
  await sql`insert into desk.hold (account_id, what, reason_code, reason, from_on, placed_by)
    values (${held.accountId}, 'bill', 'research', 'meter in question', '2026-01-01', 1)`.execute(
    database.owner,
  )
  const refused = await refusal(bill(held.accountId))
  expect(refused.message).toMatch(/on hold: meter in question/)
})

test('two months in one bill are a catch-up with two months of budget', async () => {
  const late = await makeHome(database, '124', { firstOn: first, use: [10, 12, 9] })
  await bill(late.accountId, localDate('2025-10-10'))
  const both = await bill(late.accountId)
  expect(both).toMatchObject({ days: 61, kind: 'regular' })
  expect(both.segments[0]!.usageUnits).toBe('21')
  expect(both.segments[0]!.lines[0]!.arithmetic).toMatch(/^2\.0333 of \$43\.78 = \$89\.02$/)
})

test('the meter number of a protected customer is hidden from those who may not see where they live', async () => {
  const shy = await makeHome(database, '126', { firstOn: first, use: [10] })
  await bill(shy.accountId)
  await sql`insert into customers.protection (customer_id, kind, reason, placed_by)
    select customer_id, 'violence', 'court order', 1 from accounts.account where account_id = ${shy.accountId}`.execute(
    database.owner,
  )
  const serialFor = async (permissions: string[]) => {
    const reader = actingAs(database, { level: 'assistant', permissions, now: today })
    const card = await reader.run(ctx => getBillingCard(ctx, shy.accountId))
    return card.latest!.segments[0]!.reads[0]!.serial
  }
  expect(await serialFor([])).toBe('hidden')
  expect(await serialFor(['customers.see-protected'])).toBe('126')
})

test('a stored bill cannot be changed or removed', async () => {
  for (const statement of ['update billing.bill set total_cents = 0', 'delete from billing.bill_segment']) {
    await expect(sql.raw(statement).execute(database.owner)).rejects.toThrow(/keeps history/)
  }
})
