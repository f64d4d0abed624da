/**
 * The write door: permission → parse → begin → idempotency → command → audit and events → commit. Every change in
 * Curbstop comes through here, from the browser, from jobs and from the command line; a rehearsal is the same
 * command rolled back.
 */
import { createHmac } from 'node:crypto'
import { type Instant, localDateAt } from '@curbstop/kernel/dates'
import type { Endpoint } from '@curbstop/kernel/endpoint'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import type { Actor, AuditFacts, Ctx, Event, Keys, Look, SessionCookie, Settings, Tx } from '../context.ts'
import { inTransaction } from '../db/pools.ts'
import { type Listeners, type Witnesses, writeAudit, writeEvents } from '../events/outbox.ts'
import type { Spool } from '../files/spool.ts'
import { busyOf, errors } from './errors.ts'

export type Door = {
  readonly db: Kysely<unknown>
  readonly listeners: Listeners
  /** Who must agree to an event before the commit. */
  readonly witnesses?: Witnesses
  readonly keys: Keys
  readonly timeZone: string
  readonly now: () => Date
  /** For jobs, which speak to the world outside; a door without them sends nothing. */
  readonly settings?: Settings
  /** Large files on their way in. */
  readonly spool?: Spool
}

export type Call = {
  readonly actor: Actor
  readonly duty: string // module.contractKey
  readonly trace: string
  readonly ip: string | null
  readonly idempotencyKey: string | null
  readonly rehearse: boolean
  readonly cookie?: SessionCookie
  /** Filled while a request is answered: the lines that what it shows will leave. */
  readonly looks?: Look[]
}

export type Handler = (ctx: Ctx, input: never) => Promise<unknown>

/** May this actor use this endpoint? Throws the refusal when not. */
export function checkPermission(endpoint: Endpoint, actor: Actor): void {
  const { may } = endpoint
  if (actor.mustChangePassword && !endpoint.withFirstPassword && !isPublic(endpoint))
    throw refuse(errors, 'platform.password-first')
  if (typeof may !== 'string') {
    if (may.anyone === 'signed-in' && actor.personId === 0n) throw refuse(errors, 'platform.signed-out')
    return
  }
  if (actor.personId === 0n) throw refuse(errors, 'platform.signed-out')
  if (!actor.permissions.has(may)) throw refuse(errors, 'platform.not-allowed', { permission: may })
}

const isPublic = ({ may }: Endpoint): boolean => typeof may !== 'string' && may.anyone === 'public'

class RolledBack extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super('rehearsal')
    this.answer = answer
  }
}

/** Runs a query in one read-only snapshot. The answer is encoded for the wire. */
export async function ask(
  door: Door,
  call: Call,
  endpoint: Endpoint,
  input: unknown,
  handler: Handler,
): Promise<unknown> {
  const looks: Look[] = []
  return guarded(async () => {
    const answer = await inTransaction(
      door.db,
      { readOnly: true, isolation: 'repeatable read' },
      async tx => {
        looks.length = 0 // tried again after a lost race
        const ctx = queryContext(door, { ...call, looks }, tx)
        return z.encode(endpoint.output, (await handler(ctx, input as never)) as never)
      },
    )
    await keepLooks(door, call, looks)
    return answer
  })
}

/** Lines of what was shown, in a transaction of their own: the snapshot they come from is read-only or rolled back. */
async function keepLooks(door: Door, call: Call, looks: readonly Look[]): Promise<void> {
  if (looks.length === 0) return
  await inTransaction(door.db, {}, tx =>
    runInside(door, call, tx, async ctx => {
      for (const look of looks) await look(ctx)
    }),
  )
}

/** Runs a command exactly once for its key. The answer is encoded for the wire. */
export async function perform(
  door: Door,
  caller: Call,
  endpoint: Endpoint,
  input: unknown,
  handler: Handler,
): Promise<unknown> {
  // Keyless answers hold what must not be kept (a session, a secret), so a key sent along is not used.
  const looks: Look[] = []
  const call = { ...caller, looks, ...(endpoint.keyless ? { idempotencyKey: null } : {}) }
  const outcome = await guarded(async () => {
    try {
      return await inTransaction(door.db, {}, async tx => {
        looks.length = 0
        const replay = call.idempotencyKey ? await claimKey({ tx, door, call }, endpoint, input) : null
        if (replay) return replay.response
        const answer = await runInside(door, call, tx, ctx => handler(ctx, input as never).catch(keptRefusal))
        if (answer instanceof DomainError) {
          if (call.idempotencyKey)
            throw new Error(`${answer.code} keeps what it wrote: make ${call.duty} keyless`)
          return answer
        }
        const response = z.encode(endpoint.output, answer as never)
        if (call.rehearse) throw new RolledBack(response)
        if (call.idempotencyKey) await keepAnswer(tx, call, response)
        return response
      })
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error
      await keepLooks(door, caller, looks)
      return error.answer
    }
  })
  if (outcome instanceof DomainError) throw outcome
  return outcome
}

