import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KeyRefusal, openKey, seal, unseal } from './seal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curbstop-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('the key survives a restart, is for us alone and leaves no draft behind', () => {
  const data = join(folder, 'data')
  const first = openKey(data)
  expect(openKey(data).secrets.equals(first.secrets)).toBe(true)
  expect(statSync(join(data, 'server.key')).mode & 0o777).toBe(0o600)
  expect(readdirSync(data)).toEqual(['server.key'])
})

test('a key that others may read or that is damaged stops the start with a sentence', () => {
  openKey(folder)
  const path = join(folder, 'server.key')
  chmodSync(path, 0o644)
  expect(() => openKey(folder)).toThrow(/chmod 600/)
  chmodSync(path, 0o600)
  writeFileSync(path, 'short')
  expect(() => openKey(folder)).toThrow(KeyRefusal)
})

test('what was sealed opens in its own place only, and never after a change', () => {
  const keys = openKey(folder)
  const sealed = seal(keys, 'totp of person 7', 'JBSWY3DPEHPK3PXP')
  expect(sealed).not.toContain('JBSWY3DP')
  expect(unseal(keys, 'totp of person 7', sealed)).toBe('JBSWY3DPEHPK3PXP')
  expect(unseal(keys, 'totp of person 8', sealed)).toBeNull()
  const [version, nonce, body, tag] = sealed.split('.')
  expect(unseal(keys, 'totp of person 7', [version, nonce, `${body}AA`, tag].join('.'))).toBeNull()
  expect(unseal(keys, 'totp of person 7', 'v1.x.y')).toBeNull()
  expect(unseal({ secrets: Buffer.alloc(32) }, 'totp of person 7', sealed)).toBeNull()
})
