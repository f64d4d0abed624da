/**
 * Hours of a file, gathered into days and written as sets. A file may be in the order of meters or of time, so as many
 * days stay open as fit; what is written early and comes again is laid over what stands.
 */
import { fromDayNumber } from '@curbstop/kernel/dates'
import type { MeterId } from '@curbstop/kernel/ids'
import {
  type DayHours,
  dayOf,
  emptyDay,
  mark,
  marksText,
  mergeDay,
  putHour,
  rescale,
  rollUp,
  stepsOf,
  valuesText,
} from '../../domain/intervals/day-hours.ts'
import { type LocalDays, localDays } from '../../domain/intervals/local-days.ts'
import { addProblem, count } from '../../domain/loading/tally.ts'
import type { IntervalRead, Quality } from '../../domain/read-files/index.ts'
import type { RegisterUnit } from '../../domain/registers.ts'
import * as store from '../../store/interval-days.ts'
import { listMetersBySerial } from '../../store/places.ts'
import { addWatchDue } from '../../store/watch.ts'
import type { Load } from './batch.ts'

/** Days held open; a day is some 400 bytes. */
const openDays = 20_000

type Series = {
  readonly meterId: MeterId
  readonly channel: store.ChannelName
  readonly unit: RegisterUnit
  readonly seconds: number
  readonly days: Map<number, DayHours>
}

export type Hours = {
  take(reads: readonly IntervalRead[]): Promise<void>
  /** Writes what is still open; answers the meters that were heard. */
  finish(): Promise<ReadonlySet<MeterId>>
}

export function hoursOf(load: Load): Hours {
  const days = localDays(load.ctx.timeZone)
  const meters = new Map<string, MeterId | null>()
  const series = new Map<string, Series>()
  const touched = new Set<MeterId>()
  const named = new Set<string>()
  let open = 0

  const flush = async () => {
    await writeDays(load, series.values())
    for (const one of series.values()) one.days.clear()
    open = 0
  }
  return {
    async take(reads) {
      await findMeters(load, meters, reads)
      for (const read of reads) {
        const meterId = meters.get(read.meter) ?? null
        if (meterId === null) {
          if (named.has(read.meter))
            load.tally.refused += 1 // named once; its other hours are counted
          else addProblem(load.tally, unknownMeter(read))
          named.add(read.meter)
          continue
        }
        touched.add(meterId)
        open += takeHour(load, read, { series: seriesOf(series, read, meterId), days })
      }
      if (open > openDays) await flush()
    },
    async finish() {
      await flush()
      if (touched.size > 0) await addWatchDue(load.ctx.tx, [...touched])
      return touched
    },
  }
}

const unknownMeter = ({ line, meter }: IntervalRead) => ({
  line,
  field: 'meter',
  message: `Meter ${meter} is not on record. Put it on record or correct its number in the file.`,
})

async function findMeters(
  { ctx }: Load,
  meters: Map<string, MeterId | null>,
  reads: readonly IntervalRead[],
): Promise<void> {
  const unknown = new Set<string>()
  for (const { meter } of reads) if (!meters.has(meter)) unknown.add(meter)
  if (unknown.size === 0) return
  for (const serial of unknown) meters.set(serial, null)
  for (const { serial, meterId } of await listMetersBySerial(ctx.tx, [...unknown]))
    meters.set(serial, meterId)
}

const units: Readonly<Record<string, RegisterUnit>> = {
  gal: 'gal',
  cf: 'cf',
  ccf: 'ccf',
  l: 'l',
  kl: 'kl',
  m3: 'kl',
}

