/** Writes what a command told and noted, in its own transaction, as two statements at the most. */
import { sql } from 'kysely'
import type { AuditFacts, Ctx, Event, Tx } from '../context.ts'
import type { Witness } from '../module.ts'

export type Listeners = ReadonlyMap<string, readonly string[]>
export type Witnesses = ReadonlyMap<string, readonly Witness[]>
export const eventChannel = 'curbstop_event'

type Origin = { duty: string; requestId: string; idempotencyKey: string | null }

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value, plain))

export async function writeAudit(ctx: Ctx, facts: readonly AuditFacts[], origin: Origin): Promise<void> {
  for (const fact of facts) {
    await sql`
      insert into audit.entry
        (actor_id, duty, subject, on_account, reason, before, after, request_id, idempotency_key, session, ip)
      values (${ctx.actor.personId}, ${origin.duty}, ${fact.subject}, ${fact.account ?? null}, ${fact.reason ?? null},
        ${json(fact.before)}::jsonb, ${json(fact.after)}::jsonb, ${origin.requestId}, ${origin.idempotencyKey},
        ${ctx.actor.session}, ${ctx.ip}::inet)`.execute(ctx.tx)
  }
}

/**
 * One NOTIFY per transaction (PostgreSQL serialises them at commit), with ids only. Jobs are enqueued in the same
 * transaction: a crash after the commit loses nothing, a rollback leaves nothing.
 */
export async function writeEvents(tx: Tx, events: readonly Event[], listeners: Listeners): Promise<void> {
  if (events.length === 0) return
  for (const event of events) {
    const subject = json(event.subject ?? {})
    await sql`insert into platform.event (name, on_account, subject)
      values (${event.name}, ${event.account ?? null}, ${subject}::jsonb)`.execute(tx)
    const payload = json({ ...event.subject, account: event.account ?? null })
    for (const job of listeners.get(event.name) ?? []) {
      await sql`select graphile_worker.add_job(${job}, ${payload}::json)`.execute(tx)
    }
  }
  const note = json(events.map(e => ({ name: e.name, account: e.account ?? null, subject: e.subject })))!
  const fits = Buffer.byteLength(note) < 7900 // NOTIFY carries 8000 bytes; pages refresh everything on a bare note
  await sql`select pg_notify(${eventChannel}, ${fits ? note : '[]'})`.execute(tx)
}
