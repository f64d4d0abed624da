import { addMonths, daysBetween, type Instant, type LocalDate, localDate } from '@curbstop/kernel/dates'
import { expect, test } from 'vitest'
import {
  calculateLeakRate,
  causes,
  checkMayClose,
  findPattern,
  fits,
  fixtures,
  gatherSights,
  type PeriodFacts,
  questions,
  type RankFacts,
  rankCauses,
  rankQuestions,
  requiredSteps,
  stepSights,
  unitsOver,
} from './index.ts'

const season = [200, 205, 220, 260, 320, 370, 400, 385, 330, 265, 225, 210] // gallons a day, January first
const etOf = [0.06, 0.08, 0.12, 0.17, 0.21, 0.24, 0.25, 0.23, 0.18, 0.12, 0.08, 0.06]

/** Two years up to the period ending on `to`, newest first. */
function history(
  to: LocalDate,
  newest: readonly number[] = [],
  kinds: PeriodFacts['readKind'][] = [],
): PeriodFacts[] {
  return Array.from({ length: 25 }, (_, i) => {
    const toOn = addMonths(to, -i)
    const fromOn = addMonths(to, -i - 1)
    const month = Number(fromOn.slice(5, 7)) - 1
    return {
      fromOn,
      toOn,
      days: daysBetween(fromOn, toOn),
      gallonsPerDay: newest[i] ?? season[month]!,
      readKind: kinds[i] ?? 'actual',
      etInchesPerDay: etOf[month]!,
      totalCents: 15_000n,
    }
  })
}

const account = (periods: PeriodFacts[], change: Partial<RankFacts> = {}): RankFacts => ({
  periods,
  reads: {
    hasRollover: false,
    hasExchange: false,
    digitSlipUnits: null,
    isConfirmed: false,
    hadZeroBefore: false,
    exchangedDigits: null,
  },
  peers: {
    group: 'residential 3/4"',
    accounts: 212,
    gallonsPerDay: 220,
    changeFromLast: -0.12,
    changeFromLastYear: 0,
  },
  irrigatedSqft: 2_150,
  hasPool: false,
  occupantSince: localDate('2017-03-01'),
  personsBefore: 3,
  personsNow: 3,
  personsNoted: 3,
  rainInches: null,
  rainInchesLastYear: null,
  change: { total: 6_430n, days: 320n, ratesAndBudget: 460n },
  mirroredNeighbour: null,
  ...change,
})

const rank = (facts: RankFacts, answers: { question: string; answer: string }[] = []) =>
  rankCauses(gatherSights(facts, findPattern(facts)), answers)
const november = localDate('2026-11-09')
const first = (facts: RankFacts) => rank(facts)[0]!.cause.code

test('a step that stays while the neighbours fall is a running fixture, and the evidence says so', () => {
  const facts = account(history(november, [430, 440]))
  const pattern = findPattern(facts)
  expect(pattern).toMatchObject({ isHigh: true, shape: 'step', periodsUp: 2, steppedUpOn: '2026-09-09' })
  const [top] = rank(facts)
  expect(top!.cause.code).toBe('toilet')
  const said = top!.evidence.map(line => `${line.side}: ${line.says}`).join('\n')
  expect(said).toMatch(/for: This account rose 62 % against last year; 212 like it did not change/)
  expect(said).toMatch(/for: Use stepped up/)
})

test('a summer that looks like last summer is watering, and nobody is sent to look for a leak', () => {
  const facts = account(history(localDate('2026-06-09'), [410]), {
    peers: { group: 'g', accounts: 100, gallonsPerDay: 330, changeFromLast: 0.28, changeFromLastYear: 0.02 },
  })
  const periods = facts.periods.map((p, i) =>
    i === 1 ? { ...p, gallonsPerDay: 270 } : i === 12 ? { ...p, gallonsPerDay: 380 } : p,
  )
  expect(first({ ...facts, periods })).toBe('irrigation-season')
})

test('a read after an estimate is a catch-up before it is a leak', () => {
  const facts = account(history(november, [430, 150], ['actual', 'estimated']))
  expect(findPattern(facts).shape).toBe('catch-up')
  expect(first(facts)).toBe('catch-up')
})

test('a fourth person who explains the use is named before a leak', () => {
  const facts = account(history(november, [340, 410]), { personsBefore: 3, personsNow: 4 })
  expect(first(facts)).toBe('household')
})

test('a bill that rose by rates alone is explained by rates', () => {
  const periods = history(november).map((p, i) => (i === 0 ? { ...p, totalCents: 21_000n } : p))
  const facts = account(periods, { change: { total: 6_000n, days: 0n, ratesAndBudget: 5_400n } })
  expect(findPattern(facts).isHigh).toBe(true)
  expect(first(facts)).toBe('rate-or-budget')
})

test('a neighbour who used as much less points to swapped meters', () => {
  expect(first(account(history(november, [430, 440]), { mirroredNeighbour: '120 Alder Ct' }))).toBe(
    'swapped-meter',
  )
})

test('a large excess that is one wrong digit asks for a re-read', () => {
  const reads = {
    hasRollover: false,
    hasExchange: false,
    digitSlipUnits: 100,
    isConfirmed: false,
    hadZeroBefore: false,
    exchangedDigits: null,
  }
  const facts = account(history(november, [2_720]), { reads })
  expect(first(facts)).toBe('misread')
  expect(requiredSteps(facts, findPattern(facts), [])[0]!.state).toBe('attention')
})

test('usual use is not called high, and no use at all is not ranked', () => {
  expect(findPattern(account(history(november), { change: null })).isHigh).toBe(false)
  expect(findPattern(account(history(november, [0, 0]), { change: null }))).toMatchObject({
    isHigh: false,
    shape: 'zero',
  })
  expect(findPattern(account([], { change: null, peers: null })).isHigh).toBe(false)
})

