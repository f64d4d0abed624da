/** What the bench or the field says of a meter: entered once, kept for ever, voided with a reason when it is wrong. */
import { addDays, type LocalDate, localDateAt } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../platform/context.ts'
import { listAccountsAt, refuseOwnAccount, refuseOwnPlace } from '../../accounts/index.ts'
import { createTaskAbout } from '../../desk/index.ts'
import { getRuleBook, ruleOf } from '../../policy/index.ts'
import type { metering } from '../contract/index.ts'
import { decideMeterTest } from '../domain/meter-tests/decide.ts'
import { errors } from '../domain/meter-tests/errors.ts'
import { meterTestRulesOf } from '../domain/meter-tests/rules.ts'
import { readTest, resultView } from '../queries/meter-tests.ts'
import * as store from '../store/meter-tests.ts'
import * as meterStore from '../store/meters.ts'
import { aboutTest } from './meter-test-orders.ts'
import { tellServed } from './tell.ts'

type Entry = Input<typeof metering.enterMeterTest>

/** Judged by the rules in force today and kept with their versions; nothing of it is edited later. */
export async function enterMeterTest(
  ctx: Ctx,
  input: Entry,
): Promise<Output<typeof metering.enterMeterTest>> {
  const test = await lockTest(ctx, input.testId)
  const { standing } = await readTest(ctx, test)
  if (standing) throw refuse(errors, 'metering.test-has-result', { by: standing.enteredBy })
  checkDay(ctx, test, input.testedOn)
  const book = await getRuleBook(ctx)
  const judged = decideMeterTest(askedOf(test, input), meterTestRulesOf(book))
  const { testId, testedOn, place, isRepaired, runs, cause, note } = input
  const resultId = await store.insertResult(ctx.tx, {
    ...{ testId, testedOn, place, isRepaired, runs, cause, note },
    provenFromOn: input.provenFromOn ?? null,
    points: judged.points.map(point => ({ ...point, most: Number.isFinite(point.most) ? point.most : null })),
    accuracy: judged.weightedAccuracy,
    passed: judged.passed,
    verdict: judged.verdict,
    ruleIds: judged.rules.map(code => ruleOf(book, code).ruleId),
    ...{ at: ctx.now, by: ctx.actor.personId },
  })
  await tellEntered(ctx, test, { resultId, judged, testedOn })
  const stored = (await store.listResults(ctx.tx, [testId])).find(one => one.resultId === resultId)!
  return resultView(stored)
}

type Judged = ReturnType<typeof decideMeterTest>
type Entered = { readonly resultId: store.ResultId; readonly judged: Judged; readonly testedOn: LocalDate }

async function tellEntered(
  ctx: Ctx,
  test: store.TestRow,
  { resultId, judged, testedOn }: Entered,
): Promise<void> {
  const { testId, accountId, servicePointId, serial } = test
  const { passed, verdict, weightedAccuracy: accuracy } = judged
  ctx.audit({
    subject: `meter-test:${testId}`,
    account: accountId,
    after: { result: String(resultId), testedOn, accuracy, passed, verdict },
  })
  if (verdict !== 'accurate' && accountId)
    await createTaskAbout(ctx, {
      kind: 'follow-up',
      title: `Meter ${serial} is ${verdict}: decide what follows`,
      detail: `It registered ${accuracy} % of the water. The bills rated again stand on the test’s page (test ${testId}).`,
      accountId,
      to: { queue: 'seniors' },
      dueOn: ctx.today,
      about: aboutTest(testId),
    })
  const subject = { testId, resultId }
  await tellServed(ctx, {
    ...{ name: 'metering.test-entered', servicePointId, on: ctx.today, subject },
    title: 'Meter test result entered',
  })
}

const askedOf = (test: store.TestRow, { runs, testedOn, isRepaired, cause, provenFromOn }: Entry) => ({
  meter: { size: test.size, kind: test.kind, repaired: isRepaired },
  runs,
  testedOn,
  requestedByCustomer: test.askedBy === 'customer',
  provenFromOn: provenFromOn ?? null,
  cause,
  customer: 'residential' as const, // what the meter registered is the same for everybody
  installedOn: testedOn,
  periods: [],
})

function checkDay(ctx: Ctx, test: store.TestRow, on: LocalDate): void {
  if (on > ctx.today) throw refuse(errors, 'metering.test-in-future', { on }, 'testedOn')
  const orderedOn = localDateAt(new Date(test.orderedAt), ctx.timeZone)
  if (on < orderedOn) throw refuse(errors, 'metering.test-before-order', { orderedOn, on }, 'testedOn')
}

async function lockTest(ctx: Ctx, testId: store.TestId): Promise<store.TestRow> {
  const test = await store.findTest(ctx.tx, testId)
  if (!test) throw refuse(errors, 'metering.no-test')
  await refuseOwnPlace(ctx, [test.servicePointId])
  if (test.accountId) await refuseOwnAccount(ctx, test.accountId)
  await meterStore.lockMeter(ctx.tx, test.meterId)
  return test
}

/** Billing hears of it before the commit: money that rested on the result is reversed with it, or nothing is voided. */
export async function voidMeterTest(
  ctx: Ctx,
  { testId, resultId, reason }: Input<typeof metering.voidMeterTest>,
): Promise<Output<typeof metering.voidMeterTest>> {
  const test = await lockTest(ctx, testId)
  const result = (await store.listResults(ctx.tx, [testId])).find(one => one.resultId === resultId)
  if (!result) throw refuse(errors, 'metering.no-test-result')
  if (result.voidedAt) throw refuse(errors, 'metering.test-voided')
  await store.insertVoid(ctx.tx, { testId, resultId, reason, at: ctx.now, by: ctx.actor.personId })
  const { accountId, servicePointId } = test
  ctx.audit({
    subject: `meter-test:${testId}`,
    account: accountId,
    reason,
    before: { result: String(resultId), accuracy: result.accuracy },
    after: { voided: true },
  })
  // everybody who was billed through it may have had money of it, whoever is served there now
  const accounts = await listAccountsAt(ctx, [servicePointId], addDays(result.testedOn, -4 * 366))
  const subject = { testId, resultId, reason }
  for (const account of accounts.length > 0 ? accounts : [accountId])
    ctx.tell({ name: 'metering.test-voided', account, subject })
  return { voided: true }
}
