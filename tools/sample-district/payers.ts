/** How people pay: on the day, before it, late, in part, or not at all. Allocation is the ledger's own. */
import { addDays, dayOfWeek, type LocalDate } from '@curbstop/kernel/dates'
import type { Cents } from '@curbstop/kernel/money'
import {
  decidePaymentPostings,
  type OpenDebt,
  type Posting,
  reverse,
} from '../../server/src/modules/ledger/domain/postings.ts'
import type { Random } from './random.ts'
import type { PayerKind } from './situations.ts'

export type BilledDebt = { issuedOn: LocalDate; dueOn: LocalDate; debts: readonly OpenDebt[] }
export type MadePayment = {
  on: LocalDate
  cents: Cents
  tender: 'cash' | 'check' | 'card' | 'ach'
  channel: 'counter' | 'mail' | 'portal' | 'ivr' | 'lockbox' | 'autopay'
  postings: readonly Posting[]
  /** Set when the bank sent it back. */
  returned: { on: LocalDate; postings: readonly Posting[] } | null
}

export function makePayer(random: Random): PayerKind {
  return random.weighted([
    ['autopay', 31],
    ['prompt', 45],
    ['sometimes-late', 16],
    ['late', 6.4],
    ['behind', 1.6],
  ] as const)
}

type Plan = { on: LocalDate; share: number } | null

/** When this payer pays a bill and how much of what is open; null lets it ride to the next one. */
function planFor(random: Random, payer: PayerKind, dueOn: LocalDate, fromEnd: number): Plan {
  const early = () => ({ on: addDays(dueOn, -random.int(0, 15)), share: 1 })
  const late = (most: number) => ({
    on: addDays(dueOn, random.int(2, most)),
    share: random.chance(0.12) ? 0.5 : 1,
  })
  switch (payer) {
    case 'autopay':
      return { on: dueOn, share: 1 }
    case 'prompt':
      return early()
    case 'sometimes-late':
      return random.chance(0.76) ? early() : random.chance(0.85) ? late(16) : null
    case 'late':
      return random.chance(0.3) ? early() : random.chance(0.87) ? late(34) : null
    case 'behind':
      return fromEnd < 3 ? null : random.chance(0.7) ? late(40) : null
  }
}

/** Nothing is posted on a Sunday; the next day is. */
const postingDay = (on: LocalDate): LocalDate => (dayOfWeek(on) === 0 ? addDays(on, 1) : on)

export function makePayments(
  random: Random,
  payer: PayerKind,
  bills: readonly BilledDebt[],
  {
    today,
    returnedAt,
    unpaidBills = 0,
  }: { today: LocalDate; returnedAt?: number | undefined; unpaidBills?: number | undefined },
): MadePayment[] {
  const payments: MadePayment[] = []
  const open: { service: OpenDebt['service']; dueOn: LocalDate; cents: Cents }[] = []
  let waiting: { on: LocalDate; share: number; fromEnd: number }[] = []
  const usual = random.weighted([
    ['portal', 42],
    ['lockbox', 22],
    ['counter', 14],
    ['ivr', 12],
    ['mail', 10],
  ] as const)

  const payUntil = (limit: LocalDate) => {
    const due = waiting.filter(plan => plan.on < limit)
    waiting = waiting.filter(plan => plan.on >= limit)
    for (const plan of due) {
      const owed = open.reduce((total, debt) => total + debt.cents, 0n)
      const cents = plan.share === 1 ? owed : owed / 2n
      if (cents <= 0n) continue
      const { postings, applied } = decidePaymentPostings(cents, open)
      const sentBack = plan.fromEnd === returnedAt || (returnedAt === undefined && random.chance(0.0015))
      const backOn = postingDay(addDays(plan.on, random.int(3, 6)))
      const returned = sentBack && backOn <= today ? { on: backOn, postings: reverse({ postings }) } : null
      payments.push({ on: plan.on, cents, ...wayOf(random, payer, usual, sentBack), postings, returned })
      if (!returned) for (let i = open.length - 1; i >= 0; i -= 1) settle(open, i, applied[i]!)
    }
  }
  bills.forEach((bill, at) => {
    payUntil(bill.issuedOn)
    open.push(...bill.debts.map(debt => ({ ...debt })))
    const fromEnd = bills.length - 1 - at
    const plan = fromEnd < unpaidBills ? null : planFor(random, payer, bill.dueOn, fromEnd)
    if (plan) waiting.push({ on: postingDay(plan.on), share: plan.share, fromEnd: bills.length - 1 - at })
  })
  payUntil(today)
  return payments
}

function settle(open: { cents: Cents }[], at: number, applied: Cents): void {
  open[at]!.cents -= applied
  if (open[at]!.cents === 0n) open.splice(at, 1)
}

function wayOf(
  random: Random,
  payer: PayerKind,
  usual: MadePayment['channel'],
  byCheck: boolean,
): Pick<MadePayment, 'tender' | 'channel'> {
  if (byCheck)
    return {
      tender: payer === 'autopay' ? 'ach' : 'check',
      channel: payer === 'autopay' ? 'autopay' : 'mail',
    }
  if (payer === 'autopay') return { tender: 'ach', channel: 'autopay' }
  const channel = random.chance(0.9) ? usual : 'counter'
  const tender =
    channel === 'lockbox' || channel === 'mail'
      ? 'check'
      : channel === 'counter'
        ? random.pick(['cash', 'check', 'card'] as const)
        : 'card'
  return { tender, channel }
}
