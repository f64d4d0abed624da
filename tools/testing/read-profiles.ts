/** Homes with a known past, for tests of validation: as many as wanted, the same ones for the same seed. */
import { addDays, addMonths, dayNumber, daysBetween, type LocalDate, localDate } from '@curbstop/kernel/dates'
import {
  limitsOf,
  type ValidationLimits,
} from '../../server/src/modules/metering/domain/validation/limits.ts'
import type {
  LastValue,
  PastPeriod,
  ReadProfile,
} from '../../server/src/modules/metering/domain/validation/profile.ts'
import { periodColumns } from '../../server/src/modules/metering/domain/validation/profile.ts'
import type { RuleBook } from '../../server/src/modules/policy/domain.ts'
import { packs } from '../../server/src/modules/policy/packs/index.ts'

/** The rules as shipped. */
export function shippedRules(on: LocalDate = localDate('2026-11-01')): RuleBook {
  const rules = packs.map(
    (rule, at) => [rule.code, { ...rule, ruleId: BigInt(at + 1), effectiveTo: null }] as const,
  )
  return { on, byCode: new Map(rules) }
}

export const shippedLimits = (changes: Partial<ValidationLimits> = {}): ValidationLimits => ({
  ...limitsOf(shippedRules()),
  ...changes,
})

/** Mulberry32: small, fast, the same on every machine. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Sum of uniforms: near enough to a normal deviate, and bounded. */
export const normalOf = (random: () => number): number => {
  let sum = -6
  for (let at = 0; at < 12; at += 1) sum += random()
  return sum
}

export const month = 'months' as const

/** Monthly periods that end on the first of each month up to `lastOn`, oldest first; `gallonsOf` by calendar month. */
export function monthlyPeriods(
  lastOn: LocalDate,
  count: number,
  gallonsOf: (calendarMonth: number, days: number, back: number) => number | null,
): PastPeriod[] {
  return Array.from({ length: count }, (_, at) => {
    const back = count - 1 - at
    const toOn = addMonths(lastOn, -back)
    const days = daysBetween(addMonths(lastOn, -back - 1), toOn)
    const middle = addDays(toOn, -Math.round(days / 2))
    return { toOn, days, gallons: gallonsOf(Number(middle.slice(5, 7)), days, back), estimated: false }
  })
}

export type ProfileWishes = Partial<Omit<ReadProfile, 'history' | 'historyFrom' | 'historyCount'>> & {
  readonly periods?: readonly PastPeriod[]
}

/** A 5/8" home in gallons, six dials, read on 1 November at 500,000; 24 months of 6,000 gallons, unless wished otherwise. */
export function aProfile(wishes: ProfileWishes = {}): ReadProfile {
  const lastOn = localDate('2026-11-01')
  const { periods = monthlyPeriods(lastOn, 24, (_, days) => days * 200), ...rest } = wishes
  const last: LastValue = { day: dayNumber(lastOn), value: 500_000, kind: 'actual' }
  return {
    register: { registerNo: 1, unit: 'gal', dials: 6, multiplier: '1' },
    droppedDigits: 0,
    ofCompound: false,
    service: 'potable',
    account: 'occupied',
    accountSinceDay: null,
    installedDay: dayNumber(localDate('2015-03-01')),
    inValue: 0,
    last,
    lastActual: rest.last === undefined ? last : rest.last?.kind === 'estimated' ? null : rest.last,
    estimatesInRow: 0,
    carried: null,
    history: periodColumns(periods),
    historyFrom: 0,
    historyCount: periods.length,
    peers: { p25: 130, median: 200, p75: 300 },
    seasonFactor: 1,
    price: { centsPerKgal: 500 },
    book: '01',
    sequence: 1,
    reader: 'R1',
    continuousFlowExpected: false,
    ...rest,
  }
}

/** The read of 1 December. */
export const aRead = (value: number, kind: 'actual' | 'estimated' = 'actual') => ({
  day: dayNumber(localDate('2026-12-01')),
  value,
  kind,
})
