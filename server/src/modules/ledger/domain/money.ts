/**
 * What an account owes, derived from its journals and never stored: balance, open debts, age, due dates. Pure and
 * allocation-light: a few passes over one array, so that a bill run or the sample district may ask for every account.
 */
import { daysBetween, type LocalDate } from '@curbstop/kernel/dates'
import { type Cents, lesser } from '@curbstop/kernel/money'
import { type DebtService, debtServices } from './chart.ts'
import type { JournalKind, OpenDebt } from './postings.ts'

/** One journal as it moved an account's receivables; `creditCents` is what it added to money paid ahead. */
export type JournalEffect = {
  readonly journalId: bigint
  readonly kind: JournalKind
  readonly effectiveOn: LocalDate
  readonly dueOn: LocalDate | null
  readonly reversesJournalId: bigint | null
  readonly water: Cents
  readonly sewer: Cents
  readonly fees: Cents
  readonly creditCents: Cents
}

export const agingBuckets = ['current', '1-30', '31-60', '61-90', '91+'] as const
export type AgingBucket = (typeof agingBuckets)[number]

/** Days past due to bucket: due today is still current. */
export function bucketOf(daysPastDue: number): AgingBucket {
  if (daysPastDue <= 0) return 'current'
  if (daysPastDue <= 30) return '1-30'
  if (daysPastDue <= 60) return '31-60'
  return daysPastDue <= 90 ? '61-90' : '91+'
}

export type Money = {
  readonly asOf: LocalDate
  readonly balanceCents: Cents
  readonly byService: readonly { readonly service: DebtService; readonly cents: Cents }[]
  readonly creditCents: Cents
  readonly aging: readonly { readonly bucket: AgingBucket; readonly cents: Cents }[]
  readonly pastDueCents: Cents
  readonly oldestDueOn: LocalDate | null
  readonly nextDueOn: LocalDate | null
  readonly nextDueCents: Cents
}

/** What a journal added to what the customer owes. */
export function owedBy({ water, sewer, fees, creditCents }: JournalEffect): Cents {
  return water + sewer + fees - creditCents
}

/**
 * Journals that stand: a reversed journal and its reversal are left out together. That is why the age of a debt
 * after a returned payment is what it would be had nobody paid (PAY-007). Journals come in order of their ids.
 */
export function standing<J extends Pick<JournalEffect, 'journalId' | 'reversesJournalId'>>(
  journals: readonly J[],
): readonly J[] {
  if (!journals.some(journal => journal.reversesJournalId !== null)) return journals
  const fallen = new Set<bigint>()
  const kept: J[] = []
  const latestFirst = [...journals].sort((a, b) => (a.journalId > b.journalId ? -1 : 1))
  for (const journal of latestFirst) {
    if (fallen.has(journal.journalId)) continue // reversed itself: whatever it reversed stands again
    if (journal.reversesJournalId === null) kept.push(journal)
    else fallen.add(journal.reversesJournalId)
  }
  return kept.reverse()
}

/**
 * Debts still open, in the order in which a payment would reach them. Inside a service credits meet the oldest due
 * date first; what a service has too much, and money paid ahead, then meets the oldest debt of any service, so that
 * an account that owes nothing is never shown as past due.
 */
export function openDebts(journals: readonly JournalEffect[]): OpenDebt[] {
  const lots: { service: DebtService; dueOn: LocalDate; cents: Cents }[] = []
  let free = 0n
  const stand = standing(journals)
  for (const service of debtServices) {
    const first = lots.length
    let credit = 0n
    for (const journal of stand) {
      const cents = journal[service]
      if (cents > 0n) lots.push({ service, dueOn: journal.dueOn ?? journal.effectiveOn, cents })
      else credit -= cents
    }
    free += consume(sortFrom(lots, first), first, credit)
  }
  for (const { creditCents } of stand) free += creditCents
  lots.sort((a, b) => byDate(a.dueOn, b.dueOn)) // stable: water, sewer, fees inside a due date
  if (free > 0n) consume(lots, 0, free)
  return lots.filter(lot => lot.cents > 0n)
}

const byDate = (a: LocalDate, b: LocalDate): number => (a < b ? -1 : a > b ? 1 : 0)

function sortFrom<L extends { dueOn: LocalDate }>(lots: L[], first: number): L[] {
  for (let i = first + 1; i < lots.length; i += 1) {
    const lot = lots[i]! // nearly always in order already: one comparison a lot
    let at = i
    while (at > first && lots[at - 1]!.dueOn > lot.dueOn) {
      lots[at] = lots[at - 1]!
      at -= 1
    }
    lots[at] = lot
  }
  return lots
}

function consume(lots: { cents: Cents }[], first: number, credit: Cents): Cents {
  let left = credit
  for (let i = first; i < lots.length && left > 0n; i += 1) {
    const lot = lots[i]!
    const part = lesser(lot.cents, left)
    lot.cents -= part
    left -= part
  }
  return left
}

/** The money card of an account on a day, from the journals known and effective on it. */
export function calculateMoney(journals: readonly JournalEffect[], asOf: LocalDate): Money {
  const byService = debtServices.map(service => {
    let cents = 0n
    for (const journal of journals) cents += journal[service]
    return { service, cents }
  })
  let creditCents = 0n
  for (const journal of journals) creditCents += journal.creditCents
  let balanceCents = -creditCents
  for (const { cents } of byService) balanceCents += cents
  return { asOf, balanceCents, byService, creditCents, ...ageOf(openDebts(journals), asOf) }
}

function ageOf(debts: readonly OpenDebt[], asOf: LocalDate) {
  const aging = agingBuckets.map(bucket => ({ bucket, cents: 0n }))
  let pastDueCents = 0n
  let nextDueCents = 0n
  let nextDueOn: LocalDate | null = null
  for (const { dueOn, cents } of debts) {
    const bucket = bucketOf(daysBetween(dueOn, asOf))
    aging[agingBuckets.indexOf(bucket)]!.cents += cents
    if (bucket !== 'current') pastDueCents += cents
    else {
      nextDueOn ??= dueOn
      if (dueOn === nextDueOn) nextDueCents += cents
    }
  }
  return { aging, pastDueCents, oldestDueOn: debts[0]?.dueOn ?? null, nextDueOn, nextDueCents }
}

/** The statement: each journal with the balance after it, in the order given. */
export function statement<J extends JournalEffect>(
  journals: readonly J[],
): (J & { readonly cents: Cents; readonly balanceCents: Cents })[] {
  let balanceCents = 0n
  return journals.map(journal => {
    const cents = owedBy(journal)
    balanceCents += cents
    return { ...journal, cents, balanceCents }
  })
}
