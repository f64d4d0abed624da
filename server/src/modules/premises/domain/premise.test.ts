import { localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import { formatAddress } from './address.ts'
import { type AreaFacts, checkTurn, checkTurnOffPoints, decideAreaChange, hazardEnd } from './premise.ts'

const alder = { houseNumber: '118', street: 'Alder Ct', city: 'Las Palmas', state: 'CA', zip: '92000' }
const facts: AreaFacts = {
  class: 'single-family',
  dwellingUnits: 1,
  lotSqft: 6_500,
  irrigatedSqft: 2_150,
  hasPool: false,
}

test('an address is written one way everywhere', () => {
  expect(formatAddress({ ...alder, unit: null }).full).toBe('118 Alder Ct, Las Palmas, CA 92000')
  expect(formatAddress({ ...alder, unit: '4' }).line).toBe('118 Alder Ct, Unit 4')
  expect(formatAddress({ ...alder, unit: 'Apt 4' }).line).toBe('118 Alder Ct, Apt 4')
})

test('a lawn larger than its lot never reaches a water budget', () => {
  expect(() => decideAreaChange(facts, { irrigatedSqft: 21_500 })).toThrow(
    'The irrigated area (21,500 sq ft) cannot be larger than the lot (6,500 sq ft).',
  )
  expect(() => decideAreaChange(facts, { irrigatedSqft: 2_150 })).toThrow('Nothing here would change.')
  expect(decideAreaChange(facts, { irrigatedSqft: 2_500, hasPool: true })).toMatchObject({
    before: { irrigatedSqft: 2_150, hasPool: false },
    after: { irrigatedSqft: 2_500, hasPool: true },
  })
  expect(decideAreaChange(facts, { lotSqft: null }).next.lotSqft).toBeNull()
})

test('water is turned off only where there is a valve', () => {
  expect(() => checkTurn('on', 'off-at-curb', ['meter'])).toThrow('cannot be turned off at the curb stop')
  expect(() => checkTurn('on', 'on', ['meter'])).toThrow('The water is on already.')
  expect(() => checkTurn('off-at-curb', 'on', [])).not.toThrow()
  expect(() => checkTurnOffPoints('off-at-meter', ['curb'])).toThrow('off at the meter right now')
})

test('somebody looks again at a warning after twelve months at the most (SO-036)', () => {
  const today = localDate('2026-11-23')
  expect(hazardEnd(today, undefined, 12)).toBe('2027-11-23')
  expect(hazardEnd(today, localDate('2026-12-24'), 12)).toBe('2026-12-24')
  expect(() => hazardEnd(today, localDate('2027-11-24'), 12)).toThrow(/until Tue Nov 23, 2027/)
  expect(() => hazardEnd(today, today, 12)).toThrow('A warning ends after today.')
})
