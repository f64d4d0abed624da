import { localDate } from '@curbstop/kernel/dates'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { letter as letterSchema } from './contract/index.ts'
import { en } from './domain/catalogue/en.ts'
import { es } from './domain/catalogue/es.ts'
import { type Language, renderLetter, wordsOf } from './domain/index.ts'

const district = {
  name: 'Cedar Flat Water District',
  shortName: 'Cedar Flat',
  timeZone: 'America/Los_Angeles',
  billUnit: 'ccf' as const,
  phone: '(555) 010-4400',
  address: '1 Reservoir Road, Cedar Flat',
  website: 'https://www.cedarflat.example',
  isSample: true,
}
const today = localDate('2026-11-23')
const render = (wire: z.input<typeof letterSchema>, language: Language = 'en', address: string[] = []) =>
  renderLetter(letterSchema.parse(wire), language, {
    addressee: { customer: 'Ana “Anita” O’Neil & Sons <b>', account: '…4471', address },
    district,
    today,
  })

const now = { fromOn: '2026-10-01', toOn: '2026-11-01', days: 31, usageUnits: '21', totalCents: '21240' }
const before = { fromOn: '2026-09-01', toOn: '2026-10-01', days: 30, usageUnits: '12', totalCents: '9812' }
const explanation: Extract<z.input<typeof letterSchema>, { template: 'bill-explanation' }> = {
  template: 'bill-explanation',
  data: {
    against: 'last-bill' as const,
    now,
    before,
    dueOn: '2026-11-25',
    changes: [
      { code: 'days' as const, cents: '318', values: { daysNow: '31', daysBefore: '30' } },
      { code: 'use' as const, cents: '6110', values: { usageNow: '21', usageBefore: '12', unit: 'CCF' } },
      { code: 'rates' as const, cents: '5000', values: { since: '2026-07-01' } },
    ],
  },
}
const letters: z.input<typeof letterSchema>[] = [
  explanation,
  {
    template: 'usage-graph',
    data: {
      periods: [
        { fromOn: '2026-09-01', toOn: '2026-10-01', days: 30, usageUnits: '12', lastYearUnits: '11.5' },
        { fromOn: '2026-10-01', toOn: '2026-11-01', days: 31, usageUnits: '21', isEstimated: true },
      ],
    },
  },
  {
    template: 'contact-summary',
    data: {
      contactOn: '2026-11-23',
      channel: 'phone',
      advisor: 'Maya Chen',
      points: ['The toilet upstairs runs.'],
      nextSteps: ['You replace the flapper.'],
      followUpOn: '2026-12-04',
    },
  },
  { template: 'leak-check', data: { meterMinutes: 20, dyeMinutes: 15, lossGallonsPerDay: 1440 } },
  {
    template: 'conservation-tips',
    data: { tips: ['toilet-flapper', 'pool-cover'], usageUnits: '21', budgetUnits: '14' },
  },
  {
    template: 'field-visit',
    data: {
      visitOn: '2026-11-30',
      between: { from: '08:00', to: '12:00' },
      purpose: 'leak-check',
      orderNumber: 'LEAK-88',
      somebodyAtHome: false,
    },
  },
]

describe('the words', () => {
  test('hold no figure: what a customer reads as a number comes from the data', () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(es)]) {
      expect(text.replace(/\{\{\w+\}\}/g, ''), key).not.toMatch(/\d/)
    }
  })

  test('ask for the same values in both languages, so that no letter has a gap in one of them', () => {
    const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(match => match[1]).sort()
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect(blanks(es[key]), key).toEqual(blanks(en[key]))
  })

  test('are never sent with an empty value', () => {
    expect(() => wordsOf('en').say('greeting', { customer: ' ' })).toThrow(/no value for customer/)
    expect(() => wordsOf('es').say('closing', { phone: '1' })).toThrow(/no value for website/)
    expect(() => wordsOf('en').say('days')).toThrow(/no value for count/)
  })
})

describe.each(['en', 'es'] as const)('every letter in %s', language => {
  test.each(letters.map(one => [one.template, one] as const))('%s reads whole and is escaped', (_, one) => {
    const { subject, text, html } = render(one, language)
    expect(subject.length).toBeGreaterThan(8)
    expect(`${subject}${text}`).not.toMatch(/\{\{|undefined|NaN|null/)
    expect(html).toContain('O’Neil &amp; Sons &lt;b&gt;')
    expect(html).not.toContain('<b>')
    expect(render(one, language)).toEqual({ language, subject, text, html })
  })
})

test('the bill explanation says the amounts of the bills, in English and in Spanish', () => {
  const english = render(explanation)
  expect(english.subject).toBe('Why your bill is $212.40')
  expect(english.text).toContain(
    'October 1, 2026 to October 31, 2026 is $212.40 and is due on November 25, 2026',
  )
  expect(english.text).toContain('That is $114.28 more.')
  expect(english.text).toMatch(/The billing period has 31 days instead of 30 +\+\$3\.18/)
  expect(english.text).toMatch(/Rates in force since July 1, 2026 +\+\$50\.00/)
  const spanish = render(explanation, 'es')
  expect(spanish.text).toContain('vence el 25 de noviembre de 2026')
  expect(spanish.text).toMatch(/Tarifas vigentes desde 1 de julio de 2026 +\+\$50\.00/)
})

test('an explanation that does not add up is not sent', () => {
  const changes = [{ code: 'use' as const, cents: '6110' }]
  const wrong = { ...explanation, data: { ...explanation.data, changes } }
  expect(() => render(wrong)).toThrow('The reasons add up to $61.10, but the bill changed by $114.28.')
})

test('a reason without its figures is still named', () => {
  const changes = [{ code: 'tier' as const, cents: '11428', values: { tier: '' } }]
  const { text } = render({ ...explanation, data: { ...explanation.data, changes } })
  expect(text).toMatch(/Use that reached a higher-priced tier, or left it +\+\$114\.28/)
})

test('dates that contradict each other are refused, not printed', () => {
  const days = { ...now, days: 30 }
  expect(() => render({ ...explanation, data: { ...explanation.data, now: days } })).toThrow(
    /does not have 30 days/,
  )
  const period = { fromOn: '2026-10-01', toOn: '2026-11-01', days: 31, usageUnits: '1' }
  expect(() => render({ template: 'usage-graph', data: { periods: [period, period] } })).toThrow(/overlap/)
  const visit = {
    visitOn: '2026-11-20',
    purpose: 'leak-check' as const,
    orderNumber: 'A1',
    somebodyAtHome: true,
  }
  expect(() => render({ template: 'field-visit', data: visit })).toThrow(/is past/)
  const between = { from: '12:00', to: '08:00' }
  expect(() =>
    render({ template: 'field-visit', data: { ...visit, visitOn: '2026-12-01', between } }),
  ).toThrow(/ends before it begins/)
})

test('a letter carries the address and the date, an e-mail does not', () => {
  const lines = ['Ana O’Neil', '12 Alder Way', 'Cedar Flat, CA 90000']
  expect(render(letters[3]!, 'en', lines).text).toMatch(/^November 23, 2026\n\nAna O’Neil\n12 Alder Way\n/)
  expect(render(letters[3]!).text).toMatch(/^Dear Ana/)
})

test('the leak check speaks of minutes and gallons from the data only', () => {
  const { text } = render(letters[3]!)
  expect(text).toContain('wait 20 minutes')
  expect(text).toContain('do not flush for 15 minutes')
  expect(text).toContain('about 1,440 gallons each day')
})
