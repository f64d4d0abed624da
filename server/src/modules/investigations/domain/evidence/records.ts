/** What the records show: reads, meters, people, days, rates. */
import type { RankFacts } from '../facts.ts'
import type { Pattern } from '../pattern.ts'
import { day, gallons, percent, type Sight } from './sight.ts'

export function estimateSight(facts: RankFacts): Sight | null {
  const [now, before, third] = facts.periods
  if (!now) return null
  if (now.readKind === 'estimated') {
    const under = { misread: 2.5, toilet: 0.6, 'service-line': 0.6, 'catch-up': 0.5 }
    return { code: 'estimate', says: 'This bill itself is estimated.', under }
  }
  if (before?.readKind === 'estimated') {
    const says = `The period from ${day(before.fromOn)} was estimated; this read makes up for it.`
    return { code: 'estimate', says, under: { 'catch-up': 8, misread: 0.6 } }
  }
  if (!before || third?.readKind === 'estimated') return null
  return { code: 'estimate', says: 'The last reads are actual, not estimated.', under: { 'catch-up': 0.03 } }
}

export function readSight(facts: RankFacts, pattern: Pattern): Sight | null {
  const { reads } = facts
  if (reads.isConfirmed) {
    const under = { misread: 0.04, 'meter-exchange': 0.7 }
    return { code: 'read', says: 'A second read agrees with the billed one.', under }
  }
  if (pattern.periodsUp >= 2) {
    const says = `${pattern.periodsUp} reads in a row show it; a wrong read would have come back down.`
    return { code: 'read', says, under: { misread: 0.1 } }
  }
  if (reads.exchangedDigits !== null) {
    const { written, meant } = reads.exchangedDigits
    const says = `The read is ${written}; with two digits exchanged, ${meant}, the use would be usual.`
    return { code: 'read', says, under: { misread: 14 } }
  }
  if (reads.digitSlipUnits !== null) {
    const says = `The excess is close to ${reads.digitSlipUnits} units, what one wrong digit makes.`
    return { code: 'read', says, under: { misread: 6 } }
  }
  return null
}

export function meterSight(facts: RankFacts): Sight {
  const { reads } = facts
  if (reads.hasExchange) {
    const under = { 'meter-exchange': 12, 'swapped-meter': 1.5 }
    return { code: 'meter', says: 'The meter was exchanged in this period.', under }
  }
  const under = { 'meter-exchange': 0.03 }
  return { code: 'meter', says: 'No meter was exchanged in this period.', under }
}

export function rolloverSight({ reads }: RankFacts): Sight | null {
  if (!reads.hasRollover) return null
  const says = 'The register went over its top in this period (VEE-008).'
  return { code: 'rollover', says, under: { misread: 3 } }
}

export function zeroSight({ reads }: RankFacts): Sight | null {
  if (!reads.hadZeroBefore) return null
  const says = 'Earlier periods showed no use: the meter may have been stuck or not read.'
  return { code: 'zero-before', says, under: { 'catch-up': 2.5, 'meter-exchange': 2, misread: 1.5 } }
}

export function neighbourSight({ mirroredNeighbour }: RankFacts): Sight | null {
  if (!mirroredNeighbour) return null
  const says = `At ${mirroredNeighbour} use changed the other way by the same amount in the same period.`
  return { code: 'neighbour', says, under: { 'swapped-meter': 400, misread: 2 } }
}

export function householdSight(facts: RankFacts, pattern: Pattern): Sight | null {
  const { personsBefore: before, personsNow: billed, personsNoted: noted } = facts
  if (before === null || billed === null) return null
  const now = noted !== null && noted > billed ? noted : billed
  if (now === before) {
    const says = `${now} people on record, as before.`
    return { code: 'household', says, under: { household: 0.6 } }
  }
  if (now < before) {
    const says = `Fewer people on record (${before} → ${now}).`
    return { code: 'household', says, under: { household: 0.2, 'rate-or-budget': 1.8 } }
  }
  const explained = (now - before) * 55
  const of = pattern.excessGallonsPerDay > 0 ? ` of ${gallons(pattern.excessGallonsPerDay)}` : ''
  const says = `${before} → ${now} people on record: explains about ${explained}${of} a day.`
  const fits = explained >= pattern.excessGallonsPerDay * 0.6
  return { code: 'household', says, under: { household: fits ? 18 : 2.5 } }
}

