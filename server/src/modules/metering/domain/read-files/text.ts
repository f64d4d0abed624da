/** Bytes to lines: encodings, line ends and limits, without ever holding more than one line and one chunk. */
import { damage } from './damage.ts'
import type { Bytes } from './kinds.ts'

export type LineBatch = {
  /** Number of the first line of the batch, from 1. */
  readonly first: number
  readonly lines: readonly string[]
  /** False: the file ended without a line end after the last line of this batch. */
  readonly ended: boolean
  /** True: some line of the batch holds a control character; look before believing a line. */
  readonly dirty: boolean
}

const headBytes = 4096
const pieceBytes = 65_536
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters no text file has
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

/** A tab is text; a carriage return inside a line is not. */
export function hasControlCharacter(line: string): boolean {
  return control.test(line) || line.includes('\r')
}

const magics: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], 'a gzip archive inside the file; unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive (or an Excel workbook); unpack it or save it as CSV first'],
  [[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel or Word file; save it as CSV first'],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'a formatted (RTF) document; save it as plain text first'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
  [[0xff, 0xd8, 0xff], 'a picture'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive; unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive; unpack it first'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
]

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

function refuseBinary(head: Uint8Array): void {
  const known = magics.find(([magic]) => magic.every((byte, at) => head[at] === byte))
  if (known) throw damage(0, 'file', `This is ${known[1]}.`)
}

/** Byte order marks first; without one, NULs on one side of every pair betray UTF-16. */
function encodingOf(head: Uint8Array): { encoding: Encoding; skip: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', skip: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', skip: 2 }
  const nuls = [0, 0]
  let strange = 0
  head.forEach((byte, at) => {
    if (byte === 0) nuls[at & 1]! += 1
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26)) strange += 1
  })
  const pairs = head.length / 2
  if (nuls[1]! > pairs * 0.6 && nuls[0]! < pairs * 0.1) return { encoding: 'utf-16le', skip: 0 }
  if (nuls[0]! > pairs * 0.6 && nuls[1]! < pairs * 0.1) return { encoding: 'utf-16be', skip: 0 }
  if (nuls[0]! + nuls[1]! + strange > Math.max(8, head.length * 0.1)) {
    throw damage(0, 'file', 'This is not a text file: it is full of bytes that no text has.')
  }
  return { encoding: 'utf-8', skip: 0 }
}

/** Where the last character of these UTF-8 bytes breaks off; the length when it does not. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return size > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

type Decode = (bytes: Uint8Array, last: boolean) => string

function decodeUtf16(encoding: Encoding): Decode {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last })
    } catch {
      throw damage(0, 'file', 'The file is UTF-16 text and breaks inside a character: it is cut or damaged.')
    }
  }
}

/** UTF-8 until a byte proves that it is not; Windows files of letters from A to ÿ from there on. */
function decodeUtf8(): Decode {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const latin = new TextDecoder('windows-1252')
  let isLatin = false
  let rest = new Uint8Array(0)
  return (bytes, last) => {
    if (isLatin) return latin.decode(bytes)
    const all = rest.length === 0 ? bytes : joined([rest, bytes])
    const whole = last ? all.length : wholeCharacters(all)
    try {
      const text = strict.decode(all.subarray(0, whole))
      rest = joined([all.subarray(whole)])
      return text
    } catch {
      isLatin = true
      return latin.decode(all)
    }
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Decoded pieces of at most 64 KB, however the bytes were cut. */
export async function* textOf(bytes: Bytes): AsyncGenerator<string> {
  let waiting: Uint8Array[] = []
  let held = 0
  let decode = null as Decode | null
  const begin = (): Uint8Array => {
    const head = joined(waiting)
    waiting = []
    if (head.length === 0) throw damage(0, 'file', 'The file is empty.')
    refuseBinary(head.subarray(0, headBytes))
    const { encoding, skip } = encodingOf(head.subarray(0, headBytes))
    decode = encoding === 'utf-8' ? decodeUtf8() : decodeUtf16(encoding)
    return head.subarray(skip)
  }
  for await (const chunk of bytes) {
    let ready = chunk
    if (!decode) {
      // Whoever reads the file may use its buffer again.
      waiting.push(joined([chunk]))
      held += chunk.length
      if (held < headBytes) continue
      ready = begin()
    }
    for (let at = 0; at < ready.length; at += pieceBytes) {
      yield decode!(ready.subarray(at, at + pieceBytes), false)
    }
  }
  const rest = decode ? new Uint8Array(0) : begin()
  const tail = decode!(rest, true)
  if (tail) yield tail
}

/** Old Macintosh files end lines by CR alone; null while no line has ended. A CR LF may lie across two pieces. */
function endsByReturn(piece: string): boolean | null {
  if (piece.includes('\n')) return false
  const at = piece.indexOf('\r')
  return at < 0 || at === piece.length - 1 ? null : true
}

/**
 * Lines without their ends (LF, CR LF, or CR alone in old Macintosh files). A line longer than `longest`
 * characters ends the reading: no format has one, and memory is not without end.
 */
export async function* linesOf(bytes: Bytes, longest: number): AsyncGenerator<LineBatch> {
  let rest = ''
  let first = 1
  let byReturn: boolean | null = null
  let restDirty = false
  const tooLong = () =>
    damage(first, 'line', `Line ${first} is longer than ${longest} characters: this is not such a file.`)
  for await (const piece of textOf(bytes)) {
    byReturn ??= endsByReturn(piece)
    const text = byReturn ? piece.replaceAll('\r', '\n') : piece
    const dirty: boolean = control.test(text) || restDirty
    const cut = text.lastIndexOf('\n')
    if (cut < 0) {
      rest += text
      restDirty = dirty
      if (rest.length > longest) throw tooLong()
      continue
    }
    const lines = (rest + text.slice(0, cut)).split('\n')
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!
      if (line.charCodeAt(line.length - 1) === 13) lines[at] = line.slice(0, -1)
      if (line.length > longest) {
        first += at
        throw tooLong()
      }
    }
    yield { first, lines, ended: true, dirty: dirty || hasLoneReturn(lines, text) }
    first += lines.length
    rest = text.slice(cut + 1)
    restDirty = dirty && control.test(rest)
  }
  // Ctrl-Z was the end-of-file mark of DOS programs.
  const last = rest.endsWith('\x1a') ? rest.slice(0, -1) : rest
  if (last.length > longest) throw tooLong()
  if (last !== '') yield { first, lines: [last.replace(/\r$/, '')], ended: false, dirty: restDirty }
}

function hasLoneReturn(lines: readonly string[], text: string): boolean {
  return text.includes('\r') && lines.some(line => line.includes('\r'))
}
