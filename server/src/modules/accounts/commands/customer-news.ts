/**
 * What the desk must do when a customer's card changes: look at an Assistant's work (AUTH-027), and decide on a
 * protection as the second person (PRV-019). Customers stand below the desk and only tell.
 */
import type { CustomerId, PersonId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../platform/context.ts'
import { listProtectionsWaiting } from '../../customers/index.ts'
import { createTaskAbout, finishTasksAbout, requestReview } from '../../desk/index.ts'
import { listAccountsOfCustomer } from '../store/cards.ts'

export type Deed = { readonly customer: CustomerId; readonly by: PersonId; readonly at: string }

const about = (customer: CustomerId): string => `protection:${customer}`

/** The account under which the desk opens this customer: the open one, the newest first; none for who has none. */
async function accountOf(ctx: Ctx, customer: CustomerId) {
  const [account] = await listAccountsOfCustomer(ctx.tx, customer)
  return account ? { accountId: account.accountId } : {}
}

export async function reviewCustomerChange(ctx: Ctx, { customer, by, at }: Deed): Promise<void> {
  await requestReview(ctx, {
    title: `Change of a customer’s card (customer ${customer})`,
    ...(await accountOf(ctx, customer)),
    doneById: by,
    about: `customer-change:${customer}:${at}`,
  })
}

/** Nothing when it was decided before this was heard. */
export async function askSecondPerson(ctx: Ctx, { customer, by }: Deed): Promise<void> {
  const waiting = (await listProtectionsWaiting(ctx)).find(one => one.customerId === customer)
  if (!waiting) return
  await createTaskAbout(ctx, {
    kind: 'approval',
    title: waiting.what === 'lift' ? 'Lift a customer’s protection?' : 'Approve a customer’s protection',
    detail: `Customer ${customer}. Decide it on the customer’s card; whoever asked may not (PRV-019).`,
    ...(await accountOf(ctx, customer)),
    to: { queue: 'supervisor' },
    dueOn: ctx.today,
    createdById: by,
    about: about(customer),
  })
}

export async function closeSecondPerson(ctx: Ctx, customer: CustomerId, decision: string): Promise<void> {
  const isYes = decision === 'approved' || decision === 'lifted'
  await finishTasksAbout(ctx, about(customer), isYes ? 'approved' : 'declined')
}
