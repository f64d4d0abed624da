import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import type { DomainError } from '@curbstop/kernel/errors'
import { centsFromDecimal, sum } from '@curbstop/kernel/money'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compileClass,
  evaluate,
  type ProrationPolicy,
  parseTariff,
  type RatedService,
  rateService,
  type ServiceFacts,
  type TariffVersion,
} from './domain/index.ts'

const own = (name: string, className: string) => {
  const text = readFileSync(join(import.meta.dirname, 'tariffs', name), 'utf8')
  return compileClass(parseTariff(text, name), className)
}

const classOf = (...parts: string[]) =>
  compileClass(
    parseTariff(`rate_structure:\n  C:\n${parts.map(p => `    ${p}`).join('\n')}\n`, 't.owrs'),
    'C',
  )

const version = (id: string, from: string, to: string | null, rateClass: TariffVersion['rateClass']) => ({
  id,
  effectiveFrom: localDate(from),
  effectiveTo: to === null ? null : localDate(to),
  rateClass,
})

const home = (kind: 'water' | 'sewer', className = 'RESIDENTIAL_SINGLE') => [
  version('2025', '2025-07-01', '2026-07-01', own(`${kind}-2025-07-01.owrs`, className)),
  version('2026', '2026-07-01', null, own(`${kind}-2026-07-01.owrs`, className)),
]

const policy: ProrationPolicy = {
  fixed: 'days',
  volumetric: 'days',
  tierWidths: 'scale',
  standardDays: 30,
  budgetRounding: 'none',
}

const family = { meter_size: '3/4"', hhsize: 3, irr_area: 2500, et_amount: '6' }

function facts(
  from: string,
  to: string,
  usage: number | string,
  more: Partial<ServiceFacts> = {},
): ServiceFacts {
  return { from: localDate(from), to: localDate(to), usage, inputs: family, ...more }
}

function codeOf(rate: () => unknown): string {
  try {
    rate()
  } catch (error) {
    return (error as DomainError).code
  }
  throw new Error('it was not refused')
}

const shape = (rated: RatedService) =>
  rated.lines.map(l => [
    l.kind,
    l.code,
    l.tier,
    l.quantity && +l.quantity.toFixed(3),
    l.price && +l.price,
    Number(l.cents),
  ])

describe('a full month under one tariff', () => {
  test('every tier is a line with its own quantity, price and cents, and the lines make the bill', () => {
    const rated = rateService(facts('2026-07-05', '2026-08-04', '24'), home('water'), policy)
    expect(shape(rated)).toEqual([
      ['fixed', 'service_charge', null, 1, 45.75, 4575],
      ['budget-tier', 'commodity_charge', 1, 6.618, 2.06, 1363],
      ['budget-tier', 'commodity_charge', 2, 9.947, 2.63, 2616],
      ['budget-tier', 'commodity_charge', 3, 4.141, 4.29, 1777],
      ['budget-tier', 'commodity_charge', 4, 3.295, 6.36, 2095],
    ])
    expect(rated.totalCents).toBe(12426n)
    expect(rated.notes).toEqual([])
    expect(rated.pieces[0]!.components.budget!.toFixed(3)).toBe('16.564')
  })

  test('sewer: nothing above the winter average, flat by strength for shops', () => {
    const capped = rateService(
      facts('2026-07-05', '2026-08-04', 14, { inputs: { winter_average: 7 } }),
      home('sewer'),
      policy,
    )
    expect(shape(capped)).toEqual([
      ['fixed', 'fixed_sewer_charge', null, 1, 26.3, 2630],
      ['budget-tier', 'sewer_charge', 1, 7, 2.23, 1561],
      ['budget-tier', 'sewer_charge', 2, 7, 0, 0],
    ])
    const shop = rateService(
      facts('2026-07-05', '2026-08-04', 50, { inputs: { sewer_strength: 'HIGH' } }),
      home('sewer', 'COMMERCIAL'),
      policy,
    )
    expect(shape(shop)[1]).toEqual(['flat', 'sewer_charge', null, 50, 4.5, 22500])
  })

  test('the days of the bill and their weather make the budget, not the calendar month (WB-008, WB-011)', () => {
    const etByDay = Array.from({ length: 33 }, () => '0.2')
    const rated = rateService(facts('2026-07-01', '2026-08-03', 30, { etByDay }), home('water'), policy)
    const { components, inputs } = rated.pieces[0]!
    expect(String(inputs.days_in_period)).toBe('33')
    expect(String(inputs.et_amount)).toBe('6.6')
    expect(components.indoor!.toFixed(4)).toBe('7.2794')
  })
})

