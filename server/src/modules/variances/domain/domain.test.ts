/** Vectors of the water-budget rules WB-001 to WB-043: a wrong one is a wrong bill or a wrong refusal. */
import { readFileSync } from 'node:fs'
import { addDays, type LocalDate, localDate } from '@curbstop/kernel/dates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RuleBook } from '../../policy/domain.ts'
import { packs } from '../../policy/packs/index.ts'
import { compileClass, parseTariff, rateService } from '../../rates/domain/index.ts'
import { withinAuthority } from '../../staff/domain/index.ts'
import {
  aboveLevelText,
  type BudgetFacts,
  clockFace,
  clockOf,
  composeBudget,
  composeByDay,
  countsFrom,
  type Draft,
  driftHint,
  type Grant,
  isEligible,
  type JudgeFacts,
  judge,
  missingFigures,
  outcomeOf,
  tidyDraft,
  variancePolicy,
  weightOf,
} from './index.ts'

const today = localDate('2026-11-23')
const bookWith = (changes: Record<string, unknown> = {}): RuleBook => ({
  on: today,
  byCode: new Map(
    packs.map((rule, at) => [
      rule.code,
      {
        ...rule,
        value: rule.code in changes ? changes[rule.code] : rule.value,
        ruleId: BigInt(at + 1),
        effectiveTo: null,
      },
    ]),
  ),
})
const book = bookWith()
const policy = variancePolicy(book)

const days30 = { from: localDate('2026-10-10'), to: localDate('2026-11-09') }
const facts: BudgetFacts = {
  household: [{ fromOn: localDate('2020-01-01'), persons: 3 }],
  defaultPersons: 3,
  irrigatedSqft: 2000,
  areaChanges: [],
  grants: [],
  stages: [],
}
let grantNo = 0n
const grant = (of: Partial<Grant>): Grant => {
  grantNo += 1n
  const usual = { kind: 'household' as const, input: 'persons' as const, amount: 6 }
  const from = { fromOn: localDate('2026-01-01'), untilOn: null, starts: 'approval-date' as const }
  return { grantId: grantNo, ...usual, ...from, ...of }
}
const et = Array.from({ length: 30 }, () => '0.2')

/** The budget as the district's own tariff makes it of composed inputs, in CCF. */
const water = parseTariff(
  readFileSync(new URL('../../rates/tariffs/water-2026-07-01.owrs', import.meta.url), 'utf8'),
  'water',
)
function partsOf(of: BudgetFacts, etByDay: readonly string[] = et, days = days30, usage = '1') {
  const b = composeBudget(of, days, etByDay)
  const inputs = {
    meter_size: '3/4"',
    hhsize: b.persons,
    irr_area: b.irrigatedSqft,
    ...(b.indoorExtraGpd ? { indoor_extra_gpd: b.indoorExtraGpd } : {}),
    ...(b.indoorFactor ? { indoor_factor: b.indoorFactor } : {}),
    ...(b.outdoorExtraGpd ? { outdoor_extra_gpd: b.outdoorExtraGpd } : {}),
    ...(b.outdoorFactor ? { outdoor_factor: b.outdoorFactor } : {}),
  }
  const rateClass = compileClass(water, 'RESIDENTIAL_SINGLE')
  const version = { id: '1', effectiveFrom: localDate('2026-07-01'), effectiveTo: null, rateClass }
  const rated = rateService({ ...days, usage, inputs, etByDay }, [version], {
    fixed: 'full',
    volumetric: 'days',
    tierWidths: 'scale',
    standardDays: 30,
    budgetRounding: 'none',
  })
  const { indoor, outdoor, budget } = rated.pieces[0]!.components
  return {
    lines: rated.lines,
    indoor: indoor!.toNumber(),
    outdoor: outdoor!.toNumber(),
    budget: budget!.toNumber(),
    inputs: b,
  }
}

