/**
 * An endpoint is data: the server answers it, the workbench calls it, the permission walk visits it and OpenAPI is
 * printed from it. Nothing is generated. `input` holds path, query and body together; names in `path` (`:accountId`)
 * are taken from it, the rest goes to the query (GET) or the JSON body.
 */
import type { z } from 'zod'

export type Method = 'GET' | 'POST'

export type Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly method: Method
  readonly path: `/${string}`
  /** The permission that opens it (`accounts.see`), or who needs none. */
  readonly may: string | { readonly anyone: 'signed-in' | 'public' }
  /** What it does, in words an integrator reads in OpenAPI. */
  readonly says: string
  readonly input: I
  readonly output: O
  /** Codes of the domain errors it may answer with. */
  readonly errors?: readonly string[]
  /** Accepts the header `x-rehearse: 1`: the same command, rolled back, for a preview. */
  readonly rehearsable?: boolean
  /** A POST whose contents may not be kept beside a key (sign-in, passwords). */
  readonly keyless?: boolean
  /** A POST that only asks: private words or a long question belong in a body, not in an address. Read-only, keyless. */
  readonly asks?: boolean
  /** Open to somebody who must change a first password; nothing else is, before they did. */
  readonly withFirstPassword?: boolean
}

export type Contract = Readonly<Record<string, Endpoint>>

export function endpoint<I extends z.ZodType, O extends z.ZodType>(e: Endpoint<I, O>): Endpoint<I, O> {
  return e
}

/** What the handler receives and returns: decoded (bigint, LocalDate). */
export type Input<E> = E extends Endpoint<infer I, z.ZodType> ? z.output<I> : never
export type Output<E> = E extends Endpoint<z.ZodType, infer O> ? z.output<O> : never

/** A module's answers have the keys of its contract, or the compiler says so. */
export type Answers<C extends Contract, Ctx> = {
  readonly [K in keyof C]: (ctx: Ctx, input: Input<C[K]>) => Promise<Output<C[K]>>
}
