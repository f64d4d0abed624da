/**
 * Runs commands and queries of a test as the door would: in a transaction, as somebody, at a moment.
 *
 *     const desk = actingAs(database, { now: '2026-11-23T18:00:00Z' })
 *     await desk.run(ctx => postJournal(ctx, journal))
 */
import type { AccountId, PersonId } from '@curbstop/kernel/ids'
import {
  type Actor,
  type AuditFacts,
  type Ctx,
  type Event,
  systemActor,
} from '../../server/src/platform/context.ts'
import type { Db } from '../../server/src/platform/db/pools.ts'
import type { Witnesses } from '../../server/src/platform/events/outbox.ts'
import { runInside } from '../../server/src/platform/http/door.ts'

export type Acting = {
  /** Commits, and answers with what the work answered. */
  run<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** What was noted and told by the last `run`. */
  readonly audited: AuditFacts[]
  readonly told: Event[]
}

export type ActingAs = Partial<Pick<Actor, 'personId' | 'level' | 'roles'>> & {
  readonly permissions?: readonly string[]
  readonly now?: string
  readonly timeZone?: string
  /** Who must agree before the commit (`witnessesOf(modules)`); nobody unless told. */
  readonly witnesses?: Witnesses
}

export function actingAs({ db }: { readonly db: Db }, who: ActingAs = {}): Acting {
  const audited: AuditFacts[] = []
  const told: Event[] = []
  const { witnesses = new Map(), permissions = [], now = '2026-11-23T18:00:00Z', ...rest } = who
  const { timeZone = 'America/Los_Angeles', ...person } = rest
  const actor: Actor = { ...systemActor, ...person, permissions: new Set(permissions) }
  const keys = { secrets: Buffer.alloc(32, 7) }
  const door = {
    db,
    keys,
    listeners: new Map<string, string[]>(),
    witnesses,
    timeZone,
    now: () => new Date(now),
  }
  const call = { actor, duty: 'test.act', trace: 'test', ip: null, idempotencyKey: null, rehearse: false }
  return {
    audited,
    told,
    run(work) {
      audited.length = 0
      told.length = 0
      return db.transaction().execute(tx =>
        runInside(door, call, tx, ctx =>
          work({
            ...ctx,
            audit: facts => {
              audited.push(facts)
              ctx.audit(facts)
            },
            tell: event => {
              told.push(event)
              ctx.tell(event)
            },
          }),
        ),
      )
    },
  }
}

export const account = (number: number): AccountId => BigInt(number) as AccountId
export const person = (number: number): PersonId => BigInt(number) as PersonId
