/** What every change of an account asks first. */
import { formatDay, formatInstant } from '@curbstop/kernel/dates'
import { type DomainError, refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import { type Ctx, systemActor } from '../../../platform/context.ts'
import { getLimit, refuseOwn } from '../../staff/index.ts'
import { errors } from '../domain/errors.ts'
import type { HandOver } from '../domain/hand-over.ts'
import { type AccountRow, lockAccount } from '../store/cards.ts'

/** The account, held until the end of the transaction and not closed. Throws missing, closed, staff.own-account. */
export async function lockOpenAccount(ctx: Ctx, accountId: AccountId): Promise<AccountRow> {
  const account = await lockAccount(ctx.tx, accountId)
  if (!account) throw refuse(errors, 'accounts.missing')
  if (account.closedOn !== null && account.closedOn <= ctx.today)
    throw refuse(errors, 'accounts.closed', { on: formatDay(account.closedOn, ctx.today) })
  await refuseOwn(ctx, [account.customerId])
  return account
}

/** An estimate stands for a read nobody took: not for Assistants (AUTH-016). */
export async function checkMayEstimate(ctx: Ctx, how: HandOver['how']): Promise<void> {
  if (how !== 'estimate' || ctx.actor.personId === systemActor.personId) return
  if (!(await getLimit(ctx, 'estimated-read')))
    throw refuse(errors, 'accounts.estimate-not-allowed', {}, 'handOver')
}

export function changedMeanwhile(ctx: Ctx, account: AccountRow): DomainError {
  return refuse(errors, 'accounts.changed', {
    who: account.changedBy ?? 'Somebody',
    what: account.changedWhat ?? 'the account',
    when: account.changedAt ? formatInstant(account.changedAt, ctx.timeZone, ctx.today) : 'just now',
  })
}
