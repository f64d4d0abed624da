import { addMonths, localDate } from '@curbstop/kernel/dates'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { actingAs, person } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { type Home, makeDistrict, makeHome } from '../../../../tools/testing/served-home.ts'
import type { Ctx, Level } from '../../platform/context.ts'
import { billAccount } from '../billing/commands/bill.ts'
import { giveVarianceCredits } from '../billing/commands/variance-credit.ts'
import { varianceEffect } from '../billing/queries/variance-effect.ts'
import { getMoneyCard } from '../ledger/index.ts'
import { appealVariance, decideAppeal, decideVariance } from './commands/decide.ts'
import { endVariance, followService, tellAlerts, tellRenewals } from './commands/life.ts'
import {
  askEvidence,
  changeVariance,
  proposeVariance,
  requestVariance,
  withdrawVariance,
} from './commands/request.ts'
import { variances as contract } from './contract/index.ts'
import type { Draft } from './domain/index.ts'
import { budgetInputsOf } from './queries/budget.ts'
import { getVariance, listForAccount, listVariances, type VarianceView } from './queries/rows.ts'

const first = localDate('2025-09-10')
const use = [14, 11, 9, 8, 8, 9, 11, 14, 18, 21, 22, 20, 16, 40]
let database: TestDatabase
let homes = 200

const people = { assistant: 71n, advisor: 72n, senior: 73n, supervisor: 74n, boss: 75n } as const
type Who = keyof typeof people
const as = (who: Who, now = '2026-11-23T18:00:00Z') => {
  const level: Level = who === 'boss' ? 'supervisor' : who
  const permissions = who === 'assistant' ? [] : ['variances.see-medical']
  return actingAs(database, { personId: person(Number(people[who])), level, permissions, now })
}

beforeAll(async () => {
  database = await createTestDatabase()
  await makeDistrict(database)
  for (const [who, id] of Object.entries(people))
    await sql`insert into staff.person (person_id, login, name, level)
      values (${id}, ${who}, ${`Pat ${who}`}, ${who === 'boss' ? 'supervisor' : who})`.execute(database.owner)
})
afterAll(() => database?.drop())

async function home(bills = 0): Promise<Home> {
  homes += 2
  const made = await makeHome(database, String(homes), { firstOn: first, use })
  await sql`insert into customers.mailing_address (customer_id, line1, city, state, zip, valid_from)
    select customer_id, '118 Alder Ct', 'Cedar Flat', 'CA', '95990', '2025-01-01' from accounts.account
    where account_id = ${made.accountId}`.execute(database.owner)
  for (let i = 1; i <= bills; i += 1)
    await as('senior').run(ctx =>
      billAccount(ctx, { accountId: made.accountId, throughOn: addMonths(first, i) }),
    )
  return made
}

const refusal = (work: Promise<unknown>): Promise<{ code?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )
const named: Draft['evidence'] = [{ kind: 'names-listed', count: 1 }]
const take = (
  accountId: Home['accountId'],
  draft: Partial<Draft> & Pick<Draft, 'kind'>,
  who: Who = 'assistant',
) =>
  as(who).run(ctx =>
    requestVariance(ctx, { accountId, channel: 'counter', draft: { evidence: [], ...draft } as Draft }),
  )
const on = ({ row }: VarianceView) => ({
  accountId: row.accountId,
  varianceId: row.varianceId,
  version: row.version,
})
const decide = (view: VarianceView, who: Who, decision: 'approve' | 'deny' = 'approve', now?: string) =>
  as(who, now).run(ctx => decideVariance(ctx, { ...on(view), decision, reason: 'Looked at at the counter.' }))
const letterOf = async (accountId: bigint): Promise<string> => {
  const { rows } = await sql<{ text: string }>`select body_text as text from correspondence.message
    where on_account = ${accountId} order by message_id desc limit 1`.execute(database.owner)
  return rows[0]?.text ?? ''
}

