import type { UsageEvent, UsagePoint, WaterfallStep } from '../src/index.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const use = [212, 205, 221, 260, 322, 371, 402, 388, 330, 264, 226, 214]
const later = [209, 204, 220, 257, 318, 366, 396, 381, 325, 262, 388, 431]
const budget = [240, 236, 250, 281, 331, 372, 402, 390, 333, 284, 248, 240]
const et = [1.4, 1.1, 2.0, 3.4, 4.8, 6.1, 6.8, 7.0, 6.2, 4.7, 3.1, 1.8]

/** Two years of one household whose toilet began to run on Oct 9. */
export const usagePoints: UsagePoint[] = Array.from({ length: 24 }, (_, index) => {
  const month = (index + 11) % 12
  const year = index === 0 ? 2024 : index < 13 ? 2025 : 2026
  const title = `${months[month]} ${year}`
  const place = index % 12
  const missed = index === 3 || index === 19
  return {
    id: title,
    label: months[month]!.slice(0, 1),
    title,
    value: index < 12 ? use[place]! : later[place]!,
    lastYear: index < 12 ? null : use[place]!,
    budget: budget[place]!,
    secondary: et[place]!,
    estimated: index === 9,
    highlighted: index > 21,
    payment: {
      mark: missed ? 'returned' : index === 10 ? 'late' : index === 23 ? 'open' : 'on-time',
      text: missed
        ? 'returned by the bank'
        : index === 10
          ? 'paid 9 days late'
          : index === 23
            ? 'due Dec 4'
            : 'paid on time',
    },
  }
})

export const usageEvents: UsageEvent[] = [
  { id: 'meter', at: 'Feb 2026', within: 0.4, label: 'new meter' },
  { id: 'person', at: 'Oct 2026', within: 0.05, label: '4th person' },
  { id: 'step', at: 'Oct 2026', within: 0.3, label: 'step up Oct 9', tone: 'amber' },
]

export const waterfall: { start: WaterfallStep; steps: WaterfallStep[]; end: WaterfallStep } = {
  start: {
    id: 'last',
    label: 'Last bill',
    cents: 14810n,
    explanation: 'Bill 23, Sep 20 to Oct 20, 16.5 CCF.',
  },
  steps: [
    { id: 'days', label: '30 → 32 days', cents: 320n, explanation: '2 more days × $1.60 fixed a day.' },
    {
      id: 'use',
      label: 'use +5.1 CCF',
      cents: 4190n,
      explanation:
        '21.6 − 16.5 = 5.1 CCF × $3.55 tier 2 (4.2) and $7.11 tier 3 (0.9). Schedule W-1, Jul 1 2026, §3.2',
    },
    { id: 'tier', label: 'in tier 3', cents: 1460n, explanation: '2.05 CCF above the budget at $7.11.' },
    { id: 'rate', label: 'rates Jul 1', cents: 460n, explanation: 'Tier 2 from $3.40 to $3.55.' },
  ],
  end: { id: 'this', label: 'This bill', cents: 21240n, explanation: 'Bill 24, Oct 20 to Nov 19, 21.6 CCF.' },
}

export type Entry = { id: string; on: string; kind: string; text: string; cents: bigint | null; use: string }

export const timeline: Entry[] = [
  { id: '1', on: '2026-11-19', kind: 'bill', text: 'Bill 24 · 32 days · 21.6 CCF', cents: 21240n, use: '' },
  {
    id: '2',
    on: '2026-11-12',
    kind: 'read',
    text: 'Read 4,182 · actual · Book 14 · J. Okafor',
    cents: null,
    use: '+21.6 CCF',
  },
  { id: '3', on: '2026-11-03', kind: 'pay', text: 'Card, portal', cents: -14810n, use: '' },
  {
    id: '4',
    on: '2026-10-28',
    kind: 'msg',
    text: 'High-use letter sent · e-mail, opened',
    cents: null,
    use: '',
  },
  { id: '5', on: '2026-10-20', kind: 'bill', text: 'Bill 23 · 30 days · 16.5 CCF', cents: 14810n, use: '' },
  { id: '6', on: '2026-10-11', kind: 'read', text: 'Read 3,966 · actual', cents: null, use: '+16.5 CCF' },
  {
    id: '7',
    on: '2026-10-02',
    kind: 'edit',
    text: 'Household 3 → 4 people · M. Chen, form 2231',
    cents: null,
    use: '',
  },
  { id: '8', on: '2025-09-30', kind: 'pay', text: 'ACH autopay', cents: -17122n, use: '' },
]

export type Account = {
  id: string
  name: string
  street: string
  balance: bigint
  use: number
  state: string
  since: string
}

const names = [
  'Ruiz',
  'Okafor',
  'Chen',
  'Nakamura',
  'O’Brien',
  'Dubois',
  'Haddad',
  'Svensson',
  'Mbeki',
  'Petrov',
]
const streets = ['Alder Ct', 'Oak St', 'Mill Rd', 'Canyon Dr', 'Juniper Way']

/** A few thousand rows, the same at every start. */
export const accounts: Account[] = Array.from({ length: 5000 }, (_, index) => ({
  id: `A-${10000 + index}`,
  name: `${names[(index * 7) % 10]}, ${'ABCDEFGH'[index % 8]}.`,
  street: `${100 + ((index * 37) % 900)} ${streets[index % 5]}`,
  balance: BigInt(((index * 7919) % 60000) - 6000),
  use: ((index * 131) % 700) / 10,
  state: index % 17 === 0 ? 'past due' : index % 23 === 0 ? 'closed' : 'open',
  since: `20${String(10 + (index % 16))}-0${1 + (index % 9)}-1${index % 9}`,
}))
