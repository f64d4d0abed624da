import { readFileSync } from 'node:fs'
import { localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { compileClass, parseTariff, rateService } from '../../rates/domain/index.ts'
import { courtesyCredit, poolCredit } from './variance-credit.ts'

const water = parseTariff(
  readFileSync(new URL('../../rates/tariffs/water-2026-07-01.owrs', import.meta.url), 'utf8'),
  'water',
)
const [from, to] = [localDate('2026-10-10'), localDate('2026-11-09')]
const rateClass = compileClass(water, 'RESIDENTIAL_SINGLE')
const version = { id: '1', effectiveFrom: localDate('2026-07-01'), effectiveTo: null, rateClass }

/** A bill with a budget of 20 CCF. */
function bill(usage: string) {
  const area = ((20 - 4950 / 748) * 748) / (0.8 * 6 * 0.62)
  const etByDay = Array.from({ length: 30 }, () => '0.2')
  return rateService(
    { from, to, usage, etByDay, inputs: { meter_size: '3/4"', hhsize: 3, irr_area: area } },
    [version],
    { fixed: 'full', volumetric: 'days', tierWidths: 'scale', standardDays: 30, budgetRounding: 'none' },
  )
}

test('WB-032: a pool’s water over the budget is billed at tier 2, the dearest units first', () => {
  // use 33: 5 in tier 3 at 4.29, 5 in tier 4 at 6.36, 3 in tier 5 at 9.46; 5 CCF of pool are 3 of those and 2 of tier 4
  const credit = poolCredit(bill('33'), 5 * 748, 'ccf')
  expect(credit).toMatchObject({ units: '5', cents: 2795n })
})

test('WB-032: the credit is capped at the use over the budget, however large the pool', () => {
  expect(poolCredit(bill('33'), 100_000, 'ccf')).toMatchObject({ units: '13' })
  expect(poolCredit(bill('19'), 100_000, 'ccf')).toBeNull()
})

test('WB-030: the courtesy re-rates tiers 3 and 4 and leaves what is above them', () => {
  expect(courtesyCredit(bill('33'), 'ccf')).toMatchObject({ units: '10', cents: 2695n })
})
