/**
 * Password rules after NIST SP 800-63B-4: length counts, composition does not, and what everybody chooses is refused.
 * 15 characters, or 8 where a second factor stands beside them.
 */
import { commonPasswords } from './common-passwords.ts'

export type PasswordContext = {
  readonly login: string
  readonly name: string
  readonly hasSecondFactor: boolean
}

/** The form that is hashed: the same password typed on another keyboard gives the same characters. */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('3', 'e')
    .replaceAll('4', 'a')
    .replaceAll('5', 's')
    .replaceAll('7', 't')
    .replaceAll('@', 'a')
    .replaceAll('$', 's')

const common = new Set(commonPasswords.flatMap(word => [word, fold(word)]))

/** What is wrong with a new password, as a sentence; null when it will do. */
export function whyWeak(password: string, about: PasswordContext): string | null {
  const text = normalizePassword(password)
  const least = about.hasSecondFactor ? 8 : 15
  if ([...text].length < least) {
    return about.hasSecondFactor
      ? 'A password needs at least 8 characters.'
      : 'A password needs at least 15 characters; a few words in a row are easy to remember. With a second factor 8 will do.'
  }
  const lower = text.toLowerCase()
  if (isRepetition(lower) || isSequence(lower)) {
    return 'This password repeats itself or counts up. Choose a few words that do not belong together.'
  }
  if (isCommon(lower)) return 'Many people use this password, so it is guessed first. Choose another one.'
  if (isPersonal(lower, about)) {
    return 'This password is made of your name or login. Choose words that say nothing about you.'
  }
  return null
}

/** `abcabcabcabcabc`, `passwordpassword`: a unit of at most half the length, over and over. */
function isRepetition(text: string): boolean {
  for (let size = 1; size <= text.length / 2; size += 1) {
    if (
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length)
    )
      return true
  }
  return false
}

/** `123456789012345`, `abcdefghijklmno` and the same backwards; 0 follows 9. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((char, i) => {
    const step = char.charCodeAt(0) - text.charCodeAt(i)
    return step === -9 ? 1 : step === 9 ? -1 : step
  })
  return steps.every(step => step === 1) || steps.every(step => step === -1)
}

const edges = /^[\d\W_]+|[\d\W_]+$/g

function isCommon(text: string): boolean {
  const letters = text.replace(edges, '')
  const joined = text.replace(/[\W_]/g, '')
  return [text, fold(text), letters, fold(letters), joined, fold(joined)].some(form => common.has(form))
}

/** Nothing is left but digits and marks when name, login and our own name are taken out. */
function isPersonal(text: string, { login, name }: PasswordContext): boolean {
  const words = [login, ...login.split(/[._@-]/), ...name.toLowerCase().split(/\s+/), 'curbstop', 'password']
  let rest = text
  for (const word of words.filter(word => word.length >= 3).sort((a, b) => b.length - a.length)) {
    rest = rest.replaceAll(word.toLowerCase(), '')
  }
  return rest !== text && rest.replace(/[\d\W_]/g, '').length < 4
}
