/** The limits of the watch over hourly reads, from the dated rules in force (VEE-017, VEE-024 … VEE-036). */
import { type RuleBook, ruleOf } from '../../../policy/domain.ts'

export type WatchLimits = {
  readonly leakHours: number // VEE-024
  readonly leakGallons: number // lowest flow that counts, an hour
  readonly resolutionGallons: number // VEE-029: the coarsest register that can show it
  readonly nightFrom: number // VEE-032, wall hours [from, to)
  readonly nightTo: number
  readonly nightSigmas: number
  readonly nightNights: number // in a row
  readonly nightHistory: number // nights of the meter's own that are needed
  readonly burstGallons: number // VEE-034, an hour
  readonly burstHours: number
  readonly burstTimes: number // times the meter's own usual high hour
  readonly spikeTimes: number // VEE-017
  readonly missingHours: number // VEE-017
  readonly channelSteps: number // VEE-033
  readonly stuckHours: number // VEE-035
  readonly stuckTimes: number // times the longest rest before
  readonly backwardGallons: number // VEE-036
  /** The version of each rule used, for whoever keeps the decision. */
  readonly versions: ReadonlyMap<string, bigint>
}

const codes = [
  'VEE-017',
  'VEE-024',
  'VEE-029',
  'VEE-032',
  'VEE-033',
  'VEE-034',
  'VEE-035',
  'VEE-036',
] as const
export const watchRuleCodes: readonly string[] = codes

export function watchLimitsOf(book: RuleBook): WatchLimits {
  const number = (code: (typeof codes)[number], key?: string): number => {
    const { value } = ruleOf(book, code)
    const found = key === undefined ? value : (value as Readonly<Record<string, unknown>> | null)?.[key]
    if (typeof found !== 'number') throw new Error(`policy ${code} has no number '${key ?? 'value'}'`)
    return found
  }
  return {
    leakHours: number('VEE-024', 'hours'),
    leakGallons: number('VEE-024', 'gallons'),
    resolutionGallons: number('VEE-029'),
    nightFrom: number('VEE-032', 'from'),
    nightTo: number('VEE-032', 'to'),
    nightSigmas: number('VEE-032', 'sigmas'),
    nightNights: number('VEE-032', 'nights'),
    nightHistory: number('VEE-032', 'history'),
    burstGallons: number('VEE-034', 'gallons'),
    burstHours: number('VEE-034', 'hours'),
    burstTimes: number('VEE-034', 'times'),
    spikeTimes: number('VEE-017', 'spikeTimes'),
    missingHours: number('VEE-017', 'missingHours'),
    channelSteps: number('VEE-033', 'steps'),
    stuckHours: number('VEE-035', 'hours'),
    stuckTimes: number('VEE-035', 'times'),
    backwardGallons: number('VEE-036'),
    versions: new Map(codes.map(code => [code, ruleOf(book, code).ruleId])),
  }
}
