/** A database that dies, starts, waits or refuses, thrown at the door in every shape and at every moment. */
import { endpoint } from '@curbstop/kernel/endpoint'
import { sql } from 'kysely'
import type pg from 'pg'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { systemActor } from '../context.ts'
import { kyselyOver } from '../db/driver.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { defineModule } from '../module.ts'
import { buildServer } from './server.ts'

const coded = (code: string, message = code, more = {}) =>
  Object.assign(new Error(message), { code, ...more })

const fates: Readonly<Record<string, () => Error>> = {
  'shut down by its administrator': () =>
    coded('57P01', 'terminating connection due to administrator command'),
  'another process of it crashed': () => coded('57P02', 'terminating connection because of crash'),
  'still starting': () => coded('57P03', 'the database system is in recovery mode'),
  'connection failure': () => coded('08006'),
  'connection does not exist': () => coded('08003'),
  'too many connections': () => coded('53300'),
  'disk full': () => coded('53100'),
  'reset by the other side': () => coded('ECONNRESET', 'read ECONNRESET', { syscall: 'read' }),
  'nobody listens': () => coded('ECONNREFUSED', 'connect ECONNREFUSED', { syscall: 'connect' }),
  'its socket is not there': () =>
    coded('ENOENT', 'connect ENOENT /run/.s.PGSQL.5432', { syscall: 'connect' }),
  'its socket is full': () => coded('EAGAIN', 'connect EAGAIN /run/.s.PGSQL.5432', { syscall: 'connect' }),
  'pipe broken': () => coded('EPIPE', 'write EPIPE', { syscall: 'write' }),
  'ended before we wrote': () => coded('EPIPE', 'This socket has been ended by the other party'),
  'stream destroyed': () => coded('ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'),
  'name not found': () => coded('ENOTFOUND', 'getaddrinfo ENOTFOUND db', { syscall: 'getaddrinfo' }),
  'cut without a word': () => new Error('Connection terminated unexpectedly'),
  'cut while connecting': () => new Error('Connection terminated due to connection timeout'),
  'no connection free': () => new Error('timeout exceeded when trying to connect'),
  'no answer': () => new Error('Query read timeout'),
  'client gone': () => new Error('Client has encountered a connection error and is not queryable'),
  'client closed': () => new Error('Client was closed and is not queryable'),
  'out of step': () => new Error('Received unexpected commandComplete message from backend.'),
  'pool closing': () => new Error('Cannot use a pool after calling end on the pool'),
  'statement too long': () => coded('57014', 'canceling statement due to statement timeout'),
  'lock not to be had': () => coded('55P03'),
  'idle too long': () => coded('25P03'),
  'lost a race': () => coded('40001'),
  deadlock: () => coded('40P01'),
  'undone before': () => coded('25P02', 'current transaction is aborted'),
}
const moments = ['connect', 'begin', 'question', 'commit', 'who'] as const
type Moment = (typeof moments)[number]

/** A pool whose database meets its fate at one moment, and answers everything else. */
function poolThatFails(moment: Moment, fate: () => Error, ended: boolean[]): pg.Pool {
  const query = async ({ text }: { text: string }) => {
    const now = /^begin/.test(text) ? 'begin' : text === 'commit' ? 'commit' : 'question'
    if (now === moment && text !== 'rollback') throw fate()
    return { command: text.split(' ')[0]!.toUpperCase(), rowCount: 0, rows: [] }
  }
  const client = { query, release: (broken: boolean) => void ended.push(broken) }
  return {
    connect: async () => {
      if (moment === 'connect') throw fate()
      return client
    },
  } as unknown as pg.Pool
}

const look = {
  input: z.strictObject({}),
  output: z.null(),
  may: { anyone: 'public' },
  says: 'Looks',
} as const
const contract = {
  look: endpoint({ ...look, method: 'GET', path: '/probe/look' }),
  change: endpoint({ ...look, method: 'POST', path: '/probe/change', keyless: true }),
}

async function serverThatFails(moment: Moment, fate: () => Error) {
  const logged: string[] = []
  const ended: boolean[] = []
  const ask = async ({ tx }: { tx: Parameters<ReturnType<typeof sql>['execute']>[0] }) => {
    await sql`select 1`.execute(tx)
    return null
  }
  const nobodyListens = { join: () => {}, dismiss: () => {}, start: async () => {}, stop: async () => {} }
  const app = await buildServer({
    door: {
      db: kyselyOver(poolThatFails(moment, fate, ended)),
      listeners: new Map(),
      witnesses: new Map(),
      keys: { secrets: Buffer.alloc(32) },
      timeZone: 'America/Los_Angeles',
      now: () => new Date(),
    },
    modules: [defineModule({ name: 'probe', contract, answers: { look: ask, change: ask } })],
    authenticate: async () => {
      if (moment === 'who') throw fate()
      return systemActor
    },
    live: nobodyListens,
    metrics: createMetrics(),
    log: createLog('warn', { write: line => void logged.push(line) }),
    workbenchDir: null,
    notReady: async () => null,
    version: 'test',
    reach: { host: '127.0.0.1', publicUrl: null },
  })
  return { app, logged, ended }
}

test.each(Object.keys(fates))(
  'while the database is away (%s) people read a sentence and when to try again, never a fault',
  async name => {
    for (const moment of moments) {
      const { app, logged } = await serverThatFails(moment, fates[name]!)
      for (const [method, url] of [
        ['GET', '/api/probe/look'],
        ['POST', '/api/probe/change'],
      ] as const) {
        const cookies = { '__Host-curbstop': 'x'.repeat(43) }
        const reply = await app.inject({ method, url, cookies, ...(method === 'POST' && { payload: {} }) })
        expect([reply.statusCode, reply.headers['retry-after']], `${method} ${moment}`).toEqual([503, '2'])
        expect(reply.json().code).toMatch(/^platform\.(busy|unsure)$/)
        expect(reply.json().message).toMatch(/^The database .*\.$/)
        if (method === 'GET') expect(reply.json().code).toBe('platform.busy')
      }
      expect(logged.filter(line => line.includes('"busy"'))).toHaveLength(2)
      expect(logged.join('')).not.toContain('"fault"')
      await app.close()
    }
  },
)

test('a save whose commit was cut off is not called undone: nobody knows', async () => {
  const { app, ended } = await serverThatFails('commit', fates['cut without a word']!)
  const reply = await app.inject({ method: 'POST', url: '/api/probe/change', payload: {} })
  expect(reply.json()).toMatchObject({ code: 'platform.unsure' })
  expect(ended).toEqual([true])
  await app.close()
})

test('what comes after the first error of a transaction is told as the first error', async () => {
  let asked = 0
  const fail = () => (++asked === 1 ? coded('23505', 'duplicate key') : fates['undone before']!())
  const db = kyselyOver(poolThatFails('question', fail, []))
  const work = db.transaction().execute(async tx => {
    await sql`select 1`.execute(tx).catch(() => undefined)
    await sql`select 2`.execute(tx)
  })
  await expect(work).rejects.toMatchObject({ code: '23505' })
})

test('a mistake of ours is still a fault, with its number and its line in the log', async () => {
  const { app, logged } = await serverThatFails('question', () => coded('42P01', 'relation does not exist'))
  const reply = await app.inject({ url: '/api/probe/look' })
  expect([reply.statusCode, reply.json().code]).toEqual([500, 'platform.fault'])
  expect(logged.join('')).toContain('"fault"')
  await app.close()
})
