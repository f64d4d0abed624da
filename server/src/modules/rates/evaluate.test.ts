import { DomainError } from '@curbstop/kernel/errors'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cliErrorCode,
  compileClass,
  evaluate,
  type Inputs,
  parseTariff,
  requiredInputs,
} from './domain/index.ts'

const file = 'test.owrs'

/** A class from its parts as YAML lines. */
function classOf(...parts: string[]) {
  const text = `rate_structure:\n  C:\n${parts.map(part => part.replace(/^/gm, '    ')).join('\n')}\n`
  return compileClass(parseTariff(text, file), 'C')
}

function total(rateClass: ReturnType<typeof classOf>, inputs: Inputs): number {
  return evaluate(rateClass, inputs).total.toNumber()
}

function quantities(rateClass: ReturnType<typeof classOf>, inputs: Inputs, part = 'commodity_charge') {
  return evaluate(rateClass, inputs).tiers[part]!.map(line => line.quantity.toNumber())
}

function refusal(calculate: () => unknown): { code: string; field: string | undefined; message: string } {
  try {
    calculate()
  } catch (error) {
    if (error instanceof DomainError) {
      return { code: cliErrorCode(error), field: error.field, message: error.message }
    }
    throw error
  }
  throw new Error('it was not refused')
}

const tiered = (starts: string, prices: string) =>
  classOf(
    `tier_starts: [${starts}]`,
    `tier_prices: [${prices}]`,
    'commodity_charge: Tiered',
    'bill: commodity_charge',
  )

describe('tiers: a start is the first unit at its price', () => {
  const rates = tiered('0, 15, 41, 149', '1, 2, 4, 8')

  test.each([
    [0, [0, 0, 0, 0]],
    [14, [14, 0, 0, 0]],
    [14.5, [14, 0.5, 0, 0]],
    [42, [14, 26, 2, 0]],
    [200, [14, 26, 108, 52]],
    [-5, [0, 0, 0, 0]],
  ])('use %d', (usage, expected) => expect(quantities(rates, { usage_ccf: usage })).toEqual(expected))

  test('first starts 0 and 1 mean the same; a repeated start makes an empty tier', () => {
    expect(quantities(tiered('1, 15', '1, 2'), { usage_ccf: 20 })).toEqual([14, 6])
    expect(quantities(tiered('0, 1, 1', '1, 2, 3'), { usage_ccf: 20 })).toEqual([0, 0, 20])
    expect(quantities(tiered('0, 30, 50, 83, 13', '1, 2, 3, 4, 5'), { usage_ccf: 100 })).toEqual([
      29, 20, 33, 0, 18,
    ])
  })

  test('a fractional start is lowered by one too, and one tier is a flat price', () => {
    expect(quantities(tiered('0, 14.062', '1, 2'), { usage_ccf: 20 })).toEqual([13.062, 6.938])
    expect(total(tiered('0', '2.5'), { usage_ccf: 4 })).toBe(10)
  })

  test('bounds, prices and charges of the tiers are told, and add up', () => {
    const { tiers, total: sum } = evaluate(rates, { usage_ccf: 42 })
    const shown = tiers.commodity_charge!.map(l => [l.tier, +l.from, l.to && +l.to, +l.price, +l.charge])
    expect(shown).toEqual([
      [1, 0, 14, 1, 14],
      [2, 14, 40, 2, 52],
      [3, 40, 148, 4, 8],
      [4, 148, null, 8, 0],
    ])
    expect(sum.toNumber()).toBe(74)
  })

  test('starts and prices may be maps of different names, lists of different length, and formulas', () => {
    const rates = classOf(
      'tier_starts: {depends_on: season, values: {Summer: [0, 11], Winter: [0]}}',
      'tier_prices: {depends_on: [season, zone], values: {Summer|1: [1, 3], Winter|1: [2], Winter|2: 5}}',
      'commodity_charge: Tiered',
      'bill: commodity_charge',
    )
    expect(total(rates, { season: 'Summer', zone: 1, usage_ccf: 12 })).toBe(16)
    expect(total(rates, { season: 'Winter', zone: '1', usage_ccf: 12 })).toBe(24)
    expect(total(rates, { season: 'Winter', zone: 2, usage_ccf: 12 })).toBe(60)
    const multi = tiered('0, "((number_dwelling_units-1)*8*0.5)+8"', '1, 2')
    expect(quantities(multi, { number_dwelling_units: 3, usage_ccf: 20 })).toEqual([15, 5])
  })

  test.each([
    ['0, 100%', '1, 2', 'tier_starts'],
    ['0, 10', '1, 2, 3', 'tier_prices'],
    ['0, 133 %', '1, 2', 'tier_starts'],
  ])('starts %s with prices %s are refused', (starts, prices, field) => {
    const found = refusal(() => total(tiered(starts, prices), { usage_ccf: 3 }))
    expect(found).toMatchObject({ code: 'bad_tiers', field })
    expect(found.message).toContain('test.owrs, class C')
  })

  test('missing lists and keywords in other places are refused', () => {
    const without = classOf('tier_starts: [0]', 'commodity_charge: Tiered', 'bill: commodity_charge')
    expect(refusal(() => total(without, { usage_ccf: 3 })).code).toBe('bad_tiers')
    const elsewhere = classOf('IR_charge: Tiered', 'bill: IR_charge')
    expect(refusal(() => total(elsewhere, { usage_ccf: 3 })).code).toBe('bad_tiers')
  })
})