describe('a rate change inside the period', () => {
  const rated = rateService(facts('2026-06-16', '2026-07-16', 15), home('water'), policy)

  test('each version charges its own days, and the use is split by days', () => {
    expect(rated.pieces.map(p => [p.versionId, p.days, +p.usage])).toEqual([
      ['2025', 15, 7.5],
      ['2026', 15, 7.5],
    ])
    expect(rated.lines.filter(l => l.kind === 'fixed').map(l => l.charge.toNumber())).toEqual([21.89, 22.875])
    expect(rated.notes.map(n => n.code)).toEqual(['rate-change', 'tiers-scaled', 'tiers-scaled'])
  })

  test('interval data say when the water ran', () => {
    const usageByDay = Array.from({ length: 30 }, (_, i) => (i < 15 ? 2 : 1))
    const split = rateService(facts('2026-06-16', '2026-07-16', 15, { usageByDay }), home('water'), {
      ...policy,
      volumetric: 'intervals',
    })
    expect(split.pieces.map(p => +p.usage)).toEqual([10, 5])
  })

  test('all use at the rate of the last day, with one budget for the whole period', () => {
    const at = rateService(facts('2026-06-16', '2026-07-16', 15), home('water'), {
      ...policy,
      volumetric: 'end-rate',
    })
    const tiers = at.lines.filter(l => l.kind === 'budget-tier')
    expect(tiers.map(l => [l.versionId, +l.quantity!.toFixed(3), l.days])).toEqual([
      ['2026', 6.618, 30],
      ['2026', 8.382, 30],
    ])
    expect(at.lines.filter(l => l.kind === 'fixed')).toHaveLength(2)
  })

  test('fixed charges in full at the rate of the last day', () => {
    const full = rateService(facts('2026-06-16', '2026-07-16', 15), home('water'), {
      ...policy,
      fixed: 'full',
    })
    expect(full.lines.filter(l => l.kind === 'fixed').map(l => [l.versionId, Number(l.cents)])).toEqual([
      ['2026', 4575],
    ])
  })

  test('a change of version without a change of price costs nothing: the residue is in the last line', () => {
    const rates = classOf('service_charge: 25.01', 'bill: service_charge+0.333*usage_ccf')
    const one = [version('a', '2020-01-01', null, rates)]
    const two = [version('a', '2020-01-01', '2026-07-01', rates), version('b', '2026-07-01', null, rates)]
    const period = facts('2026-06-16', '2026-07-16', 10, { inputs: {} })
    const [whole, cut] = [rateService(period, one, policy), rateService(period, two, policy)]
    expect(cut.lines.map(l => Number(l.cents))).toEqual([1251, 167, 1250, 166])
    expect(cut.lines.map(l => l.rounding)).toEqual([
      'half-up',
      'half-up',
      'half-up, running',
      'half-up, running',
    ])
    expect(cut.totalCents).toBe(whole.totalCents)
  })
})

