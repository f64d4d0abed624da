/** A year of hours of a part of the meters: stored, checked and rolled up to days; then looked up for one meter. */

import { once } from 'node:events'
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, daysBetween, type LocalDate, localDateAt } from '@curbstop/kernel/dates'
import { loadFile } from '../server/src/modules/metering/index.ts'
import { systemActor } from '../server/src/platform/context.ts'
import { type BenchDistrict, bareCopyOf, timeZone, watchingMemory, withDistrict } from './district.ts'
import { type Figure, type Options, percentile } from './figure.ts'

export const benchIntervalsImport = (options: Options): Promise<Figure[]> =>
  withDistrict(options, district => importHours(district, Math.max(20, Math.round(options.accounts / 20))))

async function importHours(district: BenchDistrict, meterCount: number): Promise<Figure[]> {
  const { hand, owner, dataDir, now } = district
  const { rows } = await owner.query<{ serial: string; id: string }>(
    `select m.serial, m.meter_id::text as id from metering.meter m
     where exists (select from metering.installation i where i.meter_id = m.meter_id and upper(i.installed) is null)
     order by m.meter_id limit ${meterCount}`,
  )
  await owner.query(`alter table metering.interval_day_before disable trigger user;
    truncate metering.interval_day, metering.interval_day_before;
    alter table metering.interval_day_before enable trigger user`)
  const path = join(dataDir, 'hours.cmep')
  const today = localDateAt(now, timeZone)
  await writeYear(
    path,
    rows.map(row => row.serial),
    addDays(today, -366),
    addDays(today, -1),
  )
  const megabytes = statSync(path).size / 2 ** 20
  const started = performance.now()
  const { answer, peakMiB } = await watchingMemory(() =>
    loadFile(hand, {
      ...{ name: `hours-${process.pid}.cmep`, format: 'cmep', options: {}, by: systemActor.personId },
      open: () => createReadStream(path, { highWaterMark: 1 << 20 }),
    }),
  )
  const seconds = (performance.now() - started) / 1000
  rmSync(path)
  const { intervals, refused } = answer.counts
  process.stderr.write(
    `${megabytes.toFixed(0)} MB, ${intervals} hours, ${refused} refused, ${seconds.toFixed(1)} s\n`,
  )
  const stored = await owner.query<{ n: string }>('select count(*) as n from metering.interval_day')
  const days = Number(stored.rows[0]!.n)
  const columns =
    'meter_id, register_no, channel, day, seconds, unit, scale, values, marks, total, heard, estimated, least, file_id'
  const bare = await bareCopyOf(owner, {
    table: 'metering.interval_day',
    where: 'true',
    columns,
    limit: Math.min(days, 500_000),
  })
  return [
    {
      name: 'intervals-import',
      value: days / seconds,
      unit: 'days/s',
      baseline: bare,
      ratio: days / seconds / bare,
    },
    {
      name: 'intervals-import.hours',
      value: intervals / seconds,
      unit: 'hours/s',
      baseline: null,
      ratio: null,
    },
    {
      name: 'intervals-import.memory',
      value: peakMiB,
      unit: `MiB for ${megabytes.toFixed(0)} MB`,
      baseline: null,
      ratio: null,
    },
    await lookUp(
      owner,
      rows.map(row => row.id),
    ),
  ]
}

/** One meter's year, as its page asks for it. */
async function lookUp(owner: BenchDistrict['owner'], meterIds: readonly string[]): Promise<Figure> {
  const times: number[] = []
  for (let n = 0; n < 200; n++) {
    const id = meterIds[(n * 7_919) % meterIds.length]
    const started = performance.now()
    await owner.query(
      `select day, values::text, marks, total from metering.interval_day
       where meter_id = $1 and register_no = 1 and channel = 'use' order by day`,
      [id],
    )
    times.push(performance.now() - started)
  }
  return {
    name: 'intervals-year',
    value: percentile(times, 0.95),
    unit: 'ms p95',
    baseline: null,
    ratio: null,
  }
}

/** One line is one meter's day, as radios deliver: from 08:00 to 07:00 of the wall. */
async function writeYear(
  path: string,
  serials: readonly string[],
  from: LocalDate,
  to: LocalDate,
): Promise<void> {
  const out = createWriteStream(path)
  const shapes = Array.from({ length: 64 }, (_, seed) =>
    Array.from({ length: 24 }, (_, hour) =>
      (((seed * 31 + hour * 17) % 23) * (hour > 6 ? 1.25 : 0.25)).toFixed(2),
    ),
  )
  const days = daysBetween(from, to)
  for (let day = 0; day < days; day++) {
    const stamps = stampsOf(addDays(from, day))
    const bodies = shapes.map(values => values.map((value, hour) => `${stamps[hour]},,${value}`).join(','))
    let text = ''
    for (const [n, serial] of serials.entries()) {
      text += `MEPMD01,20080501,BENCH${process.pid},,${serial},,${stamps[23]},${serial},OK,W,GAL,1,00000100,24,${bodies[(n + day) % 64]}\n`
      if (text.length > 1 << 20) {
        if (!out.write(text)) await once(out, 'drain')
        text = ''
      }
    }
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

function stampsOf(day: LocalDate): string[] {
  const plain = (date: LocalDate) => date.replaceAll('-', '')
  const [today, tomorrow] = [plain(day), plain(addDays(day, 1))]
  return Array.from({ length: 24 }, (_, n) => {
    const hour = (n + 8) % 24
    return `${n < 16 ? today : tomorrow}${String(hour).padStart(2, '0')}00`
  })
}
