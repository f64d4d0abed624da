import { type LocalDate, localDate } from '@curbstop/kernel/dates'
import { sum } from '@curbstop/kernel/money'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { debtServices, fundOf, gl } from './domain/chart.ts'
import { bucketOf, calculateMoney, type JournalEffect, openDebts, owedBy, statement } from './domain/money.ts'
import {
  decideBillPostings,
  decideCreditPostings,
  decidePaymentPostings,
  type OpenDebt,
  type Posting,
  reverse,
} from './domain/postings.ts'

const on = (day: string) => localDate(`2026-${day}`)
const debt = (service: OpenDebt['service'], day: string, cents: bigint): OpenDebt => ({
  service,
  dueOn: on(day),
  cents,
})

describe('bills', () => {
  test('irrigation and fire are debts for water, each with its own revenue', () => {
    const postings = decideBillPostings([
      { service: 'water', fixedCents: 2150n, useCents: 4000n },
      { service: 'irrigation', fixedCents: 500n, useCents: 700n },
      { service: 'fire', fixedCents: 900n, useCents: 0n },
      { service: 'sewer', fixedCents: 1100n, useCents: 1212n },
    ])
    expect(postings).toEqual([
      { debit: gl.waterReceivable, credit: gl.waterService, cents: 2650n },
      { debit: gl.waterReceivable, credit: gl.waterUse, cents: 4700n },
      { debit: gl.waterReceivable, credit: gl.fireService, cents: 900n },
      { debit: gl.sewerReceivable, credit: gl.sewerCharges, cents: 2312n },
    ])
  })

  test('a credit on a bill swaps the sides instead of posting a negative amount', () => {
    expect(decideBillPostings([{ service: 'sewer', fixedCents: 0n, useCents: -300n }])).toEqual([
      { debit: gl.sewerCharges, credit: gl.sewerReceivable, cents: 300n },
    ])
  })

  test('a bill of nothing posts nothing', () => {
    expect(decideBillPostings([{ service: 'water', fixedCents: 0n, useCents: 0n }])).toEqual([])
  })
})

describe('payments (PAY-046)', () => {
  const debts = [
    debt('fees', '10-05', 500n),
    debt('sewer', '10-05', 4000n),
    debt('water', '10-05', 6000n),
    debt('water', '09-05', 1000n),
  ]

  test('the oldest due date is paid first, then water, sewer, fees', () => {
    const { applied, postings, restCents } = decidePaymentPostings(9000n, debts)
    expect(applied).toEqual([0n, 2000n, 6000n, 1000n])
    expect(postings).toEqual([
      { debit: gl.cashWater, credit: gl.waterReceivable, cents: 7000n },
      { debit: gl.cashSewer, credit: gl.sewerReceivable, cents: 2000n },
    ])
    expect(restCents).toBe(0n)
  })

  test('what no debt needs is held in trust as the customer’s credit', () => {
    const { postings, restCents } = decidePaymentPostings(12_000n, debts)
    expect(restCents).toBe(500n)
    expect(postings.at(-1)).toEqual({ debit: gl.cashTrust, credit: gl.customerCredit, cents: 500n })
  })

  test('the district may choose another order inside a due date', () => {
    const { applied } = decidePaymentPostings(1500n, debts, ['fees', 'sewer', 'water'])
    expect(applied).toEqual([500n, 0n, 0n, 1000n])
  })

  test('credit that meets a new bill leaves the trust fund on both sides', () => {
    const { postings, restCents } = decideCreditPostings(700n, [debt('sewer', '10-05', 400n)])
    expect(postings).toEqual([
      { debit: gl.customerCredit, credit: gl.cashTrust, cents: 400n },
      { debit: gl.cashSewer, credit: gl.sewerReceivable, cents: 400n },
    ])
    expect(restCents).toBe(300n)
  })
})

const anyDebt = fc.record({
  service: fc.constantFrom(...debtServices),
  dueOn: fc.constantFrom(on('01-05'), on('02-05'), on('03-05'), on('04-05')),
  cents: fc.bigInt({ min: 1n, max: 50_000n }),
})

test('no cent is lost or made, and no posting crosses funds, whatever is owed and paid', () => {
  fc.assert(
    fc.property(
      fc.array(anyDebt, { maxLength: 12 }),
      fc.bigInt({ min: 1n, max: 400_000n }),
      (debts, cents) => {
        const { applied, postings, restCents } = decidePaymentPostings(cents, debts)
        expect(sum(applied) + restCents).toBe(cents)
        expect(sum(postings.map(p => p.cents))).toBe(cents)
        expect(applied.every((part, i) => part >= 0n && part <= debts[i]!.cents)).toBe(true)
        for (const { debit, credit } of postings) expect(fundOf(debit)).toBe(fundOf(credit))
        if (restCents > 0n) expect(sum(applied)).toBe(sum(debts.map(d => d.cents)))
      },
    ),
  )
})

test('a reversal is the mirror image', () => {
  const postings: Posting[] = [{ debit: 1010, credit: 1210, cents: 5n }]
  expect(reverse({ postings })).toEqual([{ debit: 1210, credit: 1010, cents: 5n }])
})

let nextId = 0n
function effect(kind: JournalEffect['kind'], day: string, facts: Partial<JournalEffect> = {}): JournalEffect {
  nextId += 1n
  const none = { dueOn: null, reversesJournalId: null, water: 0n, sewer: 0n, fees: 0n, creditCents: 0n }
  return { journalId: nextId, kind, effectiveOn: on(day), ...none, ...facts }
}
const bill = (day: string, due: string, water: bigint, sewer = 0n) =>
  effect('bill', day, { dueOn: on(due), water, sewer })