test('an Assistant proposes and is refused to decide by level; an Advisor decides five people and the letter says so', async () => {
  const { accountId } = await home()
  const asked = await take(accountId, { kind: 'household', persons: 5, evidence: named })
  z.encode(contract.getVariance.output, asked)
  expect(asked.row).toMatchObject({ state: 'requested', decidedBy: 'advisor', dueOn: '2026-12-23' })
  expect(asked.verdict).toMatchObject({ may: 'propose', isEligible: true })
  const refused = await refusal(decide(asked, 'assistant'))
  expect(refused).toMatchObject({ code: 'variances.above-level', message: asked.verdict.says })
  expect(refused.message).toMatch(
    /An Assistant may propose a household of 5, not decide it: an Advisor decides/,
  )
  const proposed = await as('assistant').run(ctx =>
    proposeVariance(ctx, { ...on(asked), decision: 'approve', reason: 'Names and ages seen.' }),
  )
  const { rows: tasks } = await sql<{ queue: string }>`select queue from desk.task
    where about = ${`variance:${asked.row.varianceId}`} and done_at is null`.execute(database.owner)
  expect(tasks).toEqual([{ queue: 'advisors' }])
  const done = await decide(proposed, 'advisor')
  expect(done.row).toMatchObject({ state: 'approved', expiresOn: '2027-11-23', clock: 'stopped' })
  expect(done.grants).toMatchObject([{ input: 'persons', amount: 5, standing: 'active', says: '5 people' }])
  expect(done.letters).toHaveLength(1)
  expect(await letterOf(accountId)).toMatch(/5 people live in your home.*begins on November 23, 2026/s)
  const { rows: left } = await sql`select from desk.task
    where about = ${`variance:${asked.row.varianceId}`} and done_at is null`.execute(database.owner)
  expect(left).toHaveLength(0)
})

test('nine people are above an Advisor’s eight, a medical need above them, an area above a Senior', async () => {
  const { accountId } = await home()
  const nine: Draft['evidence'] = [...named, { kind: 'residency-proof', count: 9 }]
  const household = await take(accountId, { kind: 'household', persons: 9, evidence: nine })
  expect((await refusal(decide(household, 'advisor'))).message).toMatch(/a Senior decides/)
  const note: Draft['evidence'] = [{ kind: 'doctor-note', count: 1 }]
  const medical = await take(accountId, { kind: 'medical', gallonsPerDay: 40, evidence: note }, 'advisor')
  expect(await refusal(decide(medical, 'advisor'))).toMatchObject({ code: 'variances.above-level' })
  expect((await decide(medical, 'senior')).row.state).toBe('approved')
  const drawing: Draft['evidence'] = [{ kind: 'landscape-drawing', count: 1 }]
  const area = await take(accountId, { kind: 'landscape', irrigatedSqft: 2500, evidence: drawing })
  expect((await refusal(decide(area, 'senior'))).message).toMatch(/a Supervisor decides/)
  expect((await decide(area, 'supervisor')).row.state).toBe('approved')
})

test('nobody decides on their own account, nor what they proposed themselves', async () => {
  const { accountId } = await home()
  const asked = await take(accountId, { kind: 'household', persons: 5, evidence: named })
  await sql`insert into staff.declared_interest (person_id, customer_id, relation)
    select ${people.advisor}, customer_id, 'self' from accounts.account where account_id = ${accountId}`.execute(
    database.owner,
  )
  expect(await refusal(decide(asked, 'advisor'))).toMatchObject({ code: 'staff.own-account' })
  await sql`delete from staff.declared_interest where person_id = ${people.advisor}`.execute(database.owner)
  const proposed = await as('advisor').run(ctx =>
    proposeVariance(ctx, { ...on(asked), decision: 'approve', reason: 'Please look.' }),
  )
  expect(await refusal(decide(proposed, 'advisor'))).toMatchObject({ code: 'variances.own-proposal' })
  expect((await decide(proposed, 'senior')).row.state).toBe('approved')
})

