/**
 * Card numbers have no business in a note: whoever stores one brings the whole system under the card industry's
 * audit (PCI DSS 3.2). Every free-text field refuses them with a sentence.
 */

export const cardNumberSays =
  'Card numbers may not be written here. Take the number out; payments have their own page.'

/**
 * True when the text holds 13 to 19 digits that pass the Luhn check, begin like a card of a known network and are
 * written as cards are: in one piece, in equal groups (4-4-4-4), or as 4-6-5 and 4-6-4. Two phone numbers side by side
 * are no card.
 */
export function holdsCardNumber(text: string): boolean {
  const plain = text.normalize('NFKC') // full-width digits are digits
  for (const [run] of plain.matchAll(/\d+(?:[\s.\-‐-―_*/]{1,3}\d+)*/g)) {
    const groups = run.match(/\d+/g)!
    for (let first = 0; first < groups.length; first += 1) {
      let digits = ''
      for (let last = first; last < groups.length && digits.length < 19; last += 1) {
        digits += groups[last]
        if (isCard(digits) && isWrittenLikeCard(groups.slice(first, last + 1))) return true
      }
    }
  }
  return false
}

function isCard(digits: string): boolean {
  return /^\d{13,19}$/.test(digits) && beginsLikeCard(digits) && passesLuhn(digits)
}

/** Visa 4, Mastercard 51-55 and 2221-2720, American Express 34 37, Diners 30 36 38 39, JCB 35, Discover, UnionPay, Maestro 50 56-69. */
function beginsLikeCard(digits: string): boolean {
  const four = Number(digits.slice(0, 4))
  return /^(4|5|6|3[04-9])/.test(digits) || (four >= 2221 && four <= 2720)
}

function isWrittenLikeCard(groups: readonly string[]): boolean {
  if (groups.length === 1) return true
  const lengths = groups.map(group => group.length)
  if (/^4-6-[45]$/.test(lengths.join('-'))) return true
  const size = lengths[0]!
  return size !== 3 && lengths.slice(0, -1).every(length => length === size) && lengths.at(-1)! <= size + 3
}

/** The check digit of ISO/IEC 7812-1. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place])
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
