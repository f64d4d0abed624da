/** Where a database is and how we speak with it: one place for the start-up options and the types of every pool. */
import pg from 'pg'

/** An embedded or test database by parts; `host` may be a socket folder. */
export type Connection = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

/** Parts, or the address of an outside PostgreSQL (`postgres://user:password@host:5432/curbstop`). */
export type Target = Connection | string

/** The role the server works as: it may not log in, owns nothing, and holds only what migrations grant. */
export const appRole = 'curbstop_app'

/** The database cannot be used as it stands; the sentence says what to do. */
export class DatabaseRefusal extends Error {
  readonly code: string
  constructor(code: string, sentence: string) {
    super(sentence)
    this.name = 'DatabaseRefusal'
    this.code = code
  }
}

const textArrayOid = 1009 as Parameters<typeof pg.types.getTypeParser>[0] // text[], which pg's list of names leaves out
const textArray = pg.types.getTypeParser(textArrayOid) as (text: string) => (string | null)[]

/** `2026-11-23 18:02:11.5+00` → `2026-11-23T18:02:11.5Z`; sessions run in UTC, so the zone is always +00. */
function instant(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text
}

const same = (text: string): string => text
const arrayOf = (parse: (text: string) => unknown) => (text: string) =>
  textArray(text).map(item => (item === null ? null : parse(item)))

/** Kept beside pg's own parsers, not in place of them: nobody else's pool changes. */
const parsers = new Map<number, (text: string) => unknown>([
  [20, BigInt], // int8
  [1016, arrayOf(BigInt)],
  [1082, same], // date: LocalDate
  [1182, arrayOf(same)],
  [1114, same], // timestamp
  [1115, arrayOf(same)],
  [1184, instant], // timestamptz: Instant
  [1185, arrayOf(instant)],
  [1186, same], // interval: ISO 8601 (P1DT2H)
  [1700, same], // numeric: exact text
  [1231, arrayOf(same)],
])

// biome-ignore lint/suspicious/noExplicitAny: the shape of pg's own declaration
const getTypeParser = (oid: number, format?: any): any =>
  (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format)

export const types: pg.CustomTypesConfig = { getTypeParser }

/**
 * What `pg` needs to reach the target. Options already standing in the address stay; ours come after them and win.
 * `role` is null for the owner's own work (migrations).
 */
export function clientConfig(
  target: Target,
  role: string | null,
  options: readonly string[] = [],
): pg.ClientConfig {
  const ours = [
    'timezone=UTC',
    'datestyle=ISO',
    'intervalstyle=iso_8601',
    ...(role ? [`role=${role}`] : []),
    ...options,
  ]
  const startup = ours.map(option => `-c ${option}`).join(' ')
  const common = { types, keepAlive: true, keepAliveInitialDelayMillis: 10_000 }
  if (typeof target !== 'string') return { ...target, ...common, options: startup }
  const url = new URL(target)
  const theirs = url.searchParams.get('options')
  url.searchParams.delete('options')
  return { connectionString: url.href, ...common, options: theirs ? `${theirs} ${startup}` : startup }
}

/** The same server, another database. */
export function withDatabase(target: Target, database: string): Target {
  if (typeof target !== 'string') return { ...target, database }
  const url = new URL(target)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

/** PgBouncer: `unsupported startup parameter: options`, or `… in options: role`. */
const refusesSettings = (error: unknown): boolean =>
  error instanceof Error && /unsupported (?:startup parameter|options startup)/i.test(error.message)

/**
 * A connection of ours holds its role, its limits, its prepared statements and a LISTEN for as long as it lives; a
 * pooler hands it to somebody else between two transactions. Whoever has one in front does not need it for us.
 */
export function behindPooler(): DatabaseRefusal {
  return new DatabaseRefusal(
    'database.behind-pooler',
    'DATABASE_URL leads to a connection pooler (such as PgBouncer), which does not pass on the settings of a ' +
      'connection. Curbstop keeps at most 27 connections of its own: point DATABASE_URL at PostgreSQL itself.',
  )
}

/** One connection outside the pools (migrations, checks); closed when the work ends, whatever happens. */
export async function withConnection<T>(
  target: Target,
  role: string | null,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...clientConfig(target, role), connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // the running statement is told; nobody else needs to be
  await client.connect().catch(error => {
    throw refusesSettings(error) ? behindPooler() : error
  })
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
