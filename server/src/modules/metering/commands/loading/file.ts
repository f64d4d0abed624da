/**
 * A file of reads, whole or not at all: claimed by the fingerprint of its content, loaded in one transaction, and kept
 * with what became of every row. A loading that was cut off holds nothing and can be begun again.
 */
import { createHash } from 'node:crypto'
import { formatInstant } from '@curbstop/kernel/dates'
import { DomainError, refuse } from '@curbstop/kernel/errors'
import type { MeterId, PersonId } from '@curbstop/kernel/ids'
import type { Ctx } from '../../../../platform/context.ts'
import type { JobHand } from '../../../../platform/module.ts'
import { getRuleBook } from '../../../policy/index.ts'
import { errors } from '../../domain/errors.ts'
import { type Problem, skipsOf } from '../../domain/loading/match.ts'
import { addProblem, count, countsOf, emptyTally, type Tally } from '../../domain/loading/tally.ts'
import {
  type Bytes,
  type FileEnd,
  type FileRecord,
  type IntervalRead,
  openReadFile,
  type ReadFileFormat,
  type ReadFileOptions,
  type RegisterRead,
  type Skip,
} from '../../domain/read-files/index.ts'
import { limitsOf } from '../../domain/validation/limits.ts'
import { peersOf } from '../../queries/peers.ts'
import * as placeStore from '../../store/places.ts'
import * as store from '../../store/read-files.ts'
import type { ReadSource } from '../../store/reads.ts'
import { type Load, loadReads } from './batch.ts'
import { type Hours, hoursOf } from './hours.ts'
import { oneBehind } from './one-behind.ts'

export type FileToLoad = {
  readonly name: string
  readonly format: ReadFileFormat
  readonly options: ReadFileOptions
  /** Unpacked; opened twice, first for the fingerprint. */
  readonly open: () => Bytes
  readonly by: PersonId
  /** Refuse the file when any row of it cannot be taken. */
  readonly strict?: boolean
  readonly onProgress?: (progress: { doneBytes: number; bytes: number; rows: number }) => void
}

export type LoadedFile = {
  readonly fileId: store.ReadFileId
  readonly counts: ReturnType<typeof countsOf>
  readonly problems: readonly Problem[]
  readonly control: FileEnd['controls']
}

type Claimed = { readonly fileId: store.ReadFileId; readonly bytes: number }

export async function loadFile(hand: JobHand, file: FileToLoad): Promise<LoadedFile> {
  const { hash, bytes, damaged } = await fingerprint(file.open())
  const fileId = await (damaged
    ? Promise.reject(refusedFor(file, damaged))
    : claim(hand, file, { hash, bytes })
  ).catch(error => noteRefusal(hand, file, { hash, bytes, error }))
  const tally = { now: emptyTally() }
  try {
    return await hand.inTransaction(ctx => {
      tally.now = emptyTally() // a transaction that lost a race begins again
      return loadClaimed(ctx, hand, { file, claimed: { fileId, bytes }, tally: tally.now })
    })
  } catch (error) {
    const cancelled = error instanceof DomainError && error.code === 'metering.file-cancelled'
    const problem = error instanceof DomainError ? error.message : 'The loading was cut off by a fault.'
    await hand.inTransaction(async ctx => {
      const counts = countsOf(tally.now)
      await store.endFile(ctx.tx, { fileId, state: cancelled ? 'cancelled' : 'refused', counts, problem })
      await store.insertProblems(ctx.tx, fileId, tally.now.problems)
      ctx.audit({
        subject: `read-file:${fileId}`,
        after: { state: cancelled ? 'cancelled' : 'refused', problem },
      })
    })
    throw error
  }
}

/** Refused before it began: the list of files says so, for whoever is not there to hear it. */
async function noteRefusal(
  hand: JobHand,
  { name, format, by }: FileToLoad,
  { hash, bytes, error }: { readonly hash: Buffer; readonly bytes: number; readonly error: unknown },
): Promise<never> {
  if (error instanceof DomainError)
    await hand.inTransaction(ctx =>
      store.insertRefused(ctx.tx, { hash, format, name, bytes, by, problem: error.message }),
    )
  throw error
}

