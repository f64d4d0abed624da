/**
 * Right after a start the disk's cache is empty and every connection still has to learn every statement, so the first
 * questions of the day would take ten times as long. Here the house asks itself first: in the background, never two
 * questions at once, with pauses, and only for so long. Nothing waits for it, and its failure is a line in the log.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Ctx } from './context.ts'
import { type Target, withConnection } from './db/connection.ts'
import { type Db, inTransaction, type Pools } from './db/pools.ts'
import { type Door, queryContext } from './http/door.ts'
import { systemCall } from './jobs/runner.ts'
import type { Module } from './module.ts'

/** What people ask for first thing in the morning; a module may tell it. */
export type WarmUp = {
  /** Tables that are read into memory with their indexes, most important first. */
  readonly tables: readonly string[]
  /** Asks as people will, of the n-th account of a few. Read-only; the answers are thrown away. */
  ask(ctx: Ctx, n: number): Promise<void>
}

/** Kept open by the counter pool (`poolDefaults`), so that what they learnt is not lost over lunch. */
export const warmConnections = 6
/** PostgreSQL settles on a statement's plan when it has run five times. */
const rounds = 6
const longestMillis = 60_000
const mostBytes = 1024 ** 3
const blockBytes = 8_192
const blocksAtOnce = 1_024

type Needs = {
  readonly target: Target
  readonly pools: Pools
  readonly door: Door
  readonly modules: readonly Module[]
  readonly log: Logger
}

/** Begins; answers how to end it early. */
export function startWarmUp(needs: Needs): () => Promise<void> {
  const deadline = performance.now() + longestMillis
  let stopped = false
  const isOver = () => stopped || performance.now() > deadline
  const done = warmUp(needs, isOver).catch(err => needs.log.warn({ err }, 'warming up was given up'))
  return () => {
    stopped = true
    return done
  }
}

async function warmUp({ target, pools, door, modules, log }: Needs, isOver: () => boolean): Promise<void> {
  const wanted = modules.flatMap(module => module.warmUp ?? [])
  const started = performance.now()
  const [megabytes] = await Promise.all([
    withConnection(target, null, client =>
      readAhead(
        client,
        wanted.flatMap(one => one.tables),
        isOver,
      ),
    ),
    askAhead(pools.counter.db, { door, wanted, left: warmConnections, isOver }),
  ])
  log.info({ ms: Math.round(performance.now() - started), megabytes }, 'warmed up')
}

type Relation = { readonly name: string; readonly blocks: number; readonly mode: 'buffer' | 'read' }

/** Megabytes read; null where the database cannot read ahead. As much rest as work, so that people come first. */
export async function readAhead(
  client: pg.Client,
  tables: readonly string[],
  isOver: () => boolean,
): Promise<number | null> {
  const { rows: able } = await client.query(`select from pg_proc where proname = 'pg_prewarm'`)
  if (able.length === 0) return null
  let blocks = 0
  for (const relation of await listRelations(client, tables)) {
    for (let first = 0; first < relation.blocks && !isOver(); first += blocksAtOnce) {
      const last = Math.min(first + blocksAtOnce, relation.blocks) - 1
      const started = performance.now()
      await client.query(`select pg_prewarm($1::regclass, $2, 'main', $3, $4)`, [
        relation.name,
        relation.mode,
        first,
        last,
      ])
      blocks += last - first + 1
      await sleep(performance.now() - started)
    }
  }
  return Math.round((blocks * blockBytes) / 1024 ** 2)
}

/** The first half of PostgreSQL's own memory is filled; what comes later goes to the cache of the machine. */
async function listRelations(client: pg.Client, tables: readonly string[]): Promise<Relation[]> {
  const { rows } = await client.query<Relation & { upTo: number }>(
    `select r.name, r.blocks, sum(r.blocks) over (order by r.n, r.name)::int as "upTo",
       case when sum(r.blocks) over (order by r.n, r.name) * 2 < b.setting::int then 'buffer' else 'read' end as mode
     from pg_settings b, (
       select t.n, c.oid::regclass::text as name, (pg_relation_size(c.oid) / ${blockBytes})::int as blocks
       from unnest($1::text[]) with ordinality t(name, n)
       join pg_class c on c.oid = to_regclass(t.name)
         or c.oid in (select indexrelid from pg_index where indrelid = to_regclass(t.name))) r
     where b.name = 'shared_buffers' order by r.n, r.name`,
    [tables],
  )
  return rows.filter(({ upTo }) => upTo * blockBytes <= mostBytes)
}

type Asking = {
  readonly door: Door
  readonly wanted: readonly WarmUp[]
  readonly left: number
  readonly isOver: () => boolean
}

/** One connection after the other; each stays lent until the last has learnt, or the pool would give the same again. */
async function askAhead(db: Db, asking: Asking): Promise<void> {
  const { door, wanted, left, isOver } = asking
  if (left === 0) return
  await db.connection().execute(async one => {
    for (let n = 0; n < rounds && !isOver(); n += 1) {
      for (const { ask } of wanted) {
        await inTransaction(one, { readOnly: true, isolation: 'repeatable read' }, tx =>
          ask(queryContext(door, systemCall('platform.warm-up', 'warm-up'), tx), n),
        )
      }
    }
    if (!isOver()) await askAhead(db, { ...asking, left: left - 1 })
  })
}
