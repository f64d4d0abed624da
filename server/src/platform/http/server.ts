/**
 * Fastify as a plain HTTP engine: routes come from the modules' contracts, validation from their Zod objects,
 * errors from one table. Nothing here knows a module.
 */
import { randomBytes } from 'node:crypto'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { type Actor, visitor } from '../context.ts'
import type { LiveHub } from '../events/live.ts'
import type { Metrics } from '../metrics.ts'
import type { Module } from '../module.ts'
import { ask, type Call, checkPermission, type Door, perform } from './door.ts'
import { type Answer, answerOf, busyOf, errors, faultAnswer, parseInput } from './errors.ts'
import { openApi } from './openapi.ts'
import { type Reach, refuseStrangers } from './origin.ts'
import { clearSessionCookie, sessionToken, setSessionCookie } from './session-cookie.ts'
import { addSpool } from './spool.ts'
import { serveWorkbench } from './workbench.ts'

export type HttpParts = {
  readonly door: Door
  readonly modules: readonly Module[]
  /** Who holds this session token; null when nobody (any more). */
  readonly authenticate: (token: string) => Promise<Actor | null>
  readonly live: LiveHub
  readonly metrics: Metrics
  readonly log: Logger
  readonly workbenchDir: string | null
  /** Says why the server is not ready, or null when it is. */
  readonly notReady: () => Promise<string | null>
  readonly version: string
  /** Under which names people may reach us. */
  readonly reach: Reach
}

const bodyLimit = 1_048_576

export async function buildServer(parts: HttpParts): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit,
    loggerInstance: undefined,
    logger: false,
    genReqId: () => randomBytes(8).toString('hex'),
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    trustProxy: 'loopback',
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: {
      maxParamLength: 200,
      querystringParser: text => Object.fromEntries(new URLSearchParams(text)),
    },
  })
  app.removeContentTypeParser('text/plain') // what a foreign page's form can send without asking
  await app.register(cookie)
  await app.register(helmet, securityHeaders)
  app.setErrorHandler((error, request, reply) => sendError(parts, error, request, reply))
  app.addHook('onResponse', async (request, reply) => observe(parts, request, reply))
  const meet = refuseStrangers(parts.reach)
  app.addHook('onRequest', async request => meet(request))
  app.addHook(
    'onSend',
    async (_, reply) => void reply.header('server-timing', `app;dur=${reply.elapsedTime.toFixed(1)}`),
  )

  for (const module of parts.modules) addModule(app, parts, module)
  addHealth(app, parts)
  addLive(app, parts)
  if (parts.door.spool) addSpool(app, parts.door.spool, request => whoIs(parts, request))
  const document = openApi(parts.modules, parts.version)
  app.get('/openapi.json', async (_, reply) => reply.header('cache-control', 'no-cache').send(document))
  app.all('/api/*', async () => {
    throw refuse(errors, 'platform.not-found')
  })
  if (parts.workbenchDir) await serveWorkbench(app, parts.workbenchDir)
  return app
}

const securityHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'none'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'", "'unsafe-inline'"], // positions computed by the charts and overlays
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
    },
  },
  strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
  referrerPolicy: { policy: 'no-referrer' as const },
  crossOriginEmbedderPolicy: false,
}

function addModule(app: FastifyInstance, parts: HttpParts, module: Module): void {
  for (const [key, endpoint] of Object.entries(module.contract)) {
    const handler = module.answers[key]
    if (!handler) throw new Error(`${module.name}.${key} has no answer`)
    app.route({
      method: endpoint.method,
      url: `/api${endpoint.path}`,
      handler: async (request, reply) => {
        const actor = await whoIs(parts, request)
        checkPermission(endpoint, actor)
        const call = callOf(request, reply, actor, `${module.name}.${key}`)
        if (endpoint.method === 'POST' && !endpoint.keyless && !endpoint.asks) requireKey(call)
        // A guess or a look that a rehearsal rolled back would leave no trace.
        if (call.rehearse && !endpoint.rehearsable) throw refuse(errors, 'platform.not-rehearsable')
        const input = parseInput(endpoint.input, gatherInput(request))
        const run = endpoint.method === 'GET' || endpoint.asks ? ask : perform
        const answer = await run(parts.door, call, endpoint, input, handler)
        return reply.header('cache-control', 'no-store').send(answer ?? null)
      },
    })
  }
}

