/** What in a text finds somebody: a house number with a street, a phone number. Pure; whose it is does not matter. */
import { foldText } from '@curbstop/kernel/fold'

export type AddressWords = { readonly house: string; readonly word: string }

const directions = new Set(['n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw', 'north', 'south', 'east', 'west'])
/** With or without country code, brackets and marks: (619) 555-0134, 619.555.0134, +1 619 555 0134. */
const phone = /(?<!\d)(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)/

export function findPhone(text: string): string | null {
  return phone.exec(text)?.[0].trim() ?? null
}

/** Numbers with the word that follows, which may be addresses: `118 alder`, `2204 quail`. Directions are passed over. */
export function addressWordsOf(text: string): AddressWords[] {
  const words = foldText(text).split(' ').filter(Boolean)
  return words.flatMap((house, at) => {
    if (!/^\d{1,6}[a-z]?$/.test(house)) return []
    const word = words.slice(at + 1, at + 3).find(next => !directions.has(next))
    return word && /^[a-z]{3,}$/.test(word) ? [{ house: house.toUpperCase(), word }] : []
  })
}

/** Could this find a place or a person? Told without asking which places there are. */
export const mayFind = (text: string): boolean => findPhone(text) !== null || addressWordsOf(text).length > 0
