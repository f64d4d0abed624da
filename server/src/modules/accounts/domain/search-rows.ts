/**
 * What the search index holds of one account. Pure: the sample district and imports fill the index in bulk with the
 * very function that a single change uses.
 */
import { foldDigits, foldText, foldWords } from '@curbstop/kernel/fold'
import { directions, streetSuffixes } from './street-words.ts'

export type SearchAddress = {
  readonly houseNumber: string
  readonly street: string
  readonly unit: string | null
  readonly city: string
  readonly zip: string
}

export type SearchFacts = {
  readonly number: string
  /** Numbers of former systems and merged accounts; they are found for ever. */
  readonly oldNumbers: readonly string[]
  readonly name: string
  /** Phone numbers as E.164. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly addresses: readonly SearchAddress[]
  readonly meterSerials: readonly string[]
}

export type TermKind = 'number' | 'phone' | 'meter' | 'email' | 'name' | 'house' | 'street'
export type SearchTerm = { readonly kind: TermKind; readonly term: string }

/** Rows of accounts.search_document (all but the two flags) and accounts.search_term for one account. */
export type SearchRows = {
  readonly number: string
  readonly name: string
  readonly address: string
  /** Every folded word once, each with a space before and after: ` maria garcia 12 oak st street `. */
  readonly haystack: string
  readonly terms: readonly SearchTerm[]
}

const particles = new Set(
  'de del la las los van von der den da di du mc mac san santa st saint o al el'.split(' '),
)

/** Digits and letters of a number or serial run together: `B-12 345` → `b12345`. */
export const foldCode = (text: string): string => foldText(text).replaceAll(' ', '')

/** The ways a caller says a phone number: with area code, without, the last four. */
export function phoneTerms(e164: string): string[] {
  const digits = foldDigits(e164)
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
  return [national, national.slice(-7), national.slice(-4)]
}

/** `de la cruz` is also `delacruz`; the family name begins at its first particle. */
function nameWords(name: string): string[] {
  const words = foldWords(name)
  const joined = words.flatMap((word, at) => {
    if (!particles.has(word) || at === words.length - 1) return []
    let end = at + 1
    while (end < words.length - 1 && particles.has(words[end]!)) end += 1
    return [words.slice(at, end + 1).join('')]
  })
  return [...words, ...joined]
}

/**
 * Both the written-out and the short form of suffixes and directions, because people say either. Telling are the words
 * between a direction in front and the suffix at the end: of `N Quail Ridge Rd` quail and ridge.
 */
function streetWords(street: string): { all: string[]; telling: string[] } {
  const words = foldWords(street)
  const all = words.flatMap(word => {
    const twin = streetSuffixes.get(word) ?? directions.get(word)
    return twin ? [word, twin] : [word]
  })
  const telling = [...words]
  if (telling.length > 1 && directions.has(telling.at(-1)!)) telling.pop()
  if (telling.length > 1 && streetSuffixes.has(telling.at(-1)!)) telling.pop()
  if (telling.length > 1 && directions.has(telling[0]!)) telling.shift()
  return { all, telling }
}

export function searchRows(facts: SearchFacts): SearchRows {
  const numbers = [facts.number, ...facts.oldNumbers].map(foldCode)
  const meters = facts.meterSerials.flatMap(serial => {
    const code = foldCode(serial)
    const digits = foldDigits(serial)
    return digits.length >= 4 && digits !== code ? [code, digits] : [code]
  })
  const phones = facts.phones.map(phoneTerms)
  const emails = facts.emails.map(email => email.toLowerCase().trim())
  const names = nameWords(facts.name)
  const streets = facts.addresses.map(address => streetWords(address.street))
  const houses = facts.addresses.map(address => foldWords(address.houseNumber))
  // City and ZIP are left out: half of all accounts share them, so they find nobody and slow everybody down.
  const units = facts.addresses.flatMap(address => foldWords(address.unit ?? ''))

  const words = new Set([
    ...names,
    ...houses.flat(),
    ...streets.flatMap(s => s.all),
    ...units,
    ...numbers,
    ...phones.map(([national]) => national!),
    ...meters,
    ...emails.flatMap(foldWords),
  ])
  words.delete('')
  const terms = new Map<string, SearchTerm>()
  const add = (kind: TermKind, list: readonly string[]) => {
    for (const term of list) if (term !== '') terms.set(`${kind} ${term}`, { kind, term })
  }
  add('number', numbers)
  add('phone', phones.flat())
  add('meter', meters)
  add('email', emails)
  add('name', names)
  add(
    'house',
    houses.map(h => h[0] ?? ''),
  )
  add(
    'street',
    streets.flatMap(s => s.telling),
  )
  return {
    number: facts.number,
    name: facts.name,
    address: facts.addresses.map(addressLine)[0] ?? '',
    haystack: ` ${[...words].join(' ')} `,
    terms: [...terms.values()],
  }
}

/** `118 Alder Ct, Unit 4, Cedar Flat`. */
export function addressLine(address: SearchAddress): string {
  const unit = address.unit ? `, ${/^\d/.test(address.unit) ? 'Unit ' : ''}${address.unit}` : ''
  return `${address.houseNumber} ${address.street}${unit}, ${address.city}`
}
