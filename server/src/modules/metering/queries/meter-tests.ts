/** Meter tests and what happened at a place, as this reader may see them (PRV-019). */

import { type LocalDate, localDateAt } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { ServicePointId } from '@curbstop/kernel/ids'
import { type Ctx, may } from '../../../platform/context.ts'
import { listProtectedAccounts } from '../../accounts/index.ts'
import { getOrderFacts, outcomeLabel } from '../../fieldwork/index.ts'
import { getRuleBook, ruleOf } from '../../policy/index.ts'
import { getPremiseCard, listPointFacts } from '../../premises/index.ts'
import type { metering } from '../contract/index.ts'
import { errors } from '../domain/meter-tests/errors.ts'
import { type MeterTestRules, meterTestRuleCodes, meterTestRulesOf } from '../domain/meter-tests/rules.ts'
import * as store from '../store/meter-tests.ts'
import * as meterStore from '../store/meters.ts'
import { readHidden } from './hidden.ts'

type View = Output<typeof metering.getMeterTest>
type Row = NonNullable<Output<typeof metering.getMeterTestOfOrder>['test']>

export type Tested = {
  readonly test: store.TestRow
  readonly results: readonly store.ResultRow[]
  /** The one result that is not void. */
  readonly standing: store.ResultRow | null
}

export async function readTest(ctx: Ctx, test: store.TestRow): Promise<Tested> {
  const results = await store.listResults(ctx.tx, [test.testId])
  return { test, results, standing: results.find(one => one.voidedAt === null) ?? null }
}

/** A test with everything that money is decided from: for billing. Throws metering.no-test. */
export async function getTested(ctx: Ctx, testId: store.TestId) {
  const test = await store.findTest(ctx.tx, testId)
  if (!test) throw refuse(errors, 'metering.no-test')
  const hung = (await meterStore.listInstallationsOf(ctx.tx, test.meterId)).filter(
    one => one.servicePointId === test.servicePointId,
  )
  const read = await readTest(ctx, test)
  const { installedOn, removedOn } = hung.at(-1)!
  return { ...read, installedOn, removedOn }
}

export type TestedMeter = Awaited<ReturnType<typeof getTested>>

export function resultView(row: store.ResultRow): View['results'][number] {
  const { voidedAt, voidedBy, voidReason, enteredById: _, runs: __, testId: ___, ...rest } = row
  return {
    ...rest,
    voided: voidedAt ? { at: voidedAt, by: voidedBy ?? '', reason: voidReason ?? '' } : null,
  }
}

/** Which half of a protected customer's test this reader gets: the place for the field, the account at the desk. */
async function hiddenOf(ctx: Ctx, test: store.TestRow): Promise<'account' | 'place' | null> {
  if (test.accountId === null || may(ctx, 'customers.see-protected')) return null
  if (!(await listProtectedAccounts(ctx, [test.accountId])).has(test.accountId)) return null
  return may(ctx, 'fieldwork.complete') || may(ctx, 'fieldwork.assign') ? 'account' : 'place'
}

async function rowOf(ctx: Ctx, test: store.TestRow, standing: store.ResultRow | null): Promise<Row> {
  const hides = await hiddenOf(ctx, test)
  const { testId, meterId, orderId, askedBy, attends, feeCents, testOn, resultDueOn, orderedAt, orderedBy } =
    test
  const order = await getOrderFacts(ctx, orderId)
  return {
    ...{ testId, meterId, orderId, askedBy, attends, feeCents, testOn, resultDueOn, orderedAt, orderedBy },
    serial: hides === 'place' ? '' : test.serial,
    accountId: hides === 'account' ? null : test.accountId,
    orderState: order?.state ?? '',
    result: standing && {
      testedOn: standing.testedOn,
      accuracy: standing.accuracy,
      passed: standing.passed,
      verdict: standing.verdict,
    },
  }
}

