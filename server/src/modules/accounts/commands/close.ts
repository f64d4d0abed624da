/** Ends an account's service at an address; the last one closes the account. Used by stops and by hand-overs. */
import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import type { ServicePointId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { nextDates } from '../domain/card.ts'
import { closeAccount, endEnrolment } from '../store/accounts.ts'
import { type AccountRow, findCard, listServices, stepVersion } from '../store/cards.ts'
import { type ChangeId, endService } from '../store/occupancy.ts'
import { reindexAccount } from './reindex.ts'

export type Closing = {
  readonly points: readonly ServicePointId[]
  readonly on: LocalDate
  readonly changeId: ChangeId
  readonly reason: string
}

/** Says whether the account closes, and until when autopay and e-bill go on for the final bill. */
export async function closeService(
  ctx: Ctx,
  account: AccountRow,
  closing: Closing,
): Promise<{ closes: boolean; enrolledUntil: LocalDate | null }> {
  const { points, on, changeId, reason } = closing
  const { accountId } = account
  const personId = ctx.actor.personId
  await endService(ctx.tx, { accountId, points, on, changeId, personId, at: ctx.now })
  const left = (await listServices(ctx.tx, accountId)).filter(service => service.toOn === null)
  const closes = left.length === 0
  const enrolledUntil = closes ? await closeWhole(ctx, account, on, changeId) : null
  await stepVersion(ctx.tx, { accountId, personId, at: ctx.now, what: 'the stop of service' })
  await reindexAccount(ctx, accountId)
  ctx.audit({
    subject: `account:${accountId}`,
    account: accountId,
    reason,
    before: { servedUntil: null },
    after: { servedUntil: on, closes },
  })
  ctx.tell({ name: 'accounts.service-stopped', account: accountId, subject: { changeId } })
  return { closes, enrolledUntil }
}

/** Autopay and e-bill serve the final bill too: they end when it is due, not when the water stops (3.5). */
async function closeWhole(
  ctx: Ctx,
  account: AccountRow,
  on: LocalDate,
  changeId: ChangeId,
): Promise<LocalDate | null> {
  const { accountId } = account
  const card = await findCard(ctx.tx, accountId, ctx.today)
  await closeAccount(ctx.tx, accountId, on)
  const enrolled = card?.enrolments.some(enrolment => enrolment.toOn === null) ?? false
  if (!card || !enrolled) return null
  const finalDue = nextDates(card.cycle, { openedOn: account.openedOn, closedOn: on }, addDays(on, -1))
  const until = finalDue?.dueOn ?? on
  await endEnrolment(ctx.tx, { accountId, kind: null, on: until, changeId })
  return until
}
