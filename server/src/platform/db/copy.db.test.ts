import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import { copyRows, json } from './copy.ts'
import { inTransaction, withClient } from './pools.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await sql`create table public.copied (n bigint primary key, t text, f double precision, ok boolean, at timestamptz,
    on_date date, doc jsonb, tags text[], ids bigint[], grid integer[], raw bytea, amount numeric)`.execute(
    database.owner,
  )
})
afterAll(() => database.drop())

const columns = ['n', 't', 'f', 'ok', 'at', 'on_date', 'doc', 'tags', 'ids', 'grid', 'raw', 'amount']
const copy = (rows: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>) =>
  inTransaction(database.db, {}, tx => copyRows(tx, 'public.copied', columns, rows))
const read = async (n: bigint) =>
  (await sql<Record<string, unknown>>`select * from public.copied where n = ${n}`.execute(database.db))
    .rows[0]

test('every kind of value comes back as it went in', async () => {
  const at = new Date('2026-11-23T18:02:11.500Z')
  const tags = ['a,b', '{x}', 'say "hi"', 'back\\slash', 'tab\there', 'two\nlines', '', 'NULL', null, '🚰']
  const doc = { name: 'O\'Brien "Bob" \\ \n\t', n: 1, list: [1, null] }
  const row = [
    9_007_199_254_740_993n,
    'plain',
    -0.5,
    true,
    at,
    '2024-02-29',
    doc,
    tags,
    [1n, 2n],
    [
      [1, 2],
      [3, 4],
    ],
  ]
  expect(await copy([[...row, new Uint8Array([0, 255, 92]), '123456789012345678.90']])).toBe(1)
  expect(await read(9_007_199_254_740_993n)).toEqual({
    n: 9_007_199_254_740_993n,
    t: 'plain',
    f: -0.5,
    ok: true,
    at: '2026-11-23T18:02:11.5Z',
    on_date: '2024-02-29',
    doc,
    tags,
    ids: [1n, 2n],
    grid: [
      [1, 2],
      [3, 4],
    ],
    raw: Buffer.from([0, 255, 92]),
    amount: '123456789012345678.90',
  })
})

test.each([
  ['tab\tand newline\nand return\r\n', 1n],
  ['back\\slash \\N \\. \\x41 \\\\', 2n],
  ['\\.', 3n],
  ['\\N', 4n],
  ['', 5n],
  ['quotes \' " ` and emoji 👩‍👩‍👧 é 漢字', 6n],
  [null, 7n],
])('the text %j is kept letter by letter', async (text, n) => {
  await copy([[n, text, ...Array(10).fill(null)]])
  expect((await read(n))?.t).toBe(text)
})

test('undefined is null, and json() writes an array or a word as JSON', async () => {
  await copy([
    [20n, undefined, null, false, null, null, json([1, 'two', { a: '\t' }]), ...Array(5).fill(null)],
  ])
  expect(await read(20n)).toMatchObject({ t: null, ok: false, doc: [1, 'two', { a: '\t' }] })
  await copy([[21n, null, null, null, null, null, json('word'), ...Array(5).fill(null)]])
  expect(await read(21n)).toMatchObject({ doc: 'word' })
})

test('a chunk stands or falls as one: rows copied before a failure are not there', async () => {
  const attempt = inTransaction(database.db, {}, async tx => {
    await sql`insert into public.copied (n) values (30)`.execute(tx)
    await copyRows(tx, 'public.copied', ['n'], [[31n], [32n]])
    const seen = await sql<{
      count: bigint
    }>`select count(*) from public.copied where n between 30 and 32`.execute(tx)
    expect(seen.rows[0]?.count).toBe(3n)
    throw new Error('changed my mind')
  })
  await expect(attempt).rejects.toThrow('changed my mind')
  expect(await read(31n)).toBeUndefined()
})

test('a row the database refuses says why, and the connection works on', async () => {
  await expect(
    copy([
      [40n, ...Array(11).fill(null)],
      [40n, ...Array(11).fill(null)],
    ]),
  ).rejects.toMatchObject({
    code: '23505',
  })
  const many = function* () {
    for (let n = 0; n < 200_000; n++) yield [n === 50 ? 'fifty' : 1_000_000 + n, ...Array(11).fill(null)]
  }
  await expect(copy(many())).rejects.toMatchObject({ code: '22P02' })
  await expect(
    inTransaction(database.db, {}, tx => copyRows(tx, 'public.absent', ['n'], [[1]])),
  ).rejects.toMatchObject({ code: '42P01' })
  for (let i = 0; i < 15; i++) expect(await read(40n)).toBeUndefined()
})

test('a source that fails halfway is told as it is, and the connection works on', async () => {
  const source = async function* () {
    for (let n = 0; n < 5_000; n++) yield [50_000 + n, 'x'.repeat(50), ...Array(10).fill(null)]
    throw new Error('the file ended early')
  }
  await expect(copy(source())).rejects.toThrow('the file ended early')
  await expect(copy([[1, 2]])).rejects.toThrow('a row of 2 values for 12 columns')
  await withClient(database.db, async client => {
    await client.query('begin')
    await expect(copyRows(client, 'public.copied', columns, source())).rejects.toThrow('the file ended early')
    await client.query('rollback')
    expect((await client.query('select 1 one')).rows[0].one).toBe(1)
  })
  expect(await read(50_000n)).toBeUndefined()
})

test('no rows are no rows', async () => {
  expect(await copy([])).toBe(0)
})

test('a run of 200,000 small rows goes in as a stream, faster than inserts ever could', async () => {
  const rows = function* () {
    for (let n = 0; n < 200_000; n++) yield [2_000_000 + n, 'posting', n * 0.25]
  }
  const started = performance.now()
  const count = await inTransaction(database.db, {}, tx =>
    copyRows(tx, 'public.copied', ['n', 't', 'f'], rows()),
  )
  const perSecond = Math.round((count / (performance.now() - started)) * 1_000)
  expect(count).toBe(200_000)
  console.info(`COPY: ${perSecond} rows/s`)
})
