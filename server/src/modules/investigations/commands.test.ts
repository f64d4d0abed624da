import { addMonths, type Instant, localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { type Home, makeDistrict, makeHome } from '../../../../tools/testing/served-home.ts'
import { billAccount } from '../billing/index.ts'
import { getWorkCard } from '../desk/index.ts'
import { close, open, refer } from './commands/case.ts'
import { addNote, answer, recordCheckStep } from './commands/evidence.ts'
import { makeOrder } from './commands/order.ts'
import { investigations } from './contract.ts'
import { rankCauses } from './queries/ranking.ts'
import { list } from './queries/view.ts'

const first = localDate('2025-08-10')
const usual = [18, 14, 11, 9, 8, 8, 9, 11, 14, 18, 21, 22, 18]
const now = '2026-11-23T18:00:00Z'
let database: TestDatabase
let leaking: Home
let steady: Home

const as = (level: 'assistant' | 'advisor') =>
  actingAs(database, {
    level,
    now,
    permissions: level === 'advisor' ? ['investigations.decide', 'desk.work'] : ['desk.work'],
  })
const advisor = () => as('advisor')
const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

beforeAll(async () => {
  database = await createTestDatabase()
  await makeDistrict(database)
  leaking = await makeHome(database, '118', { firstOn: first, use: [...usual, 26, 23] })
  steady = await makeHome(database, '120', { firstOn: first, use: [...usual, 14, 11] })
  const desk = actingAs(database, { level: 'senior', now })
  for (const { accountId } of [leaking, steady])
    for (let i = 1; i <= 15; i += 1)
      await desk.run(ctx => billAccount(ctx, { accountId, throughOn: addMonths(first, i) }))
})
afterAll(() => database?.drop())

const opened = async () => {
  const view = await advisor().run(ctx => open(ctx, { accountId: leaking.accountId }))
  return { view, key: { accountId: leaking.accountId, investigationId: view.investigationId } }
}

test('usual use is not ranked, and nothing but the bills is read for it', async () => {
  const ranking = await advisor().run(ctx => rankCauses(ctx, steady.accountId))
  expect(ranking).toMatchObject({ isHigh: false, causes: [], nextQuestion: null })
  expect(ranking.headline).toMatch(/^Use is/)
})

test('a step that stays up names a running fixture first, with the next best question', async () => {
  const ranking = await advisor().run(ctx => rankCauses(ctx, leaking.accountId))
  z.encode(investigations.rank.output, ranking)
  expect(ranking).toMatchObject({ isHigh: true, pattern: 'step', steppedUpOn: '2026-09-10' })
  expect(ranking.causes[0]).toMatchObject({ cause: 'toilet' })
  expect(ranking.causes.reduce((sum, cause) => sum + cause.likelihood, 0)).toBeCloseTo(1, 2)
  expect(ranking.nextQuestion!.code).toBe('toilet-refill')
  expect(ranking.headline).toMatch(/gallons a day against \d+ in the same weeks last year/)
})

test('two advisors who open the same high bill work on one case', async () => {
  const one = await opened()
  const two = await advisor().run(ctx => open(ctx, { accountId: leaking.accountId }))
  expect(two.investigationId).toBe(one.view.investigationId)
  expect(one.view.evidence.map(row => row.kind)).toEqual(['ranking'])
  z.encode(investigations.get.output, one.view)
})

test('an answer re-ranks, a leak test becomes gallons a day and dollars, and all of it stays as evidence', async () => {
  const { view, key } = await opened()
  const heard = await advisor().run(ctx => answer(ctx, { ...key, question: 'toilet-refill', answer: 'yes' }))
  expect(heard.ranking.causes[0]!.likelihood).toBeGreaterThan(view.ranking.causes[0]!.likelihood)
  expect(heard.ranking.questions.map(one => one.code)).not.toContain('toilet-refill')
  const reads = {
    unit: 'cf' as const,
    first: '4182.00',
    firstAt: '2026-11-23T17:00:00Z' as Instant,
    second: '4182.56',
    secondAt: '2026-11-23T17:30:00Z' as Instant,
  }
  const tested = await advisor().run(ctx =>
    recordCheckStep(ctx, { ...key, step: 'two-reads', result: 'read', reads }),
  )
  expect(tested.leakCheck.find(step => step.code === 'two-reads')!.result!.says).toMatch(/201 gallons a day/)
  const toilet = tested.fixtures.find(fixture => fixture.code === 'toilet-running')!
  expect(toilet.fits).toBe(true)
  expect(toilet.cost!.highCents).toBeGreaterThan(toilet.cost!.lowCents)
  const noted = await advisor().run(ctx => addNote(ctx, { ...key, note: 'She hears it at night.' }))
  expect(noted.evidence.map(row => row.kind)).toEqual(['ranking', 'answer', 'check-step', 'note'])
  expect(noted.version).toBe(view.version + 3)
})

test('answers and steps that do not exist are refused with what would be possible', async () => {
  const { key } = await opened()
  const ask = (question: string, given: string) =>
    refusal(advisor().run(ctx => answer(ctx, { ...key, question, answer: given })))
  expect(await ask('colour', 'yes')).toMatchObject({ code: 'investigations.unknown-question' })
  expect((await ask('guests', 'maybe')).message).toMatch(/Possible: guests, moved-in, no/)
  const noReads = advisor().run(ctx => recordCheckStep(ctx, { ...key, step: 'two-reads', result: 'read' }))
  expect(await refusal(noReads)).toMatchObject({ code: 'investigations.reads' })
  const foreign = { accountId: steady.accountId, investigationId: key.investigationId }
  expect(await refusal(advisor().run(ctx => addNote(ctx, { ...foreign, note: 'hello' })))).toMatchObject({
    code: 'investigations.unknown',
  })
  const nobody = { accountId: asId<'account'>(987_654) }
  expect(await refusal(advisor().run(ctx => open(ctx, nobody)))).toMatchObject({
    code: 'investigations.unknown-account',
  })
})

test('the order of the case knows the case, and the case shows the order', async () => {
  const { key } = await opened()
  const view = await advisor().run(ctx =>
    makeOrder(ctx, { ...key, kind: 'LEAK', instructions: 'Dog in the yard' }),
  )
  expect(view.orders).toMatchObject([{ kind: 'LEAK' }])
  expect(view.evidence.at(-1)!.kind).toBe('order')
})

test('an Assistant refers up with the finding; the case stays open and the desk has the task', async () => {
  const { key } = await opened()
  const assistant = as('assistant')
  const referred = { ...key, finding: 'toilet', conclusion: 'Toilet runs at night, dye test tomorrow.' }
  const view = await assistant.run(ctx => refer(ctx, referred))
  expect(view.closed).toBeNull()
  expect(view.cannotClose).toMatch(/refer it up/)
  const work = await assistant.run(ctx => getWorkCard(ctx, key.accountId))
  expect(work.tasks.map(task => task.title)).toContain('High bill to decide: Toilet or fixture running')
})

test('a case closes only after its steps, on the version that was seen, with a cause of the library', async () => {
  const { view, key } = await opened()
  const closing = {
    ...key,
    version: view.version,
    finding: 'toilet',
    conclusion: 'Flapper replaced by the customer.',
  }
  const stale = advisor().run(ctx => close(ctx, { ...closing, version: view.version - 1 }))
  expect((await refusal(stale)).message).toMatch(/Somebody added to this case/)
  const wrong = advisor().run(ctx => close(ctx, { ...closing, finding: 'ghosts' }))
  expect(await refusal(wrong)).toMatchObject({ code: 'investigations.unknown-cause' })
  const done = await advisor().run(ctx => close(ctx, closing))
  expect(done.closed).toMatchObject({ finding: 'Toilet or fixture running' })
  expect(await refusal(advisor().run(ctx => close(ctx, closing)))).toMatchObject({
    code: 'investigations.already-closed',
  })
  const rows = await advisor().run(ctx => list(ctx, { accountId: key.accountId }))
  expect(rows).toMatchObject([{ finding: 'Toilet or fixture running' }])
})

test('a new case cannot close before the customer was asked', async () => {
  const { view, key } = await opened()
  expect(view.cannotClose).toMatch(/ask about guests/)
  const early = { ...key, version: view.version, finding: 'toilet', conclusion: 'It was the toilet.' }
  expect(await refusal(advisor().run(ctx => close(ctx, early)))).toMatchObject({
    code: 'investigations.steps-open',
  })
})