const household = [
  'gpcd: 60',
  'days_in_period: 30.4',
  'landscape_factor: 0.7',
  'indoor: hhsize*gpcd*days_in_period*(1/748)',
  'outdoor: landscape_factor*et_amount*irr_area*0.62*(1/748)',
]
const budgetOf = (starts: string, prices: string, budget = 'indoor+outdoor') =>
  classOf(
    ...household,
    `budget: ${JSON.stringify(budget)}`,
    `tier_starts: [${starts}]`,
    `tier_prices: [${prices}]`,
    'commodity_charge: Budget',
    'bill: commodity_charge',
  )
const family = { hhsize: 3, et_amount: 4.8, irr_area: 1300 }

describe('budgets: a start is where the tier before ends', () => {
  test('indoor, percentages and rounding as in the worked example of the format', () => {
    const rates = budgetOf('0, indoor, 101%, 126%', '1, 2, 4, 8')
    expect(quantities(rates, { ...family, usage_ccf: 27.3 })).toEqual([7, 4, 3, 13.3])
    const { components } = evaluate(rates, { ...family, usage_ccf: 27.3 })
    expect(components.budget!.toNumber()).toBe(11)
    expect(components.indoor!.toNumber()).toBeCloseTo(7.3155, 4)
  })

  test('allocations in any case, outdoor alone, numbers without the minus one', () => {
    expect(quantities(budgetOf('0, Outdoor, 11', '1, 2, 4'), { ...family, usage_ccf: 20 })).toEqual([4, 7, 9])
    expect(quantities(budgetOf('0, INDOOR', '1, 2'), { ...family, usage_ccf: 20 })).toEqual([7, 13])
  })

  test('halves are rounded to even: 2.5 is 2 and 3.5 is 4', () => {
    const rates = budgetOf('0, 100%', '1, 2', 'given')
    expect(quantities(rates, { given: 2.5, usage_ccf: 9 })).toEqual([2, 7])
    expect(quantities(rates, { given: 3.5, usage_ccf: 9 })).toEqual([4, 5])
    expect(quantities(budgetOf('0, 50%', '1, 2', 'given'), { given: 5, usage_ccf: 9 })).toEqual([2, 7])
  })

  test.each([
    // Every operand of + * ^ in whole units, numbers too: the rule of the format's reference program.
    ['x*0.93', 40.6, 41],
    ['x+0.4', 40.6, 41],
    ['x*y', 0.25, 0],
    ['2^x', 2.6, 8],
    // An operand with - or / is rounded as a whole, and parentheses keep their meaning.
    ['x-0.6', 40.7, 40],
    ['x - 0.6', 40.7, 40],
    ['x/3', 40.6, 14],
    ['(x+x)*0.8', 40.6, 82],
    ['x*2-1', 40.6, 81],
  ])('budget %s at %d is %d under whole-unit rounding', (budget, x, expected) => {
    const { components } = evaluate(budgetOf('0, 100%', '1, 2', budget), { x, y: 30.4, usage_ccf: 1 })
    expect(components.budget!.toNumber()).toBe(expected)
  })

  test('a district that keeps its budgets unrounded gets plain arithmetic (WB-017)', () => {
    const rates = budgetOf('0, 100%', '1, 2', '(x+x)*0.8')
    const found = evaluate(rates, { x: 40.6, usage_ccf: 100 }, { budgetRounding: 'none' })
    expect(found.components.budget!.toNumber()).toBe(64.96)
    expect(found.tiers.commodity_charge!.map(l => +l.quantity)).toEqual([64.96, 35.04])
  })

  test('sewer knows the same tiers under its own names, and a last price of 0 is a cap', () => {
    const sewer = classOf(
      'sewer_budget: winter_average',
      'sewer_tier_starts: [0, 100%]',
      'sewer_tier_prices: [2.05, 0]',
      'sewer_charge: Budget',
      'bill: sewer_charge',
    )
    expect(total(sewer, { winter_average: 7, usage_ccf: 14 })).toBe(14.35)
    expect(total(sewer, { winter_average: 7, usage_ccf: 3 })).toBe(6.15)
  })
})

