import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tools/testing/database.ts'
import type { Door } from '../http/door.ts'
import { createLog } from '../log.ts'
import { defineModule } from '../module.ts'
import { prepareQueue, queuePool, startJobs } from './runner.ts'

let database: TestDatabase
let queue: pg.Pool
beforeAll(async () => {
  database = await createTestDatabase()
  queue = queuePool(database.target, 4)
  queue.on('error', () => {})
  await prepareQueue(queue)
})
afterAll(async () => {
  await queue?.end()
  await database?.drop()
})

test('two commands of the shell begun at the same moment both find the queue ready', async () => {
  await Promise.all(Array.from({ length: 12 }, () => prepareQueue(queue)))
})

test('mail goes out and reads are taken also after a start at which the database answered too late', async () => {
  const done: unknown[] = []
  const module = defineModule({
    name: 'test',
    contract: {},
    answers: {},
    jobs: { 'test.say': async (_, payload) => void done.push(payload.what) },
  })
  const door: Door = {
    db: database.db,
    listeners: new Map(),
    keys: { secrets: Buffer.alloc(32, 7) },
    timeZone: 'America/Los_Angeles',
    now: () => new Date(),
  }
  await queue.query(`select graphile_worker.add_job('test.say', '{"what": "mail"}')`)
  const runner = await startJobs(door, lateFor(6), [module], createLog('silent'))
  for (let wait = 0; wait < 200 && done.length === 0; wait += 1) await sleep(50)
  expect(done).toEqual(['mail'])
  await runner.stop()
})

test('a job that fails is tried again and takes nobody with it', async () => {
  const tries: number[] = []
  const module = defineModule({
    name: 'test',
    contract: {},
    answers: {},
    jobs: {
      'test.stumble': async () => {
        tries.push(tries.length)
        if (tries.length === 1) throw new Error('the database was away')
      },
    },
  })
  const door: Door = {
    db: database.db,
    listeners: new Map(),
    keys: { secrets: Buffer.alloc(32, 7) },
    timeZone: 'America/Los_Angeles',
    now: () => new Date(),
  }
  await queue.query(`select graphile_worker.add_job('test.stumble')`)
  const runner = await startJobs(door, queue, [module], createLog('silent'))
  for (let wait = 0; wait < 400 && tries.length < 2; wait += 1) await sleep(50)
  expect(tries).toEqual([0, 1])
  await runner.stop()
})

/** The first few askers after the start wait in vain, as in a pool whose connections come too late. */
function lateFor(times: number): pg.Pool {
  let asked = 0
  const late = () => new Error('timeout exceeded when trying to connect')
  const connect = (callback?: (error: Error) => void) => {
    asked += 1
    if (asked === 1 || asked > times) return callback ? queue.connect(callback as never) : queue.connect()
    return callback ? callback(late()) : Promise.reject(late())
  }
  return new Proxy(queue, {
    get: (pool, name) => (name === 'connect' ? connect : Reflect.get(pool, name, pool)),
  })
}