test('what is missing or against a rule is not approved, and says which; it can be denied with the appeal in the letter', async () => {
  const { accountId } = await home()
  const asked = await take(accountId, { kind: 'household', persons: 7, evidence: named })
  const missing = await refusal(decide(asked, 'advisor'))
  expect(missing).toMatchObject({ code: 'variances.evidence-missing' })
  expect(missing.message).toMatch(/^WB-023: 0 of 4 proofs/)
  const waiting = await as('assistant').run(ctx =>
    askEvidence(ctx, { ...on(asked), wanted: 'Four proofs of residency.' }),
  )
  expect(waiting.row.state).toBe('evidence-asked')
  expect(await letterOf(accountId)).toMatch(/Four proofs of residency\..*do not keep your documents/s)
  const denied = await decide(waiting, 'advisor', 'deny')
  expect(denied.row.state).toBe('denied')
  expect(await letterOf(accountId)).toMatch(/variance committee.*December 23, 2026/s)
  const appealed = await as('assistant').run(ctx =>
    appealVariance(ctx, { ...on(denied), reason: 'Letter came.' }),
  )
  const keep = (who: Who) =>
    as(who).run(ctx =>
      decideAppeal(ctx, { ...on(appealed), decision: 'approve', reason: 'Committee of Nov 23.' }),
    )
  expect(await refusal(keep('senior'))).toMatchObject({ code: 'variances.above-level' })
  expect((await keep('supervisor')).grants).toMatchObject([{ amount: 7 }])
})

test('whoever denied a request does not keep its appeal, and a late appeal is told', async () => {
  const { accountId } = await home()
  const draft = { kind: 'new-landscape', plantedOn: localDate('2026-11-01') } as const
  const denied = await decide(await take(accountId, draft), 'supervisor', 'deny')
  const late = as('advisor', '2026-12-30T18:00:00Z').run(ctx =>
    appealVariance(ctx, { ...on(denied), reason: 'late' }),
  )
  expect((await refusal(late)).message).toMatch(/within 30 days of the denial/)
  const appealed = await as('advisor').run(ctx => appealVariance(ctx, { ...on(denied), reason: 'in time' }))
  const own = as('supervisor').run(ctx =>
    decideAppeal(ctx, { ...on(appealed), decision: 'deny', reason: 'no' }),
  )
  expect(await refusal(own)).toMatchObject({ code: 'variances.own-denial' })
  const other = await as('boss').run(ctx =>
    decideAppeal(ctx, { ...on(appealed), decision: 'deny', reason: 'Stays.' }),
  )
  expect(other.row.state).toBe('denied')
})

test('two hands at once: the second is told who was faster, and a second click makes nothing new', async () => {
  const { accountId } = await home()
  const asked = await take(accountId, { kind: 'household', persons: 5, evidence: named })
  const again = await refusal(take(accountId, { kind: 'household', persons: 5, evidence: named }))
  expect(again).toMatchObject({ code: 'variances.already-asked' })
  const both = await Promise.allSettled([decide(asked, 'advisor'), decide(asked, 'senior', 'deny')])
  expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const lost = both.find(one => one.status === 'rejected') as PromiseRejectedResult
  expect(lost.reason.message).toMatch(/Pat (advisor|senior) (approved|denied) this request in the meantime/)
})

test('decisions, grants and what was seen are written once: nobody changes or removes them', async () => {
  for (const table of ['variance_event', 'budget_grant', 'grant_change', 'evidence'])
    for (const statement of [
      `update variances.${table} set account_id = 1`,
      `delete from variances.${table}`,
    ])
      await expect(sql.raw(statement).execute(database.owner)).rejects.toThrow(/keeps history/)
})

