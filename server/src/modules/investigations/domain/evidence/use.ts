/** What the account's own use and its peers show. */
import type { PeriodFacts, RankFacts } from '../facts.ts'
import type { Pattern } from '../pattern.ts'
import { day, gallons, percent, type Sight } from './sight.ts'

const shapes: Readonly<Record<Pattern['shape'], Sight['under']>> = {
  step: {
    toilet: 3,
    'service-line': 2.5,
    'irrigation-leak': 1.8,
    faucet: 1.5,
    household: 2,
    theft: 2,
    'water-softener': 2,
    'swapped-meter': 2,
    'meter-exchange': 1.3,
    guests: 0.5,
    'irrigation-season': 0.6,
    'longer-cycle': 0.2,
    'catch-up': 0.2,
    misread: 0.15,
    pool: 0.7,
  },
  spike: { guests: 1.6, pool: 1.8, misread: 1.6, faucet: 1.2, 'new-landscape': 1.2, household: 0.9 },
  seasonal: {
    'irrigation-season': 4,
    'new-landscape': 1.2,
    pool: 1.6,
    toilet: 0.35,
    'service-line': 0.35,
    'irrigation-leak': 0.7,
    guests: 0.6,
    household: 0.5,
    misread: 0.3,
    theft: 0.4,
    'swapped-meter': 0.3,
    faucet: 0.4,
  },
  creep: {
    'service-line': 2.2,
    'irrigation-leak': 1.8,
    faucet: 1.6,
    toilet: 1.2,
    'new-landscape': 1.4,
    misread: 0.15,
    guests: 0.5,
    pool: 0.6,
    'swapped-meter': 0.2,
    'meter-exchange': 0.3,
  },
  'catch-up': {
    'catch-up': 8,
    misread: 1.5,
    toilet: 0.5,
    'irrigation-season': 0.6,
    'service-line': 0.5,
    guests: 0.5,
  },
  steady: {
    'rate-or-budget': 4,
    'longer-cycle': 2.5,
    toilet: 0.4,
    'service-line': 0.4,
    'irrigation-leak': 0.4,
  },
  zero: {},
}

export function shapeSight(facts: RankFacts, pattern: Pattern): Sight | null {
  const now = facts.periods[0]
  if (!now || pattern.shape === 'zero') return null
  const since = pattern.steppedUpOn ? day(pattern.steppedUpOn) : day(now.fromOn)
  const sentences: Readonly<Record<Pattern['shape'], string>> = {
    step: `Use stepped up in the period from ${since} and has stayed up for ${pattern.periodsUp} periods.`,
    spike: `Use is up in this period only (from ${since}); the period before was usual.`,
    seasonal: 'Use rises now as it did last year.',
    creep: 'Use has crept up over four periods, each a little above the last.',
    'catch-up': 'The period before was estimated, and this one is read.',
    steady: 'Use per day is about what it was.',
    zero: '',
  }
  return { code: 'shape', says: sentences[pattern.shape], under: shapes[pattern.shape] }
}

export function lastYearSight(facts: RankFacts, { lastYear }: Pattern): Sight | null {
  const now = facts.periods[0]
  if (!now || !lastYear || lastYear.gallonsPerDay <= 0) return null
  const change = now.gallonsPerDay / lastYear.gallonsPerDay - 1
  const figures = `${gallons(now.gallonsPerDay)} a day against ${gallons(lastYear.gallonsPerDay)} in the same weeks last year`
  if (Math.abs(change) <= 0.15) {
    const under = {
      'irrigation-season': 2.5,
      'rate-or-budget': 2,
      'longer-cycle': 1.5,
      toilet: 0.3,
      'service-line': 0.3,
      'irrigation-leak': 0.4,
      misread: 0.3,
      household: 0.4,
      guests: 0.5,
      theft: 0.3,
      'swapped-meter': 0.2,
    }
    return { code: 'last-year', says: `About the same as last year: ${figures}.`, under }
  }
  if (change < 0.3) return null
  const under = {
    toilet: 1.6,
    'service-line': 1.6,
    'irrigation-leak': 1.5,
    'irrigation-season': 0.6,
    misread: 1.3,
    guests: 1.2,
    household: 1.4,
    'rate-or-budget': 0.2,
    'longer-cycle': 0.3,
  }
  return { code: 'last-year', says: `${percent(change)} above last year: ${figures}.`, under }
}

