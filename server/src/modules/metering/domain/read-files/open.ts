/** One door to all formats: bytes in, batches of records out, always closed by an `end` record, never a throw. */
import { readAclara } from './aclara.ts'
import { readBeacon } from './beacon.ts'
import { readCmep } from './cmep.ts'
import { readCsv } from './csv.ts'
import { damage, damageOf, fatalError } from './damage.ts'
import { readGreenButton } from './green-button.ts'
import { guessFormat } from './guess-format.ts'
import type { Bytes, FileError, FileRecord, ReadFileFormat, ReadFileOptions, RecordBatches } from './kinds.ts'
import { readRouteFile } from './route-file.ts'
import { readSmartEarth } from './smart-earth.ts'
import type { Tally } from './tally.ts'

type Reader = (bytes: Bytes, options: ReadFileOptions, tally: Tally) => AsyncGenerator<FileRecord[]>

const route =
  (format: ReadFileFormat): Reader =>
  (bytes, options, tally) =>
    readRouteFile(bytes, { ...options, format }, tally)

const readers: Readonly<Record<ReadFileFormat, Reader>> = {
  cmep: readCmep,
  greenbutton: readGreenButton,
  beacon: readBeacon,
  aclara: readAclara,
  autoread: route('autoread'),
  mvrs: route('mvrs'),
  equinox: route('equinox'),
  csv: readCsv,
  radix: route('radix'),
  ezroute: route('ezroute'),
  'sensus-notes': route('sensus-notes'),
  'smart-earth': readSmartEarth,
}

/**
 * Reads a meter file. What is wrong comes as `error` records with line and field: a fatal one means that the file must
 * be refused as a whole, the others name a row that was left out. The last record is the `end` with the control
 * totals. Errors of the source of the bytes itself are thrown on, unless they are `damage`.
 */
export async function* openReadFile(
  format: ReadFileFormat,
  bytes: Bytes,
  options: ReadFileOptions = {},
): RecordBatches {
  const tally: Tally = { rows: 0, controls: [] }
  const head = headOf(bytes)
  let good = 0
  let wrong = 0
  let fatal = 0
  const count = (batch: readonly FileRecord[]) => {
    for (const record of batch) {
      if (record.is !== 'error') good += 1
      else if (record.fatal) fatal += 1
      // A record of an unknown kind is passed over, not wrong.
      else if (record.field !== 'tag') wrong += 1
    }
  }
  try {
    for await (const batch of readers[format](head.bytes, options, tally)) {
      count(batch)
      if (batch.length > 0) yield batch
      if (good === 0 && wrong >= hopeless) {
        throw damage(0, 'file', `None of the first ${wrong} rows could be read; the rest was not looked at.`)
      }
    }
  } catch (error) {
    const broken = damageOf(error)
    if (!broken) throw error
    fatal += 1
    yield [broken]
  }
  const guess = guessFormat(head.text())
  yield [
    ...judge({ good, wrong, fatal, guess: guess === format ? null : guess }),
    { is: 'end', rows: tally.rows, controls: tally.controls },
  ]
}

/** Wrong rows without a right one before them, after which a file is not read to its end. */
const hopeless = 1000

type Outcome = {
  readonly good: number
  readonly wrong: number
  readonly fatal: number
  readonly guess: ReadFileFormat | null
}

/** A file that holds nothing, or more wrong rows than right ones, is another kind of file. */
function judge({ good, wrong, fatal, guess }: Outcome): FileError[] {
  const found: FileError[] = []
  const isNothing = good === 0
  if (isNothing && wrong === 0 && fatal === 0) found.push(fatalError(0, 'file', 'The file holds no reads.'))
  if (wrong > 0 && wrong >= good && (isNothing || wrong > good)) {
    found.push(
      fatalError(
        0,
        'file',
        isNothing ? 'Not one row of the file could be read.' : 'More rows are wrong than right.',
      ),
    )
  }
  if (guess && (isNothing || found.length > 0)) {
    found.push(fatalError(0, 'format', `The file looks like the format ${guess}: try it with that.`))
  }
  return found
}

/** Keeps the first bytes of a stream on their way through. */
function headOf(bytes: Bytes): { readonly bytes: Bytes; readonly text: () => string } {
  const kept: number[] = []
  async function* through() {
    for await (const chunk of bytes) {
      if (kept.length < 4096) kept.push(...chunk.subarray(0, 4096 - kept.length))
      yield chunk
    }
  }
  const text = () => new TextDecoder('latin1').decode(new Uint8Array(kept.filter(byte => byte !== 0)))
  return { bytes: through(), text: () => text().replace(/^(ï»¿|ÿþ|þÿ)/, '') }
}
