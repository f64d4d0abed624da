/** Reads of a whole district through every rule of validation, and the list of what they found. */
import { addDays, localDateAt } from '@curbstop/kernel/dates'
import { loadFile } from '../server/src/modules/metering/index.ts'
import { listExceptions } from '../server/src/modules/metering/queries/exceptions.ts'
import { rebuildProfiles } from '../server/src/modules/metering/store/profiles.ts'
import { systemActor } from '../server/src/platform/context.ts'
import { type BenchDistrict, bareCopyOf, timeZone, watchingMemory, withDistrict } from './district.ts'
import { type Figure, type Options, percentile } from './figure.ts'

export const benchReadsImport = (options: Options): Promise<Figure[]> => withDistrict(options, importReads)

async function importReads(district: BenchDistrict): Promise<Figure[]> {
  const { hand, owner, now } = district
  await hand.inTransaction(ctx => rebuildProfiles(ctx.tx, null))
  await owner.query('analyze metering.profile')
  const text = await readsOfMonth(district, addDays(localDateAt(now, timeZone), -1))
  const started = performance.now()
  const { answer, peakMiB } = await watchingMemory(() =>
    loadFile(hand, {
      name: 'month.csv',
      format: 'csv',
      options: {},
      open: () => chunksOf(text),
      by: systemActor.personId,
    }),
  )
  const seconds = (performance.now() - started) / 1000
  const { reads, exceptions, refused } = answer.counts
  process.stderr.write(
    `${reads} reads, ${exceptions} to look at, ${refused} refused, ${seconds.toFixed(1)} s\n`,
  )
  const columns = 'meter_id, register_no, read_on, value, passed_zero, kind, source, note, file_id, reader'
  const where = `file_id = ${answer.fileId}`
  const bare = await bareCopyOf(owner, { table: 'metering.read', where, columns, limit: reads })
  return [
    {
      name: 'reads-import',
      value: reads / seconds,
      unit: 'reads/s',
      baseline: bare,
      ratio: reads / seconds / bare,
    },
    { name: 'reads-import.memory', value: peakMiB, unit: 'MiB', baseline: null, ratio: null },
  ]
}

async function* chunksOf(text: string): AsyncIterable<Uint8Array> {
  for (let at = 0; at < text.length; at += 262_144) yield Buffer.from(text.slice(at, at + 262_144))
}

/** Every meter as a reader brings it: mostly the usual, one in fifty odd, one in three hundred below the last. */
async function readsOfMonth({ owner }: BenchDistrict, readOn: string): Promise<string> {
  const { rows } = await owner.query<{ serial: string; dials: number; value: string; use: string }>(`
    select m.serial, g.dials, l.value::text, greatest(0, l.value - b.value)::text as use
    from metering.installation i
    join metering.meter m on m.meter_id = i.meter_id
    join metering.register g on g.meter_id = m.meter_id and g.register_no = 1
    join lateral (select value, read_on from metering.read r where r.meter_id = m.meter_id and r.register_no = 1
      order by read_on desc, read_id desc limit 1) l on true
    join lateral (select value from metering.read r where r.meter_id = m.meter_id and r.register_no = 1
      and r.read_on < l.read_on order by read_on desc, read_id desc limit 1) b on true
    where upper(i.installed) is null and not exists (select from metering.register two
      where two.meter_id = m.meter_id and two.register_no = 2)`)
  const lines = ['meter,read_date,reading,reader']
  for (const [n, { serial, dials, value, use }] of rows.entries()) {
    const swing = 0.8 + ((n * 7_919) % 400) / 1_000
    const used = n % 50 === 7 ? Number(use) * 6 + 3_000 : Math.round(Number(use) * swing)
    const next = n % 300 === 11 ? Math.max(0, Number(value) - 900) : (Number(value) + used) % 10 ** dials
    lines.push(`${serial},${readOn},${next},R${n % 23}`)
  }
  return `${lines.join('\n')}\n`
}

export const benchExceptions = (options: Options): Promise<Figure[]> => withDistrict(options, listRanked)

/** As the page asks: the first pages of all books and of one book after another. */
async function listRanked({ hand, owner }: BenchDistrict): Promise<Figure[]> {
  const { rows: books } = await owner.query<{ id: number }>(
    'select book_id as id from premises.book order by 1 limit 20',
  )
  const times: number[] = []
  for (let round = 0; round < 6; round++) {
    for (const bookId of [undefined, ...books.map(book => book.id)]) {
      const started = performance.now()
      await hand.inTransaction(ctx => listExceptions(ctx, bookId === undefined ? {} : { bookId }))
      if (round > 0) times.push(performance.now() - started)
    }
  }
  const started = performance.now()
  await owner.query(
    'select exception_id from metering.exception where decided_at is null order by at_stake_cents desc limit 50',
  )
  const bare = performance.now() - started
  const value = percentile(times, 0.95)
  return [{ name: 'exceptions', value, unit: 'ms p95', baseline: bare, ratio: value / bare }]
}
