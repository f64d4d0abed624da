import type { LocalDate } from '@curbstop/kernel/dates'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../platform/context.ts'
import { errors } from './domain.ts'
import { packs } from './packs/index.ts'
import { getRuleBook } from './queries.ts'
import * as store from './store.ts'

/**
 * A newer Curbstop may bring rules that a district never had; without them the first decision that needs one would be
 * refused. They are adopted as shipped. A rule of which the district has, or had, any version is its own and is left
 * alone, and a database without a district gets none. Safe at every start, by several servers at once.
 */
export async function adoptShippedRules(ctx: Ctx): Promise<string[]> {
  const adopted = await store.insertRulesNeverHad(ctx.tx, packs)
  for (const code of adopted)
    ctx.audit({ subject: `policy:${code}`, reason: 'shipped with this version', after: { adopted: true } })
  return adopted
}

export type NewVersion = {
  readonly code: string
  readonly value: unknown
  readonly from: LocalDate
  readonly reason: string
}

/** The earlier version stays for what it decided. Throws policy.rule-in-past, policy.no-rule. */
export async function supersedeRule(ctx: Ctx, { code, value, from, reason }: NewVersion): Promise<void> {
  if (from <= ctx.today) throw refuse(errors, 'policy.rule-in-past', { from }, 'from')
  const { byCode } = await getRuleBook(ctx, from, [code])
  if (!(await store.supersedeRule(ctx.tx, { code, value, from, by: ctx.actor.personId })))
    throw refuse(errors, 'policy.no-rule', { code, on: from })
  ctx.audit({
    subject: `policy:${code}`,
    reason,
    before: { value: byCode.get(code)?.value },
    after: { value, from },
  })
  ctx.tell({ name: 'policy.rule-changed', subject: { code, from } })
}