describe('opening, closing and catch-up bills', () => {
  const water = home('water')

  test('ten days are a third of a 30-day month (ACC-046), with a third of the tiers', () => {
    const rated = rateService(
      facts('2026-08-01', '2026-08-11', 9, { partOf: { cycleDays: 31 } }),
      water,
      policy,
    )
    expect(rated.lines[0]).toMatchObject({ kind: 'fixed', cents: 1525n })
    expect(rated.notes).toContainEqual({ code: 'part-period', days: 10, of: 30 })
    expect(rated.notes).toContainEqual({ code: 'tiers-scaled', days: 10, of: 30 })
  })

  test('fixed charges in full or not at all, as the district says', () => {
    const part = facts('2026-08-01', '2026-08-11', 9, { partOf: { cycleDays: 31 } })
    expect(rateService(part, water, { ...policy, fixed: 'full' }).lines[0]).toMatchObject({ cents: 4575n })
    expect(rateService(part, water, { ...policy, fixed: 'none' }).lines.every(l => l.kind !== 'fixed')).toBe(
      true,
    )
  })

  test('a catch-up over two months has two months of charges and budget (VEE-020)', () => {
    const two = facts('2026-08-01', '2026-09-30', 48, {
      partOf: { cycleDays: 30 },
      inputs: { ...family, et_amount: 12 },
    })
    const rated = rateService(two, water, policy)
    expect(rated.lines[0]).toMatchObject({ cents: 9150n })
    expect(rated.pieces[0]!.components.budget!.toFixed(3)).toBe('33.128')
  })

  test('tiers in units are cut with the period or kept, and the bill says which', () => {
    const shop = home('water', 'COMMERCIAL')
    const part = facts('2026-08-01', '2026-08-16', 20, { partOf: { cycleDays: 30 } })
    const tiers = (rated: RatedService) => rated.lines.filter(l => l.kind === 'tier').map(l => +l.quantity!)
    expect(tiers(rateService(part, shop, policy))).toEqual([15, 5])
    const kept = rateService(part, shop, { ...policy, tierWidths: 'keep' })
    expect(tiers(kept)).toEqual([20])
    expect(kept.notes).toContainEqual({ code: 'tiers-kept', days: 15, of: 30 })
  })

  test('in a budget only what does not follow the days is cut: a fixed indoor allowance, a winter average', () => {
    const rates = classOf(
      'indoor: 8',
      'outdoor: et_amount*2',
      'budget: indoor+outdoor',
      'tier_starts: [0, indoor, 100%]',
      'tier_prices: [1, 2, 3]',
      'commodity_charge: Budget',
      'bill: commodity_charge',
    )
    const part = facts('2026-08-01', '2026-08-16', 20, {
      partOf: { cycleDays: 30 },
      inputs: { et_amount: 3 },
    })
    const rated = rateService(part, [version('a', '2020-01-01', null, rates)], policy)
    expect(rated.lines.map(l => +l.quantity!)).toEqual([4, 6, 10])
    const sewer = rateService({ ...part, inputs: { winter_average: 7 } }, home('sewer'), policy)
    expect(sewer.lines.filter(l => l.tier === 1).map(l => +l.quantity!)).toEqual([3.5])
  })
})

describe('two halves of a cycle', () => {
  const rates = classOf(
    'service_charge: 31.37',
    'flat_rate: 2.345',
    'bill: service_charge+flat_rate*usage_ccf',
  )
  const versions = [version('a', '2020-01-01', null, rates)]
  const start = localDate('2026-03-05')

  test('fixed charges of two part bills are one full charge to the cent; flat charges within one cent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 62 }),
        fc.nat(),
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 0, max: 9999 }),
        (cycleDays, at, first, second) => {
          const cut = 1 + (at % (cycleDays - 1))
          const cycle = { ...policy, standardDays: 'cycle' as const }
          const bill = (from: LocalDate, to: LocalDate, hundredths: number, part: boolean) =>
            rateService(
              {
                from,
                to,
                usage: (hundredths / 100).toFixed(2),
                inputs: {},
                ...(part ? { partOf: { cycleDays, daysBefore: daysBetween(start, from) } } : {}),
              },
              versions,
              cycle,
            )
          const middle = addDays(start, cut)
          const end = addDays(start, cycleDays)
          const halves = [bill(start, middle, first, true), bill(middle, end, second, true)]
          const whole = bill(start, end, first + second, false)
          const cents = (bills: RatedService[], kind: string) =>
            sum(bills.flatMap(b => b.lines.filter(l => l.kind === kind).map(l => l.cents)))
          expect(cents(halves, 'fixed')).toBe(cents([whole], 'fixed'))
          const difference = Number(cents(halves, 'flat') - cents([whole], 'flat'))
          expect(Math.abs(difference)).toBeLessThanOrEqual(1)
          const exact = halves[0]!.charge.plus(halves[1]!.charge).minus(whole.charge)
          expect(exact.abs().lt(1e-20)).toBe(true)
        },
      ),
    )
  })
})

