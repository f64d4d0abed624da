import { addMonths, localDate } from '@curbstop/kernel/dates'
import { asId, type Id, type ServicePointId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { type Home, makeDistrict, makeHome } from '../../../../tools/testing/served-home.ts'
import { modules } from '../../app.ts'
import type { Level } from '../../platform/context.ts'
import { witnessesOf } from '../../platform/jobs/runner.ts'
import { listMessages } from '../correspondence/index.ts'
import { makeOrder } from '../fieldwork/index.ts'
import { getMoneyCard, listLedgerRows } from '../ledger/index.ts'
import { endTestOfOrder, noteTestOfOrder, orderMeterTest } from '../metering/commands/meter-test-orders.ts'
import { enterMeterTest, voidMeterTest } from '../metering/commands/meter-test-results.ts'
import { metering } from '../metering/contract/index.ts'
import { getMeterTest, getPlaceHistory } from '../metering/queries/meter-tests.ts'
import { billAccount } from './commands/bill.ts'
import { proposeMeterMoney, settleMeterTest } from './commands/meter-error.ts'
import { billing } from './contract/index.ts'
import { getBillingCard } from './queries/cards.ts'
import { getMeterProposal } from './queries/meter-proposal.ts'

const first = localDate('2025-09-10')
const use = [14, 11, 9, 8, 8, 9, 11, 14, 18, 21, 22, 20, 16, 24]
const testedOn = localDate('2026-11-20')
const people = { csfr: 80n, advisor: 82n, senior: 83n, supervisor: 84n, boss: 85n } as const
type Who = keyof typeof people
type TestId = Id<'meter-test'>
let database: TestDatabase
let serials = 400

const as = (who: Who, now = '2026-11-23T18:00:00Z') => {
  const level: Level | null = who === 'csfr' ? null : who === 'boss' ? 'supervisor' : who
  const personId = person(Number(people[who]))
  return actingAs(database, { personId, level, now, witnesses: witnessesOf(modules) })
}
const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

beforeAll(async () => {
  database = await createTestDatabase()
  await makeDistrict(database)
  for (const [who, id] of Object.entries(people))
    await sql`insert into staff.person (person_id, login, name, level)
      values (${id}, ${who}, ${`Pat ${who}`}, ${who === 'csfr' ? null : who === 'boss' ? 'supervisor' : who})`.execute(
      database.owner,
    )
})
afterAll(() => database?.drop())

type Metered = Home & { readonly servicePointId: ServicePointId }

async function home(facts: { mail?: boolean } = {}): Promise<Metered> {
  serials += 2
  const made = await makeHome(database, String(serials), { firstOn: first, use })
  if (facts.mail !== false)
    await sql`insert into customers.mailing_address (customer_id, line1, city, state, zip, valid_from)
      select customer_id, '118 Alder Ct', 'Cedar Flat', 'CA', '95990', '2025-01-01' from accounts.account
      where account_id = ${made.accountId}`.execute(database.owner)
  for (let i = 1; i <= use.length; i += 1)
    await as('senior').run(ctx =>
      billAccount(ctx, { accountId: made.accountId, throughOn: addMonths(first, i) }),
    )
  const { rows } = await sql<{ id: ServicePointId }>`select service_point_id as id from metering.installation
    where meter_id = ${made.meterId}`.execute(database.owner)
  return { ...made, servicePointId: rows[0]!.id }
}

const ordered = ({ servicePointId, accountId }: Metered, askedBy: 'customer' | 'district' = 'customer') =>
  as('advisor', '2026-11-12T18:00:00Z').run(ctx =>
    orderMeterTest(ctx, {
      servicePointId,
      accountId,
      askedBy,
      attends: askedBy === 'customer',
      instructions: '',
    }),
  )
const runsAt = (percent: number) =>
  [
    ['low', 0.5, 10],
    ['intermediate', 3, 100],
    ['high', 25, 100],
  ].map(([point, gpm, through]) => ({
    point: point as 'low',
    gpm: gpm as number,
    throughGallons: through as number,
    registeredGallons: ((through as number) * percent) / 100,
  }))
const entered = (testId: TestId, percent: number, who: Who = 'csfr') =>
  as(who).run(ctx =>
    enterMeterTest(ctx, {
      ...{
        testId,
        testedOn,
        place: 'bench',
        isRepaired: false,
        runs: runsAt(percent),
        cause: 'wear',
        note: '',
      },
    }),
  )
const proposalOf = (who: Who, { accountId }: Metered, testId: TestId) =>
  as(who).run(ctx => getMeterProposal(ctx, { accountId, testId }))

async function decide(
  who: Who,
  at: Metered,
  testId: TestId,
  changes: { cents?: bigint; waive?: boolean } = {},
) {
  const { resultId, cents } = await proposalOf(who, at, testId)
  const { accountId } = at
  const reason = 'The bench sheet lies in the file.'
  return as(who).run(ctx =>
    settleMeterTest(ctx, { accountId, testId, resultId: resultId!, cents, reason, waive: false, ...changes }),
  )
}
const balanceOf = async ({ accountId }: Metered) =>
  (await as('senior').run(ctx => getMoneyCard(ctx, accountId))).balanceCents

test('a fast meter gives back what the bills rated again come to, to the cent, with the fee and a letter', async () => {
  const at = await home()
  const before = await balanceOf(at)
  const { testId, feeCents, testOn, resultDueOn } = await ordered(at)
  expect({ feeCents, testOn, resultDueOn }).toEqual({
    feeCents: 5000n,
    testOn: '2026-11-19',
    resultDueOn: '2026-11-29',
  })
  expect(await balanceOf(at)).toBe(before + 5000n)
  const result = await entered(testId, 108)
  expect(result).toMatchObject({ accuracy: 108, passed: false, verdict: 'fast' })
  z.encode(metering.getMeterTest.output, await as('csfr').run(ctx => getMeterTest(ctx, { testId })))
  const proposal = await proposalOf('supervisor', at, testId)
  z.encode(billing.getMeterProposal.output, proposal)
  expect(proposal).toMatchObject({
    outcome: 'refund',
    fee: 'returned',
    exchange: true,
    windowFromOn: '2026-05-20',
  })
  expect(proposal.bills).toHaveLength(6)
  expect(proposal.bills.reduce((sum, bill) => sum + bill.differenceCents, 0n)).toBe(proposal.cents)
  for (const bill of proposal.bills) {
    expect(bill.lines.reduce((sum, line) => sum + line.differenceCents, 0n)).toBe(bill.differenceCents)
    expect(bill.differenceCents).toBeLessThanOrEqual(0n)
  }
  // the first of them lies in the window with 20 of its 31 days
  expect(proposal.bills[0]).toMatchObject({ correctFromOn: '2026-05-20', unitsBefore: '18' })
  const card = await as('senior').run(ctx => getBillingCard(ctx, at.accountId))
  const settled = await decide('supervisor', at, testId)
  expect(settled.corrections[0]).toMatchObject({
    outcome: 'refund',
    cents: proposal.cents,
    decidedBy: 'Pat supervisor',
  })
  expect(settled.bills).toEqual(proposal.bills) // shown afterwards as it was decided
  expect(await balanceOf(at)).toBe(before + proposal.cents)
  const again = await as('senior').run(ctx => getBillingCard(ctx, at.accountId))
  expect(again.periods).toEqual(card.periods) // the bills stay as they went out
  const letters = await as('senior').run(ctx => listMessages(ctx, { accountId: at.accountId }))
  expect(letters.map(one => one.template).sort()).toEqual(['field-visit', 'meter-test'])
  const rows = await as('senior').run(ctx => listLedgerRows(ctx, at.accountId))
  expect(rows.map(row => row.source)).toContain(`meter-test:${result.resultId}`)
  expect(rows.at(-1)!.memo).toMatch(/^The fee for testing meter \d+ comes back: it ran 8 % fast/)
  expect(rows.at(-2)!.memo).toMatch(/ran 8 % fast: 6 bills since May 20 2026 rated again/)
  const tasks = await sql<{ open: number }>`select count(*)::integer as open from desk.task
    where on_account = ${at.accountId} and done_at is null`.execute(database.owner)
  expect(tasks.rows[0]!.open).toBe(0)
})

test('a second click and a colleague at the same moment post once', async () => {
  const at = await home()
  const { testId } = await ordered(at, 'district')
  await entered(testId, 108)
  const before = await balanceOf(at)
  const both = await Promise.allSettled([decide('supervisor', at, testId), decide('boss', at, testId)])
  expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await refusal(decide('supervisor', at, testId))).toMatchObject({ code: 'billing.meter-decided' })
  const { corrections } = await proposalOf('boss', at, testId)
  expect(corrections).toHaveLength(1)
  expect(await balanceOf(at)).toBe(before + corrections[0]!.cents)
})