describe('the budget of a bill', () => {
  test('WB-001, WB-002: 3 people × 55 gallons × 30 days are 6.62 CCF', () => {
    expect(partsOf(facts).indoor).toBeCloseTo(4950 / 748, 6)
  })
  test('WB-005 to WB-007: an acre with 5.72 inches at 0.8 is 165 units', () => {
    const acre = { ...facts, irrigatedSqft: 43_560 }
    const inches = Array.from({ length: 30 }, () => String(5.72 / 30))
    expect(Math.round(partsOf(acre, inches).outdoor)).toBe(165)
  })
  test('WB-008, WB-011: thirty-three days sum thirty-three values of the zone', () => {
    const days = { from: localDate('2026-10-07'), to: localDate('2026-11-09') }
    const rising = Array.from({ length: 33 }, (_, i) => String(i / 100))
    const inches = rising.reduce((sum, one) => sum + Number(one), 0)
    const { outdoor, indoor } = partsOf(facts, rising, days)
    expect(outdoor).toBeCloseTo((0.8 * inches * 2000 * 0.62) / 748, 5)
    expect(indoor).toBeCloseTo((3 * 55 * 33) / 748, 5)
  })
  test('WB-012, WB-013: budget 20 and use 33 fall 6.6 / 13.4 / 5 / 5 / 3', () => {
    const area = ((20 - 4950 / 748) * 748) / (0.8 * 6 * 0.62)
    const { lines } = partsOf({ ...facts, irrigatedSqft: area }, et, days30, '33')
    const tiers = lines
      .filter(line => line.tier !== null)
      .map(line => line.quantity!.toDecimalPlaces(1).toNumber())
    expect(tiers).toEqual([6.6, 13.4, 5, 5, 3])
  })
  test('WB-018: each bill is composed from its own days only', () => {
    const next = { from: days30.to, to: addDays(days30.to, 30) }
    expect(composeBudget(facts, next, et)).toEqual(composeBudget(facts, days30, et))
  })
  test('WB-003: days before anybody was recorded count the default, and say so', () => {
    const { persons, sources } = composeBudget({ ...facts, household: [] }, days30, et)
    expect([persons, sources]).toEqual(['3', ['default:WB-003']])
  })
  test('3 people for 20 days and 6 for 10 are 4; the bill knows both sources', () => {
    const six = grant({ fromOn: localDate('2026-10-30') })
    const { persons, sources } = composeBudget({ ...facts, grants: [six] }, days30, et)
    expect(persons).toBe('4')
    expect(sources).toEqual([`grant:${six.grantId}`, 'household:2020-01-01'])
  })
  test('a home without anything granted comes to the same, looked at as a whole or day by day', () => {
    const row = fc.record({ at: fc.integer({ min: -40, max: 40 }), persons: fc.integer({ min: 0, max: 12 }) })
    fc.assert(
      fc.property(fc.uniqueArray(row, { maxLength: 5, selector: one => one.at }), rows => {
        const household = rows
          .map(({ at, persons }) => ({ fromOn: addDays(days30.from, at), persons }))
          .sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1))
        const of = { ...facts, household }
        expect(composeBudget(of, days30, et)).toEqual(composeByDay(of, days30, et))
      }),
    )
  })
  test('a household told later than the grant takes its place', () => {
    const later = [...facts.household, { fromOn: localDate('2026-09-01'), persons: 2 }]
    expect(composeBudget({ ...facts, household: later, grants: [grant({})] }, days30, et).persons).toBe('2')
  })
  test('WB-025: 40 gallons a day of medical need add 1,200 gallons in 30 days', () => {
    const medical = grant({ kind: 'medical', input: 'indoor-gpd', amount: 40 })
    const more = partsOf({ ...facts, grants: [medical] }).indoor - partsOf(facts).indoor
    expect(more).toBeCloseTo(1200 / 748, 6)
  })
  test('a renewed medical need counts once, not twice', () => {
    const old = grant({ kind: 'medical', input: 'indoor-gpd', amount: 40 })
    const renewed = grant({ kind: 'medical', input: 'indoor-gpd', amount: 50 })
    expect(composeBudget({ ...facts, grants: [old, renewed] }, days30, et).indoorExtraGpd).toBe('50')
  })
  test('WB-028: two horses at 15 gallons add 900 gallons, 1.2 CCF', () => {
    const horses = grant({ kind: 'animals', input: 'indoor-gpd', amount: 30 })
    const more = partsOf({ ...facts, grants: [horses] }).indoor - partsOf(facts).indoor
    expect(more.toFixed(1)).toBe('1.2')
  })
  test('WB-031: a new landscape has a quarter more, and month 7 has not', () => {
    const young = grant({ kind: 'new-landscape', input: 'outdoor-factor', amount: 1.25, untilOn: days30.to })
    expect(partsOf({ ...facts, grants: [young] }).outdoor).toBeCloseTo(partsOf(facts).outdoor * 1.25, 6)
    const next = { from: days30.to, to: addDays(days30.to, 30) }
    expect(composeBudget({ ...facts, grants: [young] }, next, et).outdoorFactor).toBeNull()
  })
  test('WB-019: a stage in the middle of a bill cuts people and landscape by the day’s own weather', () => {
    const stage = {
      ruleId: 9n,
      fromOn: localDate('2026-10-25'),
      untilOn: null,
      stage: 3,
      indoor: 0.8,
      outdoor: 0.5,
      suspends: [],
    }
    const dry = [...Array.from({ length: 15 }, () => '0.1'), ...Array.from({ length: 15 }, () => '0.3')]
    const { indoor, outdoor, inputs } = partsOf({ ...facts, stages: [stage] }, dry)
    expect(indoor).toBeCloseTo((3 * 55 * (15 + 15 * 0.8)) / 748, 5)
    expect(outdoor).toBeCloseTo((0.8 * (1.5 + 4.5 * 0.5) * 2000 * 0.62) / 748, 5)
    expect(inputs.sources).toContain('stage:9')
  })
  test('WB-039: a stage that suspends a kind takes it away for its days only', () => {
    const young = grant({ kind: 'new-landscape', input: 'outdoor-factor', amount: 1.25 })
    const from = localDate('2026-10-25')
    const stage = { ruleId: 9n, fromOn: from, untilOn: null, stage: 2, indoor: 1, outdoor: 1 }
    const stages = [{ ...stage, suspends: ['new-landscape' as const] }]
    expect(composeBudget({ ...facts, grants: [young], stages }, days30, et).outdoorFactor).toBe('1.125')
  })
  test('WB-010, WB-038: the area counts from its day by the day’s weather, whoever lives there', () => {
    const change = {
      areaChangeId: 5n,
      fromOn: localDate('2026-10-25'),
      sqft: 3000,
      beforeSqft: 2000,
      starts: 'approval-date' as const,
    }
    const of = { ...facts, irrigatedSqft: 3000, areaChanges: [change] }
    const dry = [...Array.from({ length: 15 }, () => '0.1'), ...Array.from({ length: 15 }, () => '0.3')]
    expect(composeBudget(of, days30, dry)).toMatchObject({ irrigatedSqft: 2750 })
    expect(composeBudget(of, days30, dry).sources).toContain('area:5')
    const before = { from: localDate('2026-08-01'), to: localDate('2026-08-31') }
    expect(composeBudget(of, before, et).irrigatedSqft).toBe(2000)
  })
  test('WB-033: three strategies, one flag: the whole bill, the next bill, by the day', () => {
    const fromOn = localDate('2026-10-25')
    expect(countsFrom({ fromOn, starts: 'next-bill' }, days30)).toBe(days30.from)
    expect(countsFrom({ fromOn, starts: 'first-complete-cycle' }, days30)).toBeNull()
    expect(countsFrom({ fromOn, starts: 'approval-date' }, days30)).toBe(fromOn)
    const before = { from: localDate('2026-09-10'), to: days30.from }
    for (const starts of ['next-bill', 'first-complete-cycle', 'approval-date'] as const)
      expect(countsFrom({ fromOn, starts }, before)).toBeNull()
  })
  test('nothing granted leaves nothing in the bill but people and area', () => {
    const { indoorExtraGpd, indoorFactor, outdoorExtraGpd, outdoorFactor, grantedPersons } = composeBudget(
      facts,
      days30,
      null,
    )
    expect([indoorExtraGpd, indoorFactor, outdoorExtraGpd, outdoorFactor, grantedPersons]).toEqual(
      Array(5).fill(null),
    )
  })
})

