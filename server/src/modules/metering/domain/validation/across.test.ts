import { dayNumber, localDate } from '@curbstop/kernel/dates'
import { asId } from '@curbstop/kernel/ids'
import { expect, test } from 'vitest'
import {
  aProfile,
  aRead,
  monthlyPeriods,
  normalOf,
  randomFrom,
  shippedLimits,
} from '../../../../../../tools/testing/read-profiles.ts'
import { findSwapped, type NeighbourRead, overrideRates, repeatedDigits } from './across.ts'
import { tryLimits } from './try-limits.ts'

const limits = shippedLimits()
const swap = { times: 8, span: 3 }
const lastOn = localDate('2026-11-01')

function homeAt(place: number, lastValue: number, perDay: number): NeighbourRead {
  const profile = aProfile({
    last: { day: dayNumber(lastOn), value: lastValue, kind: 'actual' },
    periods: monthlyPeriods(lastOn, 24, (_, days) => days * perDay),
    sequence: place,
  })
  return { meterId: asId<'meter'>(place), profile, read: aRead(lastValue + perDay * 30) }
}

test('two neighbours read for each other are named as a pair, and their uses changed about', () => {
  const homes = [
    homeAt(1, 120_000, 150),
    homeAt(2, 540_000, 260),
    homeAt(3, 547_000, 180),
    homeAt(4, 90_000, 300),
  ]
  expect(findSwapped(homes, swap, limits)).toEqual([])
  const [, second, third] = homes
  const mixed = [homes[0]!, { ...second!, read: third!.read }, { ...third!, read: second!.read }, homes[3]!]
  expect(findSwapped(mixed, swap, limits)).toMatchObject([
    { first: 2n, second: 3n, firstGallons: 7_800, secondGallons: 5_400, deviationsSwapped: 0 },
  ])
})

test('no honest book of five hundred homes holds a swapped pair, whatever leaks in it', () => {
  const random = randomFrom(7)
  const homes = Array.from({ length: 500 }, (_, place) => {
    const perDay = 80 + random() * 500
    const home = homeAt(place, Math.floor(random() * 900_000), perDay)
    const times = place % 25 === 0 ? 3 : Math.max(0, 1 + 0.2 * normalOf(random))
    return { ...home, read: aRead(home.profile.last!.value + Math.round(perDay * 30 * times)) }
  })
  expect(findSwapped(homes, swap, limits)).toEqual([])
})

test('a reader who writes fives is shown, an honest one and a new one are not', () => {
  const random = randomFrom(3)
  const readsOf = (reader: string, count: number, made: number) =>
    Array.from({ length: count }, () => {
      const value = Math.floor(random() * 100_000)
      return { reader, value: random() < made ? value - (value % 10) + 5 : value, droppedDigits: 0 }
    })
  const reads = [
    ...readsOf('honest', 3_000, 0),
    ...readsOf('made up', 1_000, 0.2),
    ...readsOf('new', 150, 0.9),
  ]
  const found = repeatedDigits(reads, { leastReads: 200, chance: 0.001 })
  expect(found).toMatchObject([{ reader: 'made up', reads: 1_000, mostDigit: 5 }])
  expect(found[0]!.chance).toBeLessThan(1e-6)
})

test('digits that are never read do not make every reader a liar', () => {
  const random = randomFrom(3)
  const reads = Array.from({ length: 1_000 }, () => ({
    reader: 'R',
    value: Math.floor(random() * 1_000) * 100,
    droppedDigits: 2,
  }))
  expect(repeatedDigits(reads, { leastReads: 200, chance: 0.001 })).toEqual([])
})

test('a reader whose exceptions are waved through stands first, three lucky ones do not', () => {
  const of = (reader: string, reads: number, flagged: number, overruled: number) =>
    Array.from({ length: reads }, (_, at) => ({ reader, flagged: at < flagged, overruled: at < overruled }))
  const rates = overrideRates([...of('A', 500, 20, 4), ...of('B', 500, 80, 76), ...of('C', 40, 3, 3)])
  expect(rates.map(rate => rate.reader)).toEqual(['B', 'C', 'A'])
  expect(rates[0]).toMatchObject({ reads: 500, flagged: 80, overruled: 76, overruledShare: 0.95 })
})

test('limits are tried on last month: what comes new, what goes, and how people had decided on it', () => {
  const at = (key: string, percent: number, outcome: 'wrong' | 'right' | null) => {
    const periods = monthlyPeriods(lastOn, 24, (_, days) => days * 800)
    return { key, outcome, profile: aProfile({ periods }), read: aRead(500_000 + 240 * percent) }
  }
  const reads = [
    at('usual', 100, null),
    at('1.6', 160, 'right'),
    at('2.3', 230, 'right'),
    at('4', 400, 'wrong'),
  ]
  const trial = tryLimits(reads, limits, { ...limits, highPercent: 300 })
  expect(trial).toMatchObject({ reads: 4, stoppedBefore: 2, stoppedAfter: 1 })
  const high = trial.rules.find(rule => rule.code === 'high')!
  expect(high).toMatchObject({
    before: { reads: 2, wrong: 1, right: 1 },
    after: { reads: 1, wrong: 1 },
    newly: { reads: 0 },
    noLonger: { reads: 1, right: 1, dollarsAtStake: 15_600n },
  })
  expect(high.noLongerSamples.map(one => one.key)).toEqual(['2.3'])
  expect(trial.rules.find(rule => rule.code === 'unusual')!.newlySamples.map(one => one.key)).toEqual(['2.3'])
})
