import { localDate } from '@curbstop/kernel/dates'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { account, actingAs } from '../../../../tools/testing/acting.ts'
import { createTestDatabase, postgres15, type TestDatabase } from '../../../../tools/testing/database.ts'
import { closeBusinessDay, type JournalToPost, postJournal, reverseJournal } from './commands.ts'
import { fundOf, gl } from './domain/chart.ts'
import { decideBillPostings, decidePaymentPostings } from './domain/postings.ts'
import { getJournal, getMoneyCard, listLedgerRows, listOpenDebts } from './queries.ts'
import type { JournalId } from './store.ts'

const on = localDate('2026-11-23')
const due = localDate('2026-12-14')

const billOf = (accountId: number, water: bigint, sewer = 0n): JournalToPost => ({
  accountId: account(accountId),
  kind: 'bill',
  effectiveOn: on,
  dueOn: due,
  source: 'bill:1',
  postings: decideBillPostings([
    { service: 'water', fixedCents: water, useCents: 0n },
    { service: 'sewer', fixedCents: sewer, useCents: 0n },
  ]),
})

const paymentOf = (accountId: number, cents: bigint, postings: JournalToPost['postings']): JournalToPost => ({
  accountId: account(accountId),
  kind: 'payment',
  effectiveOn: on,
  source: `payment:${cents}`,
  postings,
})

const said = (work: Promise<unknown>): Promise<{ code?: string; constraint?: string; message?: string }> =>
  work.then(
    () => ({}),
    error => error,
  )