describe('bills of any form', () => {
  const rate = (
    parts: string[],
    inputs: ServiceFacts['inputs'],
    usage = 20,
    from = '2026-08-01',
    to = '2026-08-31',
  ) =>
    rateService(
      facts(from, to, usage, { inputs }),
      [version('a', '2020-01-01', null, classOf(...parts))],
      policy,
    )
  const tiers = ['tier_starts: [0, 11]', 'tier_prices: [1, 3]', 'commodity_charge: Tiered']

  test('a tax on the whole is a line of its own, the lines keep their prices', () => {
    const rated = rate(
      [...tiers, 'service_charge: 12.5', 'bill: 1.0204*(service_charge+commodity_charge)'],
      {},
    )
    expect(shape(rated)).toEqual([
      ['fixed', 'service_charge', null, 1, 12.5, 1250],
      ['tier', 'commodity_charge', 1, 10, 1, 1000],
      ['tier', 'commodity_charge', 2, 10, 3, 3000],
      ['other', 'bill', null, 52.5, 0.0204, 107],
    ])
  })

  test.each<[string, string[], Record<string, string | number>]>([
    ['discount', [...tiers, 'bill: commodity_charge-wrap', 'wrap: 3.333'], {}],
    ['factor behind', [...tiers, 'bill: (commodity_charge+2)*0.85'], {}],
    ['division', [...tiers, 'bill: (commodity_charge+2)/3'], {}],
    ['sum inside a part', [...tiers, 'bill: water*1.01+tax', 'water: commodity_charge+5', 'tax: 1'], {}],
    ['same charge twice', [...tiers, 'bill: commodity_charge+commodity_charge'], {}],
    ['price of two parts', ['bill: (a+b)*usage_ccf', 'a: 1.1', 'b: 0.7'], {}],
    ['use in a quotient', ['bill: 3*usage_ccf/7'], {}],
    ['use squared', ['bill: usage_ccf^2*0.01+1'], {}],
    ['a number', ['bill: 9.999'], {}],
    ['a map', ['bill: {depends_on: a, values: {x: 3}}'], { a: 'x' }],
    ['a formula chosen by key', ['bill: {depends_on: a, values: {x: usage_ccf*2+1}}'], { a: 'x' }],
    ['an input instead of the tiers', [...tiers, 'bill: commodity_charge'], { commodity_charge: 7.77 }],
    [
      'a surcharge on charges',
      [...tiers, 'bill: a+commodity_charge+tax', 'a: 9', 'tax: 0.1*(a+commodity_charge)'],
      {},
    ],
    ['a daily rate', ['bill: 0.41*days_in_period+usage_ccf*rate', 'rate: 2'], {}],
    ['negated', ['bill: -(a-b)', 'a: 1', 'b: 3'], {}],
  ])('%s: the lines make what the formula makes', (_, parts, inputs) => {
    const rated = rate(parts, inputs)
    const { total } = evaluate(classOf(...parts), { ...inputs, usage_ccf: 20, days_in_period: 30 })
    expect(rated.charge.minus(total).abs().lt(1e-20)).toBe(true)
    expect(rated.totalCents).toBe(sum(rated.lines.map(l => l.cents)))
    const difference = Number(rated.totalCents - centsFromDecimal(total.toFixed(20)))
    expect(Math.abs(difference)).toBeLessThanOrEqual(rated.lines.length)
  })

  test('half a period halves a surcharge on the fixed charge too, but not a daily rate twice', () => {
    const rates = classOf('a: 30', 'tax: 0.1*a', 'bill: a+tax+0.5*days_in_period')
    const part = facts('2026-08-01', '2026-08-16', 0, { partOf: { cycleDays: 30 }, inputs: {} })
    const rated = rateService(part, [version('a', '2020-01-01', null, rates)], policy)
    expect(rated.lines.map(l => l.charge.toNumber())).toEqual([15, 1.5, 7.5])
  })

  test('the trace tells full charges and the cut budget, and ends with the bill', () => {
    const part = facts('2026-08-01', '2026-08-16', 9, {
      partOf: { cycleDays: 30 },
      inputs: { ...family, et_amount: 3 },
    })
    const { trace } = rateService(part, home('water'), policy, { trace: true }).pieces[0]!
    const step = (name: string) => trace!.find(s => s.part === name)!
    expect(step('service_charge').value.toNumber()).toBe(45.75)
    expect(step('indoor').figures.map(f => `${f.name}=${f.value}`)).toContain('days_in_period=15')
    expect(step('budget').value.toFixed(3)).toBe('8.282')
    expect(trace!.at(-1)!.part).toBe('bill')
  })
})