describe('vectors of the policy rules', () => {
  const plain = { budgetRounding: 'none' } as const

  test('TV-08: three persons at 55 gallons for 30 days', () => {
    const rates = classOf('indoor: hhsize*gpcd*days_in_period*(1/748)', 'bill: indoor')
    const { total } = evaluate(rates, { hhsize: 3, gpcd: 55, days_in_period: 30 }, plain)
    expect(total.toFixed(4)).toBe('6.6176')
    expect(total.toFixed(1)).toBe('6.6')
  })

  test.each([
    ['TV-09', 43560, '5.72', '0.62', '123584.95', '165.22'],
    ['TV-10', 43560, '5.72', '0.6234', '124262.67', '166.13'],
    ['TV-11', 2500, '6.00', '0.62', '7440.00', '9.95'],
    ['TV-11', 2500, '6.00', '0.6234', '7480.80', '10.00'],
  ])('%s: outdoor budget of %d square feet at %s inches with %s', (_, area, et, factor, gallons, ccf) => {
    const rates = classOf('gallons: 0.8*et_amount*irr_area*factor', 'bill: gallons*(1/748)')
    const { total, components } = evaluate(rates, { irr_area: area, et_amount: et, factor }, plain)
    expect(components.gallons!.toFixed(2)).toBe(gallons)
    expect(total.toFixed(2)).toBe(ccf)
  })

  test('TV-12: a budget of 20, 6.6 of it indoors, and a use of 33', () => {
    const rates = classOf(
      'indoor: 6.6',
      'outdoor: 13.4',
      'budget: indoor+outdoor',
      'tier_starts: [0, indoor, 100%, 125%, 150%]',
      'tier_prices: [1, 2, 3, 4, 5]',
      'commodity_charge: Budget',
      'bill: commodity_charge',
    )
    const lines = evaluate(rates, { usage_ccf: 33 }, plain).tiers.commodity_charge!
    expect(lines.map(l => l.quantity.toNumber())).toEqual([6.6, 13.4, 5, 5, 3])
  })

  test('TV-13: an allotment by lot size (Quartz Hill) is three products', () => {
    const rates = classOf('first: 5000*19', 'next: (lot_area-5000)*17', 'bill: first+next')
    const { total, components } = evaluate(rates, { lot_area: 12500 })
    expect([+components.first!, +components.next!, +total]).toEqual([95000, 127500, 222500])
  })
})

