import { localDate } from '@curbstop/kernel/dates'
import type { PersonId, TaskId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { account, actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import type { Level } from '../../platform/context.ts'
import { clearAlert, liftHold, placeAlert, placeHold } from './commands/on-accounts.ts'
import { releaseTasks, requestReview } from './commands/review.ts'
import * as steps from './commands/steps.ts'
import { askSenior, createTask, type TaskToCreate } from './commands/tasks.ts'
import { countByPerson, countWork, findAnswers, getTask, getWorkCard, listTasks } from './queries.ts'

let database: TestDatabase
const today = localDate('2026-11-23')
const people = { ines: 11, maya: 12, tomas: 13, ruth: 14, dana: 15, gone: 20 } as const
const levels: Record<keyof typeof people, Level> = {
  ines: 'assistant',
  maya: 'advisor',
  tomas: 'advisor',
  ruth: 'senior',
  dana: 'supervisor',
  gone: 'advisor',
}
type Who = keyof typeof people

const as = (who: Who, now?: string) =>
  actingAs(database, {
    personId: person(people[who]),
    level: levels[who],
    permissions: who === 'dana' ? ['desk.supervise'] : [],
    ...(now ? { now } : {}),
  })
const id = (who: Who): PersonId => person(people[who])
const make = (who: Who, task: Partial<TaskToCreate> = {}) =>
  as(who).run(ctx =>
    createTask(ctx, {
      kind: 'follow-up',
      title: 'Call back',
      to: { queue: 'advisors' },
      dueOn: today,
      ...task,
    }),
  )

beforeAll(async () => {
  database = await createTestDatabase()
  for (const [name, personId] of Object.entries(people)) {
    await sql`insert into staff.person (person_id, login, name, level, level_since)
      values (${personId}, ${name}, ${name}, ${levels[name as Who]}, '2026-06-01')`.execute(database.db)
  }
  await sql`insert into staff.person_disabled (person_id, disabled_by, reason) values (20, 15, 'left')`.execute(
    database.db,
  )
  await sql`insert into policy.office_hours select d, '08:00', '17:00' from generate_series(1, 5) d`.execute(
    database.owner,
  )
  await sql`insert into customers.customer (customer_id, kind, name) values (1, 'person', 'A')`.execute(
    database.db,
  )
  await sql`insert into accounts.cycle (cycle_id, code, name, read_day) values (1, 'A', 'A', 1)`.execute(
    database.db,
  )
  await sql`insert into accounts.account (account_id, number, customer_id, class, cycle_id, opened_on, opened_by)
    select n, n::text, 1, 'residential', 1, '2020-01-01', 1 from generate_series(1, 3) n`.execute(database.db)
})
afterAll(() => database.drop())

describe('a task is never lost', () => {
  test('from the queue to a hand to its end, with everything on record', async () => {
    const made = await make('maya', { accountId: account(1), dueOn: localDate('2026-11-28') })
    expect(made).toMatchObject({ dueOn: '2026-11-30', owner: null, queue: 'advisors', version: 1 })
    const { taskId } = made
    const claimed = await as('tomas').run(ctx => steps.claimTask(ctx, { taskId, version: 1 }))
    expect(claimed.owner?.name).toBe('tomas')
    const done = await as('tomas').run(ctx =>
      steps.finishTask(ctx, { taskId, version: 2, outcome: 'done', note: 'told her about the toilet' }),
    )
    expect(done).toMatchObject({ outcome: 'done', doneBy: { name: 'tomas' } })
    const { events } = await as('maya').run(ctx => getTask(ctx, { taskId }))
    expect(events.map(event => [event.kind, event.by.name])).toEqual([
      ['created', 'maya'],
      ['claimed', 'tomas'],
      ['done', 'tomas'],
    ])
    const again = await as('maya').run(ctx =>
      steps.reopenTask(ctx, { taskId, version: 3, reason: 'she called again', dueOn: today }),
    )
    expect(again).toMatchObject({ doneAt: null, owner: { name: 'maya' } })
  })

  test('two people claim it: the second reads who was faster', async () => {
    const { taskId } = await make('maya')
    await as('tomas').run(ctx => steps.claimTask(ctx, { taskId, version: 1 }))
    await expect(as('ruth').run(ctx => steps.claimTask(ctx, { taskId, version: 1 }))).rejects.toThrow(
      'tomas was faster: the task was claimed in the meantime. Look at it again.',
    )
  })

  test('a referral keeps its reason and comes back to whoever referred', async () => {
    const { taskId } = await make('ines', { to: { personId: id('ines') } })
    const up = await as('ines').run(ctx =>
      steps.referTask(ctx, { taskId, version: 1, to: { queue: 'seniors' }, reason: 'he shouts at me' }),
    )
    expect(up).toMatchObject({ owner: null, queue: 'seniors' })
    await expect(as('maya').run(ctx => steps.claimTask(ctx, { taskId, version: 2 }))).rejects.toMatchObject({
      code: 'desk.queue-above-you',
    })
    await as('ruth').run(ctx => steps.claimTask(ctx, { taskId, version: 2 }))
    const back = await as('ruth').run(ctx =>
      steps.returnTask(ctx, { taskId, version: 3, reason: 'calmed him' }),
    )
    expect(back.owner?.name).toBe('ines')
    const { events } = await as('ines').run(ctx => getTask(ctx, { taskId }))
    expect(events.map(event => event.body)).toEqual([null, 'he shouts at me', null, 'calmed him'])
  })

  test('somebody leaves: the work goes back to its queue or to the supervisor', async () => {
    const queued = await make('maya')
    await as('tomas').run(ctx => steps.claimTask(ctx, { taskId: queued.taskId, version: 1 }))
    const personal = await make('maya', { to: { personId: id('tomas') } })
    expect(await as('dana').run(ctx => releaseTasks(ctx, id('tomas')))).toBeGreaterThanOrEqual(2)
    const show = (taskId: TaskId) => as('dana').run(async ctx => (await getTask(ctx, { taskId })).task)
    expect(await show(queued.taskId)).toMatchObject({ owner: null, queue: 'advisors' })
    expect(await show(personal.taskId)).toMatchObject({ owner: null, queue: 'supervisor' })
    expect(await as('dana').run(ctx => releaseTasks(ctx, id('tomas')))).toBe(0)
  })

  test('it does not go to somebody who left, to nobody, or onto an account that is not there', async () => {
    await expect(make('maya', { to: { personId: id('gone') } })).rejects.toMatchObject({
      code: 'desk.no-person',
    })
    await expect(make('maya', { to: { personId: person(999) } })).rejects.toMatchObject({
      code: 'desk.no-person',
    })
    await expect(make('maya', { accountId: account(999) })).rejects.toMatchObject({ code: 'desk.no-account' })
  })

  test('put off to Saturday it waits until Monday, with the reason', async () => {
    const { taskId } = await make('maya', { to: { personId: id('maya') } })
    const input = { taskId, version: 1, untilOn: localDate('2026-12-05'), reason: 'away until the weekend' }
    expect((await as('maya').run(ctx => steps.snoozeTask(ctx, input))).dueOn).toBe('2026-12-07')
    const past = { ...input, version: 2, untilOn: localDate('2026-11-20') }
    await expect(as('maya').run(ctx => steps.snoozeTask(ctx, past))).rejects.toMatchObject({
      code: 'desk.due-in-past',
    })
  })

  test('a remark is open to everybody and disturbs nobody’s version', async () => {
    const { taskId } = await make('maya', { to: { personId: id('maya') } })
    await as('ines').run(ctx => steps.commentTask(ctx, { taskId, text: 'she prefers mornings' }))
    const done = await as('maya').run(ctx => steps.finishTask(ctx, { taskId, version: 1, outcome: 'done' }))
    expect(done.version).toBe(2)
  })
})

describe('asking a senior', () => {
  test('the answer comes back to the asker and is found again by its words', async () => {
    const asked = await as('ines').run(ctx =>
      askSenior(ctx, { question: 'May a tenant ask for a leak adjustment?', accountId: account(2) }),
    )
    const { taskId } = asked
    expect(asked).toMatchObject({ kind: 'question', queue: 'seniors', dueOn: today })
    const answer = 'Only with the owner’s signed form ADJ.'
    const answered = await as('ruth').run(ctx => steps.answerTask(ctx, { taskId, version: 1, answer }))
    expect(answered).toMatchObject({ owner: { name: 'ines' }, doneAt: null })
    const found = await as('maya').run(ctx => findAnswers(ctx, { words: 'Signed TENANT' }))
    expect(found).toMatchObject([{ answer, answeredBy: { name: 'ruth' } }])
    expect(await as('maya').run(ctx => findAnswers(ctx, { words: 'tenant hydrant' }))).toEqual([])
  })
})

describe('the supervisor sees everybody’s work', () => {
  test('overdue first, and nobody else does', async () => {
    const late = await as('maya', '2026-11-16T18:00:00Z').run(ctx =>
      createTask(ctx, {
        kind: 'callback',
        title: 'Promised call',
        to: { personId: id('maya') },
        dueOn: localDate('2026-11-16'),
      }),
    )
    const everybody = { of: 'everybody', show: 'overdue' } as const
    const page = await as('dana').run(ctx => listTasks(ctx, everybody))
    expect(page.tasks.map(task => task.taskId)).toEqual([late.taskId])
    expect(page.tasks[0]).toMatchObject({ isOverdue: true, owner: { name: 'maya' } })
    await expect(as('maya').run(ctx => listTasks(ctx, everybody))).rejects.toMatchObject({
      code: 'desk.supervisors-only',
    })
    const counted = await as('dana').run(countByPerson)
    expect(counted.find(row => row.person.name === 'maya')).toMatchObject({
      overdue: 1,
      oldestDueOn: '2026-11-16',
    })
    expect(await as('maya').run(countWork)).toMatchObject({ mineOverdue: 1 })
  })

  test('whoever names an account, a queue or a person is never shown another list in its place', async () => {
    for (const [field, input] of [
      ['accountId', { accountId: account(1) }],
      ['queue', { queue: 'billing' as const }],
      ['personId', { personId: id('maya') }],
    ] as const) {
      const asked = as('dana').run(ctx => listTasks(ctx, { of: 'me', show: 'open', ...input }))
      await expect(asked, field).rejects.toMatchObject({ code: 'desk.other-list', field })
    }
  })

  test('a long list goes on where the page ended', async () => {
    for (let i = 0; i < 105; i += 1) await make('ines', { to: { queue: 'billing' }, title: `Piece ${i}` })
    const list = (after?: string) =>
      as('ines').run(ctx => listTasks(ctx, { of: 'queue', queue: 'billing', show: 'open', after }))
    const first = await list()
    const second = await list(first.next!)
    expect([first.tasks.length, second.tasks.length, second.next]).toEqual([100, 5, null])
    const { queues } = await as('ines').run(countWork)
    expect(queues.find(queue => queue.queue === 'billing')).toMatchObject({ open: 105, overdue: 0 })
  })
})

describe('alerts and holds', () => {
  const at = (on: string) => as('maya').run(ctx => getWorkCard(ctx, account(3), localDate(on)))

  test('show while they are in force, seen from any day', async () => {
    const fromOn = localDate('2026-11-20')
    const untilOn = localDate('2026-12-01')
    await as('maya').run(ctx =>
      placeAlert(ctx, { accountId: account(3), tone: 'danger', text: 'Dog in the yard', fromOn, untilOn }),
    )
    await as('maya').run(ctx =>
      placeHold(ctx, {
        accountId: account(3),
        what: 'shut-off',
        reasonCode: 'dispute',
        reason: 'bill is being looked into',
        fromOn,
      }),
    )
    const names = (card: Awaited<ReturnType<typeof at>>) => [card.alerts.length, card.holds.length]
    expect(names(await at('2026-11-19'))).toEqual([0, 0])
    expect(names(await at('2026-11-30'))).toEqual([1, 1])
    expect(names(await at('2026-12-01'))).toEqual([0, 1])
  })

  test('a second hold for the same reason is pointed to the first; lifting keeps the reason', async () => {
    const hold = {
      accountId: account(2),
      what: 'late-fee',
      reasonCode: 'research',
      reason: 'read looks wrong',
    } as const
    const { holdId } = await as('maya').run(ctx => placeHold(ctx, hold))
    await expect(as('tomas').run(ctx => placeHold(ctx, hold))).rejects.toThrow(/maya placed a hold/)
    const lift = { accountId: account(2), holdId, reason: 'read confirmed' }
    const lifted = await as('ruth').run(ctx => liftHold(ctx, lift))
    expect(lifted).toMatchObject({ liftedBy: { name: 'ruth' }, liftedReason: 'read confirmed' })
    await expect(as('maya').run(ctx => liftHold(ctx, lift))).rejects.toThrow(/ruth lifted/)
    await expect(
      as('maya').run(ctx => liftHold(ctx, { ...lift, accountId: account(1) })),
    ).rejects.toMatchObject({ code: 'desk.no-hold' })
  })

  test('not on an account that is not there', async () => {
    const alert = { accountId: account(999), tone: 'info', text: 'anything' } as const
    await expect(as('maya').run(ctx => placeAlert(ctx, alert))).rejects.toMatchObject({
      code: 'desk.no-account',
    })
  })

  test('a cleared alert says who took it away', async () => {
    const accountId = account(1)
    const { alertId } = await as('maya').run(ctx =>
      placeAlert(ctx, { accountId, tone: 'info', text: 'Call mobile' }),
    )
    const clear = { accountId, alertId, reason: 'number changed' }
    await as('maya').run(ctx => clearAlert(ctx, clear))
    await expect(as('ruth').run(ctx => clearAlert(ctx, clear))).rejects.toThrow(
      'maya took this alert away already.',
    )
  })
})

describe('an Assistant’s work is looked at', () => {
  const work = (who: Who, now: string) =>
    as(who, now).run(ctx => requestReview(ctx, { title: 'Started service' }))

  test('all of it at first, and not by the Assistant', async () => {
    const review = await work('ines', '2026-08-01T18:00:00Z')
    expect(review).toMatchObject({ kind: 'review', queue: 'review', dueOn: '2026-08-04' })
    const change = { taskId: review!.taskId, version: 1 }
    await expect(as('ines').run(ctx => steps.claimTask(ctx, change))).rejects.toMatchObject({
      code: 'desk.queue-above-you',
    })
    const claimed = await as('ruth').run(ctx => steps.claimTask(ctx, change))
    expect(claimed.owner?.name).toBe('ruth')
    expect(await work('maya', '2026-08-01T18:00:00Z')).toBeNull()
  })

  test('later a fifth of it', async () => {
    let picked = 0
    for (let i = 0; i < 20; i += 1) if (await work('ines', '2026-11-23T18:00:00Z')) picked += 1
    expect(picked).toBe(4)
  })
})
