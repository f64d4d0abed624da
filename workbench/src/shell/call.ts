/** One function for the whole API: an endpoint object in, its decoded answer out, or an ApiError with a sentence. */
import type { Endpoint, Input, Output } from '@curbstop/kernel/endpoint'
import type { WireError } from '@curbstop/kernel/errors'
import { z } from 'zod'

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly wire: WireError
  constructor(status: number, wire: WireError) {
    super(wire.message)
    this.status = status
    this.code = wire.code
    this.wire = wire
  }
}

export type CallOptions = {
  /** Made when the form opens, so that a second click is the same request. */
  readonly key?: string
  readonly rehearse?: boolean
  readonly signal?: AbortSignal
}

/** An answer of another shape than this page knows: the server was brought up to date under it. */
const olderThanServer =
  'Curbstop was updated while this page was open. Reload the page; what was saved is safe.'

export const newKey = (): string => crypto.randomUUID()

export async function call<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  options: CallOptions = {},
): Promise<Output<E>> {
  const wire = { ...encodeInput(endpoint, input) }
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(wire[name])
    delete wire[name]
    return encodeURIComponent(value)
  })
  const isQuery = endpoint.method === 'GET'
  const query = isQuery ? queryText(wire) : ''
  const response = await send(`/api${path}${query}`, {
    method: endpoint.method,
    credentials: 'same-origin',
    ...(options.signal ? { signal: options.signal } : {}),
    ...(isQuery ? {} : { body: JSON.stringify(wire) }),
    headers: isQuery
      ? {}
      : {
          'content-type': 'application/json',
          ...(endpoint.asks ? {} : { 'idempotency-key': options.key ?? newKey() }),
          ...(options.rehearse ? { 'x-rehearse': '1' } : {}),
        },
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new ApiError(response.status, asWireError(body, response.status))
  const decoded = z.safeDecode(endpoint.output, body as never)
  if (decoded.success) return decoded.data as Output<E>
  throw new ApiError(response.status, { code: 'web.older', message: olderThanServer, facts: {} })
}

/** What the contract refuses before it is sent reads like a refusal of the server, field by field. */
function encodeInput<E extends Endpoint>(endpoint: E, input: Input<E>): Record<string, unknown> {
  const encoded = z.safeEncode(endpoint.input, input as never)
  if (encoded.success) return encoded.data as Record<string, unknown>
  const issues = encoded.error.issues.map(issue => ({ field: issue.path.join('.'), message: issue.message }))
  const message = issues.map(issue => `${issue.field}: ${issue.message}`).join(' · ')
  throw new ApiError(400, { code: 'web.input', message, facts: {}, issues })
}

/** The sentences of a refusal by field, for `<Form errors>`. */
export function fieldErrors(error: ApiError | null): Record<string, string> | null {
  if (!error) return null
  const { issues, field, message } = error.wire
  if (issues) return Object.fromEntries(issues.map(issue => [issue.field, issue.message]))
  return field ? { [field]: message } : null
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error
    const message = 'The server cannot be reached. What you typed is kept; try again in a moment.'
    throw new ApiError(0, { code: 'web.offline', message, facts: {} })
  }
}

function queryText(values: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  return text ? `?${text}` : ''
}

function asWireError(body: unknown, status: number): WireError {
  if (body && typeof body === 'object' && 'code' in body && 'message' in body) return body as WireError
  return {
    code: 'web.no-answer',
    message: `The server answered ${status} without a reason. Try again.`,
    facts: {},
  }
}
