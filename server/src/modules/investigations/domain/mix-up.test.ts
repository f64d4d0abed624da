import { addMonths, localDate } from '@curbstop/kernel/dates'
import { describe, expect, test } from 'vitest'
import { exchangedDigits, findMirror } from './mix-up.ts'

/** Newest first, fourteen months; the last three at `now`. */
const use = (usual: number, now: number) =>
  Array.from({ length: 14 }, (_, back) => ({
    fromOn: addMonths(localDate('2026-10-10'), -back),
    days: 30,
    gallonsPerDay: back < 3 ? now : usual,
  }))

describe('meters changed for each other', () => {
  test('the neighbour who uses what we used, while we use what they used, is named', () => {
    const neighbours = [
      { line: '49 Fir Pl', periods: use(200, 210) },
      { line: '53 Fir Pl', periods: use(440, 105) },
    ]
    expect(findMirror(use(110, 430), neighbours)).toBe('53 Fir Pl')
    expect(findMirror(use(440, 105), [{ line: '51 Fir Pl', periods: use(110, 430) }])).toBe('51 Fir Pl')
  })

  test('a neighbour who moved out while we have a leak is no swap', () => {
    expect(findMirror(use(110, 430), [{ line: '53 Fir Pl', periods: use(440, 0) }])).toBeNull()
    expect(findMirror(use(110, 430), [{ line: '53 Fir Pl', periods: use(900, 105) }])).toBeNull()
    expect(findMirror(use(110, 430), [{ line: '53 Fir Pl', periods: use(430, 430) }])).toBeNull()
    expect(findMirror(use(110, 430), [])).toBeNull()
    expect(findMirror([], [{ line: '53 Fir Pl', periods: use(440, 105) }])).toBeNull()
  })

  test('usual use looks at nobody', () => {
    expect(findMirror(use(110, 130), [{ line: '53 Fir Pl', periods: use(130, 110) }])).toBeNull()
  })
})

describe('digits exchanged in a read', () => {
  test('4712 written for 4172 is seen, because 4172 would be usual', () => {
    expect(exchangedDigits(4712n, 4150n, 22)).toBe('4172')
  })

  test('a high read that no exchange explains stays what it is', () => {
    expect(exchangedDigits(4700n, 4150n, 22)).toBeNull()
    expect(exchangedDigits(4444n, 4150n, 22)).toBeNull()
  })

  test('an exchange that would make the meter run backwards is none', () => {
    expect(exchangedDigits(4712n, 4200n, 22)).toBeNull()
  })
})
