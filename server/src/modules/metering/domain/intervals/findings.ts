/** What the watch over hourly reads can say. */
export type HourFindingCode =
  | 'continuous-flow' // VEE-024 … VEE-029
  | 'night-flow' // VEE-032
  | 'night-toilet' // VEE-032: comes and goes, mostly while nobody uses water
  | 'burst' // VEE-034
  | 'spike' // VEE-017
  | 'stuck' // VEE-035
  | 'backward-flow' // VEE-036
  | 'channels-differ' // VEE-033
  | 'missing' // VEE-017
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

export type WatchedMeter = {
  readonly timeZone: string
  readonly gallonsPerStep: number
  readonly capacity: number | null
  readonly resolutionGallons: number
  readonly continuousFlowExpected: boolean // VEE-028
  readonly account: 'occupied' | 'vacant' | 'closed'
}

export type WatchLimits = {
  readonly leakHours: number // VEE-024
  readonly leakGallons: number // lowest flow that counts, an hour
  readonly resolutionGallons: number // VEE-029: the coarsest register that can show it
  readonly nightFrom: number // VEE-032, wall hours [from, to)
  readonly nightTo: number
  readonly nightSigmas: number
  readonly nightNights: number // nights in a row
  readonly nightHistory: number // nights of own history needed
  readonly burstGallons: number // VEE-034, an hour
  readonly burstHours: number
  readonly burstTimes: number // times the meter's own highest usual hour
  readonly spikeTimes: number // VEE-017
  readonly stuckHours: number // VEE-035
  readonly backwardGallons: number // VEE-036
  readonly missingHours: number // VEE-017
  readonly versions: ReadonlyMap<string, bigint>
}
