/**
 * Keyed digests of short secrets: whoever copies the database holds nothing to guess against without the server's
 * key. Parts are framed by their length, so that ('ab', 'c') and ('a', 'bc') differ.
 */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/** In bulk the key is a `KeyObject`: preparing it costs three times the digest. */
export function keyedDigest(key: Buffer | KeyObject, ...parts: readonly string[]): Buffer {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part)
  return hmac.digest()
}

/** In the same time whether they differ early, late or not. */
export function sameDigest(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
