/**
 * Folding: the plain form in which names and addresses are compared and searched. `Peña-O’Hara` and `pena ohara` are
 * the same person to a caller on a bad line. Pure, so that the search index and whoever fills it in bulk agree.
 */

/** Letters that no accent explains. */
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
}
const plainWords = /^[a-z0-9]+(?: [a-z0-9]+)*$/

/** Lower case, accents gone, apostrophes closed up, everything else that is no letter or digit a single space. */
export function foldText(text: string): string {
  const lower = text.toLowerCase()
  if (plainWords.test(lower)) return lower
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøđðþłı]/g, letter => spelled[letter]!)
    .replace(/['’‘`´ʼ]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The folded words of a text: `12 1/2 Peña St.` → `['12', '1', '2', 'pena', 'st']`. */
export function foldWords(text: string): string[] {
  const folded = foldText(text)
  return folded === '' ? [] : folded.split(' ')
}

/** Only the digits: `(951) 555-0142` → `9515550142`. */
export function foldDigits(text: string): string {
  return text.replace(/\D+/g, '')
}
