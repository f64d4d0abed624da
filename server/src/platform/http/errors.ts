/** Errors of the door itself, and the one table that turns any error into an answer. */
import { DomainError, declareErrors, type ErrorKind, refuse, type WireError } from '@curbstop/kernel/errors'
import type { z } from 'zod'
import { isBusy, UnsureCommit } from '../db/pools.ts'

export const errors = declareErrors({
  'platform.invalid-input': { kind: 'invalid', says: '{field}: {problem}' },
  'platform.not-json': { kind: 'invalid', says: 'The request is not readable JSON.' },
  'platform.too-large': { kind: 'invalid', says: 'The request is larger than {limit}.' },
  'platform.key-missing': {
    kind: 'invalid',
    says: 'A change needs an Idempotency-Key header (8 to 128 characters, made by the sender), so that it cannot happen twice.',
  },
  'platform.key-reused': {
    kind: 'refused',
    says: 'This request carries the key of another request with other contents. Reload the page and try again.',
  },
  'platform.not-rehearsable': {
    kind: 'refused',
    says: 'This cannot be tried out first; send it without x-rehearse.',
  },
  'platform.still-running': {
    kind: 'conflict',
    says: 'The same request is still being worked on. Wait a moment and look again.',
  },
  'platform.signed-out': { kind: 'unauthenticated', says: 'Please sign in.' },
  'platform.password-first': {
    kind: 'forbidden',
    says: 'Choose a password of your own first: somebody else knows the one you signed in with.',
  },
  'platform.not-allowed': {
    kind: 'forbidden',
    says: 'Your role does not allow this ({permission}). Ask your supervisor.',
  },
  'platform.foreign-origin': {
    kind: 'forbidden',
    says: 'This request came from another site and was refused.',
  },
  'platform.unknown-host': {
    kind: 'forbidden',
    says: 'This server does not know itself as {host}. Whoever runs it can make that its address: PUBLIC_URL=https://{host}',
  },
  'platform.not-found': { kind: 'missing', says: 'There is nothing at this address.' },
  'platform.too-many': { kind: 'busy', says: 'Too many requests. Try again in {seconds} seconds.' },
  'platform.busy': {
    kind: 'busy',
    says: 'The database is busy or restarting. Nothing was changed; try again in a moment.',
  },
  'platform.unsure': {
    kind: 'busy',
    says: 'The database went away at the very moment of saving. Look whether the change is there before you make it again.',
  },
})

const statusOf: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  refused: 422,
  busy: 503,
}

/** What a person is told when the database could not; null for a fault of ours. The cause stays with it for the log. */
export function busyOf(error: unknown): DomainError | null {
  if (error instanceof DomainError) return null
  const code = error instanceof UnsureCommit ? 'platform.unsure' : isBusy(error) ? 'platform.busy' : null
  return code && Object.assign(refuse(errors, code), { cause: error })
}

export type Answer = { status: number; body: WireError }

export function answerOf(error: DomainError, trace: string): Answer {
  const { code, message, facts, field } = error
  const issues = error instanceof InputError ? { issues: error.issues } : {}
  return {
    status: statusOf[error.kind],
    body: { code, message, facts, ...(field ? { field } : {}), ...issues, trace },
  }
}

/** A fault of ours says nothing about itself but the trace under which it was logged. */
export function faultAnswer(trace: string): Answer {
  return {
    status: 500,
    body: {
      code: 'platform.fault',
      message: `Something went wrong on our side and nothing was changed. Tell support the number ${trace}.`,
      facts: {},
      trace,
    },
  }
}

export class InputError extends DomainError {
  readonly issues: readonly { field: string; message: string }[]
  constructor(error: z.core.$ZodError) {
    const issues = error.issues.map(issue => ({
      field: issue.path.map(String).join('.') || 'request',
      message: readable(issue),
    }))
    const first = issues[0]!
    super(
      'platform.invalid-input',
      errors['platform.invalid-input'],
      { field: first.field, problem: first.message },
      first.field,
    )
    this.issues = issues
  }
}

function readable(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `unknown field ${issue.keys.map(k => `'${k.slice(0, 40)}'`).join(', ')}`
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing'
  return issue.message.replace(/^Invalid (input|string|option): /, '')
}

export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new InputError(parsed.error)
  const field = fieldWithNull(parsed.data)
  if (field) {
    const problem = 'holds a character that cannot be kept; please type it again'
    throw refuse(errors, 'platform.invalid-input', { field, problem }, field)
  }
  return parsed.data
}

/** No text in PostgreSQL holds a null character, so no field of ours does, not even a search. */
function fieldWithNull(value: unknown, name = 'request'): string | null {
  if (typeof value === 'string') return value.includes('\0') ? name : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const found = fieldWithNull(part, name === 'request' ? key : `${name}.${key}`)
    if (found) return found
  }
  return null
}
