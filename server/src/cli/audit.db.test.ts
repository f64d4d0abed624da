/** Whoever owns the database can change a row; the seals say that it was done, and between which entries. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tools/testing/database.ts'
import { withConnection } from '../platform/db/connection.ts'
import { type Verdict, verifySeals } from './audit.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(() => database.drop())

const rowsOf = <T>(text: string): Promise<T[]> =>
  withConnection(database.target, null, async client => (await client.query(text)).rows as T[])
const verify = (): Promise<Verdict> => withConnection(database.target, null, verifySeals)
/** As the superuser who switches the guards off: what no role of the application may do. */
const forge = (text: string) => rowsOf(`set session_replication_role = replica; ${text}`)

/** Three entries in transactions of their own, then a seal over them. */
async function sealThree(name: string): Promise<void> {
  for (const at of [1, 2, 3])
    await rowsOf(`insert into audit.entry (actor_id, duty, subject, on_account, reason, before, after)
      values (1, 'accounts.changeHousehold', '${name} ${at}', 17, 'told by telephone', '{"persons": 3}', '{"persons": 5}')`)
  for (let covered = 0; covered < 3; ) {
    const [row] = await rowsOf<{ n: bigint }>('select audit.seal_now() n')
    covered += Number(row!.n)
    if (covered < 3) await sleep(20) // another test's transaction still stands below the horizon
  }
}

async function sealNine(): Promise<void> {
  for (const name of ['first', 'second', 'third']) await sealThree(name)
}

test('what nobody touched holds, and entries after the last seal are counted as not sealed yet', async () => {
  await sealNine()
  await rowsOf(`insert into audit.entry (actor_id, duty, subject) values (1, 'desk.createTask', 'task 9')`)
  expect(await verify()).toMatchObject({ ok: true, entries: 9n, unsealed: 1n })
})

test.each([
  ['another amount', `update audit.entry set after = '{"persons": 9}' where subject = 'second 2'`],
  ['another person', `update audit.entry set actor_id = 2 where subject = 'second 2'`],
  ['another time', `update audit.entry set at = at - interval '1 day' where subject = 'second 2'`],
  ['another reason', `update audit.entry set reason = null where subject = 'second 2'`],
])('%s in one entry is found, with the seal and the entries it lies among', async (_, edit) => {
  await sealNine()
  const [row] = await rowsOf<{ id: bigint }>(`select entry_id id from audit.entry where subject = 'second 2'`)
  await forge(edit)
  const verdict = await verify()
  expect(verdict).toMatchObject({ ok: false, why: 'an entry under it was changed' })
  if (verdict.ok) throw new Error('nothing was found')
  expect(verdict.covers.first! <= row!.id && row!.id <= verdict.covers.last!).toBe(true)
  expect(verdict.covers.last! - verdict.covers.first!).toBeLessThan(6n)
})

test('an entry that was taken away, and one slipped in later, are found', async () => {
  await sealNine()
  await forge(`delete from audit.entry where subject = 'first 3'`)
  expect(await verify()).toMatchObject({
    ok: false,
    why: expect.stringMatching(/covers \d+ entries, but \d+ are/),
  })
  await forge(`insert into audit.entry (actor_id, duty, subject, xid)
    select 1, duty, 'slipped in', xid from audit.entry where subject = 'first 2'`)
  expect(await verify()).toMatchObject({ ok: false, why: 'an entry under it was changed' })
})

test('a seal made anew over the forged entry does not fit the one after it', async () => {
  await sealNine()
  await forge(`update audit.entry set reason = 'nothing happened' where subject = 'first 1'`)
  await forge(`
    update audit.seal s set root = r.root, entries = r.entries,
      hash = sha256(r.root || convert_to(s.upto_xid::text || r.entries, 'UTF8'))
    from audit.root_between('0', (select upto_xid from audit.seal where seal_no = 1)) r where seal_no = 1`)
  expect(await verify()).toMatchObject({ ok: false, seal: 2n, why: 'it does not follow the seal before it' })
})

test('a seal that was taken away is missed by the one after it', async () => {
  await sealNine()
  const [seals] = await rowsOf<{ n: bigint }>('select max(seal_no) n from audit.seal')
  expect(seals!.n).toBeGreaterThanOrEqual(3n)
  await forge('delete from audit.seal where seal_no = 2')
  expect(await verify()).toMatchObject({ ok: false, seal: 3n })
})
