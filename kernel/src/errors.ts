/**
 * "No" is a value with a name. A module declares its errors once, beside its rules:
 *
 *     export const errors = declareErrors({
 *       'accounts.overlap': { kind: 'conflict', says: 'Somebody is already served here from {from}.' },
 *     })
 *     throw refuse(errors, 'accounts.overlap', { from })
 *
 * `kind` decides the HTTP status in one table (platform/http); `says` is the sentence a person reads, with
 * `{fact}` places. Whatever is thrown and is not a DomainError is a fault of ours.
 */
export type ErrorKind =
  | 'invalid' // 400: the request itself is wrong
  | 'unauthenticated' // 401: we do not know who is asking
  | 'forbidden' // 403: we know, and they may not
  | 'missing' // 404
  | 'conflict' // 409: somebody was faster, or the thing is in another state
  | 'refused' // 422: understood, allowed to ask, and the district says no
  | 'busy' // 503: try again in a moment

export type ErrorDeclaration = {
  readonly kind: ErrorKind
  readonly says: string
  /** What the command wrote before it said no stays written: a failed sign-in is itself a record. Rare. */
  readonly keeps?: true
}
export type ErrorTable = Readonly<Record<string, ErrorDeclaration>>
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>

export class DomainError extends Error {
  readonly code: string
  readonly kind: ErrorKind
  readonly facts: Facts
  /** Dotted path of the input field that is wrong, when one is. */
  readonly field: string | undefined
  readonly keeps: boolean

  constructor(code: string, declaration: ErrorDeclaration, facts: Facts = {}, field?: string) {
    super(fill(declaration.says, facts))
    this.name = 'DomainError'
    this.code = code
    this.kind = declaration.kind
    this.facts = facts
    this.field = field
    this.keeps = declaration.keeps === true
  }
}

/** Keeps the literal codes, so that a misspelt code does not compile. */
export function declareErrors<const T extends ErrorTable>(table: T): T {
  return table
}

export function refuse<T extends ErrorTable>(
  table: T,
  code: keyof T & string,
  facts: Facts = {},
  field?: string,
): DomainError {
  const declaration = table[code]
  if (!declaration) throw new Error(`undeclared error code ${code}`)
  return new DomainError(code, declaration, facts, field)
}

/** Puts facts into the places of a sentence: `fill('Due {on}', { on: '2026-12-04' })`. */
export function fill(sentence: string, facts: Facts): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = facts[name]
    return value === undefined || value === null ? place : String(value)
  })
}

/** How an error travels to the browser. `trace` names the log line of a fault. */
export type WireError = {
  code: string
  message: string
  facts: Facts
  field?: string
  /** For an input of the wrong shape: every field that is wrong. */
  issues?: readonly { field: string; message: string }[]
  trace?: string
}
