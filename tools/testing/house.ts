/**
 * The whole house behind its real door, without a socket: every module, the real HTTP layer, a sample district, and
 * somebody of every level and role signed in.
 *
 *     const house = await openHouse()
 *     const answer = await house.ask('assistant', endpoint, { accountId: '17' })
 */
import { localDateAt } from '@curbstop/kernel/dates'
import type { Endpoint } from '@curbstop/kernel/endpoint'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import pg from 'pg'
import { modules } from '../../server/src/app.ts'
import { authenticate } from '../../server/src/modules/staff/index.ts'
import { hashToken, newToken } from '../../server/src/platform/auth/tokens.ts'
import { clientConfig } from '../../server/src/platform/db/connection.ts'
import type { Door } from '../../server/src/platform/http/door.ts'
import { buildServer } from '../../server/src/platform/http/server.ts'
import { listenersOf, prepareQueue, witnessesOf } from '../../server/src/platform/jobs/runner.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { createMetrics } from '../../server/src/platform/metrics.ts'
import { seedDistrict } from '../sample-district/seed.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

export const levels = ['assistant', 'advisor', 'senior', 'supervisor'] as const
export const roles = [
  'csfr',
  'dispatcher',
  'cashier',
  'reception',
  'billing',
  'collections',
  'auditor',
  'admin',
] as const
/** Everybody there is; `everything` holds all roles at once, `nobody` has not signed in. */
export type Who = (typeof levels)[number] | (typeof roles)[number] | 'everything' | 'nobody'
export const everybody: readonly Who[] = [...levels, ...roles, 'everything', 'nobody']

export type NamedEndpoint = { readonly duty: string; readonly endpoint: Endpoint }
export const endpoints: readonly NamedEndpoint[] = modules.flatMap(module =>
  Object.entries(module.contract).map(([key, endpoint]) => ({ duty: `${module.name}.${key}`, endpoint })),
)

export type Reply = { readonly status: number; readonly body: WireBody; readonly text: string }
type WireBody = { code?: string; message?: string; trace?: string } & Record<string, unknown>

export type House = {
  readonly app: FastifyInstance
  readonly database: TestDatabase
  readonly modules: typeof modules
  /** Every line the server has logged. */
  readonly logged: string[]
  /** Why a fault was one: its type, code and first place in our source. */
  faultOf(reply: Reply): string
  /** Sends the wire form of an input as the browser does. */
  ask(who: Who, endpoint: Endpoint, input: unknown, headers?: Record<string, string>): Promise<Reply>
  cookieOf(who: Who): Record<string, string>
  personOf(who: Who): bigint
  close(): Promise<void>
}

const keys = { secrets: Buffer.alloc(32, 7) }
const timeZone = 'America/Los_Angeles'

export async function openHouse({ accounts = 140 }: { accounts?: number } = {}): Promise<House> {
  const database = await createTestDatabase()
  const owner = new pg.Pool({ ...clientConfig(database.target, null), max: 1 })
  owner.on('error', () => {})
  owner.on('connect', client => client.on('error', () => {}))
  await prepareQueue(owner)
  await owner.end()
  const today = localDateAt(new Date(), timeZone)
  await seedDistrict({ target: database.target, accounts, seed: 11, today, timeZone, keys })
  const signedIn = new Map<Who, { token: string; personId: bigint }>()
  for (const who of everybody) if (who !== 'nobody') signedIn.set(who, await signIn(database, who))
  const logged: string[] = []
  const app = await build(database, logged)
  const cookieOf = (who: Who): Record<string, string> => {
    const held = signedIn.get(who)
    return held ? { cookie: `__Host-curbstop=${held.token}` } : {}
  }
  return {
    app,
    database,
    modules,
    logged,
    cookieOf,
    faultOf: ({ body }) => faultIn(logged, body.trace),
    personOf: who => signedIn.get(who)!.personId,
    ask: (who, endpoint, input, headers = {}) => send(app, endpoint, input, { ...cookieOf(who), ...headers }),
    async close() {
      await app.close()
      await database.drop()
    },
  }
}

