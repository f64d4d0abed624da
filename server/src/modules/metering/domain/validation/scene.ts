/** A read beside everything it is judged by, computed once; the rules only look. */
import { type UseBand, usualUse } from './band.ts'
import type { ValidationLimits } from './limits.ts'
import { gallonsPerDialUnit, type LastValue, lastValueOf, type NewRead, type ReadProfile } from './profile.ts'

export type Scene = {
  readonly read: NewRead
  readonly profile: ReadProfile
  readonly limits: ValidationLimits
  readonly last: LastValue
  readonly days: number
  /** Gallons of one step of the dial. */
  readonly step: number
  readonly capacity: number
  readonly passedZero: boolean
  /** Use since the last read, over an exchange too; negative when the read is below the last one. */
  readonly gallons: number
  /** The stretch that is judged: since the last value that somebody saw, so that an estimate hides nothing. */
  readonly judgedDays: number
  readonly judgedGallons: number
  readonly band: UseBand | null
}

export function sceneOf(read: NewRead, profile: ReadProfile, limits: ValidationLimits): Scene {
  const last = lastValueOf(profile)
  const { register, carried } = profile
  const step = gallonsPerDialUnit(register)
  const capacity = 10 ** register.dials
  const carriedGallons = carried ? carried.gallons : 0
  const fromDay = carried ? carried.fromDay : last.day
  const seen = seenBefore(read, profile, last)
  const band = usualUse(
    profile,
    { fromDay: Math.min(seen.day, fromDay), toDay: read.day, resolution: step * 10 ** profile.droppedDigits },
    limits,
  )
  const days = read.day - fromDay
  const turned =
    read.value < last.value && turnIsBelievable(read, last, { step, capacity, days, band }, limits)
  const turn = turned ? capacity : 0
  const gallons = (read.value + turn - last.value) * step + carriedGallons
  const seenTurn = turned || seen.value > last.value ? capacity : 0
  const isSeen = seen !== last
  return {
    read,
    profile,
    limits,
    last,
    days,
    step,
    capacity,
    passedZero: turned,
    gallons,
    judgedDays: isSeen ? read.day - seen.day : days,
    judgedGallons: isSeen ? (read.value + seenTurn - seen.value) * step : gallons,
    band,
  }
}

/** An estimate is no measure of anything: what is judged begins with the value before it. */
function seenBefore(read: NewRead, { lastActual, carried }: ReadProfile, last: LastValue): LastValue {
  const useful = last.kind === 'estimated' && lastActual !== null && lastActual.day < last.day && !carried
  return useful && read.day > last.day ? lastActual : last
}

type Turn = {
  readonly step: number
  readonly capacity: number
  readonly days: number
  readonly band: UseBand | null
}

/** VEE-008: at most so many times the expected use, or inside what is usual. */
function turnIsBelievable(
  read: NewRead,
  last: LastValue,
  { step, capacity, days, band }: Turn,
  { rolloverFactor }: ValidationLimits,
): boolean {
  if (!band || days <= 0) return false
  const gallons = (read.value + capacity - last.value) * step
  return gallons <= Math.max(band.expected * rolloverFactor, band.high) * days
}
