/**
 * Jobs run on graphile-worker, in the database that holds the duties: enqueued in the duty's transaction, taken with
 * SKIP LOCKED, tried again with growing pauses. A handler gets a hand that opens transactions as the system, so that
 * outside calls (mail, bank) stand between transactions, never inside one.
 */
import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  parseCronItems,
  type Runner,
  type RunnerOptions,
  run,
  runMigrations,
  type TaskList,
  type WorkerEvents,
  Logger as WorkerLogger,
} from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import { systemActor } from '../context.ts'
import { clientConfig, type Target } from '../db/connection.ts'
import { inTransaction } from '../db/pools.ts'
import { type Call, type Door, runInside } from '../http/door.ts'
import type { JobHandler, Module, Witness } from '../module.ts'

/** Grants of two starters at once would trip over each other's rows of the catalogue. */
const preparing = 6_253_872_002

/**
 * The queue's own connections, with the driver's plain types: the library writes its rows as JSON, and a number that
 * came as a bigint would end the whole server the first time that a job fails.
 */
export function queuePool(target: Target, max: number): pg.Pool {
  return new pg.Pool({
    ...clientConfig(target, null),
    types: pg.types,
    application_name: 'curbstop-queue',
    max,
    connectionTimeoutMillis: 5_000,
  })
}

/** Installs the queue's own tables and lets the application's role use them. Runs as the owner. */
export async function prepareQueue(owner: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: owner })
  await owner.query(`
    select pg_advisory_xact_lock(${preparing});
    grant usage on schema graphile_worker to curbstop_app;
    grant select, insert, update, delete on all tables in schema graphile_worker to curbstop_app;
    grant usage on all sequences in schema graphile_worker to curbstop_app;
    grant execute on all functions in schema graphile_worker to curbstop_app;
    ${openToApplication}`)
}

/** The queue's tables have row level security without a policy, which shuts out everybody but their owner. */
const openToApplication = `do $$
  declare shut regclass;
  begin
    for shut in select oid::regclass from pg_class c
      where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
        and not exists (select from pg_policy where polrelid = c.oid and polname = 'curbstop_app')
    loop
      execute format('create policy curbstop_app on %s to curbstop_app using (true) with check (true)', shut);
    end loop;
  end $$;`

export function jobsOf(modules: readonly Module[]): Map<string, JobHandler> {
  return new Map(modules.flatMap(m => Object.entries(m.jobs ?? {})))
}

/** Event name → names of the jobs that hear it. An unknown job is a fault at start, not at night. */
export function listenersOf(modules: readonly Module[]): Map<string, string[]> {
  const known = jobsOf(modules)
  const listeners = new Map<string, string[]>()
  for (const module of modules) {
    for (const [event, jobs] of Object.entries(module.listens ?? {})) {
      for (const job of jobs)
        if (!known.has(job)) throw new Error(`${module.name} listens with an unknown job ${job}`)
      listeners.set(event, [...(listeners.get(event) ?? []), ...jobs])
    }
  }
  return listeners
}

/** Event name → what must agree before the commit. */
export function witnessesOf(modules: readonly Module[]): Map<string, Witness[]> {
  const witnesses = new Map<string, Witness[]>()
  for (const [event, witness] of modules.flatMap(m => Object.entries(m.witnesses ?? {})))
    witnesses.set(event, [...(witnesses.get(event) ?? []), witness])
  return witnesses
}

export async function startJobs(
  door: Door,
  owner: pg.Pool,
  modules: readonly Module[],
  log: Logger,
): Promise<Runner> {
  const taskList: TaskList = {}
  for (const [name, handler] of jobsOf(modules)) {
    taskList[name] = async (payload, helpers) => {
      const trace = `job-${helpers.job.id}`
      await handler(
        {
          inTransaction: work =>
            inTransaction(door.db, {}, tx => runInside(door, systemCall(name, trace), tx, work)),
          settings: door.settings ?? { smtpUrl: null, publicUrl: null },
          ...(door.spool ? { spool: door.spool } : {}),
        },
        (payload ?? {}) as Record<string, unknown>,
      )
      log.info({ trace, job: name }, 'job done')
    }
  }
  taskList[sealing.job] = () => sealAudit(door)
  // Not as crontab text: that grammar knows no dot in a job's name.
  const schedule = [sealing, ...modules.flatMap(m => m.schedule ?? [])]
  const runner = await runUntilItLooks({
    pgPool: owner,
    taskList,
    parsedCronItems: parseCronItems(schedule.map(({ cron, job }) => ({ task: job, match: cron }))),
    concurrency: 4,
    noHandleSignals: true,
    noPreparedStatements: true,
    logger: quiet(log),
  })
  for (const job of modules.flatMap(m => m.atStart ?? []))
    await runner.addJob(job, {}, { jobKey: job, maxAttempts: 6 })
  return runner
}

const mostStarts = 20

/**
 * The library keeps a failed first look for jobs for good (graphile-worker 0.18 caches the promise): on a machine so
 * busy that its first connection timed out, no job would ever run. Such a runner is ended and a new one begun.
 */
async function runUntilItLooks(options: RunnerOptions): Promise<Runner> {
  for (let start = 1; ; start += 1) {
    try {
      return await runOnceLooked(options)
    } catch (error) {
      if (start === mostStarts) throw error
      await sleep(250)
    }
  }
}

async function runOnceLooked(options: RunnerOptions): Promise<Runner> {
  const events: WorkerEvents = new EventEmitter()
  const firstLook = new Promise<unknown>(done => {
    events.once('worker:getJob:empty', () => done(null))
    events.once('job:start', () => done(null))
    events.once('worker:getJob:error', ({ error }) => done(error))
  })
  const runner = await run({ ...options, events })
  const error = await firstLook
  if (!error) return runner
  await runner.stop()
  throw error
}

export function systemCall(duty: string, trace: string): Call {
  return { actor: systemActor, duty, trace, ip: null, idempotencyKey: null, rehearse: false }
}

/** Often, so that little of the audit trail stands unsealed when somebody would change it. */
const sealing = { cron: '*/5 * * * *', job: 'platform.seal-audit' }

/** Seals the audit trail up to the transaction horizon. */
async function sealAudit(door: Door): Promise<void> {
  await sql`select audit.seal_now()`.execute(door.db)
}

function quiet(log: Logger) {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') log.error({ queue: message }, 'job failed')
    else if (level === 'warning') log.warn({ queue: message }, 'queue')
  })
}