const draft = (of: Partial<Draft> & Pick<Draft, 'kind'>): Draft => ({ evidence: [], ...of }) as Draft
const asked = (of: Draft, more: Partial<JudgeFacts> = {}): JudgeFacts => ({
  draft: of,
  today,
  requestedOn: today,
  account: { isOpen: true, openedOn: localDate('2020-01-01'), isBusiness: false },
  place: { irrigatedSqft: 2000, dwellingUnits: 1, lotSqft: 9000 },
  takes: new Set(['persons', 'indoor-gpd', 'outdoor-gpd', 'outdoor-factor', 'area', 'over-budget-gallons']),
  personsNow: 3,
  activeUntil: null,
  lastPoolFillOn: null,
  mayBackdate: false,
  ...more,
})
const answers = (of: Draft, more: Partial<JudgeFacts> = {}, rules = book) => {
  const said = judge(asked(of, more), rules)
  return { said, ok: isEligible(said), of: (code: string) => said.filter(rule => rule.code === code) }
}
const seen = (...kinds: [Draft['evidence'][number]['kind'], number][]) =>
  kinds.map(([kind, count]) => ({ kind, count }))

describe('who is eligible', () => {
  test('WB-023: two more need names only, three more need a document each', () => {
    const five = draft({ kind: 'household', persons: 5, evidence: seen(['names-listed', 1]) })
    expect(answers(five).ok).toBe(true)
    const six = draft({ kind: 'household', persons: 6, evidence: seen(['names-listed', 1]) })
    expect(answers(six).of('WB-023')).toMatchObject([{ answer: 'missing' }])
    const shown = { ...six, evidence: seen(['names-listed', 1], ['residency-proof', 3]) }
    expect(answers(shown).ok).toBe(true)
  })
  test('WB-022: in a strict district six people with five proofs are incomplete', () => {
    const strict = bookWith({ 'WB-022': 'strict' })
    const six = draft({ kind: 'household', persons: 6, evidence: seen(['residency-proof', 5]) })
    expect(answers(six, {}, strict).of('WB-022')).toMatchObject([{ answer: 'missing' }])
    const all = { ...six, evidence: seen(['residency-proof', 6]) }
    expect(answers(all, {}, strict).ok).toBe(true)
  })
  test('WB-004: behind a master meter of ten homes twenty people are the default', () => {
    const place = { irrigatedSqft: 0, dwellingUnits: 10, lotSqft: null }
    const of = draft({ kind: 'household', persons: 20 })
    expect(answers(of, { place, personsNow: 12 }).of('WB-004')[0]!.says).toMatch(/20 by default/)
  })
  test('WB-024: guests for a season are told thirty days ahead', () => {
    const of = (fromOn: string) =>
      draft({
        kind: 'household',
        persons: 5,
        fromOn: localDate(fromOn),
        untilOn: localDate('2027-06-01'),
        evidence: seen(['names-listed', 1]),
      })
    expect(answers(of('2026-12-20')).of('WB-024')).toMatchObject([{ answer: 'refused' }])
    expect(answers(of('2026-12-23')).ok).toBe(true)
  })
  test('WB-025: a medical need waits for the doctor’s note', () => {
    const of = draft({ kind: 'medical', gallonsPerDay: 40 })
    expect(answers(of).of('WB-025')).toMatchObject([{ answer: 'missing' }])
    expect(answers({ ...of, evidence: seen(['doctor-note', 1]) }).ok).toBe(true)
  })
  test('WB-026: a license that expired is refused, one that runs gives its people their gallons', () => {
    const of = (on: string) =>
      draft({
        kind: 'care',
        persons: 6,
        licenseNumber: 'C-1',
        licenseExpiresOn: localDate(on),
        evidence: seen(['care-license', 1]),
      })
    expect(answers(of('2026-11-01')).ok).toBe(false)
    expect(answers(of('2027-03-31')).ok).toBe(true)
    const { grants } = outcomeOf(of('2027-03-31'), deciding)
    expect(grants).toMatchObject([{ amount: 102, untilOn: '2027-03-31' }])
  })
  test('WB-027: a dog is refused, a horse accepted', () => {
    const of = (poundsEach: number) =>
      draft({ kind: 'animals', count: 2, poundsEach, evidence: seen(['animal-photo', 1]) })
    expect(answers(of(80)).of('WB-027')[0]).toMatchObject({ answer: 'refused' })
    expect(answers(of(1000)).ok).toBe(true)
  })
  test('WB-029: another area needs a drawing or the assessor’s record', () => {
    const of = draft({ kind: 'landscape', irrigatedSqft: 2600 })
    expect(answers(of).of('WB-029')).toMatchObject([{ answer: 'missing' }])
    expect(answers({ ...of, evidence: seen(['assessor-record', 1]) }).ok).toBe(true)
    expect(answers({ ...of, irrigatedSqft: 9500, evidence: seen(['landscape-drawing', 1]) }).ok).toBe(false)
  })
  test('WB-032: a second fill in year 4 is refused, in year 5 it is not', () => {
    const of = draft({
      kind: 'pool-fill',
      poolGallons: 15_000,
      filledOn: localDate('2026-11-01'),
      evidence: seen(['pool-record', 1]),
    })
    expect(answers(of, { lastPoolFillOn: localDate('2022-06-01') }).ok).toBe(false)
    expect(answers(of, { lastPoolFillOn: localDate('2021-10-31') }).ok).toBe(true)
  })
  test('WB-034: what begins in the past is refused to all but the Supervisor; a pool fill reaches back', () => {
    const of = draft({
      kind: 'medical',
      gallonsPerDay: 40,
      fromOn: localDate('2026-11-01'),
      evidence: seen(['doctor-note', 1]),
    })
    expect(answers(of).of('WB-034')).toMatchObject([{ answer: 'refused' }])
    expect(answers(of, { mayBackdate: true }).ok).toBe(true)
  })
  test('WB-039: from stage 2 on no pool is filled and no new landscape planted', () => {
    const dry = bookWith({ 'WB-019': { stage: 2, indoor: 1, outdoor: 1 } })
    const pool = draft({
      kind: 'pool-fill',
      poolGallons: 9000,
      filledOn: today,
      evidence: seen(['pool-record', 1]),
    })
    expect(answers(pool, {}, dry).of('WB-039')).toMatchObject([{ answer: 'refused' }])
    expect(answers(pool).ok).toBe(true)
  })
  test('WB-042: a firm’s budget counts no people', () => {
    const account = { isOpen: true, openedOn: today, isBusiness: true }
    const of = draft({ kind: 'household', persons: 30, evidence: seen(['residency-proof', 30]) })
    expect(answers(of, { account }).of('WB-042')).toMatchObject([{ answer: 'refused' }])
  })
  test('a rate without a budget refuses what would change no bill', () => {
    const of = draft({ kind: 'medical', gallonsPerDay: 40, evidence: seen(['doctor-note', 1]) })
    expect(answers(of, { takes: new Set() }).ok).toBe(false)
  })
  test('WB-036: within the days of notice it is a renewal, before it only takes the other’s place', () => {
    const of = draft({ kind: 'medical', gallonsPerDay: 40, evidence: seen(['doctor-note', 1]) })
    expect(answers(of, { activeUntil: addDays(today, 45) }).of('WB-036')).toMatchObject([{ answer: 'met' }])
    expect(answers(of, { activeUntil: addDays(today, 46) }).of('WB-036')).toMatchObject([{ answer: 'note' }])
  })
  test('WB-021: a figure that is not told is named, and a figure of another kind does not slip in', () => {
    expect(missingFigures(draft({ kind: 'animals', count: 2 }))).toBe('Tell the weight of each animal.')
    const tidy = tidyDraft(draft({ kind: 'medical', gallonsPerDay: 40, persons: 9, irrigatedSqft: 5 }))
    expect(tidy).toEqual({ kind: 'medical', gallonsPerDay: 40, evidence: [] })
  })
})

