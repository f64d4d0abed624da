/** Bills and payments of a story as rows of billing, ledger and payments. */
import { addDays, type LocalDate } from '@curbstop/kernel/dates'
import type { Posting } from '../../server/src/modules/ledger/domain/postings.ts'
import type { BillMaker, MadeBill } from './bills.ts'
import { openDay } from './calendar.ts'
import { idsOf, innerId } from './ids.ts'
import { type MadePayment, makePayer, makePayments } from './payers.ts'
import type { RowContext } from './row-context.ts'
import type { Story } from './story.ts'
import type { Rows } from './write.ts'

const biller = 1n

export function addHistory(
  context: RowContext,
  story: Story,
  maker: BillMaker,
  { payments: pays = true }: { payments?: boolean } = {},
): void {
  story.occupants.forEach((occupant, at) => {
    const { account } = idsOf(story.premise.index).occupant(at)
    const bills = maker(story, at)
    const isLast = at === story.occupants.length - 1
    const payer = (isLast && story.situation?.payer) || makePayer(story.random)
    const habits = {
      today: context.today,
      returnedAt: isLast ? story.situation?.returnedPaymentAt : undefined,
      unpaidBills: isLast ? story.situation?.unpaidBills : undefined,
    }
    const payments = pays ? makePayments(story.random, payer, bills, habits) : []
    const journals = journalsOf(context.rows, account)
    for (const [n, bill] of bills.entries()) writeBill(context.rows, account, n, bill, journals)
    for (const [n, payment] of payments.entries()) writePayment(context.rows, account, n, payment, journals)
    if (pays && payer === 'autopay')
      context.rows['accounts.enrolment'].push([
        account,
        account * 2n,
        'autopay',
        occupant.openedOn,
        occupant.closedOn,
      ])
  })
}

type WriteJournal = (journal: {
  kind: string
  on: LocalDate
  dueOn: LocalDate | null
  source: string
  memo: string | null
  reverses: bigint | null
  postings: readonly Posting[]
}) => bigint

function journalsOf(rows: Rows, account: bigint): WriteJournal {
  let written = 0
  return ({ kind, on, dueOn, source, memo, reverses, postings }) => {
    const id = innerId(account, written)
    written += 1
    rows['ledger.journal'].push([
      account,
      id,
      kind,
      on,
      on,
      dueOn,
      `${on}T17:30:00Z`,
      biller,
      source,
      memo,
      reverses,
    ])
    for (const [at, posting] of postings.entries()) {
      rows['ledger.posting'].push([account, id, at + 1, posting.debit, posting.credit, posting.cents])
    }
    return id
  }
}

function writeBill(rows: Rows, account: bigint, at: number, bill: MadeBill, journal: WriteJournal): void {
  const id = innerId(account, at)
  const journalId = journal({
    kind: 'bill',
    on: bill.issuedOn,
    dueOn: bill.dueOn,
    source: `bill:${id}`,
    memo: null,
    reverses: null,
    postings: bill.postings,
  })
  rows['billing.bill'].push([
    account,
    id,
    bill.kind,
    bill.fromOn,
    bill.toOn,
    bill.issuedOn,
    bill.dueOn,
    bill.totalCents,
    journalId,
    biller,
    `${bill.issuedOn}T17:30:00Z`,
  ])
  for (const s of bill.segments) {
    rows['billing.bill_segment'].push([
      account,
      id,
      s.segmentNo,
      s.service,
      s.accountServiceId,
      s.servicePointId,
      s.fromOn,
      s.toOn,
      s.usageUnits,
      s.usageGallons,
      s.readKind,
      s.reads,
      s.inputs,
      s.charges,
      s.tariffVersionIds,
      s.budgetUnits,
      s.cents,
    ])
  }
}

function writePayment(
  rows: Rows,
  account: bigint,
  at: number,
  payment: MadePayment,
  journal: WriteJournal,
): void {
  const id = innerId(account, at)
  const common = { dueOn: null, source: `payment:${id}`, memo: null }
  const journalId = journal({
    ...common,
    kind: 'payment',
    on: payment.on,
    reverses: null,
    postings: payment.postings,
  })
  rows['payments.payment'].push([
    account,
    id,
    payment.on,
    payment.cents,
    payment.tender,
    payment.channel,
    null,
    journalId,
    `${payment.on}T18:00:00Z`,
  ])
  if (!payment.returned) return
  const { on, postings } = payment.returned
  const back = journal({
    ...common,
    kind: 'return',
    on,
    memo: 'R01 insufficient funds',
    reverses: journalId,
    postings,
  })
  rows['payments.payment_return'].push([account, id, on, 'R01', back])
  const fee: Posting = { debit: 1230, credit: 4310, cents: 2500n }
  journal({
    kind: 'fee',
    on,
    dueOn: openDay(addDays(on, 21)),
    source: `payment:${id}`,
    memo: 'returned payment fee (PAY-001)',
    reverses: null,
    postings: [fee],
  })
}