test('a meter that passes moves nothing: the fee stays, and the result is still sent', async () => {
  const at = await home()
  const { testId } = await ordered(at)
  await entered(testId, 100.4)
  const before = await balanceOf(at)
  const proposal = await proposalOf('advisor', at, testId)
  expect(proposal).toMatchObject({ outcome: 'none', cents: 0n, fee: 'kept', exchange: false, bills: [] })
  expect(await refusal(decide('advisor', at, testId, { waive: true }))).toMatchObject({
    code: 'billing.meter-nothing',
  })
  const { corrections } = await decide('advisor', at, testId)
  expect(corrections[0]).toMatchObject({ outcome: 'none', cents: 0n })
  expect(corrections[0]!.letter).not.toBeNull()
  expect(await balanceOf(at)).toBe(before)
})

test('AUTH-001, AUTH-017: above one’s word it is proposed, and somebody else of the level decides it', async () => {
  const at = await home()
  const { testId } = await ordered(at, 'district')
  await entered(testId, 60) // far slow: a back-bill
  const proposal = await proposalOf('senior', at, testId)
  expect(proposal).toMatchObject({
    outcome: 'back-bill',
    may: 'propose',
    instalments: 6,
    dueOn: '2027-05-24',
  })
  expect(proposal.maySays).toMatch(/a Supervisor decides \(AUTH-017\)/)
  expect(await refusal(decide('senior', at, testId))).toMatchObject({ code: 'billing.meter-above-level' })
  const { accountId } = at
  const { resultId, cents } = proposal
  const asked = {
    accountId,
    testId,
    resultId: resultId!,
    cents,
    reason: 'Six months slow, bench sheet filed.',
  }
  await as('senior').run(ctx => proposeMeterMoney(ctx, asked))
  expect((await proposalOf('supervisor', at, testId)).proposed).toMatchObject({ by: 'Pat senior', cents })
  expect(await refusal(decide('supervisor', at, testId, { cents: cents + 1n }))).toMatchObject({
    code: 'billing.meter-changed',
  })
  const settled = await decide('supervisor', at, testId)
  expect(settled.corrections[0]).toMatchObject({
    outcome: 'back-bill',
    cents,
    instalments: 6,
    proposedBy: 'Pat senior',
  })
  const money = await as('senior').run(ctx => getMoneyCard(ctx, accountId))
  expect(money.aging.find(one => one.bucket === 'current')!.cents).toBeGreaterThanOrEqual(cents)
})

