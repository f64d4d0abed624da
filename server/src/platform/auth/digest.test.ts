import { expect, test } from 'vitest'
import { keyedDigest, sameDigest } from './digest.ts'

const key = Buffer.alloc(32, 7)

test('a copied database cannot be guessed against without the key', () => {
  expect(sameDigest(keyedDigest(key, 'pin', '4', '2741'), keyedDigest(key, 'pin', '4', '2741'))).toBe(true)
  expect(
    sameDigest(keyedDigest(key, 'pin', '4', '2741'), keyedDigest(Buffer.alloc(32, 8), 'pin', '4', '2741')),
  ).toBe(false)
})

test('the same PIN of two customers does not look the same', () => {
  expect(sameDigest(keyedDigest(key, 'pin', '4', '2741'), keyedDigest(key, 'pin', '5', '2741'))).toBe(false)
  expect(sameDigest(keyedDigest(key, 'ab', 'c'), keyedDigest(key, 'a', 'bc'))).toBe(false)
})
