/** How much more it is, and whether it also runs in winter. */
import type { PeriodFacts, RankFacts } from '../facts.ts'
import { type Pattern, sameTimeLastYear } from '../pattern.ts'
import { gallons, type Sight } from './sight.ts'

/** How much more, in gallons a day, against what each cause usually takes (LEAK-008 … LEAK-022). */
export function sizeSight(pattern: Pattern): Sight | null {
  const excess = pattern.excessGallonsPerDay
  if (excess < 20) return null
  const persons = Math.max(1, Math.round(excess / 55))
  const says = `About ${gallons(excess)} a day more than expected.`
  const saysFor = {
    toilet: `${says} A running toilet loses about 200 (LEAK-008).`,
    guests: `${says} That is what ${persons} ${persons === 1 ? 'person uses' : 'people use'} (55 each).`,
    faucet: `${says} A dripping faucet loses 5 to 7 (LEAK-010).`,
  }
  if (excess <= 60)
    return {
      code: 'size',
      says,
      saysFor,
      under: {
        toilet: 1.3,
        faucet: 1.3,
        guests: 1.5,
        'water-softener': 1.5,
        'irrigation-leak': 0.8,
        theft: 0.6,
      },
    }
  if (excess <= 400)
    return {
      code: 'size',
      says,
      saysFor,
      under: {
        toilet: 1.7,
        guests: 1.1,
        household: 1.1,
        faucet: 0.35,
        'irrigation-leak': 1.1,
        'service-line': 1.1,
      },
    }
  if (excess <= 1_000)
    return {
      code: 'size',
      says,
      saysFor,
      under: {
        toilet: 0.6,
        'irrigation-leak': 1.7,
        'service-line': 1.7,
        faucet: 0.2,
        guests: 0.3,
        household: 0.3,
      },
    }
  return {
    code: 'size',
    says,
    saysFor,
    under: {
      toilet: 0.15,
      'irrigation-leak': 2.2,
      'service-line': 2.2,
      misread: 2,
      theft: 1.4,
      faucet: 0.1,
      guests: 0.1,
      household: 0.1,
      'water-softener': 0.3,
      'longer-cycle': 0.1,
    },
  }
}

/**
 * What is used more each month, over the months since it rose: a leak runs the same in every season, watering falls
 * with the ET.
 */
export function seasonSight({ periods }: RankFacts, { periodsUp }: Pattern): Sight | null {
  const months = periods.slice(0, periodsUp).flatMap(period => {
    const lastYear = sameTimeLastYear(periods, period)
    return lastYear && period.etInchesPerDay !== null
      ? [{ et: period.etInchesPerDay, more: period.gallonsPerDay - lastYear.gallonsPerDay }]
      : []
  })
  const byEt = months.toSorted((a, b) => a.et - b.et)
  const [coolest, hottest] = [byEt[0], byEt.at(-1)]
  if (!coolest || !hottest || months.length < 3 || hottest.et < coolest.et * 1.5) return null
  const figures = `${gallons(hottest.more)} a day more in the hottest month, ${gallons(coolest.more)} in the coolest`
  if (hottest.more >= coolest.more * 1.5) {
    const under = {
      'irrigation-season': 30,
      'new-landscape': 3,
      toilet: 0.12,
      'service-line': 0.12,
      faucet: 0.2,
      household: 0.2,
      guests: 0.3,
      'water-softener': 0.2,
      theft: 0.4,
    }
    return { code: 'season', says: `The rise follows the weather: ${figures}.`, under }
  }
  if (hottest.more > coolest.more * 1.3) return null
  const under = {
    'irrigation-season': 0.25,
    'irrigation-leak': 0.6,
    'new-landscape': 0.3,
    toilet: 1.3,
    'service-line': 1.3,
    household: 1.6,
  }
  return { code: 'season', says: `The rise is the same in every season: ${figures}.`, under }
}

/**
 * Winter use is nearly all indoors: when the lowest winter period rose against the winter before, something runs
 * all the time. The nearest thing to night flow where no hourly reads exist.
 */
export function baseFlowSight(facts: RankFacts): Sight | null {
  const lowest = (from: number, to: number): PeriodFacts | null =>
    facts.periods
      .slice(from, to)
      .filter(period => ['12', '01', '02'].includes(period.fromOn.slice(5, 7)))
      .reduce<PeriodFacts | null>((low, p) => (!low || p.gallonsPerDay < low.gallonsPerDay ? p : low), null)
  const recent = lowest(0, 6)
  const earlier = lowest(10, 20)
  if (!recent || !earlier || earlier.gallonsPerDay <= 0) return null
  const rise = recent.gallonsPerDay - earlier.gallonsPerDay
  const figures = `${gallons(recent.gallonsPerDay)} a day, the winter before ${gallons(earlier.gallonsPerDay)}`
  if (rise >= 25) {
    const under = { toilet: 1.7, 'service-line': 1.8, faucet: 1.4, household: 1.5, 'irrigation-season': 0.6 }
    return { code: 'base-flow', says: `Even the lowest winter use is up: ${figures}.`, under }
  }
  return {
    code: 'base-flow',
    says: `The lowest winter use is unchanged: ${figures}.`,
    under: { toilet: 0.8, 'service-line': 0.6, household: 0.7 },
  }
}