test('nobody decides money on their own measurement', async () => {
  const at = await home()
  const { testId } = await ordered(at, 'district')
  await entered(testId, 108, 'supervisor')
  expect(await refusal(decide('supervisor', at, testId))).toMatchObject({ code: 'billing.meter-own-result' })
})

test('a wrong result is voided with a reason, its money goes back, and the right one counts', async () => {
  const at = await home()
  const { testId } = await ordered(at)
  const wrong = await entered(testId, 120)
  expect(await refusal(entered(testId, 103))).toMatchObject({ code: 'metering.test-has-result' })
  await decide('supervisor', at, testId)
  const charged = await balanceOf(at)
  const voided = (who: Who) =>
    as(who).run(ctx =>
      voidMeterTest(ctx, { testId, resultId: wrong.resultId, reason: 'The tank was misread.' }),
    )
  expect(await refusal(voided('csfr'))).toMatchObject({ code: 'billing.meter-above-level' })
  await voided('supervisor')
  const { corrections, resultId } = await proposalOf('supervisor', at, testId)
  expect(resultId).toBeNull()
  expect(corrections[0]!.reversed).toMatchObject({ by: 'Pat supervisor', reason: 'The tank was misread.' })
  expect(await balanceOf(at)).toBe(charged - corrections[0]!.cents + 5000n)
  await entered(testId, 105)
  const right = await proposalOf('supervisor', at, testId)
  expect(right.outcome).toBe('refund')
  expect(right.bills.every(bill => bill.leftOut === null)).toBe(true)
  await decide('supervisor', at, testId)
  expect(await balanceOf(at)).toBe(charged - corrections[0]!.cents + right.cents)
})

