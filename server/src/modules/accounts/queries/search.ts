/**
 * Search as you type. The query is classified first; each class asks the cheapest index that can answer it; spelling
 * is tried only when next to nothing was found. Bounded at every step: 20 people type at once (bench `search`).
 */
import type { Input, Output } from '@curbstop/kernel/endpoint'
import { type Ctx, may } from '../../../platform/context.ts'
import { noteShown } from '../../customers/index.ts'
import type { accounts } from '../contract/index.ts'
import {
  type Candidate,
  type Found,
  fieldOf,
  hitsMax,
  type Known,
  matchesOf,
  orderHits,
  protectedAddress,
  protectedName,
  rankOfTerm,
  type SearchHow,
  shownTerm,
} from '../domain/search-hits.ts'
import { chooseWords, lettersToForgive, planSearch, slipsOf, splitWords } from '../domain/search-plan.ts'
import type { TermKind } from '../domain/search-rows.ts'
import * as store from '../store/search.ts'

/** With fewer hits than this the other readings of the query are tried too. */
const few = 3
const wordsRank = 6
const partRank = 8
const spellingRank = 9
/** `las palmas ca 92000` */
const dropsMax = 4

type Search = {
  readonly ctx: Ctx
  readonly seesProtected: boolean
  readonly typed: readonly string[]
}
type Hits = Output<typeof accounts.searchAccounts>

export async function searchAccounts(ctx: Ctx, { q }: Input<typeof accounts.searchAccounts>): Promise<Hits> {
  const plan = planSearch(q)
  if (plan.kind === 'nothing') return { hits: [], more: false }
  const seesProtected = may(ctx, 'customers.see-protected')
  if (plan.kind === 'digits') {
    const search = { ctx, seesProtected, typed: [plan.digits] }
    return answer(search, await searchDigits(search, plan.digits))
  }
  if (plan.kind === 'email') {
    const search = { ctx, seesProtected, typed: [plan.begins] }
    return answer(search, await searchTerms(search, ['email'], plan.begins))
  }
  const search = { ctx, seesProtected, typed: plan.words }
  return answer(search, await searchWords(search, plan.code))
}

async function searchTerms(search: Search, kinds: readonly TermKind[], typed: string): Promise<Candidate[]> {
  const rows = await store.findByPrefix(search.ctx.tx, {
    kinds,
    prefix: typed,
    seesProtected: search.seesProtected,
  })
  return rows.map(({ kind, term, ...found }) => ({
    found,
    how: term === typed ? ('exact' as const) : ('prefix' as const),
    field: fieldOf(kind, term, found.number),
    rank: rankOfTerm(kind, term, typed),
  }))
}

async function searchDigits(search: Search, digits: string): Promise<Candidate[]> {
  const found = await searchTerms(search, ['number', 'phone', 'meter', 'house'], digits)
  if (digits.length < 4 || found.length >= (digits.length < 5 ? few : hitsMax)) return found
  await store.prepareSearch(search.ctx.tx)
  return [...found, ...(await searchDocuments(search, { telling: [[digits]], narrowing: [] }, 'part'))]
}

async function searchWords(search: Search, code: string | null): Promise<Candidate[]> {
  const { ctx, typed, seesProtected } = search
  const { telling, narrowing } = splitWords(typed)
  const coded = code ? await searchTerms(search, ['number', 'meter'], code) : []
  if (telling.length === 0) {
    const [longest, ...others] = [...typed].sort((a, b) => b.length - a.length) as [string, ...string[]]
    const found = await store.findByShortWords(ctx.tx, [longest, ...others], seesProtected)
    return [...coded, ...candidatesOf(found, 'words')]
  }
  if (typed.length > 1) await store.prepareSearch(ctx.tx)
  const exact =
    typed.length === 1
      ? await searchTerms(search, ['name', 'street', 'email'], typed[0]!)
      : await searchDocuments(search, { telling: telling.map(word => [word]), narrowing }, 'words')
  const found = [...coded, ...exact]
  if (found.length >= few) return found
  if (typed.length === 1) await store.prepareSearch(ctx.tx)
  return [...found, ...(await searchLoosely(search, found.length))]
}

