/**
 * What people type. Names have quotes, accents and emoji and keep them; what is refused is what no record can hold
 * or no eye can see: control characters, halves of characters, marks that turn the writing direction.
 */
import { z } from 'zod'
import { cardNumberSays, holdsCardNumber } from './card-pattern.ts'

// Cc except tab and line feed, noncharacters, and the bidirectional overrides and isolates (U+202A-E, U+2066-9).
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u
const wellFormed = (text: string): boolean => text.isWellFormed()

export function isReadable(text: string): boolean {
  return wellFormed(text) && !unseen.test(text)
}

/** Length as a person counts and as PostgreSQL does: an emoji is one character or a few, never a half. */
export const lengthOf = (text: string): number => [...text].length

/** One line: outer spaces gone, inner runs of white space made one space, accents composed (NFC). */
export function tidyLine(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}

/** Several lines: outer white space gone, line ends as `\n`, at most one empty line between paragraphs. */
export function tidyParagraphs(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

type Bounds = { min?: number; max: number }

const bounded = (tidy: (text: string) => string, { min = 1, max }: Bounds) =>
  z
    .string()
    .overwrite(text => (wellFormed(text) ? tidy(text) : text))
    .refine(isReadable, 'holds characters that cannot be shown; please type it again')
    .refine(text => lengthOf(text) >= min, min === 1 ? 'is empty' : `needs at least ${min} characters`)
    .refine(text => lengthOf(text) <= max, `may have at most ${max} characters`)
    .refine(text => !holdsCardNumber(text), cardNumberSays)
    .meta({ minLength: min, maxLength: max })

/** Schema of one line of text: `lineSchema({ max: 120 })`. */
export const lineSchema = (bounds: Bounds) => bounded(tidyLine, bounds)

/** Schema of a text of several lines: `paragraphsSchema({ max: 4000 })`. */
export const paragraphsSchema = (bounds: Bounds) => bounded(tidyParagraphs, bounds)
