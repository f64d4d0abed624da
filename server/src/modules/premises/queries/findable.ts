/**
 * PRV-019 in what people type: on a protected customer's file no text holds an address or a phone number, whosever it
 * is. That it is refused says nothing about where the customer lives: any address of the district is.
 */
import { refuse } from '@curbstop/kernel/errors'
import type { CustomerId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { isProtectedNow } from '../../customers/index.ts'
import { errors } from '../domain/errors.ts'
import { addressWordsOf, findPhone } from '../domain/findable.ts'
import { findAddress } from '../store.ts'

/** Texts by the field they were typed in. Throws premises.findable-text at the field. */
export async function refuseFindable(
  ctx: Ctx,
  customerIds: readonly (CustomerId | null)[],
  texts: Readonly<Record<string, string | null | undefined>>,
): Promise<void> {
  const about = customerIds.filter(id => id !== null)
  if (about.length === 0 || !(await isProtectedNow(ctx, about))) return
  for (const [field, text] of Object.entries(texts)) {
    if (!text) continue
    const found = findPhone(text) ?? (await findAddress(ctx.tx, addressWordsOf(text).slice(0, 50)))
    if (found) throw refuse(errors, 'premises.findable-text', { found }, field)
  }
}