type Fingerprint = { readonly hash: Buffer; readonly bytes: number; readonly damaged: Problem | null }

/** Unpacking shows here already whether an archive is whole. */
async function fingerprint(source: Bytes): Promise<Fingerprint> {
  const digest = createHash('sha256')
  let bytes = 0
  let damaged: Problem | null = null
  try {
    for await (const chunk of source) {
      digest.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!code.startsWith('Z_')) throw error
    damaged = { line: 0, field: 'file', message: `The gzip archive is cut or damaged (${code}).` }
  }
  return { hash: digest.digest(), bytes, damaged }
}

async function claim(
  hand: JobHand,
  { name, format, by }: FileToLoad,
  { hash, bytes }: { readonly hash: Buffer; readonly bytes: number },
): Promise<store.ReadFileId> {
  return hand.inTransaction(async ctx => {
    const claimed = await store.claimFile(ctx.tx, { hash, format, name, bytes, by })
    if (claimed) return claimed
    const first = await store.findFileOf(ctx.tx, hash)
    if (!first) throw refuse(errors, 'metering.file-ended')
    const known = { name: first.name, by: first.receivedBy }
    if (first.state === 'loaded')
      throw refuse(errors, 'metering.file-twice', {
        ...known,
        at: formatInstant(first.receivedAt, ctx.timeZone),
      })
    if (!(await store.holdFile(ctx.tx, first.fileId))) throw refuse(errors, 'metering.file-loading', known)
    const problem = 'The loading was cut off.'
    await store.endFile(ctx.tx, { fileId: first.fileId, state: 'cancelled', counts: {}, problem })
    const again = await store.claimFile(ctx.tx, { hash, format, name, bytes, by })
    if (!again) throw refuse(errors, 'metering.file-loading', known)
    return again
  })
}

type Loading = { readonly file: FileToLoad; readonly claimed: Claimed; readonly tally: Tally }

async function loadClaimed(ctx: Ctx, hand: JobHand, { file, claimed, tally }: Loading): Promise<LoadedFile> {
  const { fileId } = claimed
  if (!(await store.holdFile(ctx.tx, fileId))) throw refuse(errors, 'metering.file-ended')
  if ((await store.findFile(ctx.tx, fileId))?.state !== 'loading') throw refuse(errors, 'metering.file-ended')
  const load: Load = {
    ctx,
    fileId,
    tally,
    source: sourceOf(file.format),
    limits: limitsOf(await getRuleBook(ctx)),
    peersAt: await peersOf(ctx),
  }
  const { end, meters } = await takeRecords(load, hand, { file, claimed, tally })
  tally.meters = meters
  if (tally.problems[0] && (file.strict || onlyStrangers(tally))) throw refusedFor(file, tally.problems[0])
  const counts = countsOf(tally)
  tally.problems.sort((a, b) => a.line - b.line)
  await store.insertProblems(ctx.tx, fileId, tally.problems)
  await store.endFile(ctx.tx, { fileId, state: 'loaded', counts, problem: null })
  ctx.audit({ subject: `read-file:${fileId}`, after: { state: 'loaded', name: file.name, counts } })
  ctx.tell({ name: 'metering.file-loaded', subject: { fileId } })
  return { fileId, counts, problems: tally.problems, control: end?.controls ?? [] }
}

/** A file of meters that nobody knows is brought again when they are on record: it must not count as loaded. */
const onlyStrangers = ({ reads, intervals, repeated, replaced, problems }: Tally): boolean =>
  reads + intervals + repeated + replaced === 0 && problems.every(problem => problem.field === 'meter')

const handheld: readonly ReadFileFormat[] = [
  'autoread',
  'mvrs',
  'equinox',
  'radix',
  'ezroute',
  'sensus-notes',
  'smart-earth',
]
const sourceOf = (format: ReadFileFormat): ReadSource =>
  handheld.includes(format) ? 'handheld' : format === 'csv' ? 'import' : 'ami'

