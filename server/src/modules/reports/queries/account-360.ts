import { addMonths } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { Ctx } from '../../../platform/context.ts'
import { type AccountCard, getAccountCard } from '../../accounts/index.ts'
import { getBillingCard } from '../../billing/index.ts'
import { listRecentContacts } from '../../contacts/index.ts'
import { listMessages } from '../../correspondence/index.ts'
import { getCustomerCard } from '../../customers/index.ts'
import { getWorkCard } from '../../desk/index.ts'
import { listAccountOrders } from '../../fieldwork/index.ts'
import { rankCauses } from '../../investigations/index.ts'
import { getMoneyStory } from '../../ledger/index.ts'
import { getUsageStory } from '../../metering/index.ts'
import { listPayments, timingOfRows } from '../../payments/index.ts'
import { getPremiseCard } from '../../premises/index.ts'
import { getVarianceCard } from '../../variances/index.ts'
import type { reports } from '../contract.ts'
import { arrangeTimeline } from '../domain.ts'
import { pointsOf, timelineRows } from './timeline.ts'

const contactsShown = 8
const rowsShown = 40

/** One account whole: every department asked once, in one snapshot, each with indexed statements of this account only. */
export async function getAccount360(
  ctx: Ctx,
  { accountId }: Input<typeof reports.getAccount360>,
): Promise<Output<typeof reports.getAccount360>> {
  const account = await getAccountCard(ctx, accountId)
  const customer = await getCustomerCard(ctx, account.customerId)
  const isOpen = customer.visibility === 'open'
  const { card: money, rows: ledgerRows } = await getMoneyStory(ctx, accountId)
  const points = pointsOf(account)
  const usage = await getUsageStory(ctx, points, { from: account.openedOn, forReader: true })
  const billing = await getBillingCard(ctx, accountId)
  const causes = billing.latest ? await rankCauses(ctx, accountId, billing) : null
  const work = await getWorkCard(ctx, accountId)
  const orders = await listAccountOrders(ctx, accountId)
  const contacts = await listRecentContacts(ctx, accountId, contactsShown)
  const messages = await listMessages(ctx, { accountId })
  const payments = await listPayments(ctx, accountId)
  const sources = { money: ledgerRows, payments, reads: usage.reads, orders, contacts, messages }
  const timeline = await timelineRows(ctx, { accountId, asOf: ctx.today, isOpen, sources })
  const timing = timingOfRows(ledgerRows, ctx.today, addMonths(ctx.today, -25))
  return {
    asOf: ctx.today,
    today: ctx.today,
    account,
    customer,
    premise: isOpen ? await premiseOf(ctx, account) : null,
    money,
    lastPayment: payments[0] ?? null,
    timing: { ...timing, bills: [...timing.bills] },
    meters: usage.meters,
    billing,
    causes,
    variances: await getVarianceCard(ctx, accountId),
    work,
    orders,
    contacts: isOpen ? contacts : contacts.map(contact => ({ ...contact, note: null })),
    next: account.next,
    timeline: arrangeTimeline(timeline, undefined).slice(0, rowsShown),
  }
}

/** The address served now, or served last. Sealed with the customer's own (PRV-019). */
async function premiseOf(ctx: Ctx, account: AccountCard) {
  const service = account.services.find(one => one.toOn === null) ?? account.services.at(-1)
  return service?.premiseId ? getPremiseCard(ctx, service.premiseId) : null
}
