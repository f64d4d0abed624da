import type { Ctx } from '../../platform/context.ts'
import { packs } from './packs/index.ts'
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
