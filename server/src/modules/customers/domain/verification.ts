/**
 * The caller-proof gate: what was proven decides what may be said and done (PRV-010), whom the caller may speak for
 * (ACC-016), and what protects the customer (PRV-019). Tells why, and what to ask next.
 */
import { type Allowance, allowances, type ProofItem, type Scope } from './words.ts'

export type Caller = 'customer' | 'authorized' | 'other'

export type VerificationFacts = {
  caller: Caller
  /** The authorised contact who says to be calling. */
  authorized: { name: string; scopes: readonly Scope[]; isInForce: boolean } | null
  proven: readonly ProofItem[]
  failed: readonly ProofItem[]
  isProtected: boolean
  /** What this customer can be asked at all: phones on file, secrets set. */
  available: readonly ProofItem[]
  /** Matching items beside the account itself, from PRV-010. */
  needed: number
  /** Wrong PINs, passphrases and last fours of the last 24 hours, this call's included. */
  wrongSecrets: number
}

export type Decision = {
  outcome: 'verified' | 'authorized' | 'unverified'
  may: Allowance[]
  mayNot: Allowance[]
  proven: ProofItem[]
  failed: ProofItem[]
  why: string
  ask: ProofItem | null
  askSays: string | null
}

const anchors: readonly ProofItem[] = ['account-number', 'service-address']
/** The easiest for an honest caller first. */
const matching: readonly ProofItem[] = ['name', 'phone', 'last-payment', 'pin', 'id-last4', 'passphrase']
export const secretItems: readonly ProofItem[] = ['pin', 'passphrase', 'id-last4']

const itemNames: Readonly<Record<ProofItem, string>> = {
  'account-number': 'account number',
  'service-address': 'service address',
  name: 'name on the account',
  phone: 'phone on file',
  'last-payment': 'amount of the last payment',
  pin: 'PIN',
  passphrase: 'passphrase',
  'id-last4': 'last four of the id',
}

const questions: Readonly<Record<ProofItem, string>> = {
  'account-number': 'What is the account number?',
  'service-address': 'What is the service address?',
  name: 'What is the full name on the account?',
  phone: 'Which phone number do we have on file?',
  'last-payment': 'How much was your last payment?',
  pin: 'What is the PIN of the account?',
  passphrase: 'What is the passphrase?',
  'id-last4': 'What are the last four characters of the id we have on file?',
}

const general: readonly Allowance[] = ['general', 'report-problem']
const scopeOpens: Readonly<Record<Scope, readonly Allowance[]>> = {
  view: ['balance', 'use'],
  pay: ['pay', 'balance'], // nobody can pay an amount they are not told
  change: ['orders', 'change-contact', 'change-service'],
  close: ['close'],
}

export function decideVerification(facts: VerificationFacts): Decision {
  const failed = unique(facts.failed)
  const proven = unique(facts.proven).filter(item => !failed.includes(item))
  const score = scoreOf(facts, proven)
  const passes = score.missing.length === 0 && mayProve(facts)
  const outcome = !passes ? 'unverified' : facts.caller === 'authorized' ? 'authorized' : 'verified'
  const may = allowancesOf(facts, outcome)
  const ask = passes || !mayProve(facts) ? null : nextQuestion(facts, { proven, failed, score })
  return {
    outcome,
    may,
    mayNot: allowances.filter(one => !may.includes(one)),
    proven,
    failed,
    why: whyOf(facts, { outcome, proven, failed, score }),
    ask,
    askSays: ask ? questions[ask] : passes ? null : deadEnd(facts),
  }
}

/** Somebody who is neither the customer nor on the list cannot prove their way in (PRV-001). */
function mayProve(facts: VerificationFacts): boolean {
  return (
    facts.caller === 'customer' || (facts.caller === 'authorized' && facts.authorized?.isInForce === true)
  )
}

type Score = { matched: ProofItem[]; needed: number; missing: string[] }