/** Against the last period where use rose in it, else against last year: a step stays up and must still be seen. */
export function peerSight(facts: RankFacts, { lastYear }: Pattern): Sight | null {
  const { peers, periods } = facts
  const [now, before] = periods
  if (!peers || !now) return null
  const rise = (than: PeriodFacts | null | undefined) =>
    than && than.gallonsPerDay > 0 ? now.gallonsPerDay / than.gallonsPerDay - 1 : 0
  const isNew = rise(before) > 0.1
  const own = isNew ? rise(before) : rise(lastYear)
  const moved = isNew ? peers.changeFromLast : peers.changeFromLastYear
  if (own <= 0.1 || moved === null) return null
  const verb = Math.abs(moved) < 0.03 ? 'did not change' : `${moved > 0 ? 'rose' : 'fell'} ${percent(moved)}`
  const than = isNew ? 'the last period' : 'last year'
  const says = `This account rose ${percent(own)} against ${than}; ${peers.accounts} like it ${verb}.`
  if (moved > own * 0.6) {
    const under = {
      'irrigation-season': 3,
      pool: 1.3,
      toilet: 0.4,
      'service-line': 0.4,
      'irrigation-leak': 0.5,
      guests: 0.5,
      household: 0.5,
      misread: 0.4,
      'swapped-meter': 0.3,
      theft: 0.5,
    }
    return { code: 'peers', says, under }
  }
  if (moved > own * 0.3) return null
  const under = {
    toilet: 1.8,
    'service-line': 1.8,
    'irrigation-leak': 1.6,
    guests: 1.4,
    household: 1.4,
    misread: 1.4,
    faucet: 1.5,
    'water-softener': 1.5,
    'irrigation-season': moved < 0 ? 0.35 : 0.5,
    'rate-or-budget': 0.6,
  }
  return { code: 'peers', says, under }
}

export function weatherSight(facts: RankFacts, pattern: Pattern): Sight | null {
  const [now, before] = facts.periods
  if (!now || facts.irrigatedSqft <= 0 || now.etInchesPerDay === null) return null
  const compared = pattern.baseline?.how === 'last-year' ? pattern.lastYear : before
  if (!compared || compared.etInchesPerDay === null || compared.etInchesPerDay <= 0) return null
  const change = now.etInchesPerDay / compared.etInchesPerDay - 1
  const than = compared === before ? 'in the last period' : 'last year'
  const figures = `ET ${now.etInchesPerDay.toFixed(2)} inches a day, ${compared.etInchesPerDay.toFixed(2)} ${than}`
  if (pattern.excessGallonsPerDay < 20) return null
  if (change < 0.05) {
    const under = {
      'irrigation-season': 0.45,
      toilet: 1.4,
      'service-line': 1.4,
      'irrigation-leak': 1.2,
      'rate-or-budget': 0.9,
    }
    return { code: 'weather', says: `The weather does not explain it: ${figures}.`, under }
  }
  if (change < 0.15) return null
  const says = `Drier and warmer: ${figures}.`
  return {
    code: 'weather',
    says,
    under: { 'irrigation-season': 1.9, pool: 1.3, toilet: 0.7, 'service-line': 0.7 },
  }
}

export function outdoorSight(facts: RankFacts): Sight {
  const et = facts.periods[0]?.etInchesPerDay ?? null
  if (facts.irrigatedSqft <= 0) {
    const under = { 'irrigation-season': 0.04, 'irrigation-leak': 0.06, 'new-landscape': 0.1 }
    return { code: 'outdoor', says: 'No irrigated area is on record.', under }
  }
  const area = `${facts.irrigatedSqft.toLocaleString('en-US')} sq ft are irrigated`
  if (et !== null && et < 0.08) {
    const under = {
      'irrigation-season': 0.3,
      'new-landscape': 0.5,
      pool: 0.5,
      toilet: 1.3,
      'service-line': 1.3,
    }
    return { code: 'outdoor', says: `${area}, but it is the season of little watering.`, under }
  }
  const share = facts.irrigatedSqft >= 1_500 ? 1.5 : 1
  return {
    code: 'outdoor',
    says: `${area}.`,
    under: { 'irrigation-season': share, 'irrigation-leak': share },
  }
}
