/** Before a new customer is made: is this somebody we know (ACC-048)? Warnings, because two people may share a name. */
import { foldText, foldWords } from '@curbstop/kernel/fold'
import type { CustomerId } from '@curbstop/kernel/ids'
import { formatDollars, sum } from '@curbstop/kernel/money'
import { type Ctx, may } from '../../../platform/context.ts'
import { findCustomersByPhone } from '../../customers/index.ts'
import { listOpenDebts } from '../../ledger/index.ts'
import { splitWords } from '../domain/search-plan.ts'
import { listAccountsOfCustomer } from '../store/cards.ts'
import { findByWords, listHolders } from '../store/search.ts'

export type Warning = { code: string; says: string; customerId: CustomerId | null }

type Applicant = { readonly name: string; readonly phones: readonly { number: string }[] }

export async function findDuplicates(ctx: Ctx, applicant: Applicant): Promise<Warning[]> {
  const warnings = new Map<CustomerId, Warning>()
  for (const { number } of applicant.phones) {
    for (const match of await findCustomersByPhone(ctx, number)) {
      warnings.set(match.customerId, {
        code: 'accounts.same-phone',
        says: `${match.name} is on file with the phone ${number}. Is this the same customer?`,
        customerId: match.customerId,
      })
    }
  }
  for (const { customerId, name } of await findSameName(ctx, applicant.name)) {
    const known = warnings.get(customerId)
    warnings.set(customerId, {
      code: known ? 'accounts.same-name-and-phone' : 'accounts.same-name',
      says: known
        ? `${name} is on file with the same name and phone. Use that customer.`
        : `${name} is on file with the same name. Is this the same customer?`,
      customerId,
    })
  }
  return [...warnings.values()].slice(0, 8)
}

/** Same words in any order: `Garcia, Maria` is `Maria Garcia`. */
async function findSameName(ctx: Ctx, name: string): Promise<{ customerId: CustomerId; name: string }[]> {
  const { telling, narrowing } = splitWords(foldWords(name))
  if (telling.length === 0) return []
  const found = await findByWords(ctx.tx, {
    telling: telling.map(word => [word]),
    narrowing,
    seesProtected: may(ctx, 'customers.see-protected'),
    where: 'begins',
  })
  const sorted = (text: string) => foldText(text).split(' ').sort().join(' ')
  const same = found.filter(row => sorted(row.name) === sorted(name))
  const holders = await listHolders(
    ctx.tx,
    same.map(row => row.accountId),
  )
  const byCustomer = new Map(holders.map(({ accountId, customerId }) => [accountId, customerId]))
  const seen = new Map<CustomerId, string>()
  for (const row of same) seen.set(byCustomer.get(row.accountId)!, row.name)
  return [...seen].map(([customerId, rowName]) => ({ customerId, name: rowName }))
}

/** A customer who comes back: what is still open from before, and where they are served now. */
export async function reviewReturning(ctx: Ctx, customerId: CustomerId): Promise<Warning[]> {
  const warnings: Warning[] = []
  for (const account of (await listAccountsOfCustomer(ctx.tx, customerId)).slice(0, 20)) {
    const isClosed = account.closedOn !== null && account.closedOn <= ctx.today
    const owed = sum((await listOpenDebts(ctx, account.accountId)).map(debt => debt.cents))
    if (isClosed && owed > 0n)
      warnings.push({
        code: 'accounts.old-debt',
        says: `${formatDollars(owed)} is open on the closed account ${account.number}. It may be moved to the new account with consent (ACC-048).`,
        customerId,
      })
    else if (!isClosed)
      warnings.push({
        code: 'accounts.other-account',
        says: `This customer has another open account, ${account.number}.`,
        customerId,
      })
  }
  return warnings
}
