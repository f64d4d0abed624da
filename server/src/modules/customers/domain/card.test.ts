import { localDate } from '@curbstop/kernel/dates'
import { DomainError } from '@curbstop/kernel/errors'
import { describe, expect, test } from 'vitest'
import {
  authorizationState,
  checkEmails,
  checkName,
  checkPhones,
  decideProtection,
  decideVisibility,
  differenceOf,
  nameFor,
  type Protection,
} from './card.ts'
import { formatPhone, parsePhone } from './phones.ts'
import { checkSecret, normalSecret } from './secrets.ts'

const code = (work: () => unknown): string | null => {
  try {
    work()
    return null
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error)
  }
}
const phone = (number: string, kind: 'mobile' | 'home' = 'mobile', mayText = false) => ({
  number,
  kind,
  mayText,
})

describe('what people type', () => {
  test('a phone number is understood however it is written', () => {
    for (const text of ['(619) 555-0134', '619.555.0134', '+1 619 555 0134', '1-619-555-0134', '6195550134'])
      expect(parsePhone(text)).toEqual({ e164: '+16195550134', extension: null })
    expect(parsePhone('619-555-0134 ext. 12')).toEqual({ e164: '+16195550134', extension: '12' })
    expect(parsePhone('+52 55 5123 4567')?.e164).toBe('+525551234567')
    for (const text of ['555-0134', '119 555 0134', 'hello', '619-555-01345', ''])
      expect(parsePhone(text)).toBeNull()
    expect(formatPhone('+16195550134', '12')).toBe('(619) 555-0134 x12')
  })

  test('the same phone twice, or a text message to a house phone, is refused with a sentence', () => {
    expect(code(() => checkPhones([phone('619 555 0134'), phone('(619) 555-0134')]))).toBe(
      'customers.phone-twice',
    )
    expect(code(() => checkPhones([phone('619 555 0134', 'home', true)]))).toBe('customers.phone-no-text')
    expect(code(() => checkPhones([phone('12')]))).toBe('customers.phone-wrong')
  })

  test('e-mail addresses of real people pass; two at once, or half of one, do not', () => {
    expect(checkEmails(["o'hara+water@mail.example.org", 'josé@dominio.example'])).toHaveLength(2)
    for (const text of ['a@b', 'a b@c.org', 'a@b.org,c@d.org', '@b.org', 'a@@b.org', 'a@b..org'])
      expect(code(() => checkEmails([text]))).toBe('customers.email-wrong')
    expect(code(() => checkEmails(['A@b.org', 'a@b.org']))).toBe('customers.email-twice')
  })

  test('names with quotes, accents and emoji are names; emoji alone are not', () => {
    for (const name of ['“Bo” O’Brien-Núñez', '李小龍', 'Zoë 🌵', '3M'])
      expect(checkName(name, 'name')).toBe(name)
    expect(code(() => checkName('🌵🌵', 'name'))).toBe('customers.name-unreadable')
  })

  test('a PIN that a stranger tries first is refused; a passphrase is heard however it is spoken', () => {
    for (const pin of ['1111', '1234', '87654321', '12', '12a4', '123456789'])
      expect(code(() => checkSecret('pin', pin))).toBe('customers.secret-weak')
    expect(checkSecret('pin', '27 41')).toBe('2741')
    expect(normalSecret('passphrase', '  Blue   Heron ')).toBe(normalSecret('passphrase', 'blue heron'))
    expect(code(() => checkSecret('passphrase', 'abc'))).toBe('customers.secret-weak')
  })
})

describe('protection (PRV-019)', () => {
  const placed: Protection = {
    kind: 'violence',
    reason: 'court order',
    substituteAddress: null,
    placedAt: '2026-11-20T18:00:00Z',
    placedById: 7n,
    placedBy: 'Ann',
    approvedBy: null,
    liftAskedAt: null,
    liftAskedById: null,
    liftAskedBy: null,
    liftReason: null,
  }
  const decide =
    (protection: Protection, personId: bigint, approve = true) =>
    () =>
      decideProtection(protection, { approve, personId })

  test('hides from those without the permission, and stays closed for the others until they say why', () => {
    const see = (maySeeProtected: boolean, hasOpened: boolean) =>
      decideVisibility({ isProtected: true, maySeeProtected, hasOpened })
    expect([see(false, true), see(true, false), see(true, true)]).toEqual(['hidden', 'sealed', 'open'])
    expect(nameFor({ name: 'Ana Ruiz', isProtected: true }, false)).toBe('Protected customer')
  })

  test('one person can neither place nor lift it alone', () => {
    expect(code(decide(placed, 7n))).toBe('customers.second-person')
    expect(decide(placed, 8n)()).toBe('approved')
    expect(decide(placed, 8n, false)()).toBe('declined')
    const inForce = { ...placed, approvedBy: 'Bea' }
    expect(code(decide(inForce, 8n))).toBe('customers.nothing-to-decide')
    const asked = { ...inForce, liftAskedAt: '2026-11-21T18:00:00Z', liftAskedById: 8n }
    expect(code(decide(asked, 8n))).toBe('customers.second-person')
    expect(decide(asked, 7n)()).toBe('lifted')
    expect(decide(asked, 7n, false)()).toBe('kept')
  })
})

test('an authorisation ends on its day, not a day later', () => {
  const one = { validFrom: localDate('2026-01-01'), validTo: localDate('2026-11-23'), isRevoked: false }
  expect(authorizationState(one, localDate('2026-11-22'))).toBe('in-force')
  expect(authorizationState(one, localDate('2026-11-23'))).toBe('expired')
  expect(authorizationState(one, localDate('2025-12-31'))).toBe('not-yet')
  expect(authorizationState({ ...one, isRevoked: true }, localDate('2026-11-22'))).toBe('revoked')
})

test('a new list ends what is gone, begins what is new and leaves the rest with its dates', () => {
  expect(differenceOf(['a', 'b'], ['b', 'c'], (a, b) => a === b)).toEqual({ ends: ['a'], begins: ['c'] })
})