describe('names', () => {
  test('a part may stand after the formula that uses it, and unused parts harm nobody', () => {
    const rates = classOf(
      'bill: service_charge+commodity_charge',
      'commodity_charge: flat_rate*usage_ccf',
      'flat_rate: 2.5',
      'service_charge: {depends_on: meter_size, values: {3/4": 10}}',
      'broken: 1+',
      'loop: loop',
      'other: {depends_on: nobody, values: {a: 1}}',
    )
    const found = evaluate(rates, { meter_size: '3/4"', usage_ccf: 4 })
    expect(+found.total).toBe(20)
    expect(Object.keys(found.components).sort()).toEqual(['commodity_charge', 'flat_rate', 'service_charge'])
  })

  test('an input wins over a part of the same name', () => {
    const rates = classOf('days_in_period: 30.4', 'bill: days_in_period*2')
    expect(total(rates, {})).toBe(60.8)
    expect(total(rates, { days_in_period: 61 })).toBe(122)
    expect(total(rates, { days_in_period: '61' })).toBe(122)
    const loop = classOf('a: b', 'b: a', 'bill: a')
    expect(total(loop, { b: 3 })).toBe(3)
  })

  test('the suffixed dialect: plain names mean the part with _commodity, an input comes first', () => {
    const rates = classOf(
      'commodity_charge: Budget',
      'gpcd_commodity: 60',
      'indoor_commodity: hhsize*gpcd*days_in_period*(1/748)',
      'outdoor_commodity: landscape_factor*et_amount*irr_area*0.62*(1/748)',
      'budget_commodity: indoor+outdoor',
      'landscape_factor_commodity: .7',
      'tier_starts_commodity: [0, indoor, 101%, 126%]',
      'tier_prices_commodity: [1, 2, 4, 8]',
      'fixed_drought_surcharge: 0',
      'bill: commodity_charge',
    )
    const inputs = { ...family, days_in_period: 30.4, usage_ccf: 27.3 }
    expect(quantities(rates, inputs)).toEqual([7, 4, 3, 13.3])
    expect(quantities(rates, { ...inputs, gpcd: 0 })).toEqual([0, 4, 1, 22.3])
  })

  test('a part of the dialect for drought means its drought sisters', () => {
    const rates = classOf(
      'gpcd_commodity: 60',
      'gpcd_drought: 40',
      'indoor_drought: gpcd*2',
      'bill: indoor_drought+gpcd',
    )
    expect(total(rates, {})).toBe(140)
  })

  test('a list of one is its element, also around a map', () => {
    const rates = classOf(
      'flat_rate: {depends_on: season, values: {Summer: [1.5], Winter: [1]}}',
      'extra: [2]',
      'bill: [{depends_on: mountain, values: {Yes: flat_rate*usage_ccf+extra, No: extra}}]',
    )
    expect(total(rates, { season: 'Summer', usage_ccf: 2, mountain: 'Yes' })).toBe(5)
    expect(total(rates, { mountain: 'No' })).toBe(2)
    expect(total(rates, { mountain: false })).toBe(2)
  })

  test('what a class needs is told with the values it knows', () => {
    const rates = classOf(
      'service_charge: {depends_on: [meter_size, city_limits], values: {1|1/2"|in: 1, 2"|out: 2}}',
      'flat_rate: 2',
      'bill: service_charge+flat_rate*usage_ccf',
    )
    const found = requiredInputs(rates).map(({ name, use, options }) => ({ name, use, options }))
    expect(found).toContainEqual({ name: 'usage_ccf', use: 'number', options: [] })
    expect(found).toContainEqual({ name: 'meter_size', use: 'key', options: ['1 1/2"', '2"'] })
    expect(found).toContainEqual({ name: 'city_limits', use: 'key', options: ['in', 'out'] })
  })
})

