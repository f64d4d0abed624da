/** Meter tests ordered: with the customer's notice, fee and clock (MTR-009, MTR-019), or for the district. */
import { addDays, type LocalDate, maxDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId, OrderId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { listAccountsAt, refuseFindableOn, refuseOwnPlace } from '../../accounts/index.ts'
import { createTaskAbout, finishTasksAbout, mailOrTask } from '../../desk/index.ts'
import { getOrderFacts, isOpen, makeOrder } from '../../fieldwork/index.ts'
import { decideBillPostings, listLedgerRows, postJournal } from '../../ledger/index.ts'
import { getCalendar, getRuleBook, nextOpenDay, numberOf, ruleOf } from '../../policy/index.ts'
import { listPointFacts } from '../../premises/index.ts'
import type { metering } from '../contract/index.ts'
import { errors as meterErrors } from '../domain/errors.ts'
import { errors } from '../domain/meter-tests/errors.ts'
import { readTest } from '../queries/meter-tests.ts'
import * as store from '../store/meter-tests.ts'
import type { InstallationRow } from '../store/meters.ts'
import * as meterStore from '../store/meters.ts'
import { tellServed } from './tell.ts'

type Wish = Input<typeof metering.orderMeterTest>
type Clock = { readonly testOn: LocalDate | null; readonly resultDueOn: LocalDate | null }

export const aboutTest = (testId: store.TestId): string => `meter-test:${testId}`

export async function orderMeterTest(ctx: Ctx, wish: Wish): Promise<Output<typeof metering.orderMeterTest>> {
  const { servicePointId, accountId, askedBy, instructions } = wish
  await refuseOwnPlace(ctx, [servicePointId])
  await refuseFindableOn(ctx, accountId, { instructions })
  const meter = await lockHanging(ctx, wish)
  const clock = await decideClock(ctx, wish)
  const { testOn, resultDueOn } = clock
  const attends = askedBy === 'customer' && wish.attends
  const [place] = await listPointFacts(ctx, [servicePointId])
  const order = await makeOrder(ctx, {
    kind: 'MTST',
    premiseId: place!.premiseId,
    servicePointId,
    ...(accountId ? { accountId } : {}),
    ...(testOn ? { wantedOn: testOn } : {}),
    instructions: [
      `Test meter ${meter.serial} (${meter.size}).`,
      attends && 'The customer attends.',
      instructions,
    ]
      .filter(Boolean)
      .join(' '),
  })
  const orderId = order!.orderId as OrderId
  const fee =
    askedBy === 'customer' ? await chargeFee(ctx, accountId!, { orderId, serial: meter.serial }) : null
  const testId = (await store.insertTest(ctx.tx, {
    ...{ meterId: meter.meterId, servicePointId, accountId: accountId ?? null, orderId, askedBy, attends },
    ...{ feeCents: fee?.cents ?? 0n, feeJournalId: fee?.journalId ?? null, ...clock },
    ...{ at: ctx.now, by: ctx.actor.personId },
  }))!
  if (resultDueOn)
    await startClock(ctx, { testId, accountId: accountId!, serial: meter.serial, dueOn: resultDueOn })
  if (attends && testOn) await writeNotice(ctx, { accountId: accountId!, orderId, testOn })
  await tellOrdered(ctx, wish, { testId, orderId, attends })
  return { testId, orderId, feeCents: fee?.cents ?? 0n, ...clock }
}

async function tellOrdered(
  ctx: Ctx,
  { servicePointId, accountId, askedBy }: Wish,
  { testId, orderId, attends }: { testId: store.TestId; orderId: OrderId; attends: boolean },
): Promise<void> {
  ctx.audit({
    subject: `meter-test:${testId}`,
    account: accountId ?? null,
    after: { order: String(orderId), askedBy, attends },
  })
  const subject = { testId, orderId }
  await tellServed(ctx, {
    ...{ name: 'metering.test-ordered', servicePointId, on: ctx.today, subject },
    title: 'Meter test ordered',
  })
}

type Notice = { accountId: AccountId; orderId: OrderId; testOn: LocalDate }

/** MTR-009: the day in writing; where no letter can be written somebody calls. */
async function writeNotice(ctx: Ctx, { accountId, orderId, testOn }: Notice): Promise<void> {
  const data = {
    ...{ visitOn: testOn, between: null, purpose: 'meter-test' as const },
    ...{ orderNumber: String(orderId), somebodyAtHome: true },
  }
  await mailOrTask(ctx, {
    accountId,
    orderId,
    letter: { template: 'field-visit', data },
    otherwise: 'Tell the customer the day of the meter test',
  })
}

/** The meter that hangs here, held: one test on order at a time. */
async function lockHanging(ctx: Ctx, { servicePointId, accountId, askedBy }: Wish): Promise<InstallationRow> {
  const served = await listAccountsAt(ctx, [servicePointId])
  if (askedBy === 'customer' && !accountId) throw refuse(errors, 'metering.test-no-account', {}, 'accountId')
  if (accountId && !served.includes(accountId)) throw refuse(errors, 'metering.test-place', {}, 'accountId')
  const here = await meterStore.listInstallationsAt(ctx.tx, [servicePointId])
  const meter = here.find(one => one.removedOn === null)
  if (!meter) throw refuse(meterErrors, 'metering.no-meter-here', { on: ctx.today })
  await meterStore.lockMeter(ctx.tx, meter.meterId)
  for (const test of await store.listTestsAt(ctx.tx, servicePointId)) {
    if (test.meterId !== meter.meterId) continue
    const order = await getOrderFacts(ctx, test.orderId)
    if (order && isOpen(order.state))
      throw refuse(errors, 'metering.test-on-order', { order: String(order.orderId) })
  }
  return meter
}

/** MTR-009: whoever attends gets notice, whoever asked gets the result in writing within days of the test. */
async function decideClock(ctx: Ctx, { askedBy, attends, wantedOn }: Wish): Promise<Clock> {
  if (askedBy === 'district') return { testOn: wantedOn ?? null, resultDueOn: null }
  const { noticeDays, resultDays } = ruleOf(await getRuleBook(ctx), 'MTR-009').value as {
    noticeDays: number
    resultDays: number
  }
  const calendar = await getCalendar(ctx, ctx.today, 200)
  const noticed = nextOpenDay(calendar, addDays(ctx.today, noticeDays))
  if (attends && wantedOn && wantedOn < noticed)
    throw refuse(errors, 'metering.test-notice', { earliest: noticed }, 'wantedOn')
  const testOn = wantedOn ?? noticed
  return { testOn, resultDueOn: addDays(testOn, resultDays) }
}

type Fee = { readonly cents: bigint; readonly journalId: bigint }

/** MTR-019. Twice is never: the books take one journal of this source. */
async function chargeFee(
  ctx: Ctx,
  accountId: AccountId,
  { orderId, serial }: { orderId: OrderId; serial: string },
): Promise<Fee | null> {
  const cents = BigInt(numberOf(await getRuleBook(ctx), 'MTR-019'))
  if (cents <= 0n) return null
  const calendar = await getCalendar(ctx, ctx.today, 60)
  const journalId = await postJournal(ctx, {
    accountId,
    kind: 'fee',
    effectiveOn: ctx.today,
    dueOn: nextOpenDay(calendar, addDays(ctx.today, 30)),
    source: `meter-test-fee:${orderId}`,
    memo: `Test of meter ${serial} at the customer’s request; returned when it is fast (MTR-010).`,
    postings: decideBillPostings([{ service: 'fees', fixedCents: cents, useCents: 0n }]),
  })
  return { cents, journalId }
}

type Waiting = { testId: store.TestId; accountId: AccountId; serial: string; dueOn: LocalDate }

async function startClock(ctx: Ctx, { testId, accountId, dueOn }: Waiting): Promise<void> {
  await createTaskAbout(ctx, {
    kind: 'follow-up',
    title: 'Meter test: the customer waits for the written result',
    detail: `Enter what the test said and decide what follows from it on the test’s page (test ${testId}). The letter is due ten days after the test (MTR-009).`,
    accountId,
    to: { queue: 'seniors' },
    dueOn: maxDate(dueOn, ctx.today),
    about: aboutTest(testId),
  })
}

/** An order that came another way (an exception, a case) has its test too; told twice, it has one. */
export async function noteTestOfOrder(ctx: Ctx, orderId: OrderId): Promise<void> {
  const order = await getOrderFacts(ctx, orderId)
  if (order?.kind !== 'MTST' || order.servicePointId === null) return
  if (await store.findTestOfOrder(ctx.tx, orderId)) return
  const here = await meterStore.listInstallationsAt(ctx.tx, [order.servicePointId])
  const meter = here.find(one => one.removedOn === null)
  if (!meter) return
  const { servicePointId, accountId, wantedOn } = order
  await store.insertTest(ctx.tx, {
    ...{ meterId: meter.meterId, servicePointId, accountId, orderId, askedBy: 'district', attends: false },
    ...{ feeCents: 0n, feeJournalId: null, testOn: wantedOn, resultDueOn: null },
    ...{ at: ctx.now, by: order.createdById },
  })
}

/** The order was called off before there was a result: the fee comes back and nobody waits. */
export async function endTestOfOrder(ctx: Ctx, orderId: OrderId): Promise<void> {
  const order = await getOrderFacts(ctx, orderId)
  if (!order || (order.state !== 'cancelled' && order.state !== 'pulled')) return
  const test = await store.findTestOfOrder(ctx.tx, orderId)
  if (!test) return
  await meterStore.lockMeter(ctx.tx, test.meterId)
  const { standing } = await readTest(ctx, test)
  if (standing) return
  await returnFee(ctx, test)
  await finishTasksAbout(ctx, aboutTest(test.testId), 'not-needed')
}

async function returnFee(ctx: Ctx, { accountId, orderId, feeCents }: store.TestRow): Promise<void> {
  if (accountId === null || feeCents === 0n) return
  const source = `meter-test-fee:${orderId}:called-off`
  if ((await listLedgerRows(ctx, accountId)).some(row => row.source === source)) return
  await postJournal(ctx, {
    ...{ accountId, kind: 'fee', effectiveOn: ctx.today, source },
    memo: 'The meter test was called off; its fee comes back.',
    postings: decideBillPostings([{ service: 'fees', fixedCents: -feeCents, useCents: 0n }]),
  })
}
