/**
 * Brings the house up: database, migrations, sample district on a first start, workbench, http and jobs; and takes it
 * down in the opposite order. Used by `main.ts`, the browser journeys and the bench alike.
 */
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { adoptRules } from './adopt-rules.ts'
import { modules } from './app.ts'
import { authenticate } from './modules/staff/index.ts'
import { openKey } from './platform/auth/seal.ts'
import type { Config } from './platform/config.ts'
import { clientConfig, type Target } from './platform/db/connection.ts'
import { type Embedded, startEmbedded } from './platform/db/embedded/start.ts'
import { migrate } from './platform/db/migrate.ts'
import { openPools, type Pools } from './platform/db/pools.ts'
import { createLiveHub } from './platform/events/live.ts'
import { openSpool } from './platform/files/spool.ts'
import type { Door } from './platform/http/door.ts'
import { buildServer } from './platform/http/server.ts'
import { listenersOf, prepareQueue, queuePool, startJobs, witnessesOf } from './platform/jobs/runner.ts'
import type { Log } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { removeRuntime, updateRuntime } from './platform/runtime-file.ts'
import { startWarmUp } from './platform/warm-up.ts'
import { version } from './version.ts'

export type Say = (line: string) => void
export type Parts = { readonly http: boolean; readonly jobs: boolean }
export type Running = {
  readonly url: string
  readonly door: Door
  readonly pools: Pools
  stop(): Promise<void>
}

/** What is running, in the order in which it was opened; closing goes backwards. */
type Closers = (() => Promise<unknown> | unknown)[]

export async function startCurbstop(config: Config, log: Log, say: Say, parts: Parts): Promise<Running> {
  const closers: Closers = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse())
      await Promise.resolve(close()).catch(err => log.warn({ err }, 'closing'))
  }
  try {
    return await open(config, log, say, parts, closers, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function open(
  config: Config,
  log: Log,
  say: Say,
  parts: Parts,
  closers: Closers,
  stop: () => Promise<void>,
): Promise<Running> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const { target, embedded } = await openDatabase(config, log, say, closers)
  const owner = await prepareDatabase(target, log, say, closers)
  const keys = openKey(config.dataDir)
  const { ensureSample } = await import('../../tools/sample-district/first-start.ts')
  await ensureSample({ target, ...config.sample, timeZone: config.timeZone, keys, say })
  const pools = await openPools(target, {
    onIdleError: (pool, err) => log.warn({ pool, err }, 'connection lost'),
  })
  closers.push(() => pools.close())
  const spool = openSpool(join(config.dataDir, 'spool'))
  await spool.sweep(2 * 86_400_000)
  const door: Door = {
    db: pools.counter.db,
    listeners: listenersOf(modules),
    witnesses: witnessesOf(modules),
    timeZone: config.timeZone,
    now: () => new Date(),
    keys,
    settings: { smtpUrl: config.smtpUrl, publicUrl: config.publicUrl },
    spool,
  }
  const adopted = await adoptRules(door)
  if (adopted.length > 0) say(`Adopted ${adopted.length} rules that this version brings.`)
  if (parts.jobs) {
    const runner = await startJobs({ ...door, db: pools.jobs.db }, owner, modules, log)
    closers.push(() => runner.stop())
  }
  const url = parts.http ? await openHttp({ config, log, say, target, pools, door, closers, embedded }) : ''
  return { url, door, pools, stop }
}

async function openDatabase(
  config: Config,
  log: Log,
  say: Say,
  closers: Closers,
): Promise<{ target: Target; embedded: Embedded | null }> {
  if (config.databaseUrl) return { target: config.databaseUrl, embedded: null }
  say('Starting PostgreSQL …')
  const embedded = await startEmbedded({ dataDir: config.dataDir, log })
  closers.push(() => embedded.stop())
  return { target: embedded.connection(), embedded }
}

async function prepareDatabase(target: Target, log: Log, say: Say, closers: Closers): Promise<pg.Pool> {
  const { applied } = await migrate(target, { log })
  if (applied.length > 0) say(`Migrated the database (${applied.length} steps).`)
  const owner = queuePool(target, 4)
  owner.on('error', err => log.warn({ pool: 'queue', err }, 'connection lost'))
  owner.on('connect', client => client.on('error', () => {}))
  closers.push(() => owner.end())
  await prepareQueue(owner)
  return owner
}

type HttpNeeds = {
  config: Config
  log: Log
  say: Say
  target: Target
  pools: Pools
  door: Door
  closers: Closers
  embedded: Embedded | null
}

async function openHttp({
  config,
  log,
  say,
  target,
  pools,
  door,
  closers,
  embedded,
}: HttpNeeds): Promise<string> {
  const { ensureWorkbench } = await import('../../tools/build-workbench.ts')
  const workbenchDir = await ensureWorkbench(say)
  const live = createLiveHub(
    async () => {
      const client = new pg.Client({
        ...clientConfig(target, 'curbstop_app'),
        application_name: 'curbstop-live',
      })
      await client.connect()
      return client
    },
    log,
    ['staff.person-disabled', 'staff.sign-in-reset'],
  )
  const metrics = createMetrics()
  for (const { name, pool } of [pools.counter, pools.batch, pools.jobs]) {
    metrics.watchPool(name, () => ({
      total: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }))
  }
  const app = await buildServer({
    door,
    modules,
    authenticate: token => authenticate(pools.counter.db, token),
    live,
    metrics,
    log,
    workbenchDir,
    notReady: () => whyNotReady(pools, embedded),
    version,
    reach: { host: config.host, publicUrl: config.publicUrl },
  })
  await live.start()
  closers.push(() => live.stop())
  await app.listen({ port: config.port, host: config.host })
  closers.push(() => app.close())
  const port = (app.server.address() as AddressInfo).port
  const metricsPort = await openMetrics(config, metrics, closers)
  closers.push(() => removeRuntime(config.dataDir))
  closers.push(startWarmUp({ target, pools, door, modules, log }))
  updateRuntime(config.dataDir, { port, metricsPort, startedAt: new Date().toISOString(), version })
  return config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
}

async function openMetrics(
  config: Config,
  metrics: ReturnType<typeof createMetrics>,
  closers: Closers,
): Promise<number | null> {
  if (config.metricsPort === null) return null
  const server = await metrics.serve(config.metricsPort).catch(error => {
    if (config.metricsPortIsDefault && (error as NodeJS.ErrnoException).code === 'EADDRINUSE')
      return metrics.serve(0)
    throw error
  })
  closers.push(() => server.close())
  return (server.address() as AddressInfo).port
}

async function whyNotReady(pools: Pools, embedded: Embedded | null): Promise<string | null> {
  if (embedded && !embedded.isUp()) return 'the database is restarting'
  try {
    await pools.counter.pool.query('select 1')
    return null
  } catch {
    return 'the database does not answer'
  }
}