describe.each(['embedded', 'PostgreSQL 15'])('the books on %s', which => {
  let database: TestDatabase | null = null
  let stop: (() => Promise<void>) | undefined
  beforeAll(async () => {
    if (which === 'embedded') database = await createTestDatabase()
    else {
      const cluster = await postgres15()
      database = (await cluster?.createDatabase()) ?? null
      stop = cluster?.stop
    }
    if (!database) console.warn('PostgreSQL 15 is not installed here: not tried')
  })
  afterAll(async () => {
    await database?.drop()
    await stop?.()
  })

  test('a bill and its payment leave the balance the customer is told', async () => {
    if (!database) return
    const desk = actingAs(database)
    await desk.run(ctx => postJournal(ctx, billOf(1, 17_112n, 4128n)))
    expect(desk.told).toMatchObject([{ name: 'ledger.journal-posted', account: 1n }])
    expect(desk.audited).toHaveLength(1)
    await desk.run(async ctx => {
      const debts = await listOpenDebts(ctx, account(1))
      return postJournal(ctx, paymentOf(1, 20_000n, decidePaymentPostings(20_000n, debts).postings))
    })
    const card = await desk.run(ctx => getMoneyCard(ctx, account(1)))
    expect(card).toMatchObject({ balanceCents: 1240n, nextDueOn: due, nextDueCents: 1240n, pastDueCents: 0n })
    expect(card.byService.map(s => s.cents)).toEqual([0n, 1240n, 0n])
    const rows = await desk.run(ctx => listLedgerRows(ctx, account(1)))
    expect(rows.map(row => [row.kind, row.cents, row.balanceCents])).toEqual([
      ['bill', 21_240n, 21_240n],
      ['payment', -20_000n, 1240n],
    ])
  })

  test('another account’s money is never seen', async () => {
    if (!database) return
    const card = await actingAs(database).run(ctx => getMoneyCard(ctx, account(99_999)))
    expect(card).toMatchObject({ balanceCents: 0n, oldestDueOn: null })
  })

  test('a journal is reversed once, with the sentence why not twice', async () => {
    if (!database) return
    const desk = actingAs(database)
    const journalId = await desk.run(ctx => postJournal(ctx, billOf(2, 5000n)))
    const undo = { accountId: account(2), journalId, reason: 'Wrong meter read' }
    await desk.run(ctx => reverseJournal(ctx, undo))
    expect(await desk.run(ctx => getMoneyCard(ctx, account(2)))).toMatchObject({ balanceCents: 0n })
    expect(await said(desk.run(ctx => reverseJournal(ctx, undo)))).toMatchObject({
      code: 'ledger.already-reversed',
    })
    const rows = await desk.run(ctx => listLedgerRows(ctx, account(2)))
    expect(rows[0]?.reversedByJournalId).toBe(rows[1]?.journalId)
  })

  test('a journal of somebody else’s account cannot be reversed or read by its number', async () => {
    if (!database) return
    const desk = actingAs(database)
    const journalId = await desk.run(ctx => postJournal(ctx, billOf(3, 5000n)))
    const theirs = { accountId: account(4), journalId }
    const refused = await said(desk.run(ctx => reverseJournal(ctx, { ...theirs, reason: 'mine now' })))
    expect(refused).toMatchObject({ code: 'ledger.no-journal' })
    expect(await said(desk.run(ctx => getJournal(ctx, theirs)))).toMatchObject({ code: 'ledger.no-journal' })
  })

  test('as of an earlier day, the card shows what was known then', async () => {
    if (!database) return
    await backdate(database, 6)
    const desk = actingAs(database)
    const card = (asOf: string) => desk.run(ctx => getMoneyCard(ctx, account(6), localDate(asOf)))
    expect((await card('2026-03-09')).balanceCents).toBe(0n)
    expect((await card('2026-03-10')).balanceCents).toBe(7000n)
    // Paid with the date of the 12th but only posted on the 14th: on the 13th nobody knew.
    expect((await card('2026-03-13')).balanceCents).toBe(7000n)
    expect((await card('2026-03-14')).balanceCents).toBe(0n)
    expect((await card('2026-05-05')).aging.every(a => a.cents === 0n)).toBe(true)
  })

  test('history cannot be changed, not by the program and not by the owner of the tables', async () => {
    if (!database) return
    await actingAs(database).run(ctx => postJournal(ctx, billOf(7, 100n)))
    for (const table of ['ledger.journal', 'ledger.posting']) {
      for (const act of [
        `update ${table} set account_id = 1 where account_id = 7`,
        `delete from ${table} where account_id = 7`,
        `truncate ${table} cascade`,
      ]) {
        expect((await said(sql.raw(act).execute(database.db))).code, `program: ${act}`).toBe('42501')
        expect((await said(sql.raw(act).execute(database.owner))).constraint, `owner: ${act}`).toBe(
          'append_only',
        )
      }
    }
    expect(await actingAs(database).run(ctx => getMoneyCard(ctx, account(7)))).toMatchObject({
      balanceCents: 100n,
    })
  })

  test('the database itself refuses a posting without two sides, of nothing, or of another account', async () => {
    if (!database) return
    const { db } = database
    const journalId = await actingAs(database).run(ctx => postJournal(ctx, billOf(8, 100n)))
    const post = (accountId: number, id: JournalId, debit: number, credit: number, cents: number) =>
      said(
        sql`insert into ledger.posting (account_id, journal_id, line_no, debit, credit, cents)
          values (${accountId}, ${id}, 9, ${debit}, ${credit}, ${cents})`.execute(db),
      )
    expect((await post(8, journalId, 1210, 1210, 5)).constraint).toBe('posting_two_sides')
    expect((await post(8, journalId, 1210, 4110, 0)).constraint).toBe('posting_positive')
    expect((await post(8, journalId, 1210, 4110, -5)).constraint).toBe('posting_positive')
    expect((await post(9, journalId, 1210, 4110, 5)).constraint).toBe('posting_journal_fkey')
    const reverse = sql`insert into ledger.journal
        (account_id, kind, effective_on, business_on, posted_by, source, reverses_journal_id)
      values (9, 'reversal', ${on}, ${on}, 1, 'test', ${journalId})`.execute(db)
    expect((await said(reverse)).constraint).toBe('journal_reverses_fkey')
  })

  test('the chart that decisions use is the chart in the database, fund by fund', async () => {
    if (!database) return
    const { rows } = await sql<{ gl: number; fund: string; service: string | null }>`
      select gl, fund, service from ledger.gl_account order by gl`.execute(database.db)
    expect(rows.map(row => row.gl)).toEqual(Object.values(gl).sort((a, b) => a - b))
    for (const row of rows) expect(fundOf(row.gl), String(row.gl)).toBe(row.fund)
    expect(rows.filter(row => row.service).map(row => [row.gl, row.service])).toEqual([
      [1210, 'water'],
      [1220, 'sewer'],
      [1230, 'fees'],
    ])
  })

  test('a closed day takes no more postings, and days are closed in order', async () => {
    if (!database) return
    const at = (day: string) => actingAs(database!, { now: `2027-01-${day}T18:00:00Z` })
    const day = (text: string) => localDate(`2027-01-${text}`)
    await at('04').run(ctx => postJournal(ctx, billOf(10, 100n)))
    await at('06').run(ctx => postJournal(ctx, billOf(10, 100n)))
    await sql`update ledger.business_day set closed_at = now(), closed_by = 1 where on_date < '2027-01-01'`.execute(
      database.owner,
    )
    const close = (today: string, what: string) => at(today).run(ctx => closeBusinessDay(ctx, day(what)))
    expect(await said(close('06', '07'))).toMatchObject({ code: 'ledger.day-not-begun' })
    expect(await said(close('06', '06'))).toMatchObject({ code: 'ledger.earlier-day-open' })
    await close('06', '04')
    await close('06', '06')
    expect(await said(close('06', '06'))).toMatchObject({ code: 'ledger.day-closed-already' })
    const late = at('06').run(ctx => postJournal(ctx, billOf(10, 100n)))
    expect(await said(late)).toMatchObject({
      code: 'ledger.day-closed',
      message: expect.stringContaining('2027-01-06'),
    })
    // the 5th never had a row of its own: it is closed all the same
    const between = at('05').run(ctx => postJournal(ctx, billOf(10, 100n)))
    expect(await said(between)).toMatchObject({ code: 'ledger.day-closed' })
    await at('07').run(ctx => postJournal(ctx, billOf(10, 100n)))
  })

  test('closing waits for a posting under way, so that no day closes over unseen money', async () => {
    if (!database) return
    const desk = actingAs(database, { now: '2027-02-01T18:00:00Z' })
    await sql`update ledger.business_day set closed_at = now(), closed_by = 1 where closed_at is null`.execute(
      database.owner,
    )
    const order: string[] = []
    const posting = desk.run(async ctx => {
      await postJournal(ctx, billOf(11, 100n))
      closing = actingAs(database!, { now: '2027-02-01T18:00:00Z' })
        .run(inner => closeBusinessDay(inner, localDate('2027-02-01')))
        .then(() => order.push('closed'))
      await new Promise(done => setTimeout(done, 200))
      order.push('posted')
    })
    let closing: Promise<unknown> = Promise.resolve()
    await posting
    await closing
    expect(order).toEqual(['posted', 'closed'])
  })
})

/** Journals whose day of posting differs from the day they count, which only time can make. */
async function backdate(database: TestDatabase, accountId: number): Promise<void> {
  await sql`insert into ledger.business_day (on_date) values ('2026-03-10'), ('2026-03-14') on conflict do nothing`.execute(
    database.db,
  )
  await sql`insert into ledger.journal
      (account_id, journal_id, kind, effective_on, business_on, due_on, posted_at, posted_by, source)
    overriding system value values
      (${accountId}, 900001, 'bill', '2026-03-10', '2026-03-10', '2026-03-31', '2026-03-10T20:00:00Z', 1, 'bill:9'),
      (${accountId}, 900002, 'payment', '2026-03-12', '2026-03-14', null, '2026-03-14T20:00:00Z', 1, 'payment:9')`.execute(
    database.db,
  )
  await sql`insert into ledger.posting values
      (${accountId}, 900001, 1, 1210, 4120, 7000), (${accountId}, 900002, 1, 1010, 1210, 7000)`.execute(
    database.db,
  )
}