const aging = (journals: JournalEffect[], asOf: LocalDate) =>
  calculateMoney(journals, asOf).aging.map(({ cents }) => cents)

describe('what an account owes', () => {
  test('due today is current, a day later it is one day past due', () => {
    const days = [-3, 0, 1, 30, 31, 60, 61, 90, 91, 800]
    expect(days.map(bucketOf)).toEqual([
      'current',
      'current',
      '1-30',
      '1-30',
      '31-60',
      '31-60',
      '61-90',
      '61-90',
      '91+',
      '91+',
    ])
  })

  test('a payment meets the oldest bill of its service, not the youngest', () => {
    const journals = [
      bill('08-01', '08-22', 5000n),
      bill('09-01', '09-22', 6000n),
      effect('payment', '09-10', { water: -5500n }),
    ]
    const money = calculateMoney(journals, on('10-01'))
    expect(money).toMatchObject({
      balanceCents: 5500n,
      pastDueCents: 5500n,
      oldestDueOn: on('09-22'),
      nextDueOn: null,
    })
    expect(aging(journals, on('10-01'))).toEqual([0n, 5500n, 0n, 0n, 0n])
  })

  test('the next due date is that of the debt not past due yet, with everything due on it', () => {
    const journals = [bill('08-01', '08-22', 5000n), bill('09-01', '09-22', 6000n, 2500n)]
    expect(calculateMoney(journals, on('09-10'))).toMatchObject({
      oldestDueOn: on('08-22'),
      pastDueCents: 5000n,
      nextDueOn: on('09-22'),
      nextDueCents: 8500n,
    })
  })

  test('PAY-007: after a returned payment a debt is as old as if nobody had paid it', () => {
    const first = bill('06-01', '06-22', 5000n)
    const paid = effect('payment', '06-20', { water: -5000n })
    const returned = effect('return', '07-02', { water: 5000n, reversesJournalId: paid.journalId })
    const second = bill('07-01', '07-22', 4000n)
    const asOf = on('09-01')
    expect(aging([first, paid, second, returned], asOf)).toEqual(aging([first, second], asOf))
    expect(calculateMoney([first, paid, second, returned], asOf).oldestDueOn).toBe(on('06-22'))
  })

  test('a bill reversed after it was paid frees the payment for the next one', () => {
    const wrong = bill('06-01', '06-22', 5000n)
    const paid = effect('payment', '06-20', { water: -5000n })
    const undone = effect('reversal', '07-01', { water: -5000n, reversesJournalId: wrong.journalId })
    const right = bill('07-02', '07-23', 4200n)
    const money = calculateMoney([wrong, paid, undone, right], on('08-01'))
    expect(money).toMatchObject({ balanceCents: -800n, pastDueCents: 0n, oldestDueOn: null })
  })

  test('a reversal that is reversed itself leaves the first journal standing', () => {
    const charge = bill('06-01', '06-22', 5000n)
    const undone = effect('reversal', '06-02', { water: -5000n, reversesJournalId: charge.journalId })
    const redone = effect('reversal', '06-03', { water: 5000n, reversesJournalId: undone.journalId })
    expect(openDebts([charge, undone, redone])).toEqual([debt('water', '06-22', 5000n)])
  })

  test('money paid ahead covers a new bill, so that nobody in credit is shown as past due', () => {
    const journals = [
      effect('payment', '06-01', { creditCents: 9000n }),
      bill('06-05', '06-26', 5000n, 3000n),
    ]
    const money = calculateMoney(journals, on('09-01'))
    expect(money).toMatchObject({ balanceCents: -1000n, creditCents: 9000n, pastDueCents: 0n })
    expect(money.byService.map(s => s.cents)).toEqual([5000n, 3000n, 0n])
  })

  test('the statement’s last line is the balance', () => {
    const journals = [bill('06-05', '06-26', 5000n), effect('payment', '06-20', { water: -2000n })]
    expect(statement(journals).map(row => [row.cents, row.balanceCents])).toEqual([
      [5000n, 5000n],
      [-2000n, 3000n],
    ])
  })
})

test('the buckets add up to the balance, and to nothing when the district owes', () => {
  const anyEffect = fc.record({
    day: fc.constantFrom('01-10', '03-10', '05-10', '07-10', '09-10'),
    service: fc.constantFrom(...debtServices, 'creditCents' as const),
    cents: fc.bigInt({ min: -9000n, max: 9000n }),
  })
  fc.assert(
    fc.property(fc.array(anyEffect, { maxLength: 20 }), moves => {
      const journals = moves.map(({ day, service, cents }) =>
        effect('adjustment', day, { [service]: service === 'creditCents' && cents < 0n ? -cents : cents }),
      )
      const money = calculateMoney(journals, on('09-20'))
      expect(money.balanceCents).toBe(sum(journals.map(owedBy)))
      const owed = money.balanceCents > 0n ? money.balanceCents : 0n
      expect(sum(money.aging.map(a => a.cents))).toBe(owed)
      expect(money.pastDueCents).toBe(sum(money.aging.slice(1).map(a => a.cents)))
      expect(money.byService.reduce((all, s) => all + s.cents, 0n) - money.creditCents).toBe(
        money.balanceCents,
      )
    }),
  )
})