test('a medical request shows its facts to those who need them, and to others only that it is there', async () => {
  const { accountId } = await home()
  const note: Draft['evidence'] = [{ kind: 'doctor-note', count: 1 }]
  const asked = await take(accountId, { kind: 'medical', gallonsPerDay: 7771, evidence: note }, 'advisor')
  const key = { accountId, varianceId: asked.row.varianceId }
  const hidden = await as('assistant').run(ctx => getVariance(ctx, key))
  expect(hidden).toMatchObject({ draft: null, evidence: [], verdict: { rules: [], grants: null } })
  expect(hidden.row).toMatchObject({ kind: null, isPrivate: true, asks: '' })
  expect(JSON.stringify(z.encode(contract.getVariance.output, hidden))).not.toMatch(/medical|doctor|7771/i)
  const found = await as('assistant').run(ctx => listVariances(ctx, { show: 'waiting', kind: 'medical' }))
  expect(found.rows).toEqual([])
  const proposal = as('assistant').run(ctx =>
    proposeVariance(ctx, { ...on(asked), decision: 'deny', reason: 'no idea' }),
  )
  expect(await refusal(proposal)).toMatchObject({ code: 'variances.private' })
  const { rows } = await sql<{
    text: string
  }>`select string_agg(concat(reason, before::text, after::text), ' ') as text
    from audit.entry where subject = ${`variance:${asked.row.varianceId}`}`.execute(database.owner)
  expect(rows[0]!.text).not.toMatch(/medical|7771/)
})

test('the bill takes people, need and area of its days and keeps what they came from', async () => {
  const { accountId } = await home(13)
  const five = await decide(
    await take(accountId, { kind: 'household', persons: 5, evidence: named }),
    'advisor',
    'approve',
    '2026-11-05T18:00:00Z',
  )
  const note: Draft['evidence'] = [{ kind: 'doctor-note', count: 1 }]
  await decide(
    await take(accountId, { kind: 'medical', gallonsPerDay: 40, evidence: note }, 'advisor'),
    'senior',
    'approve',
    '2026-11-05T18:00:00Z',
  )
  const bill = await as('senior').run(ctx => billAccount(ctx, { accountId }))
  const water = bill.segments.find(one => one.service === 'water')!
  expect(water.proof.state).toBe('proved')
  expect(water.inputs).toMatchObject(
    expect.arrayContaining([
      { name: 'People', value: '5', unit: null },
      { name: 'Granted indoors, a day', value: '40', unit: 'gal' },
    ]),
  )
  const { rows } = await sql<{ sources: string[] }>`select inputs -> 'sources' as sources
    from billing.bill_segment where account_id = ${accountId} and service = 'water'
    order by from_on desc limit 1`.execute(database.owner)
  expect(rows[0]!.sources).toContain(`grant:${five.grants[0]!.grantId}`)
  const days = { from: localDate('2026-10-10'), to: localDate('2026-11-10') }
  const inputs = await as('senior').run(ctx => budgetInputsOf(ctx, accountId, days))
  expect(inputs).toMatchObject({ persons: '5', indoorExtraGpd: '40', irrigatedSqft: 2150, filled: [] })
})