const deciding = { decidedOn: today, requestedOn: today, irrigatedSqft: 2000, policy }

describe('what a decision gives', () => {
  test('WB-036: twelve months, then the default again', () => {
    const { grants } = outcomeOf(draft({ kind: 'household', persons: 5 }), deciding)
    expect(grants).toMatchObject([{ input: 'persons', amount: 5, fromOn: today, untilOn: '2027-11-23' }])
  })
  test('WB-030: 49 percent more gives no credit, 51 one month, two when the district was slow', () => {
    const credit = (irrigatedSqft: number, requestedOn: LocalDate = today) =>
      outcomeOf(draft({ kind: 'landscape', irrigatedSqft }), { ...deciding, requestedOn }).grants
    expect(credit(2980)).toEqual([])
    expect(credit(3020)).toMatchObject([{ input: 'courtesy-months', amount: 1 }])
    expect(credit(3020, addDays(today, -31))).toMatchObject([{ amount: 2 }])
  })
  test('WB-030: the courtesy never reaches beyond the fiscal year', () => {
    const decidedOn = localDate('2026-07-10')
    const { grants } = outcomeOf(draft({ kind: 'landscape', irrigatedSqft: 9000 }), {
      ...deciding,
      decidedOn,
      requestedOn: localDate('2026-05-01'),
    })
    expect(grants[0]!.fromOn).toBe('2026-07-01')
  })
  test('WB-031: six months at a quarter more', () => {
    const of = draft({ kind: 'new-landscape', plantedOn: localDate('2026-11-01') })
    expect(outcomeOf(of, deciding).grants).toMatchObject([
      { input: 'outdoor-factor', amount: 1.25, untilOn: '2027-05-23' },
    ])
  })
})