function scoreOf(facts: VerificationFacts, proven: readonly ProofItem[]): Score {
  // An ex-partner knows the address: for protected people it opens nothing.
  const isAnchored = proven.some(
    item => anchors.includes(item) && !(facts.isProtected && item === 'service-address'),
  )
  const matched = proven.filter(item => matching.includes(item))
  const needed = facts.needed + (facts.wrongSecrets > 0 ? 1 : 0) // a wrong secret costs one more proof
  const missing: string[] = []
  if (facts.isProtected && !proven.includes('passphrase')) missing.push('the passphrase')
  if (!isAnchored)
    missing.push(facts.isProtected ? 'the account number' : 'the account number or service address')
  if (matched.length < needed) missing.push(`${needed - matched.length} more of ${needed} matching items`)
  return { matched, needed, missing }
}

function allowancesOf(facts: VerificationFacts, outcome: Decision['outcome']): Allowance[] {
  if (outcome === 'verified') return [...allowances]
  const scopes = outcome === 'authorized' ? (facts.authorized?.scopes ?? []) : []
  // Anybody may hand money in; for protected people even taking it would confirm that they are here.
  const open = new Set<Allowance>([
    ...general,
    ...(facts.isProtected && outcome === 'unverified' ? [] : ['pay' as const]),
  ])
  for (const scope of scopes) for (const one of scopeOpens[scope]) open.add(one)
  return allowances.filter(one => open.has(one))
}

type State = { proven: readonly ProofItem[]; failed: readonly ProofItem[]; score: Score }

function nextQuestion(facts: VerificationFacts, { proven, failed, score }: State): ProofItem | null {
  const isOpen = (item: ProofItem) => !proven.includes(item) && !failed.includes(item)
  const isAskable = (item: ProofItem) => isOpen(item) && facts.available.includes(item)
  if (facts.isProtected && !proven.includes('passphrase'))
    return isAskable('passphrase') ? 'passphrase' : null
  if (score.missing.some(what => what.startsWith('the account number'))) {
    if (isOpen('account-number')) return 'account-number'
    return !facts.isProtected && isOpen('service-address') ? 'service-address' : null
  }
  const open = matching.filter(isAskable)
  return score.matched.length + open.length >= score.needed ? (open[0] ?? null) : null
}

function deadEnd(facts: VerificationFacts): string {
  if (facts.caller === 'other')
    return 'The customer can add them as an authorised contact, with proof (ACC-016).'
  if (facts.caller === 'authorized' && !facts.authorized?.isInForce)
    return 'Ask the customer to renew the authorisation (ACC-016).'
  if (facts.isProtected) return 'Say nothing, confirm nothing, and refer to a Senior (PRV-019).'
  return 'Nothing is left to ask. Offer to call back the number on file, or a visit with an id.'
}

function whyOf(
  facts: VerificationFacts,
  { outcome, proven, failed, score }: State & { outcome: Decision['outcome'] },
): string {
  const wrong = failed.length > 0 ? ` Wrong: ${namesOf(failed)}.` : ''
  const extra = facts.wrongSecrets > 0 ? ' One more item is needed after a wrong secret today (PRV-013).' : ''
  if (facts.caller === 'other')
    return `Neither the customer nor an authorised contact: general information and payments only (PRV-001).${wrong}`
  if (facts.caller === 'authorized' && !facts.authorized?.isInForce)
    return `No authorisation of this caller is in force: general information and payments only (ACC-016).${wrong}`
  if (outcome === 'unverified') {
    const what = facts.isProtected
      ? 'Protected customer: do not even confirm that there is an account.'
      : 'Not proven yet.'
    return `${what} Missing: ${score.missing.join(', ')} (${facts.isProtected ? 'PRV-019' : 'PRV-010'}).${extra}${wrong}`
  }
  const who =
    outcome === 'authorized'
      ? `${facts.authorized!.name}, authorised to ${list(facts.authorized!.scopes)} (ACC-016). `
      : ''
  return `${who}Proven: ${namesOf(proven)} (PRV-010, ${score.needed} matching items needed).${wrong}`
}

const namesOf = (items: readonly ProofItem[]) => list(items.map(item => itemNames[item]))

export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

const unique = (items: readonly ProofItem[]): ProofItem[] => [...new Set(items)]