test('a drought stage declared in the middle of a bill counts from its day, and suspends what it names', async () => {
  const { accountId } = await home()
  const planted = { kind: 'new-landscape', plantedOn: localDate('2026-11-01') } as const
  const record: Draft['evidence'] = [{ kind: 'planting-record', count: 1 }]
  await decide(await take(accountId, { ...planted, evidence: record }), 'supervisor')
  const of = () => {
    const days = { from: localDate('2026-11-10'), to: localDate('2026-12-10') }
    return as('senior').run(ctx => budgetInputsOf(ctx, accountId, days))
  }
  expect(await of()).toMatchObject({ outdoorFactor: '1.25', indoorFactor: null })
  await sql`update policy.rule set effective = daterange('2020-01-01', '2026-11-25') where code = 'WB-019'`.execute(
    database.owner,
  )
  await sql`insert into policy.rule (code, name, text, value, authority, citation, effective, created_by)
    select code, name, text, '{"stage": 2, "indoor": 0.9, "outdoor": 0.8}', authority, 'Resolution 2026-31',
      daterange('2026-11-25', '2026-11-28'), 1 from policy.rule where code = 'WB-019'`.execute(database.owner)
  const dry = await of()
  expect(Number(dry!.indoorFactor)).toBeCloseTo((27 + 3 * 0.9) / 30, 6)
  expect(Number(dry!.outdoorFactor)).toBeLessThan(1.25)
  expect(dry!.sources.some(source => source.startsWith('stage:'))).toBe(true)
  await sql`delete from policy.rule where citation = 'Resolution 2026-31'`.execute(database.owner)
  await sql`update policy.rule set effective = daterange('2020-01-01', null) where code = 'WB-019'`.execute(
    database.owner,
  )
})

test('the effect is shown before deciding, next bill and twelve behind it, and nothing is posted', async () => {
  const { accountId } = await home(14)
  const draft = { kind: 'household', persons: 6, evidence: named } as Draft
  const before = await as('advisor').run(ctx => getMoneyCard(ctx, accountId))
  const effect = await as('advisor').run(ctx => varianceEffect(ctx, { accountId, draft }))
  expect(effect.says).toBeNull()
  expect(effect.next!.before.persons).toBe('3')
  expect(effect.next!.after.persons).toBe('6')
  expect(Number(effect.next!.after.budgetUnits)).toBeGreaterThan(Number(effect.next!.before.budgetUnits))
  expect(effect.year).toHaveLength(12)
  expect(effect.year.every(one => one.afterCents <= one.beforeCents)).toBe(true)
  expect(effect.yearDifferenceCents).toBe(
    effect.year.reduce((sum, one) => sum + one.afterCents - one.beforeCents, 0n),
  )
  expect(await as('advisor').run(ctx => getMoneyCard(ctx, accountId))).toEqual(before)
})

test('a pool fill is given back once, on its own bill, to the cent it was shown before', async () => {
  const { accountId } = await home(14)
  const record: Draft['evidence'] = [{ kind: 'pool-record', count: 1 }]
  const draft = {
    kind: 'pool-fill',
    poolGallons: 9000,
    filledOn: localDate('2026-10-20'),
    evidence: record,
  } as Draft
  const { credits } = await as('supervisor').run(ctx => varianceEffect(ctx, { accountId, draft }))
  expect(credits[0]!.cents).toBeGreaterThan(0n)
  const balance = () => as('supervisor').run(async ctx => (await getMoneyCard(ctx, accountId)).balanceCents)
  const before = await balance()
  await decide(await take(accountId, draft), 'supervisor')
  const give = (ctx: Ctx) => giveVarianceCredits(ctx, accountId)
  await as('supervisor').run(give)
  await as('supervisor').run(give)
  expect(await balance()).toBe(before - credits[0]!.cents)
  const again = await take(accountId, { ...draft, filledOn: localDate('2026-11-02') })
  expect((await refusal(decide(again, 'supervisor'))).message).toMatch(/^WB-032: The last fill was/)
})

test('a corrected area stays with the place; bills before it keep the old one', async () => {
  const { accountId, premiseId } = await home()
  const drawing: Draft['evidence'] = [{ kind: 'landscape-drawing', count: 1 }]
  await decide(
    await take(accountId, { kind: 'landscape', irrigatedSqft: 2600, evidence: drawing }),
    'supervisor',
  )
  const area = (from: string, to: string) =>
    as('senior').run(ctx => budgetInputsOf(ctx, accountId, { from: localDate(from), to: localDate(to) }))
  expect(await area('2026-10-10', '2026-11-10')).toMatchObject({ irrigatedSqft: 2150 })
  expect(await area('2026-11-10', '2026-12-10')).toMatchObject({ irrigatedSqft: 2600 })
  const { rows } = await sql`select from premises.area_change where premise_id = ${premiseId}`.execute(
    database.owner,
  )
  expect(rows).toHaveLength(1)
})

