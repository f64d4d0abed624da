/** Ordering what was found, and saying why it was found. Pure. */
import { foldWords } from '@curbstop/kernel/fold'
import type { AccountId } from '@curbstop/kernel/ids'
import { foldCode, type TermKind } from './search-rows.ts'
import { directions, streetSuffixes } from './street-words.ts'

export type SearchField = 'number' | 'old-number' | 'phone' | 'meter' | 'email' | 'name' | 'address'
export type SearchHow = 'exact' | 'prefix' | 'words' | 'part' | 'spelling'
export type Match = { readonly field: SearchField; readonly text: string }

export type Found = {
  readonly accountId: AccountId
  readonly number: string
  readonly name: string
  readonly address: string
  readonly isClosed: boolean
  readonly isProtected: boolean
}
export type Candidate = {
  readonly found: Found
  readonly how: SearchHow
  readonly field: SearchField | null
  readonly rank: number
}
export type Term = { readonly kind: TermKind; readonly term: string }

export const hitsMax = 12
/** One reason may not push out all others: `1043` is a house in twenty streets and somebody's last four digits. */
const perReason = 5

export const protectedName = 'Protected customer'
export const protectedAddress = 'Protected address'

export function fieldOf(kind: TermKind, term: string, number: string): SearchField {
  if (kind === 'number') return term === foldCode(number) ? 'number' : 'old-number'
  if (kind === 'house' || kind === 'street') return 'address'
  return kind
}

/** Lower is better: the whole account number, then a whole phone or meter, then beginnings. */
export function rankOfTerm(kind: TermKind, term: string, typed: string): number {
  const whole = term === typed
  if (kind === 'number') return whole ? 0 : 3
  if (kind === 'phone') return whole && term.length >= 7 ? 1 : whole ? 3 : 4
  if (kind === 'meter') return whole ? 1 : 4
  if (kind === 'email') return whole ? 1 : 5
  if (kind === 'name') return whole ? 2 : 4
  return whole ? 2 : 5 // house, street
}

/** One hit an account, best reason first, open before closed, no reason crowding out the others. */
export function orderHits(candidates: readonly Candidate[]): { hits: Candidate[]; more: boolean } {
  const best = new Map<AccountId, Candidate>()
  for (const candidate of candidates) {
    const seen = best.get(candidate.found.accountId)
    if (!seen || candidate.rank < seen.rank) best.set(candidate.found.accountId, candidate)
  }
  const ordered = [...best.values()].sort(
    (a, b) =>
      a.rank - b.rank ||
      Number(a.found.isClosed) - Number(b.found.isClosed) ||
      (a.found.name < b.found.name ? -1 : a.found.name > b.found.name ? 1 : 0) ||
      (a.found.address < b.found.address ? -1 : 1),
  )
  const taken = new Map<string, number>()
  const first = ordered.filter(({ how, field }) => {
    const reason = `${how} ${field}`
    const count = (taken.get(reason) ?? 0) + 1
    taken.set(reason, count)
    return field === null || count <= perReason
  })
  const rest = ordered.filter(candidate => !first.includes(candidate))
  const kept = new Set([...first, ...rest].slice(0, hitsMax))
  return { hits: ordered.filter(candidate => kept.has(candidate)), more: ordered.length > hitsMax }
}

/** `9515550142` → `(951) 555-0142`; other lengths with their plus. */
export function shownPhone(digits: string): string {
  return digits.length === 10
    ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`
    : `+${digits}`
}

const twinOf = (word: string) => streetSuffixes.get(word) ?? directions.get(word)

function addressWords(address: string): string[] {
  return foldWords(address).flatMap(word => {
    const twin = twinOf(word)
    return twin ? [word, twin] : [word]
  })
}

export type Known = { readonly terms: readonly Term[]; readonly numbers: readonly string[] }

/** Where the typed words were found in this account, the telling field first. */
export function matchesOf(found: Found, typed: readonly string[], known: Known): Match[] {
  const name = [...foldWords(found.name), foldCode(found.name)]
  const address = addressWords(found.address)
  const matches = new Map<SearchField, string>()
  for (const word of typed) {
    if (name.some(w => w.startsWith(word))) matches.set('name', found.name)
    else if (address.some(w => w.startsWith(word))) matches.set('address', found.address)
    else {
      const term = known.terms.find(t => t.term.includes(word))
      if (term) matches.set(fieldOf(term.kind, term.term, found.number), shownTerm(term, known))
    }
  }
  return [...matches].map(([field, text]) => ({ field, text }))
}

/** A term as a person reads it; short forms of a phone number are shown as the whole number. */
export function shownTerm({ kind, term }: Term, known: Known): string {
  if (kind === 'meter') return term.toUpperCase()
  if (kind === 'number') return known.numbers.find(number => foldCode(number) === term) ?? term
  if (kind !== 'phone') return term
  const whole = known.terms
    .filter(t => t.kind === 'phone' && t.term.endsWith(term))
    .reduce((longest, t) => (t.term.length > longest.length ? t.term : longest), term)
  return shownPhone(whole)
}
