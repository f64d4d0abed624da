/**
 * Hours of a file, gathered into days and written as sets. A file may be in the order of meters or of time, so as many
 * days stay open as fit; what is written early and comes again is laid over what stands.
 */
import { dayNumber, fromDayNumber } from '@curbstop/kernel/dates'
import type { MeterId } from '@curbstop/kernel/ids'
import { emptyDay, mark, putHour, rescale, stepsOf } from '../../domain/intervals/day-hours.ts'
import { type LocalDays, localDays } from '../../domain/intervals/local-days.ts'
import { phaseOf, slotLength, slotOf, slotsOf } from '../../domain/loading/slot.ts'
import { addProblem, count } from '../../domain/loading/tally.ts'
import type { IntervalRead, Quality } from '../../domain/read-files/index.ts'
import type { RegisterUnit } from '../../domain/registers.ts'
import { type HungMeter, listMetersBySerial } from '../../store/places.ts'
import { addWatchDue } from '../../store/watch.ts'
import type { Load } from './batch.ts'
import { type Refuse, type Series, writeDays } from './hours-write.ts'
import { oneBehind } from './one-behind.ts'

/** Days held open; a day is some 400 bytes. */
const openDays = 20_000
/** Meters without a record that are remembered; beyond them each is asked for again. */
const mostNamed = 100_000

export type Hours = {
  take(reads: readonly IntervalRead[]): Promise<void>
  /** Writes what is still open; answers the meters that were heard. */
  finish(): Promise<ReadonlySet<MeterId>>
}

type Taking = {
  readonly load: Load
  readonly days: LocalDays
  readonly series: Map<string, Series>
  readonly no: Refuse
  readonly today: number
}

export function hoursOf(load: Load): Hours {
  const meters = new Map<string, HungMeter>()
  const series = new Map<string, Series>()
  const touched = new Set<MeterId>()
  const named = new Set<string>()
  const no: Refuse = ({ line, meter }, field, message) => {
    if (named.has(`${meter}|${field}`)) load.tally.refused += 1
    else addProblem(load.tally, { line, field, message })
    if (named.size < mostNamed) named.add(`${meter}|${field}`)
  }
  const taking = { load, series, no, days: localDays(load.ctx.timeZone), today: dayNumber(load.ctx.today) }
  let open = 0

  const behind = oneBehind()
  const flush = async () => {
    const full = [...series.values()].filter(one => one.days.size > 0).map(one => ({ ...one }))
    for (const one of series.values()) one.days = new Map()
    open = 0
    await behind.begin(() => writeDays(load, full, no))
  }
  return {
    async take(reads) {
      await findMeters(load, { meters, named }, reads)
      for (const read of reads) {
        const meter = meters.get(read.meter)
        if (!meter) {
          no(read, 'meter', unknownMeter(read.meter))
          continue
        }
        touched.add(meter.meterId)
        open += takeHour(taking, read, meter)
      }
      if (open > openDays) await flush()
    },
    async finish() {
      await flush()
      await behind.end()
      if (touched.size > 0) await addWatchDue(load.ctx.tx, [...touched])
      return touched
    },
  }
}

const unknownMeter = (meter: string) =>
  `Meter ${meter} is not on record. Put it on record or correct its number in the file.`

async function findMeters(
  { ctx }: Load,
  { meters, named }: { readonly meters: Map<string, HungMeter>; readonly named: ReadonlySet<string> },
  reads: readonly IntervalRead[],
): Promise<void> {
  const unknown = new Set<string>()
  for (const { meter } of reads) if (!meters.has(meter) && !named.has(`${meter}|meter`)) unknown.add(meter)
  if (unknown.size === 0) return
  for (const meter of await listMetersBySerial(ctx.tx, [...unknown])) meters.set(meter.serial, meter)
}

const units: Readonly<Record<string, RegisterUnit>> = {
  gal: 'gal',
  cf: 'cf',
  ccf: 'ccf',
  l: 'l',
  kl: 'kl',
  m3: 'kl',
}