/** A refusal that keeps what was written travels to the commit as a value and is thrown after it. */
function keptRefusal(error: unknown): DomainError {
  if (error instanceof DomainError && error.keeps) return error
  throw error
}

/** The inner half of the door, for commands that already hold a transaction (jobs, imports, tests). */
export async function runInside<T>(
  door: Door,
  call: Call,
  tx: Tx,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const facts: AuditFacts[] = []
  const events: Event[] = []
  const looks = call.looks ?? []
  const ctx: Ctx = {
    ...contextFor(door, { ...call, looks }, tx),
    audit: f => void facts.push(f),
    tell: e => void events.push(e),
  }
  const answer = await work(ctx)
  if (!call.rehearse) for (const look of looks) await look(ctx)
  // What a witness tells has witnesses too: the list grows while it is walked.
  for (const event of events) {
    for (const witness of door.witnesses?.get(event.name) ?? []) await witness(ctx, event)
  }
  await writeAudit(ctx, facts, {
    duty: call.duty,
    requestId: call.trace,
    idempotencyKey: call.idempotencyKey,
  })
  await writeEvents(tx, events, door.listeners)
  return answer
}

/** For reads, which see one snapshot: what notes or tells is refused, and nothing is asked twice. */
export const queryContext = (door: Door, call: Call, tx: Tx): Ctx => ({
  ...contextFor(door, call, tx),
  known: new Map(),
})

function contextFor(door: Door, call: Call, tx: Tx): Ctx {
  const now = door.now()
  const closed = () => {
    throw new Error('a query changes nothing: audit and tell belong to commands')
  }
  return {
    tx,
    keys: door.keys,
    actor: call.actor,
    now: now.toISOString() as Instant,
    today: localDateAt(now, door.timeZone),
    timeZone: door.timeZone,
    trace: call.trace,
    ip: call.ip,
    audit: closed,
    tell: closed,
    look: look => void call.looks?.push(look),
    ...(call.cookie ? { cookie: call.cookie } : {}),
    ...(call.rehearse ? { rehearses: true as const } : {}),
  }
}

async function claimKey(
  { tx, door, call }: { tx: Tx; door: Door; call: Call },
  endpoint: Endpoint,
  input: unknown,
): Promise<{ response: unknown } | null> {
  const hash = createHmac('sha256', door.keys.secrets) // keyed: inputs hold PINs, which a bare hash would give away
    .update(`${endpoint.path}|${call.rehearse}|${canonical(input)}`)
    .digest()
  const { rows } = await sql`
    insert into platform.idempotency (actor_id, key, request_hash, endpoint)
    values (${call.actor.personId}, ${call.idempotencyKey}, ${hash}, ${call.duty})
    on conflict do nothing returning key`.execute(tx)
  if (rows.length === 1) return null
  const first = await sql<{ request_hash: Buffer; status: number | null; response: unknown }>`
    select request_hash, status, response from platform.idempotency
    where actor_id = ${call.actor.personId} and key = ${call.idempotencyKey}`.execute(tx)
  const row = first.rows[0]
  if (!row || row.status === null) throw refuse(errors, 'platform.still-running')
  if (!row.request_hash.equals(hash)) throw refuse(errors, 'platform.key-reused')
  return { response: row.response }
}

async function keepAnswer(tx: Tx, call: Call, response: unknown): Promise<void> {
  await sql`update platform.idempotency set status = 200, response = ${JSON.stringify(response ?? null)}::jsonb
    where actor_id = ${call.actor.personId} and key = ${call.idempotencyKey}`.execute(tx)
}

/** The same contents give the same text, whatever the order of the fields. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => {
    if (typeof v === 'bigint') return `${v}n`
    if (v && typeof v === 'object' && !Array.isArray(v)) {
      return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
    }
    return v
  })
}

/** A lost race that did not end in time, or a lost database, is "busy": nothing was changed that was not answered. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw busyOf(error) ?? error
  }
}