test('a new tenant is compared with the period before, not with the last tenant', () => {
  const facts = account(history(november, [500, 490]), { occupantSince: localDate('2026-08-15') })
  expect(findPattern(facts).baseline).toEqual({ gallonsPerDay: 490, how: 'last-period' })
})

test('likelihoods add up to one whatever is answered, and every answer moves the right cause', () => {
  const facts = account(history(november, [430, 440]))
  const before = rank(facts)
  for (const question of questions) {
    for (const answer of question.answers) {
      const after = rank(facts, [{ question: question.code, answer: answer.code }])
      expect(after.reduce((sum, one) => sum + one.likelihood, 0)).toBeCloseTo(1, 10)
      expect(after).toHaveLength(causes.length)
    }
  }
  const of = (list: typeof before, code: string) => list.find(one => one.cause.code === code)!.likelihood
  const heard = rank(facts, [{ question: 'toilet-refill', answer: 'yes' }])
  expect(of(heard, 'toilet')).toBeGreaterThan(of(before, 'toilet') + 0.2)
  const wet = rank(facts, [{ question: 'wet-spot', answer: 'yes' }])
  expect(of(wet, 'service-line')).toBeGreaterThan(of(before, 'service-line') * 2)
  expect(of(rank(facts, [{ question: 'toilet-refill', answer: 'no' }]), 'toilet')).toBeLessThan(
    of(before, 'toilet'),
  )
})

test('the answers of a question are chances that add up to one for every cause', () => {
  for (const question of questions) {
    for (const { code } of causes) {
      const total = question.answers.reduce(
        (sum, answer) => sum + (answer.given[code] ?? answer.otherwise),
        0,
      )
      expect([question.code, code, Math.round(total * 1000) / 1000]).toEqual([question.code, code, 1])
    }
  }
})

test('every answer to every question is a statement that a note can quote after “Customer says”', () => {
  const all = questions.flatMap(question => question.answers.map(one => ({ ...one, ask: question.ask })))
  for (const { says, label, ask } of all) {
    expect(says).toMatch(/^[a-z]/)
    expect(says).not.toMatch(/[?.“”]|\b(you|your)\b/)
    expect(says.length).toBeGreaterThan(10)
    expect(`customer says ${says}`.length).toBeLessThanOrEqual(160)
    if (label === 'Does not know') expect(says).toMatch(/^they do not know/)
    expect(ask).not.toContain(says)
  }
  expect(new Set(all.map(one => one.says)).size).toBe(all.length)
})

test('the next question settles most, is never one already answered, and no sprinkler is asked about without a yard', () => {
  const facts = account(history(november, [430, 440]))
  const ranked = rank(facts)
  const list = rankQuestions(ranked, [], true)
  expect(list[0]!.question.code).toBe('toilet-refill')
  expect(list.every((one, i) => i === 0 || one.gainBits <= list[i - 1]!.gainBits)).toBe(true)
  const asked = rankQuestions(ranked, [{ question: 'toilet-refill', answer: 'no' }], false)
  expect(asked.map(one => one.question.code)).not.toContain('toilet-refill')
  expect(asked.map(one => one.question.code)).not.toContain('timer')
})

test('a dye test with colour ends the search', () => {
  const facts = account(history(november, [430, 440]))
  const result = { step: 'dye-test', result: 'colour', says: 'The dye test showed colour in the bowl.' }
  const sights = [...gatherSights(facts, findPattern(facts)), ...stepSights([result])]
  expect(rankCauses(sights, [])[0]).toMatchObject({ cause: { code: 'toilet' } })
  expect(rankCauses(sights, [])[0]!.likelihood).toBeGreaterThan(0.85)
})

const at = (text: string) => `2026-11-23T${text}:00Z` as Instant

test('LEAK-005: two reads without use give the gallons a day of the leak', () => {
  const reads = {
    unit: 'cf' as const,
    first: '4182.00',
    firstAt: at('10:00'),
    second: '4182.56',
    secondAt: at('10:30'),
  }
  expect(calculateLeakRate(reads)).toEqual({ gallons: 4.2, minutes: 30, gallonsPerDay: 201 })
  expect(() => calculateLeakRate({ ...reads, second: '4181.00' })).toThrow(/below the first/)
  expect(() => calculateLeakRate({ ...reads, secondAt: at('10:02') })).toThrow(/5 minutes/)
})

test('LEAK-008: a running toilet of 200 gallons a day is 8.0 CCF in 30 days', () => {
  expect(unitsOver(200, 30, 'ccf')).toBe('8.0')
  expect(fixtures.filter(one => fits(one, 201)).map(one => one.code)).toEqual([
    'toilet-running',
    'irrigation-hole',
  ])
})

test('LEAK-021: a hose left on six hours is 3,000 gallons, 4 CCF', () => {
  expect(unitsOver(500 * 6, 1, 'ccf')).toBe('4.0')
})

test('LEAK-001: a case cannot close before the customer was asked, nor with a cause that is none', () => {
  const facts = account(history(november, [430, 440]))
  const open = requiredSteps(facts, findPattern(facts), [])
  expect(() => checkMayClose(open, 'toilet')).toThrow(/Missing: ask about guests/)
  const done = requiredSteps(facts, findPattern(facts), [{ question: 'guests', answer: 'no' }])
  expect(done.map(step => step.state)).toEqual(['done', 'done', 'done', 'done'])
  checkMayClose(done, 'toilet')
  expect(() => checkMayClose(done, 'ghosts')).toThrow(/not a cause/)
})
