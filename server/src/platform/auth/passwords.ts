/** Argon2id at OWASP's figures (19 MiB, 2 passes, 1 lane). Runs on the thread pool; a check takes some 20 ms. */
import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost) // argon2id is the library's default
}

let nobody: Promise<string> | undefined

/** False for `null` too, after the same work: the time of the answer does not say who exists. */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody signs in with this')
  const matches = await verify(stored ?? (await nobody), password)
  return matches && stored !== null
}

/** Without what looks or sounds like something else: it is read from one screen and typed at another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** `k7qd-92mx-h4tv-pw3c`: 79 random bits, to hand over once. */
export function newFirstPassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
