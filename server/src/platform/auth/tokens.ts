/** Session tokens: 256 random bits; the database keeps their SHA-256, so that a copy of it opens no session. */
import { createHash, randomBytes } from 'node:crypto'

export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()
