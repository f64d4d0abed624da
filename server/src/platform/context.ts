/**
 * What a command or query is given at the door. Modules cannot import a pool, the clock or the current user;
 * whatever they need of the world stands here.
 */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { AccountId, PersonId } from '@curbstop/kernel/ids'
import type { Transaction } from 'kysely'

/** A transaction; statements are written with Kysely's `sql` tag and run with `.execute(tx)`. */
export type Tx = Transaction<unknown>

export type Level = 'assistant' | 'advisor' | 'senior' | 'supervisor'

export type Actor = {
  readonly personId: PersonId
  readonly name: string
  readonly level: Level | null
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
  /** First characters of the session's hash, for the audit trail. */
  readonly session: string | null
  /** Signed in with a password somebody else gave: may change it, and nothing else. */
  readonly mustChangePassword?: boolean
}

/** What changed, for the audit trail. `before` and `after` hold changed fields only, never secrets. */
export type AuditFacts = {
  readonly subject: string // 'account:17', 'task:4'
  readonly account?: AccountId | null
  readonly reason?: string
  readonly before?: Record<string, unknown>
  readonly after?: Record<string, unknown>
}

/** Ids only: listeners and pages read private facts where they live. */
export type Event = {
  readonly name: `${string}.${string}`
  readonly account?: AccountId | null
  readonly subject?: Readonly<Record<string, string | number | bigint | null>>
}

/** How a sign-in reaches the browser; only the staff module uses it. */
export type SessionCookie = { set(token: string, expiresAt: Date): void; clear(): void }

/** Keys of the server, opened from its data folder and never in the database. */
export type Keys = {
  /** For keyed digests of what a caller may be asked (PIN, passphrase): a copy of the database guesses nothing. */
  readonly secrets: Buffer
}

/** What the configuration says about the world outside: the mail server, and how people reach us. */
export type Settings = { readonly smtpUrl: string | null; readonly publicUrl: string | null }

/** What a look behind a protection leaves: a line written before the answer goes out, also by a query. */
export type Look = (ctx: Ctx) => Promise<void>

export type Ctx = {
  readonly tx: Tx
  readonly keys: Keys
  readonly actor: Actor
  readonly now: Instant
  readonly today: LocalDate
  readonly timeZone: string
  readonly trace: string
  readonly ip: string | null
  /** Notes a change; the door writes it in the same transaction, before the commit. */
  audit(facts: AuditFacts): void
  /** Tells what happened; the door writes the event and its listeners' jobs in the same transaction. */
  tell(event: Event): void
  /**
   * Keeps that something was shown. A query changes nothing in its snapshot, so the door writes the line after it and
   * before the answer: who cannot be noted is shown nothing.
   */
  look(look: Look): void
  readonly cookie?: SessionCookie
  /** Tried out only: what is answered must not promise what the real thing will get anew, such as a number. */
  readonly rehearses?: true
  /** What this query has read already; see `once`. A command reads anew: it may have changed it. */
  readonly known?: Map<string, Promise<unknown>>
}

/** A query sees one snapshot, so what several departments ask of it is read once; `key` names question and input. */
export function once<T>(ctx: Ctx, key: string, read: () => Promise<T>): Promise<T> {
  const reading = (ctx.known?.get(key) as Promise<T> | undefined) ?? read()
  ctx.known?.set(key, reading)
  return reading
}

/** The system's own name, for jobs and imports. */
export const systemActor: Actor = {
  personId: 1n as PersonId,
  name: 'Curbstop',
  level: null,
  roles: [],
  permissions: new Set(),
  session: null,
}

/** Somebody who has not signed in. */
export const visitor: Actor = { ...systemActor, personId: 0n as PersonId, name: 'visitor' }

export function may(ctx: Pick<Ctx, 'actor'>, permission: string): boolean {
  return ctx.actor.permissions.has(permission)
}