export async function getMeterTest(ctx: Ctx, { testId }: Input<typeof metering.getMeterTest>): Promise<View> {
  const found = await store.findTest(ctx.tx, testId)
  if (!found) throw refuse(errors, 'metering.no-test')
  const { test, results, standing } = await readTest(ctx, found)
  const hides = await hiddenOf(ctx, test)
  const order = await getOrderFacts(ctx, test.orderId)
  const book = await getRuleBook(ctx)
  const codes = ['MTR-001', 'MTR-002', 'MTR-003', 'MTR-004', 'MTR-007', 'MTR-008', 'MTR-009', 'MTR-010']
  const said = hides === 'place' ? null : (order?.result ?? null)
  return {
    ...(await rowOf(ctx, test, standing)),
    ...{ make: test.make, size: test.size, kind: test.kind },
    place: hides === 'place' ? null : await placeOf(ctx, test.servicePointId),
    order: {
      instructions: hides === 'place' ? '' : (order?.instructions ?? ''),
      says: said && order ? outcomeLabel(order.kind, said.outcome) : null,
      note: said?.note ?? null,
    },
    results: results.map(resultView),
    rules: wire(meterTestRulesOf(book)),
    citations: codes.map(code => {
      const { text, citation } = ruleOf(book, code)
      return { code, text, citation }
    }),
  }
}

const wire = (rules: MeterTestRules): View['rules'] => structuredClone(rules) as View['rules']

async function placeOf(ctx: Ctx, servicePointId: ServicePointId): Promise<NonNullable<View['place']>> {
  const [point] = await listPointFacts(ctx, [servicePointId])
  const { line, hazards } = await getPremiseCard(ctx, point!.premiseId)
  return { line, hazards: hazards.map(({ kind, note }) => ({ kind, note })) }
}

export async function getMeterTestOfOrder(
  ctx: Ctx,
  { orderId }: Input<typeof metering.getMeterTestOfOrder>,
): Promise<Output<typeof metering.getMeterTestOfOrder>> {
  const test = await store.findTestOfOrder(ctx.tx, orderId)
  if (!test) return { test: null }
  return { test: await rowOf(ctx, test, (await readTest(ctx, test)).standing) }
}

type History = Output<typeof metering.getPlaceHistory>

/** What happened while a protected customer was served here is left out for readers who may not know it. */
export async function getPlaceHistory(
  ctx: Ctx,
  { servicePointId }: Input<typeof metering.getPlaceHistory>,
): Promise<History> {
  const { isDay } = await readHidden(ctx, [servicePointId])
  const isSeen = (on: History['skips'][number]['on']) => !isDay(servicePointId, on)
  const dayOf = (at: store.TestRow['orderedAt']) => localDateAt(new Date(at), ctx.timeZone)
  const tests = (await store.listTestsAt(ctx.tx, servicePointId)).filter(test =>
    isSeen(dayOf(test.orderedAt)),
  )
  const hung = await meterStore.listInstallationsAt(ctx.tx, [servicePointId])
  const rows = []
  for (const test of tests) rows.push(await rowOf(ctx, test, (await readTest(ctx, test)).standing))
  const exceptions = await store.listExceptionsAt(ctx.tx, servicePointId)
  const skips = await store.listSkipsAt(ctx.tx, servicePointId)
  const place =
    (await listPointFacts(ctx, [servicePointId])).length > 0 ? await placeOf(ctx, servicePointId) : null
  return {
    tests: rows,
    exchanges: hung
      .flatMap((one, at) => {
        if (one.removedOn === null || !isSeen(one.removedOn)) return []
        const next = hung[at + 1]
        const isNext = next?.installedOn === one.removedOn
        return [
          {
            ...{ on: one.removedOn, outSerial: one.serial, outValues: [...(one.outValues ?? [])] },
            inSerial: isNext ? next.serial : null,
            inValues: isNext ? [...next.inValues] : [],
          },
        ]
      })
      .reverse(),
    exceptions: exceptions.filter(one => isSeen(one.onDate)),
    skips: skips
      .filter(one => isSeen(one.on))
      .map(({ on, code, note, reader }) => ({ on, code, words: note ?? '', reader })),
    hazards: place?.hazards ?? [],
  }
}

/** The dated rules of meter tests, as the pure functions take them. */
export async function getMeterTestRules(ctx: Ctx, on: LocalDate): Promise<MeterTestRules> {
  return meterTestRulesOf(await getRuleBook(ctx, on, meterTestRuleCodes))
}
