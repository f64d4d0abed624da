/** What a caller says to prove themselves. Only a keyed digest of it is ever kept (platform/auth). */
import { refuse } from '@curbstop/kernel/errors'
import { errors } from './errors.ts'
import type { SecretKind } from './words.ts'

/** The same word said twice gives the same text: case, accents' spelling, blanks and dashes do not count. */
export function normalSecret(kind: SecretKind, text: string): string {
  const plain = text.normalize('NFKC').toLowerCase()
  return kind === 'passphrase' ? plain.replace(/\s+/g, ' ').trim() : plain.replace(/[\s-]/g, '')
}

/** Answers the text to keep a digest of, or says why a guesser would be too lucky. */
export function checkSecret(kind: SecretKind, text: string): string {
  const plain = normalSecret(kind, text)
  const problem = problemOf(kind, plain)
  if (problem) throw refuse(errors, 'customers.secret-weak', { problem }, 'text')
  return plain
}

function problemOf(kind: SecretKind, plain: string): string | null {
  if (kind === 'id-last4')
    return /^[a-z0-9]{4}$/.test(plain) ? null : 'The last four of an id are four digits or letters.'
  if (kind === 'passphrase')
    return [...plain].length >= 6 ? null : 'A passphrase needs at least 6 characters; two words are better.'
  if (!/^\d{4,8}$/.test(plain)) return 'A PIN has 4 to 8 digits.'
  return isEasy(plain) ? 'That PIN is one of the first a stranger would try. Choose another.' : null
}

/** 1111, 1234, 8765: one digit, or a run up or down. */
function isEasy(digits: string): boolean {
  const steps = new Set([...digits].slice(1).map((digit, index) => Number(digit) - Number(digits[index])))
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0]!)
}
