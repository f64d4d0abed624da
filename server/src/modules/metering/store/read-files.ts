/** Files of reads: claimed by their content, so that the same one is loaded once however it is brought. */
import type { Instant } from '@curbstop/kernel/dates'
import type { Id, MeterId, PersonId } from '@curbstop/kernel/ids'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/context.ts'

export type ReadFileId = Id<'read-file'>
export type ReadFileState = 'loading' | 'loaded' | 'refused' | 'cancelled'
export type FileCounts = Readonly<Record<string, unknown>>

export type ReadFileRow = {
  fileId: ReadFileId
  format: string
  name: string
  bytes: number
  state: ReadFileState
  doneBytes: number
  counts: FileCounts
  problem: string | null
  receivedAt: Instant
  receivedBy: string
  endedAt: Instant | null
  cancelAsked: boolean
}

const columns = sql`f.file_id as "fileId", f.format, f.name, f.bytes::float8 as bytes, f.state,
  f.done_bytes::float8 as "doneBytes", f.counts, f.problem, f.received_at as "receivedAt", p.name as "receivedBy",
  f.ended_at as "endedAt", f.cancel_asked_by is not null as "cancelAsked"`

export type NewFile = {
  readonly hash: Buffer
  readonly format: string
  readonly name: string
  readonly bytes: number
  readonly by: PersonId
}

/** Null when this content is loaded or being loaded already. */
export async function claimFile(tx: Tx, file: NewFile): Promise<ReadFileId | null> {
  const { rows } = await sql<{ fileId: ReadFileId }>`
    insert into metering.read_file (content_hash, format, name, bytes, state, received_by)
    values (${file.hash}, ${file.format}, ${file.name}, ${file.bytes}, 'loading', ${file.by})
    on conflict (content_hash) where state in ('loading', 'loaded') do nothing
    returning file_id as "fileId"`.execute(tx)
  return rows[0]?.fileId ?? null
}

export async function insertRefused(tx: Tx, file: NewFile & { readonly problem: string }): Promise<void> {
  await sql`
    insert into metering.read_file (content_hash, format, name, bytes, state, received_by, ended_at, problem)
    values (${file.hash}, ${file.format}, ${file.name}, ${file.bytes}, 'refused', ${file.by}, now(), ${file.problem})`.execute(
    tx,
  )
}

export async function findFileOf(tx: Tx, hash: Buffer): Promise<ReadFileRow | null> {
  const { rows } = await sql<ReadFileRow>`
    select ${columns} from metering.read_file f join staff.person p on p.person_id = f.received_by
    where f.content_hash = ${hash} and f.state in ('loading', 'loaded')`.execute(tx)
  return rows[0] ?? null
}

export async function findFile(tx: Tx, fileId: ReadFileId): Promise<ReadFileRow | null> {
  const { rows } = await sql<ReadFileRow>`
    select ${columns} from metering.read_file f join staff.person p on p.person_id = f.received_by
    where f.file_id = ${fileId}`.execute(tx)
  return rows[0] ?? null
}

export async function listFiles(tx: Tx, limit: number): Promise<ReadFileRow[]> {
  const { rows } = await sql<ReadFileRow>`
    select ${columns} from metering.read_file f join staff.person p on p.person_id = f.received_by
    order by f.received_at desc limit ${limit}`.execute(tx)
  return rows
}

/** Held by whoever loads the file as long as the loading lives: a file marked "loading" without it was cut off. */
export async function holdFile(tx: Tx, fileId: ReadFileId): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('metering.read_file', ${fileId})) as held`.execute(tx)
  return rows[0]!.held
}

export type FileEnd = {
  readonly fileId: ReadFileId
  readonly state: Exclude<ReadFileState, 'loading'>
  readonly counts: FileCounts
  readonly problem: string | null
}

export async function endFile(tx: Tx, { fileId, state, counts, problem }: FileEnd): Promise<void> {
  await sql`update metering.read_file set state = ${state}, counts = ${JSON.stringify(counts)}::jsonb,
      problem = ${problem}, ended_at = now(), done_bytes = case when ${state} = 'loaded' then bytes else done_bytes end
    where file_id = ${fileId} and state = 'loading'`.execute(tx)
}

/** Says how far it is, and hears whether somebody wants it to stop. */
export async function noteProgress(
  tx: Tx,
  fileId: ReadFileId,
  doneBytes: number,
  counts: FileCounts,
): Promise<{ cancelAsked: boolean }> {
  const { rows } = await sql<{ cancelAsked: boolean }>`
    update metering.read_file set done_bytes = ${doneBytes}, counts = ${JSON.stringify(counts)}::jsonb
    where file_id = ${fileId} and state = 'loading'
    returning cancel_asked_by is not null as "cancelAsked"`.execute(tx)
  return rows[0] ?? { cancelAsked: true }
}

export async function askCancel(tx: Tx, fileId: ReadFileId, by: PersonId): Promise<boolean> {
  const { rows } = await sql`
    update metering.read_file set cancel_asked_by = ${by}
    where file_id = ${fileId} and state = 'loading' returning file_id`.execute(tx)
  return rows.length > 0
}

export type FileProblem = { readonly line: number; readonly field: string | null; readonly message: string }

export async function insertProblems(
  tx: Tx,
  fileId: ReadFileId,
  problems: readonly FileProblem[],
): Promise<void> {
  await sql`
    insert into metering.read_file_problem (file_id, problem_no, line, field, message)
    select ${fileId}, row_number() over (), p.line, p.field, p.message
    from unnest(${problems.map(p => p.line)}::bigint[], ${problems.map(p => p.field)}::text[],
      ${problems.map(p => p.message)}::text[]) as p (line, field, message)`.execute(tx)
}

export async function listProblems(tx: Tx, fileId: ReadFileId, limit: number): Promise<FileProblem[]> {
  const { rows } = await sql<FileProblem>`
    select line::float8 as line, field, message from metering.read_file_problem
    where file_id = ${fileId} order by problem_no limit ${limit}`.execute(tx)
  return rows
}

export type NewSkip = {
  readonly meterId: MeterId
  readonly onDate: string
  readonly code: string
  readonly note: string | null
  readonly reader: string | null
}

/** The same skip said again is the same skip. */
export async function insertSkips(
  tx: Tx,
  { fileId, by, skips }: { fileId: ReadFileId; by: PersonId; skips: readonly NewSkip[] },
): Promise<number> {
  const { rows } = await sql`
    insert into metering.skip (meter_id, on_date, code, note, reader, file_id, noted_by)
    select s.meter_id, s.on_date, s.code, s.note, s.reader, ${fileId}, ${by}
    from unnest(${skips.map(s => s.meterId)}::bigint[], ${skips.map(s => s.onDate)}::date[],
      ${skips.map(s => s.code)}::text[], ${skips.map(s => s.note)}::text[], ${skips.map(s => s.reader)}::text[])
      as s (meter_id, on_date, code, note, reader)
    on conflict (meter_id, on_date, code) do nothing returning skip_id`.execute(tx)
  return rows.length
}