describe('facts that cannot be rated are refused with a sentence', () => {
  const water = home('water')

  test.each([
    ['rates.bad-period', facts('2026-08-01', '2026-08-01', 1), water],
    ['rates.bad-period', facts('2026-08-02', '2026-08-01', 1), water],
    ['rates.bad-usage', facts('2026-08-01', '2026-09-01', -1), water],
    ['rates.bad-usage', facts('2026-08-01', '2026-09-01', 'much'), water],
    ['rates.bad-days', facts('2026-08-01', '2026-09-01', 1, { etByDay: [1, 2] }), water],
    ['rates.no-version', facts('2025-06-01', '2025-07-02', 1), water],
    ['rates.no-version', facts('2026-06-15', '2026-07-15', 1), water.slice(0, 1)],
    [
      'rates.overlapping-versions',
      facts('2026-08-01', '2026-09-01', 1),
      [...water, { ...water[1]!, id: 'x' }],
    ],
    ['rates.missing-input', facts('2026-08-01', '2026-09-01', 1, { inputs: {} }), water],
    ['rates.unknown-map-key', facts('2026-08-01', '2026-09-01', 1, { inputs: { meter_size: '9"' } }), water],
  ])('%s', (code, given, versions) => expect(codeOf(() => rateService(given, versions, policy))).toBe(code))
})

describe('properties of a bill', () => {
  const water = home('water')
  const anyFacts = fc
    .record({
      start: fc.integer({ min: 0, max: 600 }),
      days: fc.integer({ min: 1, max: 70 }),
      usage: fc.integer({ min: 0, max: 20_000 }),
      people: fc.integer({ min: 1, max: 9 }),
      area: fc.integer({ min: 0, max: 12_000 }),
    })
    .map(({ start, days, usage, people, area }) => {
      const from = addDays(localDate('2025-07-01'), start)
      const inputs = { ...family, hhsize: people, irr_area: area }
      return { from, to: addDays(from, days), usage: (usage / 100).toFixed(2), inputs }
    })
  const anyPolicy = fc.record({
    fixed: fc.constantFrom('days' as const, 'full' as const, 'none' as const),
    volumetric: fc.constantFrom('days' as const, 'end-rate' as const),
    tierWidths: fc.constantFrom('scale' as const, 'keep' as const),
    standardDays: fc.constantFrom(30 as const, 'cycle' as const),
    budgetRounding: fc.constantFrom('whole' as const, 'none' as const),
  })

  test('lines sum to the bill, tiers to the use, and the same facts give the same bill', () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (given, choices) => {
        const rated = rateService(given, water, choices)
        expect(sum(rated.lines.map(l => l.cents))).toBe(rated.totalCents)
        const tiers = rated.lines.filter(l => l.kind === 'budget-tier')
        const used = tiers.reduce((total, l) => total + l.quantity!.toNumber(), 0)
        expect(used).toBeCloseTo(Number(given.usage), 9)
        expect(rateService(given, water, choices)).toEqual(rated)
        const drift = rated.charge.times(100).minus(String(rated.totalCents)).abs().toNumber()
        expect(drift).toBeLessThanOrEqual(rated.lines.length * 0.5 + 1e-9)
      }),
    )
  })

  test('more use never makes a smaller bill', () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, fc.integer({ min: 1, max: 5000 }), (given, choices, more) => {
        const higher = { ...given, usage: (Number(given.usage) + more / 100).toFixed(2) }
        return rateService(given, water, choices).charge.lte(rateService(higher, water, choices).charge)
      }),
    )
  })
})
