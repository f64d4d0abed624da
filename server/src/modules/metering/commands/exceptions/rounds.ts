import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { Ctx } from '../../../../platform/context.ts'
import type { metering } from '../../contract/index.ts'
import { errors } from '../../domain/errors.ts'
import { bookDayOf, findBook } from '../../queries/rounds.ts'
import * as store from '../../store/rounds.ts'

/** Closes the reading of a book. Whoever closes it says how many are missing, so that nobody closes unseen ones. */
export async function closeRound(
  ctx: Ctx,
  { bookId, dueOn, missing }: Input<typeof metering.closeRound>,
): Promise<Output<typeof metering.closeRound>> {
  const book = await findBook(ctx, bookId)
  const day = await bookDayOf(ctx, book, dueOn)
  if (day.closedAt !== null) throw refuse(errors, 'metering.round-closed')
  if (day.blocking > 0) throw refuse(errors, 'metering.round-open', { blocking: day.blocking })
  const unread = day.missing + day.skipped
  if (unread !== missing) throw refuse(errors, 'metering.missing-changed', { missing: unread })
  if (!(await store.closeRound(ctx.tx, { bookId, dueOn, by: ctx.actor.personId, missing })))
    throw refuse(errors, 'metering.round-closed')
  ctx.audit({ subject: `read-book:${bookId}`, after: { closed: dueOn, missing } })
  ctx.tell({ name: 'metering.round-closed', subject: { bookId, dueOn } })
  return bookDayOf(ctx, book, dueOn)
}
