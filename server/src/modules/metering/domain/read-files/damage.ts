/** A file that cannot be read on: thrown by a reader, turned into the last, fatal error by `openReadFile`. */
import type { FileError } from './kinds.ts'

class Damage extends Error {
  readonly line: number
  readonly field: string

  constructor(line: number, field: string, message: string) {
    super(message)
    this.name = 'Damage'
    this.line = line
    this.field = field
  }
}

/** Line 0 is the whole file. Whoever feeds the bytes may throw it too (an archive that breaks off). */
export function damage(line: number, field: string, message: string): Error {
  return new Damage(line, field, message)
}

export function damageOf(error: unknown): FileError | null {
  if (!(error instanceof Damage)) return null
  return { is: 'error', line: error.line, field: error.field, message: error.message, fatal: true }
}

export function rowError(line: number, field: string, message: string): FileError {
  return { is: 'error', line, field, message, fatal: false }
}

export function fatalError(line: number, field: string, message: string): FileError {
  return { is: 'error', line, field, message, fatal: true }
}

/** What stands in the file, short enough for a sentence and without characters that would hide or garble it. */
export function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return `‘${short.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '�')}’`
}
