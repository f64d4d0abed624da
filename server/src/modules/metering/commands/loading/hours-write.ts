/** Days of hours into the database, as sets: new ones copied, known ones laid over with what they were kept. */
import { fromDayNumber } from '@curbstop/kernel/dates'
import {
  type DayHours,
  dayOf,
  mark,
  marksText,
  mergeDay,
  rollUp,
  valuesText,
} from '../../domain/intervals/day-hours.ts'
import type { RegisterUnit } from '../../domain/registers.ts'
import * as store from '../../store/interval-days.ts'
import type { HungMeter } from '../../store/places.ts'
import type { Load } from './batch.ts'

export type Series = {
  readonly meter: HungMeter
  readonly channel: store.ChannelName
  readonly unit: RegisterUnit
  readonly seconds: number
  /** Where on the grid of its day the channel began; a register is looked at one by one. */
  phase: number | null
  /** Taken away to be written while the next ones are gathered. */
  days: Map<number, DayHours>
}

/** What is wrong with a meter is named once; its other hours are counted. */
export type Refuse = (
  read: { readonly line: number; readonly meter: string },
  field: string,
  message: string,
) => void

export async function writeDays(load: Load, all: Iterable<Series>, no: Refuse): Promise<void> {
  const { ctx, fileId, tally } = load
  const fresh = new Map<string, { series: Series; day: DayHours; on: string }>()
  const keys: store.DayKey[] = []
  for (const series of all)
    for (const day of series.days.values()) {
      const on = fromDayNumber(day.day)
      fresh.set(`${series.meter.meterId}|${series.channel}|${on}`, { series, day, on })
      keys.push({ meterId: series.meter.meterId, registerNo: 1, channel: series.channel, on })
    }
  if (keys.length === 0) return
  const changed: store.ChangedDay[] = []
  for (const stored of await store.lockDays(ctx.tx, keys)) {
    const key = `${stored.meterId}|${stored.channel}|${stored.on}`
    const arrived = fresh.get(key)!
    fresh.delete(key)
    const onto = dayOf(arrived.day.day, stored.scale, stored.values, stored.marks)
    const isOther = stored.unit !== arrived.series.unit || stored.seconds !== arrived.series.seconds
    if (isOther || onto.values.length !== arrived.day.values.length) {
      refuseDay(no, load, arrived, stored)
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

/** What stands was sent in another measure: laying the two over each other would make a third thing of them. */
function refuseDay(
  no: Refuse,
  { tally }: Load,
  { series, day, on }: { readonly series: Series; readonly day: DayHours; readonly on: string },
  stored: store.StoredDay,
): void {
  const { serial } = series.meter
  const message =
    `Meter ${serial}: ${on} stands in ${stored.unit} by ${stored.seconds} seconds; the file brings ${series.unit} ` +
    `by ${series.seconds}. Nothing of that day was taken.`
  const heard = heardIn(day)
  tally.intervals -= heard
  tally.refused += heard - 1
  no({ line: 0, meter: serial }, `day ${series.channel}`, message)
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
      series.meter.meterId,
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