/** Other spellings of the words, then the words inside other words, then fewer words. */
async function searchLoosely(search: Search, already: number): Promise<Candidate[]> {
  const { telling, narrowing } = splitWords(search.typed)
  const spelt = await searchSpelling(search)
  if (already + spelt.length > 0) return spelt
  const exact = { telling: telling.map(word => [word]), narrowing }
  const inside = telling.every(word => word.length >= 4) ? await searchDocuments(search, exact, 'part') : []
  return inside.length > 0 ? inside : searchShorter(search)
}

/** City, state and ZIP are not in the index: the last words are let go, one after the other, down to two. */
async function searchShorter(search: Search): Promise<Candidate[]> {
  const { typed } = search
  for (let length = typed.length - 1; length >= 2 && length >= typed.length - dropsMax; length -= 1) {
    const { telling, narrowing } = splitWords(typed.slice(0, length))
    if (telling.length === 0) return []
    const words = { telling: telling.map(word => [word]), narrowing }
    const found = await searchDocuments(search, words, 'words')
    if (found.length > 0) return found
  }
  return []
}

async function searchSpelling(search: Search): Promise<Candidate[]> {
  const { ctx, typed } = search
  const { telling, narrowing } = splitWords(typed)
  const doubtful = telling.filter(word => word.length >= lettersToForgive && !/\d/.test(word))
  if (doubtful.length === 0) return []
  const near = await store.listNearWords(
    ctx.tx,
    doubtful.map(word => ({ typed: word, slips: slipsOf(word) })),
  )
  const choices = telling.map(word => {
    const meant = chooseWords(
      word,
      near.filter(n => n.typed === word).map(n => n.word),
    )
    return [...new Set([word, ...meant])]
  })
  if (choices.every(list => list.length === 1)) return []
  return searchDocuments(search, { telling: choices, narrowing }, 'spelling')
}

type Words = Pick<store.WordsQuery, 'telling' | 'narrowing'>

async function searchDocuments(search: Search, words: Words, how: SearchHow): Promise<Candidate[]> {
  const found = await store.findByWords(search.ctx.tx, {
    ...words,
    seesProtected: search.seesProtected,
    where: how === 'part' ? 'inside' : 'begins',
  })
  return candidatesOf(found, how)
}

/** The database has ordered them; the rank keeps its order among themselves. */
function candidatesOf(found: readonly Found[], how: SearchHow): Candidate[] {
  const base = how === 'spelling' ? spellingRank : how === 'part' ? partRank : wordsRank
  return found.map((row, at) => ({ found: row, how, field: null, rank: base + at / 100 }))
}

async function answer(search: Search, candidates: readonly Candidate[]): Promise<Hits> {
  const { hits: found, more } = orderHits(candidates)
  if (found.length === 0) return { hits: [], more: false }
  const ids = found.map(hit => hit.found.accountId)
  const evidence = new Map((await store.listEvidence(search.ctx.tx, ids)).map(row => [row.accountId, row]))
  const isGuarded = (hit: Candidate) => evidence.get(hit.found.accountId)?.isProtected ?? true
  const guarded = found.filter(isGuarded).flatMap(hit => evidence.get(hit.found.accountId)?.customerId ?? [])
  await noteShown(search.ctx, guarded, 'The name was shown in a search.')
  const hits = found.filter(hit => search.seesProtected || !isGuarded(hit) || isNumber(hit))
  return {
    hits: hits.map(hit => {
      const { accountId, number, isClosed, isProtected } = hit.found
      const isMasked = isProtected || isGuarded(hit)
      const known = evidence.get(accountId) ?? { terms: [], numbers: [] }
      return {
        accountId,
        number,
        isClosed,
        isMasked,
        name: isMasked && !search.seesProtected ? protectedName : hit.found.name,
        address: isMasked ? protectedAddress : hit.found.address,
        how: hit.how,
        matched: isMasked ? [{ field: 'number' as const, text: number }] : whyFound(search, hit, known),
      }
    }),
    more,
  }
}

/** Found by the whole account number: the one way to a protected customer (PRV-019). */
const isNumber = ({ how, field }: Candidate) =>
  how === 'exact' && (field === 'number' || field === 'old-number')

function whyFound(search: Search, { found, field }: Candidate, known: Known) {
  if (field === 'name') return [{ field, text: found.name }]
  if (field === 'address') return [{ field, text: found.address }]
  if (field === null) return matchesOf(found, search.typed, known)
  const typed = search.typed.join('')
  const term = known.terms.find(
    t => fieldOf(t.kind, t.term, found.number) === field && t.term.startsWith(typed),
  )
  return term ? [{ field, text: shownTerm(term, known) }] : []
}
