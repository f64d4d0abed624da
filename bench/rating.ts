/**
 * Evaluations a second on one core: the budget class and the tiered class alike, inputs changing at every call. By the
 * processor's time, so that what else the machine does does not count.
 */
import { readFileSync } from 'node:fs'
import { compileClass, evaluate, type Inputs, parseTariff } from '../server/src/modules/rates/domain/index.ts'
import type { Figure } from './figure.ts'

const file = new URL('../server/src/modules/rates/tariffs/water-2026-07-01.owrs', import.meta.url)
const tieredText = `
metadata: {utility_name: Bench, effective_date: 07/01/2026, bill_frequency: Monthly, bill_unit: ccf}
rate_structure:
  RESIDENTIAL_SINGLE:
    tier_starts: [0, 15, 41, 149]
    tier_prices: {depends_on: season, values: {Summer: [2.87, 4.29, 6.44, 10.07], Winter: [2.5, 4, 6, 9]}}
    commodity_charge: Tiered
    service_charge: {depends_on: meter_size, values: {'5/8"': 11.39, '3/4"': 17.28}}
    bill: commodity_charge+service_charge
`
const seconds = 3

function measure(text: string, rateClassName: string, inputs: (i: number) => Inputs): number {
  const rateClass = compileClass(parseTariff(text, 'bench.owrs'), rateClassName)
  for (let i = 0; i < 5_000; i += 1) evaluate(rateClass, inputs(i))
  let done = 0
  const started = process.cpuUsage()
  const used = () => {
    const { user, system } = process.cpuUsage(started)
    return (user + system) / 1e6
  }
  while (used() < seconds) for (let i = 0; i < 500; i += 1, done += 1) evaluate(rateClass, inputs(done))
  return done / used()
}

export async function benchRating(): Promise<Figure[]> {
  const budget = measure(readFileSync(file, 'utf8'), 'RESIDENTIAL_SINGLE', i => ({
    usage_ccf: i % 60,
    meter_size: '3/4"',
    hhsize: 1 + (i % 7),
    days_in_period: 28 + (i % 6),
    et_amount: (i % 80) / 10,
    irr_area: 500 + (i % 40) * 100,
  }))
  const tiered = measure(tieredText, 'RESIDENTIAL_SINGLE', i => ({
    usage_ccf: i % 200,
    meter_size: '5/8"',
    season: i % 2 ? 'Summer' : 'Winter',
  }))
  return [
    { name: 'rating', value: Math.min(budget, tiered), unit: 'evaluations/s', baseline: null, ratio: null },
    { name: 'rating.budget', value: budget, unit: 'evaluations/s', baseline: null, ratio: null },
    { name: 'rating.tiered', value: tiered, unit: 'evaluations/s', baseline: null, ratio: null },
  ]
}
