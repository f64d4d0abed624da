import { dayNumber, localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import {
  aProfile,
  aRead,
  monthlyPeriods,
  normalOf,
  type ProfileWishes,
  randomFrom,
  shippedLimits,
} from '../../../../../../tools/testing/read-profiles.ts'
import type { Judged, NegativeCandidate } from './findings.ts'
import { judgeRead } from './judge-read.ts'

const limits = shippedLimits()
const lastOn = localDate('2026-11-01')
const lastDay = dayNumber(lastOn)

/** A home of its own level, season and unrest; its last value, and what it truly used since. */
type Home = { wishes: ProfileWishes; last: number; use: number }
function homeOf(random: () => number, near = false): Home {
  const level = 120 + random() * 500
  const unrest = 0.05 + random() * 0.2
  const garden = random() * 0.8
  const daily = (month: number) =>
    level *
    (1 + garden * Math.max(0, Math.sin(((month - 3) / 12) * 2 * Math.PI))) *
    Math.max(0.2, 1 + unrest * normalOf(random))
  const use = Math.round(30 * daily(11))
  const last = near ? 1_000_000 - Math.ceil(random() * use) : Math.floor(50_000 + random() * 850_000)
  const wishes: ProfileWishes = {
    last: { day: lastDay, value: last, kind: 'actual' },
    periods: monthlyPeriods(lastOn, 24, (month, days) => Math.round(days * daily(month))),
  }
  return { wishes, last, use }
}

type Case = { read: number; truth: number; wishes: ProfileWishes }
const swapPair = (value: number, at: number): number => {
  const text = String(value).padStart(6, '0')
  return Number(text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2))
}
const faults: Readonly<Record<string, (home: Home, random: () => number) => Case>> = {
  'nothing wrong': ({ wishes, last, use }) => ({ wishes, truth: use, read: last + use }),
  'passed zero': ({ wishes, last, use }) => ({ wishes, truth: use, read: (last + use) % 1_000_000 }),
  leak: ({ wishes, last, use }) => ({ wishes, truth: use * 3 + 9_000, read: last + use * 3 + 9_000 }),
  stopped: ({ wishes, last }) => ({ wishes, truth: 0, read: last }),
  'digits changed about': ({ wishes, last, use }, random) => ({
    ...{ wishes, truth: use },
    read: swapPair(last + use, 1 + Math.floor(random() * 2)),
  }),
  'digit misread': ({ wishes, last, use }, random) => {
    const place = 10 ** (4 + Math.floor(random() * 2))
    const right = last + use
    const digit = Math.floor(right / place) % 10
    return { wishes, truth: use, read: right + (digit === 9 ? -place : place) }
  },
  'digit too many': ({ wishes, use }) => ({
    wishes: { ...wishes, last: { day: lastDay, value: 1_000, kind: 'actual' } },
    ...{ truth: use, read: 1_000 + use * 10 },
  }),
  'meter changed, not told': ({ wishes, use }) => ({ wishes, truth: use, read: Math.round(use * 0.6) }),
  'estimate too high': ({ wishes, last, use }) => ({
    wishes: {
      ...wishes,
      last: { day: lastDay, value: last + use * 3, kind: 'estimated' },
      lastActual: { day: lastDay - 31, value: last, kind: 'actual' },
      estimatesInRow: 1,
    },
    ...{ truth: use * 2, read: last + use * 2 },
  }),
  'account closed': ({ wishes, last }) => ({
    wishes: { ...wishes, account: 'closed', accountSinceDay: lastDay },
    ...{ truth: 3_000, read: last + 3_000 },
  }),
}

const firstOf = (judged: Judged) => judged.findings[0]?.code ?? 'silent'
const named: Readonly<Record<string, string>> = {
  'digits changed about': 'misread',
  'digit misread': 'misread',
  'meter changed, not told': 'swapped-meter',
  'estimate too high': 'estimate-too-high',
}

/** Was the true cause said: as the first candidate of a negative read, or as a finding with the right value? */
function causeSaid(kind: string, judged: Judged, right: number): boolean {
  const negative = judged.findings.find(finding => finding.code === 'negative')
  const [first] = (negative?.facts.candidates ?? []) as readonly NegativeCandidate[]
  if (first) return first.cause === named[kind]
  const misread = judged.findings.find(finding => finding.code === 'misread')
  return misread?.suggestion.act === 'correct' && Math.abs(misread.suggestion.value - right) < 20_000
}

test('reads with known faults: no turn of the dial is lost, nothing wrong is billed unseen, and the table says so', () => {
  const random = randomFrom(11)
  const lines: string[] = []
  const seen = new Map<string, Judged[]>()
  for (const [kind, make] of Object.entries(faults)) {
    const counts = new Map<string, number>()
    const all: Judged[] = []
    let said = 0
    for (let at = 0; at < 400; at += 1) {
      const home = homeOf(random, kind === 'passed zero')
      const { read, truth, wishes } = make(home, random)
      const judged = judgeRead(aRead(read), aProfile(wishes), limits)
      all.push(judged)
      counts.set(firstOf(judged), (counts.get(firstOf(judged)) ?? 0) + 1)
      if (causeSaid(kind, judged, home.last + home.use)) said += 1
      if (kind === 'passed zero')
        expect(judged).toMatchObject({ passedZero: read < home.last, gallons: truth })
    }
    seen.set(kind, all)
    const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([code, n]) => `${code} ${n}`)
    const cause = named[kind] ? `   cause named first: ${said}` : ''
    lines.push(`${kind.padEnd(26)}${parts.join(', ')}${cause}`)
  }
  console.log(lines.join('\n'))
  const share = (kind: string, holds: (judged: Judged) => boolean) =>
    seen.get(kind)!.filter(holds).length / seen.get(kind)!.length
  const stops = (judged: Judged) => judged.findings.some(finding => finding.blocksBilling)
  const shows = (judged: Judged) => judged.findings.some(finding => finding.severity !== 'note')
  expect(share('nothing wrong', stops)).toBeLessThan(0.005)
  expect(share('nothing wrong', shows)).toBeLessThan(0.03)
  expect(share('passed zero', stops)).toBeLessThan(0.005)
  expect(share('leak', stops)).toBeGreaterThan(0.9)
  expect(share('stopped', shows)).toBe(1)
  expect(share('digit misread', stops)).toBeGreaterThan(0.7)
  expect(share('digit too many', stops)).toBeGreaterThan(0.95)
  expect(share('meter changed, not told', stops)).toBe(1)
  const firstCause = (judged: Judged) =>
    (judged.findings[0]!.facts.candidates as readonly NegativeCandidate[])[0]!.cause
  expect(share('meter changed, not told', judged => firstCause(judged) === 'swapped-meter')).toBeGreaterThan(
    0.9,
  )
  expect(share('estimate too high', judged => firstCause(judged) === 'estimate-too-high')).toBeGreaterThan(
    0.8,
  )
  expect(share('estimate too high', stops)).toBe(1)
  expect(share('account closed', stops)).toBe(1)
})
