/** `curbstop inspect`: what a file of meter reads holds, without a database. */
import { readFileSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { isLocalDate, type LocalDate, localDateAt } from '@curbstop/kernel/dates'
import {
  type Bytes,
  damage,
  defaultZone,
  type Inspection,
  inspectReadFile,
  isReadFileFormat,
  isZone,
  parseLayout,
  parseMapping,
  type ReadFileFormat,
  type ReadFileOptions,
  readFileFormats,
} from '../modules/metering/domain/read-files/index.ts'

export type InspectIo = { readonly stdout: Writable; readonly stderr: Writable }

const usage = `Usage: npx curbstop inspect --format F FILE [--json] [options]
  F: ${readFileFormats.join(', ')}; FILE may be gzipped
  --zone ZONE       wall clock of stamps without a zone (default ${defaultZone})
  --label start|end what a stamp labels (default end; Green Button says it itself)
  --on DATE         day of the upload, for dates without a year (default today)
  --layout FILE     positions of a fixed-width file, as JSON
  --mapping FILE    columns of a plain CSV, as JSON
Exit code 0: accepted, also with exceptions; 1: rejected; 2: not understood.
`

type Asked = {
  readonly format: ReadFileFormat
  readonly file: string
  readonly json: boolean
  readonly options: ReadFileOptions
}

export async function inspectCommand(args: readonly string[], io: InspectIo): Promise<number> {
  if (args.includes('--help')) {
    io.stdout.write(usage)
    return 0
  }
  const asked = askedOf(args)
  if (typeof asked === 'string') {
    io.stderr.write(`${asked}\n\n${usage}`)
    return 2
  }
  const found = await inspectReadFile(asked.format, bytesOf(asked.file), asked.options)
  io.stdout.write(asked.json ? `${JSON.stringify(found)}\n` : inWords(asked.file, found))
  return found.verdict === 'rejected' ? 1 : 0
}

const valued = ['--format', '--zone', '--label', '--on', '--layout', '--mapping']

/** A sentence when the call is not understood. */
export function askedOf(args: readonly string[], flags: readonly string[] = ['--json']): Asked | string {
  const given = new Map<string, string>()
  const files: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!
    if (flags.includes(arg)) continue
    const [name, joined] = arg.startsWith('--') ? [arg.split('=')[0]!, arg.split('=')[1]] : [arg, undefined]
    if (!valued.includes(name)) {
      if (arg.startsWith('-')) return `There is no option ${arg}.`
      files.push(arg)
      continue
    }
    const value = joined ?? args[++at]
    if (value === undefined || value === '') return `${name} wants a value.`
    given.set(name, value)
  }
  const format = given.get('--format')
  if (!format) return 'Say which format it is: --format F.'
  if (!isReadFileFormat(format)) return `There is no format '${format}'.`
  if (files.length !== 1) return files.length === 0 ? 'Name the file.' : 'Name one file.'
  const options = optionsOf(given)
  if (typeof options === 'string') return options
  const fault = fileFault(files[0]!)
  return fault ?? { format, file: files[0]!, json: args.includes('--json'), options }
}

function optionsOf(given: ReadonlyMap<string, string>): ReadFileOptions | string {
  const zone = given.get('--zone') ?? defaultZone
  const label = given.get('--label') ?? 'end'
  const on = given.get('--on')
  if (!isZone(zone)) return `There is no time zone '${zone}'. Name one like ${defaultZone}.`
  if (label !== 'start' && label !== 'end') return '--label is start or end.'
  if (on !== undefined && !isLocalDate(on)) return '--on is a date like 2026-11-23.'
  const layout = settingOf(given.get('--layout'), parseLayout)
  const mapping = settingOf(given.get('--mapping'), parseMapping)
  if (typeof layout === 'string') return layout
  if (typeof mapping === 'string') return mapping
  return {
    zone,
    label,
    on: (on as LocalDate | undefined) ?? localDateAt(new Date(), zone),
    ...(layout ? { layout } : {}),
    ...(mapping ? { mapping } : {}),
  }
}

function settingOf<T extends object>(
  path: string | undefined,
  parse: (text: string) => T | string,
): T | string | null {
  if (path === undefined) return null
  const fault = fileFault(path)
  if (fault) return fault
  const parsed = parse(readFileSync(path, 'utf8'))
  return typeof parsed === 'string' ? `${path}: ${parsed}` : parsed
}

function fileFault(path: string): string | null {
  try {
    return statSync(path).isFile() ? null : `${path} is no file.`
  } catch {
    return `There is no file ${path}.`
  }
}

/**
 * The bytes of a file, unpacked when its first two say gzip, whatever its name is. A plain file comes through one
 * buffer that is used again and again: what was given out is only good until the next piece.
 */
export async function* bytesOf(path: string): Bytes {
  const handle = await open(path)
  try {
    const buffer = Buffer.allocUnsafeSlow(131_072)
    const { bytesRead } = await handle.read(buffer, 0, 2, 0)
    if (bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) {
      for await (const chunk of handle.createReadStream({ start: 0 }).pipe(createGunzip()))
        yield chunk as Buffer
      return
    }
    for (let at = 0; ; ) {
      const { bytesRead: length } = await handle.read(buffer, 0, buffer.length, at)
      if (length === 0) return
      at += length
      yield buffer.subarray(0, length)
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code.startsWith('Z_')) throw damage(0, 'file', `The gzip archive is cut or damaged (${code}).`)
    if (/^E[A-Z]+$/.test(code)) throw damage(0, 'file', `The file cannot be read (${code}).`)
    throw error
  } finally {
    await handle.close()
  }
}

function inWords(file: string, found: Inspection): string {
  const { verdict, rows, meters, reads, intervals } = found
  const lines = [
    `${file}: ${verdict.replaceAll('-', ' ')}`,
    `  ${rows} rows, ${meters} meters, ${reads} register values, ${intervals} intervals`,
  ]
  if (found.first) lines.push(`  from ${found.first} to ${found.last}`)
  if (found.sum !== null) lines.push(`  sum ${found.sum} ${found.unit ?? ''}`.trimEnd())
  const skipped = Object.entries(found.skipped).map(([reason, count]) => `${count} ${reason}`)
  if (skipped.length > 0) lines.push(`  no reads: ${skipped.join(', ')}`)
  for (const error of found.errors) lines.push(`  ${error.field}: ${error.message}`)
  return `${lines.join('\n')}\n`
}
