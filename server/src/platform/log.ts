/**
 * JSON lines in UTC without private facts. What may be written is listed, not what may not: numbers, yes and no pass
 * under any name; text passes only under a name of the list below; everything else is withheld. So a name, a phone
 * or a note cannot reach the log by accident: put a canary into every field, and search the log for it.
 */
import pino from 'pino'
import type { LogLevel } from './config.ts'

export type Log = pino.Logger

/** Names of text that is ours: code names, patterns and paths, never what a person typed or is called. */
const ourWords = new Set([
  ...[
    'method',
    'route',
    'trace',
    'code',
    'kind',
    'job',
    'event',
    'module',
    'endpoint',
    'worker',
    'pool',
    'queue',
  ],
  ...[
    'migration',
    'version',
    'folder',
    'listening',
    'socket',
    'signal',
    'reason',
    'step',
    'run',
    'policy',
    'check',
  ],
  ...['component', 'hostname', 'startedAt', 'on', 'subject'],
])

const withheld = '[withheld]'

export function createLog(level: LogLevel = 'info', destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: label => ({ level: label }), log: listed },
    hooks: { logMethod: scrubbedMessage },
    serializers: { err: errorFacts, req: requestFacts, res: responseFacts },
    redact: { paths: secretPaths, censor: withheld },
  }
  const log = destination ? pino(options, destination) : pino(options)
  // pino leaves a child's facts unlisted; every child inherits this one.
  const child = log.child
  log.child = function (this: Log, facts: pino.Bindings, ...rest: []) {
    return child.call(this, listed(facts), ...rest)
  } as Log['child']
  return log
}

/** A bare error gets a word of ours as its message (pino would repeat its own), and values are never put into one. */
function scrubbedMessage(this: Log, parameters: Parameters<pino.LogFn>, method: pino.LogFn): void {
  const [first, second] = parameters as unknown[]
  if (typeof first === 'string') method.call(this, {}, scrub(first))
  else if (typeof second === 'string') method.call(this, factsOf(first), scrub(second))
  else method.call(this, factsOf(first), first instanceof Error ? 'fault' : undefined)
}

const factsOf = (value: unknown): unknown => (value instanceof Error ? { err: value } : (value ?? {}))

// A second fence behind the list, for whatever a serializer might one day let through.
const secretPaths = ['password', 'token', 'secret', 'cookie', 'authorization'].flatMap(key => [
  key,
  `*.${key}`,
])

function listed(facts: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(facts)) kept[key] = allowed(key, value)
  return kept
}

function allowed(key: string, value: unknown): unknown {
  if (key === 'err') return errorFacts(value)
  if (key === 'req') return requestFacts(value)
  if (key === 'res') return responseFacts(value)
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return value
    case 'bigint':
      return value.toString()
    case 'string':
      return ourWords.has(key) ? ours(key, value) : withheld
    default:
      return value === null ? null : withheld
  }
}

/** A reason is a sentence; the rest are names. */
const ours = (key: string, value: string): string =>
  key === 'reason' ? scrub(value) : value.slice(0, 300).replace(/\p{C}/gu, '?')

type RequestLike = { method?: unknown; routeOptions?: { url?: unknown }; route?: unknown }

/** The pattern of the route (`/api/accounts/:account`), never the address: it holds ids and search words. */
function requestFacts(value: unknown): Record<string, unknown> {
  const request = (value ?? {}) as RequestLike
  const route = request.routeOptions?.url ?? request.route
  return {
    ...(typeof request.method === 'string' && { method: request.method }),
    ...(typeof route === 'string' && { route }),
  }
}

function responseFacts(value: unknown): Record<string, unknown> {
  const { statusCode, status } = (value ?? {}) as { statusCode?: unknown; status?: unknown }
  const code = statusCode ?? status
  return typeof code === 'number' ? { status: code } : {}
}

const databaseNames = ['code', 'constraint', 'schema', 'table', 'column', 'routine', 'severity'] as const

/**
 * Kind, code and place of an error. Its words are scrubbed; words of those errors that quote what a person typed (a
 * database's complaint about a value, a parser's about a text, the district's own "no") are withheld whole.
 */
export function errorFacts(value: unknown, depth = 0): Record<string, unknown> {
  if (!(value instanceof Error)) {
    const facts = (value ?? {}) as { type?: unknown; stack?: unknown }
    // Already serialized once: pino runs the list and the serializer.
    return typeof facts.type === 'string' ? (facts as Record<string, unknown>) : { type: typeof value }
  }
  const source = value as Error & Record<string, unknown>
  const names: Record<string, unknown> = {}
  for (const key of databaseNames) if (typeof source[key] === 'string') names[key] = source[key]
  const places = value.stack?.split('\n').filter(line => /^\s+at /.test(line)) ?? []
  return {
    type: value.name,
    ...names,
    message: quotesInput(source) ? withheld : scrub(value.message),
    ...(places.length > 0 && { stack: places.map(line => line.trim()).join('\n') }),
    ...(value.cause instanceof Error && depth < 3 && { cause: errorFacts(value.cause, depth + 1) }),
  }
}

function quotesInput(error: Error & Record<string, unknown>): boolean {
  const dataError = typeof error.code === 'string' && /^(22|23|P0)\w{3}$/.test(error.code)
  return (
    dataError || error.name === 'SyntaxError' || error.name === 'ZodError' || error.name === 'DomainError'
  )
}

/** Blots out quoted words, mail addresses and runs of digits, which is where private facts hide in a sentence. */
export function scrub(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '[mail]')
    .replace(/"[^"]*"|“[^”]*”|`[^`]*`|(?<!\w)'[^']*'/g, '[quoted]')
    .replace(/\+?\d(?:[\d ().-]{5,})\d/g, '[digits]')
    .slice(0, 1_000)
}
