/**
 * What every meter file becomes, whatever its format: a stream of these records in the order of the file. Nothing here
 * touches a disk or a database; a reader takes bytes and gives batches of records, so memory does not grow with
 * the file.
 */
import type { Instant, LocalDate } from '@curbstop/kernel/dates'
import type { CsvMapping } from './csv-mapping.ts'
import type { Layout } from './layout-kinds.ts'

export const readFileFormats = [
  'cmep',
  'greenbutton',
  'beacon',
  'aclara',
  'autoread',
  'mvrs',
  'equinox',
  'csv',
  'radix',
  'ezroute',
  'sensus-notes',
  'smart-earth',
] as const
export type ReadFileFormat = (typeof readFileFormats)[number]

export function isReadFileFormat(text: string): text is ReadFileFormat {
  return (readFileFormats as readonly string[]).includes(text)
}

/** How a number came about; final and exchange reads are told by the work that asked for them, not by a file. */
export type ReadKind = 'actual' | 'estimated' | 'customer'
export type Quality = 'measured' | 'estimated' | 'adjusted'

/** What a person or a drive-by radio read from a register once: handheld routes, billing exports. */
export type RegisterRead = {
  readonly is: 'register'
  /** Line of the file, from 1. */
  readonly line: number
  /** Serial as it stands in the file, blanks around it taken off. */
  readonly meter: string
  /** Which register of a compound meter (`L`, `H`, a register id); null when the file names none. */
  readonly registerId: string | null
  readonly account: string | null
  readonly route: string | null
  readonly sequence: string | null
  readonly readOn: LocalDate
  readonly readAt: Instant | null
  /** Exact decimal text as the dials show it, leading zeros taken off: `12345`, `227.6`. */
  readonly value: string
  /** `gal`, `cf`, `ccf`, `kgal`, `l`, `m3`, `af`; null when the file does not say. */
  readonly unit: string | null
  readonly dials: number | null
  readonly previous: string | null
  readonly kind: ReadKind
  readonly skipCode: string | null
  readonly note: string | null
  readonly reader: string | null
  readonly lat: string | null
  readonly lng: string | null
}

/** One value of one channel of one radio. */
export type IntervalRead = {
  readonly is: 'interval'
  readonly line: number
  /** Serial as it stands in the file; in Green Button the name of the usage point; empty when only accounts are named. */
  readonly meter: string
  /** Radio id (CMEP, BEACON, Aclara) or the full path of a Green Button usage point. */
  readonly endpoint: string | null
  readonly account: string | null
  /** `interval`: use between two instants. `register`: what the dials showed at one instant. */
  readonly channel: 'interval' | 'register'
  /** UTC epoch seconds. A register value has `startsAt` = `endsAt` and `seconds` 0. */
  readonly startsAt: number
  readonly endsAt: number
  readonly seconds: number
  /** Of a register channel: seconds from one value to the next, where the file says so. */
  readonly every?: number
  /** The file names a day, not an instant; its stamp is the beginning of the day. */
  readonly dated?: true
  /** Exact decimal text, the file's constant or multiplier applied. */
  readonly value: string
  readonly unit: string
  readonly quality: Quality
  readonly flow: 'forward' | 'reverse'
  /** Money in the currency of the file, exact decimal text; only Green Button has it. */
  readonly cost: string | null
}

/** A place where the file says that there is no read. It is counted by its reason and is never a zero. */
export type Skip = {
  readonly is: 'skip'
  readonly line: number
  /** Short and stable: `N32`, `skip-code-12`, `no-reading`, `stale`, `zero-length`, `to-be-read`. */
  readonly reason: string
  readonly meter: string | null
  readonly account: string | null
  readonly route: string | null
  readonly sequence: string | null
  /** The reader's own code when a person skipped the meter. */
  readonly skipCode: string | null
  readonly note: string | null
  /** UTC epoch seconds, when the place has a time. */
  readonly at: number | null
}

export type FileError = {
  readonly is: 'error'
  /** 0 when the whole file is meant. */
  readonly line: number
  readonly field: string
  /** A sentence for a person. */
  readonly message: string
  /** True: the file must not be taken in. False: this one row is left out and named. */
  readonly fatal: boolean
}

/** A total that the file states about itself, and what was found. A pair that differs is also a fatal error. */
export type Control = { readonly name: string; readonly said: number; readonly found: number }

/** Always the last record, exactly once, also after a fatal error. */
export type FileEnd = {
  readonly is: 'end'
  /** Rows of the file that could carry a read (lines of CMEP, data rows of CSV, reading records, IntervalReadings). */
  readonly rows: number
  readonly controls: readonly Control[]
}

export type FileRecord = RegisterRead | IntervalRead | Skip | FileError | FileEnd

export type ReadFileOptions = {
  /** Wall of the stamps without zone. Default America/Los_Angeles. */
  readonly zone?: string
  /** What a stamp labels. Default: the end; Green Button always says the start. */
  readonly label?: 'start' | 'end'
  /** The day the file was handed over: the year of layouts without one is the latest not after it. */
  readonly on?: LocalDate
  /** Positions of a fixed-width file of this district instead of the preset. */
  readonly layout?: Layout
  /** Columns of a plain CSV; without it they are told from the header. */
  readonly mapping?: CsvMapping
}

export const defaultZone = 'America/Los_Angeles'

/** A piece is only good until the next one is asked for: its buffer may be used again. */
export type Bytes = AsyncIterable<Uint8Array>
export type RecordBatches = AsyncIterable<readonly FileRecord[]>
