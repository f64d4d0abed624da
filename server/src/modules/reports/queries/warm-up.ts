import type { Ctx } from '../../../platform/context.ts'
import type { WarmUp } from '../../../platform/warm-up.ts'
import { searchAccounts } from '../../accounts/index.ts'
import { findNthFound } from '../store.ts'
import { getAccount360 } from './account-360.ts'

/** Search and the page it leads to: what everybody asks first, and asks of every department. */
export const warmUp: WarmUp = {
  tables: [
    'accounts.search_word',
    'accounts.search_document',
    'accounts.search_term',
    'accounts.account',
    'accounts.account_number',
    'accounts.account_service',
    'customers.customer',
    'customers.phone',
    'customers.protection',
    'premises.premise',
    'premises.service_point',
    'metering.installation',
    'metering.meter',
    'staff.person',
    'staff.session',
  ],
  async ask(ctx: Ctx, n: number): Promise<void> {
    const found = await findNthFound(ctx.tx, n)
    if (!found) return
    for (const q of typedFor(found)) await searchAccounts(ctx, { q })
    await getAccount360(ctx, { accountId: found.accountId })
  },
}

/** As people type: letters, a name, a slip of the finger, half an address, part of a number. */
function typedFor({ name, address, number }: { name: string; address: string; number: string }): string[] {
  const [first = name, last = first] = name.toLowerCase().split(' ')
  const slip = last.slice(0, 2) + last.slice(3)
  const street = address.toLowerCase().split(',')[0]!
  return [last.slice(0, 2), last, slip, `${first} ${last}`, street, number.slice(0, 5), number.slice(-5)]
}