export function occupantSight(facts: RankFacts): Sight | null {
  const now = facts.periods[0]
  if (!now || !facts.occupantSince) return null
  const days = (Date.parse(now.toOn) - Date.parse(facts.occupantSince)) / 86_400_000
  if (days > 400) return null
  const says = `This customer is here only since ${day(facts.occupantSince)}; earlier use was somebody else’s.`
  const under = {
    household: 2.5,
    'irrigation-season': 1.4,
    'new-landscape': 1.8,
    toilet: 0.8,
    'service-line': 0.8,
  }
  return { code: 'occupant', says, under }
}

const poolGallons = { least: 10_000, most: 35_000 }

/** A pool is filled once: thousands of gallons in one period, and nothing before it. */
export function poolSight(facts: RankFacts, pattern: Pattern): Sight {
  if (!facts.hasPool) return { code: 'pool', says: 'No pool is on record.', under: { pool: 0.3 } }
  const more = pattern.excessGallonsPerDay * (facts.periods[0]?.days ?? 0)
  const isFill = pattern.shape === 'spike' && more >= poolGallons.least && more <= poolGallons.most
  if (!isFill) return { code: 'pool', says: 'There is a pool on record.', under: { pool: 1.6 } }
  const says = `About ${gallons(more)} more in this one period, and a pool on record: what a pool holds.`
  return { code: 'pool', says, under: { pool: 12 } }
}

/** A period is long when it is so against the one it is compared with. */
export function daysSight(facts: RankFacts): Sight | null {
  const [now, before] = facts.periods
  if (!now || !before) return null
  const more = now.days - before.days
  const share =
    facts.change && facts.change.total > 0n ? shareOf(facts.change.days, facts.change.total) : null
  if (more < 3) {
    const says = `${now.days} days, the last period ${before.days}.`
    return { code: 'days', says, under: { 'longer-cycle': 0.03 } }
  }
  const part = share === null ? '' : `, ${percent(share)} of the change`
  const says = `${more} days more than the last period${part}.`
  return { code: 'days', says, under: { 'longer-cycle': share !== null && share >= 0.5 ? 20 : 1.5 } }
}

export function ratesSight({ change }: RankFacts): Sight | null {
  if (!change || change.total <= 0n) return null
  const share = shareOf(change.ratesAndBudget, change.total)
  if (share >= 0.5) {
    const says = `${percent(share)} of the change in dollars comes from rates or budget.`
    return { code: 'rates', says, under: { 'rate-or-budget': 15 } }
  }
  if (share >= 0.15) {
    const says = `${percent(share)} of the change in dollars comes from rates or budget.`
    return { code: 'rates', says, under: { 'rate-or-budget': 1.5 } }
  }
  const says = 'Rates and budget explain next to nothing of the change.'
  return { code: 'rates', says, under: { 'rate-or-budget': 0.04 } }
}

/** Watering that goes on in the rain is a timer nobody looks at, or water that never reaches a plant. */
export function rainSight(facts: RankFacts, pattern: Pattern): Sight | null {
  const { rainInches, rainInchesLastYear } = facts
  if (rainInches === null || rainInches < 1 || facts.irrigatedSqft <= 0) return null
  if (pattern.excessGallonsPerDay < 20 || (rainInchesLastYear ?? 0) >= rainInches) return null
  const says = `Use did not fall although it rained ${rainInches.toFixed(1)} inches.`
  return { code: 'rain', says, under: { 'irrigation-season': 0.8, 'irrigation-leak': 1.5, toilet: 1.3 } }
}

const shareOf = (part: bigint, total: bigint): number => Number(part) / Number(total)
