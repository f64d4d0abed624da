import type { LocalDate } from '@curbstop/kernel/dates'
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { refuse } from '@curbstop/kernel/errors'
import type { AccountId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../platform/context.ts'
import { getRuleBook, ruleOf } from '../policy/index.ts'
import type { ledger } from './contract.ts'
import { type DebtService, debtServices } from './domain/chart.ts'
import { errors } from './domain/errors.ts'
import { calculateMoney, openDebts, statement } from './domain/money.ts'
import type { AllocationOrder, OpenDebt } from './domain/postings.ts'
import * as store from './store.ts'

type MoneyCard = Output<typeof ledger.getMoneyCard>
type LedgerRow = Output<typeof ledger.listLedgerRows>[number]

/** Balance, age and due dates as known at the end of a day: one indexed statement, the rest is arithmetic. */
export async function getMoneyCard(
  ctx: Ctx,
  accountId: AccountId,
  asOf: LocalDate = ctx.today,
): Promise<MoneyCard> {
  const journals = await store.listJournals(ctx.tx, accountId, { on: asOf, timeZone: ctx.timeZone })
  return calculateMoney(journals, asOf) as MoneyCard
}

/** Everything that moved the balance, oldest first, with the balance after it. */
export async function listLedgerRows(
  ctx: Ctx,
  accountId: AccountId,
  asOf: LocalDate = ctx.today,
): Promise<LedgerRow[]> {
  const journals = await store.listJournals(ctx.tx, accountId, { on: asOf, timeZone: ctx.timeZone })
  return rowsOf(journals)
}

/** Card and rows of one read, for pages that show both. */
export async function getMoneyStory(
  ctx: Ctx,
  accountId: AccountId,
  asOf: LocalDate = ctx.today,
): Promise<{ card: MoneyCard; rows: LedgerRow[] }> {
  const journals = await store.listJournals(ctx.tx, accountId, { on: asOf, timeZone: ctx.timeZone })
  return { card: calculateMoney(journals, asOf) as MoneyCard, rows: rowsOf(journals) }
}

function rowsOf(journals: readonly store.JournalRow[]): LedgerRow[] {
  const reversals = journals.filter(journal => journal.reversesJournalId !== null)
  const reversedBy = new Map(reversals.map(journal => [journal.reversesJournalId, journal.journalId]))
  return statement(journals).map(({ water, sewer, fees, creditCents: _, ...row }) => {
    const moved = { water, sewer, fees }
    const byService = debtServices
      .filter(service => moved[service] !== 0n)
      .map(service => ({ service, cents: moved[service] }))
    return { ...row, reversedByJournalId: reversedBy.get(row.journalId) ?? null, byService }
  })
}

/** Debts still open, in the order in which a payment would reach them. */
export async function listOpenDebts(
  ctx: Ctx,
  accountId: AccountId,
  asOf: LocalDate = ctx.today,
): Promise<OpenDebt[]> {
  return openDebts(await store.listJournals(ctx.tx, accountId, { on: asOf, timeZone: ctx.timeZone }))
}

/** The policy's order inside one due date (PAY-046). */
export async function getAllocationOrder(ctx: Ctx): Promise<{ order: AllocationOrder; ruleId: bigint }> {
  const rule = ruleOf(await getRuleBook(ctx), 'PAY-046')
  const order = (Array.isArray(rule.value) ? rule.value : []).filter((service): service is DebtService =>
    debtServices.includes(service as DebtService),
  )
  return {
    order: [...order, ...debtServices.filter(service => !order.includes(service))],
    ruleId: rule.ruleId,
  }
}

export async function getJournal(
  ctx: Ctx,
  { accountId, journalId }: Input<typeof ledger.getJournal>,
): Promise<Output<typeof ledger.getJournal>> {
  const journal = await store.findJournal(ctx.tx, accountId, journalId)
  if (!journal) throw refuse(errors, 'ledger.no-journal', { journalId: String(journalId) })
  const postings = await store.listPostings(ctx.tx, accountId, journalId)
  return {
    ...journal,
    postings: postings.map(({ lineNo, debitSide, creditSide, cents }) => ({
      lineNo,
      debit: debitSide,
      credit: creditSide,
      cents,
    })),
  }
}
