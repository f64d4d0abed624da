import { dayNumber, localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import {
  aProfile,
  aRead,
  monthlyPeriods,
  randomFrom,
  shippedLimits,
} from '../../../../../../tools/testing/read-profiles.ts'
import type { Finding, FindingCode, NegativeCandidate } from './findings.ts'
import { judgeRead, validateRead } from './judge-read.ts'
import type { ReadProfile } from './profile.ts'

const limits = shippedLimits()
const codesOf = (value: number, profile: ReadProfile = aProfile()) =>
  validateRead(aRead(value), profile, limits).map(finding => finding.code)
const findingOf = (code: FindingCode, value: number, profile: ReadProfile = aProfile()): Finding => {
  const found = validateRead(aRead(value), profile, limits)
  const finding = found.find(one => one.code === code)
  expect(finding, `${code} among ${found.map(one => one.code).join()}`).toBeDefined()
  return finding!
}
const candidatesOf = (finding: Finding) => finding.facts.candidates as readonly NegativeCandidate[]
const lastOn = dayNumber(localDate('2026-11-01'))
/** A month of thirty days in which a home is expected to use 24,000 gallons. */
const big = aProfile({ periods: monthlyPeriods(localDate('2026-11-01'), 24, (_, days) => days * 800) })

test('a usual read passes without a word, and nothing is made for it', () => {
  const found = validateRead(aRead(506_000), aProfile(), limits)
  expect(found).toEqual([])
  expect(validateRead(aRead(506_100), aProfile(), limits)).toBe(found)
  expect(judgeRead(aRead(506_000), aProfile(), limits)).toMatchObject({
    gallons: 6_000,
    passedZero: false,
    expectedGallons: 6_000,
  })
})

test('TV-15, VEE-008: 999,950 to 20 on six dials is 70 gallons, not a wrong read', () => {
  const profile = aProfile({
    last: { day: lastOn, value: 999_950, kind: 'actual' },
    periods: monthlyPeriods(localDate('2026-11-01'), 24, () => 70),
  })
  const judged = judgeRead(aRead(20), profile, limits)
  expect(judged).toMatchObject({ gallons: 70, passedZero: true })
  expect(judged.findings).toMatchObject([{ code: 'rollover', rule: 'VEE-008', blocksBilling: false }])
})

test('VEE-009: 5,000 to 4,990 is never billed, and each cause has its use and its dollars', () => {
  const profile = aProfile({ last: { day: lastOn, value: 5_000, kind: 'actual' } })
  const judged = judgeRead(aRead(4_990), profile, limits)
  expect(judged.gallons).toBeNull()
  const [finding] = judged.findings
  expect(finding).toMatchObject({ code: 'negative', severity: 'stop', blocksBilling: true, measured: -10 })
  const byCause = Object.fromEntries(candidatesOf(finding!).map(one => [one.cause, one]))
  expect(byCause.rollover).toMatchObject({ gallons: 999_990, cents: 499_995n, plausibility: 0 })
  expect(byCause['swapped-meter']).toMatchObject({ gallons: 4_990, cents: 2_495n })
  expect(byCause.misread!.cents).toBeGreaterThan(0n)
  expect(candidatesOf(finding!).reduce((sum, one) => sum + one.plausibility, 0)).toBeCloseTo(1, 1)
})

test('a read below an estimate is put down to the estimate, with the water since somebody looked', () => {
  const profile = aProfile({
    last: { day: lastOn, value: 512_000, kind: 'estimated' },
    lastActual: { day: lastOn - 31, value: 500_000, kind: 'actual' },
    estimatesInRow: 1,
  })
  const [first] = candidatesOf(findingOf('negative', 511_500, profile))
  expect(first).toMatchObject({ cause: 'estimate-too-high', gallons: 11_500, cents: 5_750n })
})

test('an estimate hides no rising use: the whole span since the last look is judged', () => {
  const profile = aProfile({
    last: { day: lastOn, value: 506_000, kind: 'estimated' },
    lastActual: { day: lastOn - 31, value: 500_000, kind: 'actual' },
    estimatesInRow: 1,
  })
  expect(codesOf(512_000, profile)).toEqual([])
  expect(codesOf(540_000, profile)).toContain('high')
})

test('VEE-011: 201 % is stopped and 199 % is not, at ten CCF over or more', () => {
  const high = findingOf('high', 500_000 + 24_000 * 2.01, big)
  expect(high).toMatchObject({ rule: 'VEE-011', severity: 'stop', blocksBilling: true })
  expect(high.facts).toMatchObject({ percent: 201, expectedGallons: 24_000 })
  expect(codesOf(500_000 + 24_000 * 1.99, big)).not.toContain('high')
})

test('a high read after one that stood too low is told as its making good', () => {
  const months = (_: number, days: number, back: number) => (back === 0 ? days * 60 : days * 800)
  const short = aProfile({ periods: monthlyPeriods(localDate('2026-11-01'), 24, months) })
  expect(findingOf('high', 550_000, short)).toMatchObject({
    suggestion: { act: 'accept' },
    facts: { catchesUp: 1 },
  })
  expect(findingOf('high', 550_000, big)).toMatchObject({
    suggestion: { act: 're-read' },
    facts: { catchesUp: 0 },
  })
})

test('a small home at three times its use is not stopped: a percentage alone stops nothing', () => {
  const small = aProfile({ periods: monthlyPeriods(localDate('2026-11-01'), 24, (_, days) => days * 25) })
  expect(codesOf(500_000 + 2_250, small)).toEqual([])
})

test('a home whose use swings by itself is not stopped at twice its median', () => {
  const random = randomFrom(4)
  const swinging = aProfile({
    periods: monthlyPeriods(localDate('2026-11-01'), 24, (_, days) => days * (200 + random() * 1_000)),
    peers: null,
  })
  expect(codesOf(500_000 + 36_000, swinging)).not.toContain('high')
  expect(codesOf(500_000 + 36_000, big)).not.toContain('high') // 150 %
})

test('VEE-012: 39 % of the expected use is low and 41 % is not', () => {
  expect(findingOf('low', 500_000 + 24_000 * 0.39, big)).toMatchObject({
    rule: 'VEE-012',
    blocksBilling: false,
  })
  expect(codesOf(500_000 + 24_000 * 0.41, big)).not.toContain('low')
})

test('VEE-013: beyond three robust deviations is shown, within them is not', () => {
  const swings = [0.8, 1.2, 0.9, 1.1, 1, 0.85]
  const profile = aProfile({
    periods: monthlyPeriods(localDate('2026-11-01'), 24, (_, days, back) => days * 800 * swings[back % 6]!),
  })
  const { bandHigh, expectedGallons } = judgeRead(aRead(510_000), profile, limits)
  const sigma = (bandHigh! - expectedGallons!) / 3
  const at = (deviations: number) => Math.round(500_000 + expectedGallons! + sigma * deviations)
  expect(codesOf(at(3.1), profile)).toContain('unusual')
  expect(codesOf(at(2.9), profile)).toEqual([])
})

test('summer is compared with summers: a garden is not called high in June', () => {
  const june = localDate('2026-06-01')
  const garden = (calendarMonth: number, days: number) =>
    days * (calendarMonth >= 5 && calendarMonth <= 9 ? 900 : 150)
  const profile = aProfile({
    last: { day: dayNumber(june), value: 500_000, kind: 'actual' },
    periods: monthlyPeriods(june, 24, garden),
  })
  const read = { day: dayNumber(localDate('2026-07-01')), value: 500_000 + 30 * 900, kind: 'actual' as const }
  expect(validateRead(read, profile, limits)).toEqual([])
})

test('a new home is compared with its peers until it has a history of its own', () => {
  const young = aProfile({ periods: [] })
  expect(codesOf(506_000, young)).toEqual([])
  expect(findingOf('high', 545_000, young).facts).toMatchObject({ comparedWith: 'peers', seasonReads: 0 })
  expect(codesOf(506_000, aProfile({ periods: [], peers: null }))).toEqual(['no-previous'])
})

test('VEE-015: no use is looked at once, checked in the field the second time, and expected of a vacant home', () => {
  expect(findingOf('zero', 500_000)).toMatchObject({ suggestion: { act: 're-read' }, measured: 1 })
  const again = aProfile({
    periods: monthlyPeriods(localDate('2026-11-01'), 24, (_, days, back) => (back === 0 ? 0 : days * 200)),
  })
  expect(findingOf('zero', 500_000, again)).toMatchObject({ suggestion: { act: 'field-check' }, measured: 2 })
  expect(codesOf(500_000, aProfile({ account: 'vacant' }))).toEqual([])
  expect(codesOf(500_000, aProfile({ service: 'fire' }))).toEqual([])
  const rested = aProfile({
    periods: monthlyPeriods(localDate('2026-11-01'), 24, () => 0),
    service: 'irrigation',
  })
  expect(findingOf('zero', 500_000, rested)).toMatchObject({
    severity: 'note',
    suggestion: { act: 'accept' },
  })
})

test('VEE-016: water on a closed account is flagged, and above two CCF somebody goes and looks for theft', () => {
  const closed = aProfile({ account: 'closed', accountSinceDay: lastOn })
  expect(findingOf('closed-use', 500_100, closed)).toMatchObject({
    severity: 'look',
    suggestion: { act: 're-read' },
  })
  expect(findingOf('closed-use', 500_000 + 3 * 748, closed)).toMatchObject({
    severity: 'stop',
    suggestion: { act: 'field-check' },
    dollarsAtStake: 1_122n,
  })
  expect(codesOf(500_100, aProfile({ account: 'vacant' }))).toEqual(['vacant-use'])
})

test('VEE-031: water through a fire meter is looked at, a trickle is not', () => {
  const fire = aProfile({ service: 'fire', periods: monthlyPeriods(localDate('2026-11-01'), 24, () => 0) })
  expect(codesOf(500_050, fire)).toEqual([])
  expect(codesOf(502_000, fire)).toEqual(['fire-flow'])
})

test('VEE-017: gallons taken for cubic feet, or a digit too many, are named with what the use would be', () => {
  expect(findingOf('multiplier', 500_000 + 44_880)).toMatchObject({
    limit: 7.48,
    suggestion: { act: 'field-check' },
  })
  expect(findingOf('multiplier', 500_000 + 60_000)).toMatchObject({
    limit: 10,
    suggestion: { act: 're-read' },
  })
  expect(findingOf('multiplier', 500_000 + 60_000).facts.wouldBeGallons).toBe(6_000)
  expect(findingOf('multiplier', 500_060)).toMatchObject({ limit: 100, blocksBilling: false })
})

test('VEE-017: the same use as last month is noted, but not in units too coarse to differ', () => {
  expect(codesOf(506_200)).toEqual(['same-use']) // 31 days of 200
  const coarse = aProfile({
    register: { registerNo: 1, unit: 'ccf', dials: 4, multiplier: '1' },
    last: { day: lastOn, value: 500, kind: 'actual' },
    periods: monthlyPeriods(localDate('2026-11-01'), 24, () => 8 * 748),
  })
  expect(codesOf(508, coarse)).toEqual([])
})

test('VEE-017, VEE-039: the same read twice is no second use; a read before the last is refused', () => {
  const at = (day: number, value: number) => validateRead({ day, value, kind: 'actual' }, aProfile(), limits)
  expect(at(lastOn, 500_000)).toMatchObject([{ code: 'duplicate', severity: 'note' }])
  expect(at(lastOn, 500_001)).toMatchObject([{ code: 'duplicate', severity: 'stop', blocksBilling: true }])
  expect(at(lastOn - 1, 600_000)).toMatchObject([{ code: 'date', blocksBilling: true }])
  expect(at(lastOn + 90, 518_000)).toMatchObject([{ code: 'date', severity: 'note' }])
})

test('VEE-018: the second estimate in a row is looked at, the third is an order', () => {
  const estimate = (estimatesInRow: number) =>
    validateRead(aRead(506_000, 'estimated'), aProfile({ estimatesInRow }), limits)
  expect(estimate(0)).toEqual([])
  expect(estimate(1)).toMatchObject([{ code: 'estimates', severity: 'look', suggestion: { act: 're-read' } }])
  expect(estimate(2)).toMatchObject([
    { code: 'estimates', severity: 'stop', suggestion: { act: 'field-check' } },
  ])
})

test('VEE-038: two digits changed about are found, with the value that would fit', () => {
  const finding = findingOf(
    'misread',
    560_000,
    aProfile({ last: { day: lastOn, value: 499_900, kind: 'actual' } }),
  )
  expect(finding).toMatchObject({ suggestion: { act: 'correct', value: 506_000 } })
  expect(finding.facts).toMatchObject({
    how: 'transposed',
    place: 2,
    was: '60',
    wouldBe: '06',
    gallons: 6_100,
  })
})

test('VEE-038: one digit misread downwards is named among the causes of a negative read', () => {
  const [first] = candidatesOf(findingOf('negative', 406_000, aProfile()))
  expect(first).toMatchObject({ cause: 'misread', value: 506_000, gallons: 6_000 })
})

test('VEE-010: over an exchange both meters count, and the first read of the new one is not low', () => {
  const exchanged = aProfile({
    installedDay: lastOn + 10,
    last: { day: lastOn + 10, value: 0, kind: 'exchange-in' },
    carried: { fromDay: lastOn, gallons: 2_000 },
  })
  const judged = judgeRead(aRead(4_000), exchanged, limits)
  expect(judged).toMatchObject({ gallons: 6_000, findings: [] })
})

test('one register of a compound meter may rest, and is not measured by other homes', () => {
  const low = aProfile({ ofCompound: true, periods: [] })
  expect(codesOf(500_000, low)).toEqual([])
  expect(codesOf(590_000, low)).toEqual([])
})

test('tiers make what is at stake curved: the whole bill is asked where it can be rated', () => {
  const billOf = (gallons: number) =>
    BigInt(Math.round(gallons <= 10_000 ? gallons / 2 : 5_000 + (gallons - 10_000)))
  const profile = aProfile({ price: { centsPerKgal: 500, billOf } })
  expect(findingOf('high', 540_000, profile).dollarsAtStake).toBe(35_000n - 3_000n)
})
