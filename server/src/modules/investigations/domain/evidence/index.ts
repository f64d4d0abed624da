/** Everything seen on an account, as sights for the ranking. */

import type { RankFacts } from '../facts.ts'
import type { Pattern } from '../pattern.ts'
import { baseFlowSight, seasonSight, sizeSight } from './amount.ts'
import * as records from './records.ts'
import type { Sight } from './sight.ts'
import * as use from './use.ts'

export type { Sight } from './sight.ts'

/** Of use that fell: what the records say; the sights of use are about a rise. */
export function gatherLowSights(facts: RankFacts): Sight[] {
  const sights = [records.estimateSight(facts), records.meterSight(facts), records.neighbourSight(facts)]
  return sights.filter(sight => sight !== null).map(sight => ({ ...sight, isRecord: true }))
}

export function gatherSights(facts: RankFacts, pattern: Pattern): Sight[] {
  const fromUse = [
    use.shapeSight(facts, pattern),
    use.lastYearSight(facts, pattern),
    use.peerSight(facts, pattern),
    use.weatherSight(facts, pattern),
    use.outdoorSight(facts),
    sizeSight(pattern),
    baseFlowSight(facts),
    seasonSight(facts, pattern),
  ]
  const fromRecords = [
    records.estimateSight(facts),
    records.readSight(facts, pattern),
    records.meterSight(facts),
    records.rolloverSight(facts),
    records.zeroSight(facts),
    records.neighbourSight(facts),
    records.householdSight(facts, pattern),
    records.occupantSight(facts),
    records.poolSight(facts, pattern),
    records.daysSight(facts),
    records.ratesSight(facts),
    records.rainSight(facts, pattern),
  ]
  return [
    ...fromUse.filter(sight => sight !== null),
    ...fromRecords.filter(sight => sight !== null).map(sight => ({ ...sight, isRecord: true })),
  ]
}
