import { readFileSync } from 'node:fs'
import { localDate } from '@curbstop/kernel/dates'
import { describe, expect, test } from 'vitest'
import { weeksOf } from './Calendar.tsx'
import { toCsv } from './csv.ts'
import { parseDateEntry } from './dateEntry.ts'
import { formatDate } from './dateFormat.ts'
import { fuzzyFilter } from './fuzzy.ts'
import { readNumber } from './NumberField.tsx'
import { englishStrings } from './strings.ts'
import { rowsInSight, sortRows } from './tableTypes.ts'
import { linePath, placeEvents, plotOf, stepPath, type UsagePoint, zeroAxis } from './usageLayout.ts'
import { waterfallBars } from './waterfallLayout.ts'

const today = localDate('2026-11-23')

describe('dates by hand', () => {
  test.each([
    ['11/23', '2026-11-23'],
    ['11/3/25', '2025-11-03'],
    ['2/29/2028', '2028-02-29'],
    ['2026-12-04', '2026-12-04'],
    ['Dec 4', '2026-12-04'],
    ['Thu Dec 4, 2025', '2025-12-04'],
    ['t', '2026-11-23'],
    ['t+3', '2026-11-26'],
    ['T - 23', '2026-10-31'],
  ])('%s is understood', (typed, date) => expect(parseDateEntry(typed, today)).toBe(date))

  test.each(['2/30', '13/1', 'tomorrowish', '11', '', 't+', '2/29/2027'])('%s is no day', typed =>
    expect(parseDateEntry(typed, today)).toBeNull(),
  )

  test('without today neither t+3 nor a date without its year is guessed', () => {
    expect(parseDateEntry('t+3', null)).toBeNull()
    expect(parseDateEntry('11/23', null)).toBeNull()
  })

  test('what the field writes it can read again, whatever the year', () => {
    for (const date of ['2026-12-04', '2024-02-29', '1999-01-01'].map(localDate)) {
      expect(parseDateEntry(formatDate(date, englishStrings), today)).toBe(date)
      expect(parseDateEntry(formatDate(date, englishStrings, { today }), today)).toBe(date)
    }
  })

  test('the year is shown only when it is not this one', () => {
    expect(formatDate(localDate('2026-12-04'), englishStrings, { today })).toBe('Fri Dec 4')
    expect(formatDate(localDate('2025-12-04'), englishStrings, { today })).toBe('Thu Dec 4, 2025')
  })

  test('a month of the calendar holds each of its days once, under its weekday', () => {
    const days = weeksOf(localDate('2026-02-10')).flat()
    expect(days.filter(day => day.startsWith('2026-02'))).toHaveLength(28)
    expect(days[0]).toBe('2026-02-01')
    expect(weeksOf(localDate('2027-01-01'))[0]?.[5]).toBe('2027-01-01')
  })
})

test('a number with letters, a half person or one out of bounds is refused with its reason', () => {
  const people = { min: 1, max: 40, decimals: 0 }
  expect(readNumber('1,204', {}, englishStrings)).toEqual({ value: 1204 })
  expect(readNumber('', people, englishStrings)).toEqual({ value: null })
  expect(readNumber('4x', people, englishStrings)).toEqual({ wrong: englishStrings.numberWrong })
  expect(readNumber('4.5', people, englishStrings)).toEqual({ wrong: englishStrings.wholeNumberWrong })
  expect(readNumber('0', people, englishStrings)).toEqual({ wrong: 'It must be 1 or more.' })
  expect(readNumber('41', people, englishStrings)).toEqual({ wrong: 'It must be 40 or less.' })
})

describe('tables', () => {
  const columns = [{ id: 'n', title: 'N', cell: () => null, sort: (row: { n: string | null }) => row.n }]

  test('account numbers sort as people count, and what is missing stays last either way', () => {
    const rows = ['A-10', 'A-9', null, 'A-100'].map(n => ({ n }))
    const order = (direction: 'ascending' | 'descending') =>
      sortRows(rows, columns, { column: 'n', direction }).map(row => row.n)
    expect(order('ascending')).toEqual(['A-9', 'A-10', 'A-100', null])
    expect(order('descending')).toEqual(['A-100', 'A-10', 'A-9', null])
  })

  test('a window never leaves the table and its spacers make up for every row that is not drawn', () => {
    for (const top of [0, 500, 139_000, 999_999]) {
      const view = rowsInSight(5000, { top, height: 360, row: 28 })
      expect(view.first).toBeGreaterThanOrEqual(0)
      expect(view.last).toBeLessThanOrEqual(5000)
      expect(view.before + (view.last - view.first) * 28 + view.after).toBe(5000 * 28)
    }
  })

  test('a name that a spreadsheet would run as a formula stays text, and a negative amount a number', () => {
    expect(toCsv([['=HYPERLINK("x")', '-12.50', 'a,b', 'say "hi"', null]])).toBe(
      `"'=HYPERLINK(""x"")",-12.50,"a,b","say ""hi""",`,
    )
  })
})

