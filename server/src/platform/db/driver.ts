/**
 * Kysely over a `pg` pool, written out because Kysely's own driver hides the client: COPY must run on the very
 * connection of the transaction, and a connection whose query timed out must never return to the pool (its late
 * answer would be read as the next statement's).
 */
import {
  AbortedTransactionError,
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type Transaction,
} from 'kysely'
import type pg from 'pg'
import { endsConnection, isAftermath } from './errors.ts'

type Session = DatabaseConnection & {
  readonly client: pg.PoolClient
  broken: boolean
  /** The first error of the transaction under way: what follows it says only that something went before. */
  first: unknown
}

const sessions = new WeakMap<DatabaseConnection, Session>()
const counted = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'COPY'])

const preparable = /^\s*(?:select|with|insert|update)\b[^;]*$/i
/** Whether an index pays depends on the very pattern, so such a question is planned anew each time. */
const planned = /\s(?:like|similar to|~|%)\s/i
const askedBefore = 3
const mostTexts = 1_000
const texts = new Map<string, { readonly name: string; asked: number }>()
let named = 0

/** The connection went while its commit was under way: nobody knows whether it happened. */
export class UnsureCommit extends Error {
  constructor(cause: unknown) {
    super('Connection terminated during the commit', { cause })
    this.name = 'UnsureCommit'
  }
}

/**
 * The name under which a connection keeps a statement ready: reading and planning a department's question costs the
 * database several times what answering it does. Only for texts that come again and again (a list of values of
 * another length is another text), and for a bounded number of them.
 */
function preparedName(text: string): string | null {
  const known = texts.get(text)
  if (known) {
    known.asked += 1
    return known.asked > askedBefore ? known.name : null
  }
  if (!preparable.test(text) || planned.test(text) || texts.size >= mostTexts) return null
  named += 1
  texts.set(text, { name: `c${named}`, asked: 1 })
  return null
}

function openSession(client: pg.PoolClient): Session {
  const session: Session = {
    client,
    broken: false,
    first: undefined,
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      if (session.broken) throw new Error('Connection terminated by an earlier statement')
      try {
        const name = preparedName(query.sql)
        const values = [...query.parameters]
        const { command, rowCount, rows } = await client.query(
          name ? { name, text: query.sql, values } : { text: query.sql, values },
        )
        if (command === 'COMMIT' || command === 'ROLLBACK') return { rows: [{ command } as R] }
        return {
          rows: rows ?? [],
          ...(counted.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }),
        }
      } catch (error) {
        if (endsConnection(error)) session.broken = true
        if (isAftermath(error)) throw session.first ?? error
        session.first ??= error
        throw error
      }
    },
    streamQuery() {
      throw new Error('read in pages by key instead of streaming')
    },
  }
  sessions.set(session, session)
  return session
}

async function run(connection: DatabaseConnection, statement: string): Promise<string | undefined> {
  const { rows } = await connection.executeQuery<{ command?: string }>(CompiledQuery.raw(statement))
  return rows[0]?.command
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

function poolDriver(pool: pg.Pool): Driver {
  return {
    init: async () => {},
    acquireConnection: async () => openSession(await pool.connect()),
    async beginTransaction(connection, { isolationLevel, accessMode }) {
      sessions.get(connection)!.first = undefined
      const isolation = isolationLevel ? ` isolation level ${isolationLevel}` : ''
      await run(connection, `begin${isolation}${accessMode ? ` ${accessMode}` : ''}`)
    },
    async commitTransaction(connection) {
      // A transaction that an earlier, swallowed error aborted answers COMMIT with ROLLBACK: not a success.
      const said = await run(connection, 'commit').catch(error => {
        throw endsConnection(error) ? new UnsureCommit(error) : error
      })
      if (said === 'ROLLBACK') {
        throw sessions.get(connection)!.first ?? new AbortedTransactionError()
      }
    },
    async rollbackTransaction(connection) {
      const session = sessions.get(connection)!
      if (session.broken) return // the connection is closed instead, which rolls back
      try {
        await run(connection, 'rollback')
      } catch {
        session.broken = true // the first error is the one worth telling
      }
    },
    savepoint: async (connection, name) => void (await run(connection, `savepoint ${quoted(name)}`)),
    async rollbackToSavepoint(connection, name) {
      await run(connection, `rollback to ${quoted(name)}`)
      sessions.get(connection)!.first = undefined
    },
    releaseSavepoint: async (connection, name) => void (await run(connection, `release ${quoted(name)}`)),
    async releaseConnection(connection) {
      const session = sessions.get(connection)!
      session.client.release(session.broken)
    },
    destroy: async () => {}, // whoever opened the pool ends it
  }
}

export function kyselyOver(pool: pg.Pool): Kysely<unknown> {
  return new Kysely<unknown>({
    dialect: {
      createDriver: () => poolDriver(pool),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: db => new PostgresIntrospector(db),
    },
  })
}

/**
 * The `pg` client under a transaction (or, for a pool's Kysely, one borrowed client): for COPY and nothing else.
 * What runs on the client of a `tx` is part of that transaction.
 */
export function withClient<T>(
  db: Kysely<unknown> | Transaction<unknown>,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return db.getExecutor().provideConnection(async connection => {
    const session = sessions.get(connection)
    if (!session) throw new Error('withClient needs a database opened by openPools')
    try {
      return await work(session.client)
    } catch (error) {
      if (endsConnection(error)) session.broken = true
      session.first ??= error
      throw error
    }
  })
}