test('moving out ends what counts persons and keeps the area; taken back, it goes on; told twice, nothing more', async () => {
  const { accountId } = await home()
  await decide(await take(accountId, { kind: 'household', persons: 5, evidence: named }), 'advisor')
  const stop = (toOn: string | null) =>
    sql`update accounts.account_service set to_on = ${toOn}::date where account_id = ${accountId}`.execute(
      database.owner,
    )
  const grants = () => as('advisor').run(async ctx => (await listForAccount(ctx, { accountId })).grants)
  await stop('2026-12-15')
  for (let i = 0; i < 2; i += 1) await as('advisor').run(ctx => followService(ctx, accountId))
  expect(await grants()).toMatchObject([{ untilOn: '2026-12-15' }])
  await stop(null)
  for (let i = 0; i < 2; i += 1) await as('advisor').run(ctx => followService(ctx, accountId))
  expect(await grants()).toMatchObject([{ untilOn: '2027-11-23' }])
  const { rows } = await sql`select from variances.grant_change where account_id = ${accountId}`.execute(
    database.owner,
  )
  expect(rows).toHaveLength(2)
})

test('the clock tells: a renewal once before it ends, a request once before it is late', async () => {
  const { accountId } = await home()
  await decide(await take(accountId, { kind: 'household', persons: 5, evidence: named }), 'advisor')
  await take(accountId, { kind: 'new-landscape', plantedOn: localDate('2026-11-01') })
  const later = (now: string) => as('senior', now)
  expect(await later('2026-12-13T18:00:00Z').run(tellRenewals)).toBe(0)
  expect(await later('2027-10-15T18:00:00Z').run(tellRenewals)).toBeGreaterThan(0)
  expect(await letterOf(accountId)).toMatch(/ends soon.*last day is November 22, 2027/s)
  expect(await later('2027-10-15T18:00:00Z').run(tellRenewals)).toBe(0)
  expect(await later('2026-12-13T20:00:00Z').run(tellAlerts)).toBeGreaterThan(0)
  expect(await later('2026-12-13T20:00:00Z').run(tellAlerts)).toBe(0)
})

test('evidence that comes later is added, a request can be withdrawn, a variance ended early but never in the past', async () => {
  const { accountId } = await home()
  const asked = await take(accountId, { kind: 'household', persons: 6, evidence: named })
  const proofs: Draft['evidence'] = [...named, { kind: 'residency-proof', count: 3 }]
  const draft = { kind: 'household', persons: 6, evidence: proofs } as Draft
  const added = await as('assistant').run(ctx => changeVariance(ctx, { ...on(asked), draft }))
  expect(added.evidence).toHaveLength(2)
  const approved = await decide(added, 'advisor')
  const end = (onDate: string, who: Who = 'advisor') =>
    as(who).run(ctx =>
      endVariance(ctx, {
        ...on(approved),
        onDate: localDate(onDate),
        why: 'ended',
        reason: 'Two moved out.',
      }),
    )
  expect(await refusal(end('2026-12-01', 'assistant'))).toMatchObject({ code: 'variances.above-level' })
  expect(await refusal(end('2026-11-01'))).toMatchObject({ code: 'variances.end-in-past' })
  expect((await end('2026-12-01')).grants).toMatchObject([{ untilOn: '2026-12-01' }])
  const other = await take(accountId, { kind: 'new-landscape', plantedOn: localDate('2026-11-01') })
  const back = await as('assistant').run(ctx =>
    withdrawVariance(ctx, { ...on(other), reason: 'Changed their mind.' }),
  )
  expect(back.row.state).toBe('withdrawn')
  expect(await refusal(decide(back, 'supervisor'))).toMatchObject({ code: 'variances.not-now' })
})
