/** What a database error means for the caller: try again, come back later, or a fault. */

export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}

/** Serialization failure, deadlock, lock not available: nothing was done, and the same work may be tried again. */
export function isRetryable(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40001' || state === '40P01' || state === '55P03'
}

const unreachable = new Set([
  'EAGAIN', // a socket whose queue of callers is full
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOENT',
  'ENOTCONN',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
])
const unavailableMessages = [
  'timeout exceeded when trying to connect', // every connection of the pool is busy
  'Connection terminated', // also "… unexpectedly", "… due to connection timeout"
  'timeout expired',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed',
  'Received unexpected', // an answer to nobody: the connection is out of step
  'Cannot use a pool after calling end', // we are shutting down
]

/**
 * The database is away, starting, full or slower than we wait: the answer is 503 with Retry-After. Whether a
 * statement that was under way took effect is unknown; only the same idempotency key may repeat it.
 */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error)
  // 08 connection, 53 out of resources, 57P0x shutdown or starting, 57014 statement timeout, 55P03 lock timeout,
  // 25P03 idle in transaction too long
  if (state && /^(?:08...|53...|57P0.)$/.test(state)) return true
  if (state === '57014' || state === '55P03' || state === '25P03') return true
  const { message, syscall } = (error ?? {}) as { message?: unknown; syscall?: unknown }
  if (state && unreachable.has(state)) return syscall === undefined || networkCalls.has(String(syscall))
  return typeof message === 'string' && unavailableMessages.some(start => message.startsWith(start))
}

/** To come again later is all that can be done: the database undid the work, or cannot do it now. */
export function isBusy(error: unknown): boolean {
  return isRetryable(error) || isUnavailable(error) || isAftermath(error)
}

/** The transaction was undone by an earlier error, which this one does not name: the driver tells that one instead. */
export function isAftermath(error: unknown): boolean {
  return sqlState(error) === '25P02'
}

const lostMessages = [
  'Connection terminated',
  'Query read timeout',
  'Client has encountered a connection error',
  'Client was closed',
  'Received unexpected',
]

/**
 * The connection itself is gone or out of step (ended by the server, cut, or a late answer still to come): it must
 * not go back to the pool, where the next statement would meet it.
 */
export function endsConnection(error: unknown): boolean {
  const state = sqlState(error)
  if (state && /^(?:08...|57P0.|25P03)$/.test(state)) return true
  const { message, syscall } = (error ?? {}) as { message?: unknown; syscall?: unknown }
  if (state && unreachable.has(state)) return syscall === undefined || networkCalls.has(String(syscall))
  return typeof message === 'string' && lostMessages.some(start => message.startsWith(start))
}

// ENOENT of a missing socket is an absent database; ENOENT of a missing file is a fault.
const networkCalls = new Set(['connect', 'read', 'write', 'getaddrinfo'])