const batchReads = 4_000

async function takeRecords(
  load: Load,
  hand: JobHand,
  loading: Loading,
): Promise<{ end: FileEnd | null; meters: number }> {
  const { file, tally } = loading
  const progress = progressOf(hand, loading)
  const hours = hoursOf(load)
  const seen = new Set<string>()
  let reads: RegisterRead[] = []
  let end: FileEnd | null = null
  const behind = oneBehind()
  const flush = async () => {
    const batch = reads
    reads = []
    await behind.begin(() => loadReads(load, batch))
  }
  for await (const records of openReadFile(file.format, progress.watched(file.open()), file.options)) {
    const sorted = sortOut(load, loading, records)
    for (const read of sorted.reads) {
      seen.add(read.meter)
      reads.push(read)
    }
    if (reads.length >= batchReads) await flush()
    await hours.take(sorted.intervals)
    if (sorted.skips.length > 0) await takeSkips(load, sorted.skips)
    end = sorted.end ?? end
    await progress.note()
  }
  await flush()
  await behind.end()
  const heard: ReadonlySet<MeterId> = await (hours satisfies Hours).finish()
  tally.rows = end?.rows ?? tally.rows
  return { end, meters: seen.size + heard.size }
}

/** One batch of records by kind; a fatal error ends the file here. */
function sortOut({ tally }: Load, { file }: Loading, records: readonly FileRecord[]) {
  const reads: RegisterRead[] = []
  const intervals: IntervalRead[] = []
  const skips: Skip[] = []
  let end: FileEnd | null = null
  for (const record of records) {
    if (record.is !== 'end') tally.values += 1
    if (record.is === 'interval') intervals.push(record)
    else if (record.is === 'register') reads.push(record)
    else if (record.is === 'end') end = record
    else if (record.is === 'skip') {
      count(tally.skipped, record.reason)
      if (record.meter !== null && record.skipCode !== null) skips.push(record)
    } else {
      const { line, field, message } = record
      addProblem(tally, { line, field, message })
      if (record.fatal) throw refusedFor(file, { line, field, message })
    }
  }
  return { reads, intervals, skips, end }
}

function refusedFor({ name }: FileToLoad, { line, field, message }: Problem): DomainError {
  const problem = line > 0 && !message.startsWith(`Line ${line}`) ? `line ${line}: ${message}` : message
  return refuse(errors, 'metering.file-refused', { name, problem, line, in: field })
}

async function takeSkips({ ctx, fileId }: Load, skips: readonly Skip[]): Promise<void> {
  const serials = [...new Set(skips.map(skip => skip.meter!))]
  const meters = new Map(
    (await placeStore.listMetersBySerial(ctx.tx, serials)).map(m => [m.serial, m.meterId]),
  )
  const known = skipsOf(skips, meters, ctx.today)
  if (known.length > 0) await store.insertSkips(ctx.tx, { fileId, by: ctx.actor.personId, skips: known })
}

/** Once a second, beside the loading: how far it is, and whether somebody wants it to stop. */
function progressOf(hand: JobHand, { file, claimed, tally }: Loading) {
  let doneBytes = 0
  let notedAt = performance.now()
  return {
    async *watched(source: Bytes): Bytes {
      for await (const chunk of source) {
        doneBytes += chunk.length
        yield chunk
      }
    },
    async note(): Promise<void> {
      if (performance.now() - notedAt < 1_000) return
      notedAt = performance.now()
      const rows = tally.reads + tally.intervals + tally.refused + tally.repeated
      file.onProgress?.({ doneBytes, bytes: claimed.bytes, rows })
      const heard = await hand.inTransaction(ctx =>
        store.noteProgress(ctx.tx, claimed.fileId, doneBytes, countsOf(tally)),
      )
      if (heard.cancelAsked) throw refuse(errors, 'metering.file-cancelled', { name: file.name })
    },
  }
}