/** The channel of a meter in this file, or a sentence when the read is not of its kind. */
function seriesOf(
  all: Map<string, Series>,
  read: IntervalRead,
  meter: HungMeter,
): Series | { readonly field: string; readonly message: string } {
  const unit = units[read.unit]
  if (!unit) return { field: 'unit', message: `'${read.unit}' is not a unit in which hours are kept.` }
  const channel = read.channel === 'interval' ? 'use' : 'register'
  const own = channel === 'use' ? read.seconds : (read.every ?? 3600)
  const seconds = slotLength(own) ?? (channel === 'register' ? 3600 : null)
  if (seconds === null) {
    const message = `Meter ${read.meter}: an interval of ${own} seconds is not kept; an hour, its parts and a day are.`
    return { field: 'interval', message }
  }
  const key = `${meter.meterId}${channel}`
  const found = all.get(key)
  if (!found) {
    const series = { meter, channel, unit, seconds, phase: null, days: new Map() } as const
    all.set(key, series)
    return series
  }
  if (found.unit !== unit) {
    const message = `Meter ${read.meter} comes in ${found.unit} and in ${unit}: one of them is wrong.`
    return { field: 'unit', message }
  }
  if (found.seconds !== seconds && channel === 'use') {
    const message = `Meter ${read.meter} sends intervals of ${found.seconds} seconds; this one has ${own}.`
    return { field: 'interval', message }
  }
  return found
}

const codes = {
  measured: mark.measured,
  adjusted: mark.adjusted,
  estimated: mark.estimated,
} satisfies Record<Quality, number>

/** Answers 1 when it opened a day. */
function takeHour(
  { load, no, series: all, days, today }: Taking,
  read: IntervalRead,
  meter: HungMeter,
): number {
  const { tally } = load
  if (read.flow === 'reverse') {
    count(tally.skipped, 'reverse-flow')
    return 0
  }
  const series = seriesOf(all, read, meter)
  if ('message' in series) {
    no(read, series.field, series.message)
    return 0
  }
  const parsed = stepsOf(read.value)
  if (!parsed) {
    const { line } = read
    addProblem(tally, { line, field: 'value', message: `'${read.value}' is no volume of an hour.` })
    return 0
  }
  const { seconds } = series
  const isUse = series.channel === 'use'
  const startsAt = isUse ? read.startsAt : read.endsAt - seconds
  if (isUse) series.phase ??= phaseOf(startsAt, seconds, days)
  const phase = series.phase ?? phaseOf(startsAt, seconds, days)
  const { day: local, slot, fits } = slotOf(startsAt, { seconds, phase }, days)
  const standing = standingOf(meter, local.day, today)
  if (standing !== null) {
    no(read, 'date', `Meter ${read.meter} ${standing}`)
    return 0
  }
  if (isUse && !fits) {
    const message = `Meter ${read.meter}: an interval lies across those of ${seconds} seconds before it, and was left out.`
    no(read, 'time', message)
    return 0
  }
  let day = series.days.get(local.day)
  const opened = day === undefined ? 1 : 0
  if (!day) {
    day = emptyDay(local.day, slotsOf(local, seconds), parsed.scale)
    series.days.set(local.day, day)
  }
  if (parsed.scale > day.scale) rescale(day, parsed.scale)
  const value = parsed.scale === day.scale ? parsed.steps : parsed.steps * 10 ** (day.scale - parsed.scale)
  const put = putHour(day, slot, value, codes[read.quality])
  if (put === 'added') tally.intervals += 1
  else if (put === 'replaced') tally.replaced += 1
  else tally.repeated += 1
  return opened
}

/** Why no hour of this day can be the meter's; null when it can. */
function standingOf({ firstDay, lastDay }: HungMeter, day: number, today: number): string | null {
  if (day > today) return `sends hours of ${fromDayNumber(day)}, which lies in the future.`
  if (firstDay === null) return 'hangs nowhere: it was never installed.'
  if (day < firstDay) return `sends hours of ${fromDayNumber(day)}, before it was hung.`
  return lastDay !== null && day > lastDay ? `was taken out before ${fromDayNumber(day)}.` : null
}
