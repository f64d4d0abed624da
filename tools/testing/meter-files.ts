/** For tests of the meter-file readers: text or bytes in, what a person or an importer sees out. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { LocalDate } from '@curbstop/kernel/dates'
import {
  type Bytes,
  type FileRecord,
  type Inspection,
  inspectReadFile,
  openReadFile,
  type ReadFileFormat,
  type ReadFileOptions,
} from '../../server/src/modules/metering/domain/read-files/index.ts'

const here = dirname(fileURLToPath(import.meta.url))
const shared = join(process.env.CURBSTOP_SHARED_DATA ?? join(here, '../../../shared/data'), 'meter')

/** A published sample, unpacked; null, and a line that says so, where the samples are not at hand. */
export function sampleFile(path: string): Uint8Array | null {
  const file = join(shared, path)
  if (!existsSync(file)) {
    console.log(`meter files: no ${path} under ${shared}; set CURBSTOP_SHARED_DATA`)
    return null
  }
  const bytes = readFileSync(file)
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

/** The bytes in pieces, through one buffer that is used again, as a file reader does it. */
export async function* inPieces(content: Uint8Array | string, length = 65_536): Bytes {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const buffer = new Uint8Array(Math.min(length, Math.max(1, bytes.length)))
  for (let at = 0; at < bytes.length; at += length) {
    const piece = bytes.subarray(at, at + length)
    buffer.set(piece)
    yield buffer.subarray(0, piece.length)
  }
}

const options: ReadFileOptions = { on: '2026-11-23' as LocalDate }

export function inspectText(
  format: ReadFileFormat,
  content: Uint8Array | string,
  own: ReadFileOptions = {},
): Promise<Inspection> {
  return inspectReadFile(format, inPieces(content), { ...options, ...own })
}

export async function recordsOf(
  format: ReadFileFormat,
  content: Uint8Array | string,
  own: ReadFileOptions = {},
): Promise<FileRecord[]> {
  const all: FileRecord[] = []
  for await (const batch of openReadFile(format, inPieces(content), { ...options, ...own }))
    all.push(...batch)
  return all
}