test('a second test of the meter gives nothing back on bills that the first one settled', async () => {
  const at = await home()
  const one = await ordered(at, 'district')
  await entered(one.testId, 108)
  await decide('supervisor', at, one.testId)
  await sql`update fieldwork.service_order set state = 'completed' where order_id = ${one.orderId}`.execute(
    database.owner,
  )
  const two = await ordered(at, 'district')
  await entered(two.testId, 108)
  const proposal = await proposalOf('supervisor', at, two.testId)
  expect(proposal).toMatchObject({ outcome: 'none', cents: 0n })
  expect(proposal.bills.map(bill => bill.leftOut)).toEqual(Array(6).fill('corrected-before'))
})

test('an order called off gives the fee back once, however often it is told', async () => {
  const at = await home({ mail: false })
  const before = await balanceOf(at)
  const { orderId, testId } = await ordered(at)
  expect(await refusal(ordered(at))).toMatchObject({ code: 'metering.test-on-order' })
  await sql`update fieldwork.service_order set state = 'cancelled' where order_id = ${orderId}`.execute(
    database.owner,
  )
  for (let i = 0; i < 2; i += 1) await as('advisor').run(ctx => endTestOfOrder(ctx, orderId))
  expect(await balanceOf(at)).toBe(before)
  const history = await as('csfr').run(ctx => getPlaceHistory(ctx, { servicePointId: at.servicePointId }))
  expect(history.tests).toMatchObject([{ testId, orderState: 'cancelled', result: null }])
})

test('an order from an exception or a case has its bench sheet too, once, and without a fee', async () => {
  const at = await home({ mail: false })
  const { accountId, servicePointId } = at
  const order = await as('advisor').run(ctx => makeOrder(ctx, { kind: 'MTST', accountId, servicePointId }))
  for (let i = 0; i < 2; i += 1) await as('advisor').run(ctx => noteTestOfOrder(ctx, order!.orderId))
  const { tests } = await as('csfr').run(ctx => getPlaceHistory(ctx, { servicePointId }))
  expect(tests).toMatchObject([
    { orderId: order!.orderId, askedBy: 'district', feeCents: 0n, orderedBy: 'Pat advisor' },
  ])
})

test('a test without a result, and an account the meter never served, say so', async () => {
  const at = await home({ mail: false })
  const { testId } = await ordered(at, 'district')
  expect(await proposalOf('senior', at, testId)).toMatchObject({ resultId: null, outcome: 'none', bills: [] })
  const stranger = await home({ mail: false })
  expect(await refusal(proposalOf('senior', stranger, testId))).toMatchObject({
    code: 'billing.meter-not-theirs',
  })
  expect(await refusal(proposalOf('senior', at, asId<'meter-test'>(9_999_999)))).toMatchObject({
    code: 'metering.no-test',
  })
  const soon = as('advisor').run(ctx =>
    orderMeterTest(ctx, {
      ...{ servicePointId: stranger.servicePointId, accountId: stranger.accountId, askedBy: 'customer' },
      ...{ attends: true, wantedOn: localDate('2026-11-25'), instructions: '' },
    }),
  )
  expect(await refusal(soon)).toMatchObject({ code: 'metering.test-notice' })
})
