/** News of sign-ins and rights reach the person they are about, and a second pair of eyes. */
import { asId, type PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import type { Level } from '../../platform/context.ts'
import { askSecondPerson, closeProposal, tellReset } from './commands/staff-news.ts'
import { finishTask } from './commands/steps.ts'
import { createTask } from './commands/tasks.ts'

let database: TestDatabase
const at = '2026-11-23T17:00:00.000Z' as never
const people = { ines: 11, ruth: 14, dana: 15, sam: 16 } as const
const levels: Record<keyof typeof people, Level> = {
  ...{ ines: 'assistant', ruth: 'senior', dana: 'supervisor', sam: 'supervisor' },
}
const id = (who: keyof typeof people): PersonId => person(people[who])
const as = (who: keyof typeof people) =>
  actingAs(database, { personId: id(who), level: levels[who], permissions: ['desk.supervise'] })

beforeAll(async () => {
  database = await createTestDatabase()
  for (const who of Object.keys(people) as (keyof typeof people)[])
    await sql`insert into staff.person (person_id, login, name, level)
      values (${id(who)}, ${who}, ${who}, ${levels[who]})`.execute(database.owner)
  await sql`insert into policy.office_hours select d, '08:00', '17:00' from generate_series(1, 5) d`.execute(
    database.owner,
  )
})
afterAll(() => database.drop())

async function tasks(like: string) {
  const { rows } = await sql<{
    id: bigint
    title: string
    queue: string | null
    owner: bigint | null
    done: boolean
  }>`
    select task_id id, title, queue, owner_id as owner, done_at is not null as done from desk.task
    where about like ${like} order by task_id`.execute(database.owner)
  return rows
}

test('whose sign-in was reset hears of it, once, and a supervisor asks them in person when it opens much', async () => {
  const reset = { person: id('ruth'), by: id('sam'), at }
  for (let twice = 0; twice < 2; twice += 1) await actingAs(database).run(ctx => tellReset(ctx, reset))
  const told = await tasks('sign-in-reset:14:%')
  expect(told).toMatchObject([
    { title: 'Your sign-in was reset', owner: 14n },
    { title: 'Did ruth ask for a new password?', queue: 'supervisor' },
  ])
  const check = { taskId: asId<'task'>(told[1]!.id), version: 1, outcome: 'approved' as const }
  await expect(as('sam').run(ctx => finishTask(ctx, check))).rejects.toMatchObject({ code: 'desk.own-work' })
  expect(await as('dana').run(ctx => finishTask(ctx, check))).toMatchObject({ outcome: 'approved' })
  await actingAs(database).run(ctx => tellReset(ctx, { ...reset, person: id('ines') }))
  expect(await tasks('sign-in-reset:11:%')).toMatchObject([{ owner: 11n }])
})

test('a proposal comes to the supervisors and leaves their list when it is decided', async () => {
  await sql`insert into staff.proposal (person_id, what, level, reason, proposed_at, proposed_by)
    values (11, 'rights', 'senior', 'good', now(), 16)`.execute(database.owner)
  const news = { person: id('ines'), by: id('sam'), proposal: '1' }
  await actingAs(database).run(ctx => askSecondPerson(ctx, news))
  expect(await tasks('staff-proposal:1')).toMatchObject([{ queue: 'supervisor', done: false }])
  await actingAs(database).run(ctx => closeProposal(ctx, '1', 'confirmed'))
  expect(await tasks('staff-proposal:1')).toMatchObject([{ done: true }])
})

test('whoever gave somebody a password approves none of their work for days', async () => {
  await sql`insert into staff.first_password (person_id, given_at, given_by, why, expires_at, ended_at, ended_how)
    values (11, ${at}, 15, 'reset', '2026-11-26T17:00:00Z', '2026-11-23T17:10:00Z', 'changed')`.execute(
    database.owner,
  )
  const made = await as('ines').run(ctx =>
    createTask(ctx, {
      ...{ kind: 'review', title: 'Look at this', to: { queue: 'review' } },
      dueOn: ctx.today,
    }),
  )
  const end = { taskId: made.taskId, version: 1, outcome: 'approved' as const }
  await expect(as('dana').run(ctx => finishTask(ctx, end))).rejects.toMatchObject({
    code: 'staff.reset-between',
  })
  expect(await as('ruth').run(ctx => finishTask(ctx, end))).toMatchObject({ outcome: 'approved' })
})