describe('maps', () => {
  const rates = classOf(
    `service_charge:
  depends_on: [meter_size]
  values:
    5/8": 1
    1|1/2": 2
    2 1/2": 3
    1.50: 4
    7: 5
    "8.0": 6
    True: 7`,
    'bill: service_charge',
  )

  test.each([
    ['5/8"', 1],
    ['1|1/2"', 2],
    ['1 1/2"', 2],
    ['1_1/2"', 2],
    ['2|1/2"', 3],
    [1.5, 4],
    ['1.5', 4],
    ['1.50', 4],
    [7, 5],
    ['7', 5],
    ['8.0', 6],
    [true, 7],
    ['True', 7],
  ])('the key for %s', (key, value) => expect(total(rates, { meter_size: key })).toBe(value))

  test.each(['5/8', '1"', 'constructor', '__proto__', 'yes'])('%s is no key, and nothing is billed', key => {
    expect(refusal(() => total(rates, { meter_size: key }))).toMatchObject({
      code: 'unknown_map_key',
      field: 'meter_size',
    })
  })

  test('several names are joined in their order, with the fraction of a meter inside', () => {
    const two = classOf(
      'service_charge: {depends_on: [meter_size, zone], values: {1|1/2"|1: 5, 2"|1: 6}}',
      'bill: service_charge',
    )
    expect(total(two, { meter_size: '1 1/2"', zone: 1 })).toBe(5)
    expect(refusal(() => total(two, { meter_size: '2"', zone: 2 }))).toMatchObject({ field: 'zone' })
    expect(refusal(() => total(two, { meter_size: '2"' }))).toMatchObject({
      code: 'missing_input',
      field: 'zone',
    })
  })

  test('a map may hang on a part, and hold formulas', () => {
    const rates = classOf(
      'charge: {depends_on: zone, values: {3: 0.5*lot_area, 4: broken+}}',
      'zone: usage_zone+1',
      'bill: charge',
    )
    expect(total(rates, { usage_zone: 2, lot_area: 10 })).toBe(5)
    expect(refusal(() => total(rates, { usage_zone: 3 })).code).toBe('bad_formula')
  })
})

describe('a refusal names file, class, part and reason', () => {
  test.each([
    ['missing_input', ['bill: flat_rate*usage_ccf', 'flat_rate: 2'], {}, 'usage_ccf'],
    ['missing_input', ['bill: x'], { x: null }, 'x'],
    ['missing_input', ['bill: x'], { x: '' }, 'x'],
    ['missing_input', ['service_charge: 2'], {}, 'bill'],
    ['missing_input', ['bill: a', 'a:'], {}, 'a'],
    ['cycle', ['bill: a+1', 'a: b', 'b: c*2', 'c: a'], {}, 'a'],
    ['cycle', ['bill: bill'], {}, 'bill'],
    ['cycle', ['bill: a', 'a: {depends_on: b, values: {1: 2}}', 'b: a'], {}, 'a'],
    ['bad_formula', ['bill: [1, 2]'], {}, 'bill'],
    ['bad_formula', ['bill: {x: 1}'], {}, 'bill'],
    ['bad_formula', ['bill: true'], {}, 'bill'],
    ['bad_formula', ['bill: x*2'], { x: 'many' }, 'bill'],
    ['bad_formula', ['bill: x*2'], { x: true }, 'bill'],
  ])('%s: %j', (code, parts, inputs, field) => {
    const found = refusal(() => total(classOf(...parts), inputs))
    expect(found).toMatchObject({ code, field })
    expect(found.message).toMatch(/^test\.owrs, class C: /)
  })

  test('a cycle shows the way round', () => {
    const rates = classOf('bill: a+1', 'a: b', 'b: c*2', 'c: a')
    expect(refusal(() => total(rates, {})).message).toContain('a → b → c → a')
  })

  test('a chain of thousands of parts is a sentence, not a crash', () => {
    const parts = Array.from({ length: 20_000 }, (_, i) => `p${i}: p${i + 1}`)
    const rates = classOf('bill: p0', ...parts, 'p20000: 1')
    expect(refusal(() => total(rates, {}))).toMatchObject({ code: 'bad_formula', field: 'bill' })
  })

  test('a class that is not there names those that are', () => {
    const tariff = parseTariff('rate_structure: {A: {bill: 1}, B: {bill: 2}}', file)
    expect(refusal(() => compileClass(tariff, 'a'))).toMatchObject({
      code: 'unknown_class',
      message: 'test.owrs has no customer class "a". It has: A, B.',
    })
  })
})

