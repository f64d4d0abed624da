/**
 * The server's own key, kept beside the database and never in it: a copied database alone opens no second factor and
 * guesses no PIN. Lost with the key: second factors and callers' secrets, which people then set anew; nothing else.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Keys } from '../context.ts'

const fileName = 'server.key'
const keyBytes = 32

/** The key file cannot be used as it is; the sentence says what to do. */
export class KeyRefusal extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'KeyRefusal'
  }
}

/** Opens `DATA_DIR/server.key` (mode 0600), making it on the first start; of two first starts one wins, both agree. */
export function openKey(dataDir: string): Keys {
  const path = join(dataDir, fileName)
  try {
    return { secrets: readKey(path) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  makeKey(path)
  return { secrets: readKey(path) }
}

function readKey(path: string): Buffer {
  const text = readFileSync(path, 'utf8').trim()
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new KeyRefusal(`Other users of this machine may read ${path}. Take that away: chmod 600 ${path}`)
  }
  const key = Buffer.from(text, 'base64url')
  if (key.length !== keyBytes) {
    throw new KeyRefusal(
      `${path} is damaged. Put it back from a backup; a new key would not open what it sealed.`,
    )
  }
  return key
}

/** Written whole under another name, then linked: a reader never sees half a key, and a key is never replaced. */
function makeKey(path: string): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, `${randomBytes(keyBytes).toString('base64url')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}

/** One key for each purpose, so that what was sealed for one is worthless in another's place. */
const keyFor = (keys: Keys, purpose: string) =>
  Buffer.from(hkdfSync('sha256', keys.secrets, '', `curbstop ${purpose}`, keyBytes))

/** AES-256-GCM: `v1.nonce.text.tag`, base64url. `purpose` names the very place (`totp of person 17`). */
export function seal(keys: Keys, purpose: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(keys, purpose), nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return ['v1', ...[nonce, body, cipher.getAuthTag()].map(part => part.toString('base64url'))].join('.')
}

/** What was sealed, or null when it was sealed with another key, for another place, or was changed. */
export function unseal(keys: Keys, purpose: string, sealed: string): string | null {
  const [version, ...parts] = sealed.split('.')
  const [nonce, body, tag] = parts.map(part => Buffer.from(part, 'base64url'))
  if (version !== 'v1' || parts.length !== 3 || nonce!.length !== 12 || tag!.length !== 16) return null
  const decipher = createDecipheriv('aes-256-gcm', keyFor(keys, purpose), nonce!, { authTagLength: 16 })
  decipher.setAuthTag(tag!)
  try {
    return Buffer.concat([decipher.update(body!), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