async function whoIs(parts: HttpParts, request: FastifyRequest): Promise<Actor> {
  const token = sessionToken(request)
  return (token && (await parts.authenticate(token))) || visitor
}

function callOf(request: FastifyRequest, reply: FastifyReply, actor: Actor, duty: string): Call {
  const key = request.headers['idempotency-key']
  return {
    actor,
    duty,
    trace: request.id,
    ip: request.ip,
    idempotencyKey: typeof key === 'string' ? key : null,
    rehearse: request.headers['x-rehearse'] === '1',
    cookie: {
      set: (token, expiresAt) => setSessionCookie(reply, token, expiresAt),
      clear: () => clearSessionCookie(reply),
    },
  }
}

function requireKey(call: Call): void {
  const length = call.idempotencyKey?.length ?? 0
  if (length < 8 || length > 128) throw refuse(errors, 'platform.key-missing')
}

/** Path, query and body together; a name given twice is taken from the most specific place, the path. */
function gatherInput(request: FastifyRequest): unknown {
  const body = request.body
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) return body
  return { ...(request.query as object), ...(body as object | undefined), ...(request.params as object) }
}

function sendError(parts: HttpParts, error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = answerFor(parts, error, request)
  if (answer.status === 503) reply.header('retry-after', '2')
  reply.status(answer.status).header('cache-control', 'no-store').send(answer.body)
}

function answerFor(parts: HttpParts, error: unknown, request: FastifyRequest): Answer {
  const trace = request.id
  // Asking who is there needs the database too, before any door.
  const refusal = busyOf(error) ?? error
  if (refusal instanceof DomainError) {
    if (refusal.cause) parts.log.warn({ trace, route: request.routeOptions.url, err: refusal.cause }, 'busy')
    return answerOf(refusal, trace)
  }
  const code = (error as { code?: string }).code ?? ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { ...answerOf(refuse(errors, 'platform.too-large', { limit: '1 MB' }), trace), status: 413 }
  }
  if (
    code.startsWith('FST_ERR_CTP') ||
    error instanceof SyntaxError ||
    (error as { statusCode?: number }).statusCode === 400
  ) {
    return answerOf(refuse(errors, 'platform.not-json'), trace)
  }
  parts.log.error({ trace, route: request.routeOptions.url, err: error }, 'fault')
  return faultAnswer(trace)
}

function observe(parts: HttpParts, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? 'unmatched'
  const ms = reply.elapsedTime
  parts.metrics.observeRequest({ method: request.method, route, status: reply.statusCode, ms })
  parts.log.info(
    { trace: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(ms) },
    'request',
  )
}

function addHealth(app: FastifyInstance, parts: HttpParts): void {
  app.get('/health/live', async () => ({ status: 'live' }))
  app.get('/health/ready', async (_, reply) => {
    const why = await parts.notReady()
    return why
      ? reply.status(503).header('retry-after', '2').send({ status: 'not ready', why })
      : { status: 'ready' }
  })
}

function addLive(app: FastifyInstance, parts: HttpParts): void {
  app.get('/api/live', async (request, reply) => {
    const actor = await whoIs(parts, request)
    if (actor.personId === 0n) throw refuse(errors, 'platform.signed-out')
    if (actor.mustChangePassword) throw refuse(errors, 'platform.password-first')
    reply.hijack()
    const { accounts = '' } = request.query as { accounts?: string }
    const { personId, permissions } = actor
    parts.live.join(reply.raw, { personId, permissions, accounts: new Set(accounts.split(',')) })
  })
}
