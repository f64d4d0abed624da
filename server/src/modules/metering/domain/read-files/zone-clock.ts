/**
 * Local stamps to instants and back, fast enough for a million stamps a second: the zone is asked once a day of the
 * calendar, and only the two days on which the clock changes are looked at hour by hour.
 */
import { damage } from './damage.ts'

/** All numbers are seconds. `wall` is what the wall shows, counted as if it were UTC. */
export type ZoneClock = {
  /** One instant; none when the clock skipped this time in spring; two when it came twice in autumn, earlier first. */
  instantsOf(wall: number): readonly number[]
  /** The instant of a wall time outside the days on which the clock changes, else null. */
  plainInstantOf(wall: number): number | null
  wallOf(instant: number): number
}

const day = 86_400
const clocks = new Map<string, ZoneClock>()

export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone)
  if (known) return known
  const made = makeClock(zone)
  clocks.set(zone, made)
  return made
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw damage(0, 'zone', `There is no time zone '${zone}'. Name one like America/Los_Angeles.`)
  }
}

function makeClock(zone: string): ZoneClock {
  const formatter = formatterOf(zone)
  /** Seconds by which the wall is ahead of UTC, by quarter hour: zones change on no finer step. */
  const byQuarter = new Map<number, number>()
  const offsetAt = (instant: number): number => {
    const quarter = Math.floor(instant / 900)
    const seen = byQuarter.get(quarter)
    if (seen !== undefined) return seen
    const parts: Record<string, number> = {}
    for (const { type, value } of formatter.formatToParts(quarter * 900_000)) parts[type] = Number(value)
    const wall = Date.UTC(
      parts.year!,
      parts.month! - 1,
      parts.day!,
      parts.hour!,
      parts.minute!,
      parts.second!,
    )
    const offset = wall / 1000 - quarter * 900
    if (byQuarter.size > 100_000) byQuarter.clear()
    byQuarter.set(quarter, offset)
    return offset
  }
  /** Offset of a whole wall day; NaN on a day near a change of the clock. */
  const byDay = new Map<number, number>()
  let lastDay = Number.NaN
  let lastOffset = Number.NaN
  const offsetOfDay = (dayNo: number): number => {
    const seen = byDay.get(dayNo)
    if (seen !== undefined) return seen
    const before = offsetAt((dayNo - 1) * day)
    const after = offsetAt((dayNo + 2) * day)
    const offset = before === after ? before : Number.NaN
    byDay.set(dayNo, offset)
    return offset
  }
  const plainInstantOf = (wall: number): number | null => {
    const dayNo = Math.floor(wall / day)
    if (dayNo !== lastDay) {
      lastOffset = offsetOfDay(dayNo)
      lastDay = dayNo
    }
    return Number.isNaN(lastOffset) ? null : wall - lastOffset
  }
  const instantsOf = (wall: number): readonly number[] => {
    const plain = plainInstantOf(wall)
    if (plain !== null) return [plain]
    const offsets = [offsetAt(wall - day), offsetAt(wall + day)]
    const fits = offsets.map(offset => wall - offset).filter(at => at + offsetAt(at) === wall)
    return [...new Set(fits)].sort((a, b) => a - b)
  }
  const wallOf = (instant: number): number => {
    const ofDay = offsetOfDay(Math.floor(instant / day))
    return instant + (Number.isNaN(ofDay) ? offsetAt(instant) : ofDay)
  }
  return { instantsOf, plainInstantOf, wallOf }
}

/**
 * A wall time that comes twice is told by the order of the file: it is the first one that lies after what came
 * before. `twice` when the order does not tell; `never` when the clock did not show this time.
 */
export function instantInOrder(
  clock: ZoneClock,
  wall: number,
  last: number | null,
): number | 'twice' | 'never' {
  const plain = clock.plainInstantOf(wall)
  if (plain !== null) return plain
  const [first, second] = clock.instantsOf(wall)
  if (first === undefined) return 'never'
  if (second === undefined) return first
  if (last === null || last < first - 2 * day) return 'twice'
  if (last < first) return first
  return last < second ? second : 'twice'
}

/** Is it the name of a zone, as in `America/Los_Angeles`? */
export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