function seriesOf(all: Map<string, Series>, read: IntervalRead, meterId: MeterId): Series | null {
  const unit = units[read.unit]
  if (!unit) return null
  const channel = read.channel === 'interval' ? 'use' : 'register'
  const key = `${meterId}${channel}${unit}`
  let found = all.get(key)
  if (!found) {
    const seconds = read.seconds > 0 ? read.seconds : 3600
    found = { meterId, channel, unit, seconds, days: new Map() }
    all.set(key, found)
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
  { tally }: Load,
  read: IntervalRead,
  { series, days }: { series: Series | null; days: LocalDays },
): number {
  const parsed = stepsOf(read.value)
  if (!series || !parsed) {
    const field = series ? 'value' : 'unit'
    const message = series
      ? `'${read.value}' is no volume of an hour.`
      : `'${read.unit}' is not a unit of water.`
    addProblem(tally, { line: read.line, field, message })
    return 0
  }
  const { seconds } = series
  if (read.seconds > 0 && read.seconds !== seconds) {
    addProblem(tally, {
      line: read.line,
      field: 'interval',
      message: `Meter ${read.meter} sends intervals of ${seconds} seconds; this one has ${read.seconds}.`,
    })
    return 0
  }
  const startsAt = series.channel === 'use' ? read.startsAt : read.endsAt - seconds
  const local = days.at(startsAt)
  let day = series.days.get(local.day)
  const opened = day === undefined ? 1 : 0
  if (!day) {
    day = emptyDay(local.day, Math.ceil((local.endsAt - local.startsAt) / seconds), parsed.scale)
    series.days.set(local.day, day)
  }
  if (parsed.scale > day.scale) rescale(day, parsed.scale)
  const value = parsed.scale === day.scale ? parsed.steps : parsed.steps * 10 ** (day.scale - parsed.scale)
  const put = putHour(day, Math.floor((startsAt - local.startsAt) / seconds), value, codes[read.quality])
  if (put === 'added') tally.intervals += 1
  else if (put === 'replaced') {
    tally.replaced += 1
  } else tally.repeated += 1
  return opened
}

async function writeDays(load: Load, all: Iterable<Series>): Promise<void> {
  const { ctx, fileId, tally } = load
  const fresh = new Map<string, { series: Series; day: DayHours; on: string }>()
  const keys: store.DayKey[] = []
  for (const series of all)
    for (const day of series.days.values()) {
      const on = fromDayNumber(day.day)
      fresh.set(`${series.meterId}|${series.channel}|${on}`, { series, day, on })
      keys.push({ meterId: series.meterId, registerNo: 1, channel: series.channel, on })
    }
  if (keys.length === 0) return
  const changed: store.ChangedDay[] = []
  for (const stored of await store.lockDays(ctx.tx, keys)) {
    const key = `${stored.meterId}|${stored.channel}|${stored.on}`
    const arrived = fresh.get(key)!
    fresh.delete(key)
    const onto = dayOf(arrived.day.day, stored.scale, stored.values, stored.marks)
    if (stored.unit !== arrived.series.unit || onto.values.length !== arrived.day.values.length) {
      count(tally.skipped, 'other-unit-or-interval', heardIn(arrived.day))
      tally.intervals -= heardIn(arrived.day)
      continue
    }
    const merged = mergeDay(onto, arrived.day)
    tally.intervals -= merged.repeated + merged.replaced
    tally.repeated += merged.repeated
    tally.replaced += merged.replaced
    if (merged.added + merged.replaced === 0) continue
    const { values, marks, fileId: before } = stored
    changed.push({
      ...{
        meterId: stored.meterId,
        registerNo: 1,
        channel: stored.channel,
        on: stored.on,
        scale: onto.scale,
      },
      ...{ values: valuesText(onto), marks: marksText(onto), ...rollUp(onto, stored.channel) },
      before: merged.replaced > 0 ? { values, marks, fileId: before } : null,
    })
  }
  if (changed.length > 0) await store.updateDays(ctx.tx, fileId, changed)
  await store.copyDays(ctx.tx, rowsOf(fresh.values(), fileId))
}

const heardIn = (day: DayHours): number =>
  day.marks.reduce((heard, code) => heard + (code === mark.none ? 0 : 1), 0)

function* rowsOf(
  fresh: Iterable<{ series: Series; day: DayHours; on: string }>,
  fileId: bigint,
): Generator<store.Row> {
  for (const { series, day, on } of fresh) {
    const { total, heard, estimated, least } = rollUp(day, series.channel)
    yield [
      series.meterId,
      1,
      series.channel,
      on,
      series.seconds,
      series.unit,
      day.scale,
      valuesText(day),
      marksText(day),
      total,
      heard,
      estimated,
      least,
      fileId,
    ]
  }
}
