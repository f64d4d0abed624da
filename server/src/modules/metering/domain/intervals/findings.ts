/** What the watch over hourly reads can say. */
import type { MeterScale } from './hours.ts'

export type HourFindingCode =
  | 'continuous-flow' // VEE-024 … VEE-029
  | 'night-flow' // VEE-032
  | 'night-toilet' // VEE-032: comes and goes, mostly while nobody uses water
  | 'burst' // VEE-034
  | 'spike' // VEE-017
  | 'stuck' // VEE-035
  | 'backward-flow' // VEE-036
  | 'channels-differ' // VEE-033
  | 'missing' // VEE-017: hours that were never heard
  | 'vacant-use' // VEE-016

export type HourFinding = {
  readonly code: HourFindingCode
  readonly rule: string
  /** Ends of the first and the last hour it rests on, epoch hours (epoch seconds / 3600). */
  readonly fromHour: number
  readonly toHour: number
  /** The first hour after which it could be said: what the customer waited. */
  readonly foundHour: number
  /** The hour that ended it; null while it lasts. */
  readonly clearedHour: number | null
  /** Lowest hour for a leak (VEE-025), highest for a burst. */
  readonly gallonsPerHour: number | null
  /** Water it stands for so far. */
  readonly gallons: number
  readonly facts: Readonly<Record<string, number | string | null>>
}

export type WatchedMeter = MeterScale & {
  /** The smallest flow the meter can show, in gallons (VEE-029). */
  readonly resolutionGallons: number
  readonly continuousFlowExpected: boolean // VEE-028
  readonly account: 'occupied' | 'vacant' | 'closed'
  readonly service: 'potable' | 'irrigation' | 'fire'
}
