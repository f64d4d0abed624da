import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import { listLedgerRows } from '../ledger/index.ts'
import type { payments } from './contract.ts'
import { chargesAndReceipts, type LedgerMove, type PaymentTiming, paymentTiming } from './domain.ts'
import * as store from './store.ts'

type PaymentRow = Output<typeof payments.listPayments>[number]

const everyPayment = 2000 // forty years of weekly payments

export async function listPayments(
  ctx: Ctx,
  accountId: AccountId,
  asOf: LocalDate = ctx.today,
): Promise<PaymentRow[]> {
  const asked = { accountId, asOf, timeZone: ctx.timeZone, limit: everyPayment }
  return (await store.listPayments(ctx.tx, asked)).map(present)
}

/** The latest payment received, returned or not; null when there never was one. */
export async function getLastPayment(
  ctx: Ctx,
  accountId: AccountId,
  asOf: LocalDate = ctx.today,
): Promise<PaymentRow | null> {
  const rows = await store.listPayments(ctx.tx, { accountId, asOf, timeZone: ctx.timeZone, limit: 1 })
  return rows[0] ? present(rows[0]) : null
}

function present({ returnedOn, reasonCode, ...row }: store.PaymentRow): PaymentRow {
  return { ...row, returned: returnedOn && reasonCode ? { on: returnedOn, reasonCode } : null }
}

export async function getPaymentTiming(
  ctx: Ctx,
  { accountId, from, asOf = ctx.today }: Input<typeof payments.getPaymentTiming>,
): Promise<Output<typeof payments.getPaymentTiming>> {
  const timing = timingOfRows(await listLedgerRows(ctx, accountId, asOf), asOf, from)
  return { ...timing, bills: [...timing.bills] }
}

/** For pages that have read the ledger rows already. */
export function timingOfRows(rows: readonly LedgerMove[], asOf: LocalDate, from?: LocalDate): PaymentTiming {
  const { charges, receipts } = chargesAndReceipts(rows)
  return paymentTiming(charges, receipts, { asOf, from })
}