test('letters in order find a command, beginnings of words first', () => {
  const commands = ['Reprint bill', 'Go to bills', 'Global settings', 'Take payment']
  expect(fuzzyFilter('gb', commands, text => text)[0]).toBe('Go to bills')
  expect(fuzzyFilter('bill', commands, text => text)).toEqual(['Go to bills', 'Reprint bill'])
  expect(fuzzyFilter('zz', commands, text => text)).toEqual([])
})

describe('charts', () => {
  const room = { width: 760, height: 236, payments: true, secondary: false, events: 1 }
  const point = (id: string, value: number | null): UsagePoint => ({ id, label: id, title: id, value })

  test.each([0.3, 1, 7, 99, 431, 12_345])(
    'the axis of %d starts at zero, ends above it and has few ticks',
    largest => {
      const axis = zeroAxis(largest)
      expect(axis.ticks[0]).toBe(0)
      expect(axis.top).toBeGreaterThan(largest)
      expect(axis.ticks.length).toBeGreaterThan(2)
      expect(axis.ticks.length).toBeLessThan(8)
    },
  )

  test('nothing used is drawn as nothing, not as a broken scale', () => {
    expect(zeroAxis(0)).toEqual({ top: 1, ticks: [0, 1] })
  })

  test('a period without a figure is a gap in the line, not a zero', () => {
    const plot = plotOf(3, room)
    expect(stepPath(plot, zeroAxis(10), [1, null, 2]).match(/M/g)).toHaveLength(2)
    expect(linePath(plot, zeroAxis(10), [null, null, null])).toBe('')
  })

  test('of two labels that would touch both are shown, in two rows, what needs a person on top', () => {
    const points = ['a', 'b', 'c'].map(id => point(id, 1))
    const placed = placeEvents(plotOf(3, room), points, [
      { id: '1', at: 'b', label: 'a fourth person' },
      { id: '2', at: 'b', within: 0.1, label: 'step up', tone: 'amber' },
      { id: '3', at: 'missing', label: 'outside' },
    ])
    expect(placed.map(event => [event.id, event.row])).toEqual([
      ['2', 0],
      ['1', 1],
    ])
  })

  test('the waterfall ends on the level its steps lead to and hangs a credit below zero', () => {
    const bars = waterfallBars(
      { start: { cents: 9000n }, steps: [{ cents: -4400n }, { cents: -7000n }], end: { cents: -2400n } },
      { width: 600, top: 20, bottom: 180 },
    )
    expect(bars.map(bar => bar.text)).toEqual(['$90.00', '−44.00', '−70.00', '($24.00)'])
    expect(bars[3]!.levelY).toBeCloseTo(bars[2]!.levelY)
    expect(bars[3]!.y).toBeCloseTo(bars[0]!.zeroY)
  })
})

describe('colours', () => {
  const tokens = new Map(
    Array.from(
      readFileSync(new URL('./css/tokens.css', import.meta.url), 'utf8').matchAll(
        /(--cs-[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
      ),
      match => [match[1]!, [match[2]!, match[3]!] as const] as const,
    ),
  )
  const light = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map(at => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
  }
  const contrast = (a: string, b: string) => {
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y)
    return (bright! + 0.05) / (dark! + 0.05)
  }
  const grounds = ['paper', 'sunken', 'raised', 'hover', 'chosen', 'field']
  const texts = [
    ...['ink', 'quiet', 'action', 'amber', 'red', 'green'].flatMap(text => grounds.map(on => [text, on])),
    ['amber', 'amber-wash'],
    ['red', 'red-wash'],
    ['green', 'green-wash'],
    ['on-action', 'action'],
    ['on-action', 'action-hover'],
  ]

  test.each(texts)('words in %s can be read on %s in both themes', (text, on) => {
    for (const theme of [0, 1] as const) {
      expect(contrast(tokens.get(`--cs-${text}`)![theme], tokens.get(`--cs-${on}`)![theme])).toBeGreaterThan(
        4.5,
      )
    }
  })

  test.each(['edge', 'use', 'amber-mark', 'budget', 'secondary', 'cost', 'focus'])(
    'the mark %s stands out from paper in both themes',
    mark => {
      for (const theme of [0, 1] as const) {
        expect(
          contrast(tokens.get(`--cs-${mark}`)![theme], tokens.get('--cs-paper')![theme]),
        ).toBeGreaterThan(3)
      }
    },
  )
})