describe('the trace opens every figure', () => {
  test('formula as written, figures put in, key chosen, value', () => {
    const rates = classOf(
      'service_charge: {depends_on: meter_size, values: {1": 10.5}}',
      ...household,
      'budget: indoor+outdoor',
      'tier_starts: [0, indoor, 100%]',
      'tier_prices: {depends_on: zone, values: {1: [1, 2, 3]}}',
      'commodity_charge: Budget',
      'bill: 1.01*(service_charge+commodity_charge)',
    )
    const inputs = { ...family, meter_size: '1"', zone: 1, usage_ccf: 9 }
    const trace = evaluate(rates, inputs, { trace: true }).trace!
    const step = (part: string) => trace.find(s => s.part === part)!
    expect(step('service_charge')).toMatchObject({ how: 'map', key: '1"', keyNames: ['meter_size'] })
    expect(step('indoor').formula).toBe('hhsize*gpcd*days_in_period*(1/748)')
    expect(step('indoor').figures.map(f => [f.name, String(f.value), f.source])).toEqual([
      ['hhsize', '3', 'input'],
      ['gpcd', '60', 'tariff'],
      ['days_in_period', '30.4', 'tariff'],
    ])
    expect(step('commodity_charge')).toMatchObject({ how: 'Budget', key: '1', keyNames: ['zone'] })
    expect(step('commodity_charge').tiers).toHaveLength(3)
    expect(trace.at(-1)).toMatchObject({ part: 'bill', formula: '1.01*(service_charge+commodity_charge)' })
    expect(trace.map(s => s.part).indexOf('indoor')).toBeLessThan(trace.map(s => s.part).indexOf('budget'))
  })
})

describe('properties of tiers', () => {
  const usage = fc.integer({ min: 0, max: 50_000 }).map(n => n / 100)
  const ladder = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 2000 })), {
      minLength: 1,
      maxLength: 6,
    })
    .map(steps => {
      const starts = steps.map((_, i) => steps.slice(1, i + 1).reduce((sum, [step]) => sum + step, 0))
      return tiered(starts.join(', '), steps.map(([, price]) => (price / 100).toFixed(2)).join(', '))
    })
  const budgets = fc.constantFrom('whole' as const, 'none' as const)

  test('more use never costs less', () => {
    fc.assert(
      fc.property(ladder, usage, usage, (rates, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const less = evaluate(rates, { usage_ccf: low }).total
        return less.lte(evaluate(rates, { usage_ccf: high }).total)
      }),
    )
  })

  test('the price does not jump at the edge of a tier', () => {
    fc.assert(
      fc.property(ladder, usage, (rates, use) => {
        const at = evaluate(rates, { usage_ccf: use.toFixed(2) }).total
        const above = evaluate(rates, { usage_ccf: `${use.toFixed(2)}0001` }).total
        return above.minus(at).lte('0.0021')
      }),
    )
  })

  test('the tiers hold the whole use, and their charges make the total', () => {
    fc.assert(
      fc.property(
        usage,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 9000 }),
        budgets,
        (use, people, area, budgetRounding) => {
          const rates = budgetOf('0, indoor, 100%, 125%, 150%', '1.9, 2.42, 3.95, 5.85, 8.7')
          const inputs = { hhsize: people, et_amount: 5.3, irr_area: area, usage_ccf: use }
          const { total, tiers } = evaluate(rates, inputs, { budgetRounding })
          const lines = tiers.commodity_charge!
          const units = lines.reduce((sum, l) => sum.plus(l.quantity), lines[0]!.from)
          const charge = lines.reduce((sum, l) => sum.plus(l.charge), lines[0]!.from)
          return units.minus(use).abs().lt(1e-20) && charge.eq(total)
        },
      ),
    )
  })
})