describe('whose word, and by when', () => {
  const limit = (value: bigint | null) => ({
    action: 'variance-persons',
    value,
    unit: 'count',
    citation: 'AUTH-015',
  })
  test('AUTH-015: an Assistant proposes, an Advisor decides eight people and not nine', () => {
    const of = (persons: number) => weightOf(draft({ kind: 'household', persons })).amount
    expect(withinAuthority(limit(0n), of(4))).toBe('propose')
    expect(withinAuthority(limit(8n), of(8))).toBe('alone')
    expect(withinAuthority(limit(8n), of(9))).toBe('propose')
    expect(aboveLevelText('assistant', 'advisor', draft({ kind: 'household', persons: 5 }))).toBe(
      'An Assistant may propose a household of 5, not decide it: an Advisor decides (AUTH-015). Propose it, and it waits in their queue.',
    )
  })
  test('WB-035: the desk is told after twenty days and late after thirty', () => {
    const clock = clockOf(localDate('2026-11-01'), policy)
    expect(clock).toEqual({ alertOn: '2026-11-21', dueOn: '2026-12-01' })
    const face = (on: string) => clockFace({ state: 'requested', ...clock }, localDate(on))
    expect([face('2026-11-20'), face('2026-11-21'), face('2026-12-01'), face('2026-12-02')]).toEqual([
      'in-time',
      'alert',
      'alert',
      'late',
    ])
  })
  test('winter use is a hint to ask and never more', () => {
    const winter = [{ days: 90, gallons: 90 * 120 }]
    expect(driftHint(8, winter)).toMatch(/15 for each of 8 people: little for so many\. Ask/)
    expect(driftHint(3, winter)).toMatch(/it fits/)
    expect(driftHint(3, [{ days: 20, gallons: 100 }])).toBeNull()
  })
})
