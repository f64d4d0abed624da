import { localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { expect, test } from 'vitest'
import type { RegisterRead } from '../read-files/kinds.ts'
import { matchRead } from './match.ts'
import type { RegisterRow } from './place.ts'

const today = localDate('2026-11-23')
const register = (registerNo: number, registerCount: number): RegisterRow => ({
  ...{ serial: 'M1', meterId: asId<'meter'>('1'), size: '2"', registerNo, registerCount },
  ...{ unit: 'gal', dials: 6, multiplier: '1.0000', servicePointId: asId<'service-point'>('1') },
  ...{ installedDay: 19_000, removedDay: null, inValue: 0n, lastReads: null, ends: null, days: null },
  ...{ gallons: null, marks: null, priceUpTo: null, priceCents: null, priceDays: null, flowExpected: false },
})
const read = (of: Partial<RegisterRead>): RegisterRead => ({
  ...{ is: 'register', line: 2, meter: 'M1', registerId: null, account: null, route: null, sequence: null },
  ...{ readOn: localDate('2026-11-20'), readAt: null, value: '12', unit: 'gal', dials: null, previous: null },
  ...{ kind: 'actual', skipCode: null, note: null, reader: null, lat: null, lng: null },
  ...of,
})
const fieldOf = (of: Partial<RegisterRead>, rows: readonly RegisterRow[]) => {
  const matched = matchRead(read(of), rows, today)
  return 'problem' in matched ? matched.problem.field : matched.row.registerNo
}
const simple = [register(1, 1)]
const compound = [register(1, 2), register(2, 2)]

test('the high side of a compound meter is not billed as the only register of a simple one', () => {
  expect(fieldOf({ registerId: 'H' }, simple)).toBe('register')
  expect(fieldOf({ registerId: 'H' }, compound)).toBe(2)
  expect(fieldOf({ registerId: 'L' }, compound)).toBe(1)
  expect(fieldOf({ registerId: null }, compound)).toBe('register')
  expect(fieldOf({ registerId: 'REG0042' }, simple)).toBe(1)
})

test('a value below zero is no value of a register, not even a little below', () => {
  expect(fieldOf({ value: '-0.5' }, simple)).toBe('value')
  expect(fieldOf({ value: '-3' }, simple)).toBe('value')
  expect(fieldOf({ value: '0.5' }, simple)).toBe(1)
})
