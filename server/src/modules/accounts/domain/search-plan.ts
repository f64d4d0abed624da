/** What a query means, decided before the database is asked: a number, an e-mail address, or words. */
import { foldDigits, foldWords } from '@curbstop/kernel/fold'
import { foldCode } from './search-rows.ts'

export type SearchPlan =
  | { readonly kind: 'nothing' }
  /** An account number, phone, meter or house number, or a part of one. */
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'email'; readonly begins: string }
  /** `code` is set when the whole could be a serial or an old number with letters: `B-12345`. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly code: string | null }

const wordsMax = 8
const lettersMax = 40

export function planSearch(query: string): SearchPlan {
  const text = query.normalize('NFKC').trim().toLowerCase()
  if (/^[\d\s()+.\-/#]*\d[\d\s()+.\-/#]*$/.test(text)) {
    const digits = foldDigits(text).slice(0, lettersMax)
    const withCountry = digits.length === 11 && digits.startsWith('1') && /^[+(]|^1[\s.-]/.test(text)
    return { kind: 'digits', digits: withCountry ? digits.slice(1) : digits }
  }
  if (/^[^\s@]+@[^\s@]*$/.test(text)) return { kind: 'email', begins: text.slice(0, 254) }
  const words = [...new Set(foldWords(text).map(word => word.slice(0, lettersMax)))].slice(0, wordsMax)
  if (words.length === 0) return { kind: 'nothing' }
  const code = foldCode(text)
  const isCode = words.length <= 3 && /\d/.test(code) && code.length >= 4 && code.length <= lettersMax
  return { kind: 'words', words, code: isCode ? code : null }
}

/**
 * Words that trigrams can find quickly, and words that only narrow: one and two letters have no trigram of their
 * own and would read half the index.
 */
export function splitWords(words: readonly string[]): { telling: string[]; narrowing: string[] } {
  return {
    telling: words.filter(word => word.length >= 3),
    narrowing: words.filter(word => word.length < 3),
  }
}

/**
 * The word with each letter left out once, and itself: two words one slip apart share one of these. Of three letters
 * only itself is asked for, which finds the words with one letter more: any two letters fit half the dictionary.
 */
export function slipsOf(word: string): string[] {
  if (word.length <= 3) return [word]
  const letters = [...word]
  return [...new Set([word, ...letters.map((_, at) => letters.filter((__, i) => i !== at).join(''))])]
}

/**
 * Slips between what was typed and a word: letters missing, added, changed or swapped with the neighbour (optimal
 * string alignment). The typed text may be unfinished: letters missing at the end of it cost nothing.
 */
export function slipsBetween(typed: string, word: string): number {
  const [a, b] = [[...typed], [...word]]
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(last[j - 1]! + (same ? 0 : 1), last[j]! + 1, row[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1)
      }
      row.push(cost)
    }
    before = last
    last = row
  }
  return Math.min(...last.slice(Math.min(a.length, b.length)))
}

/** Shorter words are believed as they are. */
export const lettersToForgive = 3

/** How many slips are believable: in three letters one that was left out, one in four or five, two in longer words. */
function slipsAllowed(typed: string, word: string): number {
  if (typed.length < 4) return typed.length === lettersToForgive && word.length > typed.length ? 1 : 0
  return typed.length < 6 ? 1 : 2
}

const choicesMax = 4

/** The likeliest words meant, best first; candidates come from the dictionary of words on file. */
export function chooseWords(typed: string, candidates: readonly string[]): string[] {
  return candidates
    .map(word => ({ word, slips: slipsBetween(typed, word), extra: Math.abs(word.length - typed.length) }))
    .filter(c => c.slips <= slipsAllowed(typed, c.word) && c.word[0] !== undefined)
    .sort((a, b) => a.slips - b.slips || a.extra - b.extra || (a.word < b.word ? -1 : 1))
    .slice(0, choicesMax)
    .map(c => c.word)
}
