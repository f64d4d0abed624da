/** What every change of an account asks first. */
import { formatDay, formatInstant } from '@curbstop/kernel/dates'
import { type DomainError, refuse } from '@curbstop/kernel/errors'
import type { AccountId, CustomerId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { getDeclaredInterests, isSelfDealing } from '../../staff/index.ts'
import { errors } from '../domain/errors.ts'
import { type AccountRow, lockAccount } from '../store/cards.ts'

/** Nobody acts on their own or a relative's account (AUTH-023). */
export async function refuseOwnAccount(ctx: Ctx, customerIds: readonly (CustomerId | null)[]): Promise<void> {
  const declared = await getDeclaredInterests(ctx)
  if (customerIds.some(id => id !== null && isSelfDealing(declared, id)))
    throw refuse(errors, 'accounts.own-account')
}

/** The account, held until the end of the transaction and not closed. Throws missing, closed, own-account. */
export async function lockOpenAccount(ctx: Ctx, accountId: AccountId): Promise<AccountRow> {
  const account = await lockAccount(ctx.tx, accountId)
  if (!account) throw refuse(errors, 'accounts.missing')
  if (account.closedOn !== null && account.closedOn <= ctx.today)
    throw refuse(errors, 'accounts.closed', { on: formatDay(account.closedOn, ctx.today) })
  await refuseOwnAccount(ctx, [account.customerId])
  return account
}

export function changedMeanwhile(ctx: Ctx, account: AccountRow): DomainError {
  return refuse(errors, 'accounts.changed', {
    who: account.changedBy ?? 'Somebody',
    what: account.changedWhat ?? 'the account',
    when: account.changedAt ? formatInstant(account.changedAt, ctx.timeZone, ctx.today) : 'just now',
  })
}