async function signIn(database: TestDatabase, who: Who): Promise<{ token: string; personId: bigint }> {
  const token = newToken()
  const level = who === 'everything' ? 'supervisor' : (levels as readonly string[]).includes(who) ? who : null
  const held = who === 'everything' ? [...roles] : (roles as readonly string[]).includes(who) ? [who] : []
  const { rows } = await sql<{ id: bigint }>`
    insert into staff.person (login, name, level) values (${`walk.${who}`}, ${`Walk ${who}`}, ${level})
    returning person_id as id`.execute(database.owner)
  const personId = rows[0]!.id
  for (const role of held)
    await sql`insert into staff.person_role (person_id, role) values (${personId}, ${role})`.execute(
      database.owner,
    )
  await sql`insert into staff.session (token_hash, person_id, expires_at)
    values (${hashToken(token)}, ${personId}, now() + interval '12 hours')`.execute(database.owner)
  return { token, personId }
}

function build(database: TestDatabase, logged: string[]): Promise<FastifyInstance> {
  const door: Door = {
    db: database.db,
    listeners: listenersOf(modules),
    witnesses: witnessesOf(modules),
    keys,
    timeZone,
    now: () => new Date(),
    settings: { smtpUrl: null, publicUrl: null },
  }
  const nobodyListens = { join: () => {}, dismiss: () => {}, start: async () => {}, stop: async () => {} }
  return buildServer({
    door,
    modules,
    authenticate: token => authenticate(database.db, token),
    live: nobodyListens,
    metrics: createMetrics(),
    log: createLog('trace', { write: line => void logged.push(line) }),
    workbenchDir: null,
    notReady: async () => null,
    version: 'test',
    reach: { host: '127.0.0.1', publicUrl: 'https://desk.example.org' },
  })
}

function faultIn(logged: readonly string[], trace: unknown): string {
  const line = logged.find(text => text.includes(`"${trace}"`) && text.includes('"fault"'))
  if (!line) return ''
  const { err } = JSON.parse(line) as { err: Record<string, string> }
  const place = err.stack?.split('\n').find(at => at.includes('/modules/') && !at.includes('node_modules'))
  return [err.type, err.code, err.constraint, err.table, err.message, place].filter(Boolean).join(' | ')
}

let sent = 0

async function send(
  app: FastifyInstance,
  endpoint: Endpoint,
  input: unknown,
  headers: Record<string, string>,
): Promise<Reply> {
  const { url, body } = addressOf(endpoint, input)
  sent += 1
  const reply = await app.inject({
    method: endpoint.method,
    url,
    headers: {
      'idempotency-key': `walk-${process.pid}-${sent}`,
      ...(endpoint.method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(endpoint.method === 'POST' ? { payload: JSON.stringify(body) ?? 'null' } : {}),
  })
  return { status: reply.statusCode, body: parsed(reply.body), text: reply.body }
}

/** As the workbench does: names of the path from the input, the rest to the query or the body. */
function addressOf(endpoint: Endpoint, input: unknown): { url: string; body: unknown } {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
  const rest: Record<string, unknown> = isObject ? Object.fromEntries(Object.entries(input)) : {}
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = name in rest ? rest[name] : '1'
    delete rest[name]
    return encodeURIComponent(wellFormed(textOf(value))) || '%20'
  })
  const query = endpoint.method === 'GET' ? queryOf(rest) : ''
  return { url: `/api${path}${query && `?${query}`}`, body: isObject ? rest : input }
}

function queryOf(values: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values))
    if (value !== undefined) query.set(wellFormed(name), wellFormed(textOf(value)))
  return query.toString()
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')
const wellFormed = (text: string): string => text.toWellFormed()

function parsed(text: string): WireBody {
  try {
    return (JSON.parse(text) ?? {}) as WireBody
  } catch {
    return {}
  }
}
