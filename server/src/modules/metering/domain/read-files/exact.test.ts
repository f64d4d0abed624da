import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalText, exactDecimal, exactSum, minus, shifted, times } from './decimals.ts'
import { distinct } from './distinct.ts'
import { repeats } from './repeats.ts'
import { compactWall, isoInstant, parseStamp, pictureDate } from './stamps.ts'
import { zoneClock } from './zone-clock.ts'

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => decimalText(digits, places))

describe('numbers', () => {
  test.each([
    ['0', '0'],
    ['000', '0'],
    ['-0', '0'],
    ['007.50', '7.5'],
    ['+3', '3'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1,234.5', '1234.5'],
    ['1.2E3', '1200'],
    ['12e-3', '0.012'],
    [' 7 ', '7'],
  ])('%s is %s', (text, value) => {
    expect(exactDecimal(text)).toBe(value)
  })

  test.each([
    '',
    ' ',
    '-',
    '.',
    '1.2.3',
    '12-',
    '1,23',
    '1,2345',
    '0x10',
    '1e',
    'NaN',
    'Infinity',
    '١٢',
    '1 2',
    '(5)',
    '9'.repeat(50),
  ])('‘%s’ is no number that can be read in one way', text => {
    expect(exactDecimal(text)).toBeNull()
  })

  test('sums, differences, products and shifts are those of whole numbers', () => {
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 30 }), decimal, (values, one) => {
        const micro = (text: string) => BigInt(shifted(text, 6))
        const sum = exactSum()
        for (const value of values) sum.add(value)
        const total = values.reduce((all, value) => all + micro(value), 0n)
        expect(sum.text()).toBe(decimalText(total, 6))
        expect(minus(sum.text(), one)).toBe(decimalText(total - micro(one), 6))
        expect(times(one, '0.001')).toBe(shifted(one, -3))
        expect(exactDecimal(one)).toBe(one)
      }),
      { seed: 3 },
    )
  })
})

describe('time', () => {
  test('every hour of the years with their changes goes to the wall and back', () => {
    for (const zone of ['America/Los_Angeles', 'America/Phoenix', 'Australia/Lord_Howe', 'Asia/Kathmandu']) {
      const clock = zoneClock(zone)
      const lost: number[] = []
      for (let at = 1_767_225_600; at < 1_798_761_600; at += 1800) {
        if (!clock.instantsOf(clock.wallOf(at)).includes(at)) lost.push(at)
      }
      expect(lost, zone).toEqual([])
    }
  })

  test('a stamp says the same in every spelling', () => {
    const wall = compactWall('202603081315')
    for (const text of [
      '2026-03-08 13:15',
      '2026-03-08T13:15:00',
      '3/8/2026 1:15 PM',
      '03/08/2026 13:15:00',
      '20260308131500',
      '2026-03-08 13:15:00.000',
    ]) {
      expect(parseStamp(text), text).toEqual({ wall, offset: null })
    }
    expect(parseStamp('2026-03-08T13:15:00-07:00')).toEqual({ wall, offset: -25_200 })
    expect(parseStamp('8/3/2026 13:15', true)).toEqual({ wall, offset: null })
    expect(isoInstant(compactWall('202612312400'))).toBe('2027-01-01T00:00:00Z')
  })

  test.each([
    '2026-02-30',
    '2026-13-01',
    '2026-03-08 25:00',
    '13/40/2026',
    '2026-03-08 13:60',
    '1850-01-01',
    '13:15',
    '20260231',
    '2026-03-08T24:01',
  ])('%s never was', text => {
    expect(parseStamp(text)).toBeNull()
  })

  test('a date without digits or of another length is none', () => {
    expect(pictureDate('0304', 'MMDDYY', null)).toBeNull()
    expect(pictureDate('3 0426', 'MMDDYY', null)).toBeNull()
    expect(pictureDate('0304', 'MMDD', null)).toBeNull()
  })
})

describe('what is kept of a long file', () => {
  test('names are counted once', () => {
    const names = distinct()
    for (let no = 0; no < 50_000; no++) names.add(`M${no % 12_345}`)
    expect(names.count()).toBe(12_345)
  })

  test('an hour that came before is found whatever came between, and its value with it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(40), fc.nat(9)), { maxLength: 200 }),
        hours => {
          const seen = repeats()
          const known = new Map<string, string>()
          for (const [series, hour, value] of hours) {
            const key = `${series} ${hour}`
            const before = known.get(key)
            const at = 1_700_000_000 + hour * 3600
            expect(seen.see(series, at, at + 3600, String(value))).toEqual(
              before === undefined ? 'new' : { before },
            )
            known.set(key, String(value))
          }
        },
      ),
      { seed: 8 },
    )
  })
})
