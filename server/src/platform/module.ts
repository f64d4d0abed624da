/** What a module shows to the wiring (`app.ts`): its contract with the answers, its jobs, and what it listens to. */
import type { Answers, Contract } from '@curbstop/kernel/endpoint'
import type { Ctx, Event, Settings } from './context.ts'
import type { Spool } from './files/spool.ts'
import type { WarmUp } from './warm-up.ts'

export type JobHand = {
  /** One transaction as the system; may be called several times, with outside calls between. */
  inTransaction<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** The world outside; a hand without them (a test's) reaches nothing. */
  readonly settings?: Settings
  /** Large files on their way in; a hand without them has none. */
  readonly spool?: Spool
}
export type JobHandler = (hand: JobHand, payload: Record<string, unknown>) => Promise<void>

/** Hears of an event before the commit. A refusal takes the whole change back, with its sentence (decision 012). */
export type Witness = (ctx: Ctx, event: Event) => Promise<void>

type Answer = (ctx: Ctx, input: never) => Promise<unknown>

/** A module as the wiring sees it; `defineModule` has checked its answers against its contract. */
export type Module = {
  readonly name: string
  readonly contract: Contract
  readonly answers: Readonly<Record<string, Answer>>
  /** Job name (`module.verb-noun`) → handler. Handlers are idempotent: a job may run twice. */
  readonly jobs?: Readonly<Record<string, JobHandler>>
  /** Event name → jobs that want to hear it. The payload is the event's subject plus `account`. */
  readonly listens?: Readonly<Record<string, readonly string[]>>
  /** Event name → what must agree before the commit. Rare: only where the person who acts can still do otherwise. */
  readonly witnesses?: Readonly<Record<string, Witness>>
  /** Jobs asked for at every start. */
  readonly atStart?: readonly string[]
  /** Cron line → job. */
  readonly schedule?: readonly { readonly cron: string; readonly job: string }[]
  /** What is asked first thing after a start. */
  readonly warmUp?: WarmUp
}

export function defineModule<C extends Contract>(
  module: Omit<Module, 'contract' | 'answers'> & { contract: C; answers: Answers<C, Ctx> },
): Module {
  return module as unknown as Module
}
