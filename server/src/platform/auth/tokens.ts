/** Session tokens: 256 random bits; the database keeps their SHA-256, so that a copy of it opens no session. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Keys } from '../context.ts'

export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** A keyed digest, for finding a text again without keeping it. */
export const digestOf = (keys: Keys, purpose: string, text: string): string =>
  createHmac('sha256', keys.secrets).update(`${purpose}\0${text}`).digest('hex')
