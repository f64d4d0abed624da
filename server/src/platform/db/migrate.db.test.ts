import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEmptyDatabase } from '../../../../tools/testing/database.ts'
import { type Connection, withConnection } from './connection.ts'
import { migrate, pendingMigrations } from './migrate.ts'

let folder: string
let target: Connection
let drop: () => Promise<void>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'curbstop-migrations-'))
  ;({ target, drop } = await createEmptyDatabase())
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await drop()
})

const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql)
const run = () => migrate(target, { folder })
const query = (text: string, as = target) =>
  withConnection(as, null, async client => (await client.query(text)).rows as Record<string, unknown>[])
const sentence = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no refusal',
    error => `${error.name}: ${error.message}`,
  )

test('migrations run once, in order, and a repeat does nothing', async () => {
  write('0001-one.sql', 'create table one (id bigint)')
  write('0002-two.sql', 'alter table one add column two text; insert into one values (1, $$x$$);')
  expect(await pendingMigrations(target, folder)).toEqual(['0001-one.sql', '0002-two.sql'])
  const seen: string[] = []
  const onProgress = (p: { name: string; done: number; total: number }) => {
    seen.push(`${p.name} ${p.done}/${p.total}`)
  }
  expect(await migrate(target, { folder, onProgress })).toEqual({ applied: ['0001-one.sql', '0002-two.sql'] })
  expect(seen).toEqual(['0001-one.sql 1/2', '0002-two.sql 2/2'])
  expect(await run()).toEqual({ applied: [] })
  expect(await pendingMigrations(target, folder)).toEqual([])
  write('0003-three.sql', 'create table three ()')
  expect(await run()).toEqual({ applied: ['0003-three.sql'] })
})

test('a migration that fails leaves nothing of itself, and says file, line and reason', async () => {
  write('0001-one.sql', 'create table one (id bigint)')
  write('0002-two.sql', 'create table two ();\n\ninsert into absent values (1)')
  const said = await sentence(run())
  expect(said).toContain('0002-two.sql (line 3) could not be applied: relation "absent" does not exist')
  expect(
    await query(`select to_regclass('one') is not null one, to_regclass('two') is not null two`),
  ).toEqual([{ one: true, two: false }])
  write('0002-two.sql', 'create table two ()')
  expect(await run()).toEqual({ applied: ['0002-two.sql'] })
})

test('a migration changed after it ran is refused, whatever its line ends', async () => {
  write('0001-one.sql', 'create table one ();\ncreate table other ();\n')
  await run()
  write('0001-one.sql', 'create table one ();\r\ncreate table other ();\r\n')
  expect(await run()).toEqual({ applied: [] })
  write('0001-one.sql', 'create table one (id bigint);')
  expect(await sentence(run())).toMatch(/DatabaseRefusal: Migration 0001-one\.sql was changed/)
  expect(await sentence(pendingMigrations(target, folder))).toMatch(/was changed/)
})

test('a gap, a number used twice and a strange name are refused before anything runs', async () => {
  write('0001-one.sql', 'create table one ()')
  write('0003-three.sql', 'create table three ()')
  expect(await sentence(run())).toContain(
    '0003-three.sql is out of order: the next file must begin with 0002-',
  )
  rmSync(join(folder, '0003-three.sql'))
  write('0001-zwei.sql', 'create table zwei ()')
  expect(await sentence(run())).toContain('out of order')
  rmSync(join(folder, '0001-zwei.sql'))
  write('2-two.sql', '')
  expect(await sentence(run())).toContain('out of order')
  expect(await query(`select to_regclass('one') one`)).toEqual([{ one: null }])
})

test('a database newer than the program is refused', async () => {
  write('0001-one.sql', 'select 1')
  write('0002-two.sql', 'select 2')
  await run()
  rmSync(join(folder, '0002-two.sql'))
  expect(await sentence(run())).toContain('newer than this program: it already holds 0002-two.sql')
})

test('a record with a hole is refused', async () => {
  write('0001-one.sql', 'select 1')
  write('0002-two.sql', 'select 2')
  await run()
  await query('delete from platform.migration where number = 1')
  expect(await sentence(run())).toContain('holds 0002-two.sql but not 0001-one.sql')
})

test('a migration may not end its own transaction; function bodies may say begin and end', async () => {
  write('0001-one.sql', 'create table one ();\ncommit;\ncreate table two ();')
  expect(await sentence(run())).toContain('begins or ends a transaction')
  const body = 'create function f() returns int language plpgsql as $body$\nbegin\n  return 1;\nend;\n$body$;'
  write('0001-one.sql', body)
  expect(await run()).toEqual({ applied: ['0001-one.sql'] })
})

test('four starters at once run every migration exactly once', async () => {
  write('0001-one.sql', 'create table one (id bigint); select pg_sleep(0.2)')
  for (let n = 2; n <= 6; n++) write(`000${n}-step.sql`, `insert into one values (${n})`)
  const results = await Promise.all([run(), run(), run(), run()])
  expect(results.flatMap(result => result.applied).sort()).toHaveLength(6)
  expect(await query('select count(*) n from one')).toEqual([{ n: 5n }])
})

test('a user who may not create the role or the schema is told what to ask the administrator', async () => {
  const clerk = { ...target, user: `clerk_${process.pid}`, password: 'clerk' }
  await query(`create role ${clerk.user} login password 'clerk'`)
  try {
    write('0001-one.sql', 'create table one ()')
    expect(await sentence(migrate(clerk, { folder }))).toContain(`grant curbstop_app to ${clerk.user}`)
    await query(`grant curbstop_app to ${clerk.user}`)
    expect(await sentence(migrate(clerk, { folder }))).toContain('may not create schemas here')
    await query(`grant create on database ${target.database} to ${clerk.user}`)
    await query('grant create on schema public to public')
    expect(await migrate(clerk, { folder })).toEqual({ applied: ['0001-one.sql'] })
  } finally {
    await query(`drop owned by ${clerk.user}; drop role ${clerk.user}`)
  }
})
